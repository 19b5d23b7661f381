"""The versions of the consent form, and the numbers of those who were identified and not screened."""

from collections.abc import Mapping
from datetime import date

from app.domain.facts.consent_kinds import EVERYBODY
from app.domain.facts.fields import read_fields
from app.domain.facts.kinds import kind_of
from app.domain.facts.records import NewFact
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused
from app.services.study.study import Study


def consent_form_facts(
    study: Study, version: str, on: object, protocol: str, concerns: str, reason: str, today: date
) -> list[NewFact]:
    """Return the fact that a version of the form applies; without a protocol, to the only one of the study.

    Raises:
        Refused: a field is wrong, or the protocol is unknown or one of several.
    """
    fields = {
        "protocol": _protocol(study, protocol, version),
        "version": version,
        "on": on,
        "concerns": concerns or EVERYBODY,
        "reason": reason,
    }
    return [NewFact("consent_form", read_fields(kind_of("consent_form"), fields, today))]


def identified_not_screened(study: Study, fields: Mapping[str, object], protocol: str, today: date) -> list[NewFact]:
    """Return the fact that so many were identified at a conference and not screened.

    Raises:
        Refused: a field is wrong, or the protocol is unknown or one of several.
    """
    kind = kind_of("identified")
    given = {**fields, "protocol": _protocol(study, protocol, kind.id)}
    return [NewFact("identified", read_fields(kind, given, today))]


def _protocol(study: Study, typed: str, what: str) -> str:
    """Return the id of the protocol that was typed, or of the only one. `what`: that which is of the protocol."""
    taken = list(dict.fromkeys(one.id for one in study.facts.protocols.values()))
    if not taken:
        raise Refused("no_protocol")
    if not typed and len(taken) > 1:
        raise Refused("which_protocol", key=what, known=", ".join(taken))
    found = known_identifier(typed, taken) if typed else taken[0]
    if not found:
        near = nearest_identifier(typed, taken)
        raise Refused("protocol_not_taken", value=typed[:60], known=", ".join(taken), near=near)
    return found
