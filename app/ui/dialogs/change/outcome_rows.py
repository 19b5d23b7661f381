"""The outcomes of a decision, one row for each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.ui.forms.protocol_options import Option
from app.ui.style import tokens
from app.ui.widgets.text import Label, Wrapped, no_mnemonic

MOST = 9


class OutcomeRows(QWidget):
    """Radio buttons one below the other; none is chosen at first."""

    changed = Signal()

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """Make the rows below their label."""
        super().__init__(parent)
        self.label = label
        self.buttons: dict[object, QRadioButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GRID)
        column.addWidget(Label(label, parent=self))
        self.error = Wrapped("", "small", "alarm", self)
        for value, text in options:
            column.addWidget(self._button(value, label, text))
        column.addWidget(self.error)
        self.error.hide()
        self._group.buttonToggled.connect(self._toggled)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def _button(self, value: object, label: str, text: str) -> QRadioButton:
        button = QRadioButton(no_mnemonic(text), self)
        button.setAccessibleName(f"{label}: {text}")
        self.buttons[value] = button
        self._group.addButton(button)
        return button

    def _toggled(self, _button: object, is_on: bool) -> None:
        if is_on:
            self.say_wrong("")
            self.changed.emit()

    def has_keyboard(self) -> bool:
        """Return whether one of the rows has the keyboard."""
        return any(button.hasFocus() for button in self.buttons.values())

    def value(self) -> object:
        """Return the chosen outcome; None before that."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Choose an outcome."""
        button = self.buttons.get(value)
        if button is not None:
            button.setChecked(True)

    def say_wrong(self, text: str) -> None:
        """Show an error below the rows; an empty text removes it."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
