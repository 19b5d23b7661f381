"""Reads the screening in a scenario, by the fields of the kind of fact that a study records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.facts.fields import read_field, read_fields
from app.domain.facts.kind import Json
from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused, quoted

PLACE = "screening"
_ELSEWHERE = ("code", "protocol")
"""The fields of the kind that a scenario has in other places."""
_OWN = [field for field in KINDS["screened"].fields if field.name not in _ELSEWHERE]
NEEDED = frozenset(field.name for field in _OWN if field.required)
FURTHER = frozenset({"unchecked", *(field.name for field in _OWN if not field.required)})
"""The names in a screening: those that it must have, and those that it may have."""


@dataclass(frozen=True, slots=True)
class ScenarioScreening:
    """The screening of a story. `kept`: it is accepted as it is, because it was recorded when it could be."""

    fields: Mapping[str, Json]
    kept: bool = False


def read_screening(value: Mapping[str, object], code: str, protocol: str, today: date) -> ScenarioScreening:
    """Return the screening of the participant of that code for that protocol; names of fields are checked already.

    Raises:
        Refused: a field is missing, or has a value that it cannot have; `place` begins with ``screening``.
    """
    kept = value.get("unchecked", False)
    if not isinstance(kept, bool):
        raise Refused("yes_no", f"{PLACE}.unchecked", value=quoted(kept))
    given = {name: one for name, one in value.items() if name != "unchecked"}
    try:
        found = read_fields(KINDS["screened"], {**given, "code": code, "protocol": protocol}, today)
    except Refused as refused:
        own = {"screened": PLACE, "code": "participant.code"}
        place = own.get(refused.place, f"{PLACE}.{refused.place}")
        raise Refused(refused.kind, place, **refused.values) from None
    return ScenarioScreening(found, kept)


def read_year_of_birth(value: object, place: str, today: date) -> int:
    """Return the year of birth in four digits.

    Raises:
        Refused: the value is something else.
    """
    field = next(field for field in KINDS["enrolled"].fields if field.name == "year_of_birth")
    try:
        return int(str(read_field(field, value, today)))
    except Refused as refused:
        raise Refused(refused.kind, place, **refused.values) from None
