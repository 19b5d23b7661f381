"""The list of participants: its columns by the room there is, names over two lines, keys."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.ui.pages.participants.people_model import COLUMNS, NUMBERS, PeopleModel, PersonLine
from app.ui.style import tokens
from app.ui.widgets.name_lines import draw_name, fit_rows, needed_width
from app.ui.widgets.row_table import set_up_rows
from app.wording.language import gettext as _

Index = QModelIndex | QPersistentModelIndex
_GIVES_WAY = ("centre", "enrolled", "regimen", "protocol", "notices", "overdue", "phase")
"""The columns that are hidden, one after another, where there is no room; the code, the visit and its day never are."""
_LEAST_NAME, _MOST = 176, 220
_PAD = 9
KEYS: Mapping[Qt.Key, str] = {Qt.Key.Key_P: "print_calendar", Qt.Key.Key_K: "contact", Qt.Key.Key_G: "go_on"}
"""The keys that ask for something of the chosen participant."""


class PeopleDelegate(QStyledItemDelegate):
    """Paints a cell; the name of the next visit may have two lines."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if COLUMNS[index.column()] not in ("visit", "phase"):
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        text, plain.text = plain.text, ""
        view = option.widget
        if isinstance(view, QWidget):
            view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, view)
        painter.save()
        painter.setFont(tokens.font())
        painter.setPen(tokens.color("text"))
        room: QRect = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        draw_name(painter, room, text, QFontMetrics(tokens.font()))
        painter.restore()


class PeopleView(QTableView):
    """The list of participants; Enter or a double click opens one."""

    opened = Signal(str)
    keyed = Signal(str, str)
    """What a key asks for, and the code."""

    def __init__(self, model: PeopleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._measured: dict[str, int] = {}
        self._measured_of: object = None
        self.setModel(model)
        self.setItemDelegate(PeopleDelegate(self))
        set_up_rows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(COLUMNS.index("visit"), QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._sort)
        self.setAccessibleName(_("Participants"))
        self.doubleClicked.connect(lambda _index: self._open())

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        chosen = self.chosen()
        self._model.sort(column, order)
        self.choose(chosen)

    def fit_columns(self) -> None:
        """Set the widths by the longest texts, and hide what has no room; names get two lines where they need them."""
        metrics, strong = QFontMetrics(tokens.font()), QFontMetrics(tokens.font(strong=True))
        widths = {name: self._width(name, strong if name in ("code", "day") else metrics) for name in COLUMNS}
        least = tokens.px(_LEAST_NAME)
        shown = [name for name in COLUMNS if name != "visit" and widths[name]]
        for name in _GIVES_WAY:
            if sum(widths[one] for one in shown) + least > self.viewport().width() and name in shown:
                shown.remove(name)
        for column, name in enumerate(COLUMNS):
            self.setColumnHidden(column, name != "visit" and name not in shown)
            if name in shown:
                self.setColumnWidth(column, widths[name])
        room = self.viewport().width() - sum(widths[one] for one in shown) - 2 * _PAD
        tight = self._widest("visit", metrics) > room
        needed = [needed_width(one.texts["visit"], metrics) for one in self._model.rows] if tight else []
        fit_rows(self, needed, room, 1)

    def _width(self, name: str, metrics: QFontMetrics) -> int:
        """Return the width of a column; 0 for one in which nothing is said."""
        widest = self._widest(name, metrics)
        if not widest and name not in NUMBERS:
            return 0
        head = str(self._model.headerData(COLUMNS.index(name), Qt.Orientation.Horizontal))
        head_width = QFontMetrics(tokens.font(tokens.SMALL, strong=True)).horizontalAdvance(head) + tokens.px(18)
        needed = max(widest, head_width) + 2 * _PAD + tokens.px(4)
        return min(needed, tokens.px(_MOST)) if name not in ("code", "day") else needed

    def _widest(self, name: str, metrics: QFontMetrics) -> int:
        """Return the width of the widest text of a column, measured once for the same participants and text size."""
        of = (id(self._model.lines), tokens.scale())
        if self._measured_of != of:
            self._measured_of, self._measured = of, {}
        if name not in self._measured:
            texts = {one.texts[name] for one in self._model.lines}
            width: Callable[[str], int] = (
                partial(needed_width, metrics=metrics) if name == "visit" else metrics.horizontalAdvance
            )
            self._measured[name] = max(map(width, texts), default=0)
        return self._measured[name]

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_columns()

    def chosen_line(self) -> PersonLine | None:
        """Return the chosen participant; None for none."""
        row = self.currentIndex().row()
        return self._model.rows[row] if 0 <= row < len(self._model.rows) else None

    def chosen(self) -> str:
        """Return the chosen code; empty for none."""
        line = self.chosen_line()
        return line.row.code if line is not None else ""

    def choose(self, code: str) -> None:
        """Choose a code, or the first one where the list does not have it."""
        row = next((row for row, one in enumerate(self._model.rows) if one.row.code == code), 0)
        self.selectionModel().setCurrentIndex(
            self._model.index(row, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )

    def _open(self) -> None:
        code = self.chosen()
        if code:
            self.opened.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        asked = KEYS.get(Qt.Key(event.key())) if plain else None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif asked is not None and self.chosen():
            self.keyed.emit(asked, self.chosen())
        else:
            super().keyPressEvent(event)
