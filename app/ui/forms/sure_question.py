"""The question about an unlikely day, with the tick that says that it is right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.refusal import UNLIKELY_DAYS, Refused
from app.ui.widgets.notes import Note
from app.ui.widgets.text import no_mnemonic
from app.wording.language import sentence_case
from app.wording.refusals import refusal_text, sure_text


class SureQuestion(Note):
    """A doubt about a day. The answer holds for the days that were asked about; others are asked about again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the note, hidden until there is a question."""
        super().__init__("", "notice", parent=parent)
        self.box = QCheckBox(self)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.box)
        self._days: object = None
        self.hide()

    def is_sure(self) -> bool:
        """Whether the question was answered."""
        return not self.isHidden() and self.box.isChecked()

    def ask(self, refused: Refused | None) -> bool:
        """Ask about an unlikely day; return whether it is one. An answer to the same question stays."""
        if refused is None or refused.kind not in UNLIKELY_DAYS:
            return False
        text = f"{sentence_case(refusal_text(Refused(refused.kind, '', **refused.values), on_screen=True))}."
        if text != self.text.text() or self.isHidden():
            self.box.setChecked(False)
        self.text.setText(text)
        self.box.setText(no_mnemonic(sure_text(refused)))
        self.box.setAccessibleName(sure_text(refused))
        self.box.setAccessibleDescription(text)
        self.show()
        return True

    def follow(self, days: object) -> None:
        """Forget the question and its answer when the days of the form are others than before."""
        if days != self._days:
            self._days = days
            self.box.setChecked(False)
            self.hide()

    def take_keyboard(self) -> None:
        """Go to the tick."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
