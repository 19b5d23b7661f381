"""The layout of the dialog for older visits: whose visit it is, its day, the answers with their keys, their form."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.forms.sure_question import SureQuestion
from app.ui.style.status_marks import mark_of, tone_of
from app.ui.widgets.buttons import Button, dialog_foot, rule
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.notes import Banner, Note
from app.ui.widgets.scroll_column import ColumnContent, ScrollColumn
from app.ui.widgets.text import Elided, Label, Wrapped
from app.wording import older_visits as words
from app.wording.agenda import left_text
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.names import visit_name

if TYPE_CHECKING:
    from app.services.queries.older_visits import OlderVisit
    from app.ui.dialogs.change.form import ChangeForm

_KEYS = {"planned": "A", "other_day": "D", "not_come": "N", "rebooked": "R", "not_needed": "O", "later": "L"}


class OlderVisitsFrame(QWidget):
    """The widgets of the dialog, without its behaviour."""

    def __init__(self, choose: Callable[[str], object], undo: Callable[[], object], parent: QWidget) -> None:
        """`choose` gets the answer whose button is pressed."""
        super().__init__(parent)
        self.form: ChangeForm | None = None
        self.code, self.progress = Label("", "code", parent=self), Label("", "muted", parent=self)
        self.protocol = Elided("", "muted", parent=self)
        self.banner = Banner(self)
        self._scroll = ScrollColumn(self)
        inside = ColumnContent(self._scroll.viewport())
        self._scroll.hold(inside)
        self.name, self.day = Wrapped("", "heading", parent=inside), Wrapped("", "title", parent=inside)
        self.window_line, self.dependents = Wrapped("", "muted", parent=inside), Wrapped(parent=inside)
        self.effect = Note("", "plain", parent=inside)
        self.form_place = QWidget(inside)
        self._form_column = QVBoxLayout(self.form_place)
        self.sure = SureQuestion(inside)
        self.answers = QWidget(inside)
        self.buttons: dict[str, Button] = {}
        for answer, text in words.ANSWERS.items():
            variant = "primary" if answer == "planned" else ""
            button = Button(f"{_(text)}  {_KEYS[answer]}", partial(choose, answer), variant, parent=self.answers)
            button.setAccessibleName(_("{answer}, key {key}").format(answer=_(text), key=_KEYS[answer]))
            self.buttons[answer] = button
        self.undo_button = Button(_("Undo the last  U"), undo, parent=self)
        self.back_button = Button(_("Back  Esc"), parent=self)
        self.save_button = Button("", variant="primary", parent=self)
        self.close_button = Button(_("Close"), parent=self)
        self._build(inside)

    def _build(self, inside: ColumnContent) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(12)
        head.addWidget(self.code)
        head.addWidget(self.protocol, 1)
        head.addWidget(self.progress)
        column.addLayout(head)
        column.addWidget(rule(self))
        column.addWidget(self.banner)
        column.addWidget(self._scroll, 1)
        column.addWidget(rule(self))
        foot = dialog_foot(self.back_button, self.close_button, self.save_button, left=(self.undo_button,))
        foot.setContentsMargins(16, 12, 16, 12)
        column.addLayout(foot)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(8)
        self._form_column.setContentsMargins(0, 0, 0, 0)
        flow = FlowLayout(self.answers)
        for button in self.buttons.values():
            flow.addWidget(button)
        about = (self.name, self.day, self.window_line, self.dependents)
        for part in (*about, self.answers, self.form_place, self.effect, self.sure):
            rows.addWidget(part)
        rows.addStretch(1)

    def fill(self, dialog: QWidget) -> None:
        """Let the frame fill the dialog."""
        column = QVBoxLayout(dialog)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self)

    def show_visit(self, older: "OlderVisit", progress: str) -> None:
        """Show a visit; `progress`: which of how many it is."""
        entry, protocol = older.row.entry, older.view.protocol
        self.code.setText(older.row.participant)
        self.protocol.setText(f"{protocol.short_title} {protocol.version}")
        self.progress.setText(progress)
        self.name.setText(visit_name(entry))
        self.day.setText(words.planned_text(entry))
        self.window_line.setText(words.window_and_left(entry, left_text(older.row)))
        self.window_line.set_tone(tone_of(mark_of(entry)))
        self.dependents.setText(words.dependents_text(older.dependents))
        self.setAccessibleName(", ".join((older.row.participant, visit_name(entry), self.day.text(), progress)))
        self._scroll.verticalScrollBar().setValue(0)
        for part in (self.day, self.window_line, self.dependents, self.effect):
            part.show()

    def hold_form(self, form: "ChangeForm | None", answer: str = "planned") -> None:
        """Show the form of an answer instead of the answers; without a form, the answers."""
        name = _(words.ANSWERS[answer]).rstrip("…")
        self.save_button.setText(_("{answer}  Enter").format(answer=name))
        self.save_button.setAccessibleName(_("{answer}, key {key}").format(answer=name, key=_("Enter")))
        if self.form is not None:
            self._form_column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = form
        if form is not None:
            self._form_column.addWidget(form)
            form.show()
        self.form_place.setVisible(form is not None)
        self.answers.setVisible(form is None)
        self.back_button.setVisible(form is not None)
        self.save_button.setVisible(form is not None)
        self.effect.text.setText(_("Working out what changes…"))
        if form is None:
            self.buttons["planned"].setFocus(Qt.FocusReason.OtherFocusReason)

    def say_effect(self, answer: str, effect: str, presses: bool) -> None:
        """Say what an answer does to other visits; `presses`: somebody has to read it."""
        name = _(words.ANSWERS[answer]).rstrip("…")
        self.effect.text.setText(f"{name}: {effect}." if answer == "planned" else f"{sentence_case(effect)}.")
        self.effect.setProperty("note", "notice" if presses else "plain")
        self.effect.style().unpolish(self.effect)
        self.effect.style().polish(self.effect)

    def may_answer(self, possible: bool) -> None:
        """Offer the answers, or show them without effect."""
        for button in self.buttons.values():
            button.setEnabled(possible)

    def may_undo(self, possible: bool) -> None:
        """Offer to take the last answer back."""
        self.undo_button.setEnabled(possible)

    def show_summary(self, text: str) -> None:
        """Show what was done, when no visit is left."""
        self.hold_form(None)
        for part in (self.day, self.window_line, self.dependents, self.answers, self.effect, self.sure):
            part.hide()
        self.code.setText("")
        self.protocol.setText("")
        self.progress.setText("")
        self.name.setText(text)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
