"""The visits of several participants that a change of the study moves: code, visit, both days, what happens, why."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from app.domain.calendar.difference import Change, left_behind
from app.domain.calendar.entries import OPEN, Calendar
from app.ui.style import tokens
from app.ui.visit import impact_text as text
from app.ui.widgets.name_column import name_column
from app.ui.widgets.rows_of_text import RowsTable, TextRowsModel, table_of
from app.wording.language import gettext as _
from app.wording.names import visit_name

Index = QModelIndex | QPersistentModelIndex
VISIT, CHANGE, WHY = 1, 4, 5
"""The columns of the visit, of what happens, and why."""
_WIDTHS = {0: 92, 2: 104, 3: 104, 4: 124}
"""The widths of the columns that do not share the rest."""


def needs_somebody(change: Change) -> bool:
    """Return whether a change of a visit is to be seen to: a booking left behind, a window left, a closed day met.

    Of a visit with a result there is nothing to be done.
    """
    if change.new is not None and change.new.status not in OPEN:
        return False
    return left_behind(change) or change.leaves_window or change.meets_closed_day


class MovesModel(TextRowsModel):
    """One row for each visit that changes, with its participant's code."""

    def __init__(self, parent: QWidget) -> None:
        """Make a model without rows."""
        super().__init__(
            (_("Code"), _("Visit"), _("Before"), _("After"), _("Change"), _("Why")), self._in_words, parent
        )
        self._today = date.min
        self._calendars: Mapping[str, tuple[Calendar, Calendar]] = {}

    def show_changes(
        self,
        changes: Mapping[str, Sequence[Change]],
        calendars: Mapping[str, tuple[Calendar, Calendar]],
        today: date,
    ) -> None:
        """Show these changes, first those that need another booking; `calendars`: before and after, by the code."""
        self.know(calendars, today)
        rows = [(code, one) for code, every in changes.items() for one in every]
        self.show_rows(sorted(rows, key=lambda row: not left_behind(row[1])))

    def know(self, calendars: Mapping[str, tuple[Calendar, Calendar]], today: date) -> None:
        """Put the rows that are shown next into words by these calendars."""
        self._calendars, self._today = calendars, today

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = super().data(index, role)
        if index.isValid() and index.column() == CHANGE and needs_somebody(self.rows[index.row()][1]):
            if role == Qt.ItemDataRole.DisplayRole:
                return f"▲ {found}"
            if role == Qt.ItemDataRole.ForegroundRole:
                return tokens.color("due")
        return found

    def _in_words(self, row: tuple[str, Change]) -> tuple[str, ...]:
        code, change = row
        before, after = self._calendars[code]
        return (
            code,
            visit_name(text.entry_of(change)),
            text.now_text(change, self._today),
            text.new_text(change, self._today),
            text.shift_text(change),
            text.window_text(change) if change.meets_closed_day else text.why_text(change, before, after),
        )


def moves_table(model: MovesModel, widths: Mapping[int, int] = _WIDTHS) -> RowsTable:
    """Return the table of the visits that move. `widths`: as for `table_of`."""
    found = table_of(model, _("Visits that move"), widths)
    found.fit_codes(0, lambda: {code for code, _change in model.rows})
    name_column(found, VISIT)
    return found
