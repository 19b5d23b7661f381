"""The card of a report that is due on a serious adverse event: what happened, until when, and what is to be done."""

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.calendar.agenda import ReportDue
from app.ui.style import tokens
from app.ui.style.status_marks import Mark, tone_of
from app.ui.visit.detail_widgets import DateList
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import flow_of
from app.ui.widgets.mark_label import MarkLabel
from app.ui.widgets.text import Label, Wrapped
from app.wording.dates import day_at
from app.wording.fact_values import line_of
from app.wording.language import gettext as _
from app.wording.language import numbered
from app.wording.visible import visible_line


class ReportCard(QFrame):
    """One report; its widgets stay, and their words change."""

    sent = Signal()
    """The report was sent and is to be recorded."""
    event_asked = Signal(str, int)
    """The event is to be shown among those of its participant: the code, and the number of its fact."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "true")
        self._due: ReportDue | None = None
        self._code = Label("", "heading", parent=self)
        self._name, self._lead = Wrapped("", parent=self), Wrapped("", "title", parent=self)
        self._status = MarkLabel(Mark.CLOSING, "", "", self)
        self._dates = DateList(self)
        self.sent_button = Button(_("Report sent…"), self.sent.emit, "primary", parent=self)
        self.event_button = Button(_("Show the event"), self._show_event, parent=self)
        row = QHBoxLayout()
        row.addWidget(self._code)
        row.addWidget(Label(_("serious adverse event"), "small", parent=self), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(6)
        column.addLayout(row)
        for part in (
            self._name, self._lead, self._status, self._dates, flow_of(self.sent_button, self.event_button),
        ):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)

    def show_report(self, due: ReportDue, today: date, can_write: bool) -> None:
        """Show a report as of a day."""
        self._due, event = due, due.event
        late = event.is_overdue(today)
        self._code.setText(visible_line(due.participant))
        self._name.setText(visible_line(line_of(event.term)))
        self._lead.setText(day_at(event.due.on, event.due.at))
        mark = Mark.OVERDUE if late else Mark.CLOSING
        self._status.show_status(mark, _("report was due") if late else _("report to send"), tone_of(mark))
        known = day_at(event.aware.on, event.aware.at) if event.told else _("not recorded; counted from the record")
        within = numbered(_("within {n} h"), event.hours)
        self._dates.show_dates([(_("Known"), known), (_("Report"), within)])
        self.sent_button.setEnabled(can_write)

    def _show_event(self) -> None:
        if self._due is not None:
            self.event_asked.emit(self._due.participant, self._due.event.seq)

    def sizeHint(self) -> QSize:
        return QSize(tokens.px(340), 400)
