"""Enrolling a participant: the form at the left, the calendar that it would give at the right."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.refusal import Refused
from app.ui.forms.editor import Editor
from app.ui.forms.fact_form import FactForm
from app.ui.pages.enrolment.columns import Columns
from app.ui.pages.enrolment.outlook import outlook
from app.ui.pages.enrolment.questions import Offer, enrolment_questions, offer_of, shared
from app.ui.pages.enrolment.work import proposed, saved, saved_words
from app.ui.session.session import Changed, StudySession
from app.ui.widgets.buttons import Button
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Label, no_mnemonic
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.commands.record import Proposal
    from app.ui.session.worker import Job

PAUSE_MS = 250
"""How long somebody has stopped typing before the calendar is worked out."""
_LONGEST_CODE = 24
Fields = dict[str, object]


class EnrolPage(QWidget):
    """A new participant. What was typed and not saved is still there when one comes back."""

    enrolled = Signal(str)
    """The code of who was enrolled."""
    left = Signal()

    def __init__(self, desk: StudySession, parent: QWidget | None = None) -> None:
        """A page that waits for `start`."""
        super().__init__(parent)
        self.desk = desk
        self.form: FactForm | None = None
        self._offer: Offer | None = None
        self._fresh: Fields = {}
        self._asked: Job | None = None
        self._worked_out: tuple[Fields, Proposal] | None = None
        self._withheld: Refused | None = None
        self._saving = self._told_read_only = self._finished = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._work_out)
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self._enrol)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk.opened.connect(self._study_opened)
        desk.changed.connect(self._study_changed)
        QApplication.instance().focusChanged.connect(self._keyboard_moved)  # type: ignore[union-attr]

    def _lay_out(self) -> None:
        self.banner = Banner(self)
        columns = Columns(self)
        self.over, self.preview = columns.left, columns.right
        self.enrol_button = Button(_("Enrol"), self._enrol, "primary", parent=self)
        self.cancel_button = Button(_("Cancel"), self._cancel, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(Label(_("Enrol a participant"), "title", parent=self))
        column.addWidget(self.banner)
        column.addWidget(columns, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.enrol_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        column.addLayout(row)

    # Beginning

    def start(self, given: Fields | None = None) -> None:
        """Show a fresh form, with what is given in it, or the draft that was not saved."""
        kept = self._typed() if self._is_draft() else None
        if self._finished and self.form is not None:
            # The next form comes in a moment.
            self.form.hide()
        self.banner.hide()
        self._told_read_only = False
        self._show_writable()
        if kept is not None and not self._told_read_only:
            self.banner.tell(
                _("What you typed before is still here."), "plain", [(_("Begin afresh"), self._begin_afresh)]
            )
        self.desk.ask(lambda study, _ticket: offer_of(study), partial(self._offered, kept or given), owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back after somebody was enrolled finds an empty form."""
        super().showEvent(event)
        if self._finished:
            self.start()

    def _begin_afresh(self) -> None:
        self._leave()
        self.start()

    def _leave(self) -> None:
        """Forget what was typed; the next form is made when one comes back, so that to leave takes no time."""
        self._stop()
        self._pause.stop()
        self._withheld = None
        self._finished = True

    def _offered(self, kept: Fields | None, offer: Offer) -> None:
        self._offer = offer
        self._ask(kept if kept is not None else {}, kept.get("protocol") if kept is not None else offer.usual)
        if self.form is not None:
            self.form.focus_first()

    def _ask(self, fields: Fields, protocol: object) -> None:
        """Ask what that protocol leaves open, with what was answered already."""
        if self._offer is None:
            return
        form = FactForm(enrolment_questions(self._offer, protocol), self.desk.today, self.over.viewport())
        self._finished = False
        self._fresh = form.fields()
        form.set_fields(fields)
        form.changed.connect(self._changed)
        chosen = form.editor("protocol")
        if isinstance(chosen, Editor):
            chosen.changed.connect(lambda: QTimer.singleShot(0, self, self._protocol_chosen))
        self._link_centre(form, protocol)
        self._put_in(form)
        self._changed()

    def _put_in(self, form: FactForm) -> None:
        old, self.form = self.form, form
        taken = self.over.takeWidget()
        self.over.setWidget(form)
        if taken is not None:
            taken.deleteLater()
        if old is not None:
            old.hide()
        order = [form.last_input(), self.preview.table, self.enrol_button, self.cancel_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _link_centre(self, form: FactForm, protocol: object) -> None:
        """A centre that is known says its country."""
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
        fields = self._typed()
        self._ask(shared(fields), fields.get("protocol"))
        if self.form is not None:
            self.form.editor("protocol").setFocus()

    # What stands there

    def _typed(self) -> Fields:
        return self.form.fields() if self.form is not None else {}

    def _fields(self) -> Fields:
        """What is asked for; the two letters of a country may be small ones."""
        found = self._typed()
        country = found.get("country")
        return {**found, "country": country.upper()} if isinstance(country, str) else found

    def _is_draft(self) -> bool:
        return self.form is not None and not self._finished and self._typed() != self._fresh

    def _changed(self) -> None:
        code = str(self._typed().get("code", ""))
        short = code if len(code) <= _LONGEST_CODE else f"{code[: _LONGEST_CODE - 1]}…"
        said = _("Enrol {code}").format(code=short) if code else _("Enrol")
        self.enrol_button.setText(no_mnemonic(said))
        self.enrol_button.setAccessibleName(said)
        self._withheld = None
        self._stop()
        self._pause.start()

    def _stop(self) -> None:
        if self._asked is not None:
            self._asked.stop()
        self._asked = self._worked_out = None

    # The calendar that it would give

    def _work_out(self) -> None:
        """Ask for the calendar, or say what it still needs."""
        if self.form is None or self.desk.look is None:
            return
        missing, fields, today = self.form.missing(), self._fields(), self.desk.today
        self._stop()
        if missing:
            self.preview.show_needed(missing)
            return
        self._asked = self.desk.ask(
            lambda study, _ticket: proposed(study, fields, today),
            lambda found: self._found(asked, fields, found),
            self._no_calendar,
            self,
        )
        asked = self._asked

    def _found(self, asked: "Job", fields: Fields, found: "Proposal | Refused") -> None:
        if asked is not self._asked:
            return
        if isinstance(found, Refused):
            self._refused_beside(found)
        elif found.after is not None:
            self._worked_out = fields, found
            self.preview.show_outlook(outlook(found.protocol, found.after))

    def _refused_beside(self, refused: Refused) -> None:
        """While somebody is still typing in the field that is meant nothing is said of it, but for the code."""
        form = self.form
        name = form.refused_field(refused) if form is not None else ""
        if form is None or not name:
            from app.ui.session.error_text import known_text

            self.preview.show_text(_("No calendar yet"), known_text(refused) or "")
            return
        self.preview.show_text(_("No calendar yet"), _("See what is said in the form."))
        if name != "code" and form.has_keyboard(name):
            self._withheld = refused
            self.preview.show_needed(())
        else:
            form.show_refusal(refused, focus=False)

    def _no_calendar(self, said: str) -> None:
        self.preview.show_text(_("No calendar yet"), said)

    def _keyboard_moved(self, _old: QWidget | None, _new: QWidget | None) -> None:
        if self._withheld is not None and self.form is not None:
            refused, self._withheld = self._withheld, None
            self._refused_beside(refused)

    # Saving

    def _enrol(self) -> None:
        """Save what was proposed; where the study has changed since, it is proposed again first."""
        if self.form is None or self._saving or not self.desk.can_write:
            return
        self._pause.stop()
        self.form.clear_refusals()
        self.banner.hide()
        if self.form.refuse_missing():
            return
        self._set_saving(True)
        fields, today, caught = self._fields(), self.desk.today, list[Refused]()
        ready = self._worked_out[1] if self._worked_out is not None and self._worked_out[0] == fields else None
        code = str(fields.get("code", "")).strip()
        self.desk.change(
            lambda study, _ticket: saved(study, fields, today, ready, caught),
            lambda _saved: self._saved(code),
            lambda said: self._not_saved(said, caught),
            self,
            [code],
            saved_words,
        )

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.enrol_button.setEnabled(not saving and self.desk.can_write)

    def _saved(self, code: str) -> None:
        self._set_saving(False)
        self._leave()
        self.enrolled.emit(code)

    def _not_saved(self, said: str, caught: list[Refused]) -> None:
        """Everything typed stays; the refusal stands at its field, else across the top."""
        if not isValid(self):
            return
        self._set_saving(False)
        if not (caught and self.form is not None and self.form.show_refusal(caught[0])):
            self.banner.tell(said)

    def _cancel(self) -> None:
        self._leave()
        self.left.emit()

    # The study

    def _study_opened(self) -> None:
        """Another study: nothing typed belongs to it."""
        self._offer = None
        self._leave()
        if self.isVisible():
            self.start()

    def _study_changed(self, _changed: Changed) -> None:
        self._show_writable()
        if self.form is not None:
            self.form.set_today(self.desk.today)
            if self.isVisible() and not self._saving and self._is_draft():
                self._stop()
                self._pause.start()

    def _show_writable(self) -> None:
        """Say it where nothing can be recorded."""
        why = self.desk.look.read_only if self.desk.look is not None else ""
        self.enrol_button.setEnabled(self.desk.can_write and not self._saving)
        if why:
            self.banner.tell(_("Nobody can be enrolled now: {why}.").format(why=why), "notice", closable=False)
        elif self._told_read_only:
            self.banner.hide()
        self._told_read_only = bool(why)
