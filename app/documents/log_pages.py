"""Draws a log: a row for each of its lines, under headings that every page repeats, and a place to sign at its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.documents import form_blocks
from app.documents.drawings import Rule, TextLine
from app.documents.form_blocks import APART, DENSITIES, LONGEST_ROW_LINES, Column, FormField, TextColumn, text_column
from app.documents.log_layouts import Layout, PaperColumn, PaperLine, Size
from app.documents.page_layout import (
    BODY,
    BODY_BOLD,
    LABEL,
    SMALL,
    WIDTH,
    Block,
    Document,
    body_height,
    foot_text,
    gap,
    head_text,
    kept_together,
    paginate,
    paragraph,
    render,
)
from app.documents.sheet import printed_as_of
from app.documents.text import Style, text_width
from app.wording.language import gettext as _
from app.wording.language import sentence_case

_STYLES: Mapping[Size, Style] = {"strong": BODY_BOLD, "body": BODY, "small": SMALL, "label": LABEL}
_FIRST, _BELOW, _LEFT = 12.0, 7.0, 2.0
_TO_SIGN = 20.0


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the log: the words of its cells by name. `signed`: whether the file has who signed it."""

    cells: Mapping[str, str]
    signed: bool = False


@dataclass(frozen=True, slots=True)
class PaperLog:
    """A log in words. `count`: how many rows; `empty`: what is said where there is none; `titles`: of the cells."""

    title: str
    count: str
    empty: str
    layout: Layout
    titles: Mapping[str, str]
    rows: Sequence[PaperRow]
    notes: Sequence[str] = ()


def log_pages(log: PaperLog, site_name: str, trials: str, today: date, *, head: str = "") -> bytes:
    """Return the PDF of the log as of `today`.

    `trials`: the numbers in the registries. `head`, at most 40 characters: the state of the study file that it is
    printed from.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    document = _document(log, site_name, trials, today, head)
    return render([document], document.name)


def _document(log: PaperLog, site_name: str, trials: str, today: date, head: str) -> Document:
    edges = _edges(log.layout.columns)
    columns = [Column(_(one.heading), end - start) for one, (start, end) in zip(log.layout.columns, edges, strict=True)]
    site = f"{site_name} – {log.count}" if site_name else log.count
    header, left_out = form_blocks.list_header(log.title, site, columns, listed=bool(log.rows))
    blocks = [*left_out, *(block for row in log.rows for block in _row(log, row, edges))]
    if not log.rows:
        blocks += [gap(14), *paragraph(log.empty, Style(12.5), "label")]
    if log.notes:
        blocks.append(gap(8))
    blocks += [block for note in log.notes for block in paragraph(note, SMALL, "note")]
    blocks += _signatures()
    pages = tuple(map(tuple, paginate(blocks, body_height(header))))
    return Document(
        log.title, header, pages, foot_text(trials, "registry number"), printed_as_of(today), head_text(head)
    )


def _edges(columns: Sequence[PaperColumn]) -> list[tuple[float, float]]:
    """Return where each column begins and ends."""
    total = sum(one.share for one in columns)
    found, start = [], 0.0
    for column in columns:
        end = start + WIDTH * column.share / total
        found.append((start, end))
        start = end
    return found


def _signatures() -> list[Block]:
    fields = (FormField(_("Reviewed by: name, signature"), 2), FormField(_("Date")))
    return [gap(14), *kept_together([form_blocks.field_row(fields, "signature", DENSITIES[0])])]


def _row(log: PaperLog, row: PaperRow, edges: Sequence[tuple[float, float]]) -> list[Block]:
    """Return one line of the log as one block; only texts longer than any reason should be are cut into several."""
    columns = [_column(log, row, one, edge) for one, edge in zip(log.layout.columns, edges, strict=True)]
    longest = max(len(lines) for _x, lines in columns)
    blocks = []
    for start in range(0, longest, LONGEST_ROW_LINES):
        drawn, bottom = form_blocks.drawn_columns(
            [(x, lines[start : start + LONGEST_ROW_LINES]) for x, lines in columns], _FIRST
        )
        bottom += _BELOW
        if start + LONGEST_ROW_LINES >= longest:
            if log.layout.signed and not row.signed:
                bottom += _TO_SIGN - _BELOW
                label = _("Signature, date")
                drawn.append(TextLine(_LEFT + edges[0][1], bottom - 3, label, LABEL))
                at = _LEFT + edges[0][1] + text_width(label, LABEL) + 4
                drawn.append(Rule(at, bottom - 2, WIDTH, bottom - 2))
                bottom += _BELOW
            drawn.append(Rule(0, bottom - 1, WIDTH, bottom - 1, 0.35))
        blocks.append(Block(bottom, tuple(drawn)))
    return blocks


def _column(log: PaperLog, row: PaperRow, column: PaperColumn, edge: tuple[float, float]) -> TextColumn:
    start, end = edge
    texts = [
        (_said(log, row, line), _STYLES[line.size], line.cell) for line in column.lines if row.cells.get(line.cell)
    ]
    last = end >= WIDTH - 1
    return text_column(start + _LEFT, end + APART if last else end, *texts, cut=form_blocks.wrap_after_dash)


def _said(log: PaperLog, row: PaperRow, line: PaperLine) -> str:
    text = row.cells[line.cell]
    if not line.said:
        return text
    title = log.titles.get(line.cell, line.cell)
    return f"{sentence_case(title)}: {text}"
