"""What speaks against eligibility in the answers of a screening: criteria of the protocol, and its limits of age.

A criterion for inclusion that is answered no, one for exclusion that is answered yes, one that is unknown, and an age
that cannot be inside a limit. Only the year of birth is known: born in 2008 and screened in 2026 somebody is 17 or 18
years old, which does not contradict a limit of 18; born in 2009 it does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.domain.facts.kind import UNKNOWN, Json
from app.domain.protocol.version import ProtocolVersion

ELIGIBLE = "eligible"
"""The outcome of a screening that opens the study."""
ContradictionKind = Literal["inclusion_no", "exclusion_yes", "unknown", "too_young", "too_old"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a protocol. `excludes`: it rules out whoever fulfils it; `least`, `most`: ages in full years."""

    id: str
    text: str
    excludes: bool = False
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One answer that speaks against eligibility; `age` and `limit` in years, for an age."""

    kind: ContradictionKind
    criterion: Criterion
    age: int = 0
    limit: int = 0


def criteria_of(protocol: ProtocolVersion) -> tuple[Criterion, ...]:
    """Return the protocol's criteria, those for inclusion first."""
    return (*_side(protocol, "inclusion"), *_side(protocol, "exclusion"))


def contradictions(protocol: ProtocolVersion, fields: Mapping[str, Json]) -> tuple[Contradiction, ...]:
    """Return what speaks against eligibility in the fields of a screening or an enrolment, by the criteria's order."""
    return tuple(one for criterion in criteria_of(protocol) for one in _of_criterion(criterion, fields))


def _side(protocol: ProtocolVersion, side: str) -> Iterator[Criterion]:
    criteria = protocol.about.get("criteria")
    rows = criteria.get(side) if isinstance(criteria, Mapping) else None
    for row in rows if isinstance(rows, list | tuple) else ():
        if isinstance(row, Mapping):
            age = row.get("age")
            limits = age if isinstance(age, Mapping) else {}
            yield Criterion(
                str(row["id"]), str(row["text"]), side == "exclusion", limits.get("least"), limits.get("most")
            )


def _of_criterion(criterion: Criterion, fields: Mapping[str, Json]) -> Iterator[Contradiction]:
    answers = fields.get("criteria")
    answer = answers.get(criterion.id) if isinstance(answers, Mapping) else None
    if answer == UNKNOWN:
        yield Contradiction("unknown", criterion)
    elif isinstance(answer, bool) and answer is criterion.excludes:
        yield Contradiction("exclusion_yes" if criterion.excludes else "inclusion_no", criterion)
    born, on = fields.get("year_of_birth"), fields.get("on")
    if not isinstance(born, int) or not isinstance(on, str) or criterion.excludes:
        return
    oldest = date.fromisoformat(on).year - born
    if criterion.least is not None and oldest < criterion.least:
        yield Contradiction("too_young", criterion, oldest, criterion.least)
    if criterion.most is not None and oldest - 1 > criterion.most:
        yield Contradiction("too_old", criterion, oldest - 1, criterion.most)
