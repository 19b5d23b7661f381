"""Draws the tables of a worksheet that have a row for each of their labels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.documents.drawings import Drawing, TextLine
from app.documents.page_layout import Block, kept_together, stacked
from app.documents.text import text_width, wrap
from app.documents.worksheet_cells import (
    BASELINE,
    CLOSE,
    HAIR,
    HINT,
    HOUR_WIDTH,
    ROW,
    TEXT,
    UNIT,
    USUAL,
    WIDTH,
    cell,
    choice_width,
    natural_width,
    rule,
)
from app.documents.worksheet_headings import LONGEST_ROW_LINES, STRONG, Heading, boxes_beside, heading, label_cell
from app.documents.worksheet_rows import PrintedTable, PrintedValue
from app.domain.protocol.forms import (
    BoxValue,
    Cell,
    ChoiceValue,
    NumberValue,
    Option,
    PersonValue,
    TextValue,
    TimeValue,
)

_GUTTER = 12.0
_TEXT_AT_LEAST = 48.0


def rows_table(table: PrintedTable, title: str) -> list[Block]:
    """Return a table with a row for each label, with the title of its section."""
    abreast = max(1, table.value.abreast)
    room = (WIDTH - _GUTTER * (abreast - 1)) / abreast
    layout = _columns_of(table, room)
    headings = []
    for number in range(abreast):
        left = number * (room + _GUTTER)
        if table.value.head:
            headings.append(Heading(left, table.value.head, layout.label - 4))
        headings += [Heading(left + x + 4, printed.value.label, width - 6) for printed, x, width in layout.first]
    head = heading(title, headings)
    per = -(-len(table.rows) // abreast)
    rows: list[Block] = []
    for number in range(per):
        across = [table.rows[at] for at in range(number, len(table.rows), per)]
        rows += _row(across, table, layout, room, head[-1])
    return [*head[:-1], *kept_together([head[-1], rows[0]]), *rows[1:]] if rows else []


@dataclass(frozen=True, slots=True)
class _Columns:
    """The width of the labels, and each value of a row with its left edge and width, by line."""

    label: float
    first: list[tuple[PrintedValue, float, float]]
    second: list[tuple[PrintedValue, float, float]]
    besides: dict[str, list[Cell]]


def _columns_of(table: PrintedTable, room: float) -> _Columns:
    hosts, besides = boxes_beside(table.columns)
    first = [one for one in hosts if one.value.line == 1]
    second = [one for one in hosts if one.value.line == 2]
    if table.numbered:
        label = 16.0 if len(table.rows) < 10 else 22.0
    else:
        wanted = max((text_width_of(label, hint) for label, hint in table.rows), default=0.0) + 8
        columns = sum(
            min(_least(one, besides), _TEXT_AT_LEAST if isinstance(one.value, TextValue) else WIDTH) for one in first
        )
        label = min(max(wanted, 48.0), max(room - columns, room * 0.3), room * 0.6)
    return _Columns(
        label, _placed(first, label, room, besides), _placed(second, label, room, besides, inside=True), besides
    )


def text_width_of(label: str, hint: str) -> float:
    """Return the width of a row's words with its small words, as far as a line may be long."""
    words = max((text_width(line, TEXT) for line in wrap(label, TEXT, WIDTH, "row")), default=0.0)
    return words + (text_width(wrap(hint, HINT, WIDTH, "row")[0], HINT) + 10 if hint else 0.0)


def _least(printed: PrintedValue, besides: dict[str, list[Cell]], *, inside: bool = False) -> float:
    """Return the width that a column wants."""
    value = printed.value
    if value.share:
        return WIDTH * value.share / 24
    prefix = text_width(value.label, HINT) + 4 if inside and value.label else 0.0
    if isinstance(value, ChoiceValue):
        options = [*value.options, *(Option(one.label) for one in besides.get(value.key, ()))]
        return choice_width(options, CLOSE) + 9 + prefix
    if isinstance(value, BoxValue):
        return (USUAL.box + 10 if not value.label else choice_width([Option(value.label)], CLOSE) + 9) + prefix
    if isinstance(value, TextValue):
        return {"third": 84.0, "half": 130.0, "full": 190.0}[value.width]
    if isinstance(value, PersonValue):
        return 44.0 if value.initials else 100.0
    if isinstance(value, TimeValue) and not value.dated:
        return HOUR_WIDTH + 4 + prefix
    if isinstance(value, NumberValue):
        limit = 90.0 if value.own_limit else 0.0
        return 44.0 + text_width(value.unit, UNIT) + limit + prefix
    return natural_width(value, "") + 4 + prefix


def _placed(
    columns: Sequence[PrintedValue], label: float, room: float, besides: dict[str, list[Cell]], *, inside: bool = False
) -> list[tuple[PrintedValue, float, float]]:
    texts = [isinstance(one.value, TextValue) for one in columns]
    wanted = _fitted([_least(one, besides, inside=inside) for one in columns], texts, room - label)
    spare = room - label - sum(wanted)
    if not all(one.value.share for one in columns):
        growing = [index for index, text in enumerate(texts) if text] or list(range(len(columns)))
        for index in growing:
            wanted[index] += spare / len(growing)
    placed, x = [], label
    for one, width in zip(columns, wanted, strict=True):
        placed.append((one, x, width))
        x += width
    return placed


def _fitted(wanted: list[float], texts: Sequence[bool], room: float) -> list[float]:
    """Return the widths of columns that share the room: texts give way first, then whatever is wider than its part."""
    over = sum(wanted) - room
    if over <= 0:
        return wanted
    gives = [max(width - _TEXT_AT_LEAST, 0.0) if text else 0.0 for width, text in zip(wanted, texts, strict=True)]
    if sum(gives):
        part = min(over / sum(gives), 1.0)
        wanted = [width - give * part for width, give in zip(wanted, gives, strict=True)]
    if sum(wanted) - room <= 0.01:
        return wanted
    least = [min(width, room / len(wanted)) for width in wanted]
    more = sum(wanted) - sum(least)
    rest = room - sum(least)
    return [low + (width - low) * rest / more for low, width in zip(least, wanted, strict=True)] if more else least


def _row(
    across: Sequence[tuple[str, str]], table: PrintedTable, layout: _Columns, room: float, head: Block
) -> list[Block]:
    """Return the rows next to one another as a block; words longer than any should be are cut into several."""
    drawn: list[Drawing] = []
    height = 0.0
    rest: list[Block] = []
    parts = []
    for number, (label, hint) in enumerate(across):
        left = number * (room + _GUTTER)
        lines = wrap(label, TEXT, layout.label - 6, "row")
        if len(lines) > LONGEST_ROW_LINES:
            rest = _long_rest(lines[LONGEST_ROW_LINES:], left, head)
            lines = lines[:LONGEST_ROW_LINES]
        part, first, needed = _one_row("\n".join(lines), hint, table, layout, left, room)
        parts.append((part, left, first))
        height = max(height, needed)
    for part, left, first in parts:
        split = first if layout.second else height
        drawn += part
        drawn += [rule(left + x, 0, left + x, split) for _one, x, _width in layout.first]
        drawn += [rule(left + x, split, left + x, height) for _one, x, _width in layout.second]
        drawn.append(rule(left, height, left + room, height, STRONG if layout.second else HAIR))
    return [Block(height, tuple(drawn), head=head, keep_with_next=bool(rest)), *rest]


def _long_rest(lines: Sequence[str], left: float, head: Block) -> list[Block]:
    return [Block(TEXT.leading, (TextLine(left, TEXT.size, line, TEXT),), head=head) for line in lines]


def _one_row(
    label: str, hint: str, table: PrintedTable, layout: _Columns, left: float, room: float
) -> tuple[list[Drawing], float, float]:
    """Return a row, the height of its first line, and its own."""
    if table.numbered:
        drawn: list[Drawing] = [
            TextLine(left + 2, BASELINE + (9 if layout.second else 0), label, replace(TEXT, bold=True))
        ]
        height = ROW
    else:
        drawn, height = label_cell(label, hint, layout.label, left)
    for printed, x, width in layout.first:
        part, needed = cell(printed, left + x, width, layout.besides.get(printed.value.key, ()))
        drawn += part
        height = max(height, needed)
    top = max(height, ROW)
    if not layout.second:
        return drawn, top, top
    needed = ROW
    inner: list[Drawing] = []
    for printed, x, width in layout.second:
        part, lower = cell(
            printed, left + x, width, layout.besides.get(printed.value.key, ()), prefix=printed.value.label
        )
        inner += part
        needed = max(needed, lower)
    drawn += stacked(Block(top), Block(needed, tuple(inner))).drawn
    drawn.append(rule(left + layout.label, top, left + room, top))
    return drawn, top, top + needed
