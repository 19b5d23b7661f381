"""The columns of a participant's header: each part below its name."""

from functools import lru_cache

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.style import tokens
from app.ui.visit.header_parts import HeaderPart
from app.ui.widgets.text import tip
from app.wording.visible import visible_line

GAP = 20
"""The room between two columns in pixels."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class PartColumns(QWidget):
    """Each part under its name; where room is short, the next visit gives way first, and its day last.

    It paints its texts: as labels each of them would lay out the page again with every participant. What is too long
    is complete in the tooltip, and the header says all of it to a screen reader.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: list[HeaderPart] = []
        self._widths: list[int] = []
        self._texts: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: list[HeaderPart]) -> None:
        """Show these parts instead of the previous ones."""
        self._parts = parts
        self._widths, self._texts = [], []
        self.update()

    def fit(self, room: int) -> bool:
        """Share the room between the parts. Return whether it is enough."""
        self._widths = self._shared(room - GAP * (len(self._parts) - 1))
        self._texts, cut = [], []
        for part, width in zip(self._parts, self._widths, strict=False):
            complete, *shorter = map(visible_line, part.texts)
            self._texts.append(_fitting((complete, *shorter), width, tokens.scale()))
            if self._texts[-1] != complete:
                cut.append(f"{part.name}: {part.texts[0]}")
        told = tip("\n".join(cut))
        if told != self.toolTip():
            self.setToolTip(told)
        self.update()
        return bool(self._widths)

    def shown(self) -> list[str]:
        """Return the text that is shown of each part; none where the room is too small."""
        return self._texts

    def _shared(self, room: int) -> list[int]:
        """Return a width for each part, wide enough for one of its texts; empty where the room is too small."""
        needed = [[max(_wide(text), _wide(part.name, tokens.SMALL)) for text in part.asking] for part in self._parts]
        while needed and sum(each[0] for each in needed) > room:
            longest = max(needed, key=len)
            if len(longest) == 1:
                return []
            del longest[0]
        widths = [each[0] for each in needed]
        return [*widths[:-1], room - sum(widths[:-1])] if widths else []

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(1, sum(_heights(tokens.scale())))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        small, usual = _heights(tokens.scale())
        painter, left = QPainter(self), 0
        columns = []
        for part, text, width in zip(self._parts, self._texts, self._widths, strict=False):
            columns.append((part.name, text, left, width))
            left += width + GAP
        painter.setFont(tokens.font(tokens.SMALL))
        painter.setPen(tokens.color("muted"))
        for name, _text, left, width in columns:
            painter.drawText(QRect(left, 0, width, small), _LEFT, name)
        painter.setFont(tokens.font())
        painter.setPen(tokens.color("text"))
        for _name, text, left, width in columns:
            painter.drawText(QRect(left, small, width, usual), _LEFT, text)
        painter.end()


def _wide(text: str, size: int = tokens.BODY) -> int:
    """Return the width in pixels that a text needs in one of the sizes."""
    return _measured(visible_line(text), size, tokens.scale())


@lru_cache(maxsize=500)
def _measured(text: str, size: int, _scale: float) -> int:
    return QFontMetrics(tokens.font(size)).horizontalAdvance(text) + 1


@lru_cache(maxsize=500)
def _fitting(forms: tuple[str, ...], width: int, _scale: float) -> str:
    """Return the longest form that has room in a width, else the beginning of the shortest one."""
    fitting = next((form for form in forms if _wide(form) <= width), "")
    cut = Qt.TextElideMode.ElideRight
    return fitting or QFontMetrics(tokens.font()).elidedText(forms[-1], cut, max(width, 0))


@lru_cache(maxsize=4)
def _heights(_scale: float) -> tuple[int, int]:
    """Return the height in pixels of a line of names, and of one of texts."""
    return QFontMetrics(tokens.font(tokens.SMALL)).height(), QFontMetrics(tokens.font()).height()
