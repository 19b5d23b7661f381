"""What may be decided at a visit, one row for each outcome."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.text import Label, Wrapped

MOST = 9
Option = tuple[object, str]


class OutcomeRows(QWidget):
    """Radio buttons under one another; none is chosen beforehand."""

    changed = Signal()

    def __init__(self, label: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        """The rows under their label."""
        super().__init__(parent)
        self.buttons: dict[object, QRadioButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(Label(label))
        self.error = Wrapped("", "small", "alarm")
        for value, text in options:
            column.addLayout(self._row(value, label, text))
        column.addWidget(self.error)
        self.error.hide()
        self._group.buttonToggled.connect(self._toggled)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def _row(self, value: object, label: str, text: str) -> QHBoxLayout:
        """A button with its text beside it, so that a long one goes on in the next line."""
        button, words = QRadioButton(), _Words(text)
        button.setAccessibleName(f"{label}: {text}")
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words.clicked.connect(button.click)
        self.buttons[value] = button
        self._group.addButton(button)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.GRID)
        row.addWidget(button)
        row.addWidget(words, 1)
        return row

    def _toggled(self, _button: object, is_on: bool) -> None:
        if is_on:
            self.say_wrong("")
            self.changed.emit()

    def value(self) -> object:
        """The outcome chosen; None before that."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Choose an outcome."""
        button = self.buttons.get(value)
        if button is not None:
            button.setChecked(True)

    def say_wrong(self, text: str) -> None:
        """Say under the rows what is wrong; empty: nothing is."""
        self.error.setText(text)
        self.error.setVisible(bool(text))


class _Words(Wrapped):
    """The text of a row; a click on it is a click on the button."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: object) -> None:
        self.clicked.emit()
