"""Which values may be taken out of a fact while they still count."""

from collections.abc import Mapping

from app.domain.facts.kind import About, Type
from app.domain.facts.kinds import KINDS

# Optional fields that calendars, or the chain itself, stand on though the planner reads them from no fact of its own.
_SHAPING: Mapping[str, frozenset[str]] = {
    "enrolled": frozenset({"regimen", "centre", "choices"}),
    "site_set": frozenset({"time_zone", "closed_weekdays"}),
    "day_closed": frozenset({"site"}),
    "day_opened": frozenset({"site"}),
    "correction": frozenset({"void"}),
    "redaction": frozenset({"names"}),
}


def chain_stands_on(kind: str, name: str) -> bool:
    """Whether the chain itself stands on a value: what a correction takes back, what a redaction has emptied."""
    return KINDS[kind].about is About.FACT and name in _SHAPING[kind]


def may_go(kind: str, name: str) -> bool:
    """Whether a value may be taken out while it still counts: words and details, not what the calendar stands on."""
    field = KINDS[kind].field(name)
    if field is None or name in _SHAPING.get(kind, ()):
        return False
    if name == "reason":
        return True
    return not field.required and not field.planned and not field.inner and field.type is not Type.VISIT
