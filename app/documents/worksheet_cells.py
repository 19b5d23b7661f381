"""Draws values of every type: boxes, units, lines and known answers, in a cell of a table or on a line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.documents.drawings import Drawing, Mark, Rule, TextLine
from app.documents.marks import Shape
from app.documents.page_layout import MILLIMETRE, lines_at, right_aligned
from app.documents.text import Style, fit, text_width, wrap
from app.documents.worksheet_rows import PrintedValue
from app.domain.protocol.forms import (
    BoxValue,
    Cell,
    ChoiceValue,
    DateValue,
    NumberValue,
    Option,
    PairValue,
    PersonValue,
    ReferenceValue,
    TextValue,
    TimeValue,
)
from app.wording.language import gettext as _

WIDTH = 174 * MILLIMETRE
"""The width of a worksheet between its margins."""
ROW = 8 * MILLIMETRE
"""The least height of a row that is written on."""
TEXT = Style(10)
BOLD = Style(10, bold=True)
UNIT = Style(9)
HINT = Style(8, ink=0.2)
HAIR = 0.6
INK = 0.3
DATE_WIDTH = 26 * MILLIMETRE
HOUR_WIDTH = 15 * MILLIMETRE
BASELINE = 15.0
"""From the top of a row to its first line."""
_PADDING = 3.5
_FIGURE = 12.0
_MOST_LINES = 24
_TOLERANCE = 0.005
_ASKED_WIDTH = {"": 0.0, "date": DATE_WIDTH, "text": 34 * MILLIMETRE, "number": 15 * MILLIMETRE}


@dataclass(frozen=True, slots=True)
class BoxSize:
    """How large boxes are, and the words next to them; `line`: from one line of boxes to the next."""

    box: float
    style: Style
    gap: float
    apart: float
    line: float = 15.5


USUAL = BoxSize(3.1 * MILLIMETRE, TEXT, 3.4, 9.0)
CLOSE = BoxSize(3.1 * MILLIMETRE, TEXT, 2.8, 5.0)
SMALL = BoxSize(2.8 * MILLIMETRE, Style(8.5), 2.0, 4.0, 12.5)
SIZES = (USUAL, CLOSE, SMALL)
"""From the most comfortable to the closest."""

Drawn = tuple[list[Drawing], float]
"""What is drawn, and the height that it needs."""


def rule(x1: float, y1: float, x2: float, y2: float, thickness: float = HAIR) -> Rule:
    """Return a hairline."""
    return Rule(x1, y1, x2, y2, thickness, INK)


def option_width(option: Option, size: BoxSize) -> float:
    """Return the width of a box with its words and the line of what it asks for."""
    width = size.box + size.gap + text_width(option.text, size.style)
    if option.asks:
        label = text_width(option.label, size.style) + 3 if option.label else 0.0
        unit = text_width(option.unit, UNIT) + 3 if option.unit else 0.0
        width += 4 + label + _ASKED_WIDTH[option.asks] + unit
    return width


def choice_width(options: Sequence[Option], size: BoxSize) -> float:
    """Return the width of all answers in a line."""
    return sum(option_width(one, size) + size.apart for one in options) - size.apart


def option_lines(options: Sequence[Option], room: float, size: BoxSize) -> list[list[Option]]:
    """Return the answers in as many lines as they need."""
    lines: list[list[Option]] = [[]]
    used = 0.0
    for option in options:
        width = option_width(option, size)
        if lines[-1] and used + width > room + _TOLERANCE:
            lines.append([])
            used = 0.0
        lines[-1].append(option)
        used += width + size.apart
    return lines


def best_size(options: Sequence[Option], room: float) -> BoxSize:
    """Return the most comfortable size in which the answers fit in a line; the usual one when none does."""
    return next((size for size in SIZES if choice_width(options, size) <= room + _TOLERANCE), USUAL)


def choice(
    options: Sequence[Option], x: float, room: float, first: float, size: BoxSize
) -> tuple[list[Drawing], float]:
    """Return the boxes of a choice from the baseline `first` on, and the last baseline."""
    drawn: list[Drawing] = []
    y = first
    most = max(1, _MOST_LINES // max(1, len(options)))
    for number, line in enumerate(option_lines(options, room, size)):
        y = first + number * size.line
        at, more = x, 0.0
        for option in line:
            parts, needed = _option(option, at, y, room - (at - x), size, most)
            drawn += parts
            at += option_width(option, size) + size.apart
            more = max(more, needed)
        first += more
        y += more
    return drawn, y


def _option(option: Option, x: float, y: float, room: float, size: BoxSize, most: int) -> tuple[list[Drawing], float]:
    """Return a box with its words, and the height of the lines that its words need beyond the first."""
    drawn: list[Drawing] = [Mark(Shape.BOX, x + size.box / 2, y - 3.4, size.box)]
    end, at = x + room, x + size.box + size.gap
    lines = fit(option.text, size.style, max(end - at, 8) + _TOLERANCE, most, "answer")[0]
    drawn += lines_at(at, y, lines, size.style)
    if option.asks:
        y += (len(lines) - 1) * size.style.leading
        drawn += _asked_line(option, at + text_width(lines[-1], size.style) + 4, y, end, size)
    return drawn, (len(lines) - 1) * size.style.leading


def _asked_line(option: Option, x: float, y: float, end: float, size: BoxSize) -> list[Drawing]:
    """Return the line of what an answer asks for, with the words before it and its unit, as far as there is room."""
    drawn: list[Drawing] = []
    unit = text_width(option.unit, UNIT) + 3 if option.unit else 0.0
    if option.label and end - x > 20:
        label = fit(option.label, size.style, max((end - x - unit) * 0.6, 8), 1, "answer")[0][0]
        drawn.append(TextLine(x, y, label, size.style))
        x += text_width(label, size.style) + 3
    stop = min(x + _ASKED_WIDTH[option.asks], end - unit)
    if stop - x > 6:
        drawn.append(rule(x, y + 2, stop, y + 2))
        if option.unit:
            drawn.append(TextLine(stop + 3, y, option.unit, UNIT))
    return drawn


def cell(printed: PrintedValue, x: float, width: float, beside: Sequence[Cell] = (), prefix: str = "") -> Drawn:
    """Return a value in a cell of a table, and the height that the row needs.

    `beside`: boxes that are in the same cell. `prefix`: small words at its beginning.
    """
    drawn: list[Drawing] = []
    at, room = x + _PADDING, width - 2 * _PADDING
    if prefix:
        prefix = fit(prefix, HINT, max(room * 0.7, 8), 1, "label")[0][0]
        drawn.append(TextLine(at, BASELINE, prefix, HINT))
        at, room = at + text_width(prefix, HINT) + 4, room - text_width(prefix, HINT) - 4
    if printed.known:
        lines = wrap(printed.known, BOLD, room, printed.value.label)
        return [*drawn, *lines_at(at, BASELINE, lines, BOLD)], BASELINE + len(lines) * BOLD.leading - 5
    inner, height = _inside(printed, at, room, beside)
    return drawn + inner, height


def _inside(printed: PrintedValue, x: float, room: float, beside: Sequence[Cell]) -> Drawn:
    value = printed.value
    extra = [Option(one.label) for one in beside]
    match value:
        case ChoiceValue():
            options = [*value.options, *extra]
            drawn, last = choice(options, x, room, BASELINE, best_size(options, room))
            return drawn, last + 7.5
        case BoxValue():
            drawn, last = choice([Option(value.label)], x, room, BASELINE, USUAL)
            return drawn, last + 7.5
        case NumberValue() if value.own_limit is not None:
            return _with_own_limit(value, x, room)
        case NumberValue():
            drawn, height = _ended(value.unit, x, room)
            return [*drawn, *decimal_point(value, x, x + room)], height
        case PairValue():
            return _two_numbers(value, x, room, BASELINE), ROW
        case TimeValue(dated=True):
            middle = x + min(max(room - HOUR_WIDTH - 18, room / 2), DATE_WIDTH + 8) - 4
            before = TextLine(middle, BASELINE, _("at"), HINT)
            has_room = middle + text_width(_("at"), HINT) + 4 <= x + room - text_width(_("24 h"), UNIT)
            drawn, height = _ended(_("24 h") if has_room else "", x, room)
            return [*drawn, before], height
        case TextValue():
            return [], max(ROW, value.lines * ROW)
        case PersonValue() | ReferenceValue() | DateValue() | TimeValue():
            return [], ROW
    raise TypeError(type(value).__name__)


def _ended(unit: str, x: float, room: float) -> Drawn:
    """Return an empty cell with the unit at its end."""
    if not unit:
        return [], ROW
    return [right_aligned(x + room, BASELINE, fit(unit, UNIT, max(room, 8), 1, "unit")[0][0], UNIT)], ROW


def _two_numbers(value: PairValue, x: float, room: float, baseline: float) -> list[Drawing]:
    """Return the sign between two numbers and the unit after them, each within its own part of the room."""
    at = x + room * 0.42
    sign = fit(value.sign, TEXT, max(room * 0.2, 8), 1, "sign")[0][0]
    drawn: list[Drawing] = [TextLine(at, baseline, sign, TEXT)]
    left = x + room - at - text_width(sign, TEXT) - 4
    if value.unit and left > 8:
        drawn.append(right_aligned(x + room, baseline, fit(value.unit, UNIT, left, 1, "unit")[0][0], UNIT))
    return drawn


def decimal_point(value: NumberValue, start: float, end: float) -> list[Drawing]:
    """Return the point before the decimals of a number that is written from `start`, its unit ending at `end`."""
    unit = text_width(value.unit, UNIT) + 5 if value.unit else 0.0
    at = end - unit - (value.decimals or 0) * _FIGURE - 3
    return [TextLine(at, BASELINE, ".", BOLD)] if value.decimals and at > start else []


def _with_own_limit(value: NumberValue, x: float, room: float) -> Drawn:
    """Return a number, and in the second half of its cell the limit that is written with it."""
    limit = value.own_limit
    half = room / 2
    drawn, height = _ended(value.unit, x, half - 4)
    drawn += decimal_point(value, x, x + half - 4)
    if limit is not None:
        at = x + half
        lines = fit(limit.label, HINT, max(half - 4, 8), 5, "limit")[0]
        needed = ROW + max(0, len(lines) - 1) * HINT.leading + 6
        drawn += [rule(at, 0, at, max(height, needed)), *lines_at(at + 3, 8, lines, HINT)]
        unit = fit(limit.unit, UNIT, max(half - 4, 8), 1, "unit")[0][0]
        drawn.append(right_aligned(x + room, max(height, needed) - 5, unit, UNIT))
        height = max(height, needed)
    return drawn, height


# On a line


def natural_width(value: Cell, label: str, beside: Sequence[Cell] = (), known: str = "") -> float:
    """Return the width that a value on a line would like to have; `known`: what is printed in its place."""
    own = {
        "NumberValue": 20 * MILLIMETRE + text_width(getattr(value, "unit", ""), UNIT),
        "PairValue": 30 * MILLIMETRE + text_width(getattr(value, "unit", ""), UNIT),
        "BoxValue": USUAL.box + 4,
        "DateValue": DATE_WIDTH,
        "TimeValue": HOUR_WIDTH + 2,
        "PersonValue": 52 * MILLIMETRE,
        "ReferenceValue": 19 * MILLIMETRE,
    }.get(type(value).__name__, 0.0)
    match value:
        case ChoiceValue():
            own = choice_width([*value.options, *(Option(one.label) for one in beside)], USUAL)
        case TextValue():
            own = {"third": WIDTH / 3 - 8, "half": WIDTH / 2 - 6, "full": WIDTH}[value.width]
        case TimeValue(dated=True):
            own = DATE_WIDTH + HOUR_WIDTH + 8
        case PersonValue(initials=True):
            own = 18 * MILLIMETRE
    wanted = WIDTH * value.share / 24 if value.share else own
    shown = max(min(text_width(label, HINT) + 2, 60 * MILLIMETRE), text_width(known, BOLD))
    return min(max(wanted, shown), WIDTH)


def on_line(printed: PrintedValue, label: str, x: float, width: float, beside: Sequence[Cell] = ()) -> Drawn:
    """Return a value on a line: its label, and below it boxes, or a rule to write on."""
    value = printed.value
    said = f"{label}, {printed.hint}" if printed.hint and label else label or printed.hint
    lines = fit(said, HINT, width, 4, "label")[0] if said else []
    drawn: list[Drawing] = [*lines_at(x, 11, lines, HINT)]
    below = 11 + max(0, len(lines) - 1) * HINT.leading
    if isinstance(value, ChoiceValue | BoxValue) and not printed.known:
        options = list(value.options) if isinstance(value, ChoiceValue) else [Option("")]
        options += [Option(one.label) for one in beside]
        boxes, last = choice(options, x, width, below + 14, best_size(options, width))
        return drawn + boxes, last + 7
    baseline = below + 15.5
    if printed.known:
        known = wrap(printed.known, BOLD, width, label)
        drawn += lines_at(x, baseline, known, BOLD)
        baseline += (len(known) - 1) * BOLD.leading
    unit = getattr(value, "unit", "")
    if unit and not isinstance(value, PairValue):
        drawn.append(right_aligned(x + width, baseline, fit(unit, UNIT, width, 1, "unit")[0][0], UNIT))
    if isinstance(value, NumberValue) and not printed.known:
        drawn += [replace(one, y=baseline) for one in decimal_point(value, x, x + width) if isinstance(one, TextLine)]
    if isinstance(value, PairValue):
        drawn += _two_numbers(value, x, width, baseline)
    if isinstance(value, TimeValue) and value.dated and not printed.known:
        drawn.append(TextLine(x + DATE_WIDTH + 1, baseline, _("at"), HINT))
    count = value.lines if isinstance(value, TextValue) else 1
    for number in range(count):
        at = baseline + 3 + number * ROW
        drawn.append(rule(x, at, x + width, at))
    return drawn, baseline + 3 + (count - 1) * ROW + 2
