"""The view of a participant's visits: painting, widths of the columns, keys and mouse."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.domain.calendar.entries import Calendar
from app.ui.pages.participant.calendar_model import CalendarModel, Column
from app.ui.pages.participant.row_painter import FIRST_PAD, PAD, RowForm, RowPainter
from app.ui.session.memory import REMEMBERED, Memory
from app.ui.style import tokens
from app.ui.visit.event_menu import EVENTS
from app.ui.visit.mends import POSTPONED
from app.ui.widgets.name_lines import fit_rows, needed_width
from app.ui.widgets.row_table import set_up_rows
from app.wording.names import visit_name

Index = QModelIndex | QPersistentModelIndex
_DATED = (Column.TARGET, Column.WINDOW, Column.BOOKED, Column.PERFORMED)
_STATUS, _LEAST_NAME = 156, 150
_OPTIONAL = (Column.BOOKED, Column.TARGET, Column.PERFORMED)
"""The columns that are hidden, one after another, where a visit's name lacks room; the inspector shows all of them."""
VISIT_KEYS = {
    Qt.Key.Key_Space: "performed",
    Qt.Key.Key_R: "booked",
    Qt.Key.Key_B: "booked",
    Qt.Key.Key_M: "moved",
    Qt.Key.Key_P: "print",
    Qt.Key.Key_N: "note",
    Qt.Key.Key_E: EVENTS,
    Qt.Key.Key_W: POSTPONED,
}
"""The keys that ask for a change of the chosen visit, in a list that has the focus."""


class CalendarView(QTableView):
    """The table of visits. Enter does the next step; letters act only while the table has the focus."""

    chosen = Signal(str)
    stepped = Signal(str)
    keyed = Signal(str, str)
    """The kind of fact that a key asks for, and the visit."""

    def __init__(self, model: CalendarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._narrow = False
        self._measured: Memory[list[int]] = Memory(REMEMBERED)
        self._names: dict[float, dict[str, int]] = {}
        """How wide each name is, by text size: participants of a trial have the same visits."""
        self._needed: dict[tuple[float, frozenset[int]], dict[Column, int]] = {}
        self.setModel(model)
        self.rows = RowPainter(model)
        set_up_rows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        # With the selection of the rows Qt would paint the headings again for each row that is chosen.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.VISIT, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self._step())
        self.fit_columns()

    def show_calendar(self, calendar: Calendar, with_cancelled: bool) -> None:
        """Show the visits of a calendar; the chosen row stays as it is until `choose`."""
        with QSignalBlocker(self):
            self._model.show_calendar(calendar, with_cancelled)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Set the widths by the text size, and hide some columns in a narrow window.

        The visit and its day never give way: where no column of days has room, the day is below the name.
        """
        widths = self._widths()
        least = tokens.px(_LEAST_NAME)
        narrow = self.viewport().width() < widths[Column.WINDOW] + widths[Column.STATUS] + least
        hidden = [Column.WINDOW, *_OPTIONAL] if narrow else []
        for column in () if narrow else _OPTIONAL:
            shown = [width for one, width in widths.items() if one not in hidden]
            if sum(shown) > self.viewport().width() - least:
                hidden.append(column)
        for column, width in widths.items():
            self.setColumnHidden(column, column in hidden)
            self.setColumnWidth(column, width)
        room = self.viewport().width() - sum(width for one, width in widths.items() if one not in hidden)
        self._set_row_height(narrow, room - FIRST_PAD - PAD)

    def _set_row_height(self, narrow: bool, room: int) -> None:
        """Give a name a second line where it needs one, and its day one in a narrow list."""
        self._narrow = narrow
        needed = self._measured.of((self._model.entries,), (tokens.scale(),), self._name_widths)
        fit_rows(self, needed, room, 2 if narrow else 1)

    def _name_widths(self) -> list[int]:
        """Return how wide the name of each visit is."""
        metrics = QFontMetrics(tokens.font())
        known = self._names.setdefault(tokens.scale(), {})
        names = [visit_name(one) for one in self._model.entries]
        known.update((name, needed_width(name, metrics)) for name in set(names) - known.keys())
        return [known[name] for name in names]

    def forget(self) -> None:
        """Forget how wide the visits are, and their pictures."""
        self._measured.forget()
        self.rows.forget()
        self._model.forget()

    def _widths(self) -> dict[Column, int]:
        """Return the width that each column needs, calculated once for a text size and the shown years."""
        key = (tokens.scale(), self._model.years())
        if key not in self._needed:
            width = QFontMetrics(tokens.font()).horizontalAdvance
            needed = {column: max(map(width, self._model.widest(column))) + 2 * PAD + 1 for column in _DATED}
            self._needed[key] = {**needed, Column.STATUS: tokens.px(_STATUS)}
        return dict(self._needed[key])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows: Qt would ask for each role of each cell."""
        shown = [column for column in Column if not self.isColumnHidden(column)]
        columns = tuple((one, self.columnViewportPosition(one), self.columnWidth(one)) for one in shown)
        width, ratio, chosen = self.viewport().width(), self.devicePixelRatioF(), self.selectionModel()
        painter = QPainter(self.viewport())
        row = self.rowAt(event.rect().top())
        while 0 <= row < self._model.rowCount() and (top := self.rowViewportPosition(row)) <= event.rect().bottom():
            form = RowForm(columns, width, self.rowHeight(row), ratio, self._narrow)
            selected = chosen.isSelected(self._model.index(row, 0))
            painter.drawPixmap(0, top, self.rows.picture(row, selected, form))
            row += 1
        painter.end()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_columns()
        self.show_chosen()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        entry = self._model.entry_at(current.row())
        if entry is not None and current.row() != previous.row():
            self.chosen.emit(entry.key)

    def choose(self, visit: str) -> None:
        """Choose a visit, or none where the table does not have it, without emitting `chosen`."""
        row = self._model.row_of(visit)
        if row != self.currentIndex().row():
            with QSignalBlocker(self):
                self.setCurrentIndex(self._model.index(row, 0))
        self.show_chosen()

    def show_chosen(self) -> None:
        """Scroll to the chosen visit; where it was out of sight, to the middle."""
        index = self.currentIndex()
        if index.isValid() and not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _step(self) -> None:
        entry = self._model.entry_at(self.currentIndex().row())
        if entry is not None:
            self.stepped.emit(entry.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self._model.entry_at(self.currentIndex().row())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if entry is not None and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step()
        elif entry is not None and plain and (kind := VISIT_KEYS.get(Qt.Key(event.key()))):
            self.keyed.emit(kind, entry.key)
        else:
            super().keyPressEvent(event)
