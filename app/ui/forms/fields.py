"""One editor for each type of field."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from app.domain.kinds import Type
from app.ui import theme
from app.ui.forms.day_edit import DayEdit
from app.ui.forms.editor import MIDDLE, SHORT, WIDE, Editor
from app.ui.forms.options import Option
from app.ui.forms.questions import TODAY, Question
from app.ui.forms.typed import number_text, typed_number, typed_time
from app.ui.widgets.text import no_mnemonic, tip
from app.wording.language import gettext as _

LINES = 4


def editor_of(question: Question, today: date) -> Editor:
    """The editor for a question, with its default in it."""
    found = _editor(question, today)
    found.setAccessibleName(question.label)
    if question.default is not None:
        found.set_value(today if question.default == TODAY else question.default)
    return found


def _editor(question: Question, today: date) -> Editor:
    from app.ui.forms.answers import AnswerEditor, AnswersEditor, TicksEditor

    label, options = question.label, question.options
    match question.field.type:
        case Type.DAY:
            day = DayEdit(today, label)
            day.set_start(question.start)
            return day
        case Type.TIME:
            return TimeEditor(label)
        case Type.WHOLE | Type.NUMBER:
            return NumberEditor(label)
        case Type.YES_NO:
            return RadioEditor(label, options)
        case Type.ANSWER if options:
            return AnswerEditor(label, options)
        case Type.ANSWERS:
            return AnswersEditor(label, options)
        case Type.TICKS if options:
            return TicksEditor(label, options)
    if options:
        return FreeEditor(label, options) if question.free else ChoiceEditor(label, options)
    return LongEditor(label) if question.long else LineEditor(label)


class LineEditor(Editor):
    """A text on one line."""

    width = WIDE

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """An empty line."""
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName(label)
        self.line.textChanged.connect(self.changed)
        self.hold(self.line, self.width)

    def inputs(self) -> tuple[QWidget, ...]:
        """The line."""
        return (self.line,)

    def value(self) -> object:
        """The text as it was typed."""
        return self.line.text().strip() or None

    def set_value(self, value: object) -> None:
        """Show a text from its beginning."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)


class TimeEditor(LineEditor):
    """A time of day, typed as ``930``, ``9.30`` or ``09:30``."""

    width = SHORT

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """An empty time, which is written out when the keyboard leaves it."""
        super().__init__(label, parent)
        self.line.setPlaceholderText(_("9:30 or 930"))
        self.line.editingFinished.connect(self._write_out)

    def value(self) -> object:
        """The time as ``09:30``, or the text where it is none."""
        return typed_time(self.line.text()) or None

    def _write_out(self) -> None:
        found = typed_time(self.line.text())
        if found != self.line.text():
            self.line.setText(found)


class NumberEditor(LineEditor):
    """A number with a point or a comma."""

    width = SHORT

    def value(self) -> object:
        """The number, or the text where it is none."""
        found = typed_number(self.line.text())
        return None if found == "" else found

    def set_value(self, value: object) -> None:
        """Show a number."""
        super().set_value(None if value is None else number_text(value))


class LongEditor(Editor):
    """A text over several lines; Tab leaves it."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """An empty text of a few lines."""
        super().__init__(parent)
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setAccessibleName(label)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * LINES + 20)
        self.box.textChanged.connect(self.changed)
        self.hold(self.box, WIDE)

    def inputs(self) -> tuple[QWidget, ...]:
        """The box."""
        return (self.box,)

    def value(self) -> object:
        """The text as it was typed."""
        return self.box.toPlainText().strip() or None

    def set_value(self, value: object) -> None:
        """Show a text."""
        self.box.setPlainText("" if value is None else str(value))


class Combo(QComboBox):
    """A list that gives way to a narrow window; what does not fit is in the tooltip."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """An empty list."""
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentIndexChanged.connect(self._tell)

    def add(self, text: str) -> None:
        """One more row."""
        self.addItem(text)
        self.setItemData(self.count() - 1, tip(text), Qt.ItemDataRole.ToolTipRole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip has what does not fit."""
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        text = self.currentText()
        fits = self.fontMetrics().horizontalAdvance(text) < self.width() - theme.px(36)
        self.setToolTip("" if fits else tip(text))


class ChoiceEditor(Editor):
    """One of several answers; none is chosen beforehand."""

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """A list whose first row is no answer."""
        super().__init__(parent)
        self.combo = Combo(label)
        self._values: list[object] = []
        self.set_options(options)
        self.combo.currentIndexChanged.connect(self.changed)
        self.hold(self.combo, MIDDLE)

    def set_options(self, options: Sequence[Option]) -> None:
        """Other answers; the one chosen stays where it is among them."""
        chosen = self.value() if self._values else None
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.add(_("Choose…"))
        self._values = [None, *(value for value, _words in options)]
        for _value, words in options:
            self.combo.add(words)
        self.combo.blockSignals(False)
        self.set_value(chosen)

    def inputs(self) -> tuple[QWidget, ...]:
        """The list."""
        return (self.combo,)

    def value(self) -> object:
        """The answer chosen."""
        return self._values[max(self.combo.currentIndex(), 0)]

    def set_value(self, value: object) -> None:
        """Choose an answer; one that is no longer offered is added as it stands."""
        if not any(_same(one, value) for one in self._values):
            self._values.append(value)
            self.combo.add(str(value))
        self.combo.setCurrentIndex(next(i for i, one in enumerate(self._values) if _same(one, value)))


def _same(one: object, other: object) -> bool:
    """Equal and of one type: yes is not 1."""
    return type(one) is type(other) and one == other


class FreeEditor(Editor):
    """A text, or one of those that are written often."""

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """An empty field with a list to fill it from."""
        super().__init__(parent)
        self.combo = Combo(label)
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._values = {words: value for value, words in options}
        for words in self._values:
            self.combo.add(words)
        self.combo.setCurrentIndex(-1)
        self.line.setAccessibleName(label)
        self.line.setPlaceholderText(_("Choose or write"))
        if completer := self.combo.completer():
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.combo.editTextChanged.connect(self.changed)
        self.hold(self.combo, MIDDLE)

    @property
    def line(self) -> QLineEdit:
        """The line in which it is written."""
        found = self.combo.lineEdit()
        assert found is not None  # noqa: S101 - an editable combo box has one
        return found

    def inputs(self) -> tuple[QWidget, ...]:
        """The list with its line."""
        return (self.combo,)

    def has_keyboard(self) -> bool:
        """Whether it is being written in."""
        return self.combo.hasFocus() or self.line.hasFocus()

    def value(self) -> object:
        """The answer of the row, or the text as it was typed."""
        text = self.combo.currentText().strip()
        return self._values.get(text, text) or None

    def set_value(self, value: object) -> None:
        """Show an answer in its words, or a text."""
        words = next((words for words, one in self._values.items() if one == value), value)
        self.combo.setEditText("" if words is None else str(words))


class RadioEditor(Editor):
    """A few answers side by side; none is chosen beforehand."""

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """Buttons of which at most one is on."""
        super().__init__(parent)
        self._values = [value for value, _words in options]
        self.buttons = [QRadioButton(no_mnemonic(words)) for _value, words in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for button, (_value, words) in zip(self.buttons, options, strict=True):
            button.setAccessibleName(f"{label}: {words}")
            button.toggled.connect(self._toggled)
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.setFocusProxy(self.buttons[0])

    def _toggled(self, is_on: bool) -> None:
        if is_on:
            self.changed.emit()

    def inputs(self) -> tuple[QWidget, ...]:
        """The buttons."""
        return tuple(self.buttons)

    def value(self) -> object:
        """The answer that is on."""
        return next((one for one, button in zip(self._values, self.buttons, strict=True) if button.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Turn an answer on; None turns all off."""
        self._group.setExclusive(False)
        for one, button in zip(self._values, self.buttons, strict=True):
            button.setChecked(_same(one, value))
        self._group.setExclusive(True)
