"""The side bar with the pages and their counts; in a narrow window with their icons only."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.style import icons, tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.scroll_column import ScrollColumn
from app.ui.widgets.text import tip
from app.wording.language import gettext as _

WIDE, NARROW = 172, 44


class NavButton(Button):
    """The button of a page, with a count at its right."""

    def __init__(self, name: str, icon: str, clicked: Callable[[], object]) -> None:
        super().__init__(name, clicked, "nav")
        self.name, self.count = name, ""
        self.setIcon(icons.icon(icon))
        self.setIconSize(QSize(tokens.px(18), tokens.px(18)))

    def set_count(self, count: int | None) -> None:
        """Show a number at the right; None shows none."""
        self.count = "" if count is None else str(count)
        self.setAccessibleName(f"{self.name}, {self.count}" if self.count else self.name)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show only the icon, or the name as well."""
        self.setText("" if narrow else self.name)
        self.setToolTip(tip(self.name) if narrow else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count and self.text():
            painter = QPainter(self)
            painter.setFont(tokens.font(tokens.SMALL))
            painter.setPen(tokens.color("muted"))
            rect = self.rect().adjusted(0, 0, -tokens.px(14), 0)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self.count)
            painter.end()


class SideBar(QFrame):
    """The buttons of the pages Today, Participants, Calendar, Monitor and Enrol, and at the foot Study."""

    ICONS: ClassVar[dict[str, str]] = {
        "today": "sun", "participants": "users", "calendar": "calendar", "monitor": "list-details",
        "enrol": "user-plus", "study": "settings",
    }  # fmt: skip

    AT_THE_FOOT: ClassVar[frozenset[str]] = frozenset({"study"})

    def __init__(self, go: Callable[[str], object], parent: QWidget | None = None) -> None:
        """`go` is called with the name of a page."""
        super().__init__(parent)
        self.setProperty("surface", "true")
        self._narrow = False
        self.buttons: dict[str, NavButton] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        names = {
            "today": _("Today"), "participants": _("Participants"), "calendar": _("Calendar"), "monitor": _("Monitor"),
            "enrol": _("Enrol"), "study": _("Study"),
        }  # fmt: skip
        for page, name in names.items():
            if page in self.AT_THE_FOOT:
                column.addStretch(1)
            button = NavButton(name, self.ICONS[page], self._going(go, page))
            self.buttons[page] = button
            column.addWidget(button)
        # In a low window with large text the buttons scroll, and do not decide how low it may be.
        area = ScrollColumn(self)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.hold(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        self.set_narrow(False)

    def _going(self, go: Callable[[str], object], page: str) -> Callable[[], object]:
        return lambda: go(page)

    def show_page(self, page: str) -> None:
        """Show the button of that page as pressed."""
        for name, button in self.buttons.items():
            button.setChecked(name == page)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or names as well."""
        self._narrow = narrow
        self.setFixedWidth(tokens.px(NARROW if narrow else WIDE))
        for button in self.buttons.values():
            button.set_narrow(narrow)
