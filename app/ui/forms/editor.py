"""The base of all editors in a form."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.style import tokens

SHORT, MIDDLE, WIDE = 160, 320, 480
"""Widths of fields in logical pixels at a text size of 100 %."""


class Editor(QWidget):
    """The editor of one question: it holds a value of the question's type, or a typed text that cannot be read."""

    changed = Signal()
    answered = Signal()
    """A person has answered with one key or one click, so that the keyboard can go on to the next field."""

    def value(self) -> object:
        """Return the value; None for nothing."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value; None for nothing."""
        raise NotImplementedError

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the controls that take the keyboard, in their order."""
        raise NotImplementedError

    def set_wrong(self, wrong: bool, why: str = "") -> None:
        """Mark it as refused, or take the mark away; `why`: the reason for a screen reader."""
        for one in self.inputs():
            was_wrong = one.property("wrong") == "true"
            if was_wrong != wrong:
                one.setProperty("wrong", "true" if wrong else "")
                one.style().unpolish(one)
                one.style().polish(one)
            if wrong or was_wrong:
                one.setAccessibleDescription(why)

    def has_keyboard(self) -> bool:
        """Return whether one of its controls has the keyboard."""
        return any(one.hasFocus() for one in self.inputs())

    def hold(self, control: QWidget, width: int = 0) -> None:
        """Fill the editor with one control; `width`: the greatest, in logical pixels at a text size of 100 %."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if width:
            control.setMaximumWidth(tokens.px(width))
        row.addWidget(control, 1)
        row.addStretch(0)
        self.setFocusProxy(control)
