"""The panel of a change's impact: totals in words, the table, and the reason for the visits that are held."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.dialogs.impact.table import ImpactTable
from app.ui.dialogs.impact.table_model import VISIT, WHY
from app.ui.style import tokens
from app.ui.visit.impact_text import moving, totals_text
from app.ui.widgets.buttons import Button
from app.ui.widgets.text import Label, Wrapped, tip
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.commands.record import Proposal

SLOW_MS = 150
"""An answer that takes longer than this is announced as still to come."""


class ImpactPanel(QWidget):
    """The right side of the dialog. It keeps the last answer while the next one is calculated."""

    changed = Signal()
    """A visit is held or released, or the reason was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.moving = 0
        self.totals = Wrapped("", "strong", parent=self)
        self.working = Label("", "small", parent=self)
        self.hint = Wrapped(_("Untick a visit to hold it on its day."), "small", parent=self)
        self.hold_button = Button(_("Hold (Alt+H)"), self._hold_chosen, "link", parent=self)
        # Tab goes from the form to the table, where Space holds a visit too.
        self.hold_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # An access key would act a moment later, after an Enter that follows it at once.
        QShortcut(QKeySequence("Alt+H"), self, self._hold_chosen)
        self.hold_button.setAccessibleName(_("Hold the chosen visit on its day, or let it move"))
        self.hold_button.setToolTip(tip(_("Hold the chosen visit on its day, or let it move")))
        self.table = ImpactTable(self)
        self.detail = Wrapped("", "small", parent=self)
        self.why_held = _WhyHeld(self)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(lambda: self.working.setText(_("working out …")))
        self._build()
        self.table.changes.holds.connect(self.changed)
        self.why_held.edit.textEdited.connect(self.changed)
        self.table.selectionModel().currentRowChanged.connect(lambda *_indexes: self._tell_why())

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(4 * tokens.GRID, 3 * tokens.GRID, 4 * tokens.GRID, 2 * tokens.GRID)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.totals)
        said.addWidget(self.hint)
        head.addLayout(said, 1)
        head.addWidget(self.working, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.hold_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(self.why_held)
        column.addStretch(0)
        self.detail.setContentsMargins(4 * tokens.GRID, tokens.GRID, 4 * tokens.GRID, tokens.GRID)
        self.why_held.hide()
        self.table.setMinimumHeight(tokens.px(112))
        self._show_table(False)

    @property
    def held(self) -> frozenset[str]:
        """The visits that stay on their day."""
        return self.table.changes.held

    def hold(self, keys: frozenset[str]) -> None:
        """Hold exactly these visits."""
        self.table.changes.hold(keys)

    def _hold_chosen(self) -> None:
        """Hold or release the chosen visit; where that cannot be held, the first that can."""
        changes, chosen = self.table.changes, self.table.currentIndex().row()
        rows = [chosen, *range(len(changes.rows))] if chosen >= 0 else range(len(changes.rows))
        row = next(filter(changes.may_toggle, rows), None)
        if row is not None:
            self.table.selectRow(row)
            changes.toggle(row)

    def ask_why_held(self, no_reason: bool) -> None:
        """Ask for a reason when a visit is held and the form has no reason."""
        self.why_held.setVisible(no_reason and bool(self.held))

    def show_working(self, under_way: bool) -> None:
        """Say quietly that the answer is still to come, unless it comes at once."""
        if under_way:
            self._slow.start()
        else:
            self._slow.stop()
            self.working.setText("")

    def show_proposal(self, proposal: "Proposal", kind: str, own: str) -> None:
        """Show the changes that a proposal makes to the calendar."""
        changes = self.table.changes
        changes.show_changes(proposal.changes, proposal.before, proposal.after, own)
        self.moving = moving(changes.rows, kind, own)
        self._say(totals_text(changes.rows, kind, own), "", "strong")
        self._show_table(bool(changes.rows))

    def show_instead(self, text: str, tone: str = "muted") -> None:
        """Show a sentence instead of a preview, for example why there is none."""
        self.table.changes.show_changes((), None, None)
        self.moving = 0
        self._say(text, tone, "")
        self._show_table(False)

    def _say(self, text: str, tone: str, role: str) -> None:
        if (self.totals.property("role"), self.totals.property("tone")) != (role, tone):
            self.totals.setProperty("role", role)
            self.totals.setProperty("tone", tone)
            self.totals.style().unpolish(self.totals)
            self.totals.style().polish(self.totals)
        self.totals.setText(text)

    def _show_table(self, shown: bool) -> None:
        changes = self.table.changes
        self.table.setVisible(shown)
        may_hold = shown and any(map(changes.may_toggle, range(len(changes.rows))))
        self.hint.setVisible(may_hold)
        self.hold_button.setVisible(may_hold)
        self._tell_why()

    def _tell_why(self) -> None:
        """Show the complete reason of the current row."""
        row = self.table.currentIndex().row()
        known = 0 <= row < len(self.table.changes.rows) and not self.table.isHidden()
        why = self.table.changes.text(row, WHY) if known else ""
        text = f"{self.table.changes.text(row, VISIT)}: {why}" if why else ""
        self.detail.setText(text)
        self.detail.setVisible(bool(text))


class _WhyHeld(QWidget):
    """Asks for the reason why visits are held."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Label(_("&Why are these held?"), "strong", parent=self)
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(_("Why are these held?"))
        self.label.setBuddy(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * tokens.GRID, 2 * tokens.GRID, 4 * tokens.GRID, 2 * tokens.GRID)
        row.setSpacing(2 * tokens.GRID)
        row.addWidget(self.label)
        row.addWidget(self.edit, 1)

    def text(self) -> str:
        """Return the reason without spaces around it; empty when it was not asked for."""
        return self.edit.text().strip() if not self.isHidden() else ""
