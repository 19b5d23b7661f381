"""The bar of the print dialog in which the days of a list are chosen, and whether each visit has its sheet."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.calendar.print_days import ONE_DAY, PRINT_DAYS, PrintDays
from app.services.queries.print_days import PrintChoice
from app.ui.forms.choice_editors import Combo
from app.ui.forms.day_edit import DayEdit
from app.ui.widgets.text import Label
from app.wording.language import gettext as _
from app.wording.print_days import DAY_NAMES, days_and_count

_SETTLES_MS = 250


class PrintDaysBar(QWidget):
    """The days of a list: by a word, or typed from and to; and a box for the sheets of a day."""

    begun = Signal()
    """Something else is chosen or typed."""
    chosen = Signal()
    """The choice has settled and can be printed."""

    def __init__(
        self, today: date, sheets: bool, parent: QWidget | None = None, days: PrintDays | None = "today"
    ) -> None:
        """`sheets`: whether the box for the sheets is ticked at first; `days`: those chosen first, None: typed ones."""
        super().__init__(parent)
        self._today = today
        self.days = Combo(_("Days"), self)
        for word in PRINT_DAYS:
            self.days.add(_(DAY_NAMES[word]))
        self.days.add(_("From – to…"))
        self.days.setCurrentIndex(len(PRINT_DAYS) if days is None else PRINT_DAYS.index(days))
        self.first, self.last = DayEdit(today, _("From"), self), DayEdit(today, _("To"), self)
        self.sheets_box = QCheckBox(_("A &sheet for each visit of the day"), self)
        self.sheets_box.setChecked(sheets)
        self.done_box = QCheckBox(_("Also those do&ne or missed"), self)
        self._typed = QWidget(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLES_MS)
        self._later.timeout.connect(self._settled)
        self._lay_out()
        self.days.currentIndexChanged.connect(lambda _row: self._changed())
        for box in (self.sheets_box, self.done_box):
            box.toggled.connect(lambda _on: self._changed())
        for edit in (self.first, self.last):
            edit.set_start(today)
            edit.changed.connect(self._changed)
        self._show_choice()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for row in (self._days_row(), self._typed_row(), self.done_box):
            column.addWidget(row)

    def _days_row(self) -> QWidget:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        label = Label(_("&Days"))
        label.setBuddy(self.days)
        across.addWidget(label)
        across.addWidget(self.days, 1)
        across.addWidget(self.sheets_box, 1)
        return row

    def _typed_row(self) -> QWidget:
        across = QHBoxLayout(self._typed)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        for text, edit in ((_("&From"), self.first), (_("&To"), self.last)):
            label = Label(text)
            label.setBuddy(edit.line)
            across.addWidget(label)
            across.addWidget(edit, 1)
        return self._typed

    def show_choices(self, choices: Sequence[PrintChoice]) -> None:
        """Show next to each word its days and the number of visits on them."""
        for one in choices:
            said = days_and_count(one.first, one.last, one.visits, self._today)
            self.days.setItemText(PRINT_DAYS.index(one.word), f"{_(DAY_NAMES[one.word])}: {said}")

    def show_days(self, first: date, last: date) -> None:
        """Show these days, as if they had been typed."""
        self.days.setCurrentIndex(len(PRINT_DAYS))
        self.first.set_day(first)
        self.last.set_day(last)
        self._later.stop()

    # What is chosen

    @property
    def word(self) -> PrintDays | None:
        """The days by a word; None where they are typed."""
        row = self.days.currentIndex()
        return PRINT_DAYS[row] if row < len(PRINT_DAYS) else None

    def typed_days(self) -> tuple[date, date] | None:
        """Return the typed days, the first alone for one day; None where one cannot be read or none is there."""
        first, last = self.first.value(), self.last.value()
        last = first if last is None else last
        return (first, last) if isinstance(first, date) and isinstance(last, date) else None

    def sheets_wanted(self) -> bool:
        """Return whether each visit of the day has its sheet."""
        return self.sheets_box.isChecked() and self._is_one_day()

    def done_wanted(self) -> bool:
        """Return whether the list has the visits with a result as well."""
        return self.done_box.isChecked() and not self.sheets_wanted()

    def has_keyboard(self) -> bool:
        """Return whether one of its controls has the keyboard."""
        return any(
            one.hasFocus() for one in (self.days, self.sheets_box, self.done_box, self.first.line, self.last.line)
        )

    def _is_one_day(self) -> bool:
        if self.word is not None:
            return self.word in ONE_DAY
        typed = self.typed_days()
        return typed is None or typed[0] == typed[1]

    def _changed(self) -> None:
        self._show_choice()
        self.begun.emit()
        self._later.start()

    def _show_choice(self) -> None:
        self._typed.setVisible(self.word is None)
        self.sheets_box.setEnabled(self._is_one_day())
        self.done_box.setEnabled(not self.sheets_wanted())
        for edit in (self.first, self.last):
            edit.set_wrong(False)

    def _settled(self) -> None:
        """Say that the choice has settled; mark what is no day instead, as long as there is such a text."""
        if self.word is not None or self.typed_days() is not None:
            self.chosen.emit()
            return
        for edit in (self.first, self.last):
            wrong = bool(edit.text()) and not isinstance(edit.value(), date)
            edit.set_wrong(wrong, _("This is no day.") if wrong else "")
