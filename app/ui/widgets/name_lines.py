"""Names of visits over two lines where one is too short: the end, which tells near-twins apart, is never cut.

“Bloods before preoperative cycle 3 day 1” in a narrow column is “Bloods before preoperative” and “cycle 3 day 1”. Where
two lines are too short as well, the middle gives way.
"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

MOST = 2
_LEAST_SHARE = 3


def name_lines(text: str, metrics: QFontMetrics, width: int, most: int = MOST) -> list[str]:
    """Return the lines of a name in that width, at most so many; the last one keeps the end."""
    if most < MOST or metrics.horizontalAdvance(text) <= width:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)]
    words = text.split(" ")
    fitting = (n for n in range(len(words) - 1, 0, -1) if metrics.horizontalAdvance(" ".join(words[:n])) <= width)
    first = next(fitting, 1)
    above, below = _without_widow(words[:first], words[first:])
    if metrics.horizontalAdvance(" ".join(below)) <= width:
        return [metrics.elidedText(" ".join(above), Qt.TextElideMode.ElideRight, width), " ".join(below)]
    return [" ".join(words[:first]), metrics.elidedText(" ".join(words[first:]), Qt.TextElideMode.ElideMiddle, width)]


def _without_widow(above: list[str], below: list[str]) -> tuple[list[str], list[str]]:
    """Return both lines with the word before a number next to it: no number is alone below."""
    while len(above) > 1 and len(below) < _LEAST_SHARE and below[0][:1].isdigit():
        above, below = above[:-1], [above[-1], *below]
    return above, below


def draw_name(painter: QPainter, rect: QRect, text: str, metrics: QFontMetrics) -> None:
    """Paint a name in the middle of a rectangle, on as many lines as it has room for."""
    high = metrics.lineSpacing()
    lines = name_lines(text, metrics, rect.width(), MOST if rect.height() >= 2 * high else 1)
    top = rect.center().y() - high * len(lines) // 2
    for number, line in enumerate(lines):
        place = QRect(rect.left(), top + number * high, rect.width(), high)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), line)
