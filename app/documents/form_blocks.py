"""The blocks of a form: section titles, bulleted lines, fields to write in, tables with boxes to tick."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.documents.drawings import Drawing, Mark, Rule, TextLine
from app.documents.marks import Shape
from app.documents.page_layout import BODY, BODY_BOLD, LABEL, STRONG, WIDTH, Block, gap, lines_at, paragraph, stacked
from app.documents.text import Style, fit, text_width, wrap
from app.wording.language import gettext as _

TITLE = Style(18, bold=True)
"""The title of a list; below it, in `SITE`, whose it is."""
SITE = Style(11, bold=True)
BOX = 9.5
GUTTER = 12.0
LONGEST_ROW_LINES = 24
APART = 8.0
"""The space between the columns of a list."""
_INDENT = 12.0
_CLOSE_APART = 14.0
TextColumn = tuple[float, list[tuple[str, Style]]]
"""The left edge of a column, and its lines."""


@dataclass(frozen=True, slots=True)
class Density:
    """How densely a form is set: the height of a table's row and of a field, and the space above a title, in points."""

    row: float
    field: float
    above: float


DENSITIES = (Density(22, 33, 9), Density(20, 30, 6), Density(17.5, 28, 4), Density(17.5, 28, 1))
"""From spacious to tight; even the last leaves 6 mm to write in."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, width, and whether each row has a box in it to tick."""

    heading: str
    width: float
    box: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: a small label above a line to write on, or above a value that is known already."""

    label: str
    share: float = 1.0
    value: str = ""
    boxes: tuple[str, ...] = ()
    ticked: int | None = None


def section_title(title: str, density: Density) -> list[Block]:
    """Return the title of a part of the form, kept together with the block that follows."""
    drawn = (TextLine(0, 11, title, Style(10.5, bold=True)), Rule(0, 15.5, WIDTH, 15.5, 0.7, STRONG))
    return [gap(density.above), Block(18, drawn, keep_with_next=True)]


def bulleted(lines: Sequence[str], shape: Shape, place: str, style: Style = BODY, width: float = WIDTH) -> list[Block]:
    """Return lines with a mark before each; a long one continues below its own beginning."""
    blocks = []
    for line in lines:
        for i, part in enumerate(wrap(line, style, width - _INDENT, place)):
            mark: list[Drawing] = [Mark(shape, 3.5, 7.5, 3 if shape is Shape.DOT else 8)] if i == 0 else []
            blocks.append(Block(style.leading, (*mark, TextLine(_INDENT, style.size, part, style))))
    return blocks


def bulleted_close(
    lines: Sequence[str], shape: Shape, place: str, style: Style = BODY, width: float = WIDTH
) -> list[Block]:
    """Return lines as `bulleted` does, the short ones next to each other as long as they fit."""
    blocks: list[Block] = []
    end = 0.0
    for line in lines:
        (*_rest, last) = own = bulleted([line], shape, place, style, width)
        needed = _INDENT + max(text_width(part, style) for part in wrap(line, style, width - _INDENT, place))
        at = end + _CLOSE_APART
        if blocks and len(own) == 1 and at + needed <= width:
            moved = tuple(replace(one, x=one.x + at) for one in last.drawn if not isinstance(one, Rule))
            blocks[-1] = replace(blocks[-1], drawn=(*blocks[-1].drawn, *moved))
            end = at + needed
        else:
            blocks += own
            end = needed if len(own) == 1 else width
    return blocks


def wrap_after_dash(value: str, style: Style, room: float, place: str) -> list[str]:
    """Return the lines of a date, status or window; a window too long for one line continues after its dash."""
    lines = wrap(value, style, room, place)
    return lines if len(lines) == 1 else wrap(value.replace(" – ", " –\n"), style, room, place)


def field_row(fields: Sequence[FormField], place: str, density: Density) -> Block:
    """Return a row of fields across the page."""
    height = density.field
    room = WIDTH - GUTTER * (len(fields) - 1)
    total = sum(field.share for field in fields)
    drawn: list[Drawing] = []
    x, tallest = 0.0, height
    for field in fields:
        width = room * field.share / total
        parts, needed = _field(field, x, width, height, place)
        drawn += parts
        tallest = max(tallest, needed)
        x += width + GUTTER
    return Block(tallest, tuple(drawn))


def _field(field: FormField, x: float, width: float, height: float, place: str) -> tuple[list[Drawing], float]:
    drawn: list[Drawing] = [*lines_at(x, 9, wrap(field.label, LABEL, width, place), LABEL)]
    if field.boxes:
        return drawn + tick_boxes(x, height - 6, field.boxes, field.ticked), height
    baseline = height - 6
    values = wrap(field.value, BODY_BOLD, width, f"{place}: {field.label}") if field.value else []
    drawn += lines_at(x, baseline, values, BODY_BOLD)
    bottom = baseline + 3 + max(0, len(values) - 1) * BODY_BOLD.leading
    drawn.append(Rule(x, bottom, x + width, bottom))
    return drawn, bottom + 3


def tick_boxes(x: float, baseline: float, labels: Sequence[str], ticked: int | None = None) -> list[Drawing]:
    """Return boxes in a row, each followed by its word; the ticked one has a cross in it."""
    drawn: list[Drawing] = []
    for i, label in enumerate(labels):
        centre = x + BOX / 2
        drawn.append(Mark(Shape.BOX, centre, baseline - 3.4, BOX))
        if i == ticked:
            drawn.append(Mark(Shape.CROSS, centre, baseline - 3.4, BOX - 4))
        drawn.append(TextLine(x + BOX + 4, baseline, label, BODY))
        x += BOX + 4 + text_width(label, BODY) + 14
    return drawn


def table_head(columns: Sequence[Column]) -> Block:
    """Return the line of headings, which is repeated where the table continues on another page."""
    drawn: list[Drawing] = []
    x = 0.0
    for column in columns:
        at = x + (column.width - text_width(column.heading, LABEL)) / 2 if column.box else x + 2
        drawn.append(TextLine(at, 9, column.heading, LABEL))
        x += column.width
    drawn.append(Rule(0, 13, WIDTH, 13))
    return Block(13.5, tuple(drawn), keep_with_next=True)


def table(columns: Sequence[Column], rows: Sequence[tuple[str, str]], height: float, place: str) -> list[Block]:
    """Return a table whose rows have a text, a small remark below it, boxes to tick and cells to write in."""
    head = table_head(columns)
    blocks = [head]
    for number, (text, remark) in enumerate(rows, start=1):
        blocks += _row(columns, text, remark, height, head, f"{place} {number}")
    return blocks


def _row(columns: Sequence[Column], text: str, remark: str, height: float, head: Block, place: str) -> list[Block]:
    room = columns[0].width - 8
    lines = [(line, BODY) for line in wrap(text, BODY, room, place)]
    lines += [(line, LABEL) for line in wrap(remark, LABEL, room, place)] if remark else []
    blocks = []
    for start in range(0, len(lines), LONGEST_ROW_LINES):
        part = lines[start : start + LONGEST_ROW_LINES]
        last = start + LONGEST_ROW_LINES >= len(lines)
        blocks.append(_row_part(columns, part, height, head, first=start == 0, last=last))
    return blocks


def _row_part(
    columns: Sequence[Column],
    lines: Sequence[tuple[str, Style]],
    height: float,
    head: Block,
    *,
    first: bool,
    last: bool,
) -> Block:
    drawn: list[Drawing] = []
    padding = (height - BODY.leading) / 2
    y = padding - 1
    for line, style in lines:
        y += style.leading
        drawn.append(TextLine(2, y - 1.5, line, style))
    bottom = max(height, y + padding)
    if first:
        drawn += _boxes(columns, padding + BODY.leading / 2)
    if last:
        drawn.append(Rule(0, bottom, WIDTH, bottom))
    drawn += _cell_borders(columns, bottom)
    return Block(bottom, tuple(drawn), head=head)


def _boxes(columns: Sequence[Column], y: float) -> list[Drawing]:
    drawn: list[Drawing] = []
    x = 0.0
    for column in columns:
        if column.box:
            drawn.append(Mark(Shape.BOX, x + column.width / 2, y, BOX))
        x += column.width
    return drawn


def _cell_borders(columns: Sequence[Column], bottom: float) -> list[Drawing]:
    """Return a hairline before each cell to write in."""
    drawn: list[Drawing] = []
    x = 0.0
    for column in columns:
        if x and not column.box:
            drawn.append(Rule(x, 0, x, bottom, 0.35))
        x += column.width
    return drawn


def writing_lines(height: float, step: float = 22.0) -> Block:
    """Return empty lines to write on, as many as the height has room for."""
    count = int(height // step)
    return Block(height, tuple(Rule(0, i * step, WIDTH, i * step) for i in range(1, count + 1)))


def text_column(
    x: float, end: float, *texts: tuple[str, Style, str], cut: Callable[[str, Style, float, str], list[str]] = wrap
) -> TextColumn:
    """Return the lines of texts one below the other, from `x` to `end`; each has its style and its place."""
    room = end - x - APART
    return x, [(line, style) for text, style, place in texts for line in cut(text, style, room, place)]


def drawn_columns(columns: Sequence[TextColumn], first: float) -> tuple[list[Drawing], float]:
    """Return the lines of columns next to each other, and their lowest baseline; `first`: the first baseline."""
    drawn: list[Drawing] = []
    bottom = 0.0
    for x, lines in columns:
        y = first
        for number, (line, style) in enumerate(lines):
            y += style.leading if number else 0
            drawn.append(TextLine(x, y, line, style))
        bottom = max(bottom, y)
    return drawn, bottom


def list_header(title: str, site: str, columns: Sequence[Column], *, listed: bool) -> tuple[Block, list[Block]]:
    """Return the band on each page of a list, and its line in full where it was too long for the band.

    `site`: the line under the title. `listed`: whether there are rows, so that the columns have headings.
    """
    lines, cut = fit(site, SITE, WIDTH, 3, "site name")
    more = (len(lines) - 1) * SITE.leading
    band = Block(41 + more, (TextLine(0, 18, title, TITLE), *lines_at(0, 34, lines, SITE)))
    headed = stacked(band, table_head(columns)) if listed else band
    header = stacked(headed, Block(7, (Rule(0, 0, WIDTH, 0, 1.1, STRONG),)))
    return header, paragraph(_("In full: ") + site, BODY, "site name") if cut else []
