"""A form made from questions: one below the other, each label above its field and each error below it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QScrollArea, QWidget

from app.domain.refusal import Refused
from app.ui.forms.answer_editors import AnswerEditor
from app.ui.forms.day_edit import DayEdit
from app.ui.forms.field_errors import error_text, field_of
from app.ui.forms.form_row import FormRow
from app.ui.forms.questions import Question
from app.ui.forms.text_editors import TimeEditor
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.wording.language import gettext as _
from app.wording.protocol_names import NO_NAMES

_USUAL, _NARROWEST, _GAP = 480, 216, 10
"""The usual and the least width of a form, and the room between two questions; at a text size of 100 %."""


class FactForm(QWidget):
    """The questions for one fact. A refusal never changes what was typed."""

    changed = Signal()
    part_shown = Signal(str)
    """Another part of the questions is shown."""

    def __init__(self, questions: Sequence[Question], today: date, parent: QWidget | None = None) -> None:
        """Make a form with the defaults of its questions."""
        super().__init__(parent)
        self._today = today
        self._rows: dict[str, FormRow] = {}
        self._more: Button | None = None
        self.part = ""
        self._lifted: set[str] = set()
        self._grid = QFormLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(_GAP)
        self._grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.names = NO_NAMES
        """What is said for the ids of visits and of what the protocol knows."""
        self._fill(questions)
        self._follow()
        self._arrange()

    def _fill(self, questions: Sequence[Question]) -> None:
        """Add rows in the order of the questions, those rarely needed last, behind “More”."""
        made: dict[str, FormRow] = {}
        for question in sorted(questions, key=lambda one: one.rare):
            if question.rare and self._more is None:
                self._more = Button(_("More"), self._show_more, "link", "chevron-down", self)
                self._grid.addRow(_at_the_left(self._more))
            row = made[question.field.name] = FormRow(question, self._today, self)
            self._grid.addRow(row.cell)
            row.editor.changed.connect(lambda name=row.name: self._changed(name))
            row.editor.answered.connect(lambda name=row.name: self.go_on(name))
            if question.rare:
                self._show(row, False)
        self._rows = {one.field.name: made[one.field.name] for one in questions}

    # What is asked

    def _show_more(self) -> None:
        """Show the rows that are rarely needed, and go to the first of them."""
        self._unfold()
        first = next((row for row in self._rows.values() if row.question.rare), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _unfold(self) -> None:
        if self._more is None or self._more.isHidden():
            return
        self._more.hide()
        for row in self._rows.values():
            if row.question.rare:
                self._show(row, row.asked)
        self._arrange()

    def _changed(self, name: str) -> None:
        self._rows[name].say_wrong("")
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Show the questions whose conditions the answers fulfil, and hide the others."""
        for row in self._rows.values():
            when = row.question.when
            if when is not None and when.name in self._rows:
                asked = when.holds({when.name: self._rows[when.name].editor.value()})
                if asked != row.asked or asked == row.cell.isHidden():
                    row.asked = asked
                    self._show(row, asked)
            if isinstance(row.editor, AnswerEditor) and "choice" in self._rows:
                row.editor.ask_for(self._rows["choice"].editor.value())

    def _show(self, row: FormRow, visible: bool) -> None:
        shown = visible and row.question.part in ("", self.part)
        if row.name in self._lifted:
            row.cell.setVisible(shown)
        else:
            self._grid.setRowVisible(row.cell, shown)

    def lift(self, name: str) -> QWidget:
        """Return a question, which is then shown elsewhere; it stays a question of the form.

        Whoever shows it gives it a parent.
        """
        row = self._rows[name]
        self._grid.takeRow(row.cell)
        self._lifted.add(name)
        return row.cell

    def show_part(self, part: str) -> None:
        """Show the questions of that part and those of none."""
        if part == self.part:
            return
        self.part = part
        for row in self._rows.values():
            self._show(row, row.asked)
        self._arrange()
        self.part_shown.emit(part)

    # Its values

    def fields(self) -> dict[str, object]:
        """Return the values by field; empty ones are left out, unreadable ones are the typed texts."""
        found = {name: row.editor.value() for name, row in self._rows.items() if row.asked}
        return {name: value for name, value in found.items() if value is not None and value != ""}

    def typed(self) -> dict[str, object]:
        """Return all that was typed or chosen, also in rows that an answer has hidden since."""
        return {name: row.editor.value() for name, row in self._rows.items()}

    def set_fields(self, fields: Mapping[str, object]) -> None:
        """Show these values; other fields keep theirs."""
        for name, row in self._rows.items():
            if name in fields:
                row.editor.set_value(fields[name])
                if row.question.rare and fields[name] is not None:
                    self._unfold()
        self._follow()

    def asks(self, name: str) -> bool:
        """Return whether the form has that field."""
        return name in self._rows

    def editor(self, name: str) -> QWidget:
        """Return the editor of that field."""
        return self._rows[name].editor

    def day_edit(self, name: str) -> DayEdit | None:
        """Return the editor of that field; None where there is none or it is not for a day."""
        row = self._rows.get(name)
        return row.editor if row is not None and isinstance(row.editor, DayEdit) else None

    def time_edit(self, name: str) -> TimeEditor | None:
        """Return the editor of that field; None where there is none or it is not for a time."""
        row = self._rows.get(name)
        return row.editor if row is not None and isinstance(row.editor, TimeEditor) else None

    def days(self) -> dict[str, object]:
        """Return the days and years of the form by field; None for one that cannot be read."""
        rows = {name: row for name, row in self._rows.items() if row.question.field.says_when}
        return {
            name: row.editor.day() if isinstance(row.editor, DayEdit) else row.editor.value()
            for name, row in rows.items()
        }

    def last_inputs(self) -> tuple[QWidget, ...]:
        """Return the control at which Tab leaves the form, then those of the questions that are shown elsewhere."""
        rows = sorted(self._rows.values(), key=lambda row: row.question.rare)
        own = [row.editor for row in rows if row.name not in self._lifted]
        lifted = [one for name in self._lifted for one in self._rows[name].editor.inputs()]
        return (own[-1].inputs()[-1] if own else self, *lifted)

    def set_today(self, today: date) -> None:
        """Count days from another day."""
        self._today = today
        for row in self._rows.values():
            if isinstance(row.editor, DayEdit):
                row.editor.set_today(today)

    def missing(self) -> list[str]:
        """Return the labels of the questions that need an answer and have none."""
        return [row.question.label for row in self._rows.values() if _is_missing(row)]

    def refuse_empty(self, names: Iterable[str]) -> bool:
        """Show the error at those of these fields that are empty, and go to the first; return whether there is one."""
        empty = [name for name in names if name in self._rows and self._rows[name].editor.value() in (None, "")]
        for name in reversed(empty):
            self.show_refusal(Refused("field_missing", name, name=name), focus=name == empty[0])
        return bool(empty)

    def unreadable(self) -> list[str]:
        """Return the labels of the days that were typed and cannot be read."""
        days = [(row.question.label, row.editor) for row in self._rows.values() if row.asked]
        return [
            label for label, one in days if isinstance(one, DayEdit) and one.value() is not None and one.day() is None
        ]

    def focus_first(self) -> None:
        """Go to the first required field that is empty, else to the first field."""
        rows = [row for row in self._rows.values() if not row.cell.isHidden()]
        first = next((row for row in rows if _is_missing(row)), rows[0] if rows else None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_part(self) -> None:
        """Go to the first question of the part that is shown."""
        rows = [row for row in self._rows.values() if row.question.part == self.part and row.editor.isEnabled()]
        if rows:
            rows[0].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def go_on(self, after: str = "") -> bool:
        """Go to the first other field that still needs an answer; return whether there is one.

        `after`: the field that was answered; without it, the one that has the keyboard.
        """
        left = after or next((name for name, row in self._rows.items() if row.editor.has_keyboard()), "")
        needed = (row for name, row in self._rows.items() if name != left and _is_missing(row))
        found = next((row for row in needed if row.editor.value() is None and not row.cell.isHidden()), None)
        if found is not None:
            found.editor.setFocus(Qt.FocusReason.TabFocusReason)
        return found is not None

    def set_enabled(self, enabled: bool) -> None:
        """Enable or disable all fields."""
        for row in self._rows.values():
            row.editor.setEnabled(enabled)

    # What is wrong

    def refused_field(self, refused: Refused) -> str:
        """Return the field of this form that a refusal means; empty for none."""
        return field_of(refused, [name for name, row in self._rows.items() if row.asked])

    def has_keyboard(self, name: str) -> bool:
        """Return whether somebody is typing in that field."""
        return self._rows[name].editor.has_keyboard()

    def show_refusal(self, refused: Refused, focus: bool = True) -> bool:
        """Show a refusal at the field that it means, and go there; return whether there is such a field."""
        name = self.refused_field(refused)
        if not name:
            return False
        row = self._rows[name]
        if row.question.rare:
            self._unfold()
        if focus and row.question.part:
            self.show_part(row.question.part)
        row.say_wrong(error_text(refused, row.question.label, self.names))
        if focus:
            row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._bring_into_view(row)
        return True

    def refuse_missing(self) -> bool:
        """Show the error at every required field that is empty, and go to the first; return whether there is one."""
        empty = [name for name, row in self._rows.items() if _is_missing(row) and row.editor.value() is None]
        for name in reversed(empty):
            self.show_refusal(Refused("field_missing", name, name=name), focus=name == empty[0])
        return bool(empty)

    def clear_refusals(self) -> None:
        """Remove all errors."""
        for row in self._rows.values():
            row.say_wrong("")

    def _bring_into_view(self, row: FormRow) -> None:
        over = self.parentWidget()
        while over is not None:
            if isinstance(over, QScrollArea):
                over.ensureWidgetVisible(row.cell, 0, 16)
            over = over.parentWidget()

    # How it is laid out

    def sizeHint(self) -> QSize:
        width = tokens.px(_USUAL)
        return QSize(width, max(self._grid.heightForWidth(width), 1))

    def minimumSizeHint(self) -> QSize:
        narrow = tokens.px(_NARROWEST)
        return QSize(narrow, max(self._grid.heightForWidth(max(self.width(), narrow)), 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        for row in self._rows.values():
            row.label.fit(max(self.width(), 1))


def _at_the_left(button: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row


def _is_missing(row: FormRow) -> bool:
    if not row.asked or not row.question.field.required:
        return False
    value = row.editor.value()
    # A day that cannot be read is none.
    return value is None or (isinstance(row.editor, DayEdit) and row.editor.day() is None)
