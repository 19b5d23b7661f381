"""The history of a visit: what was recorded and by whom, each fact with its buttons to correct it or take it back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.queries.history import HistoryRow
from app.ui.visit.mends import CORRECT, MENDS_IN_ORDER, TAKE_BACK, mend_text, mends_of
from app.ui.widgets.buttons import Button
from app.ui.widgets.column_part import ColumnPart
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.text_list import TextList
from app.wording.language import gettext as _

Ask = Callable[[str, str], None]
"""Gets what is asked for and the number of the fact."""


class HistoryList(TextList):
    """The facts about a visit, the last first; those that no longer count are muted."""

    def __init__(self, ask: Ask, parent: QWidget) -> None:
        super().__init__(_("History"), ("", "small"), parent)
        self._ask = ask
        self._rows: Sequence[HistoryRow] = ()
        self._can_write = True
        self._buttons: list[MendButtons] = []

    def show_rows(self, rows: Sequence[HistoryRow], texts: Sequence[tuple[str, str]], can_write: bool) -> None:
        """Show these facts instead of the previous ones; `texts`: two for each, or one sentence without any fact."""
        self._rows, self._can_write = rows, can_write
        self.show_texts(texts)

    def _show(self, entries: int) -> None:
        super()._show(entries)
        for number, buttons in enumerate(self._buttons):
            label = self._labels[number * len(self._roles)]
            if number < len(self._rows) and not label.isHidden():
                buttons.show_row(self._rows[number], label.text(), self._can_write)
            else:
                buttons.hide()

    def _add(self) -> None:
        super()._add()
        if len(self._labels) % len(self._roles) == 0:
            self._buttons.append(MendButtons(self._ask, self))
            self._column.insertWidget(self._column.count() - 1, self._buttons[-1])


class MendButtons(ColumnPart):
    """The buttons below a fact; hidden where nothing can be done to it."""

    def __init__(self, ask: Ask, parent: QWidget) -> None:
        super().__init__(parent)
        self._seq = ""
        row = FlowLayout(self)
        self.mends: dict[str, Button] = {}
        for mend in MENDS_IN_ORDER:
            self.mends[mend] = Button(mend_text(mend), partial(self._ask, ask, mend), "link", parent=self)
            row.addWidget(self.mends[mend])
        self.correct, self.take_back = self.mends[CORRECT], self.mends[TAKE_BACK]

    def _ask(self, ask: Ask, mend: str) -> None:
        ask(mend, self._seq)

    def show_row(self, row: HistoryRow, line: str, can_write: bool) -> None:
        """Offer what can be done to a fact; `line`: how the history says it, for a screen reader."""
        self._seq = str(row.record.seq)
        possible = mends_of(row)
        for mend, button in self.mends.items():
            button.setVisible(mend in possible)
            button.setEnabled(can_write)
            button.setAccessibleName(f"{button.text()} {line}")
        self.setVisible(bool(possible))
