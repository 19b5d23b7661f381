"""The list of a day: every visit on it, also those that the grid has no room for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.services.queries.visit_table import table_of
from app.services.queries.visits_of_days import VisitsOfDays
from app.ui.pages.calendar.days import Chosen, Day, chosen_of
from app.ui.pages.calendar.keys import VISIT_KEYS
from app.ui.pages.calendar.visit_list import VisitList, VisitListModel
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.text import Label, NothingHere, Wrapped
from app.wording.dates import day_long
from app.wording.language import counted, sentence_case
from app.wording.language import gettext as _
from app.wording.visible import visible_line


class DayListDialog(QDialog):
    """The visits of one day; one of them is chosen in the calendar, or its participant is opened."""

    chosen = Signal(object)
    """What chooses the visit, as the dialog ends."""
    keyed = Signal(str)
    """A command by its key about the visit that was chosen, as ``open`` for its participant."""

    def __init__(self, found: VisitsOfDays, day: Day, chosen: Chosen | None, narrowed: bool, parent: QWidget) -> None:
        """`narrowed`: a filter leaves visits out of `found`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(day_long(day.on))
        self.model = VisitListModel(self)
        self.list = VisitList(self.model, self)
        of_day = VisitsOfDays(found.today, day.on, day.on, tuple(day.rows), found.closed)
        self.model.show_visits(of_day.rows, table_of(of_day))
        self.list.setColumnHidden(0, True)
        self.list.choose(chosen)
        self.list.keyed.connect(self._keyed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(Label(day_long(day.on), "heading"))
        said = [counted("{n} visit", "{n} visits", len(day.rows))] if day.rows else []
        said += [_("closed: {why}").format(why=visible_line(day.closed.text))] if day.closed is not None else []
        if said:
            column.addWidget(Wrapped(sentence_case(" · ".join(said)), "muted"))
        self.nothing = NothingHere()
        fits = _("No visit of this day fits the filters of the calendar.")
        self.nothing.setText(fits if narrowed else _("Nobody has a visit on this day."))
        column.addWidget(self.list if day.rows else self.nothing, 1)
        self.open_button = Button(_("Open the participant"), lambda: self._choose("open"))
        self.choose_button = Button(_("Show its card"), lambda: self._choose(), "primary")
        for button in (self.open_button, self.choose_button):
            button.setEnabled(bool(day.rows))
        self.close_button = Button(_("Close"), self.reject)
        column.addLayout(dialog_foot(self.close_button, self.open_button, self.choose_button))
        self.resize(tokens.px(620), tokens.px(380))
        (self.list if day.rows else self.close_button).setFocus()

    def _keyed(self, command: str) -> None:
        if command == "open":
            self._choose()
        elif command in VISIT_KEYS.values():
            self._choose(command)

    def _choose(self, command: str = "") -> None:
        """Choose the visit in the calendar, and do something about it there."""
        row = self.list.row
        if row is not None:
            self.accept()
            self.chosen.emit(chosen_of(row))
            if command:
                self.keyed.emit(command)
