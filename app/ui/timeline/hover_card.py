"""The card of a visit under the pointer: its data as plain text next to its mark, inside the timeline."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from app.ui.style import tokens
from app.ui.timeline import text
from app.ui.widgets.text import Label, Wrapped
from app.wording.visible import visible_line

OPENS_AFTER_MS = 350
STAYS_MS = 250
EDGE = 4
MOST_COLUMNS = 3
_BAR = 12
_VALUE_WIDTH, _LEAST_VALUE, _TITLE_WIDTH = 240, 80, 320


class HoverCard(QScrollArea):
    """A panel with as many columns as its height asks for; when it is still too high, it scrolls."""

    wanted = Signal(str)
    """The key of the visit on which the pointer rests."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("visit_card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.key = ""
        self._hovered = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._pointer_rests)
        self.hide()

    def hover(self, key: str) -> None:
        """Wait for the pointer to rest on a visit, or with an empty key for it to stay off the last one."""
        if key == self._hovered:
            return
        self._hovered = key
        self._timer.start(OPENS_AFTER_MS if key else STAYS_MS)

    def _pointer_rests(self) -> None:
        if self.isVisible() and self.underMouse():
            self._timer.start(STAYS_MS)
        elif self._hovered:
            self.wanted.emit(self._hovered)
        else:
            self.close_card()

    def tell(self, key: str, name: str, rows: Sequence[tuple[str, str]], near: QRect) -> None:
        """Show the data of a visit near its mark and inside the parent."""
        self.key = key
        self._apply_colors()
        room = self._room.size() - QSize(2 * EDGE + _BAR, 2 * EDGE)
        content, wanted = self._fitting_content(name, rows, room)
        size = wanted.boundedTo(room)
        scrolls = wanted.height() > room.height()
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(on if scrolls else off)
        self.resize(size + QSize(_BAR if scrolls else 0, 0))
        self.setWidget(content)
        self.setAccessibleName(text.one_line(name))
        self.move(_position_for(self.size(), near, self._room.rect()))
        self.show()
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the press: it is not meant for the visit below the card."""
        event.accept()

    def close_card(self) -> bool:
        """Hide the card and stop waiting for the pointer. Return whether the card was visible."""
        self._timer.stop()
        self._hovered = ""
        seen = self.isVisible()
        self.key = ""
        self.hide()
        return seen

    def _fitting_content(self, name: str, rows: Sequence[tuple[str, str]], room: QSize) -> tuple[QWidget, QSize]:
        content = self._content(name, rows, 1, room.width())
        for columns in range(2, MOST_COLUMNS + 1):
            narrow = _value_room(rows, columns, room.width()) < tokens.px(_LEAST_VALUE)
            if _size_of(content).height() <= room.height() or narrow:
                break
            content = self._content(name, rows, columns, room.width())
        return content, _size_of(content)

    def _apply_colors(self) -> None:
        ground, edge = tokens.color("surface").name(), tokens.color("strong").name()
        ink = tokens.color("text").name()
        self.setStyleSheet(
            f"QScrollArea#visit_card {{ background: {ground}; border: 1px solid {edge}; }}"
            f'QLabel[tone="value"] {{ color: {ink}; }}'
        )
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, tokens.color("surface"))
        self.setPalette(palette)

    def _content(self, name: str, rows: Sequence[tuple[str, str]], columns: int, room: int) -> QWidget:
        content = QWidget()
        content.setAutoFillBackground(True)
        content.setPalette(self.palette())
        grid = QGridLayout(content)
        grid.setContentsMargins(tokens.px(12), tokens.px(8), tokens.px(12), tokens.px(8))
        grid.setHorizontalSpacing(tokens.px(12))
        grid.setVerticalSpacing(tokens.px(2))
        grid.addWidget(_value_label(text.one_line(name), "strong", tokens.px(_TITLE_WIDTH)), 0, 0, 1, 2 * columns)
        grid.addWidget(Label(text.one_line(self.key), "small", "muted"), 1, 0, 1, 2 * columns)
        most = min(_value_room(rows, columns, room), tokens.px(_VALUE_WIDTH))
        lines = -(-len(rows) // columns)
        for at, (title, value) in enumerate(rows):
            grid.addWidget(Label(title, "small", "muted"), 2 + at % lines, 2 * (at // lines), Qt.AlignmentFlag.AlignTop)
            grid.addWidget(
                _value_label(value, "small", most),
                2 + at % lines,
                2 * (at // lines) + 1,
                Qt.AlignmentFlag.AlignTop,
            )
        grid.setRowStretch(2 + lines, 1)
        grid.setColumnStretch(2 * columns - 1, 1)
        # Until it is polished, a label does not know the size of its font, and the card would be cut.
        for label in content.findChildren(Label):
            label.ensurePolished()
        return content


def _value_room(rows: Sequence[tuple[str, str]], columns: int, room: int) -> int:
    """Return the width in pixels that a value may have when there are so many columns of them."""
    metrics = QFontMetrics(tokens.font(tokens.SMALL))
    widest = max((metrics.horizontalAdvance(title) for title, _value in rows), default=0)
    return (room - tokens.px(12) - 2) // columns - widest - 2 * tokens.px(12)


def _value_label(value: str, role: str, most: int) -> QWidget:
    """Return a label at most `most` pixels wide; its size is fixed, so that the card knows its own."""
    line = " ".join(value.split())
    found: Label = Label(line, role, "value")
    found.ensurePolished()
    if found.sizeHint().width() > most:
        found = Wrapped("", role, "value")
        # The places to break at are hidden signs, which the label itself would write out.
        QLabel.setText(found, _breakable(visible_line(line)))
        found.ensurePolished()
        found.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        found.setFixedSize(most, found.heightForWidth(most))
    return found


def _breakable(line: str) -> str:
    """Return the line with places at which words longer than any line may be broken."""
    return " ".join("\u200b".join(word[at : at + 16] for at in range(0, len(word), 16)) for word in line.split(" "))


def _size_of(content: QWidget) -> QSize:
    return content.sizeHint() + QSize(2, 2)


def _position_for(size: QSize, near: QRect, within: QRect) -> QPoint:
    """Return the corner of the card: below the mark where there is room, else above it, else next to it."""
    left = min(max(near.left(), EDGE), max(within.width() - size.width() - EDGE, EDGE))
    below, above = near.bottom() + EDGE, near.top() - size.height() - EDGE
    if below + size.height() + EDGE <= within.height():
        return QPoint(left, below)
    if above >= EDGE:
        return QPoint(left, above)
    right, before = near.right() + 2 * EDGE, near.left() - size.width() - 2 * EDGE
    sideways = right if right + size.width() + EDGE <= within.width() else before
    top = min(max(near.top(), EDGE), max(within.height() - size.height() - EDGE, EDGE))
    return QPoint(sideways if sideways >= EDGE else left, top)
