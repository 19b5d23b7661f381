"""The foot of the enrolment page: on to the next step, stop here, enrol with or without print, cancel."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.commands.intake import Intake
from app.ui.pages.enrolment.steps import STEPS, Fields, Step, is_screening_begun, reached, step_title
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.text import Wrapped, no_mnemonic
from app.wording.language import gettext as _
from app.wording.visible import shortened

_LONGEST_CODE = 24


class Foot(QWidget):
    """The buttons, of which those are shown that the step needs, and what is remarked."""

    def __init__(
        self,
        go_on: Callable[[], object],
        save: Callable[[], object],
        print_too: Callable[[], object],
        cancel: Callable[[], object],
        count: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.next_button = Button("", go_on, "primary", parent=self)
        self.print_button = Button("", print_too, "primary", "printer", self)
        self.enrol_button = Button(_("Enrol"), save, parent=self)
        self.stop_button = Button("", save, parent=self)
        self.cancel_button = Button(_("Cancel"), cancel, parent=self)
        self.count_button = Button(_("Identified, not screened…"), count, "link", parent=self)
        self.remark = Wrapped("", "muted", parent=self)
        self.remark.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.remark)
        row = FlowLayout()
        column.addLayout(row)
        for button in self.buttons:
            row.addWidget(button)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button, in the order of Tab."""
        stops = (self.stop_button, self.cancel_button, self.count_button)
        return (self.next_button, self.print_button, self.enrol_button, *stops)

    def say(self, text: str) -> None:
        """Show a remark; an empty text hides it."""
        self.remark.setText(text)
        self.remark.setVisible(bool(text))

    def show_step(self, step: Step, stopping: Intake, registers: bool, fields: Fields) -> None:
        """Show the buttons of a step.

        `stopping`: what is recorded when one stops here; `registers`: whether it is a case of the past; `fields`: the
        answers, of which those to the screening are not recorded without its outcome, which is then said.
        """
        is_last = step == STEPS[-1]
        self.next_button.setVisible(not is_last)
        self.enrol_button.setVisible(is_last)
        self.stop_button.setVisible(not is_last)
        self.count_button.setVisible(step == STEPS[0])
        if not is_last:
            following = STEPS[STEPS.index(step) + 1]
            self._say_on(self.next_button, _("Next: {step}").format(step=step_title(following)))
        code = shortened(stopping.code, _LONGEST_CODE)
        stage = stage_after(stopping)
        verb = _("Register") if registers else _("Include") if stopping.inclusion else _("Enrol")
        said = f"{verb} {code}".rstrip()
        if stage and not is_enrolled(stopping):
            said = _("Record {code}: {stage}").format(code=code, stage=stage)
        self._say_on(self.enrol_button, said)
        self._say_on(self.print_button, _("{enrol} and print the calendar…").format(enrol=said))
        self.print_button.setVisible(is_last and stopping.screening.get("outcome") != "failure")
        self.stop_button.setEnabled(bool(stage) or is_screening_begun(reached(fields, step)))
        self._say_on(self.stop_button, _("Stop here: {stage}").format(stage=stage) if stage else _("Stop here"))

    def _say_on(self, button: Button, text: str) -> None:
        button.setText(no_mnemonic(text))
        button.setAccessibleName(text)

    def allow(self, allowed: bool) -> None:
        """Enable or disable what records something."""
        for button in (self.print_button, self.enrol_button):
            button.setEnabled(allowed)
        if not allowed:
            self.stop_button.setEnabled(False)


def is_enrolled(intake: Intake) -> bool:
    """Whether somebody is enrolled after this is recorded."""
    return bool(intake.inclusion) or "on" in intake.enrolment


def stage_after(intake: Intake) -> str:
    """Return what somebody is after this is recorded, in words; empty where nothing would be recorded."""
    outcome = intake.screening.get("outcome")
    if outcome == "failure":
        return _("screen failure")
    if is_enrolled(intake):
        return _("enrolled")
    if intake.enrolment:
        return _("consented, in screening")
    if intake.screening:
        return _("screened, open") if outcome == "pending" else _("screened")
    return _("consent recorded") if intake.consent else ""
