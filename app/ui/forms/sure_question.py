"""The question about everything that is doubted in a form, with the tick that says that it is meant."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget

from app.domain.refusal import Doubted
from app.ui.style import tokens
from app.ui.widgets.notes import Note
from app.ui.widgets.text import no_mnemonic
from app.wording.doubts import doubts_text, sure_text
from app.wording.language import sentence_case
from app.wording.protocol_names import NO_NAMES


class SureQuestion(Note):
    """All doubts about what a form is to record. The answer holds for them alone; others are asked about again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the note, hidden until there is a question."""
        super().__init__("", "notice", parent=parent)
        self.box = QCheckBox(self)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.box)
        self._asked: Doubted | None = None
        self._about: object = None
        self.names = NO_NAMES
        """What is said for the ids of visits and of what the protocol knows."""
        self.hide()

    def confirmed(self) -> Doubted | None:
        """Return what a person has confirmed; None for nothing."""
        return self._asked if not self.isHidden() and self.box.isChecked() else None

    def ask(self, doubted: BaseException | None) -> bool:
        """Ask about a doubt; return whether it is one. An answer to the same question stays."""
        if not isinstance(doubted, Doubted):
            return False
        text = f"{sentence_case(doubts_text(doubted, self.names))}."
        self._asked = doubted
        if text != self.text.text() or self.isHidden():
            self.box.setChecked(False)
        self.text.setText(text)
        self.box.setText(no_mnemonic(sure_text(doubted)))
        self.box.setAccessibleName(sure_text(doubted))
        self.box.setAccessibleDescription(text)
        self.show()
        return True

    def follow(self, about: object) -> None:
        """Forget the question and its answer when what they are about is something else than before."""
        if about != self._about:
            self._about = about
            self.box.setChecked(False)
            self.hide()

    def take_keyboard(self) -> None:
        """Go to the tick, and into sight where the form scrolls."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        around = self.parentWidget()
        while around is not None:
            held = around.widget() if isinstance(around, QScrollArea) else None
            if isinstance(around, QScrollArea) and held is not None:
                # A note that has just been shown has no place until its layout has been worked out.
                held.adjustSize()
                around.ensureWidgetVisible(self, 0, tokens.GRID)
                around.ensureWidgetVisible(self.box, 0, tokens.GRID)
            around = around.parentWidget()
