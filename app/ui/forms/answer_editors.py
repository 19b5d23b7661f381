"""Editors for answers to the questions that a protocol asks, and for its criteria."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.protocol.decisions import Choice
from app.ui.forms.choice_editors import ChoiceEditor, RadioEditor
from app.ui.forms.editor import Editor
from app.ui.forms.protocol_options import Option, answers_of, yes_no_unknown
from app.ui.widgets.text import Wrapped
from app.wording.language import gettext as _

_MOST_BUTTONS = 3


class AnswerEditor(ChoiceEditor):
    """The answer to one question of the protocol; the question decides the answers on offer."""

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """Offer no answers until the question is known."""
        self._all = tuple(options)
        self._choice: object = None
        super().__init__(label, (), parent)

    def ask_for(self, choice: object) -> None:
        """Offer the answers of that question, and drop an answer to another one."""
        if choice == self._choice:
            return
        self._choice = choice
        self.combo.setCurrentIndex(0)
        self.set_options([(one[1], words) for one, words in self._all if isinstance(one, tuple) and one[0] == choice])


class _Rows(Editor):
    """Questions one below the other, each with its own answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, Editor] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def add(self, name: str, question: str, editor: Editor) -> None:
        """Add a question."""
        label = Wrapped(question, parent=self)
        editor.setAccessibleName(question)
        if self.rows:
            self._column.addSpacing(4)
        self._column.addWidget(label)
        self._column.addWidget(editor)
        editor.changed.connect(self.changed)
        self.rows[name] = editor
        self.setFocusProxy(next(iter(self.rows.values())))

    def inputs(self) -> tuple[QWidget, ...]:
        """Return every control of every row."""
        return tuple(one for editor in self.rows.values() for one in editor.inputs())


class AnswersEditor(_Rows):
    """The questions of the protocol, each with the protocol's default until another answer is given."""

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """Make one row for each question; `label`: the name of all together."""
        super().__init__(parent)
        self.setAccessibleName(label)
        self._defaults: dict[str, object] = {}
        for choice, question in options:
            if isinstance(choice, Choice):
                self._defaults[choice.id] = choice.default
                self.add(choice.id, question, _answer_editor(choice, question, self))

    def value(self) -> object:
        """Return the answers that differ from the protocol's defaults."""
        found = {name: editor.value() for name, editor in self.rows.items()}
        return {name: one for name, one in found.items() if one is not None and one != self._defaults[name]} or None

    def set_value(self, value: object) -> None:
        """Show answers, and the protocol's defaults for the others."""
        given = value if isinstance(value, Mapping) else {}
        for name, editor in self.rows.items():
            editor.set_value(given.get(name, self._defaults[name]))


def _answer_editor(choice: Choice, question: str, parent: QWidget) -> Editor:
    options = [
        (value, _("{answer} (usual)").format(answer=words) if value == choice.default else words)
        for value, words in answers_of(choice)
    ]
    few = len(options) <= _MOST_BUTTONS and sum(len(words) for _value, words in options) < 48
    editor = RadioEditor(question, options, parent) if few else ChoiceEditor(question, options, parent)
    editor.set_value(choice.default)
    return editor


class TicksEditor(_Rows):
    """The criteria of the protocol, each met, not met or unknown; criteria without an answer are left out."""

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """Make one row for each criterion."""
        super().__init__(parent)
        self.setAccessibleName(label)
        for name, words in options:
            self.add(str(name), f"{name}  {words}", RadioEditor(f"{name}  {words}", yes_no_unknown(), self))

    def value(self) -> object:
        """Return yes, no or unknown by criterion, where an answer was given."""
        found = {name: editor.value() for name, editor in self.rows.items()}
        return {name: one for name, one in found.items() if one is not None} or None

    def set_value(self, value: object) -> None:
        """Show answers."""
        given = value if isinstance(value, Mapping) else {}
        for name, editor in self.rows.items():
            editor.set_value(given.get(name))
