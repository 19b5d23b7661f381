"""Draws the deviation log: a row for each departure from the protocol, with its reason, its class and who decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.documents import form_blocks
from app.documents.form_blocks import APART, LONGEST_ROW_LINES, Column, TextColumn, text_column
from app.documents.page_layout import (
    BODY,
    BODY_BOLD,
    LABEL,
    SMALL,
    WIDTH,
    Block,
    Document,
    Rule,
    body_height,
    foot_text,
    gap,
    head_text,
    paginate,
    paragraph,
    render,
)
from app.documents.sheet import printed_as_of
from app.documents.text import Style
from app.wording.language import counted
from app.wording.language import gettext as _

_WHO, _VISIT, _WHEN, _WHAT, _CLASS = 2.0, 74.0, 182.0, 292.0, 408.0
_FIRST, _BELOW = 12.0, 7.0


@dataclass(frozen=True, slots=True)
class LogRow:
    """One deviation in words; `detail`: who decided on its class and why, or that it is only proposed."""

    participant: str
    visit: str
    key: str
    day: str
    window: str
    what: str
    reason: str
    class_: str
    detail: str


def deviation_pages(
    rows: Sequence[LogRow], rules: Sequence[str], site_name: str, trials: str, today: date, *, head: str = ""
) -> bytes:
    """Return the PDF of the log as of `today`.

    `rules`: the rule by which the classes are proposed, a sentence for each protocol. `trials`: the numbers in the
    registries. `head`, at most 40 characters: the state of the study file that it is printed from.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    document = _document(rows, rules, site_name, trials, today, head)
    return render([document], document.name)


def _document(
    rows: Sequence[LogRow], rules: Sequence[str], site_name: str, trials: str, today: date, head: str
) -> Document:
    title = _("Deviation log")
    header, left_out = _header(title, site_name, rows)
    blocks = [*left_out, *(block for row in rows for block in _row(row))]
    if not rows:
        blocks += [gap(14), *paragraph(_("No deviation."), Style(12.5), "label")]
    if rules:
        blocks.append(gap(8))
    blocks += [block for rule in rules for block in paragraph(rule, SMALL, "rule")]
    pages = tuple(map(tuple, paginate(blocks, body_height(header))))
    return Document(
        title, header, pages, foot_text(trials, "registry number"), printed_as_of(today), head_text(head)
    )  # fmt: skip


def _header(title: str, site_name: str, rows: Sequence[LogRow]) -> tuple[Block, list[Block]]:
    """Return the band on each page with the column headings, and the name in full that was too long for it."""
    number = counted("{n} deviation", "{n} deviations", len(rows))
    columns = (
        Column(_("Participant"), _VISIT - _WHO),
        Column(_("Visit"), _WHEN - _VISIT),
        Column(_("Day, window"), _WHAT - _WHEN),
        Column(_("Deviation, reason"), _CLASS - _WHAT),
        Column(_("Class"), WIDTH - _CLASS),
    )
    site = f"{site_name} – {number}" if site_name else number
    return form_blocks.list_header(title, site, columns, site_name=site_name, listed=bool(rows))


def _row(row: LogRow) -> list[Block]:
    """Return one deviation as one block; only texts longer than any reason should be are cut into several."""
    columns = _columns(row)
    longest = max(len(lines) for _x, lines in columns)
    blocks = []
    for start in range(0, longest, LONGEST_ROW_LINES):
        drawn, bottom = form_blocks.drawn_columns(
            [(x, lines[start : start + LONGEST_ROW_LINES]) for x, lines in columns], _FIRST
        )
        bottom += _BELOW
        if start + LONGEST_ROW_LINES >= longest:
            drawn.append(Rule(0, bottom - 1, WIDTH, bottom - 1, 0.35))
        blocks.append(Block(bottom, tuple(drawn)))
    return blocks


def _columns(row: LogRow) -> list[TextColumn]:
    reason = [(row.reason, SMALL, "reason")] if row.reason else []
    window = [(row.window, SMALL, "window")] if row.window else []
    return [
        text_column(_WHO, _VISIT, (row.participant, BODY_BOLD, "participant code")),
        text_column(_VISIT, _WHEN, (row.visit, BODY, "visit name"), (row.key, LABEL, "visit key")),
        text_column(_WHEN, _WHAT, (row.day, BODY, "day"), *window, cut=form_blocks.wrap_after_dash),
        text_column(_WHAT, _CLASS, (row.what, BODY, "deviation"), *reason),
        text_column(_CLASS, WIDTH + APART, (row.class_, BODY_BOLD, "class"), (row.detail, SMALL, "decision")),
    ]
