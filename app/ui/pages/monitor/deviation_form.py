"""The form of a deviation in its row: its class, cause, when it was found, what was done; its days stay."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from app.domain.deviation_rule import DEVIATION_CLASSES, DeviationClass
from app.domain.facts.kinds import KINDS
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.refusal import Refused
from app.services.commands.record import Saved
from app.services.queries.deviation_log import class_lines
from app.services.queries.deviation_row import Deviation
from app.ui.forms.day_edit import DayEdit
from app.ui.forms.field_errors import error_text as field_error
from app.ui.forms.field_errors import field_of
from app.ui.forms.questions import label_of
from app.ui.forms.sure_question import SureQuestion
from app.ui.forms.text_editors import LineEditor, LongEditor
from app.ui.session.error_text import error_text
from app.ui.session.proposal_jobs import ChangeRequest, SaveJob
from app.ui.session.session import StudySession
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.text import Label, Wrapped, no_mnemonic
from app.wording.dates import window
from app.wording.deviations import class_name, deviation_text
from app.wording.fact_values import day_of
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.visible import visible_line

_KEYS: Mapping[int, DeviationClass] = {
    int(Qt.Key.Key_1): "allowed", int(Qt.Key.Key_2): "minor", int(Qt.Key.Key_3): "important",
}  # fmt: skip
_TEXTS = ("cause", "action", "comment")


def class_of_key(key: int) -> DeviationClass | None:
    """Return the class that a key of a number chooses; None for another key."""
    return _KEYS.get(key)


class DeviationForm(QFrame):
    """The decision on one deviation. It is recorded as every other change is, and one undo takes it back."""

    saved = Signal(bool)
    """It was recorded; whether the next one without a class is wanted."""
    left = Signal()
    """It is to be closed without saving."""
    wanted = Signal()
    """All fields of the decision are wanted, in the dialog."""
    focused = Signal(object)
    """One of its widgets has got the keyboard."""
    sizes_changed = Signal()
    """It may need another height."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "true")
        self._session = session
        self.row: Deviation | None = None
        self._fresh: Mapping[str, object] = {}
        self._goes_on = False
        self.saving = SaveJob(session, self, _("Saving"))
        self.saving.saved.connect(self._saved)
        self.saving.failed.connect(self._not_saved)
        self.classes = {one: QRadioButton(self) for one in DEVIATION_CLASSES}
        self._group = QButtonGroup(self)
        kind = KINDS[CLASS_KIND]
        labels = {field.name: label_of(CLASS_KIND, field) for field in kind.fields}
        self.cause, self.action = LongEditor(labels["cause"], self), LongEditor(labels["action"], self)
        self.comment = LineEditor(labels["comment"], self)
        self.found_on = DayEdit(session.today, labels["found_on"], self)
        self._frozen, self.error = Wrapped("", "small", parent=self), Wrapped("", "small", "alarm", self)
        self.sure = SureQuestion(self)
        self.save_button = Button("", self.save, "primary", parent=self)
        self.next_button = Button(_("Save, &next not classed"), self.save_and_next, parent=self)
        self.cancel_button = Button(_("Cancel"), self.left.emit, parent=self)
        self.more_button = Button(_("All fields…"), self.wanted.emit, "link", parent=self)
        self._lay_out(labels)
        for inside in self.findChildren(QWidget):
            inside.installEventFilter(self)
        for editor in (self.cause, self.action, self.comment, self.found_on):
            editor.changed.connect(self._typed)

    # Layout

    def _lay_out(self, labels: Mapping[str, str]) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 8, 16, 10)
        outer.setSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._class_column(), 0, 0, 2, 1)
        places = (
            (self.cause, "cause", 0, 1), (self.action, "action", 0, 2),
            (self.found_on, "found_on", 1, 1), (self.comment, "comment", 1, 2),
        )  # fmt: skip
        for editor, name, row, column in places:
            grid.addWidget(_labelled(labels[name], editor), row, column)
        frozen = QWidget(self)
        fixed = QVBoxLayout(frozen)
        fixed.setContentsMargins(0, 0, 0, 0)
        fixed.setSpacing(2)
        fixed.addWidget(Label(_("What is fixed"), "small"))
        fixed.addWidget(self._frozen)
        fixed.addStretch(1)
        grid.addWidget(frozen, 0, 3, 2, 1)
        for number, share in enumerate((2, 3, 3, 2)):
            grid.setColumnStretch(number, share)
        outer.addLayout(grid)
        outer.addWidget(self.error)
        outer.addWidget(self.sure)
        buttons = QWidget(self)
        flow = FlowLayout(spacing=8)
        for button in (self.save_button, self.next_button, self.cancel_button, self.more_button):
            flow.addWidget(button)
        buttons.setLayout(flow)
        outer.addWidget(buttons)
        for box in (self.cause.box, self.action.box):
            box.setFixedHeight(box.fontMetrics().lineSpacing() * 3 + 14)

    def _class_column(self) -> QWidget:
        found = QWidget(self)
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(_("Class: keys 1, 2, 3"), "small"))
        for button in self.classes.values():
            self._group.addButton(button)
            button.toggled.connect(self._typed)
            column.addWidget(button)
        column.addStretch(1)
        return found

    # The row

    def show_row(self, row: Deviation, chosen: DeviationClass | None = None) -> None:
        """Show the decision on a row; `chosen`: a class that was chosen with its key."""
        self.row = row
        self.error.hide()
        self.sure.follow(row)
        for class_, button in self.classes.items():
            proposed = row.decided_class is None and class_ == row.proposed
            words = sentence_case(class_name(class_))
            text = _("{class_} (proposed)").format(class_=words) if proposed else words
            button.setText(no_mnemonic(text))
            button.setAccessibleName(f"{_('Class')}: {text}")
        self.choose(row.decided_class)
        for name in _TEXTS:
            said = row.decided.text(name) if name == "comment" and row.decided is not None else row.told(name)
            getattr(self, name).set_value(said or None)
        self.found_on.set_today(self._session.today)
        self.found_on.set_day(day_of(row.told("found_on")))
        self._frozen.setText("\n".join(_fixed_lines(row)))
        number = _("Save number {n}").format(n=row.number) if row.number else _("Save, give it a number")
        self.save_button.setText(number)
        self.save_button.setAccessibleName(number)
        self._fresh = self.typed()
        if chosen is not None:
            self.choose(chosen)
        self._ready(True)

    def choose(self, chosen: DeviationClass | None) -> None:
        """Choose a class, or none."""
        self._group.setExclusive(False)
        for class_, button in self.classes.items():
            with QSignalBlocker(button):
                button.setChecked(class_ == chosen)
        self._group.setExclusive(True)
        self._typed()

    def chosen_class(self) -> DeviationClass | None:
        """Return the chosen class; None for none."""
        return next((class_ for class_, button in self.classes.items() if button.isChecked()), None)

    def typed(self) -> dict[str, object]:
        """Return all that can be typed or chosen."""
        texts = {name: getattr(self, name).value() for name in _TEXTS}
        return {**texts, "class": self.chosen_class(), "found_on": self.found_on.value()}

    def has_typed(self) -> bool:
        """Whether something differs from what the file has, and is not being saved."""
        return self.row is not None and not self.saving.under_way and self.typed() != self._fresh

    def take_keyboard(self) -> None:
        """Begin with the class, or with what follows it where that was chosen."""
        chosen = self.chosen_class()
        (self.cause.box if chosen is not None else self.classes[DEVIATION_CLASSES[0]]).setFocus()

    # Saving

    def request(self, row: Deviation) -> ChangeRequest:
        """Return the decision as it is typed."""
        fields = {name: value for name, value in self.typed().items() if value is not None}
        return ChangeRequest(row.participant, CLASS_KIND, {"visit": row.visit, "deviation": row.what, **fields})

    def save(self) -> None:
        """Record the decision."""
        self._save(goes_on=False)

    def save_and_next(self) -> None:
        """Record the decision, and ask for the next row without a class."""
        self._save(goes_on=True)

    def _save(self, goes_on: bool) -> None:
        if self.row is None or self.saving.under_way or not self._session.can_write:
            return
        if self.chosen_class() is None:
            self._tell(_("Choose the class first: key 1, 2 or 3."))
            self.classes[DEVIATION_CLASSES[0]].setFocus()
            return
        self._goes_on = goes_on
        self.error.hide()
        self._ready(False)
        self.saving.save(self.request(self.row), None, self.sure.confirmed())

    def _saved(self, _saved: Saved) -> None:
        self._fresh = self.typed()
        self.saved.emit(self._goes_on)

    def _not_saved(self, error: BaseException) -> None:
        self._ready(True)
        if self.sure.ask(error):
            self.sure.take_keyboard()
            return
        text = error_text(error)
        if isinstance(error, Refused) and (name := field_of(error, [*_TEXTS, "found_on"])):
            field = KINDS[CLASS_KIND].field(name)
            label = label_of(CLASS_KIND, field) if field is not None else name
            text = f"{label}: {field_error(error, label)}"
            getattr(self, name).setFocus()
        self._tell(text)

    def _tell(self, text: str) -> None:
        self.error.setText(text)
        self.error.show()

    def _ready(self, ready: bool) -> None:
        for button in (self.save_button, self.next_button):
            button.setEnabled(ready and self._session.can_write)

    def _typed(self) -> None:
        if self.row is not None:
            self.sure.follow(self.typed())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save by Ctrl+Enter, which is the key of a command of the menu elsewhere."""
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit(watched)
        if isinstance(event, QKeyEvent) and _saves(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.save()
                return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Say when the layout needs another height, as for a message."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.sizes_changed.emit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a class by its number and go to the next row by N where nothing is typed; leave by Escape."""
        chosen = class_of_key(event.key())
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif chosen is not None:
            self.choose(chosen)
            self.classes[chosen].setFocus()
        elif event.key() == Qt.Key.Key_N:
            self.save_and_next()
        else:
            super().keyPressEvent(event)


def _saves(event: QKeyEvent) -> bool:
    with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return with_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _fixed_lines(row: Deviation) -> list[str]:
    """Return what a decision does not change: the window and the days, the number, and what was said before."""
    own = _("Window {days}").format(days=window(row.earliest, row.latest)) if row.earliest and row.latest else ""
    days = _("Number, planned and actual day stay as they were when the number was given.") if row.number else ""
    signed = _("It is signed; what is decided again is signed again.") if row.is_signed else ""
    rows = [deviation_text(row.what, row.days, row.detail), own, *class_lines(row), days, signed]
    return [visible_line(sentence_case(line)) for line in rows if line]


def _labelled(text: str, editor: QWidget) -> QWidget:
    found = QWidget()
    column = QVBoxLayout(found)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    label = Label(no_mnemonic(text), "small")
    label.setBuddy(editor)
    column.addWidget(label)
    column.addWidget(editor)
    column.addStretch(1)
    return found
