"""The visits of a period as a list with a column for each thing, in the order of any of them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from app.domain.calendar.agenda import AgendaRow
from app.domain.calendar.entries import natural
from app.services.queries.log_table import LogTable
from app.ui.pages.calendar.days import Chosen, chosen_of
from app.ui.pages.calendar.keys import VIEW_KEYS, VISIT_KEYS
from app.ui.style import tokens
from app.ui.style.status_marks import mark_of, tone_of
from app.ui.widgets.code_column import code_width, longest_code
from app.ui.widgets.name_column import name_column
from app.ui.widgets.row_table import set_up_rows
from app.ui.widgets.text import tip
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {"day": 134, "time": 52, "participant": 92, "kind": 108, "state": 132, "booked": 66, "window": 112}
_GIVES_WAY = (("window", 900), ("kind", 700), ("booked", 600))
"""The columns that are hidden below a width; the card at the side shows what they say."""


class VisitListModel(QAbstractTableModel):
    """The visits that were found; sorted by a column, else by day and time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = LogTable("", (), ())
        self.rows: Sequence[AgendaRow] = ()
        self._found: Sequence[AgendaRow] = ()
        self._order: list[int] = []
        self._sorted: tuple[int, bool] = (-1, False)

    def show_visits(self, rows: Sequence[AgendaRow], table: LogTable) -> None:
        """Show the visits of another period, or the same ones read again, with their table."""
        self.beginResetModel()
        self.table, self._found = table, rows
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; days by the calendar, words with their numbers as numbers."""
        self.beginResetModel()
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        column, falling = self._sorted
        self._order = list(range(len(self._found)))
        if 0 <= column < len(self.table.columns) and self.table.columns[column].name != "day":
            name = self.table.columns[column].name
            self._order.sort(key=lambda number: natural(self.table.rows[number].cell(name).text.casefold()))
        if falling:
            self._order.reverse()
        self.rows = [self._found[number] for number in self._order]

    def place_of(self, chosen: Chosen | None) -> int | None:
        """Return the line of a visit; None where the list does not have it."""
        return next((number for number, row in enumerate(self.rows) if chosen_of(row) == chosen), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return sentence_case(self.table.columns[section].title)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        name = self.table.columns[index.column()].name
        text = visible_line(self.table.rows[self._order[index.row()]].cell(name).text)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return tip(text)
            case Qt.ItemDataRole.FontRole if name == "participant":
                return tokens.font(strong=True)
            case Qt.ItemDataRole.ForegroundRole if name == "state":
                return tokens.color(tone_of(mark_of(self.rows[index.row()].entry)))
            case _:
                return None


class VisitList(QTableView):
    """The list. Enter opens the participant; letters act on the chosen visit, and only while the list has the focus."""

    keyed = Signal(str)
    """A command by its key, about the chosen visit."""
    chosen_changed = Signal()

    def __init__(self, model: VisitListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        set_up_rows(self)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._sort)
        header.setMinimumSectionSize(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Visits of the period"))
        model.modelReset.connect(self.fit)
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.chosen_changed.emit())
        self.doubleClicked.connect(lambda _index: self.keyed.emit("open"))

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        row = self.row
        self._model.sort(column, order)
        if row is not None:
            self.choose(chosen_of(row))

    @property
    def row(self) -> AgendaRow | None:
        """The chosen visit; None for none."""
        number = self.currentIndex().row()
        return self._model.rows[number] if 0 <= number < len(self._model.rows) else None

    def choose(self, chosen: Chosen | None) -> None:
        """Choose a visit; the first one where the list does not have it."""
        if self._model.rows:
            self.setCurrentIndex(self._model.index(self._model.place_of(chosen) or 0, 0))

    def fit(self) -> None:
        """Set the widths by the text size; in a narrow window some columns give way to the visit's name."""
        header, names = self.horizontalHeader(), [one.name for one in self._model.table.columns]
        self.verticalHeader().setDefaultSectionSize(tokens.row_height())
        for number, name in enumerate(names):
            if name == "visit":
                name_column(self, number)
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
                codes = {row.participant for row in self._model.rows} if name == "participant" else ()
                self.setColumnWidth(number, code_width(longest_code(codes), _WIDTHS[name]))
        for name, needed in _GIVES_WAY:
            if name in names:
                self.setColumnHidden(names.index(name), self.viewport().width() < tokens.px(needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = Qt.Key(event.key())
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keyed.emit("open")
        elif plain and (command := VIEW_KEYS.get(key) or VISIT_KEYS.get(key)):
            self.keyed.emit(command)
        else:
            super().keyPressEvent(event)


def default_period(today: date) -> tuple[date, date]:
    """Return the days that are listed at first: today and the four weeks after it."""
    return today, date.fromordinal(today.toordinal() + 28)
