"""The dialog that gives a fact to the participant it belongs to: to whom, why, and what moves for both."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.refusal import Refused
from app.ui.dialogs.change import titles
from app.ui.dialogs.change.mend_dialog import MendDialog
from app.ui.forms.choice_editors import FreeEditor
from app.ui.session.mend_request import HandOverRequest
from app.ui.session.session import StudySession
from app.ui.style import tokens
from app.ui.widgets.text import Label
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.domain.calendar.entries import Entry
    from app.services.queries.history import HistoryRow
    from app.services.queries.participant import ParticipantView


def ask_hand_over(
    session: StudySession, view: "ParticipantView", row: "HistoryRow", parent: QWidget | None = None
) -> "HandOverDialog":
    """Open the dialog that gives a fact to another participant, over its window."""
    dialog = HandOverDialog(session, view, row, parent)
    dialog.open_over_window()
    return dialog


class HandOverDialog(MendDialog):
    """It takes the fact back of the one and records it of the other, and shows what that moves for each."""

    always_previews = True

    def __init__(
        self, session: StudySession, view: "ParticipantView", row: "HistoryRow", parent: QWidget | None = None
    ) -> None:
        """`row`: the fact in the history of the participant whom it does not belong to."""
        super().__init__(session, view, row, takes_back=True, parent=parent)

    def title(self) -> str:
        """Return the title, with the participant and the visit."""
        return titles.hand_over_title(self.view, self.visit)

    def button_text(self, entry: "Entry | None", moving: int) -> str:
        """Return the text of the primary button, with the code of the other participant once it is chosen."""
        other = self.other()
        return _("Give to {code}").format(code=other) if other else _("Give to the other participant")

    def _make_form(self, given: Mapping[str, object], inside: QWidget) -> list[QWidget]:
        """Make the lines that are given away, and below them to whom and why."""
        lines, why = super()._make_form(given, inside)
        codes = self.session.view.participants if self.session.view is not None else ()
        self.who = _Who([code for code in codes if code != self.view.code], inside)
        self.who.editor.changed.connect(self._typed)
        self.why.set_question(_("Why does it belong there?"))
        return [lines, self.who, why]

    def _begin(self) -> None:
        super()._begin()
        self.who.editor.line.setFocus()

    def other(self) -> str:
        """Return the code of the other participant as it is known; as it was typed where nobody has it."""
        typed = str(self.who.editor.value() or "")
        codes = self.session.view.participants if self.session.view is not None else ()
        return next((code for code in codes if code.casefold() == typed.casefold()), typed)

    def request(self) -> HandOverRequest:
        """Return what is typed."""
        return HandOverRequest(
            code=self.view.code, fact=self.fact, other=self.other(), reason=self.why.text(), names=self.view.names
        )

    def _show_refused(self, refused: Refused) -> None:
        if self.other():
            super()._show_refused(refused)
            if refused.place == self.other():
                # It is refused there, so its visits are those of the other participant.
                self.frame.impact.totals.setText(f"{self.other()}: {self.frame.impact.totals.text()}")
            return
        self.both.table.hide()
        self.frame.impact.show_working(False)
        self.frame.impact.show_instead(_("Choose whom it belongs to. Then what moves for both is shown here."))
        self._name_button()

    def lacks_reason(self) -> bool:
        """Whether it is not said to whom or why; the dialog then asks for it."""
        if not self.other():
            self.frame.banner.tell(_("Choose the participant that it belongs to."), "notice")
            self.who.editor.line.setFocus()
            return True
        if self.why.text():
            return False
        self.frame.banner.tell(_("Say why it belongs to the other participant."), "notice")
        self.why.editor.setFocus()
        return True

    def _typed_so_far(self) -> tuple[object, ...]:
        return *super()._typed_so_far(), self.who.editor.value()


class _Who(QWidget):
    """The question to whom a fact belongs."""

    def __init__(self, codes: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        question = _("Which participant does it belong to?")
        self.editor = FreeEditor(question, [(code, code) for code in codes], self)
        label = Label(question, "strong", parent=self)
        label.setBuddy(self.editor.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GRID)
        column.addWidget(label)
        column.addWidget(self.editor)
