"""Draws the parts of a worksheet: tables of values, and lines of values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from app.documents.drawings import Drawing, TextLine
from app.documents.page_layout import MILLIMETRE, Block, kept_together, paragraph
from app.documents.text import text_width, wrap
from app.documents.worksheet_cells import (
    BASELINE,
    DATE_WIDTH,
    HINT,
    HOUR_WIDTH,
    ROW,
    TEXT,
    WIDTH,
    cell,
    natural_width,
    on_line,
    rule,
)
from app.documents.worksheet_headings import Heading, boxes_beside, heading, label_cell
from app.documents.worksheet_pairs import Pair, pair_cells, paired
from app.documents.worksheet_row_tables import rows_table
from app.documents.worksheet_rows import PrintedSection, PrintedTable, PrintedValue
from app.domain.protocol.forms import (
    Asked,
    Cell,
    ChoiceValue,
    DateValue,
    NumberValue,
    PersonValue,
    TextValue,
)
from app.wording.language import gettext as _
from app.wording.language import marked

_GUTTER = 12.0
_REMEMBERED = 1_000
"""How many sections are remembered as they are laid out."""
_LABEL = 40 * MILLIMETRE
_LABEL_AT_MOST = 62 * MILLIMETRE
_REASON = 28 * MILLIMETRE
_ASKED: dict[Asked, tuple[str, float]] = {
    "reference": (marked("Reference"), 24 * MILLIMETRE),
    "drawn": (marked("Date drawn"), DATE_WIDTH + 1),
    "report": (marked("Lab report no."), 22 * MILLIMETRE),
    "time": (marked("Time"), HOUR_WIDTH + 2),
    "initials": (marked("Initials"), 18 * MILLIMETRE),
}


@lru_cache(maxsize=_REMEMBERED)
def section_blocks(section: PrintedSection) -> tuple[Block, ...]:
    """Return the blocks of a section; its title is on the line of the first headings.

    Most sections are the same from sheet to sheet: those are laid out once.
    """
    blocks: list[Block] = []
    title = section.title
    for part in _parts(section):
        if isinstance(part, PrintedTable):
            blocks += rows_table(part, title)
        elif section.layout == "table":
            blocks += _value_table(part, section, title)
        else:
            blocks += _value_lines(part, title, close=section.close)
        title = ""
    blocks += _in_full(section, blocks)
    if section.legend:
        blocks += [Block(HINT.leading, (TextLine(0, HINT.size, line, HINT),)) for line in _legend(section)]
    return tuple(blocks)


def _in_full(section: PrintedSection, blocks: Sequence[Block]) -> list[Block]:
    """Return the words that were too long for their cells, in full."""
    drawn = [one.text for block in blocks for one in block.drawn if isinstance(one, TextLine)]
    cut = {one.removesuffix("…").strip() for one in drawn if one.endswith("…")}
    if not cut:
        return []
    texts = dict.fromkeys(text for one in section.values for text in _texts(one))
    return [
        line
        for text in texts
        if any(one in text for one in cut) and text not in drawn
        for line in paragraph(_("In full: ") + text, HINT, "value", room=WIDTH)
    ]


def _texts(printed: PrintedValue | PrintedTable) -> Iterator[str]:
    """Yield the words of a value."""
    value = printed.value
    yield value.label
    if isinstance(value, ChoiceValue):
        for option in value.options:
            yield from (option.text, option.label, option.unit)
    own = value.own_limit if isinstance(value, NumberValue) else None
    yield from (getattr(value, "unit", ""), own.label if own else "", own.unit if own else "")
    if isinstance(printed, PrintedTable):
        yield from (text for row in printed.rows for text in row)
        for column in printed.columns:
            yield from _texts(column)


def _legend(section: PrintedSection) -> list[str]:
    return wrap(section.legend, HINT, WIDTH, "legend")


def _parts(section: PrintedSection) -> Iterator[PrintedTable | list[PrintedValue]]:
    """Yield tables one by one, and the values between them together."""
    for is_table, group in groupby(section.values, lambda one: isinstance(one, PrintedTable)):
        if is_table:
            yield from (one for one in group if isinstance(one, PrintedTable))
        else:
            yield [one for one in group if isinstance(one, PrintedValue)]


# Values below one another


def _value_table(values: Sequence[PrintedValue], section: PrintedSection, title: str) -> list[Block]:
    hosts, besides = boxes_beside(values)
    asks = _asked(hosts, section.asks)
    reasons = any(one.value.reason for one in hosts)
    label = _label_width(hosts)
    right = sum(_ASKED[one][1] for one in asks) + (_REASON if reasons else 0.0)
    label = min(label, max(_LABEL * 0.6, WIDTH - right - 60))
    value = WIDTH - right - label
    headings = [Heading(label + 4, _("Value"), value - 6)]
    x = label + value
    for one in asks:
        headings.append(Heading(x + 4, _(_ASKED[one][0]), _ASKED[one][1] - 6))
        x += _ASKED[one][1]
    if reasons:
        headings.append(Heading(x + 4, _("ND reason"), _REASON - 6))
    top = heading(title, headings)
    geometry = _Geometry(label, value, asks, reasons)
    rows = []
    for each in paired(hosts, besides, label + value) if section.close else hosts:
        if isinstance(each, PrintedValue):
            rows.append(_value_row(each, besides.get(each.value.key, ()), section.asks, geometry, top[-1]))
        else:
            rows.append(_pair_row(each, section.asks, geometry, top[-1]))
    return [*top[:-1], *kept_together([top[-1], rows[0]]), *rows[1:]]


@dataclass(frozen=True, slots=True)
class _Geometry:
    """The widths of a table of values."""

    label: float
    value: float
    asks: tuple[Asked, ...]
    reasons: bool


def _asked(values: Sequence[PrintedValue], section_asks: Sequence[Asked]) -> tuple[Asked, ...]:
    wanted = {*section_asks, *(ask for one in values for ask in _asks_of(one))}
    return tuple(one for one in _ASKED if one in wanted)


def _asks_of(printed: PrintedValue) -> tuple[Asked, ...]:
    return printed.value.asks if isinstance(printed.value, NumberValue) else ()


def _label_width(values: Sequence[PrintedValue]) -> float:
    wanted = max(
        text_width(one.value.label, TEXT) + (text_width(one.hint, HINT) + 8 if one.hint else 0) for one in values
    )
    return min(max(wanted + 6, _LABEL), _LABEL_AT_MOST)


def _value_row(
    printed: PrintedValue, beside: Sequence[Cell], section_asks: Sequence[Asked], geometry: _Geometry, head: Block
) -> Block:
    """Return the row of a value, which has the room of the columns before the first that it asks for."""
    own = {*section_asks, *_asks_of(printed)}
    drawn, height = label_cell(printed.value.label, printed.hint, geometry.label)
    left = next((index for index, one in enumerate(geometry.asks) if one in own), len(geometry.asks))
    width = geometry.value + sum(_ASKED[one][1] for one in geometry.asks[:left])
    inner, needed = cell(printed, geometry.label, width, beside)
    height = max(height, needed, ROW)
    x = geometry.label + width
    borders = [geometry.label]
    for one in geometry.asks[left:]:
        borders.append(x)
        drawn += _asked_cell(one, x, one in own)
        x += _ASKED[one][1]
    if geometry.reasons:
        borders.append(x)
        if not printed.value.reason:
            drawn.append(TextLine(x + _REASON / 2 - 3, BASELINE, "–", TEXT))
    drawn += [*inner, *(rule(at, 0, at, height) for at in borders), rule(0, height, WIDTH, height)]
    return Block(height, tuple(drawn), head=head)


def _pair_row(pair: Pair, section_asks: Sequence[Asked], geometry: _Geometry, head: Block) -> Block:
    """Return the row of two values, which share what the section asks for and the reason."""
    left = next((index for index, one in enumerate(geometry.asks) if one in section_asks), len(geometry.asks))
    room = geometry.label + geometry.value + sum(_ASKED[one][1] for one in geometry.asks[:left])
    drawn, height = pair_cells(pair, room)
    x, borders = room, []
    for one in geometry.asks[left:]:
        borders.append(x)
        drawn += _asked_cell(one, x, one in section_asks)
        x += _ASKED[one][1]
    borders.append(x)
    drawn += [*(rule(at, 0, at, height) for at in borders), rule(0, height, WIDTH, height)]
    return Block(height, tuple(drawn), head=head)


def _asked_cell(asked: Asked, x: float, wanted: bool) -> list[Drawing]:
    """Return the cell for what is written next to a value; a dash where it is not wanted."""
    width = _ASKED[asked][1]
    if not wanted:
        return [TextLine(x + width / 2 - 3, BASELINE, "–", TEXT)]
    if asked == "reference":
        return [TextLine(x + width / 2 - 4, BASELINE, _("to"), HINT)]
    return []


# Values next to one another


def _value_lines(values: Sequence[PrintedValue], title: str, *, close: bool) -> list[Block]:
    """Return the values next to one another; `close`: without the limits of days where that saves a line."""
    hosts, besides = boxes_beside(values)
    lines = list(_packed(hosts, besides))
    if close:
        shorter = [replace(one, hint="") if isinstance(one.value, DateValue) else one for one in hosts]
        lines = min(lines, list(_packed(shorter, besides)), key=len)
    blocks = [_line(line, besides) for line in lines]
    if not title:
        return blocks
    top = heading(title, ())
    return [*top[:-1], *kept_together([top[-1], blocks[0]]), *blocks[1:]]


def _packed(
    values: Sequence[PrintedValue], besides: dict[str, list[Cell]]
) -> Iterator[list[tuple[PrintedValue, float]]]:
    """Yield the values of each line with their widths, stretched so that the line is full."""
    line: list[tuple[PrintedValue, float]] = []
    used = 0.0
    for one in values:
        width = natural_width(one.value, _line_label(one), besides.get(one.value.key, ()), one.known)
        if line and used + width > WIDTH:
            yield _stretched(line)
            line, used = [], 0.0
        line.append((one, width))
        used += width + _GUTTER
    if line:
        yield _stretched(line)


def _line_label(printed: PrintedValue) -> str:
    return f"{printed.value.label}, {printed.hint}" if printed.hint else printed.value.label


def _stretched(line: list[tuple[PrintedValue, float]]) -> list[tuple[PrintedValue, float]]:
    spare = WIDTH - sum(width for _one, width in line) - _GUTTER * (len(line) - 1)
    texts = [one for one, _width in line if isinstance(one.value, TextValue | PersonValue)]
    if not texts or spare <= 0:
        return line
    return [(one, width + spare / len(texts) if one in texts else width) for one, width in line]


def _line(line: Sequence[tuple[PrintedValue, float]], besides: dict[str, list[Cell]]) -> Block:
    drawn: list[Drawing] = []
    x, height = 0.0, ROW
    for printed, width in line:
        room = min(width, WIDTH - x)
        parts, needed = on_line(printed, printed.value.label, x, room, besides.get(printed.value.key, ()))
        drawn += parts
        height = max(height, needed)
        x += width + _GUTTER
    return Block(height + 1, tuple(drawn))
