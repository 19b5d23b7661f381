"""Editors for one answer of several: a list, a list or free text, buttons side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.ui.forms.editor import MIDDLE, WIDE, Editor
from app.ui.forms.protocol_options import Option
from app.ui.style import tokens
from app.ui.style.icons import draw_icon
from app.ui.widgets.text import no_mnemonic, tip
from app.ui.widgets.wheel_guard import guard_wheel
from app.wording.language import gettext as _
from app.wording.visible import visible_line

_LONG = 36
"""Answers with more letters than this get a wider list."""
_LETTERS = 12


class Combo(QComboBox):
    """A list that shrinks in a narrow window; its tooltip has the text that does not fit."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """An empty list."""
        super().__init__(parent)
        self.setProperty("drawn", "true")
        self.setAccessibleName(label)
        guard_wheel(self)
        self.currentIndexChanged.connect(self._tell)

    def sizeHint(self) -> QSize:
        """Room for a few letters; Qt's own policy for that would make the list that drops down, which takes long."""
        room = self.fontMetrics().averageCharWidth() * _LETTERS + tokens.px(24) + 14
        return QSize(room, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters, as `sizeHint` says."""
        return self.sizeHint()

    def showPopup(self) -> None:
        """What is too long for the list ends with …."""
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEditable():
            super().paintEvent(event)
        else:
            self._paint_elided()
        size = tokens.px(14)
        place = QRectF(self.width() - size - tokens.px(6), (self.height() - size) / 2, size, size)
        draw_icon(QPainter(self), "chevron-down", place, "text" if self.isEnabled() else "muted")

    def _paint_elided(self) -> None:
        """Paint a text that does not fit with … at its end; a style sheet would cut it off."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - tokens.px(24) - 12
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def add(self, text: str) -> None:
        """Add a row."""
        self.addItem(visible_line(text))
        self.setItemData(self.count() - 1, tip(text), Qt.ItemDataRole.ToolTipRole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        text = self.currentText()
        fits = self.fontMetrics().horizontalAdvance(text) < self.width() - tokens.px(36)
        self.setToolTip("" if fits else tip(text))


class ChoiceEditor(Editor):
    """One of several answers; none is chosen at first."""

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """Make a list whose first row is no answer."""
        super().__init__(parent)
        self.combo = Combo(label, self)
        self._values: list[object] = []
        self.set_options(options)
        self.combo.currentIndexChanged.connect(self.changed)
        self.hold(self.combo, WIDE if any(len(words) > _LONG for _value, words in options) else MIDDLE)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other answers; the chosen one stays if it is among them."""
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
        """Return the list."""
        return (self.combo,)

    def value(self) -> object:
        """Return the chosen answer; None for none."""
        return self._values[max(self.combo.currentIndex(), 0)]

    def set_value(self, value: object) -> None:
        """Choose an answer; one that is no longer on offer is added to the list."""
        if not any(_same(one, value) for one in self._values):
            self._values.append(value)
            self.combo.add(str(value))
        self.combo.setCurrentIndex(next(i for i, one in enumerate(self._values) if _same(one, value)))


def _same(one: object, other: object) -> bool:
    """Return whether two answers are equal and of one type: yes is not 1."""
    return type(one) is type(other) and one == other


class FreeEditor(Editor):
    """A free text, or one of the texts that are often written."""

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """Make an empty field with a list to choose from."""
        super().__init__(parent)
        self.combo = Combo(label, self)
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
        """The line for the text."""
        found = self.combo.lineEdit()
        assert found is not None  # noqa: S101 - an editable combo box has one
        return found

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the list with its line."""
        return (self.combo,)

    def has_keyboard(self) -> bool:
        """Return whether the list or its line has the keyboard."""
        return self.combo.hasFocus() or self.line.hasFocus()

    def value(self) -> object:
        """Return the answer of the row, or the text as it was typed."""
        text = self.combo.currentText().strip()
        known = {words.casefold(): value for words, value in self._values.items()}
        return self._values.get(text, known.get(text.casefold(), text)) or None

    def set_value(self, value: object) -> None:
        """Show an answer in its words, or a text."""
        words = next((words for words, one in self._values.items() if one == value), value)
        self.combo.setEditText("" if words is None else str(words))


class RadioEditor(Editor):
    """A few answers side by side; none is chosen at first. The first letter of a word chooses an answer."""

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """Make buttons of which at most one is on."""
        super().__init__(parent)
        self._values = [value for value, _words in options]
        self.buttons = [QRadioButton(no_mnemonic(words), self) for _value, words in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for button, (_value, words) in zip(self.buttons, options, strict=True):
            button.setAccessibleName(f"{label}: {words}")
            button.toggled.connect(self._toggled)
            button.installEventFilter(self)
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.setFocusProxy(self.buttons[0])

    def _toggled(self, is_on: bool) -> None:
        if is_on:
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            # After the button itself has taken the click.
            QTimer.singleShot(0, self, self._clicked)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().isalpha():
            return self._typed(event.text().casefold())
        return super().eventFilter(watched, event)

    def _clicked(self) -> None:
        if any(button.isChecked() for button in self.buttons):
            self.answered.emit()

    def _typed(self, letter: str) -> bool:
        """Choose the only answer in which a word begins with that letter; return whether there is one."""
        words = [(one, one.text().replace("&", "").casefold().split()) for one in self.buttons]
        fitting = [one for one, said in words if any(word.startswith(letter) for word in said)]
        if len(fitting) != 1:
            return False
        fitting[0].setFocus()
        fitting[0].setChecked(True)
        self.answered.emit()
        return True

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the buttons."""
        return tuple(self.buttons)

    def value(self) -> object:
        """Return the answer that is on; None for none."""
        return next((one for one, button in zip(self._values, self.buttons, strict=True) if button.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Turn an answer on; None turns all off."""
        self._group.setExclusive(False)
        for one, button in zip(self._values, self.buttons, strict=True):
            button.setChecked(_same(one, value))
        self._group.setExclusive(True)
