"""What the page is narrowed to: the trial, the participant, the period, and for the history who recorded it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.refusal import Refused
from app.services.queries.log_filter import LogFilter
from app.ui.forms.choice_editors import Combo
from app.ui.forms.day_edit import DayEdit
from app.ui.forms.unsaved import FormDialog
from app.ui.session.error_text import error_text
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.scroll_column import ColumnContent, ScrollColumn
from app.ui.widgets.text import Label, Wrapped
from app.wording.dates import day
from app.wording.language import gettext as _

Named = Sequence[tuple[str, str]]


class PeriodDialog(FormDialog):
    """Asks for a part of the page; it counts once Show is pressed."""

    chosen = Signal(object, str)
    """A `LogFilter`, and the code of a participant or none."""

    def __init__(
        self,
        today: date,
        trials: Named,
        participants: Sequence[str],
        persons: Sequence[str] | None,
        printed: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`trials`: their ids and titles; `persons`: who recorded something, None where that is not asked.

        `printed`: the day on which a log was printed last.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Period and trial"))
        self.trial = _combo(_("Trial"), _("All trials"), trials)
        self.participant = _combo(_("Participant"), _("Everybody"), [(one, one) for one in participants])
        self.person = _combo(_("Recorded by"), _("Anybody"), [(one, one) for one in persons or ()])
        self.first, self.last = DayEdit(today, _("From")), DayEdit(today, _("To"))
        self.since_button = Button("", lambda: self.first.set_day(printed), "link")
        if printed is not None:
            self.since_button.setText(_("Since logs were last printed: {day}").format(day=day(printed)))
            self.since_button.setAccessibleName(self.since_button.text())
        self.since_button.setHidden(printed is None)
        self.error = Wrapped("", "small", "alarm")
        self.error.hide()
        self.show_button = Button(_("&Show"), self.choose, "primary")
        self.all_button = Button(_("&Everything"), self.clear)
        self.cancel_button = Button(_("Cancel"), self.reject)
        self._lay_out(persons is not None)
        self._fresh = self._state()
        for edit in (self.first, self.last):
            edit.line.returnPressed.connect(self.choose)

    def _lay_out(self, with_person: bool) -> None:
        inside = ColumnContent()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows: list[tuple[str, QWidget]] = [
            (_("T&rial"), self.trial), (_("Par&ticipant"), self.participant), (_("Fro&m"), self.first),
            (_("T&o"), self.last), (_("Recorded &by"), self.person),
        ]  # fmt: skip
        self.person.setVisible(with_person)
        for number, (text, field) in enumerate(rows[: 5 if with_person else 4]):
            label = Label(text)
            label.setBuddy(field)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, number, 1)
        grid.addWidget(Wrapped(_("In the period is what happened or was recorded in it."), "small"), len(rows), 0, 1, 2)
        grid.addWidget(self.since_button, len(rows) + 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(rows) + 2, 1)
        area = ScrollColumn()
        area.hold(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(area, 1)
        column.addWidget(self.error)
        column.addLayout(dialog_foot(self.cancel_button, self.show_button, left=(self.all_button,)))
        room = self.screen().availableGeometry().size()
        self.resize(min(tokens.px(440), room.width()), min(tokens.px(360), room.height() - 32))

    def show_chosen(self, chosen: LogFilter, code: str) -> None:
        """Show what the page is narrowed to now."""
        found = ((self.trial, chosen.protocol), (self.participant, code), (self.person, chosen.by))
        for combo, value in found:
            combo.setCurrentIndex(max(combo.findData(value), 0))
        self.first.set_day(chosen.first)
        self.last.set_day(chosen.last)
        self._fresh = self._state()

    def has_typed(self) -> bool:
        """Whether something differs from what the page is narrowed to now."""
        return self._state() != self._fresh

    def _state(self) -> tuple[object, ...]:
        chosen = (one.currentIndex() for one in (self.trial, self.participant, self.person))
        return (*chosen, self.first.text(), self.last.text())

    def typed(self) -> tuple[LogFilter, str]:
        """Return what is typed and chosen.

        Raises:
            Refused: a day cannot be read, or the period ends before it begins.
        """
        days = []
        for edit in (self.first, self.last):
            if edit.text() and edit.day() is None:
                raise Refused("date_form", value=edit.text()[:40])
            days.append(edit.day())
        first, last = days
        if first is not None and last is not None and last < first:
            raise Refused("ends_before", on=first, ended=last)
        trial, code, by = (str(one.currentData() or "") for one in (self.trial, self.participant, self.person))
        return LogFilter(trial, first, last, by), code

    def choose(self) -> None:
        """Narrow the page to what is typed, or say what cannot be read."""
        try:
            found = self.typed()
        except Refused as refused:
            self.error.setText(error_text(refused))
            self.error.show()
            return
        self.chosen.emit(*found)
        self.accept()

    def clear(self) -> None:
        """Narrow the page to nothing."""
        self.show_chosen(LogFilter(), "")
        self.choose()


def _combo(label: str, everything: str, options: Named) -> Combo:
    found = Combo(label)
    for value, words in (("", everything), *options):
        found.add(words)
        found.setItemData(found.count() - 1, value)
    return found
