"""The card of a visit: what is known of it, beside its mark, as plain text inside the timeline."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from app.ui import theme
from app.ui.timeline import words
from app.ui.widgets.text import Label, Wrapped

EDGE = 4
MOST_COLUMNS = 3
_VALUE_WIDTH = 240


class Card(QScrollArea):
    """A panel that takes as many columns as the height asks for; what still does not fit scrolls."""

    def __init__(self, parent: QWidget) -> None:
        """Hidden until a visit is shown."""
        super().__init__(parent)
        self._room = parent
        self.setObjectName("visit_card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.key = ""
        self.hide()

    def tell(self, key: str, name: str, rows: Sequence[tuple[str, str]], beside: QRect) -> None:
        """Show what is known of a visit, near its mark and inside the parent."""
        self.key = key
        self._colour()
        room = self._room.size() - QSize(2 * EDGE, 2 * EDGE)
        content, wanted = self._fitting(name, rows, room)
        self.setWidget(content)
        self.setAccessibleName(words.one_line(name))
        self.resize(wanted.boundedTo(room))
        self.move(_place(self.size(), beside, self._room.rect()))
        self.show()
        self.raise_()

    def close_card(self) -> bool:
        """Hide it; whether it was seen."""
        seen = self.isVisible()
        self.key = ""
        self.hide()
        return seen

    def _fitting(self, name: str, rows: Sequence[tuple[str, str]], room: QSize) -> tuple[QWidget, QSize]:
        columns = 1
        content = self._content(name, rows, columns)
        while _size(content, room.width()).height() > room.height() and columns < MOST_COLUMNS:
            columns += 1
            content = self._content(name, rows, columns)
        return content, _size(content, room.width())

    def _colour(self) -> None:
        ground, edge = theme.color("surface").name(), theme.color("strong").name()
        self.setStyleSheet(f"QScrollArea#visit_card {{ background: {ground}; border: 1px solid {edge}; }}")
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, theme.color("surface"))
        self.setPalette(palette)

    def _content(self, name: str, rows: Sequence[tuple[str, str]], columns: int) -> QWidget:
        content = QWidget()
        content.setAutoFillBackground(True)
        content.setPalette(self.palette())
        grid = QGridLayout(content)
        grid.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(2))
        grid.addWidget(_wide(Wrapped(words.one_line(name), "strong"), columns), 0, 0, 1, 2 * columns)
        grid.addWidget(Label(words.one_line(self.key), "small", "muted"), 1, 0, 1, 2 * columns)
        lines = -(-len(rows) // columns)
        for at, (title, text) in enumerate(rows):
            grid.addWidget(Label(title, "small", "muted"), 2 + at % lines, 2 * (at // lines), Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_value(text), 2 + at % lines, 2 * (at // lines) + 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(2 + lines, 1)
        return content


def _value(text: str) -> QWidget:
    line = " ".join(text.split())
    found = Label(line, "small")
    if found.sizeHint().width() > theme.px(_VALUE_WIDTH):
        found = Wrapped(line, "small")
        found.setFixedWidth(theme.px(_VALUE_WIDTH))
    return found


def _wide(title: Wrapped, columns: int) -> Wrapped:
    one_line = title.fontMetrics().horizontalAdvance(title.text()) * 1.2
    title.setMinimumWidth(min(round(one_line), theme.px(260) * columns))
    return title


def _size(content: QWidget, most: int) -> QSize:
    wanted = content.sizeHint()
    width = min(wanted.width(), most)
    height = content.heightForWidth(width) if content.hasHeightForWidth() else wanted.height()
    return QSize(width + 2, max(height, 1) + 2)


def _place(size: QSize, beside: QRect, within: QRect) -> QPoint:
    """Below the mark where there is room, else above it, else beside it; never outside."""
    left = min(max(beside.left(), EDGE), max(within.width() - size.width() - EDGE, EDGE))
    below, above = beside.bottom() + EDGE, beside.top() - size.height() - EDGE
    if below + size.height() + EDGE <= within.height():
        return QPoint(left, below)
    if above >= EDGE:
        return QPoint(left, above)
    right, before = beside.right() + 2 * EDGE, beside.left() - size.width() - 2 * EDGE
    sideways = right if right + size.width() + EDGE <= within.width() else before
    top = min(max(beside.top(), EDGE), max(within.height() - size.height() - EDGE, EDGE))
    return QPoint(sideways if sideways >= EDGE else left, top)
