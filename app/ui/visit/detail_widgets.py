"""The detail widgets of the inspector: the dates of a visit, and the remarks that a person should look at."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.style import tokens
from app.ui.widgets.notes import Note
from app.ui.widgets.text import Label, Wrapped

Remark = tuple[str, tuple[str, str, str] | None]
"""A sentence, and its remedy if there is one: the words of the button, the kind of fact, and the visit."""

_WIDEST_LABEL = 132
"""A longer name of a date or field takes several lines, at a text size of 100 %."""


class DateList(QWidget):
    """Dates, each next to its name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[tuple[Label, Wrapped]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)

    def show_dates(self, dates: Sequence[tuple[str, str]]) -> None:
        """Show these names and dates instead of the previous ones."""
        while len(self._lines) < len(dates):
            self._add()
        for number, (label, shown) in enumerate(self._lines):
            name, value = dates[number] if number < len(dates) else ("", "")
            label.setText(name)
            label.setMaximumWidth(tokens.px(_WIDEST_LABEL))
            shown.setText(value)
            shown.setAccessibleName(f"{name}: {value}")
            label.setHidden(number >= len(dates))
            shown.setHidden(number >= len(dates))

    def _add(self) -> None:
        number = len(self._lines)
        self._lines.append((Label("", "muted", parent=self), Wrapped(parent=self)))
        label, shown = self._lines[number]
        label.setWordWrap(True)
        shown.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, number, 1)


class RemarkList(QWidget):
    """Remarks as notes, each with its remedy; the notes are made again only when the remarks change."""

    def __init__(self, ask: Callable[[str, str], None], parent: QWidget) -> None:
        """`ask` gets the kind of fact and the visit of a remedy that a person takes."""
        super().__init__(parent)
        self._ask = ask
        self._shown: list[Remark] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def show_remarks(self, remarks: list[Remark]) -> None:
        """Show these remarks instead of the previous ones."""
        if remarks == self._shown:
            return
        self._shown = remarks
        while (item := self._column.takeAt(0)) is not None:
            _drop(item.widget())
        for text, remedy in remarks:
            remedies = [(remedy[0], self._asking(remedy[1], remedy[2]))] if remedy is not None else []
            note = Note(text, "notice", remedies, self)
            self._column.addWidget(note)
            # The layout would show it only after the next events.
            note.show()
        self.setHidden(not remarks)

    def _asking(self, kind: str, visit: str) -> Callable[[], None]:
        return lambda: self._ask(kind, visit)


def _drop(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
