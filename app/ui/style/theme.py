"""Colours, type and space of the desktop, light and dark; every colour on screen is one of these tokens."""

from dataclasses import dataclass, fields

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
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

GRID = 4
"""Every distance is a multiple of this many logical pixels."""
BODY, SMALL, HEADING, TITLE, CODE, TICK = 13, 12, 16, 20, 22, 15
"""Sizes of type, and of a box to tick, in logical pixels at a text size of 100 %."""
SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
_PLAIN_FACES = ("DejaVu Sans", "Bitstream Vera Sans", "Liberation Sans", "")
_OWN_FACES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
_CHINESE_FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


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
        """The token of that name as Qt paints it."""
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
    faces_loaded: bool = False
    styled: bool = False


_current = _Current()


def tokens() -> Tokens:
    """The colours in use."""
    return _current.tokens


def color(name: str) -> QColor:
    """A token in use as Qt paints it."""
    return _current.tokens.color(name)


def scale() -> float:
    """The text size in use; 1.0 is 100 %."""
    return _current.scale


def px(size: float) -> int:
    """A length that grows with the text."""
    return round(size * _current.scale)


def font(size: int = BODY, strong: bool = False) -> QFont:
    """The face of the desktop in one of its sizes."""
    found = QFont(QApplication.font())
    found.setPixelSize(px(size))
    found.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return found


def row_height(widget: QWidget | None = None) -> int:
    """The height of one line of a list."""
    metrics = QFontMetrics(font()) if widget is None else widget.fontMetrics()
    return max(px(30), metrics.height() + 12)


def is_dark() -> bool:
    """Whether the dark colours are in use."""
    return _current.tokens is DARK


def apply(app: QApplication, dark: bool, text_scale: float = 1.0) -> None:
    """Give the whole program these colours and this text size."""
    _current.tokens = DARK if dark else LIGHT
    _current.scale = text_scale
    _load_faces(app)
    face = QFont(app.font())
    face.setPixelSize(px(BODY))
    if not _current.styled:
        # Asked later, Qt tells of the style sheet's style, which stands before ours.
        _current.styled = True
        app.setStyle(Style())
    app.setFont(face)
    app.setPalette(palette(_current.tokens))
    app.setStyleSheet(style_sheet(_current.tokens))


def window_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resources() / "icons" / "studyday.svg"))


def system_is_dark() -> bool:
    """Whether the computer asks for dark colours."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


_Element = QStyle.PrimitiveElement


def _draw_indicator(painter: QPainter, option: QStyleOption, is_round: bool) -> None:
    """A box with a tick, or a ring with a dot."""
    on = bool(option.state & QStyle.StateFlag.State_On)
    enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
    side = min(option.rect.width(), option.rect.height()) - 1.0
    box = QRectF(option.rect.x() + 0.5, option.rect.y() + 0.5, side, side)
    ink = color("accent" if enabled else "muted")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink if on else color("strong"), 1.4))
    painter.setBrush(ink if on and not is_round else color("surface"))
    if is_round:
        painter.drawEllipse(box)
        if on:
            painter.setBrush(ink)
            painter.drawEllipse(box.center(), side * 0.22, side * 0.22)
    else:
        painter.drawRoundedRect(box, 3, 3)
        if on:
            painter.setPen(QPen(color("on_accent"), 1.8))
            at = [(0.24, 0.52), (0.44, 0.72), (0.78, 0.30)]
            painter.drawPolyline([QPointF(box.x() + x * side, box.y() + y * side) for x, y in at])
    painter.restore()


class Style(QProxyStyle):
    """Fusion, which looks the same everywhere, with the few things that a style sheet cannot say."""

    def __init__(self) -> None:
        """Stand before Fusion."""
        super().__init__(QStyleFactory.create("Fusion"))

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """The focus is a line in the accent, not a veil over the text; what is ticked can be seen in the dark."""
        if element in (_Element.PE_IndicatorCheckBox, _Element.PE_IndicatorRadioButton):
            _draw_indicator(painter, option, element == _Element.PE_IndicatorRadioButton)
            return
        if element != _Element.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)
            return
        if not isinstance(widget, QAbstractItemView):
            # The style sheet gives the others a frame of their own.
            return
        painter.save()
        painter.setPen(color("accent"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()


def _load_faces(app: QApplication) -> None:
    """The system's own face; on a system with only a plain one, and for Chinese where it has none, the shipped ones."""
    if _current.faces_loaded:
        return
    _current.faces_loaded = True
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


def palette(of: Tokens) -> QPalette:
    """Qt's palette in these colours, for what no style sheet reaches."""
    found = QPalette()
    role = QPalette.ColorRole
    for which, name in (
        (role.Window, "ground"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "ground"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "alarm"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Light, "surface"),
        (role.Midlight, "line"),
        (role.Mid, "line"),
        (role.Dark, "strong"),
        (role.Shadow, "strong"),
    ):
        found.setColor(which, of.color(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, which, of.color("muted"))
    return found


def style_sheet(of: Tokens) -> str:
    """The shapes of the common controls, in these colours and at the text size in use."""
    values = {field.name: str(getattr(of, field.name)) for field in fields(of)}
    sizes = {
        "body": px(BODY),
        "small": px(SMALL),
        "heading": px(HEADING),
        "title": px(TITLE),
        "code": px(CODE),
        "tick": px(15),
        "drop": px(24),
    }
    text = _SHEET
    for name, value in {**values, **{name: f"{size}px" for name, size in sizes.items()}}.items():
        text = text.replace(f"@{name}@", value)
    return text.replace("@button@", f"{max(px(14), QFontMetrics(font()).height())}px")


_SHEET = """
QToolTip { color: @text@; background: @surface@; border: 1px solid @strong@; padding: 4px 6px; }
QLabel[role="muted"], QLabel[role="small"] { color: @muted@; }
QLabel[role="small"] { font-size: @small@; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="heading"] { font-size: @heading@; font-weight: 600; }
QLabel[role="title"] { font-size: @title@; font-weight: 600; }
QLabel[role="code"] { font-size: @code@; font-weight: 600; }
QLabel[band="true"] { color: @due@; background: @notice@; padding: 3px; border-bottom: 1px solid @due@; }
QLabel[tone="alarm"] { color: @alarm@; }
QLabel[tone="due"] { color: @due@; }
QLabel[tone="done"] { color: @done@; }
QLabel[tone="accent"] { color: @accent@; }
QLabel[tone="muted"] { color: @muted@; }
QFrame[surface="true"], QWidget[surface="true"] { background: @surface@; }
QFrame[rule="true"] { background: @line@; border: none; }
QFrame[note="plain"] { background: @ground@; border: none; border-left: 3px solid @accent@; }
QFrame[note="notice"] { background: @notice@; border: none; border-left: 3px solid @due@; }
QFrame[note="alarm"] { background: @notice@; border: none; border-left: 3px solid @alarm@; }
QFrame[note="done"] { background: @selection@; border: none; border-left: 3px solid @done@; }
QPushButton {
    color: @text@; background: @surface@; border: 1px solid @strong@; border-radius: 4px;
    padding: 4px 10px; min-height: @button@;
}
QPushButton:hover { background: @hover@; }
QPushButton:pressed { background: @selection@; }
QPushButton:focus { border: 2px solid @accent@; padding: 3px 9px; }
QPushButton:disabled { color: @muted@; border-color: @line@; background: @ground@; }
QPushButton[primary="true"] { color: @on_accent@; background: @accent@; border: 1px solid @accent@; font-weight: 600; }
QPushButton[primary="true"]:focus { border: 2px solid @text@; padding: 3px 9px; }
QPushButton[primary="true"]:disabled { color: @muted@; background: @line@; border-color: @line@; }
QPushButton[link="true"] { color: @accent@; background: transparent; border: 1px solid transparent; padding: 4px 4px; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 2px solid @accent@; padding: 3px 3px; }
QPushButton[chip="true"] {
    border-radius: 11px; padding: 2px 10px; font-size: @small@; border: 1px solid @strong@; background: @surface@;
}
QPushButton[chip="true"]:checked { background: @selection@; border-color: @accent@; font-weight: 600; color: @accent@; }
QPushButton[chip="true"]:focus { border: 2px solid @accent@; padding: 1px 9px; }
QPushButton[nav="true"] {
    text-align: left; border: none; border-left: 3px solid transparent; border-radius: 0; padding: 8px 10px 8px 9px;
    background: transparent;
}
QPushButton[nav="true"]:hover { background: @hover@; }
QPushButton[nav="true"]:checked { background: @selection@; border-left: 3px solid @accent@; font-weight: 600; }
QPushButton[nav="true"]:focus { border: 2px solid @accent@; padding: 6px 8px 6px 10px; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; background: transparent; color: @text@; }
QToolButton:hover { background: @hover@; border-color: @line@; }
QToolButton:focus { border: 2px solid @accent@; padding: 2px; }
QToolButton:checked { background: @selection@; border-color: @accent@; }
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {
    color: @text@; background: @surface@; border: 1px solid @strong@; border-radius: 4px; padding: 3px 6px;
    selection-background-color: @accent@; selection-color: @on_accent@;
}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox { min-height: @button@; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid @accent@; padding: 2px 5px;
}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] {
    border: 2px solid @alarm@; padding: 2px 5px;
}
QLineEdit:disabled, QComboBox:disabled { color: @muted@; background: @ground@; border-color: @line@; }
QListWidget[popup="true"] { border: 1px solid @strong@; }
QComboBox { combobox-popup: 0; }
QComboBox[drawn="true"]::drop-down { border: none; width: @drop@; }
QComboBox[drawn="true"]::down-arrow { image: none; }
QAbstractItemView { activate-on-singleclick: 0; }
QComboBox QAbstractItemView {
    background: @surface@; color: @text@; border: 1px solid @strong@; outline: none;
    selection-background-color: @selection@; selection-color: @text@;
}
QCheckBox, QRadioButton {
    spacing: 8px; color: @text@; border: 2px solid transparent; border-radius: 4px; padding: 1px;
}
QCheckBox:focus, QRadioButton:focus { border-color: @accent@; }
QRadioButton:focus:!checked { border: 1px dashed @strong@; padding: 2px; }
QCheckBox::indicator, QRadioButton::indicator { width: @tick@; height: @tick@; }
QAbstractItemView {
    background: @surface@; color: @text@; border: none; outline: none; gridline-color: @line@;
    selection-background-color: @selection@; selection-color: @text@; alternate-background-color: @surface@;
}
QAbstractItemView::item { border-bottom: 1px solid @line@; padding: 0 6px; }
QAbstractItemView::item:selected { background: @selection@; color: @text@; }
QHeaderView { background: @ground@; }
QHeaderView::section {
    background: @ground@; color: @muted@; border: none; border-bottom: 1px solid @strong@; padding: 5px 9px;
    font-size: @small@; font-weight: 600; text-align: left;
}
QTableView[cascade="true"] QHeaderView::section { padding: 5px 0 5px 7px; }
QTableView[days="true"], QTableView[days="true"] QTableCornerButton::section { background: transparent; border: none; }
QTableView[days="true"] QHeaderView { background: transparent; }
QTableView[days="true"] QHeaderView::section {
    background: transparent; border: none; padding: 2px 0; font-weight: normal;
}
QMenuBar { background: @surface@; color: @text@; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: @selection@; }
QMenu { background: @surface@; color: @text@; border: 1px solid @strong@; padding: 4px 0; }
QMenu::item { padding: 5px 24px 5px 12px; }
QMenu::item:selected { background: @selection@; color: @text@; }
QMenu::item:disabled { color: @muted@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 0; }
QStatusBar { background: @surface@; color: @muted@; border-top: 1px solid @line@; font-size: @small@; }
QStatusBar::item { border: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: @strong@; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line@; }
QProgressBar {
    border: 1px solid @strong@; border-radius: 4px; background: @surface@; text-align: center; color: @text@;
}
QProgressBar::chunk { background: @accent@; }
QGroupBox { border: none; margin-top: 20px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QDialog { background: @ground@; }
"""
