"""The tab of a participant's events: chips by kind, a search, the lines by day, and the chosen line at the side."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.services.queries.participant import ParticipantView
from app.ui.forms.choice_editors import Combo
from app.ui.pages.participant.event_detail import EventDetail
from app.ui.pages.participant.events_model import EventsModel, chips
from app.ui.pages.participant.events_view import EventsView
from app.ui.visit.event_menu import EVENTS
from app.ui.visit.mends import mend_text, mends_of
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.search_box import search_box
from app.ui.widgets.side_splitter import SideSplitter
from app.ui.widgets.text import NothingHere, no_mnemonic
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.visible import visible_line


class EventsTab(QWidget):
    """Everything recorded of one participant."""

    asked = Signal(str, str)
    """What is asked for about a fact, and the fact's number."""
    reported = Signal(int)
    """A report on the serious adverse event of that fact is to be recorded."""
    printing = Signal(str, str)
    """What was printed is to be printed again, and the visit where it was the sheet of one."""
    visit_asked = Signal(str)
    """The visit of a fact is to be shown in the plan."""
    event_asked = Signal()
    """Something that happened is to be recorded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = EventsModel(self)
        self.table = EventsView(self.model)
        self.table.setAccessibleName(_("Events of the participant"))
        self.detail = EventDetail()
        self.search = search_box(_("Find in the events"), _("Find in the events"))
        self.with_void = QCheckBox(_("Show what was taken back"))
        self.groups = Combo(_("Kind of event"))
        self.groups.hide()
        self.empty = NothingHere()
        self.empty.setContentsMargins(12, 8, 12, 8)
        self._group = ""
        self._can_write = True
        self._chips: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(SideSplitter(self._left(), self.detail))
        self._connect()

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar, 6)
        self._flow.setContentsMargins(0, 0, 0, 0)
        above = QVBoxLayout()
        above.setContentsMargins(12, 6, 12, 6)
        above.setSpacing(6)
        above.addWidget(self._bar)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.search, 1)
        row.addWidget(self.groups)
        row.addWidget(self.with_void)
        above.addLayout(row)
        column.addLayout(above)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        return left

    def _connect(self) -> None:
        self.search.returnPressed.connect(self.table.setFocus)
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.with_void.toggled.connect(lambda _on: self._narrow())
        self.groups.activated.connect(lambda index: self._choose_group(str(self.groups.itemData(index) or ""), True))
        self.table.chosen.connect(self._show_line)
        self.table.keyed.connect(self._key)
        self.table.menu_asked.connect(self._open_menu)
        self.detail.asked.connect(self.asked)
        self.detail.reported.connect(self.reported)
        self.detail.visit_asked.connect(self.visit_asked)
        self.detail.printing.connect(self.printing)

    # What is shown

    def show_participant(self, view: ParticipantView, can_write: bool) -> None:
        """Show another participant, or the same one after a change with the same line chosen."""
        line = self.table.line()
        self._can_write = can_write
        self.model.show_participant(view)
        self._show_chips()
        self._choose_again(line.seq if line is not None else 0)

    @property
    def count(self) -> int:
        """The number of lines that count."""
        return len(self.model.lines) - self.model.void_count()

    def choose(self, seq: int) -> None:
        """Choose the line of a fact, whatever is filtered."""
        if self.model.row_of(seq) < 0:
            self._group = ""
            self.search.clear()
            self.with_void.setChecked(True)
            self._narrow()
        self.table.choose(self.model.row_of(seq))

    def _choose_again(self, seq: int) -> None:
        row = self.model.row_of(seq)
        self.table.choose(row if row >= 0 else self.model.first_line())

    def _narrow(self) -> None:
        line = self.table.line()
        self.model.narrow(self._group, self.search.text(), self.with_void.isChecked())
        self._show_chips()
        self._choose_again(line.seq if line is not None else 0)

    def _show_chips(self) -> None:
        wanted = chips(self.model, [self._group] if self._group else [])
        for group, name, number in wanted:
            button = self._chips.get(group)
            if button is None:
                button = self._chips[group] = Button("", variant="chip", parent=self._bar)
                # One stop of Tab for all of them; arrows go from one to the next.
                button.setAutoExclusive(True)
                button.toggled.connect(partial(self._choose_group, group))
            button.setText(no_mnemonic(f"{name} {number}"))
            button.setAccessibleName(counted("{name}, {n} line", "{name}, {n} lines", number).format(name=name))
            button.setChecked(group == self._group)
        shown = [group for group, _name, _number in wanted]
        while self._flow.takeAt(0) is not None:
            pass
        for group in [*shown, *(one for one in self._chips if one not in shown)]:
            self._flow.addWidget(self._chips[group])
            self._chips[group].setVisible(group in shown)
        self.groups.clear()
        for group, name, number in wanted:
            self.groups.addItem(f"{visible_line(name)} {number}", group)
        self.groups.setCurrentIndex(shown.index(self._group) if self._group in shown else 0)
        self._fit_chips()
        void = self.model.void_count()
        self.with_void.setText(counted("Show {n} taken back", "Show {n} taken back", void))
        self.with_void.setVisible(void > 0)

    def _fit_chips(self) -> None:
        """Show the kinds as chips on two lines at most; where that is too narrow, as a list to choose from."""
        line = max((chip.sizeHint().height() for chip in self._chips.values()), default=0)
        room = self._bar.width() if self._bar.isVisible() else self.table.width() - 24
        fits = self._flow.heightForWidth(max(room, 1)) <= 2 * line + self._flow.spacing()
        self._bar.setVisible(fits)
        self.groups.setVisible(not fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_chips()

    def _choose_group(self, group: str, on: bool) -> None:
        if on and group != self._group:
            self._group = group
            self._narrow()

    def _show_line(self) -> None:
        line = self.table.line()
        if line is not None:
            self.detail.show_line(line, self.model, self._can_write)
        else:
            self.detail.say(_("Choose a line to see all that became of it."))
        nothing = self.model.first_line() < 0
        self.empty.setText(_("No line is found. Choose All, or clear the search."))
        self.empty.take_place_of(self.table, self.search, nothing)

    # What is asked for

    def _key(self, asked: str) -> None:
        line = self.table.line()
        if asked == EVENTS:
            self.event_asked.emit()
        elif line is not None and asked in mends_of(line.row) and self._can_write:
            self.asked.emit(asked, str(line.seq))

    def _open_menu(self, place: QPoint) -> None:
        line = self.table.line()
        if line is None:
            return
        menu = QMenu(self)
        for mend in mends_of(line.row):
            action = menu.addAction(no_mnemonic(mend_text(mend)))
            action.setEnabled(self._can_write)
            action.triggered.connect(self._asking(mend, line.seq))
        visit = (line.row.past.of or line.record).text("visit")
        if visit:
            menu.addAction(_("Show the visit")).triggered.connect(lambda: self.visit_asked.emit(visit))
        menu.aboutToHide.connect(menu.deleteLater)
        if menu.actions():
            menu.popup(place)

    def _asking(self, mend: str, seq: int) -> Callable[[], None]:
        return lambda: self.asked.emit(mend, str(seq))
