"""The one dialog of every change: what happened at the left, what it does to the calendar at the right."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.calendar import Entry
from app.domain.refusal import Refused
from app.ui import theme
from app.ui.desk import Changed, Desk
from app.ui.dialogs import recording, words
from app.ui.dialogs.change_frame import ChangeFrame
from app.ui.dialogs.day_picker import DayPicker
from app.ui.dialogs.outcomes import MOST, OutcomeRows
from app.ui.dialogs.working_out import Wanted, WorkingOut, proposal_of
from app.ui.forms.day_edit import DayEdit
from app.ui.forms.fact_form import FactForm
from app.ui.forms.questions import Question, questions_of
from app.wording.language import gettext as _
from app.wording.refusals import refusal_text

if TYPE_CHECKING:
    from app.services.changes import Proposal, Saved
    from app.services.looking import ParticipantLook
    from app.services.study import Study
    from app.ui.worker import Ticket

WIDE, HIGH = 1040, 568
ALONE = 560
LEAST = QSize(360, 320)
_FRAME = 32
_NOT_YET = frozenset({"field_missing", "date_form", "time_form"})


def ask_change(
    desk: Desk,
    look: "ParticipantLook",
    kind: str,
    visit: str = "",
    given: Mapping[str, object] | None = None,
    parent: QWidget | None = None,
) -> "ChangeDialog":
    """Open the dialog of a change over its window."""
    dialog = ChangeDialog(desk, look, kind, visit, given, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.open()
    return dialog


class ChangeDialog(QDialog):
    """One change of one participant: typed, worked out while it is typed, and saved as it was shown."""

    saved = Signal(object)
    """A `Saved`, after the dialog has closed."""

    def __init__(
        self,
        desk: Desk,
        look: "ParticipantLook",
        kind: str,
        visit: str = "",
        given: Mapping[str, object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """The dialog for a kind of fact, with `given` in the form already."""
        super().__init__(parent)
        self.desk, self.look, self.kind = desk, look, kind
        self.given = dict(given or {})
        self.visit = visit or str(self.given.pop("visit", "") or "")
        self._saving = False
        self.outcomes: OutcomeRows | None = None
        self.form = self._form()
        self.picker = DayPicker(desk, look.code, self.visit) if kind == "booked" and self.visit else None
        self.frame = ChangeFrame(
            look, self.visit, self.form, self.picker or self.outcomes, words.touches_calendar(kind)
        )
        self.working = WorkingOut(desk, self)
        self.setWindowTitle(words.dialog_title(kind, look, self.visit).replace("[*]", "[*][*]"))
        self._connect()
        self._fit()
        self._begin()

    # Making it

    def _form(self) -> FactForm:
        """The form, with the day that this change begins with."""
        questions = questions_of(self.kind, self.look, self.visit)
        start: dict[str, object] = {}
        if recording.has_first_day(self.kind, self.look, self.visit):
            questions = tuple(replace(one, default=None) if one.field.name == "on" else one for one in questions)
            start["on"] = recording.first_day(self.kind, self.look, self.visit, self.desk.today)
        if self.kind == "decided" and self.visit:
            questions = self._take_outcomes(questions)
        form = FactForm(questions, self.desk.today)
        form.set_fields({**form.fields(), **start, **self.given})
        return form

    def _take_outcomes(self, questions: tuple[Question, ...]) -> tuple[Question, ...]:
        """What may be decided stands in rows of its own above the form."""
        asked = next((one for one in questions if one.field.name == "outcome"), None)
        if asked is None or not 0 < len(asked.options) <= MOST:
            return questions
        self.outcomes = OutcomeRows(asked.label, asked.options)
        self.outcomes.set_value(self.given.get("outcome"))
        self.outcomes.changed.connect(self._typed)
        return tuple(one for one in questions if one is not asked)

    def _connect(self) -> None:
        frame = self.frame
        self.form.changed.connect(self._typed)
        frame.consequences.changed.connect(self._typed)
        frame.cancel.clicked.connect(self.reject)
        frame.primary.clicked.connect(self.save)
        self.working.began.connect(lambda: frame.consequences.show_working(True))
        self.working.ready.connect(self._show_proposal)
        self.working.refused.connect(self._show_refused)
        self.desk.changed.connect(self._desk_changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        if self.picker is not None:
            self.picker.chosen.connect(self._picked)
            self.picker.loaded.connect(self._say_days)

    def _fit(self) -> None:
        """As large as it likes to be, within the screen."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        room = self.screen().availableGeometry().size() - QSize(0, _FRAME)
        wish = QSize(theme.px(WIDE if words.touches_calendar(self.kind) else ALONE), theme.px(HIGH))
        self.setMinimumSize(LEAST)
        self.resize(wish.boundedTo(room))

    def _begin(self) -> None:
        self._say_days()
        self._name_button()
        if not self.desk.can_write:
            self._tell_read_only()
        self._show_typed()
        if words.touches_calendar(self.kind):
            self.working.want(self.wanted(), at_once=True)
        self._focus()

    # While it is typed

    def wanted(self) -> Wanted:
        """The change as it stands in the dialog."""
        fields = self.form.fields()
        if self.visit:
            fields["visit"] = self.visit
        if self.outcomes is not None and self.outcomes.value() is not None:
            fields["outcome"] = self.outcomes.value()
        held = self.frame.consequences.held
        reason = str(fields.get("reason") or self.frame.consequences.why_held.text()) if held else ""
        return Wanted(self.look.code, self.kind, fields, held, reason)

    def _typed(self) -> None:
        """Anything was typed, chosen or ticked."""
        self._show_typed()
        if words.touches_calendar(self.kind):
            self.working.want(self.wanted())

    def _show_typed(self) -> None:
        """What is told beside the form while it is typed."""
        fields, consequences = self.form.fields(), self.frame.consequences
        consequences.why_held.setVisible(bool(consequences.held) and not fields.get("reason"))
        on = self._typed_day()
        if self.picker is not None and self.picker.day() != on:
            self.picker.set_day(on)
        out = recording.days_out(self.look, self.visit, on) if self.kind == "performed" and on is not None else 0
        asked = bool(out) and not fields.get("reason")
        if asked:
            self.frame.deviation.text.setText(recording.deviation_note(out or 0))
        self.frame.deviation.setVisible(asked)

    def _day_edit(self) -> DayEdit | None:
        return self.form.day_edit(recording.DAY_FIELD.get(self.kind, "on"))

    def _typed_day(self) -> date | None:
        edit = self._day_edit()
        return edit.day() if edit is not None else None

    def _picked(self, on: date) -> None:
        """A day was chosen in the picker: it stands in the form too."""
        edit = self._day_edit()
        if edit is not None:
            edit.set_day(on)

    def _say_days(self) -> None:
        """Say under the day what it means."""
        edit = self._day_edit()
        if edit is not None:
            against = self.picker.against if self.picker is not None else lambda _on: ""
            edit.set_echo_of(recording.echo_of(self.kind, self.look, self.visit, against))
            edit.set_closed_of(recording.closed_of(self.look))

    def _entry(self) -> Entry | None:
        return self.look.calendar.by_key.get(self._own())

    def _own(self) -> str:
        """The visit that the change is about."""
        return self.visit or str(self.form.fields().get("visit", ""))

    def _name_button(self) -> None:
        text = words.button_text(self.kind, self._entry(), self.frame.consequences.moving)
        self.frame.primary.setText(text)
        self.frame.primary.setAccessibleName(text)

    def _show_proposal(self, proposal: "Proposal") -> None:
        self.frame.consequences.show_working(False)
        self.frame.consequences.show_proposal(proposal, self.kind, self._own())
        self._name_button()

    def _show_refused(self, refused: Refused) -> None:
        """There is no preview: say why, but at no field while somebody is still typing."""
        consequences = self.frame.consequences
        consequences.show_working(False)
        held = str(refused.values.get("visit", ""))
        if held in consequences.held:
            consequences.hold(consequences.held - {held})
            return
        if refused.kind in _NOT_YET:
            consequences.show_instead(self._what_is_missing())
        else:
            text = refusal_text(Refused(refused.kind, "", **refused.values))
            consequences.show_instead(text[:1].upper() + text[1:] + ".", "due")
        self._name_button()

    def _what_is_missing(self) -> str:
        missing = self.form.missing()
        if self.outcomes is not None and self.outcomes.value() is None:
            missing.insert(0, self.outcomes.label)
        if not missing:
            return _("What changes is shown here as soon as the form can be read.")
        return _("What changes is shown here. Still to fill in: {fields}").format(fields=", ".join(missing))

    def _desk_changed(self, changed: Changed) -> None:
        """Something was recorded elsewhere, or the day is another one."""
        if changed.by is self or self._saving or not changed.touches(self.look.code):
            return
        self.form.set_today(self.desk.today)
        self.working.forget()
        if self.picker is not None:
            self.picker.reload()
        self._typed()

    # Saving

    def save(self) -> None:
        """Record exactly what stands in the dialog, and close it."""
        if self._saving or not self.desk.can_write:
            return
        wanted = self.wanted()
        self._clear()
        if wanted.hold and not wanted.reason:
            self._ask_why_held()
            return
        self._set_saving(True)
        self.working.stop()
        self._submit(wanted, self.working.proposal(wanted))

    def _submit(self, wanted: Wanted, proposal: "Proposal | None") -> None:
        today, caught = self.desk.today, []

        def work(study: "Study", _ticket: "Ticket") -> "Saved":
            from app.services.changes import save

            try:
                return save(study, proposal or proposal_of(study, wanted, today))
            except Refused as refused:
                # The desk passes on the words alone; the form needs to know which field is meant.
                caught.append(refused)
                raise

        self.desk.change(
            work,
            self._saved,
            lambda said: self._not_saved(said, caught),
            owner=self,
            codes=[self.look.code],
            text=self._said,
            label=_("Saving"),
        )

    def _said(self, saved: "Saved") -> str:
        from app.services.desktop import saved_text

        return saved_text(saved.facts, self.look.code)

    def _saved(self, saved: "Saved") -> None:
        self._set_saving(False)
        self.accept()
        self.saved.emit(saved)

    def _not_saved(self, said: str, caught: list[Refused]) -> None:
        """Nothing was saved: everything typed stays, and it can be tried again."""
        if not isValid(self):
            return
        self._set_saving(False)
        refused = caught[-1] if caught else None
        if refused is None or not self._show_at_field(refused):
            self.frame.banner.tell(said)
        if refused is not None and refused.kind == "changed_meanwhile":
            self.working.forget()
        if words.touches_calendar(self.kind):
            self.working.want(self.wanted(), at_once=True)

    def _show_at_field(self, refused: Refused) -> bool:
        missing = refused.kind == "field_missing" and refused.values.get("name") == "outcome"
        if self.outcomes is not None and (missing or refused.kind == "outcome"):
            self.outcomes.say_wrong(_("Choose what was decided."))
            self.outcomes.setFocus()
            return True
        return self.form.show_refusal(refused)

    def _clear(self) -> None:
        self.form.clear_refusals()
        self.frame.banner.hide()

    def _ask_why_held(self) -> None:
        self.frame.banner.tell(_("Say why these visits are held."), "notice")
        self.frame.consequences.why_held.edit.setFocus()

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.frame.primary.setEnabled(not saving and self.desk.can_write)

    def _tell_read_only(self) -> None:
        look = self.desk.look
        self.frame.primary.setEnabled(False)
        why = look.read_only if look is not None else ""
        self.frame.banner.tell(why[:1].upper() + why[1:] + "." if why else "", "notice", closable=False)

    # Keys and closing

    def _focus(self) -> None:
        """Where a person goes on: to the days, to what is to be chosen, or to the first empty field."""
        for widget in (self.picker, self.outcomes):
            if widget is not None:
                widget.setFocus()
                return
        self.form.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field of one line saves, on a button it presses that."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        elif isinstance(focus, QLineEdit) or (isinstance(focus, QComboBox) and focus.isEditable()):
            self.save()

    def reject(self) -> None:
        """Close without saving; not while it is being saved."""
        if not self._saving:
            self.working.stop()
            super().reject()
