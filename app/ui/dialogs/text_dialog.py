"""A text to be read and copied into a message: what the program is made of, or the report of a mistake."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.text import Label, Wrapped
from app.wording.language import gettext as _
from app.wording.visible import visible_line


class TextDialog(QDialog):
    """Shows lines of text under a sentence."""

    def __init__(self, title: str, about: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        """`about`: the sentence."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text = "\n".join(map(visible_line, lines))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(Wrapped(about))
        self.details = QPlainTextEdit(self._text)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(title)
        column.addWidget(self.details, 1)
        foot = QHBoxLayout()
        self.copy_button = Button(_("&Copy details"), self.copy)
        foot.addWidget(self.copy_button)
        self.copied = Label("", "muted")
        foot.addWidget(self.copied, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        column.addLayout(foot)
        self.resize(tokens.px(600), tokens.px(400))
        self.copy_button.setFocus()

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
        self.copied.setText(_("Copied."))
