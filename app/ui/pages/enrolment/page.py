"""The enrolment page: the form at the left, a preview of the participant's calendar at the right."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.refusal import Refused
from app.ui.forms.editor import Editor
from app.ui.forms.fact_form import FactForm
from app.ui.forms.protocol_offer import Offer, offer_of
from app.ui.forms.sure_question import SureQuestion
from app.ui.forms.unsaved import ask_before_losing
from app.ui.pages.enrolment.columns import Columns
from app.ui.pages.enrolment.outlook import outlook
from app.ui.pages.enrolment.questions import enrolment_questions, kept_answers
from app.ui.session.error_text import error_text
from app.ui.session.proposal_jobs import EnrolmentRequest, PreviewJob, SaveJob
from app.ui.session.session import Changed, StudySession
from app.ui.widgets.buttons import Button
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Elided, Label, no_mnemonic
from app.wording.doubts import remark_text
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.commands.record import Proposal

PAUSE_MS = 250
"""After this pause in typing the page previews the calendar, or names the missing fields."""
_LONGEST_CODE = 24
Fields = dict[str, object]


class EnrolmentPage(QWidget):
    """Enrols a participant. What was typed and not saved is still in the form when the page is shown again."""

    enrolled = Signal(str)
    """The code of the participant that was enrolled."""
    left = Signal()

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        """Wait for `start`."""
        super().__init__(parent)
        self.session = session
        self.form: FactForm | None = None
        self._offer: Offer | None = None
        self._fresh: Fields = {}
        self._given: Fields = {}
        self._put_aside: dict[object, Fields] = {}
        self._protocol: object = None
        self._withheld: Refused | None = None
        self._enrolling = ""
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
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self._enrol)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        session.opened.connect(self._study_opened)
        session.changed.connect(self._study_changed)
        QApplication.instance().focusChanged.connect(self._keyboard_moved)  # type: ignore[union-attr]

    def _lay_out(self) -> None:
        self.banner = Banner(self)
        columns = Columns(self)
        self.form_area, self.preview = columns.left, columns.right
        self.enrol_button = Button(_("Enrol"), self._enrol, "primary", parent=self)
        self.cancel_button = Button(_("Cancel"), self._cancel, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(Label(self.draft_name(), "title", parent=self))
        column.addWidget(self.banner)
        column.addWidget(columns, 1)
        self.sure = SureQuestion(self)
        column.addWidget(self.sure)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.enrol_button)
        row.addWidget(self.cancel_button)
        self.remark = Elided("", parent=self)
        row.addWidget(self.remark, 1)
        column.addLayout(row)

    # Beginning

    def start(self, given: Fields | None = None) -> None:
        """Show a new form with these answers; what was typed and not saved stays instead."""
        if self.has_typed():
            self._say_still_here()
            return
        if self._finished and self.form is not None:
            # The next form is shown in a moment.
            self.form.hide()
        self.banner.hide()
        self._says_read_only = False
        self._show_writable()
        self.session.ask(lambda study, _job: offer_of(study), partial(self._offered, given or {}), owner=self)

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

    def _offered(self, given: Fields, offer: Offer) -> None:
        self._offer, self._given, self._put_aside = offer, given, {}
        self._ask({}, given.get("protocol") or offer.usual)
        if self.form is not None:
            self.form.focus_first()

    def _ask(self, fields: Fields, protocol: object) -> None:
        """Show the questions that the protocol leaves open, with the answers so far."""
        if self._offer is None:
            return
        form = FactForm(enrolment_questions(self._offer, protocol), self.session.today, self.form_area.viewport())
        self._finished = False
        form.set_fields({**self._given, "protocol": protocol or None})
        self._fresh = form.fields()
        if fields:
            form.set_fields({**dict.fromkeys(self._given), **fields})
        form.changed.connect(self._changed)
        chosen = form.editor("protocol")
        if isinstance(chosen, Editor):
            chosen.changed.connect(lambda: QTimer.singleShot(0, self, self._protocol_chosen))
        self._link_centre(form, protocol)
        self._put_in(form, protocol)
        self._changed()

    def _put_in(self, form: FactForm, protocol: object) -> None:
        old, self.form, self._protocol = self.form, form, protocol
        taken = self.form_area.takeWidget()
        self.form_area.hold(form)
        if taken is not None:
            taken.deleteLater()
        if old is not None:
            old.hide()
        order = [form.last_input(), self.preview.table, self.enrol_button, self.cancel_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _link_centre(self, form: FactForm, protocol: object) -> None:
        """Fill in the country of a chosen centre that is known."""
        known = self._offer.protocol(protocol) if self._offer is not None else None
        if known is None or self._offer is None:
            return
        centres, centre = self._offer.centres(known), form.editor("centre")

        def chosen() -> None:
            country = centres.get(str(centre.value())) if isinstance(centre, Editor) else None
            if country is not None:
                form.set_fields({"country": country})

        if isinstance(centre, Editor):
            centre.changed.connect(chosen)

    def _protocol_chosen(self) -> None:
        """Ask what the chosen protocol leaves open; answers to what only the one before asks are put aside for it."""
        fields = self._typed()
        chosen = fields.get("protocol")
        self._put_aside[self._protocol] = {**fields, "protocol": self._protocol}
        self._ask({**self._put_aside.get(chosen, {}), **kept_answers(fields)}, chosen)
        if self.form is not None:
            self.form.editor("protocol").setFocus()

    # The form

    def _typed(self) -> Fields:
        return self.form.fields() if self.form is not None else {}

    def request(self) -> EnrolmentRequest:
        """Return the enrolment as it is typed; the two letters of a country may be small ones."""
        found = self._typed()
        country = found.get("country")
        return EnrolmentRequest({**found, "country": country.upper()} if isinstance(country, str) else found)

    def draft_name(self) -> str:
        """Return the title of the page."""
        return _("Enrol a participant")

    def has_typed(self) -> bool:
        """Whether the form differs from what it showed at first, and is not being saved."""
        if self.form is None or self._finished or self.save_job.under_way:
            return False
        usual = self._given.get("protocol") or (self._offer.usual if self._offer is not None else "")
        return self._typed() != self._fresh or (self._protocol or "") != usual

    def _changed(self) -> None:
        code = str(self._typed().get("code", ""))
        short = code if len(code) <= _LONGEST_CODE else f"{code[: _LONGEST_CODE - 1]}…"
        said = _("Enrol {code}").format(code=short) if code else _("Enrol")
        self.enrol_button.setText(no_mnemonic(said))
        self.enrol_button.setAccessibleName(said)
        self._withheld = None
        self.remark.setText("")
        self.sure.follow(self.form.days() if self.form is not None else None)
        self.preview_job.stop()
        self._pause.start()

    # The preview

    def _ask_preview(self) -> None:
        """Ask for the calendar, or name the fields that it still needs."""
        if self.form is None or self.session.view is None:
            return
        missing = self.form.missing() or self.form.unreadable()
        if missing:
            self.preview_job.stop()
            self.preview.show_needed(missing)
        else:
            self.preview_job.want(self.request(), at_once=True)

    def _show_proposal(self, proposal: "Proposal") -> None:
        self.sure.ask(proposal.doubt)
        if proposal.remark is not None:
            self.remark.setText(remark_text(proposal.remark, True))
        if proposal.after is not None:
            self.preview.show_outlook(outlook(proposal.protocol, proposal.after))

    def _show_refused(self, refused: Refused) -> None:
        """Show the refusal at its field; while somebody types in that field only a refused code is shown."""
        form = self.form
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

    def _enrol(self) -> None:
        """Save what the preview shows; where the study has changed since, it is proposed again first."""
        if self.form is None or self.save_job.under_way or not self.session.can_write:
            return
        self._pause.stop()
        self.form.clear_refusals()
        self.banner.hide()
        if self.form.refuse_missing():
            return
        request = self.request()
        self._enrolling = request.code
        self.save_job.save(request, self.preview_job.proposal(request), self.sure.confirmed())
        self._allow_enrolling()

    def _allow_enrolling(self) -> None:
        self.enrol_button.setEnabled(self.session.can_write and not self.save_job.under_way)

    def _saved(self) -> None:
        self._allow_enrolling()
        self.discard()
        self.enrolled.emit(self._enrolling)

    def _not_saved(self, error: BaseException) -> None:
        """Keep everything typed, and show the refusal at its field, else across the top."""
        self._allow_enrolling()
        if self.sure.ask(error):
            self.sure.take_keyboard()
        elif not (isinstance(error, Refused) and self.form is not None and self.form.show_refusal(error)):
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
        self._allow_enrolling()
        if why:
            self.banner.tell(_("Nobody can be enrolled now: {why}.").format(why=why), "notice", closable=False)
        elif self._says_read_only:
            self.banner.hide()
        self._says_read_only = bool(why)
