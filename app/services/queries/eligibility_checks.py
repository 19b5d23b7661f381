"""Checks of a screening and an enrolment against the protocol's criteria, its limits of age, and each other."""

from collections.abc import Collection, Mapping
from datetime import date

from app.domain.facts.kind import Json
from app.domain.facts.participant_record import participant_of
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.folding import nearest_identifier
from app.domain.planning.eligibility import ELIGIBLE, contradictions, criteria_of
from app.domain.planning.known_names import known_name
from app.domain.planning.plausibility import check_birth, check_entry_order, unlikely_entry
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, Refused, joined
from app.wording.eligibility import contradictions_text, lesions_text


def criteria_as_known(protocol: ProtocolVersion, fields: dict[str, Json]) -> None:
    """Give the criteria in the fields of a screening their ids as the protocol has them."""
    criteria = fields.get("criteria")
    if isinstance(criteria, dict):
        ids = [one.id for one in criteria_of(protocol)]
        typed_twice = len({known_name(name, ids) for name in criteria}) < len(criteria)
        if not typed_twice:
            fields["criteria"] = {known_name(name, ids): one for name, one in criteria.items()}


def check_screening(protocol: ProtocolVersion, fields: Mapping[str, Json]) -> None:
    """Check what a screening says by itself: criteria of the protocol, the year of birth, a reason where one is due.

    Raises:
        Refused: one of them is wrong.
    """
    check_birth(fields)
    known_criteria(protocol, fields.get("criteria"))
    check_eligible(protocol, fields)


def known_criteria(protocol: ProtocolVersion, ticked: Json) -> None:
    """Refuse criteria that the protocol does not have.

    Raises:
        Refused: it has none of one of these ids.
    """
    if not isinstance(ticked, dict):
        return
    known = [one.id for one in criteria_of(protocol)]
    for name in ticked:
        if name not in known:
            near = nearest_identifier(name, known)
            raise Refused("criterion", f"criteria.{name[:40]}", value=name[:40], known=", ".join(known), near=near)


def check_enrolled_after(screened: Recorded | None, enrolled: Mapping[str, Json]) -> None:
    """Check an enrolment against the screening before it.

    Raises:
        Refused: the screening failed, or is later than the enrolment.
    """
    if screened is None or "on" not in enrolled:
        return
    if screened.text("outcome") == "failure":
        raise Refused("screen_failure", "code", code=str(enrolled["code"]))
    check_entry_order(screened.day("on"), date.fromisoformat(str(enrolled["on"])))


def check_eligible(protocol: ProtocolVersion, fields: Mapping[str, Json]) -> None:
    """Check that an eligible screening gives a reason where its answers or the age speak against it.

    Raises:
        Refused: it gives none.
    """
    against = contradictions(protocol, fields) if fields.get("outcome") == ELIGIBLE else ()
    if against and not fields.get("reason"):
        raise Refused("eligible_reason", "reason", what=contradictions_text(against))


def doubt_of_screening(
    protocol: ProtocolVersion, fields: Mapping[str, Json], today: date, names: Collection[str] | None = None
) -> Doubted | None:
    """Return the doubt about a screening: eligible against a criterion or a limit of age, or an unlikely day or year.

    `names`: the fields to look at, None for all.
    """
    against = contradictions(protocol, fields) if fields.get("outcome") == ELIGIBLE else ()
    doubt = Doubted("eligible_against", "outcome", what=contradictions_text(against)) if against else None
    unsigned = Doubted("eligible_unsigned", "investigator") if against and "investigator" not in fields else None
    # An age that is outside a limit is said once.
    said = {"year_of_birth"} if any(one.kind in ("too_young", "too_old") for one in against) else set()
    looked_at = set(fields if names is None else names) - said
    return joined([doubt, unsigned, unlikely_entry(fields, today, names=looked_at)])


def doubt_of_enrolment(
    protocol: ProtocolVersion,
    screened: Recorded | None,
    fields: Mapping[str, Json],
    today: date,
    names: Collection[str] | None = None,
) -> Doubted | None:
    """Return the doubt about an enrolment: with an age outside a limit, or an unlikely day or year.

    An age that the screening was asked about already is not asked about again. `names`: as for a screening.
    """
    known = screened is not None and screened.fields.get("year_of_birth") == fields.get("year_of_birth")
    against = () if known else contradictions(protocol, {name: fields.get(name) for name in ("on", "year_of_birth")})
    doubt = Doubted("age_outside", "year_of_birth", what=contradictions_text(against)) if against else None
    only_recorded = protocol.only_records(participant_of(provisional(NewFact("enrolled", fields), 0)).choices)
    # An age that is outside a limit is said once.
    looked_at = {"on"} if (known or against) and names is None else names
    return joined([doubt, unlikely_entry(fields, today, only_recorded, looked_at)])


def doubt_of_operation(
    protocol: ProtocolVersion, screened: Recorded | None, enrolled: Recorded | None, fields: Mapping[str, Json]
) -> Doubted | None:
    """Return the doubt about an operation: other lesions than at screening, or beyond the limits of its procedure."""
    found = operation_differs(protocol, screened, enrolled, fields)
    return Doubted("screening_differs", "lesions", what="; ".join(found)) if found else None


def operation_differs(
    protocol: ProtocolVersion, screened: Recorded | None, enrolled: Recorded | None, fields: Mapping[str, Json]
) -> list[str]:
    """Return in words where an operation found something else than the screening said, or beyond a limit."""
    found: list[str] = []
    lesions, known = fields.get("lesions"), screened.fields.get("metastases") if screened is not None else None
    if isinstance(lesions, int | float) and isinstance(known, int | float) and lesions != known:
        found.append(lesions_text(known, lesions))
    cohort = enrolled.fields.get("cohort") if enrolled is not None else None
    numbers = {"liver": fields.get("liver"), "largest_mm": fields.get("largest_mm"), "metastases": lesions}
    against = contradictions(protocol, {**numbers, "cohort": cohort})
    return [*found, contradictions_text(against)] if against else found


def not_screened(protocol: ProtocolVersion, screened: Recorded | None) -> Doubted | None:
    """Return the remark that no eligible screening is recorded, where the protocol has criteria; None for none."""
    eligible = (
        screened is not None and screened.text("outcome") == ELIGIBLE and screened.text("protocol") == protocol.id
    )
    return None if eligible or not criteria_of(protocol) else Doubted("not_screened")
