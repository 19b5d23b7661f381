"""Buttons with a verb and an accessible name; a view has one primary button."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from app.ui.style import icons, tokens
from app.ui.widgets.text import tip


class Button(QPushButton):
    """A button with a verb. `variant`: empty, ``primary``, ``link``, ``chip`` or ``nav``."""

    def __init__(
        self,
        text: str,
        clicked: Callable[[], object] | None = None,
        variant: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Call `clicked` at a click; an `&` in the text marks its key."""
        super().__init__(text, parent)
        self.setAccessibleName(text.replace("&&", "\0").replace("&", "").replace("\0", "&"))
        self.setAutoDefault(False)
        if variant:
            self.setProperty(variant, "true")
        if variant in ("chip", "nav"):
            self.setCheckable(True)
        if icon:
            self.setIcon(icons.icon(icon, "on_accent" if variant == "primary" else "text"))
            self.setIconSize(QSize(tokens.px(16), tokens.px(16)))
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    def sizeHint(self) -> QSize:
        """Return the size; a chip has room for the bold text of a chosen one, which Qt does not count."""
        hint = super().sizeHint()
        if not self.property("chip"):
            return hint
        bold = QFontMetrics(tokens.font(tokens.SMALL, strong=True)).horizontalAdvance(self.text())
        usual = QFontMetrics(tokens.font(tokens.SMALL)).horizontalAdvance(self.text())
        return QSize(hint.width() + max(bold - usual, 0), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.setIconSize(QSize(tokens.px(16), tokens.px(16)))
        super().changeEvent(event)


class IconButton(QToolButton):
    """A button with an icon alone; its name is its tooltip and its accessible name."""

    def __init__(
        self,
        icon: str,
        name: str,
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        lowest: int = 26,
    ) -> None:
        """`lowest`: the least height at a text size of 100 %, for a button that may lose its margin in a low window."""
        super().__init__(parent)
        self._lowest = lowest
        self.setIcon(icons.icon(icon))
        self._take_size()
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._take_size()
        super().changeEvent(event)

    def _take_size(self) -> None:
        self.setIconSize(QSize(tokens.px(18), tokens.px(18)))
        self.setMinimumSize(tokens.px(26), tokens.px(self._lowest))


def rule(parent: QWidget | None = None, vertical: bool = False) -> QFrame:
    """Return a hairline."""
    found = QFrame(parent)
    found.setProperty("rule", "true")
    if vertical:
        found.setFixedWidth(1)
    else:
        found.setFixedHeight(1)
    return found


def dialog_foot(*buttons: QPushButton, left: tuple[QPushButton, ...] = ()) -> QHBoxLayout:
    """Return the row of buttons at the foot of a dialog: on the right what ends it, the primary button last."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in left:
        row.addWidget(button)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row
