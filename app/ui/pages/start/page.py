"""The start page, shown without a study: the demo, a new study, another file, or why a file could not be opened."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Label, Wrapped
from app.wording.language import gettext as _


class StartPage(QWidget):
    """Offers the demo study, a new study and another file."""

    demo = Signal()
    made = Signal(str)
    """The name of a new study to be made."""
    other = Signal()
    retried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        self.banner = Banner()
        outer.addWidget(self.banner)
        self.opening = Label("", "muted")
        self.opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.opening.hide()
        outer.addWidget(self.opening, 1)
        self.offers = self._scroll()
        outer.addWidget(self.offers, 1)

    def _scroll(self) -> QScrollArea:
        """Return the card in the middle; in a small window it is scrolled."""
        card = QFrame()
        card.setProperty("surface", "true")
        card.setMaximumWidth(tokens.px(620))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 100)
        across.addStretch(1)
        inside = QWidget()
        down = QVBoxLayout(inside)
        down.setContentsMargins(0, 0, 0, 0)
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(2)
        scroll = QScrollArea()
        # PySide looks through all of its classes when it is asked for Qt's own viewport.
        scroll.setViewport(QWidget())
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for one in (inside, scroll.viewport()):
            one.setAutoFillBackground(False)
        self._fill(QVBoxLayout(card))
        return scroll

    def _fill(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        self.title = Label(_("Welcome to Studyday"), "title")
        column.addWidget(self.title)
        self.text = Wrapped(
            _("Studyday lays out each participant's protocol calendar and keeps it true. All stays on this computer.")
        )
        column.addWidget(self.text)
        column.addSpacing(8)
        column.addWidget(Label(_("Look around first"), "strong"))
        column.addWidget(Wrapped(_("Twenty invented patients of two trials, in a file of their own."), "muted"))
        self.demo_button = Button(_("Explore the demo study"), self.demo.emit)
        column.addWidget(self.demo_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(Label(_("Begin"), "strong"))
        name = Wrapped(_("The study's name, as shown at the top of the window"), "muted")
        self.name = QLineEdit()
        self.name.setAccessibleName(name.text())
        self.name.setMaxLength(200)
        name.setBuddy(self.name)
        self.name.returnPressed.connect(self._make)
        column.addWidget(name)
        column.addWidget(self.name)
        row = FlowLayout(spacing=8)
        self.make_button = Button(_("Set up my study"), self._make, "primary")
        row.addWidget(self.make_button)
        # Where the keyboard begins; as the page's focus proxy Qt would leave out what comes before it when Tab walks.
        self.first: QWidget = self.demo_button
        row.addWidget(Button(_("Open another study file…"), self.other.emit))
        column.addLayout(row)

    def _make(self) -> None:
        self.made.emit(self.name.text().strip())

    def draft_name(self) -> str:
        """Return what the name is typed for."""
        return _("Set up my study")

    def has_typed(self) -> bool:
        """Whether a name for a new study was typed."""
        return bool(self.name.text().strip())

    def discard(self) -> None:
        """Forget the name."""
        self.name.clear()

    def show_opening(self, name: str) -> None:
        """Say that a study is being opened, and offer nothing else meanwhile."""
        self.opening.setText(_("Opening {name}…").format(name=name))
        self.opening.show()
        self.offers.hide()

    def show_offers(self) -> None:
        """Offer the demo study, a new study and another file."""
        self.opening.hide()
        self.offers.show()

    def show_refusal(self, text: str, path: Path) -> None:
        """Say why a file could not be opened, with buttons for what can be done."""
        self.show_offers()
        remedies = [(_("Try again"), self.retried.emit), (_("Open another study file…"), self.other.emit)]
        self.banner.tell(f"{text}\n{path}" if str(path) not in text else text, "alarm", remedies, closable=False)
        self.title.setText(_("The study is not open"))
