"""The visits that move of two participants, in the place of those of one: where a fact goes from one to the other."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.domain.calendar.difference import totals
from app.ui.dialogs.impact.panel import ImpactPanel
from app.ui.style import tokens
from app.ui.visit.impact_text import rows_of
from app.ui.visit.moves_table import WHY, MovesModel, moves_table
from app.wording.differences import totals_text
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.commands.mend import MendProposal

_WIDTHS = {0: 64, 2: 92, 3: 92, 4: 112}
"""The widths of the columns that do not share the rest."""
_ROOM_FOR_WHY = 640


class MovesOfBoth:
    """The table within the panel of a change's impact; hidden while a change concerns one participant."""

    def __init__(self, panel: ImpactPanel) -> None:
        """Put the table where that of one participant is."""
        self._panel = panel
        self.model = MovesModel(panel)
        self.table = moves_table(self.model, _WIDTHS)
        self.table.setMinimumHeight(tokens.px(112))
        column = panel.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, self.table, 1)
        self.table.hide()

    def show_proposal(self, proposal: "MendProposal") -> None:
        """Show what moves of both, after the panel has shown the proposal; nothing where it concerns one alone."""
        found = proposal.correction
        calendars = {
            after.participant: (before, after)
            for before, after in (found.calendars.values() if found is not None else ())
            if before is not None and after is not None
        }
        if found is None or len(calendars) < 2:
            self.table.hide()
            return
        for part in (self._panel.table, self._panel.hint, self._panel.detail):
            part.hide()
        changes = {code: rows_of(every) for code, every in found.changes.items() if code in calendars}
        self.model.show_changes(changes, calendars, proposal.today)
        self.table.setColumnHidden(WHY, self._panel.width() < tokens.px(_ROOM_FOR_WHY))
        self.table.setVisible(any(changes.values()))
        none = _("no visit changes")
        said = (f"{code}: {totals_text(totals(every)) if every else none}" for code, every in changes.items())
        self._panel.totals.setText("\n".join(said))
