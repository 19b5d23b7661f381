"""One row of a form: the label, the editor, a hint and the error."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.facts.kind import Type
from app.ui.forms.editor_factory import editor_of
from app.ui.forms.questions import Question
from app.ui.widgets.text import Label, Wrapped, no_mnemonic
from app.wording.language import gettext as _

_GAP = 4


class RowLabel(QWidget):
    """The label of a field, with “(optional)” in a quieter colour where no answer is needed."""

    def __init__(self, text: str, optional: bool, buddy: QWidget, parent: QWidget | None = None) -> None:
        """Make a label on one line, as long as there is room."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.text = Label(no_mnemonic(text), parent=self)
        self.text.setWordWrap(True)
        self.text.setBuddy(buddy)
        self.optional = Label(_("(optional)") if optional else "", "muted", parent=self)
        self.optional.setVisible(optional)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.text)
        row.addWidget(self.optional, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

    @property
    def natural_width(self) -> int:
        """The width of the label on one line."""
        mark = self.optional.sizeHint().width() + _GAP if not self.optional.isHidden() else 0
        return self._text_width() + mark

    def _text_width(self) -> int:
        return self.text.fontMetrics().horizontalAdvance(self.text.text().replace("&&", "&")) + 2

    def fit(self, width: int) -> None:
        """Break the text where it is wider than the form."""
        mark = self.natural_width - self._text_width()
        self.text.setFixedWidth(max(1, min(self._text_width(), width - mark)))


class FormRow:
    """A question on the screen: its label, below it the editor, a hint and the error."""

    def __init__(self, question: Question, today: date, form: QWidget) -> None:
        """Make the parts of a row, which the form lays out; each has its final parent, as moving a widget is slow."""
        self.question = question
        self.asked = True
        is_optional = not question.field.required and question.field.type is not Type.ANSWERS
        self.cell = QWidget(form)
        column = QVBoxLayout(self.cell)
        self.editor = editor_of(question, today, self.cell)
        self.label = RowLabel(question.label, is_optional, self.editor, self.cell)
        self.hint = Wrapped(question.hint, "small", parent=self.cell)
        self.hint.setHidden(not question.hint)
        self.error = Wrapped("", "small", "alarm", self.cell)
        self.error.hide()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self.label, self.editor, self.hint, self.error):
            column.addWidget(part)

    @property
    def name(self) -> str:
        """The field's name."""
        return self.question.field.name

    def say_wrong(self, text: str) -> None:
        """Mark the field and show the error below it; an empty text removes both."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.editor.set_wrong(bool(text), text)
