"""Notes in place: what a person should know there, with the remedy as a button."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.scroll_column import ScrollColumn
from app.ui.widgets.text import Wrapped, no_mnemonic
from app.wording.language import gettext as _

Remedy = tuple[str, Callable[[], object]]


class Note(QFrame):
    """A sentence on a tinted ground with a bar at the left. `tone`: plain, notice, alarm or done."""

    def __init__(
        self, text: str, tone: str = "plain", remedies: Sequence[Remedy] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("note", tone)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        self.text = Wrapped(text, parent=self)
        column.addWidget(self.text)
        if remedies:
            row = QHBoxLayout()
            column.addLayout(row)
            row.setSpacing(8)
            for name, act in remedies:
                row.addWidget(Button(no_mnemonic(name), act, parent=self))
            row.addStretch(1)


MOST_LINES = 5
"""The height in lines that a message in a banner may take; a longer one is scrolled."""


class _ScrolledText(ScrollColumn):
    """A message that is as high as its text up to a limit, and is scrolled where it is longer or the window is low.

    However long the message, it asks for one line alone, so that it never decides how small the window may be.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("message", "true")
        self.text = Wrapped()
        self.text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        # Its height follows from the width that it gets, and not from an earlier one.
        policy = self.text.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.text.setSizePolicy(policy)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hold(self.text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)

    def say(self, text: str) -> None:
        """Show a text from its beginning."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.verticalScrollBar().setValue(0)
        self._fit()

    def sizeHint(self) -> QSize:
        line = self.text.fontMetrics().lineSpacing()
        most = min(MOST_LINES * line, max(self.window().height() // 4, line))
        return QSize(1, min(self._needed(), most))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, min(self._needed(), self.text.fontMetrics().lineSpacing()))

    def _needed(self) -> int:
        """Return the height of the complete text at the present width, in pixels."""
        return max(self.text.heightForWidth(max(self.viewport().width(), 1)), 0)

    def _fit(self) -> None:
        """Ask for another height, and take the keyboard where it has something to scroll."""
        self.updateGeometry()
        scrolls = self._needed() > self.viewport().height()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the text has another size; Qt watches the content by itself."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        return super().eventFilter(watched, event)


class Banner(QFrame):
    """A line across the top of a page or dialog: what happened, what it means for the data, what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("note", "alarm")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        self._scrolled = _ScrolledText(self)
        self.text = self._scrolled.text
        row.addWidget(self._scrolled, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        row.addLayout(self._buttons)
        # Without it the row is no higher than its buttons, and a long message is cut off below them.
        row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignVCenter)
        self._close = IconButton("x", _("Close this message"), self.hide, self, lowest=18)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, text: str, tone: str = "alarm", remedies: Sequence[Remedy] = (), closable: bool = True) -> None:
        """Show a message instead of the previous one. `tone`: as for `Note`."""
        self._scrolled.say(text)
        self.setAccessibleName(text)
        if self.property("note") != tone:
            self.setProperty("note", tone)
            self.style().unpolish(self)
            self.style().polish(self)
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, act in remedies:
            self._buttons.addWidget(Button(no_mnemonic(name), act, parent=self))
        self._close.setVisible(closable)
        self.show()
