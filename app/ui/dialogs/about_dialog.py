"""What the program is, for whoever looks after the computer: versions and places, to be copied into a message."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.text import Label, Wrapped
from app.wording.language import gettext as _
from app.wording.visible import visible_line


class AboutDialog(QDialog):
    """Shows the details; none of them is personal."""

    def __init__(self, lines: Sequence[str], parent: QWidget | None = None) -> None:
        """`lines`: the details, each with its name."""
        super().__init__(parent)
        self.setWindowTitle(_("About Studyday"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text = "\n".join(map(visible_line, lines))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(Label("Studyday", "title"))
        column.addWidget(
            Wrapped(
                _("Plans, keeps and prints the visits of participants in a study. It advises no dose and no treatment.")
            )
        )
        self.details = QPlainTextEdit(self._text)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(_("Details"))
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
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(f"Studyday\n{self._text}")
        self.copied.setText(_("Copied."))
