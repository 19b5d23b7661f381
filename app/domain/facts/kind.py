"""What a kind of fact is made of: its fields and what it is about."""

from dataclasses import dataclass
from enum import StrEnum

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class Type(StrEnum):
    """What a field holds; days and times are kept as texts, ``2026-11-23`` and ``09:30``."""

    TEXT = "text"
    CODE = "code"
    VISIT = "visit"
    DAY = "day"
    TIME = "time"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    WHOLE = "whole"
    NUMBER = "number"
    ANSWER = "answer"
    ANSWERS = "answers"
    TICKS = "ticks"
    WEEKDAYS = "weekdays"
    WINDOW = "window"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind. `low` and `high` bound a number; `planned`: the planner reads it, so a scenario has it.

    `ahead`: the day may lie after today. `inner`: the program fills it, a person never types it.
    """

    name: str
    type: Type
    required: bool = True
    options: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    planned: bool = False
    ahead: bool = False
    inner: bool = False
    help: str = ""


class About(StrEnum):
    """What a fact is about."""

    STUDY = "study"
    PARTICIPANT = "participant"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact. `plans`: the planner reads it. `alive`: it cannot happen after death. `for_good`: no undo."""

    id: str
    about: About
    fields: tuple[Field, ...]
    plans: bool = False
    alive: bool = False
    for_good: bool = False

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)


SEXES = ("female", "male", "unknown")


FIRST_YEAR, LAST_YEAR = 1900, 2100


def visit_field(required: bool = True, planned: bool = False) -> Field:
    """Return the field for a visit's key."""
    return Field("visit", Type.VISIT, required, planned=planned, help="the visit's key, as SP-C02#3")


def day_field(what: str = "the day on which it happened", planned: bool = False, ahead: bool = False) -> Field:
    """Return the field for a day; `ahead`: it may lie after today."""
    return Field("on", Type.DAY, planned=planned, ahead=ahead, help=what)


def time_field(planned: bool = False) -> Field:
    """Return the field for a time of day."""
    return Field("at", Type.TIME, False, planned=planned, help="the time, as 09:30")


def reason_field(required: bool = True, planned: bool = False, what: str = "why") -> Field:
    """Return the field for a reason in words."""
    return Field("reason", Type.TEXT, required, planned=planned, help=what)
