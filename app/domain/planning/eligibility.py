"""What speaks against eligibility in the answers of a screening: criteria of the protocol, and its limits of age.

A criterion for inclusion that is answered no, one for exclusion that is answered yes, one that is unknown, a number
outside the limits of one, a diagnosis that is not confirmed as one asks, and an age that cannot be inside a limit. Only
the year of birth is known: born in 2008 and screened in 2026 somebody is 17 or 18 years old, which does not contradict
a limit of 18; born in 2009 it does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from app.domain.facts.kind import UNKNOWN, Json
from app.domain.protocol.version import ProtocolVersion

ELIGIBLE = "eligible"
"""The outcome of a screening that opens the study."""
ContradictionKind = Literal[
    "inclusion_no", "exclusion_yes", "unknown", "too_young", "too_old", "number_above", "number_below", "not_confirmed"
]
Number = int | float


@dataclass(frozen=True, slots=True)
class Limit:
    """The limits of a number that a screening records in the field `of`; `procedure`: only where that is planned."""

    of: str
    least: Number | None = None
    most: Number | None = None
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a protocol. `excludes`: it rules out whoever fulfils it; `least`, `most`: ages in full years.

    `cohorts`: only for these, all where there are none. `limits`: of numbers. `confirmed_by`: how the diagnosis may be
    confirmed; empty for any way.
    """

    id: str
    text: str
    excludes: bool = False
    least: int | None = None
    most: int | None = None
    cohorts: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    confirmed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One answer that speaks against eligibility; `age` and `limit` in years, for an age.

    For a number: `field` names it, `value` is what was recorded and `limit` what it exceeds or does not reach. For a
    diagnosis `value` is how it is confirmed.
    """

    kind: ContradictionKind
    criterion: Criterion
    age: int = 0
    limit: Number = 0
    field: str = ""
    value: Json = None


def criteria_of(protocol: ProtocolVersion) -> tuple[Criterion, ...]:
    """Return the protocol's criteria, those for inclusion first."""
    return (*_side(protocol, "inclusion"), *_side(protocol, "exclusion"))


def contradictions(protocol: ProtocolVersion, fields: Mapping[str, Json]) -> tuple[Contradiction, ...]:
    """Return what speaks against eligibility in the fields of a screening or an enrolment, by the criteria's order."""
    return tuple(one for criterion in criteria_of(protocol) for one in _of_criterion(criterion, fields))


def _of_numbers(criterion: Criterion, fields: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Yield the numbers outside the limits; the limits of the planned procedure take the place of the general ones.

    At most 50 mm, and 20 mm for ablation: 30 mm is inside where a resection is planned, or nothing yet, and outside
    where ablation is.
    """
    planned = fields.get("liver")
    own = [one for one in criterion.limits if one.procedure == planned]
    for limit in own or [one for one in criterion.limits if not one.procedure]:
        value = fields.get(limit.of)
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        if limit.most is not None and value > limit.most:
            yield Contradiction("number_above", criterion, 0, limit.most, limit.of, value)
        if limit.least is not None and value < limit.least:
            yield Contradiction("number_below", criterion, 0, limit.least, limit.of, value)


def _side(protocol: ProtocolVersion, side: str) -> Iterator[Criterion]:
    for row in protocol.about_rows("criteria", side):
        age = row.get("age")
        limits = age if isinstance(age, Mapping) else {}
        yield Criterion(
            str(row["id"]),
            str(row["text"]),
            side == "exclusion",
            limits.get("least"),
            limits.get("most"),
            tuple(row.get("cohorts") or ()),
            tuple(_limit(one) for one in row.get("numbers") or ()),
            tuple(row.get("confirmed_by") or ()),
        )


def _limit(row: Mapping[str, Any]) -> Limit:
    return Limit(str(row["of"]), row.get("least"), row.get("most"), str(row.get("procedure") or ""))


def _of_criterion(criterion: Criterion, fields: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Yield what of a screening contradicts one criterion: its answer, a number, how it was confirmed, the age."""
    cohort = fields.get("cohort")
    if criterion.cohorts and cohort is not None and cohort not in criterion.cohorts:
        # "Four metastases or fewer" is asked of limited disease: "no" is no contradiction elsewhere.
        return
    answers = fields.get("criteria")
    answer = answers.get(criterion.id) if isinstance(answers, Mapping) else None
    if answer == UNKNOWN:
        yield Contradiction("unknown", criterion)
    elif isinstance(answer, bool) and answer is criterion.excludes:
        yield Contradiction("exclusion_yes" if criterion.excludes else "inclusion_no", criterion)
    yield from _of_numbers(criterion, fields)
    how = fields.get("confirmed_by")
    if criterion.confirmed_by and how is not None and how not in criterion.confirmed_by:
        yield Contradiction("not_confirmed", criterion, value=how)
    born, on = fields.get("year_of_birth"), fields.get("on")
    if not isinstance(born, int) or not isinstance(on, str) or criterion.excludes:
        return
    oldest = date.fromisoformat(on).year - born
    if criterion.least is not None and oldest < criterion.least:
        yield Contradiction("too_young", criterion, oldest, criterion.least)
    if criterion.most is not None and oldest - 1 > criterion.most:
        yield Contradiction("too_old", criterion, oldest - 1, criterion.most)
