"""The form of a change: the questions of its kind, filled in with what is known, and the meaning of its day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.calendar.entries import OPEN, Status
from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused
from app.ui.dialogs.change import day_hints
from app.ui.dialogs.change.outcome_rows import MOST, OutcomeRows
from app.ui.forms.day_edit import DayEdit
from app.ui.forms.fact_form import FactForm
from app.ui.forms.questions import Question, questions_of
from app.ui.style import tokens
from app.wording.language import gettext as _
from app.wording.protocol_names import names_in

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView


class ChangeForm(QWidget):
    """The form for one kind of fact; for a decision, the outcomes are rows of their own above it."""

    changed = Signal()

    def __init__(
        self,
        kind: str,
        view: "ParticipantView",
        visit: str,
        given: Mapping[str, object],
        today: date,
        parent: QWidget | None = None,
        is_recorded: bool = False,
    ) -> None:
        """Make a form filled in with the usual first day and with `given`.

        `is_recorded`: `given` is a fact as it was recorded: what it does not have stays empty.
        """
        super().__init__(parent)
        self.kind, self.view, self.visit, self.is_recorded = kind, view, visit, is_recorded
        questions, self.outcomes = self._questions(given)
        self.form = FactForm(questions, today, self)
        self.form.names = names_in(view.calendar, view.protocol)
        self.form.set_fields({**({} if is_recorded else self._first_day(today)), **given})
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * tokens.GRID)
        if self.outcomes is not None:
            column.addWidget(self.outcomes)
            self.outcomes.changed.connect(self.changed)
        column.addWidget(self.form)
        self.performed_box = self._performed_box()
        if self.performed_box is not None:
            column.addWidget(self.performed_box)
            self.performed_box.toggled.connect(lambda _on: self.changed.emit())
        self.form.changed.connect(self.changed)
        self.say_days()

    def _questions(self, given: Mapping[str, object]) -> tuple[tuple[Question, ...], OutcomeRows | None]:
        """Return the questions of the form, and the rows with the outcomes of a decision."""
        found = questions_of(self.kind, self.view, self.visit)
        if self.is_recorded:
            # What is asked besides the fields makes facts of its own, and a usual answer was not given then.
            own = KINDS[self.kind].fields
            found = tuple(replace(one, default=None) for one in found if KINDS[self.kind].field(one.field.name) in own)
        if day_hints.has_first_day(self.kind, self.view, self.visit):
            found = tuple(replace(one, default=None) if one.field.name == "on" else one for one in found)
        asked = next((one for one in found if one.field.name == "outcome"), None)
        if self.kind != "decided" or asked is None or not self.visit or not 0 < len(asked.options) <= MOST:
            return found, None
        rows = OutcomeRows(asked.label, asked.options, self)
        rows.set_value(given.get("outcome"))
        return tuple(one for one in found if one is not asked), rows

    def _performed_box(self) -> QCheckBox | None:
        """Return the box that records an open visit as performed with its decision; None without such a visit."""
        entry = self.view.calendar.by_key.get(self.visit)
        if self.kind != "decided" or self.is_recorded or entry is None or entry.status not in OPEN:
            return None
        box = QCheckBox(_("The visit was held on this day: record it as done"), self)
        box.setChecked(entry.status in (Status.DUE, Status.OVERDUE))
        return box

    def visit_performed(self) -> bool:
        """Whether the visit is recorded as done with the decision."""
        return self.performed_box is not None and self.performed_box.isChecked()

    def _first_day(self, today: date) -> dict[str, object]:
        on = day_hints.first_day(self.kind, self.view, self.visit, today)
        return {"on": on} if on is not None and day_hints.has_first_day(self.kind, self.view, self.visit) else {}

    # Fields

    def fields(self) -> dict[str, object]:
        """Return the fields of the fact as they were typed, with the key of its visit."""
        found = self.form.fields()
        if self.visit:
            found["visit"] = self.visit
        if self.outcomes is not None and self.outcomes.value() is not None:
            found["outcome"] = self.outcomes.value()
        return found

    def typed(self) -> tuple[object, ...]:
        """Return all that can be typed, chosen or ticked in the form."""
        outcome = self.outcomes.value() if self.outcomes is not None else None
        return self.form.typed(), outcome, self.visit_performed()

    def own_visit(self) -> str:
        """Return the key of the visit that is changed; empty for none."""
        return str(self.fields().get("visit", ""))

    def reason(self) -> str:
        """Return the reason that was typed."""
        return str(self.form.fields().get("reason", ""))

    def missing(self) -> list[str]:
        """Return the labels of the fields that are still to be filled in."""
        found = self.form.missing()
        if self.outcomes is not None and self.outcomes.value() is None:
            found.insert(0, self.outcomes.label)
        return found

    def set_today(self, today: date) -> None:
        """Plan from another day, as after midnight."""
        self.form.set_today(today)

    # The day

    def day_edit(self) -> DayEdit | None:
        """Return the field with the day of the change."""
        return self.form.day_edit(KINDS[self.kind].day_field)

    def day(self) -> date | None:
        """Return the day of the change, where it can be read."""
        edit = self.day_edit()
        return edit.day() if edit is not None else None

    def set_day(self, on: date) -> None:
        """Fill in the day of the change."""
        edit = self.day_edit()
        if edit is not None:
            edit.set_day(on)

    def say_days(self, against: Callable[[date], str] = lambda _on: "") -> None:
        """Say under the day what it means; `against` returns in words what speaks against a day."""
        edit = self.day_edit()
        if edit is not None:
            edit.set_echo_of(day_hints.echo_of(self.kind, self.view, self.visit, against))
            edit.set_closed_of(day_hints.closed_of(self.view))

    def reserve_for(self, days: Sequence[date]) -> None:
        """Keep the fields in their places whichever of these days is chosen."""
        edit = self.day_edit()
        if edit is not None:
            edit.reserve_for(days)

    def deviation(self) -> int:
        """Return by how many days a performed visit without a reason is outside its window; 0 if it is inside."""
        on = self.day()
        if not KINDS[self.kind].is_judged or on is None or self.reason():
            return 0
        return day_hints.days_out(self.view, self.own_visit(), on) or 0

    def go_on(self) -> bool:
        """Go to the first field without the keyboard that still needs an answer; return whether there is one."""
        if self.outcomes is not None and self.outcomes.value() is None and not self.outcomes.has_keyboard():
            self.outcomes.setFocus()
            return True
        return self.form.go_on()

    # What is typed where there is no field

    def focus_time(self) -> None:
        """Give the keyboard to the time of day, where the form asks for one."""
        edit = self.form.time_edit("at")
        if edit is not None:
            edit.setFocus(Qt.FocusReason.TabFocusReason)

    def type_below(self, text: str) -> None:
        """Put what is typed over the days into its field: a digit into the time, a letter into the day."""
        edit = self.form.time_edit("at") if text.isdecimal() else self.day_edit()
        if edit is not None:
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.line.setText(text)

    # Refusals

    def show_refusal(self, refused: Refused) -> bool:
        """Show a refusal at its field and go there; return whether the form has that field."""
        missing = refused.kind == "field_missing" and refused.values.get("name") == "outcome"
        if self.outcomes is None or not (missing or refused.kind == "outcome"):
            return self.form.show_refusal(refused)
        self.outcomes.say_wrong(_("Choose what was decided."))
        self.outcomes.setFocus()
        return True

    def clear_refusals(self) -> None:
        """Remove all refusals from the form."""
        self.form.clear_refusals()
        if self.outcomes is not None:
            self.outcomes.say_wrong("")

    def focus_first(self) -> None:
        """Give the keyboard focus to the first field to fill in."""
        if self.outcomes is not None and self.outcomes.value() is None:
            self.outcomes.setFocus()
        else:
            self.form.focus_first()
