"""What the planning rules of this program would move, visit by visit over all participants, and accepting it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.services.queries.planning import Planning
from app.ui.style import tokens
from app.ui.visit.moves_table import MovesModel, moves_table
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.text import Wrapped
from app.wording.language import gettext as _
from app.wording.planning import offer_text, proposal_text, today_text


class PlanningDialog(QDialog):
    """Shows what moves, and lets somebody accept it."""

    def __init__(self, found: Planning, writable: bool, accept: Callable[[], object], parent: QWidget | None) -> None:
        """`accept`: called when it is accepted. `writable`: it may be."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Planning rules"))
        proposal = found.proposal
        self.model = MovesModel(self)
        if proposal is not None:
            self.model.show_changes(proposal.changes, proposal.calendars, proposal.today)
        self.said = Wrapped(_head(found), "strong")
        self.table = moves_table(self.model)
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
