"""The detail widgets of the inspector: the dates of a visit, and the remarks that a person should look at."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.style import tokens
from app.ui.style.status_marks import Mark
from app.ui.widgets.buttons import Button
from app.ui.widgets.column_part import ColumnPart
from app.ui.widgets.mark_label import MarkPicture
from app.ui.widgets.text import Label, Wrapped, no_mnemonic
from app.wording.language import counted

Remark = tuple[str, tuple[str, str, str] | None]
"""A sentence, and its remedy if there is one: the words of the button, the kind of fact, and the visit."""

_WIDEST_LABEL = 132
"""A longer name of a date or field takes several lines, at a text size of 100 %."""
_REMEDY = 100
"""The width of a button that is at the right of its remark, at a text size of 100 %; a wider one is below it."""


class DateList(ColumnPart):
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
    """Remarks as a list under a heading with their number, each with its remedy; made again only when they change."""

    def __init__(self, ask: Callable[[str, str], None], parent: QWidget) -> None:
        """`ask` gets the kind of fact and the visit of a remedy that a person takes."""
        super().__init__(parent)
        self._ask = ask
        self._shown: list[Remark] = []
        self._title = Label("", "strong", parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._title)
        self.rows: list[RemarkRow] = []
        self.hide()

    def show_remarks(self, remarks: list[Remark]) -> None:
        """Show these remarks instead of the previous ones."""
        if remarks == self._shown:
            return
        self._shown = remarks
        for row in self.rows:
            self._column.removeWidget(row)
            _drop(row)
        self._title.setText(counted("{n} notice", "{n} notices", len(remarks)))
        self.rows = [RemarkRow(text, remedy, self._ask, self) for text, remedy in remarks]
        for row in self.rows:
            self._column.addWidget(row)
            # The layout would show it only after the next events.
            row.show()
        self.setHidden(not remarks)


class RemarkRow(QWidget):
    """A remark with its mark, and at its right the remedy; below it where the words of the remedy are long."""

    def __init__(
        self, text: str, remedy: tuple[str, str, str] | None, ask: Callable[[str, str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.text = Wrapped(text, parent=self)
        grid.addWidget(MarkPicture(Mark.CLOSING, self), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.text, 0, 1)
        if remedy is not None:
            words, kind, visit = remedy
            button = Button(no_mnemonic(words), lambda: ask(kind, visit), parent=self)
            beside = button.sizeHint().width() <= tokens.px(_REMEDY)
            place = (0, 2) if beside else (1, 1)
            grid.addWidget(button, *place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


def _drop(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
