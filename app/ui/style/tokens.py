"""The colours and sizes of the desktop, light and dark; every colour on screen is one of these tokens."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

GRID = 4
"""Every distance is a multiple of this many logical pixels."""
BODY, SMALL, HEADING, TITLE, CODE, TICK = 13, 12, 16, 20, 22, 15
"""Sizes of type, and of a box to tick, in logical pixels at a text size of 100 %."""
SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme. `alarm` is the only red; `forecast` is for marks, never for text."""

    ground: str
    surface: str
    line: str
    strong: str
    text: str
    muted: str
    accent: str
    on_accent: str
    selection: str
    hover: str
    alarm: str
    due: str
    notice: str
    done: str
    forecast: str
    closed: str

    def color(self, name: str) -> QColor:
        """Return the colour of a token as Qt paints it."""
        return QColor(str(getattr(self, name)))


LIGHT = Tokens(
    ground="#F4F6F8",
    surface="#FFFFFF",
    line="#D5DCE3",
    strong="#8593A0",
    text="#17212B",
    muted="#566573",
    accent="#0B5E8A",
    on_accent="#FFFFFF",
    selection="#DCEBF7",
    hover="#EDF3F8",
    alarm="#A8201A",
    due="#8A5A00",
    notice="#FFF3D6",
    done="#2E6B3F",
    forecast="#7C8B99",
    closed="#E9EDF1",
)
DARK = Tokens(
    ground="#12181F",
    surface="#1B232C",
    line="#33404D",
    strong="#6B7B8A",
    text="#E8EEF3",
    muted="#A3B1BE",
    accent="#6CB8E6",
    on_accent="#0B1A26",
    selection="#223A4E",
    hover="#202B36",
    alarm="#FF8A80",
    due="#F2C14E",
    notice="#3A311B",
    done="#86C99A",
    forecast="#9AA7B3",
    closed="#232D37",
)


@dataclass(slots=True)
class _Current:
    tokens: Tokens = LIGHT
    scale: float = 1.0


_current = _Current()


def use(chosen: Tokens, text_scale: float) -> None:
    """Set the colours and the text size that everything is drawn with from now on."""
    _current.tokens, _current.scale = chosen, text_scale


def current() -> Tokens:
    """Return the colours in use."""
    return _current.tokens


def color(name: str) -> QColor:
    """Return the colour of a token in use as Qt paints it."""
    return _current.tokens.color(name)


def scale() -> float:
    """Return the text size in use; 1.0 is 100 %."""
    return _current.scale


def px(size: float) -> int:
    """Return a length in pixels that grows with the text size."""
    return round(size * _current.scale)


def font(size: int = BODY, strong: bool = False) -> QFont:
    """Return the font of the desktop in one of its sizes."""
    found = QFont(QApplication.font())
    found.setPixelSize(px(size))
    found.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return found


def row_height(widget: QWidget | None = None) -> int:
    """Return the height in pixels of one row of a list."""
    metrics = QFontMetrics(font()) if widget is None else widget.fontMetrics()
    return max(px(30), metrics.height() + 12)


def is_dark() -> bool:
    """Tell whether the dark colours are in use."""
    return _current.tokens is DARK
