"""The dialog that corrects a recorded fact, or takes it back: why, and what that changes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused
from app.services.commands.mend import MendProposal
from app.ui.dialogs.change import titles
from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.dialogs.change.form import ChangeForm
from app.ui.dialogs.change.moves_of_both import MovesOfBoth
from app.ui.forms.text_editors import LineEditor
from app.ui.session.mend_request import HandOverRequest, MendRequest
from app.ui.session.session import StudySession
from app.ui.style import tokens
from app.ui.widgets.text import Label, Wrapped
from app.wording import visit_details as words
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.domain.calendar.entries import Entry
    from app.services.commands.record import Proposal
    from app.services.queries.history import HistoryRow
    from app.services.queries.participant import ParticipantView


def ask_mend(
    session: StudySession, view: "ParticipantView", row: "HistoryRow", takes_back: bool, parent: QWidget | None = None
) -> "MendDialog":
    """Open the dialog that corrects a fact of the history, or takes it back, over its window."""
    dialog = MendDialog(session, view, row, takes_back, parent)
    dialog.open_over_window()
    return dialog


class MendDialog(ChangeDialog):
    """A correction shows the form with what was recorded; taking back shows all that the command recorded."""

    def __init__(
        self,
        session: StudySession,
        view: "ParticipantView",
        row: "HistoryRow",
        takes_back: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`row`: the fact in the history of the participant."""
        self.fact, self.takes_back = row.past.now, takes_back
        # Taking a correction back changes what the fact that it corrects changes.
        shown = row.past.of or self.fact
        self._came_from = row.past.came_from
        super().__init__(session, view, shown.kind, "", shown.fields, parent)
        self.frame.impact.table.changes.offers_hold = False

    def title(self) -> str:
        """Return ``Correct`` or ``Take back``, with the participant and the visit."""
        return titles.mend_title(self.takes_back, self.view, self.visit)

    def button_text(self, entry: "Entry | None", moving: int) -> str:
        """Return the text of the primary button; `moving`: the number of other visits that move."""
        return titles.mend_button(self.takes_back, moving)

    # Layout

    def _make_form(self, given: Mapping[str, object], inside: QWidget) -> list[QWidget]:
        """Make the form as it was recorded, or the lines that are taken back, and below it the question why."""
        self.form = ChangeForm(self.kind, self.view, self.visit, given, self.session.today, inside, is_recorded=True)
        self._was = self.form.fields()
        self.why = Why(_("Why is it taken back?") if self.takes_back else _("Why is it corrected?"), inside)
        self.why.editor.changed.connect(self._typed)
        if not self.takes_back:
            return [self.form, self.why]
        self.form.hide()
        self.lines = Wrapped("\n".join(self._taken_back()), parent=inside)
        return [self.lines, self.why]

    def _taken_back(self) -> list[str]:
        """Return everything that the command recorded and that still counts."""
        names = self.view.names
        mine = [row for row in self.view.history if row.record.command == self.fact.command and row.stands]
        lines = [words.history_line(row.past, names) for row in mine]
        if self._came_from:
            lines.append(_("It counts again for {code}.").format(code=names.of_person(self._came_from)))
        return lines

    @property
    def always_previews(self) -> bool:  # type: ignore[override]
        """Whether the fact says who somebody is, by which everything is planned, or comes from another participant."""
        return KINDS[self.kind].field("code") is not None or bool(self._came_from)

    def _begin(self) -> None:
        self.both = MovesOfBoth(self.frame.impact)
        super()._begin()
        if self.takes_back:
            self.why.editor.setFocus()

    # Typing

    def changes(self) -> dict[str, object]:
        """Return the fields that differ from what was recorded; None for one that was emptied."""
        now = self.form.fields()
        return {name: now.get(name) for name in {**self._was, **now} if now.get(name) != self._was.get(name)}

    def request(self) -> MendRequest | HandOverRequest:
        """Return the correction, or the taking back, as it is typed."""
        changes = None if self.takes_back else self.changes()
        others = (self.view.names.of_person(self._came_from),) if self._came_from else ()
        return MendRequest(
            code=self.view.code,
            fact=self.fact,
            changes=changes,
            reason=self.why.text(),
            names=self.form.form.names,
            others=others,
        )

    def _show_typed(self) -> None:
        super()._show_typed()
        if self.takes_back:
            self.frame.deviation.hide()

    def _show_proposal(self, proposal: "Proposal") -> None:
        super()._show_proposal(proposal)
        if isinstance(proposal, MendProposal):
            self.both.show_proposal(proposal)

    def _show_refused(self, refused: Refused) -> None:
        self.both.table.hide()
        if refused.kind != "nothing_to_correct":
            super()._show_refused(refused)
            return
        self.frame.impact.show_working(False)
        self.frame.impact.show_instead(_("Change a field. Then what changes is shown here."))
        self._name_button()

    def lacks_reason(self) -> bool:
        """Whether it is not said why; the dialog then asks for it."""
        if self.why.text():
            return False
        self.frame.banner.tell(
            _("Say why it is taken back.") if self.takes_back else _("Say why it is corrected."), "notice"
        )
        self.why.editor.setFocus()
        return True

    def show_at_field(self, refused: Refused) -> bool:
        """Show a refusal at the field that it means; what is taken back has no fields to show it at."""
        of_why = refused.place == "reason" and "reason" not in self.changes()
        return not self.takes_back and not of_why and super().show_at_field(refused)

    def _typed_so_far(self) -> tuple[object, ...]:
        return *super()._typed_so_far(), self.why.text()


class Why(QWidget):
    """The question why something that was recorded is changed."""

    def __init__(self, question: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor = LineEditor(question, self)
        self._label = Label(question, "strong", parent=self)
        self._label.setBuddy(self.editor.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GRID)
        column.addWidget(self._label)
        column.addWidget(self.editor)

    def set_question(self, question: str) -> None:
        """Ask another question."""
        self._label.setText(question)
        self.editor.line.setAccessibleName(question)

    def text(self) -> str:
        """Return the reason without spaces around it."""
        return str(self.editor.value() or "")
