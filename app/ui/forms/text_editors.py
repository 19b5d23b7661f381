"""Editors for texts, times and numbers as people type them: ``930``, ``9.30``, ``1,5``.

Text that cannot be read does not change.
"""

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.domain.facts.parsing import LONGEST_TEXT
from app.domain.facts.typed_times import typed_time
from app.domain.facts.typed_values import number
from app.domain.refusal import Refused
from app.ui.forms.editor import MIDDLE, SHORT, WIDE, Editor
from app.wording.language import gettext as _

LINES = 4


def shown_time(text: str) -> str:
    """Return the time as ``09:30``, or the text where it is no time."""
    try:
        return typed_time(text, "") if text.strip() else ""
    except Refused:
        return text.strip()


def typed_number(text: str) -> int | float | str:
    """Return the number, as the terminal reads it, or the text where it is no number."""
    return number(text.strip())


def number_text(value: object) -> str:
    """Return a number as it is typed."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


class LineEditor(Editor):
    """A text on one line."""

    most = WIDE

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """An empty line."""
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(label)
        self.line.textChanged.connect(self.changed)
        self.hold(self.line, self.most)

    def inputs(self) -> tuple[QWidget, ...]:
        """The line."""
        return (self.line,)

    def value(self) -> object:
        """Return the text as it was typed; None for none."""
        return self.line.text().strip() or None

    def set_value(self, value: object) -> None:
        """Show a text from its beginning."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)


class CodeEditor(LineEditor):
    """A study code."""

    most = MIDDLE


class TimeEditor(LineEditor):
    """A time of day, typed as ``930``, ``9.30`` or ``09:30``."""

    most = SHORT

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """An empty time, which is written out when the keyboard leaves it."""
        super().__init__(label, parent)
        self.line.setPlaceholderText(_("9:30 or 930"))
        self.line.editingFinished.connect(self._write_out)

    def value(self) -> object:
        """Return the time as ``09:30``, or the text where it is no time."""
        return shown_time(self.line.text()) or None

    def _write_out(self) -> None:
        found = shown_time(self.line.text())
        if found != self.line.text():
            self.line.setText(found)


class NumberEditor(LineEditor):
    """A number with a point or a comma."""

    most = SHORT

    def value(self) -> object:
        """Return the number, or the text where it is no number."""
        found = typed_number(self.line.text())
        return None if found == "" else found

    def set_value(self, value: object) -> None:
        """Show a number."""
        super().set_value(None if value is None else number_text(value))


class LimitedBox(QPlainTextEdit):
    """A text over several lines that cannot be filled with a book by one paste.

    A paste that has no room is cut and ends in an ellipsis. The text is then still longer than a fact may be, so it is
    refused, with the reason, and never saved in part.
    """

    MOST = 2 * LONGEST_TEXT

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert a text that was pasted or dropped, as much of it as there is room for."""
        room = self.MOST - len(self.toPlainText()) + len(self.textCursor().selectedText())
        text = source.text().strip()
        if len(text) <= room:
            super().insertFromMimeData(source)
        elif room > 0:
            self.insertPlainText(f"{text[: room - 1]}…")


class LongEditor(Editor):
    """A text over several lines; Tab leaves it."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """An empty text of a few lines."""
        super().__init__(parent)
        self.box = LimitedBox(self)
        self.box.setTabChangesFocus(True)
        self.box.setAccessibleName(label)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * LINES + 20)
        self.box.textChanged.connect(self.changed)
        self.hold(self.box, WIDE)

    def inputs(self) -> tuple[QWidget, ...]:
        """The box."""
        return (self.box,)

    def value(self) -> object:
        """Return the text as it was typed; None for none."""
        return self.box.toPlainText().strip() or None

    def set_value(self, value: object) -> None:
        """Show a text."""
        self.box.setPlainText("" if value is None else str(value))
