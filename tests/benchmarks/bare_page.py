"""The floor of a participant's page: a bare table with the same rows, and a bare painter of the same shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.ui.pages.participant.calendar_model import CalendarModel, Role
from app.ui.style import tokens
from app.ui.timeline.paint_tools import PaintTools
from app.ui.widgets.row_table import set_up_rows

if TYPE_CHECKING:
    from app.ui.pages.participant.calendar_view import CalendarView
    from tests.benchmarks.desktop import Shapes

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Rows:
    """What a participant's table shows: texts and heights row by row, the marks of the last column, the chosen row."""

    texts: Sequence[Sequence[str]]
    heights: Sequence[int]
    marks: Sequence[QPixmap]
    chosen: int

    @classmethod
    def of(cls, table: "CalendarView") -> "Rows":
        """Read it from the page's table."""
        model, tools = table.model(), PaintTools(table.devicePixelRatioF())
        assert isinstance(model, CalendarModel)
        numbers = range(model.rowCount())
        texts = [[str(model.index(row, one).data() or "") for one in range(model.columnCount())] for row in numbers]
        marks = [tools.mark(model.index(row, 0).data(Role.MARK), False) for row in numbers]
        return cls(texts, [table.rowHeight(row) for row in numbers], marks, table.currentIndex().row())


class _Model(QAbstractTableModel):
    """Texts and marks, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(((),), (), (), -1)

    def show(self, rows: Rows) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows.texts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows.texts[0])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows.texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == len(self.rows.texts[0]) - 1:
            return self.rows.marks[index.row()]
        return None


class _Canvas(QWidget):
    """Paints so many shapes."""

    shapes: "Shapes | None" = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.shapes is not None:
            self.shapes.draw(painter, self.size())
        painter.end()


class BarePage(QWidget):
    """Both, as large as those of the page."""

    def __init__(self, like: "CalendarView", canvas: QSize) -> None:
        """Show them empty; the table has the settings and columns of the page's."""
        super().__init__()
        self._like = like
        self._model, self._table, self._canvas = _Model(), QTableView(), _Canvas()
        self._table.setModel(self._model)
        set_up_rows(self._table)
        self._table.verticalHeader().setDefaultSectionSize(tokens.row_height())
        self._table.setFixedSize(like.size())
        self._canvas.setFixedSize(canvas)
        column = QVBoxLayout(self)
        column.addWidget(self._canvas)
        column.addWidget(self._table)
        self.show()

    def open(self, rows: Rows, shapes: "Shapes") -> None:
        """Show and paint these rows and shapes."""
        fresh = self._table.horizontalHeader().count() == 0
        self._model.show(rows)
        if fresh:
            self._take_columns()
        for row, height in enumerate(rows.heights):
            if height != self._table.rowHeight(row):
                self._table.setRowHeight(row, height)
        self._table.setCurrentIndex(self._model.index(rows.chosen, 0))
        self._table.scrollTo(self._table.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._canvas.shapes = shapes
        self._table.viewport().repaint()
        self._canvas.repaint()

    def _take_columns(self) -> None:
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in range(self._model.columnCount()):
            self._table.setColumnWidth(column, self._like.columnWidth(column))
            self._table.setColumnHidden(column, self._like.isColumnHidden(column))


class Painted(QObject):
    """Tells when each of some widgets was painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._missing: set[QObject] = set()
        self._widgets = widgets
        for one in widgets:
            one.installEventFilter(self)

    def begin(self) -> None:
        """Wait for each of them again."""
        self._missing = set(self._widgets)

    @property
    def all(self) -> bool:
        """Whether each was painted since."""
        return not self._missing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._missing.discard(watched)
        return False
