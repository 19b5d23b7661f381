"""The words of a line of Today's list, for the eye and for a screen reader."""

from collections.abc import Callable
from datetime import date
from enum import IntEnum

from app.domain.calendar.agenda import AgendaRow, DoneRow, ReportDue
from app.domain.facts.safety import REPORT_KIND
from app.ui.pages.today.agenda_groups import Line
from app.ui.style.status_marks import Mark, mark_of
from app.wording import agenda as words
from app.wording.dates import day_long, day_short
from app.wording.fact_values import line_of
from app.wording.language import gettext as _
from app.wording.language import numbered
from app.wording.names import visit_name
from app.wording.visible import visible_line


class Column(IntEnum):
    """The columns of the list."""

    CODE = 0
    VISIT = 1
    DAY = 2
    WINDOW = 3
    STATE = 4
    STEP = 5


UNDO = "undo"
"""The step of a line about what was recorded today."""


class LineWords:
    """The words of lines as of a day."""

    def __init__(self, today: date, decides: Callable[[AgendaRow], bool]) -> None:
        """`decides` returns whether something is decided at a visit."""
        self.today, self._decides = today, decides

    def step(self, line: Line) -> str:
        """Return the next step of a line: the kind of fact that is to be recorded, or `UNDO`."""
        if isinstance(line, ReportDue):
            return REPORT_KIND
        if isinstance(line, DoneRow):
            return UNDO
        return words.next_step(line.entry, self.today, self._decides(line))

    def mark(self, line: Line) -> Mark:
        """Return the mark of a line; what needs somebody soon has that of a window that closes."""
        if isinstance(line, ReportDue):
            return Mark.OVERDUE if line.event.is_overdue(self.today) else Mark.CLOSING
        if isinstance(line, DoneRow):
            return mark_of(line.row.entry)
        presses = line.entry.to_check or words.is_closing(line, self.today)
        return Mark.CLOSING if presses else mark_of(line.entry)

    def text(self, line: Line, column: Column) -> str:
        """Return the text of a cell."""
        if column is Column.CODE:
            return visible_line(line.participant)
        if isinstance(line, ReportDue):
            return self._report(line, column)
        if isinstance(line, DoneRow):
            return self._done(line, column)
        return self._visit(line, column)

    def _visit(self, row: AgendaRow, column: Column) -> str:
        entry = row.entry
        match column:
            case Column.VISIT:
                return visit_name(entry)
            case Column.DAY:
                at = entry.appointment_time
                return day_short(entry.assumed, self.today, at) if entry.assumed else _("no date yet")
            case Column.WINDOW:
                return words.window_text(entry, self.today)
            case Column.STATE:
                return words.state_text(row, self.today)
            case _:
                return _(words.NEXT[self.step(row)])

    def _report(self, due: ReportDue, column: Column) -> str:
        event = due.event
        match column:
            case Column.VISIT:
                return _("Serious event: {term}, report").format(term=visible_line(line_of(event.term)))
            case Column.DAY:
                return day_short(event.due.on, self.today, event.due.at)
            case Column.WINDOW:
                return numbered(_("within {n} h"), event.hours)
            case Column.STATE:
                return _("report was due") if event.is_overdue(self.today) else _("report to send")
            case _:
                return _("Sent…")

    def _done(self, done: DoneRow, column: Column) -> str:
        match column:
            case Column.VISIT:
                return visit_name(done.row.entry)
            case Column.DAY:
                return day_short(done.on, self.today) if done.on is not None else ""
            case Column.WINDOW:
                return words.window_text(done.row.entry, self.today)
            case Column.STATE:
                return words.done_text(done)
            case _:
                return _("Undo")

    def spoken(self, line: Line) -> str:
        """Return everything in a line, for a screen reader."""
        if not isinstance(line, AgendaRow):
            parts = [self.text(line, one) for one in (Column.CODE, Column.VISIT, Column.DAY, Column.STATE)]
            return ", ".join(parts)
        entry = line.entry
        on = day_long(entry.assumed) if entry.assumed is not None else _("no date yet")
        state = words.agenda_status(line) if entry.needs_rebooking else self.text(line, Column.STATE)
        return ", ".join((line.participant, visit_name(entry), on, state))
