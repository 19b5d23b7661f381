"""Draws what the tables of a worksheet share: titles with headings, and the words of a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.drawings import Drawing, TextLine
from app.documents.page_layout import Block, gap, kept_together, lines_at, right_aligned
from app.documents.text import Style, fit, text_width, wrap
from app.documents.worksheet_cells import BASELINE, HINT, TEXT, WIDTH, rule
from app.documents.worksheet_rows import PrintedValue
from app.domain.protocol.forms import BoxValue, Cell

TITLE = Style(10.5, bold=True)
LONGEST_ROW_LINES = 30
STRONG = 0.8
_ABOVE = 3.5


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over a column, at its left edge."""

    x: float
    text: str
    room: float


def heading(title: str, columns: Sequence[Heading]) -> list[Block]:
    """Return the section's title with the headings of its columns, kept with what follows.

    They share a line where the title leaves room; a heading that another column has as well gives way to it.
    """
    named = [one for one in columns if one.text]
    if not title and not named:
        return [Block(4)]
    end = text_width(title, TITLE) + 6 if title else 0.0
    clear = [one for one in named if one.x >= end]
    if title and end <= WIDTH and {one.text for one in named} <= {one.text for one in clear}:
        return [gap(_ABOVE), _heads(title, clear)]
    titles = wrap(title, TITLE, WIDTH, "section title") if title else []
    own = [TextLine(0, 11 + number * TITLE.leading, line, TITLE) for number, line in enumerate(titles)]
    above = [Block(len(titles) * TITLE.leading, tuple(own), keep_with_next=True)] if own else []
    return [gap(_ABOVE), *kept_together([*above, _heads("", named)])]


def _heads(title: str, columns: Sequence[Heading]) -> Block:
    """Return a line of headings, with the title at its left edge."""
    said = [(one, fit(one.text, HINT, max(one.room, 12), 3, "heading")[0]) for one in columns]
    base = 11 + (max((len(lines) for _one, lines in said), default=1) - 1) * HINT.leading
    drawn: list[Drawing] = [TextLine(0, base, title, TITLE)] if title else []
    for one, lines in said:
        drawn += lines_at(one.x, base - (len(lines) - 1) * HINT.leading, lines, HINT)
    return Block(base + 5, (*drawn, rule(0, base + 4.5, WIDTH, base + 4.5, STRONG)), keep_with_next=True)


def boxes_beside(values: Sequence[PrintedValue]) -> tuple[list[PrintedValue], dict[str, list[Cell]]]:
    """Return the values with cells of their own, and the boxes in the cells of others by the other's key."""
    keys = {one.value.key for one in values}
    besides: dict[str, list[Cell]] = {}
    hosts = []
    for one in values:
        if isinstance(one.value, BoxValue) and one.value.beside in keys - {one.value.key}:
            besides.setdefault(one.value.beside, []).append(one.value)
        else:
            hosts.append(one)
    return hosts, besides


def label_cell(label: str, hint: str, width: float, left: float = 0.0) -> tuple[list[Drawing], float]:
    """Return the words of a row with small words at their end or below them, and the height that they need."""
    lines = fit(label, TEXT, width - 6, LONGEST_ROW_LINES, "label")[0]
    drawn: list[Drawing] = [*lines_at(left, BASELINE, lines, TEXT)]
    height = BASELINE + (len(lines) - 1) * TEXT.leading + 7.5
    if hint:
        hints = fit(hint, HINT, width - 6, 6, "hint")[0]
        if len(lines) == 1 and len(hints) == 1 and text_width(lines[0], TEXT) + text_width(hints[0], HINT) < width - 12:
            drawn.append(right_aligned(left + width - 5, BASELINE, hints[0], HINT))
        else:
            drawn += lines_at(left, height - 7.5 + HINT.leading, hints, HINT)
            height += len(hints) * HINT.leading
    return drawn, height
