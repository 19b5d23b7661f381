"""The flow layout: buttons and chips in a row that continues on the next line where it is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays its items out from left to right, then downwards."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._sizes: list[QSize] | None = None
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return found

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def invalidate(self) -> None:
        """Forget the sizes of the items: Qt calls this as soon as one of them wants another size, comes or goes."""
        self._sizes = None
        self._heights = {}
        super().invalidate()

    def _sizes_of(self) -> list[QSize]:
        """Return the size of each item, asked for once: a layout is asked for its height at many widths."""
        if self._sizes is None or len(self._sizes) != len(self._items):
            self._sizes = [QSize() if item.isEmpty() else item.sizeHint() for item in self._items]
        return self._sizes

    def _arrange(self, rect: QRect, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item, size in zip(self._items, self._sizes_of(), strict=True):
            if not size.isValid():
                continue
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(size.width(), rect.width()), size.height())))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()


def flow_of(*widgets: QWidget) -> QWidget:
    """Return a row of these widgets, which continues on the next line where it is full."""
    row = QWidget()
    layout = FlowLayout(row)
    for one in widgets:
        layout.addWidget(one)
    return row
