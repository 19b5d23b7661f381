"""Names of visits over two lines where one is too short: the end, which tells near-twins apart, is never cut.

“Bloods before preoperative cycle 3 day 1” in a narrow column is “Bloods before pre-op C3D1”, and in a narrower one that
on two lines. Where two lines are too short as well, the middle gives way.
"""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTableView, QWidget

from app.ui.style import tokens
from app.ui.widgets.text import tip
from app.wording.short_names import difference_first, short_name, shortest_name
from app.wording.visible import visible_line

MOST = 2
_LEAST_SHARE = 3
_CYCLE_FIRST = re.compile(r"C\d")


def name_lines(text: str, metrics: QFontMetrics, width: int, most: int = MOST) -> list[str]:
    """Return the lines of a name in that width, at most so many: the full name, else the short one, else both cut."""
    short = short_name(text)
    for form in (text, short):
        if metrics.horizontalAdvance(form) <= width:
            return [form]
    if most < MOST:
        return [one_line_name(text, metrics, width)]
    for form in (text, short):
        above, below = _split(form, metrics, width)
        if all(metrics.horizontalAdvance(line) <= width for line in (above, below)):
            return [above, below]
    above, below = _split(short, metrics, width)
    return [metrics.elidedText(above, Qt.TextElideMode.ElideRight, width), _end_of(below, metrics, width)]


def one_line_name(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return the longest form of a name that has room on one line, else what has room of it."""
    forms = (text, short_name(text), shortest_name(text))
    fitting = next((form for form in forms if metrics.horizontalAdvance(form) <= width), "")
    return fitting or cut_name(text, metrics, width)


def cut_name(text: str, metrics: QFontMetrics, width: int, both_ends: bool = True) -> str:
    """Return what has room of a name that is too long, the cycle and day first.

    A name without a cycle keeps its end, or without `both_ends` its beginning alone.
    """
    said = difference_first(text)
    if not _CYCLE_FIRST.match(said):
        mode = Qt.TextElideMode.ElideMiddle if both_ends else Qt.TextElideMode.ElideRight
        return metrics.elidedText(shortest_name(text), mode, width)
    code = said.split(" ", 1)[0]
    cut = metrics.elidedText(said, Qt.TextElideMode.ElideRight, width)
    return cut if len(cut) > len(code) + 1 or metrics.horizontalAdvance(code) > width else code


def needed_width(text: str, metrics: QFontMetrics) -> int:
    """Return the width in pixels in which a name is on one line, in its short form."""
    return min(metrics.horizontalAdvance(form) for form in (text, short_name(text)))


def _end_of(text: str, metrics: QFontMetrics, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def _split(text: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Return a name in two parts, the first as long as it fits."""
    words = text.split(" ")
    fitting = (n for n in range(len(words) - 1, 0, -1) if metrics.horizontalAdvance(" ".join(words[:n])) <= width)
    first = next(fitting, 1)
    above, below = _without_widow(words[:first], words[first:] or [""])
    return " ".join(above), " ".join(below)


def _without_widow(above: list[str], below: list[str]) -> tuple[list[str], list[str]]:
    """Return both lines with the word before a number next to it: no number is alone below."""
    while len(above) > 1 and len(below) < _LEAST_SHARE and below[0][:1].isdigit():
        above, below = above[:-1], [above[-1], *below]
    return above, below


def draw_name(painter: QPainter, rect: QRect, text: str, metrics: QFontMetrics) -> None:
    """Paint a name in the middle of a rectangle, on as many lines as it has room for."""
    high = metrics.lineSpacing()
    _draw_lines(painter, rect, name_lines(text, metrics, rect.width(), MOST if rect.height() >= 2 * high else 1), high)


def _draw_lines(painter: QPainter, rect: QRect, lines: Sequence[str], high: int) -> None:
    top = rect.center().y() - high * len(lines) // 2
    for number, line in enumerate(lines):
        place = QRect(rect.left(), top + number * high, rect.width(), high)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), line)


def fit_rows(table: QTableView, needed: Sequence[int], room: int, lines: int) -> None:
    """Give each row of a table its height: `lines` lines, and one more where a name needs more than `room` pixels.

    `needed`: the width in pixels in which the name of each row is on one line.
    """
    header, metrics = table.verticalHeader(), QFontMetrics(tokens.font())
    usual = tokens.row_height() if lines == 1 else lines * metrics.lineSpacing() + tokens.px(10)
    more = (lines + 1) * metrics.lineSpacing() + tokens.px(10)
    if header.defaultSectionSize() != usual:
        header.setDefaultSectionSize(usual)
    for row, width in enumerate(needed):
        height = more if width > room else usual
        # Qt paints the complete table again even where a row keeps its height.
        if header.sectionSize(row) != height:
            header.resizeSection(row, height)


class NameLabel(QWidget):
    """A text with shorter forms of it, on one line or on two; complete in tooltip and accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms: tuple[str, ...] = ("",)
        self._asked = 1
        self._made_for: tuple[object, ...] = ()
        self._lines: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """Return the complete text."""
        return self._forms[0]

    def set_forms(self, text: str, *shorter: str) -> None:
        """Set the complete text and its shorter forms, the longest first."""
        forms = tuple(map(visible_line, (text, *shorter)))
        if forms == self._forms:
            return
        self._forms = forms
        self.setAccessibleName(self._forms[0])
        self.setToolTip(tip(self._forms[0]))
        self.updateGeometry()
        self.update()

    def lines(self, most: int = MOST) -> list[str]:
        """Return the lines at the present width: the longest form that has room, on one line rather than on two."""
        width = max(self.width(), 1)
        made_for = (self._forms, width, most, self.font().key())
        if self._made_for != made_for:
            self._made_for, self._lines = made_for, self._fitting(width, most)
        return self._lines

    def _fitting(self, width: int, most: int) -> list[str]:
        metrics = self.fontMetrics()
        for form in self._forms:
            if metrics.horizontalAdvance(form) <= width:
                return [form]
        for form in self._forms if most >= MOST else ():
            parts = _split(form, metrics, width)
            if all(metrics.horizontalAdvance(part) <= width for part in parts):
                return list(parts)
        return [metrics.elidedText(self._forms[-1], Qt.TextElideMode.ElideRight, width)]

    def sizeHint(self) -> QSize:
        """Return the height of the lines at the present width; where there is no room for two, it is one."""
        self._asked = len(self.lines())
        width = self.fontMetrics().horizontalAdvance(self._forms[0])
        return QSize(width, self._asked * self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if len(self.lines()) != self._asked:
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        high = self.fontMetrics().lineSpacing()
        _draw_lines(painter, self.rect(), self.lines(MOST if self.height() >= 2 * high else 1), high)
        painter.end()
