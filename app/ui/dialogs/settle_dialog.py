"""Saying that what a rescue could not read is settled: of one participant, or of everybody, and why."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.forms.choice_editors import Combo
from app.ui.forms.unsaved import FormDialog
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.text import Label, Wrapped
from app.wording.language import gettext as _


class SettleDialog(FormDialog):
    """Asks whose lost facts are settled; `then` gets the participant's code (empty: everybody's) and the reason."""

    def __init__(self, codes: Sequence[str], then: Callable[[str, str], object], parent: QWidget | None) -> None:
        """`codes`: the participants of whom facts were lost."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("What was lost is settled"))
        self._then = then
        self._codes = ("", *codes)
        self.whose, self.reason = Combo(_("Whose")), QLineEdit()
        for text in (_("Everybody"), *codes):
            self.whose.add(text)
        self.reason.setAccessibleName(_("Why"))
        self.cancel_button = Button(_("Cancel"), self.reject)
        self.settle_button = Button(_("It is settled"), self._settle, "primary")
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        question = _(
            "Was everything recorded again that could not be read, or is it not needed? The marks go, for good."
        )
        column.addWidget(Wrapped(question))
        for text, field in ((_("&Whose"), self.whose), (_("W&hy"), self.reason)):
            label = Label(text)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        column.addLayout(dialog_foot(self.cancel_button, self.settle_button))

    def has_typed(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.reason.text().strip())

    def _settle(self) -> None:
        self._then(self._codes[self.whose.currentIndex()], self.reason.text())
        self.accept()
