"""The question whether something unusual is meant, before it is saved."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.domain.refusal import Doubted
from app.ui.session.error_text import error_text
from app.wording.language import gettext as _


def ask_doubted(parent: QWidget, doubted: Doubted, do_it: Callable[[], object]) -> QMessageBox:
    """Ask whether something is meant that the services doubt; `do_it` is called when it is."""
    question = _("Shall it be done all the same?")
    return ask_whether(parent, f"{error_text(doubted)}\n\n{question}", _("Do it"), do_it)


def ask_whether(parent: QWidget, text: str, yes: str, then: Callable[[], object], no: str = "") -> QMessageBox:
    """Ask over a window; `then` is called when the button `yes` is pressed. Escape and Enter mean no."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Studyday")
    box.setText(text)
    sure = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(no or _("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    sure.clicked.connect(lambda: then())
    box.open()
    return box
