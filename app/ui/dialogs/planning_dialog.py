"""What the planning rules of this program would move, visit by visit over all participants, and accepting it."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.domain.calendar.difference import Change
from app.services.queries.planning import Planning, PlanningProposal
from app.ui.dialogs.impact import text
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.row_table import set_up_rows
from app.ui.widgets.text import Wrapped, tip
from app.wording.language import gettext as _
from app.wording.names import visit_name
from app.wording.planning import offer_text, proposal_text, today_text

_Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {0: 92, 2: 104, 3: 104, 4: 124}
"""The widths of the columns that do not share the rest."""


class PlanningModel(QAbstractTableModel):
    """One row for each visit that moves: code, visit, day before, day after, what happens to it, and why."""

    def __init__(self, proposal: PlanningProposal | None, parent: QObject | None = None) -> None:
        """Take the rows of a proposal; none where there is nothing to accept."""
        super().__init__(parent)
        self._proposal = proposal
        changes = proposal.changes if proposal is not None else {}
        self.rows: list[tuple[str, Change]] = [(code, one) for code, every in changes.items() for one in every]

    def cells(self, row: int) -> tuple[str, ...]:
        """Return one row in words, column by column."""
        code, change = self.rows[row]
        assert self._proposal is not None  # noqa: S101 - rows come from a proposal
        today, (before, after) = self._proposal.today, self._proposal.calendars[code]
        return (
            code,
            visit_name(text.entry_of(change)),
            text.now_text(change, today),
            text.new_text(change, today),
            text.shift_text(change),
            text.why_text(change, before, after),
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Code"), _("Visit"), _("Before"), _("After"), _("Change"), _("Why"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(index.row())[index.column()]
        return tip(self.cells(index.row())[index.column()]) if role == Qt.ItemDataRole.ToolTipRole else None


class PlanningDialog(QDialog):
    """Shows what moves, and lets somebody accept it."""

    def __init__(self, found: Planning, writable: bool, accept: Callable[[], object], parent: QWidget | None) -> None:
        """`accept`: called when it is accepted. `writable`: it may be."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Planning rules"))
        proposal = found.proposal
        self.model = PlanningModel(proposal, self)
        self.said = Wrapped(_head(found), "strong")
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Visits that move"))
        set_up_rows(self.table)
        for column in range(self.model.columnCount()):
            mode = QHeaderView.ResizeMode.Fixed if column in _WIDTHS else QHeaderView.ResizeMode.Stretch
            self.table.horizontalHeader().setSectionResizeMode(column, mode)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, tokens.px(width))
        self.table.verticalHeader().setDefaultSectionSize(tokens.row_height())
        self.table.setVisible(bool(self.model.rows))
        offers = [offer_text(one.protocol, one.known, one.version, on_screen=True) for one in found.offers]
        self.offers = Wrapped("\n".join(offers), "small")
        self.offers.setVisible(bool(offers))
        self.close_button = Button(_("Close"), self.reject)
        self.accept_button = Button(_("Accept"), lambda: self._accept(accept), "primary")
        self.accept_button.setVisible(proposal is not None and writable)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(self.offers)
        column.addLayout(dialog_foot(self.close_button, self.accept_button))
        self.resize(tokens.px(760), 440 if self.model.rows else self.sizeHint().height())

    def _accept(self, accept: Callable[[], object]) -> None:
        accept()
        self.accept()


def _head(found: Planning) -> str:
    proposal = found.proposal
    if proposal is None:
        return today_text(found.rules)
    counts = (proposal.visits, len(proposal.changes))
    return proposal_text(proposal.rules, proposal.planned_on, found.rules, *counts)
