"""Notes in place: what a person should know there, with the remedy as a button."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.widgets.buttons import Button, IconButton
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


class Banner(QFrame):
    """A line across the top of a page or dialog: what happened, what it means for the data, what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("note", "alarm")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        self.text = Wrapped(parent=self)
        row.addWidget(self.text, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        row.addLayout(self._buttons)
        self._close = IconButton("x", _("Close this message"), self.hide, self)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, text: str, tone: str = "alarm", remedies: Sequence[Remedy] = (), closable: bool = True) -> None:
        """Show a message instead of the previous one. `tone`: as for `Note`."""
        self.text.setText(text)
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
