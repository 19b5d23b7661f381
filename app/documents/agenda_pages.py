"""Draws the list of visits that a nurse carries for a day or a week: urgent, of today, coming and waiting visits."""

from collections.abc import Sequence
from datetime import date

from app.documents import form_blocks
from app.documents.agenda_rows import DayVisits, Notes, Protocols, VisitGroup, VisitList, VisitRow, visit_list
from app.documents.drawings import Drawing, Mark, Rule, TextLine
from app.documents.form_blocks import BOX, DENSITIES, LONGEST_ROW_LINES, Column
from app.documents.marks import Shape
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
from app.domain.calendar.agenda import Agenda
from app.wording.language import gettext as _

SMALL_BOLD = Style(8.5, bold=True)
_DENSITY = DENSITIES[0]
_FIRST, _TO_WRITE, _BELOW = 13.0, 18.0, 3.0
_WHO, _WHAT, _WHEN, _STATUS = 16.0, 94.0, 268.0, 401.0
_MARK = 12.0


def agenda_pages(
    agenda: Agenda,
    protocols: Protocols,
    site_name: str,
    first: date,
    last: date,
    *,
    notes: Notes | None = None,
    head: str = "",
) -> bytes:
    """Return the PDF of the visits to be done from `first` to `last`, each with a box to tick and a line to write on.

    The agenda must reach as far as `last`: visits that it does not have are not listed. `protocols` by their id.
    `notes`: those on each visit. `head`, at most 40 characters: the state of the study file that the list is printed
    from.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    document = _document(visit_list(agenda, protocols, site_name, first, last, notes), agenda.today, head)
    return render([document], document.name)


def day_pages(visits: VisitList, sheets: Sequence[Document], today: date, head: str = "") -> bytes:
    """Return the PDF of the list of a day, then the sheets of its visits.

    Raises:
        UnprintableText: a text has a character that no font has.
    """
    front = _document(visits, today, head)
    return render([front, *sheets], f"{front.name} – {_('visit sheets')}")


def _document(visits: VisitList, today: date, head: str = "") -> Document:
    """Return the list as it is drawn."""
    header, left_out = _header(visits)
    blocks = list(left_out)
    for group in visits.groups[: visits.reports_after]:
        blocks += _group(group)
    if visits.reports:
        title = form_blocks.section_title(f"{_('Safety reports to send')} ({len(visits.reports)})", _DENSITY)
        blocks += [*title, *form_blocks.bulleted(visits.reports, Shape.BOX, "safety report")]
    if visits.nothing_due:
        blocks += [gap(14), *paragraph(visits.nothing_due, Style(12.5), "label")]
    for group in visits.groups[visits.reports_after :]:
        blocks += _group(group)
    pages = tuple(map(tuple, paginate(blocks, body_height(header))))
    trials = foot_text(visits.trials, "registry number")
    return Document(visits.title, header, pages, trials, printed_as_of(today), head_text(head))


def _header(visits: VisitList) -> tuple[Block, list[Block]]:
    """Return the band on each page with the column headings, and the texts in full that were too long for it."""
    columns = (
        Column("", _WHO - 2),
        Column(_("Participant"), _WHAT - _WHO),
        Column(_("Visit"), _WHEN - _WHAT),
        Column(_("Day and time, window"), _STATUS - _WHEN),
        Column(_("Status, days left"), WIDTH - _STATUS),
    )
    return form_blocks.list_header(visits.title, visits.site, columns, listed=bool(visits.groups))


def _group(group: VisitGroup) -> list[Block]:
    """Return the title with its first visit, then the rest; a page that continues a group begins with its title."""
    blocks = form_blocks.section_title(group.title, _DENSITY)
    for part in group.parts:
        blocks += _part(part, group)
    return blocks


def _part(part: DayVisits, group: VisitGroup) -> list[Block]:
    title = f"{group.title} – {part.title}" if part.title else group.title
    head = _continued(title)
    rows = [_row(item, head, urgent=group.urgent) for item in part.items]
    day = [Block(21, (TextLine(0, 16, part.title, BODY_BOLD),), head=_continued(group.title))] if part.title else []
    return [*kept_together([*day, rows[0][0]]), *rows[0][1:], *(block for row in rows[1:] for block in row)]


def _continued(title: str) -> Block:
    return form_blocks.section_title(_("{title}, continued").replace("{title}", title), _DENSITY)[-1]


def _row(item: VisitRow, head: Block, *, urgent: bool) -> list[Block]:
    """Return one visit as one block; only texts longer than any name should be are cut into several."""
    columns = _columns(item, urgent=urgent)
    longest = max(len(lines) for _x, lines in columns)
    blocks = []
    for start in range(0, longest, LONGEST_ROW_LINES):
        parts = [(x, lines[start : start + LONGEST_ROW_LINES]) for x, lines in columns]
        marks = _marks(item) if start == 0 else []
        to_write = start + LONGEST_ROW_LINES >= longest and not item.done
        blocks.append(_row_part(parts, marks, head, to_write=to_write))
    return blocks


def _columns(item: VisitRow, *, urgent: bool) -> list[form_blocks.TextColumn]:
    day, left = (BODY_BOLD if item.booked else BODY), (SMALL_BOLD if urgent else SMALL)
    more = [(item.place, SMALL, "place")] if item.place and not item.done else []
    more += [(_("Note: ") + item.note, SMALL, "note")] if item.note else []
    return [
        form_blocks.text_column(
            _WHO, _WHAT, (item.participant, BODY_BOLD, "participant code"), (item.trial, LABEL, "trial title")
        ),
        form_blocks.text_column(_WHAT, _WHEN, (item.visit, BODY, "visit name"), (item.key, LABEL, "visit key"), *more),
        form_blocks.text_column(
            _WHEN, _STATUS, (item.day, day, "time"), (item.window, SMALL, "window"), cut=form_blocks.wrap_after_dash
        ),
        form_blocks.text_column(
            _STATUS + _MARK,
            WIDTH + form_blocks.APART,
            (item.status, BODY, "status"),
            (item.days_left, left, "days left"),
        ),
    ]


def _marks(item: VisitRow) -> list[Drawing]:
    y = _FIRST - 3.4
    box = [] if item.done else [Mark(Shape.BOX, BOX / 2 + 0.5, y, BOX)]
    return [*box, Mark(item.mark, _STATUS + 4.5, y, 8.5)]


def _row_part(columns: Sequence[form_blocks.TextColumn], marks: list[Drawing], head: Block, *, to_write: bool) -> Block:
    lines, bottom = form_blocks.drawn_columns(columns, _FIRST)
    drawn = [*marks, *lines]
    if to_write:
        bottom += _TO_WRITE
        label = _("Note")
        drawn.append(TextLine(_WHO, bottom - 2, label, LABEL))
        drawn.append(Rule(_WHO + text_width(label, LABEL) + 4, bottom, WIDTH, bottom))
    return Block(bottom + _BELOW, tuple(drawn), head=head)
