"""Where things are in a day of the grid: its head, its lines, and what there is no room for."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from app.ui.pages.calendar.days import Day
from app.ui.style import tokens

PAD = 4
_WITH_MORE = 3
"""From so many lines on, the last one says how many more visits there are."""
_LEAST_NAME, _LEAST_WITH_TIME = 64, 34
"""The least width of a name after time and code, and between code and time, at a text size of 100 %."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The sizes of the grid at this text size, in pixels."""

    head: int
    line: int
    strip: int
    time: int
    code: int
    mark: int
    gap: int
    tall: bool = False

    @classmethod
    def of_text(cls, codes: set[str], tall: bool = False) -> "Measures":
        """Return the sizes for these codes. `tall`: the name of a visit is below its time and code."""
        small, strong = QFontMetrics(tokens.font(tokens.SMALL)), QFontMetrics(tokens.font(tokens.SMALL, strong=True))
        line = small.height() * (2 if tall else 1) + tokens.px(6 if tall else 1)
        widest = max((strong.horizontalAdvance(code) for code in codes), default=0)
        return cls(
            head=QFontMetrics(tokens.font(strong=True)).height() + tokens.px(4),
            line=line,
            strip=small.height() + tokens.px(4),
            time=small.horizontalAdvance("00:00") + tokens.px(4),
            code=min(widest, tokens.px(96)),
            mark=tokens.px(10),
            gap=tokens.px(5),
            tall=tall,
        )

    def time_first(self, width: int) -> bool:
        """Return whether a line of that width has room for the time before the code."""
        return self.tall or width >= self.time + self.code + self.gap + tokens.px(_LEAST_NAME)

    def time_last(self, width: int) -> bool:
        """Return whether it has room for the time after the name."""
        return width >= self.time + self.code + 2 * self.gap + tokens.px(_LEAST_WITH_TIME)

    def height_of(self, lines: int, strip: bool) -> int:
        """Return the height of a week whose fullest day has so many visits."""
        return self.head + lines * self.line + (self.strip if strip else 0) + PAD


def shown_lines(day: Day, rect: QRect, sizes: Measures, strip: bool) -> tuple[int, bool]:
    """Return how many visits of a day are shown, and whether a line says how many more there are.

    Where there is room for two lines at most, both are visits, and the number in the head of the day has to do.
    """
    room = rect.height() - sizes.head - PAD - (sizes.strip if strip else 0)
    lines = max(0, room // sizes.line)
    if len(day.rows) <= lines:
        return len(day.rows), False
    return (lines, False) if lines < _WITH_MORE else (lines - 1, True)


def line_rect(number: int, rect: QRect, sizes: Measures) -> QRect:
    """Return the rectangle of a visit's line."""
    return QRect(rect.left() + 1, rect.top() + sizes.head + number * sizes.line, rect.width() - 2, sizes.line)


def head_rect(rect: QRect, sizes: Measures) -> QRect:
    """Return the rectangle of the head of a day."""
    return QRect(rect.left() + PAD, rect.top(), rect.width() - 2 * PAD, sizes.head)


def count_rect(rect: QRect, sizes: Measures) -> QRect:
    """Return the rectangle of the number of visits in the head of a day; a click there lists them."""
    return QRect(rect.center().x(), rect.top(), rect.width() // 2, sizes.head)


def week_heights(needed: list[int], least: int, lowest: int, room: int) -> list[int]:
    """Return the height of each week: what it needs, if there is room for all; else each its share above the least.

    No week is lower than `lowest`; where there is no room for that, they scroll.
    """
    if not needed:
        return []
    if sum(needed) <= room:
        spare, left = divmod(room - sum(needed), len(needed))
        return [one + spare + (number < left) for number, one in enumerate(needed)]
    least = max(lowest, min(least, room // len(needed)))
    wanted = [max(one - least, 0) for one in needed]
    spare = max(0, room - least * len(needed))
    heights = [least + spare * one // max(sum(wanted), 1) for one in wanted]
    heights[-1] += max(0, room - sum(heights))
    return heights
