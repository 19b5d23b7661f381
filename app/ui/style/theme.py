"""The theme of the desktop: colours, fonts and the style of the controls, given to the program as one."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontInfo,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleFactory,
    QStyleOption,
    QWidget,
)

from app.paths import resources
from app.ui.style import tokens
from app.ui.style.style_sheet import style_sheet
from app.ui.style.tokens import DARK, LIGHT, Tokens

_PLAIN_FACES = ("DejaVu Sans", "Bitstream Vera Sans", "Liberation Sans", "")
_OWN_FACES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
_CHINESE_FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


@dataclass(slots=True)
class _Done:
    """The steps that are taken once in the life of the program."""

    fonts: bool = False
    style: bool = False


_done = _Done()


def apply(app: QApplication, dark: bool, text_scale: float = 1.0) -> None:
    """Give every window of the program these colours and this text size."""
    tokens.use(DARK if dark else LIGHT, text_scale)
    _load_faces(app)
    face = QFont(app.font())
    face.setPixelSize(tokens.px(tokens.BODY))
    if not _done.style:
        # Once there is a style sheet, `app.style()` is the style of the sheet, which wraps ours.
        _done.style = True
        app.setStyle(Style())
    app.setFont(face)
    app.setPalette(palette(tokens.current()))
    app.setStyleSheet(style_sheet(tokens.current()))


def window_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resources() / "icons" / "studyday.svg"))


def system_is_dark() -> bool:
    """Tell whether the computer asks for dark colours."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


_Element = QStyle.PrimitiveElement


def _draw_indicator(painter: QPainter, option: QStyleOption, is_round: bool) -> None:
    """Draw a box with a tick, or a ring with a dot."""
    on = bool(option.state & QStyle.StateFlag.State_On)
    enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
    side = min(option.rect.width(), option.rect.height()) - 1.0
    box = QRectF(option.rect.x() + 0.5, option.rect.y() + 0.5, side, side)
    ink = tokens.color("accent" if enabled else "muted")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink if on else tokens.color("strong"), 1.4))
    painter.setBrush(ink if on and not is_round else tokens.color("surface"))
    if is_round:
        painter.drawEllipse(box)
        if on:
            painter.setBrush(ink)
            painter.drawEllipse(box.center(), side * 0.22, side * 0.22)
    else:
        painter.drawRoundedRect(box, 3, 3)
        if on:
            painter.setPen(QPen(tokens.color("on_accent"), 1.8))
            at = [(0.24, 0.52), (0.44, 0.72), (0.78, 0.30)]
            painter.drawPolyline([QPointF(box.x() + x * side, box.y() + y * side) for x, y in at])
    painter.restore()


class Style(QProxyStyle):
    """Fusion, which looks the same everywhere, with the few things that a style sheet cannot express."""

    def __init__(self) -> None:
        super().__init__(QStyleFactory.create("Fusion"))

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the focus as a line in the accent, not as a veil over the text; draw ticks visible in the dark."""
        if element in (_Element.PE_IndicatorCheckBox, _Element.PE_IndicatorRadioButton):
            _draw_indicator(painter, option, element == _Element.PE_IndicatorRadioButton)
            return
        if element != _Element.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)
            return
        if not isinstance(widget, QAbstractItemView):
            # The style sheet draws the frame of all other widgets.
            return
        painter.save()
        painter.setPen(tokens.color("accent"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()


def _load_faces(app: QApplication) -> None:
    """Use the system's font, and the shipped ones where the system has only a plain font or none for Chinese."""
    if _done.fonts:
        return
    _done.fonts = True
    families: list[str] = []
    own = QFontInfo(app.font()).family()
    if own in _PLAIN_FACES:
        families += _register(_OWN_FACES)
    families.append(own)
    if QFontDatabase.WritingSystem.SimplifiedChinese not in QFontDatabase.writingSystems():
        families += _register(_CHINESE_FACES)
    face = QFont(app.font())
    face.setFamilies([name for name in families if name])
    app.setFont(face)


def _register(names: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for name in names:
        number = QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))
        found += [one for one in QFontDatabase.applicationFontFamilies(number) if one not in found]
    return found


_Role = QPalette.ColorRole
_ROLES: Mapping[QPalette.ColorRole, str] = {
    _Role.Window: "ground",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "ground",
    _Role.Text: "text",
    _Role.Button: "surface",
    _Role.ButtonText: "text",
    _Role.BrightText: "alarm",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on_accent",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    _Role.ToolTipBase: "surface",
    _Role.ToolTipText: "text",
    _Role.PlaceholderText: "muted",
    _Role.Light: "surface",
    _Role.Midlight: "line",
    _Role.Mid: "line",
    _Role.Dark: "strong",
    _Role.Shadow: "strong",
}
"""The token for each role of Qt's palette."""


def palette(colors: Tokens) -> QPalette:
    """Return Qt's palette in these colours, for the parts that no style sheet reaches."""
    found = QPalette()
    for which, name in _ROLES.items():
        found.setColor(which, colors.color(name))
    for which in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, which, colors.color("muted"))
    return found
