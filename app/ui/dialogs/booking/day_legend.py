"""The legend of the grid of days: its signs with their meanings."""

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.dialogs.booking.day_marks import paint_diamond
from app.ui.style import tokens
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.text import Label
from app.wording.language import gettext as _
from app.wording.language import marked

_SIGNS = (
    ("selection", marked("window")),
    ("target", marked("target")),
    ("closed", marked("not usable")),
    ("today", marked("today")),
    ("accent", marked("chosen")),
)
_SIZE = 12


class DayLegend(QWidget):
    """The signs in a row, on further lines where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Legend"))
        self.setAccessibleDescription(", ".join(_(words) for _sign, words in _SIGNS))
        flow = FlowLayout(self, spacing=2 * tokens.GRID)
        for sign, words in _SIGNS:
            flow.addWidget(_Line(sign, _(words), self))

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return QSize(1, layout.heightForWidth(max(self.width(), 1)) if layout is not None else 1)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class _Line(QWidget):
    """One sign and its words."""

    def __init__(self, sign: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GRID)
        row.addWidget(_Sign(sign, self))
        row.addWidget(Label(words, "small", parent=self))


class _Sign(QWidget):
    """A day as the grid paints it, in small."""

    def __init__(self, sign: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setFixedSize(tokens.px(_SIZE) + 2, tokens.px(_SIZE) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRect(0, 0, self.width() - 1, self.height() - 1)
        filled = self._sign if self._sign not in ("target", "today") else "surface"
        painter.fillRect(box, tokens.color(filled))
        painter.setPen(QPen(tokens.color("strong" if self._sign == "today" else "line"), 1))
        painter.drawRect(box)
        if self._sign == "target":
            paint_diamond(painter, QPointF(box.center()), "accent")
        painter.end()
