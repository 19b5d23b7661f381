"""Draws two short values in one row of a table, where that saves a page: they share its time, initials and reason."""

from collections.abc import Mapping, Sequence

from app.documents.drawings import Drawing
from app.documents.page_layout import MILLIMETRE
from app.documents.text import text_width
from app.documents.worksheet_cells import CLOSE, HINT, ROW, TEXT, UNIT, Drawn, cell, choice_width, rule
from app.documents.worksheet_headings import label_cell
from app.documents.worksheet_rows import PrintedValue
from app.domain.protocol.forms import ChoiceValue, NumberValue, PairValue

_NUMBER = 16 * MILLIMETRE
_TWO_NUMBERS = 23 * MILLIMETRE
_AROUND = 7.0
_BEFORE = 4.0
"""The space before the label of the second value."""
Pair = tuple[PrintedValue, PrintedValue]


def paired(values: Sequence[PrintedValue], besides: Mapping[str, object], room: float) -> Sequence[PrintedValue | Pair]:
    """Return the values in their order, two short neighbours together where both fit into the room.

    `besides`: the keys of values that have a box in their cell, which are never together.
    """
    found: list[PrintedValue | Pair] = []
    for one in values:
        before = found[-1] if found else None
        if (
            isinstance(before, PrintedValue)
            and _fit(before, one, room)
            and not {before.value.key, one.value.key} & {*besides}
        ):
            found[-1] = (before, one)
        else:
            found.append(one)
    return found


def _fit(first: PrintedValue, second: PrintedValue, room: float) -> bool:
    pair = (first, second)
    return all(map(_is_short, pair)) and _BEFORE + sum(sum(_widths(one)) for one in pair) <= room


def pair_cells(pair: Pair, room: float) -> Drawn:
    """Return the labels and cells of two values next to one another, and the height that they need."""
    drawn: list[Drawing] = []
    spare = (room - _BEFORE - sum(sum(_widths(one)) for one in pair)) / 2
    x, height = 0.0, ROW
    for printed in pair:
        label, width = _widths(printed)
        left = _BEFORE if x else 0.0
        words, _needed = label_cell(printed.value.label, printed.hint, label, x + left)
        inside, needed = cell(printed, x + label + left, width + spare)
        drawn += [*words, *inside, *(rule(at, 0, at, ROW) for at in (x, x + label + left) if at)]
        x += label + left + width + spare
        height = max(height, needed)
    return drawn, height


def _is_short(printed: PrintedValue) -> bool:
    """Return whether a value is numbers to write or boxes to tick, with nothing asked for but a reason."""
    value = printed.value
    plain = isinstance(value, PairValue | ChoiceValue) or (
        isinstance(value, NumberValue) and value.own_limit is None and not value.asks
    )
    return plain and value.reason and not printed.known and "\n" not in value.label


def _widths(printed: PrintedValue) -> tuple[float, float]:
    """Return the widths that the label and the cell of a value need."""
    value = printed.value
    hint = text_width(printed.hint, HINT) + 14 if printed.hint else 0.0
    label = text_width(value.label, TEXT) + hint + 6
    if isinstance(value, ChoiceValue):
        return label, choice_width(value.options, CLOSE) + _AROUND
    unit = text_width(getattr(value, "unit", ""), UNIT) + 3
    written = _TWO_NUMBERS if isinstance(value, PairValue) else _NUMBER
    return label, written + unit + _AROUND
