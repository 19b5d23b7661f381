"""A log as a table: its columns as data, and rows of cells that paper, spreadsheets and the terminal all read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.facts.kind import Field, Json, Type
from app.domain.facts.records import Recorded
from app.wording.dates import day
from app.wording.fact_values import day_of, value_text
from app.wording.language import gettext as _
from app.wording.log_words import empty_text
from app.wording.numbers import plain_number


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a log: its name for programs, its title for people.

    `at_terminal`: whether the terminal shows it; there a row is one line, and who recorded it is in the history.
    """

    name: str
    title: str
    at_terminal: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and its words. `is_plain`: a spreadsheet gets the value (a number, an ISO day, a time), not the words."""

    text: str = ""
    value: Json = None
    is_plain: bool = False


EMPTY = Cell()
_TIME = re.compile(r"[0-2]\d:[0-5]\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row: the participant's code, the visit's key, both empty for none, and the cells by their column.

    `record`: the fact that the row lists; None where it follows from several. `days`: when it happened and when it was
    recorded; a row without one is in every period. `protocol`: the id of the only one that it concerns, where that does
    not follow from its participant.
    """

    participant: str
    cells: Mapping[str, Cell]
    visit: str = ""
    record: Recorded | None = None
    days: tuple[date, ...] = ()
    protocol: str = ""

    def cell(self, name: str) -> Cell:
        """Return the cell of that column."""
        return self.cells.get(name, EMPTY)


@dataclass(frozen=True, slots=True)
class LogTable:
    """One log. `notes`: sentences that belong under it, such as the rule by which something was counted.

    `narrowed`: what was chosen of it, in words; empty where it is complete. `limits`: the same as a fact keeps it.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[LogRow, ...]
    notes: tuple[str, ...] = ()
    narrowed: str = ""
    limits: Mapping[str, Json] = field(default_factory=dict)

    @property
    def said_empty(self) -> str:
        """What is said in the place of its rows where there is none."""
        return empty_text(self.name, bool(self.narrowed))


@dataclass(frozen=True, slots=True)
class Added:
    """What a log of facts has beyond their fields: columns, and their cells by the number of the fact."""

    columns: tuple[Column, ...] = ()
    cells: Mapping[int, Mapping[str, Cell]] = field(default_factory=dict)


def words(text: str, value: Json = None) -> Cell:
    """Return the cell of a text; `value`: the same for programs, where it differs."""
    return Cell(text, text if value is None else value) if text or value is not None else EMPTY


def number(value: int | float | None, digits: int | None = None) -> Cell:
    """Return the cell of a number, with so many decimals; empty for None."""
    if value is None:
        return EMPTY
    shown = value if digits is None else round(value, digits)
    return Cell(plain_number(shown) if digits is None else f"{shown:.{digits}f}", shown, True)


def day_cell(on: date | None) -> Cell:
    """Return the cell of a civil date; empty for None."""
    return Cell(day(on), on.isoformat(), True) if on is not None else EMPTY


def field_cell(record: Recorded, field: Field) -> Cell:
    """Return the cell of a recorded field."""
    if field.name in record.redacted:
        return Cell(_("(redacted)"))
    value = record.fields.get(field.name)
    if value is None:
        return EMPTY
    is_day = field.type is Type.DAY and isinstance(value, str) and day_of(value) is not None
    is_time = field.type is Type.TIME and isinstance(value, str) and _TIME.fullmatch(value) is not None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Cell(value_text(field, value), value, is_day or is_time or is_number)
