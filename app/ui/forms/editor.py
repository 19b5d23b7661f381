"""What every editor of a form can do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.style import tokens

SHORT, MIDDLE, WIDE = 160, 320, 480
"""Widths of fields in logical pixels at a text size of 100 %."""


class Editor(QWidget):
    """The field of one question: it holds a value of the question's type, or what was typed and cannot be read."""

    changed = Signal()

    def value(self) -> object:
        """What stands there; None for nothing."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value; None for nothing."""
        raise NotImplementedError

    def inputs(self) -> tuple[QWidget, ...]:
        """The controls that take the keyboard, in their order."""
        raise NotImplementedError

    def set_wrong(self, wrong: bool, why: str = "") -> None:
        """Mark it as what was refused, and say why to who cannot see it."""
        for one in self.inputs():
            was_wrong = one.property("wrong") == "true"
            if was_wrong != wrong:
                one.setProperty("wrong", "true" if wrong else "")
                one.style().unpolish(one)
                one.style().polish(one)
            if wrong or was_wrong:
                one.setAccessibleDescription(why)

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in one of its controls."""
        return any(one.hasFocus() for one in self.inputs())

    def hold(self, control: QWidget, width: int = 0) -> None:
        """Be filled by one control, at most so wide."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if width:
            control.setMaximumWidth(tokens.px(width))
        row.addWidget(control, 1)
        row.addStretch(0)
        self.setFocusProxy(control)
