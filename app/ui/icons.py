"""The icons: Tabler's line drawings (MIT, see resources/icons), coloured by the theme, sharp at every scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import resources
from app.ui import theme

SIZE = 18


class _Engine(QIconEngine):
    """Draws an icon in the colours that are in use when it is drawn, so that a new theme needs no new icons."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self.name, self.token = name, token

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = "muted" if mode == QIcon.Mode.Disabled else self.token
        draw_icon(painter, self.name, QRectF(rect), token)  # type: ignore[call-overload]

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        found = QPixmap(size)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        self.paint(painter, found.rect(), mode, state)
        painter.end()
        return found

    def clone(self) -> QIconEngine:
        return _Engine(self.name, self.token)


def icon(name: str, ink: str = "text") -> QIcon:
    """The icon of that name in a colour of the theme."""
    return QIcon(_Engine(name, ink))


def draw_icon(painter: QPainter, name: str, rect: QRectF, ink: str = "text") -> None:
    """Draw an icon into the rectangle."""
    _renderer(name, theme.color(ink).name()).render(painter, rect)


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    text = _source(name).replace("currentColor", color)
    return QSvgRenderer(QByteArray(text.encode()))


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text("utf-8")
