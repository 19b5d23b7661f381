"""The forms of a protocol: what is written down at its visits, as sections of values that each have a type.

The program keeps none of these values: a sheet has a place for each, and they belong to the case record form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Asked = Literal["reference", "drawn", "report", "time", "initials"]
"""What is written down next to a value: its reference range, the day and report of the draw, the time, who."""
Layout = Literal["table", "line"]
"""Values below one another with their reasons in a column, or next to one another on lines."""
Width = Literal["third", "half", "full"]
RowSource = Literal["labels", "blank", "drugs", "criteria", "specimens", "questionnaires"]
"""What the rows of a table are: words of the form, empty lines, or a list that the protocol has."""
REGIMEN = "regimen"
PUMP = "pump"
"""Conditions of a form besides the participant's choices: the regimen, and whether the day starts a pump."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of plausibility of a number, either of which may be missing; who says so."""

    low: float | None = None
    high: float | None = None
    mark: str = "assumed"
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """A limit that is written down next to its number, such as the upper limit of the same laboratory."""

    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DayBound:
    """A bound of a date: the day of a visit, later by days."""

    visit: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class HoursAfter:
    """A time counted from another value of the form, in elapsed hours."""

    value: str
    hours: int


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice; `asks`: what is written next to it, with its own words and unit."""

    text: str
    asks: Literal["", "date", "text", "number"] = ""
    label: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One fact to write down.

    `key` never changes. `activities`: those of the visit that it answers; it is printed where the visit has one of
    them, and the visit's list leaves them out. `reason`: a value that is not done needs one. `since`: the form and
    version that first had it. `line`: the first or second line of a row.
    """

    key: str
    label: str = ""
    activities: tuple[str, ...] = ()
    when: Mapping[str, tuple[str | bool, ...]] = field(default_factory=dict, hash=False)
    reason: bool = True
    share: int = 0
    line: int = 1
    mark: str = "assumed"
    source: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberValue(Value):
    """A number with its unit; `decimals`: how many are written."""

    unit: str = ""
    decimals: int | None = None
    limits: Limits | None = None
    asks: tuple[Asked, ...] = ()
    own_limit: OwnLimit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairValue(Value):
    """Two numbers with a sign between them, such as a blood pressure."""

    sign: str = "/"
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceValue(Value):
    """A choice of one answer, or of several."""

    options: tuple[Option, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxValue(Value):
    """One box to tick; `beside`: the value in whose cell it is."""

    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue(Value):
    """A day; `prefilled`: the visit whose performed day is printed."""

    earliest: DayBound | None = None
    latest: DayBound | None = None
    prefilled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeValue(Value):
    """A time of the 24-hour clock; `dated`: with its day; `after`: counted from another value."""

    dated: bool = False
    after: HoursAfter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextValue(Value):
    """Words of one or several lines."""

    width: Width = "third"
    lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonValue(Value):
    """A person, by name in print or by initials."""

    initials: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceValue(Value):
    """The number of a line elsewhere: of a log, or of a table of the same form."""

    to: str = ""


Cell = (
    NumberValue
    | PairValue
    | ChoiceValue
    | BoxValue
    | DateValue
    | TimeValue
    | TextValue
    | PersonValue
    | ReferenceValue
)  # fmt: skip
"""A value that has one place on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsValue(Value):
    """A table: a row for each of its labels, `count` empty ones, or one for each line of a list of the protocol.

    `abreast`: so many rows next to one another. `head`: the heading above the labels.
    """

    rows: RowSource = "blank"
    labels: tuple[str, ...] = ()
    count: int = 0
    columns: tuple[Cell, ...] = ()
    abreast: int = 1
    head: str = ""


AnyValue = Cell | RowsValue


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a form; `asks`: what is written next to each of its values; `legend`: the words below it."""

    id: str
    title: str
    values: tuple[AnyValue, ...]
    layout: Layout = "table"
    asks: tuple[Asked, ...] = ()
    when: Mapping[str, tuple[str | bool, ...]] = field(default_factory=dict, hash=False)
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What is written down at some visits, under an id and a version.

    `day_columns`: the visits that share one page, a column each, with the words above it; an occurrence of a repeated
    visit is named by its key.
    """

    id: str
    name: str
    version: str
    sections: tuple[Section, ...]
    visits: tuple[str, ...] = ()
    when: Mapping[str, tuple[str | bool, ...]] = field(default_factory=dict, hash=False)
    day_columns: Mapping[str, str] = field(default_factory=dict)

    def is_of(self, visit: str, key: str) -> bool:
        """Return whether it is the form of a visit, or of that occurrence of it."""
        return visit in self.visits or self.column(visit, key) != ""

    def column(self, visit: str, key: str) -> str:
        """Return which of the columns an occurrence has; empty without one."""
        occurrence = key.partition("@")[0].partition("/")[0]
        return next((name for name in (occurrence, visit) if name in self.day_columns), "")
