"""The floor of a participant's page: a bare table with the same texts, and a bare painter of the same shapes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from tests.benchmarks.desktop import Shapes

Index = QModelIndex | QPersistentModelIndex
Texts = Sequence[Sequence[str]]


class _Model(QAbstractTableModel):
    """Texts, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: Texts = ((),)

    def show(self, texts: Texts) -> None:
        self.beginResetModel()
        self.texts = texts
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.texts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.texts[0])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.texts[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class _Canvas(QWidget):
    """Paints so many shapes."""

    shapes: "Shapes | None" = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.shapes is not None:
            self.shapes.draw(painter, QPixmap(self.size()))
        painter.end()


class BarePage(QWidget):
    """Both, as large as those of the page."""

    def __init__(self, table: QSize, canvas: QSize) -> None:
        """Show them empty."""
        super().__init__()
        self._model, self._table, self._canvas = _Model(), QTableView(), _Canvas()
        self._table.setModel(self._model)
        self._table.setFixedSize(table)
        self._canvas.setFixedSize(canvas)
        column = QVBoxLayout(self)
        column.addWidget(self._canvas)
        column.addWidget(self._table)
        self.show()

    def open(self, texts: Texts, shapes: "Shapes") -> None:
        """Show and paint these rows and shapes."""
        self._model.show(texts)
        self._canvas.shapes = shapes
        self._table.viewport().repaint()
        self._canvas.repaint()


def texts_of(table: QTableView) -> list[list[str]]:
    """Return what a table shows, row by row."""
    model = table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
