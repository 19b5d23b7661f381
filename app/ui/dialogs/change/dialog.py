"""The one dialog for every kind of change: the form at the left, its impact on the calendar at the right."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.calendar.visit_scope import visit_meant
from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused
from app.ui.dialogs.booking.day_picker import DayPicker
from app.ui.dialogs.change import day_hints, titles
from app.ui.dialogs.change.form import ChangeForm
from app.ui.dialogs.change.frame import ChangeFrame
from app.ui.forms.questions import mid_sentence
from app.ui.forms.unsaved import FormDialog
from app.ui.session.error_text import error_text
from app.ui.session.proposal_jobs import ChangeRequest, PreviewJob, ProposalRequest, SaveJob
from app.ui.session.session import Changed, StudySession
from app.ui.style import tokens
from app.wording.doubts import remark_text
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.refusals import refusal_text
from app.wording.typed_days import twice_text

if TYPE_CHECKING:
    from app.domain.calendar.entries import Entry
    from app.services.commands.record import Proposal, Saved
    from app.services.queries.participant import ParticipantView

WIDE, HIGH, ALONE = 1180, 668, 560
"""The usual size at a text size of 100 %; `ALONE`: the width of a form without a preview next to it."""
LEAST = QSize(360, 320)
_TITLE_BAR = 32
_NOT_YET = frozenset({"field_missing", "date_form", "date_impossible", "date_two_ways", "date_hyphens", "time_form"})


def ask_change(
    session: StudySession,
    view: "ParticipantView",
    kind: str,
    visit: str = "",
    given: Mapping[str, object] | None = None,
    parent: QWidget | None = None,
) -> "ChangeDialog":
    """Open the dialog of a change over its window.

    `visit`: the chosen one; the dialog begins with the only one that the fact can be about, where it is not that.
    """
    form = KINDS.get(kind)
    if form is not None and form.field("visit") is not None:
        visit = visit_meant(form, view.protocol, view.calendar, visit)
    dialog = ChangeDialog(session, view, kind, visit, given, parent)
    dialog.open_over_window()
    return dialog


class ChangeDialog(FormDialog):
    """One change of one participant: typed, previewed while it is typed, and saved as it was shown."""

    saved = Signal(object)
    """A `Saved`, after the dialog has closed."""
    always_previews = False
    """Whether the impact is shown also where a fact of the kind changes no calendar."""

    def __init__(
        self,
        session: StudySession,
        view: "ParticipantView",
        kind: str,
        visit: str = "",
        given: Mapping[str, object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog for a kind of fact, with the fields of `given` filled in."""
        super().__init__(parent)
        self.session, self.view, self.kind = session, view, kind
        fields = dict(given or {})
        self.visit = visit or str(fields.pop("visit", "") or "")
        self.has_preview = self.always_previews or KINDS[kind].changes_calendar
        self.picker: DayPicker | None = None
        self.frame = ChangeFrame(
            view, self.visit, lambda inside: self._make_form(fields, inside), self.has_preview, self
        )
        self.frame.sure.names = self.form.form.names
        self.preview = PreviewJob(session, self)
        self.saving = SaveJob(session, self, _("Saving"))
        self.setWindowTitle(self.title().replace("[*]", "[*][*]"))
        self._connect()
        self._fit()
        self._begin()

    def title(self) -> str:
        """Return the title of the window."""
        return titles.dialog_title(self.kind, self.view, self.visit)

    # Layout

    def _make_form(self, given: Mapping[str, object], inside: QWidget) -> list[QWidget]:
        """Make the form and, for a booking, the days of the visit above it."""
        if self.kind == "booked" and self.visit:
            self.picker = DayPicker(self.session, self.view.code, self.visit, inside)
        self.form = ChangeForm(self.kind, self.view, self.visit, given, self.session.today, inside)
        return [self.form] if self.picker is None else [self.picker, self.form]

    def _connect(self) -> None:
        frame = self.frame
        self.form.changed.connect(self._typed)
        frame.impact.changed.connect(self._typed)
        frame.cancel.clicked.connect(self.reject)
        frame.primary.clicked.connect(self.save)
        self.preview.began.connect(lambda: frame.impact.show_working(True))
        self.preview.ready.connect(self._show_proposal)
        self.preview.refused.connect(self._show_refused)
        self.saving.saved.connect(self._saved)
        self.saving.failed.connect(self._not_saved)
        self.session.changed.connect(self._session_changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        if self.picker is not None:
            self.picker.tab_last(self.form.form.last_inputs()[0])
            self.picker.chosen.connect(self._take_day)
            self.picker.grid.typed.connect(self.form.type_below)
            self.picker.loaded.connect(self._say_days)

    def _fit(self) -> None:
        """Take the usual size, within the screen."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        room = self.screen().availableGeometry().size() - QSize(0, _TITLE_BAR)
        wide = tokens.px(WIDE if self.has_preview else ALONE)
        high = tokens.px(HIGH) if self.has_preview else min(tokens.px(HIGH), self.frame.natural_height(wide))
        self.setMinimumSize(LEAST)
        self.resize(QSize(wide, high).boundedTo(room))

    def _begin(self) -> None:
        self._fresh = self._typed_so_far()
        self._name_button()
        self._show_typed()
        if self.has_preview:
            self.preview.want(self.request(), at_once=True)
        if not self.session.can_write:
            self._tell_read_only()
        if self.picker is not None:
            self.picker.setFocus()
        else:
            self.form.focus_first()

    def _tell_read_only(self) -> None:
        self.frame.primary.setEnabled(False)
        why = self.session.view.read_only if self.session.view is not None else _("no study is open")
        self.frame.banner.tell(f"{sentence_case(why)}.", "notice", closable=False)

    # Typing

    def request(self) -> ProposalRequest:
        """Return the change as it is typed in the dialog."""
        impact = self.frame.impact
        reason = (self.form.reason() or impact.why_held.text()) if impact.held else ""
        fields, performed = self.form.fields(), self.form.visit_performed()
        return ChangeRequest(self.view.code, self.kind, fields, impact.held, reason, performed)

    def _typed(self) -> None:
        """Follow anything that was typed, chosen or ticked."""
        self._show_typed()
        if self.has_preview:
            self.preview.want(self.request())

    def _show_typed(self) -> None:
        """Show what depends on the form itself: the chosen day and the note on a deviation."""
        about = (self.form.own_visit(), self.form.form.days()) if self.has_preview else self.form.fields()
        self.frame.sure.follow(about)
        self.frame.impact.ask_why_held(not self.form.reason())
        on: date | None = self.form.day()
        if self.picker is not None and self.picker.day() != on:
            self.picker.set_day(on)
        out = self.form.deviation()
        if out:
            self.frame.deviation.text.setText(day_hints.deviation_note(out))
        self.frame.deviation.setVisible(bool(out))

    def _say_days(self) -> None:
        if self.picker is not None:
            self.form.say_days(self.picker.against)
            self.form.reserve_for(self.picker.known_days())

    def _take_day(self, on: date) -> None:
        """Fill in a day that was chosen; the keyboard goes on to the time."""
        self.form.set_day(on)
        if self.picker is not None and self.picker.grid.chosen_by_key:
            self.form.focus_time()

    def _name_button(self) -> None:
        entry = self.view.calendar.by_key.get(self.form.own_visit())
        text = self.button_text(entry, self.frame.impact.moving)
        if text != self.frame.primary.text():
            self.frame.primary.setText(text)
            self.frame.primary.setAccessibleName(text)

    def button_text(self, entry: "Entry | None", moving: int) -> str:
        """Return the text of the primary button; `moving`: the number of other visits that move."""
        return titles.button_text(self.kind, entry, moving)

    def _show_proposal(self, proposal: "Proposal") -> None:
        self.frame.impact.show_working(False)
        self.frame.sure.ask(proposal.doubt)
        said = [*map(twice_text, proposal.twice), *filter(None, [remark_text(proposal.remark, True)])]
        self.frame.remark.text.setText(" ".join(said))
        self.frame.remark.setVisible(bool(said))
        self.frame.impact.show_proposal(proposal, self.kind, self.form.own_visit())
        self._name_button()

    def _show_refused(self, refused: Refused) -> None:
        """Say why there is no preview, but at no field while somebody is still typing."""
        impact = self.frame.impact
        impact.show_working(False)
        held = impact.held & {str(refused.values.get("visit", ""))}
        if held:
            impact.hold(impact.held - held)
            return
        if refused.kind in _NOT_YET:
            impact.show_instead(self._what_is_missing())
        else:
            text = refusal_text(Refused(refused.kind, "", **refused.values), True, self.form.form.names)
            impact.show_instead(f"{sentence_case(text)}.", "due")
        self._name_button()

    def _what_is_missing(self) -> str:
        missing = ", ".join(map(mid_sentence, self.form.missing()))
        if not missing:
            return _("What changes is shown here as soon as the form can be read.")
        return _("Fill in: {fields}. Then what changes is shown here.").format(fields=missing)

    def _session_changed(self, changed: Changed) -> None:
        """Preview again when something was recorded elsewhere, or the day is another one."""
        if changed.by is self or self.saving.under_way or not changed.touches(self.view.code):
            return
        self.form.set_today(self.session.today)
        self.preview.forget()
        if self.picker is not None:
            self.picker.reload()
        self._typed()

    # Saving

    def save(self) -> None:
        """Record exactly what the dialog shows, and close it."""
        if self.saving.under_way or not self.session.can_write:
            return
        request = self.request()
        self.form.clear_refusals()
        self.frame.banner.hide()
        if self.lacks_reason():
            return
        self.preview.stop()
        self.frame.primary.setEnabled(False)
        self.saving.save(request, self.preview.proposal(request), self.frame.sure.confirmed())

    def lacks_reason(self) -> bool:
        """Whether a reason is missing that the fact itself has no field for; the dialog then asks for it."""
        impact = self.frame.impact
        if not impact.held or self.form.reason() or impact.why_held.text():
            return False
        self.frame.banner.tell(_("Say why these visits are held."), "notice")
        impact.why_held.edit.setFocus()
        return True

    def _saved(self, saved: "Saved") -> None:
        self.accept()
        self.saved.emit(saved)

    def show_at_field(self, refused: Refused) -> bool:
        """Show a refusal at the field that it means; return whether there is one."""
        return self.form.show_refusal(refused)

    def _not_saved(self, error: BaseException) -> None:
        """Say why nothing was saved: everything typed stays, and saving can be tried again."""
        self.frame.primary.setEnabled(self.session.can_write)
        if self.frame.sure.ask(error):
            self.frame.sure.take_keyboard()
            return
        if not (isinstance(error, Refused) and self.show_at_field(error)):
            self.frame.banner.tell(error_text(error, self.form.form.names))
        if isinstance(error, Refused) and error.kind == "changed_meanwhile":
            self.preview.forget()
        if self.has_preview:
            self.preview.want(self.request(), at_once=True)

    # Keys and closing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on to what still has to be filled in, else save; on a focused button it presses that."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        elif isinstance(focus, QLineEdit | QComboBox | QAbstractButton) and not self.form.go_on():
            self.save()

    def _typed_so_far(self) -> tuple[object, ...]:
        """Return all that a person can type, choose or tick here."""
        impact = self.frame.impact
        return *self.form.typed(), impact.held, impact.why_held.edit.text().strip()

    def has_typed(self) -> bool:
        """Whether anything was typed, chosen or ticked since the dialog opened, and is not being saved."""
        return not self.saving.under_way and self._typed_so_far() != self._fresh

    def may_close(self) -> bool:
        """Whether nothing is being saved."""
        return not self.saving.under_way

    def discard(self) -> None:
        """Close without saving and without asking."""
        self.preview.stop()
        super().discard()
