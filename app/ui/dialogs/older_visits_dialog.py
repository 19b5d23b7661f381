"""The dialog that goes through the older visits nobody has recorded: one at a time, each answered by one key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QWidget

from app.domain.refusal import Refused
from app.services.queries.agenda_filter import EVERYTHING, Filter
from app.services.queries.older_visits import OlderVisit, VisitName, kind_of_answer, older_visit
from app.services.study.study import Study
from app.ui.dialogs.change.dialog import ChangeDialog, ask_change
from app.ui.dialogs.change.form import ChangeForm
from app.ui.dialogs.older_visits_frame import OlderVisitsFrame
from app.ui.forms.unsaved import FormDialog
from app.ui.session.error_text import error_text
from app.ui.session.proposal_jobs import ChangeRequest, PreviewJob, SaveJob
from app.ui.session.session import Changed, StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.question import ask_whether
from app.wording import older_visits as words
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.protocol_names import names_in
from app.wording.refusals import refusal_text

if TYPE_CHECKING:
    from app.services.commands.record import Proposal, Saved

_KEYS: Mapping[int, str] = {
    Qt.Key.Key_A: "planned",
    Qt.Key.Key_D: "other_day",
    Qt.Key.Key_N: "not_come",
    Qt.Key.Key_R: "rebooked",
    Qt.Key.Key_O: "not_needed",
    Qt.Key.Key_L: "later",
}


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was given. `command`: that which recorded it; None for a visit that was left for later."""

    visit: VisitName
    answer: str
    command: int | None = None


class OlderVisitsDialog(FormDialog):
    """Shows one visit with what each answer needs; an answer is recorded as any other change, with its preview."""

    def __init__(self, session: StudySession, chosen: Filter | None = None, parent: QWidget | None = None) -> None:
        """`chosen`: the visits of the list that are gone through."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Older visits"))
        self.session, self._chosen = session, chosen or EVERYTHING
        self.answered: list[Answered] = []
        self.older: OlderVisit | None = None
        self.answer = "planned"
        self._shown: ChangeRequest | None = None
        self._wanted: VisitName | None = None
        self._job: Job | None = None
        self._presses = False
        self.frame = OlderVisitsFrame(self._choose, self.undo, self)
        self.preview = PreviewJob(session, self)
        self.saving = SaveJob(session, self, _("Saving"))
        self._connect()
        self.setMinimumSize(QSize(360, 320))
        self.resize(tokens.px(620), tokens.px(470))
        self.read()

    def _connect(self) -> None:
        self.frame.fill(self)
        self.frame.close_button.clicked.connect(self.reject)
        self.frame.save_button.clicked.connect(self.save)
        self.frame.back_button.clicked.connect(self._back)
        self.preview.ready.connect(self._show_proposal)
        self.preview.refused.connect(self._show_refused)
        self.saving.saved.connect(self._saved)
        self.saving.failed.connect(self._not_saved)
        self.session.changed.connect(self._changed)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.undo)

    # The visit

    def read(self) -> None:
        """Ask for the next visit."""
        passed, today, wanted = {one.visit for one in self.answered}, self.session.today, self._wanted
        if self._job is not None:
            self._job.stop()
        self.preview.stop()

        def read(study: Study, _job: Job) -> OlderVisit | None:
            return older_visit(study, today, passed, self._chosen, wanted)

        self._job = self.session.ask(read, self._show, lambda error: self.frame.banner.tell(error_text(error)), self)

    def _show(self, older: OlderVisit | None) -> None:
        self._job, self._wanted, self.older = None, None, older
        self.frame.may_undo(bool(self.answered))
        if older is None:
            self.frame.show_summary(words.summary_text([one.answer for one in self.answered]))
            return
        number = len(self.answered) + 1
        self.frame.show_visit(older, words.progress_text(number, number + older.left - 1))
        self._ask("planned")
        if not self.session.can_write:
            why = self.session.view.read_only if self.session.view is not None else _("no study is open")
            self.frame.banner.tell(f"{sentence_case(why)}.", "notice", closable=False)
            self.frame.may_answer(False)

    def _ask(self, answer: str) -> None:
        """Show what an answer needs, and its effect."""
        older = self.older
        if older is None:
            return
        self.answer, self._shown, self._presses = answer, None, False
        self.frame.sure.follow((older.name, answer))
        self.frame.banner.hide()
        if answer == "planned":
            self.frame.hold_form(None)
        else:
            entry = older.row.entry
            kind, visit = kind_of_answer(answer, entry), entry.key
            given: dict[str, object] = {"on": entry.assumed}
            given |= {"reason": _("not needed")} if answer == "not_needed" else {}
            form = ChangeForm(kind, older.view, visit, given, self.session.today, self.frame.form_place)
            form.changed.connect(self._typed)
            self.frame.hold_form(form, answer)
        self._typed_at_first = self._typed_now()
        self.preview.want(self.request(), at_once=True)

    def request(self) -> ChangeRequest:
        """Return the change that the answer is."""
        older, form = self.older, self.frame.form
        if older is None:
            raise ValueError
        fields = {"visit": older.row.entry.key, "on": older.row.entry.assumed} if form is None else form.fields()
        return ChangeRequest(older.view.code, kind_of_answer(self.answer, older.row.entry), fields)

    def _typed(self) -> None:
        self._shown, form = None, self.frame.form
        if form is not None:
            self.frame.sure.follow((self.answer, form.form.days()))
        self.preview.want(self.request())

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a letter, save by Enter; a field takes its own letters first."""
        key, plain = (
            event.key(),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        enters, focus = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter), self.focusWidget()
        if key == Qt.Key.Key_Escape and self.frame.form is not None:
            self._back()
        elif plain and key == Qt.Key.Key_U:
            self.undo()
        elif plain and key in _KEYS and self.older is not None:
            self._choose(_KEYS[key])
        elif enters and isinstance(focus, QPushButton):
            focus.click()
        elif enters and self.older is None:
            self.reject()
        elif enters and (isinstance(focus, QLineEdit | QComboBox | QCheckBox) or self.frame.form is None):
            self.save()
        elif not enters:
            super().keyPressEvent(event)

    def _back(self) -> None:
        """Leave the form of an answer, back to the choice; ask first where something was typed."""
        if not self._is_typing():
            self._ask("planned")
            return
        text = _("What you typed is not saved. Shall it be thrown away?")
        ask_whether(self, text, _("Throw it away"), lambda: self._ask("planned"), _("Go on typing"))

    def _choose(self, answer: str) -> None:
        """Take an answer: at once where nothing more is needed and its effect was seen."""
        older = self.older
        if older is None or self.saving.under_way or not self.session.can_write:
            return
        if answer == "later":
            self.answered.append(Answered(older.name, answer))
            self.read()
        elif answer == "rebooked":
            self._rebook(older)
        elif answer == "planned":
            if self.frame.form is not None:
                self._ask(answer)
            self.save()
        else:
            self._ask(answer)
            if self.frame.form is not None:
                self._first_field(self.frame.form)

    def _first_field(self, form: ChangeForm) -> None:
        edit = form.day_edit()
        if self.answer == "other_day" and edit is not None:
            edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            edit.line.selectAll()
        else:
            form.focus_first()

    def _rebook(self, older: OlderVisit) -> None:
        dialog = ask_change(self.session, older.view, "booked", older.row.entry.key, {}, self)
        dialog.saved.connect(lambda saved: self._record("rebooked", saved))

    # Preview and saving

    def _show_proposal(self, proposal: "Proposal") -> None:
        older = self.older
        if older is None:
            return
        visit = older.row.entry.key
        effect = words.effect_text(proposal.changes, visit)
        moves = bool(words.effect_on_others(proposal.changes, visit))
        self.frame.say_effect(self.answer, effect, moves)
        self._shown = self.request()
        if not self._presses:
            return
        self._presses = False
        # What was pressed before its effect could be read is saved only where there is nothing to read.
        if not moves and proposal.doubt is None:
            self.save()
        elif proposal.doubt is not None:
            self._ask_whether(proposal.doubt)

    def _show_refused(self, refused: Refused) -> None:
        older, self._presses = self.older, False
        names = names_in(older.view.calendar, older.view.protocol) if older is not None else None
        if refused.kind == "field_missing":
            self.frame.say_effect(self.answer, _("what is missing is asked for above"), False)
        elif names is not None:
            text = refusal_text(Refused(refused.kind, "", **refused.values), True, names)
            self.frame.say_effect(self.answer, text, True)

    def _ask_whether(self, doubted: BaseException) -> None:
        self.frame.sure.ask(doubted)
        self.frame.sure.take_keyboard()

    def save(self) -> None:
        """Record the answer, once its effect was shown and what is doubted is confirmed."""
        if self.saving.under_way or self.older is None or not self.session.can_write:
            return
        request, form = self.request(), self.frame.form
        if form is not None:
            form.clear_refusals()
            if form.form.refuse_missing():
                return
        proposal = self.preview.proposal(request)
        if self._shown != request:
            self._presses = True
            self.preview.want(request, at_once=True)
            return
        confirmed = self.frame.sure.confirmed()
        doubt = proposal.doubt if proposal is not None else None
        if doubt is not None and (confirmed is None or not confirmed.covers(doubt)):
            self._ask_whether(doubt)
            return
        self.preview.stop()
        self.saving.save(request, proposal, confirmed)

    def _saved(self, saved: "Saved") -> None:
        self._record(self.answer, saved)

    def _record(self, answer: str, saved: "Saved") -> None:
        if self.older is not None:
            self.answered.append(Answered(self.older.name, answer, saved.command))
        self.read()

    def _not_saved(self, error: BaseException) -> None:
        form = self.frame.form
        if self.frame.sure.ask(error):
            self.frame.sure.take_keyboard()
        elif not (form is not None and isinstance(error, Refused) and form.show_refusal(error)):
            self.frame.banner.tell(f"{sentence_case(error_text(error))}")
            self.preview.forget()
            self.preview.want(self.request(), at_once=True)

    def undo(self) -> None:
        """Take the last answer back, and show its visit again."""
        if not self.answered or self.saving.under_way or self._is_typing():
            return
        last = self.answered[-1]
        self._wanted = last.visit
        if last.command is None:
            self.answered.pop()
            self.read()
        else:
            self.session.undo(command=last.command)

    def _changed(self, changed: Changed) -> None:
        """Read again when something was recorded elsewhere, or an answer was taken back."""
        if changed.by is self or self.saving.under_way:
            return
        if self._wanted is not None and self.answered and self.answered[-1].visit == self._wanted:
            self.answered.pop()
        if not any(dialog.isVisible() for dialog in self.findChildren(ChangeDialog)):
            self.read()

    # Closing

    def _typed_now(self) -> object:
        form = self.frame.form
        return form.typed() if form is not None else None

    def _is_typing(self) -> bool:
        return self.frame.form is not None and self._typed_now() != self._typed_at_first

    def has_typed(self) -> bool:
        """Whether something was typed into the form of an answer that is not saved."""
        return self.older is not None and not self.saving.under_way and self._is_typing()

    def may_close(self) -> bool:
        """Whether nothing is being saved."""
        return not self.saving.under_way

    def discard(self) -> None:
        """Close without saving and without asking."""
        self.preview.stop()
        super().discard()
