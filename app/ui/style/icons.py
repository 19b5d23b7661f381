"""The icons: Tabler's line drawings (MIT, see resources/icons), coloured by the theme, sharp at every scale."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import resources
from app.ui.style import tokens

Draw = Callable[[QPainter, QRectF, QIcon.Mode], None]


class _Engine(QIconEngine):
    """Draws an icon in the colours in use when it is drawn, so that a new theme needs no new icons."""

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self.draw = draw
        self._pictures: dict[tuple[int, int, QIcon.Mode, tokens.Tokens], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self.draw(painter, QRectF(rect), mode)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        key = (size.width(), size.height(), mode, tokens.current())
        found = self._pictures.get(key)
        if found is None:
            found = self._pictures[key] = QPixmap(size)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            self.paint(painter, found.rect(), mode, state)
            painter.end()
        return found

    def clone(self) -> QIconEngine:
        return _Engine(self.draw)


def icon(name: str, ink: str = "text") -> QIcon:
    """Return the icon of that name, drawn in a colour of the theme."""

    def draw(painter: QPainter, rect: QRectF, mode: QIcon.Mode) -> None:
        draw_icon(painter, name, rect, "muted" if mode == QIcon.Mode.Disabled else ink)

    return QIcon(_Engine(draw))


def draw_icon(painter: QPainter, name: str, rect: QRectF, ink: str = "text") -> None:
    """Draw an icon into the rectangle."""
    _renderer(name, tokens.color(ink).name()).render(painter, rect)


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    text = _source(name).replace("currentColor", color)
    return QSvgRenderer(QByteArray(text.encode()))


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text("utf-8")
