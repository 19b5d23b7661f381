"""The possible answers of a question with their words: from the protocol where it names them, else from the wording."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from app.domain.calendar.entries import OPEN, Entry
from app.domain.facts.kind import Field, Type
from app.domain.protocol.decisions import Choice
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.version import ProtocolVersion
from app.wording import dates
from app.wording.fact_values import spaced, value_text
from app.wording.language import gettext as _
from app.wording.language import marked
from app.wording.names import visit_name

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

Option = tuple[object, str]
_VISIT = re.compile(r"[#@/]")
_REASONS = (
    marked("participant request"),
    marked("illness"),
    marked("low blood counts"),
    marked("site closure"),
    marked("travel"),
    marked("drug supply"),
    marked("entry error"),
    marked("other"),
)
WITH_COMMON_REASONS = frozenset(
    {
        "booked",
        "booking_cancelled",
        "moved",
        "performed",
        "missed",
        "omitted",
        "stopped",
        "treatment",
        "specimen",
        "questionnaire",
        "withdrawn",
    }
)
"""Kinds whose reasons are often the same."""
_WITH_OPEN_VISITS = frozenset({"booked", "booking_cancelled", "moved", "performed", "missed", "omitted"})


def options_of(kind: str, field: Field, look: "ParticipantView | None", visit: str = "") -> tuple[Option, ...]:
    """What may be answered; empty where anything may be written."""
    if field.type is Type.ONE_OF:
        return tuple((one, _cased(value_text(field, one))) for one in field.options)
    if field.type is Type.YES_NO:
        return yes_no()
    if field.name == "reason" and kind in WITH_COMMON_REASONS:
        return tuple((text, _cased(text)) for text in map(_, _REASONS))
    return tuple(_of_protocol(kind, field, look, visit)) if look is not None else ()


def yes_no() -> tuple[Option, ...]:
    """Yes and no."""
    return (True, _("Yes")), (False, _("No"))


def _of_protocol(kind: str, field: Field, look: "ParticipantView", visit: str) -> Iterator[Option]:
    protocol = look.protocol
    match kind, field.name:
        case _, "visit":
            yield from ((one.key, _visit_words(one)) for one in look.calendar.entries if _has_visit(kind, one, look))
        case "decided", "outcome":
            yield from _outcomes(protocol, visit)
        case "regimen_changed", "to":
            yield from (one for one in regimens(protocol) if one[0] != look.regimen)
        case "stopped", "phase":
            yield from _phases(look)
        case "chosen", "choice":
            yield from ((one.id, one.question) for one in protocol.choices.values())
        case "chosen", "value":
            yield from _answers(look)
        case ("specimen", "specimen") | ("questionnaire", "questionnaire"):
            yield from _named(look, kind, visit)
        case "screened", "criteria":
            yield from criteria(protocol)
        case "enrolled", _:
            yield from enrolment_options(protocol, field.name)


def _visit_words(entry: Entry) -> str:
    day = f", {dates.day(entry.assumed)}" if entry.assumed is not None else ""
    return f"{visit_name(entry)}{day}"


def _has_visit(kind: str, entry: Entry, look: "ParticipantView") -> bool:
    """Whether that kind of fact can be about this visit."""
    if kind == "decided":
        return entry.visit.id in look.protocol.decisions and not entry.decided
    if kind == "treatment":
        return entry.day_kind in DOSES
    return kind not in _WITH_OPEN_VISITS or entry.status in OPEN


def _outcomes(protocol: ProtocolVersion, visit: str) -> Iterator[Option]:
    """The outcomes of that visit's decision; without a visit those of all, each once."""
    here = protocol.decisions.get(visit_id(visit))
    found: dict[str, str] = {}
    for decision in [here] if here is not None else protocol.decisions.values() if not visit else ():
        for outcome in decision.outcomes:
            found.setdefault(outcome, decision.labels.get(outcome) or spaced(outcome))
    yield from found.items()


def visit_id(key: str) -> str:
    """The row of the schedule that a visit's key belongs to."""
    return _VISIT.split(key, maxsplit=1)[0]


def regimens(protocol: ProtocolVersion) -> Iterator[Option]:
    """The regimens on offer by name."""
    for one in protocol.offered:
        known = protocol.regimens.get(one)
        yield one, known.name if known is not None else one


def _phases(look: "ParticipantView") -> Iterator[Option]:
    stopped = {one.text("phase") for one in look.records if one.kind == "stopped"}
    yield from ((one.id, one.name) for one in look.protocol.courses if one.id not in stopped)


def _answers(look: "ParticipantView") -> Iterator[Option]:
    """Every answer with the choice that it belongs to, and which one counts now."""
    for choice in look.protocol.choices.values():
        for value, words in answers_of(choice):
            now = look.choices.get(choice.id, choice.default) == value
            yield (choice.id, value), _("{answer} (as now)").format(answer=words) if now else words


def answers_of(choice: Choice) -> tuple[Option, ...]:
    """The possible answers to a question of the protocol."""
    return tuple((one, _cased(spaced(one))) for one in choice.values) or yes_no()


def _named(look: "ParticipantView", kind: str, visit: str) -> Iterator[Option]:
    """The specimens or questionnaires that the protocol names for a visit; without a visit all of them."""
    from app.documents.protocol_details import holds

    for row in rows_of(look.protocol, f"{kind}s"):
        at, when = row.get("visits", row.get("visit")), row.get("when")
        here = not visit or visit_id(visit) in (at if isinstance(at, list | tuple) else (at,))
        if here and (not isinstance(when, Mapping) or holds(when, look.choices)):
            name = " ".join(str(row[part]) for part in ("name", "version") if row.get(part))
            yield str(row.get("id") or name), name


def criteria(protocol: ProtocolVersion) -> Iterator[Option]:
    """The criteria with their texts, those for inclusion first."""
    from app.services.commands.enrol import criteria_of

    yield from criteria_of(protocol).items()


def enrolment_options(protocol: ProtocolVersion, name: str) -> Iterator[Option]:
    """What a protocol offers for a field of the enrolment."""
    match name:
        case "country":
            yield from ((one, one) for one in dict.fromkeys(centre.country for centre in protocol.centres))
        case "centre":
            yield from ((one.name, one.name) for one in protocol.centres)
        case "regimen":
            yield from regimens(protocol)
        case "cohort":
            yield from _cohorts(protocol)
        case "choices":
            # The cohort is asked for by its own name.
            yield from ((one, one.question) for one in protocol.choices.values() if one.id != "cohort")


def _cohorts(protocol: ProtocolVersion) -> Iterator[Option]:
    named = {str(row["id"]): str(row.get("name") or row["id"]) for row in rows_of(protocol, "cohorts") if "id" in row}
    choice = protocol.choices.get("cohort")
    yield from named.items()
    for one in choice.values if choice is not None else ():
        if one not in named:
            yield one, _cased(spaced(one))


def rows_of(protocol: ProtocolVersion, name: str) -> Iterator[Mapping[str, object]]:
    """The rows of a table that planning does not need."""
    rows = protocol.about.get(name)
    if isinstance(rows, list | tuple):
        yield from (row for row in rows if isinstance(row, Mapping))


def _cased(text: str) -> str:
    return text[:1].upper() + text[1:]
