"""The page of a new participant: one step of the form at the left, a preview of the calendar at the right."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.domain.refusal import Refused
from app.services.queries.intake_state import IntakeState, intake_state
from app.ui.forms.editor import Editor
from app.ui.forms.fact_form import FactForm
from app.ui.forms.protocol_offer import Offer, offer_of
from app.ui.forms.sure_question import SureQuestion
from app.ui.forms.unsaved import ask_before_losing
from app.ui.pages.enrolment.against import Against
from app.ui.pages.enrolment.columns import Columns
from app.ui.pages.enrolment.foot import Foot
from app.ui.pages.enrolment.outlook import outlook
from app.ui.pages.enrolment.questions import asked_fields, enrolment_questions, first_step, kept_answers, link_centre
from app.ui.pages.enrolment.step_bar import StepBar
from app.ui.pages.enrolment.steps import FIELDS, STEPS, Step, in_form, intake_of, needed, not_recorded
from app.ui.session.error_text import error_text
from app.ui.session.proposal_jobs import IntakeRequest, PreviewJob, SaveJob
from app.ui.session.session import Changed, StudySession
from app.ui.widgets.notes import Banner
from app.wording.doubts import remark_text
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.commands.record import Proposal
    from app.services.study.study import Study

PAUSE_MS = 250
"""After this pause in typing the page previews the calendar, or names the missing fields."""
Fields = dict[str, object]


class EnrolmentPage(QWidget):
    """Takes somebody into the study. What was typed and not saved is still there when the page is shown again."""

    enrolled = Signal(str)
    """The code of the participant of whom something was recorded."""
    printing = Signal(str)
    """The code of a participant whose calendar is to be printed."""
    left = Signal()
    identified = Signal()
    """Somebody was identified and is not screened: only the number is to be recorded."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        """Wait for `start`."""
        super().__init__(parent)
        self.session = session
        self.form: FactForm | None = None
        self.step: Step = STEPS[0]
        self.known: IntakeState | None = None
        self._offer: Offer | None = None
        self._fresh: Fields = {}
        self._given: Fields = {}
        self._put_aside: dict[object, Fields] = {}
        self._protocol: object = None
        self._withheld: Refused | None = None
        self._remark = self._enrolling = ""
        self._prints, self._begins_at = False, STEPS[0]
        self._says_read_only = self._finished = False
        self.preview_job = PreviewJob(session, self)
        self.save_job = SaveJob(session, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask_preview)
        self._lay_out()
        self.preview_job.ready.connect(self._show_proposal)
        self.preview_job.refused.connect(self._show_refused)
        self.preview_job.failed.connect(self._show_no_calendar)
        self.save_job.saved.connect(lambda _saved: self._saved())
        self.save_job.failed.connect(self._not_saved)
        keys = {"Ctrl+Return": self._go_on, "Ctrl+Enter": self._go_on, "Ctrl+S": self._enrol}
        keys |= {"Alt+Right": partial(self._go_by, 1), "Alt+Left": partial(self._go_by, -1)}
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        session.opened.connect(self._study_opened)
        session.changed.connect(self._study_changed)
        QApplication.instance().focusChanged.connect(self._keyboard_moved)  # type: ignore[union-attr]

    def _lay_out(self) -> None:
        self.steps, self.banner = StepBar(self.draft_name(), self), Banner(self)
        self.steps.wanted.connect(self.show_step)
        self.columns = Columns(self)
        self.form_area, self.preview = self.columns.left, self.columns.right
        self.against, self.sure = Against(self), SureQuestion(self)
        acts = (self._go_on, self._enrol, partial(self._enrol, prints=True), self._cancel, self.identified.emit)
        self.foot = Foot(*acts, parent=self)
        self.enrol_button, self.cancel_button = self.foot.enrol_button, self.foot.cancel_button
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        for part in (self.steps, self.banner, self.columns, self.against, self.sure, self.foot):
            column.addWidget(part, int(part is self.columns))

    # Beginning

    def go_on_with(self, code: str, step: str = STEPS[0]) -> None:
        """Go on with somebody of whom something is recorded; ask first where something was typed."""
        ask_before_losing(self, [self], lambda: self.start({"code": code}, step))

    def start(self, given: Fields | None = None, step: str = STEPS[0]) -> None:
        """Show a new form with these answers; what was typed and not saved stays instead.

        A code that is `given` is that of somebody of whom something is recorded, who goes on at that step.
        """
        if self.has_typed():
            self._say_still_here()
            return
        if self._finished and self.form is not None:
            # The next form is shown in a moment.
            self.form.hide()
        self.banner.hide()
        self._says_read_only = False
        self._begins_at = next((one for one in STEPS if one == step), STEPS[0])
        self._show_writable()
        code = str((given or {}).get("code") or "")

        def read(study: "Study", _job: object) -> tuple[Offer, IntakeState | None]:
            return offer_of(study), intake_state(study, code) if code else None

        self.session.ask(read, partial(self._offered, given or {}), owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """Show an empty form after somebody was enrolled, else say that what was typed is still here."""
        super().showEvent(event)
        if self._finished:
            self.start()
        elif self.has_typed():
            self._say_still_here()

    def _say_still_here(self) -> None:
        if not self._says_read_only:
            again = [(_("Begin afresh"), lambda: ask_before_losing(self, [self], self.start))]
            self.banner.tell(_("What you typed before is still here."), "plain", again)

    def discard(self) -> None:
        """Forget what was typed. The next form is made when the page is shown again, so that leaving takes no time."""
        self._pause.stop()
        self.preview_job.stop()
        self.preview_job.forget()
        self._withheld = None
        self._finished = True

    def _offered(self, given: Fields, found: tuple[Offer, IntakeState | None]) -> None:
        self._offer, known = found
        self.known = known if known is not None and known.goes_on else None
        begins_at = self._begins_at if self.known is not None else STEPS[0]
        self._given = {**given, **self.known.given} if self.known is not None else {} if known is not None else given
        self._put_aside = {}
        self.steps.call(self.draft_name(), named=self.known is not None)
        self.step = first_step(self.known, begins_at)
        self._ask({}, self._given.get("protocol") or self._offer.usual)
        if self.form is not None:
            self.form.focus_first()

    def _ask(self, fields: Fields, protocol: object) -> None:
        """Show the questions that the protocol leaves open, with the answers so far."""
        if self._offer is None:
            return
        questions = enrolment_questions(self._offer, protocol, self.known)
        form = FactForm(questions, self.session.today, self.form_area.viewport())
        form.show_part(self.step)
        self._finished = False
        form.set_fields({**self._given, "protocol": protocol or None})
        self._fresh = form.fields()
        if fields:
            form.set_fields({**dict.fromkeys(self._given), **fields})
        form.changed.connect(self._changed)
        form.part_shown.connect(self._step_shown)
        for name in ("protocol", "code") if self.known is not None else ():
            form.editor(name).setEnabled(False)
        chosen = form.editor("protocol")
        if isinstance(chosen, Editor):
            chosen.changed.connect(lambda: QTimer.singleShot(0, self, self._protocol_chosen))
        link_centre(form, self._offer, protocol)
        self.columns.hold_criteria(form, self.against.isHidden)
        self._put_in(form, protocol)
        self._step_shown(self.step)
        self._changed()

    def _put_in(self, form: FactForm, protocol: object) -> None:
        old, self.form, self._protocol = self.form, form, protocol
        taken = self.form_area.takeWidget()
        self.form_area.hold(form)
        if taken is not None:
            taken.deleteLater()
        if old is not None:
            old.hide()
        order = [*form.last_inputs(), self.preview.table, self.sure.box, *self.foot.buttons]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _protocol_chosen(self) -> None:
        """Ask what the chosen protocol leaves open; answers to what only the one before asks are put aside for it."""
        fields = self._typed()
        chosen = fields.get("protocol")
        self._put_aside[self._protocol] = {**fields, "protocol": self._protocol}
        self._ask({**self._put_aside.get(chosen, {}), **kept_answers(fields)}, chosen)
        if self.form is not None:
            self.form.editor("protocol").setFocus()

    # Steps

    def show_step(self, step: Step) -> None:
        """Go to a step, with the keyboard at its first question."""
        if self.form is None or not asked_fields(step, self.known):
            self._step_shown(self.step)
            return
        self.form.show_part(step)
        self._step_shown(step)
        self.form.focus_part()

    def _step_shown(self, step: str) -> None:
        self.step = next(one for one in STEPS if one == step)
        self.columns.show_preview(self.step != "screening")
        self._show_remark()
        self._show_foot()

    def _go_by(self, steps: int) -> None:
        asked = [one for one in STEPS if asked_fields(one, self.known)]
        self.show_step(asked[max(0, min(len(asked) - 1, asked.index(self.step) + steps))])

    def _go_on(self) -> None:
        """Go to the next step; from the last one record everything, and print."""
        if self.step == STEPS[-1]:
            self._enrol(prints=True)
        else:
            self._go_by(1)

    def _show_foot(self) -> None:
        fields, fresh = self._typed(), self._fresh
        done = {one for one in STEPS if any(fields.get(name) != fresh.get(name) for name in FIELDS[one])}
        recorded: set[Step] = {one for one in STEPS if not asked_fields(one, self.known)}
        self.steps.show_steps(self.step, done, recorded)
        protocol = self._offer.protocol(self._protocol) if self._offer is not None else None
        cohort = fields.get("cohort")
        registers = protocol is not None and isinstance(cohort, str) and protocol.only_records({"cohort": cohort})
        self.foot.show_step(self.step, self.request().intake, registers, fields)
        self.against.follow(protocol, self.form if self.step == "screening" else None)
        self._allow_enrolling()

    # The form

    def _typed(self) -> Fields:
        return self.form.fields() if self.form is not None else {}

    def request(self, step: Step | None = None) -> IntakeRequest:
        """Return what is recorded of what was typed, when one stops at a step, else at the present one."""
        # What is given of somebody who goes on is not always asked.
        return IntakeRequest(intake_of({**self._given, **self._typed()}, step or self.step, self.known))

    def draft_name(self) -> str:
        """Return the title of the page."""
        return _("New participant") if self.known is None else _("Go on with {code}").format(code=self.known.code)

    def has_typed(self) -> bool:
        """Whether the form differs from what it showed at first, and is not being saved."""
        if self.form is None or self._finished or self.save_job.under_way:
            return False
        usual = self._given.get("protocol") or (self._offer.usual if self._offer is not None else "")
        return self._typed() != self._fresh or (self._protocol or "") != usual

    def _changed(self) -> None:
        self._withheld, self._remark = None, ""
        self._show_remark()
        self.sure.follow(self.form.days() if self.form is not None else None)
        self._show_foot()
        self.preview_job.stop()
        self._pause.start()

    # The preview

    def _ask_preview(self) -> None:
        """Ask for the calendar of all steps, or name the fields that it still needs."""
        if self.form is None or self.session.view is None:
            return
        request = self.request(STEPS[-1])
        missing = self.form.missing() or self.form.unreadable()
        if not missing and not_recorded(request.intake):
            missing = [_("Day of enrolment")]
        if missing:
            self.preview_job.stop()
            self.preview.show_needed(missing)
        else:
            self.preview_job.want(request, at_once=True)

    def _show_proposal(self, proposal: "Proposal") -> None:
        self.sure.setVisible(self.sure.ask(proposal.doubt))
        self._remark = remark_text(proposal.remark, True) if proposal.remark is not None else ""
        self._show_remark()
        if proposal.after is not None:
            self.preview.show_outlook(outlook(proposal.protocol, proposal.after))
        else:
            self.preview.show_text(_("No calendar"), _("Nothing is planned after this."))

    def _show_remark(self) -> None:
        self.foot.say(self._remark if self.step == STEPS[-1] else "")

    def _show_refused(self, refused: Refused) -> None:
        """Show the refusal at its field; while somebody types in that field only a refused code is shown."""
        form, refused = self.form, in_form(refused)
        name = form.refused_field(refused) if form is not None else ""
        if form is None or not name:
            self._show_no_calendar(refused)
            return
        self.preview.show_text(_("No calendar yet"), _("See what is said in the form."))
        if name != "code" and form.has_keyboard(name):
            self._withheld = refused
            self.preview.show_needed(())
        else:
            form.show_refusal(refused, focus=False)

    def _show_no_calendar(self, error: BaseException) -> None:
        self.preview.show_text(_("No calendar yet"), error_text(error))

    def _keyboard_moved(self, _old: QWidget | None, _new: QWidget | None) -> None:
        if self._withheld is not None and self.form is not None:
            refused, self._withheld = self._withheld, None
            self._show_refused(refused)

    # Saving

    def _enrol(self, prints: bool = False) -> None:
        """Record the steps up to this one; where the study has changed since, that is proposed again first."""
        if self.form is None or self.save_job.under_way or not self.session.can_write:
            return
        self._pause.stop()
        self.form.clear_refusals()
        self.banner.hide()
        request = self.request()
        if self.form.refuse_empty(needed(request.intake, self._typed(), self.step)):
            return
        if why := not_recorded(request.intake):
            self.banner.tell(why)
            return
        self._enrolling, self._prints = request.code, prints
        self.save_job.save(request, self.preview_job.proposal(request), self.sure.confirmed())
        self._allow_enrolling()

    def _allow_enrolling(self) -> None:
        self.foot.allow(self.session.can_write and not self.save_job.under_way)

    def _saved(self) -> None:
        self.discard()
        self.enrolled.emit(self._enrolling)
        if self._prints:
            self.printing.emit(self._enrolling)

    def _not_saved(self, error: BaseException) -> None:
        """Keep everything typed, and show the refusal at its field, else across the top."""
        self._show_foot()
        if self.sure.ask(error):
            self.sure.take_keyboard()
        elif not (isinstance(error, Refused) and self.form is not None and self.form.show_refusal(in_form(error))):
            self.banner.tell(error_text(error))

    def _cancel(self) -> None:
        """Leave the page; ask first where something was typed."""

        def leave() -> None:
            self.discard()
            self.left.emit()

        ask_before_losing(self, [self], leave)

    # The study

    def _study_opened(self) -> None:
        """Forget what was typed for the study before."""
        self._offer = None
        self.discard()
        if self.isVisible():
            self.start()

    def _study_changed(self, _changed: Changed) -> None:
        self._show_writable()
        if self.form is not None:
            self.form.set_today(self.session.today)
            if self.isVisible() and not self.save_job.under_way and self.has_typed():
                self.preview_job.stop()
                self._pause.start()

    def _show_writable(self) -> None:
        """Say why nobody can be enrolled, where the study cannot be written."""
        why = self.session.view.read_only if self.session.view is not None else ""
        self._show_foot()
        if why:
            self.banner.tell(_("Nobody can be enrolled now: {why}.").format(why=why), "notice", closable=False)
        elif self._says_read_only:
            self.banner.hide()
        self._says_read_only = bool(why)
