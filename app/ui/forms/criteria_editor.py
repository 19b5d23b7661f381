"""The criteria of the protocol, one line each: all met by one key, exceptions typed, and every answer in sight."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from app.domain.facts.kind import UNKNOWN
from app.domain.planning.eligibility import Criterion
from app.ui.forms.choice_editors import RadioEditor
from app.ui.forms.editor import WIDE, Editor
from app.ui.forms.protocol_options import yes_no_unknown
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.text import Label, Wrapped
from app.wording.language import gettext as _

_BESIDE = 480
"""The least width for criteria with their answers at the right, at a text size of 100 %."""
_EXCEPTION = re.compile(r"([A-Za-z]+)\s*0*(\d+)\s*[:=]?\s*(\?|[A-Za-z]*)", re.ASCII)
_ID = re.compile(r"([A-Za-z]+)0*(\d+)", re.ASCII)
_ANSWERS: Mapping[str, bool | str] = {
    "yes": True, "y": True, "no": False, "n": False, "unknown": UNKNOWN, "u": UNKNOWN, "?": UNKNOWN,
}  # fmt: skip


def typed_exceptions(text: str, criteria: Sequence[Criterion]) -> tuple[dict[str, bool | str], list[str]]:
    """Return the answers that were typed, by criterion, and the pieces that cannot be read.

    ``I05 no, e2 unknown, I7``: an id alone says that the criterion is not met.
    """
    known: dict[object, Criterion] = {_short(one.id): one for one in criteria}
    found: dict[str, bool | str] = {}
    wrong: list[str] = []
    for piece in filter(None, (one.strip() for one in re.split(r"[,;]", text))):
        read = _EXCEPTION.fullmatch(piece)
        criterion = known.get((read[1].upper(), int(read[2]))) if read is not None else None
        word = read[3].lower() if read is not None else ""
        if criterion is None or (word and word not in _ANSWERS):
            wrong.append(piece)
        else:
            found[criterion.id] = _ANSWERS[word] if word else not met(criterion)
    return found, wrong


def met(criterion: Criterion) -> bool:
    """Return the answer by which a criterion is met: no for one that excludes."""
    return not criterion.excludes


def _short(name: str) -> tuple[str, int] | str:
    """Return an id without leading zeros, or as it is where it is no letter with a number."""
    read = _ID.fullmatch(name)
    return (read[1].upper(), int(read[2])) if read is not None else name


class CriteriaEditor(Editor):
    """Yes, no or unknown for each criterion; criteria without an answer are left out."""

    all_answered = Signal()
    """All criteria were called met at once, but for exceptions."""

    def __init__(self, label: str, criteria: Sequence[Criterion], parent: QWidget | None = None) -> None:
        """Make one line for each criterion; `label`: the name of all together."""
        super().__init__(parent)
        self.setAccessibleName(label)
        self.criteria = tuple(criteria)
        self.all_met = Button(_("All criteria met (Alt+M)"), self.meet_all, icon="check", parent=self)
        QShortcut(QKeySequence("Alt+M"), self, self.meet_all)
        self.exceptions = QLineEdit(self)
        self.exceptions.setAccessibleName(_("Exceptions"))
        self.exceptions.setPlaceholderText(_("Exceptions, as: I05 no, E2 unknown"))
        self.exceptions.setMaximumWidth(tokens.px(WIDE))
        self.exceptions.textEdited.connect(lambda _text: self._show_answers())
        self.exceptions.editingFinished.connect(self._show_answers)
        self.unread = Wrapped("", "small", "alarm", self)
        self.unread.hide()
        self.rows: dict[str, RadioEditor] = {}
        self._clicked: dict[str, object] = {}
        self._showing = False
        self._below: bool | None = None
        self._lay_out()
        self.setFocusProxy(self.all_met)

    def _lay_out(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self.all_met)
        above.addWidget(self.exceptions, 1)
        above.addStretch(0)
        grid.addLayout(above, 0, 0, 1, 3)
        grid.addWidget(self.unread, 1, 0, 1, 3)
        for number, one in enumerate(self.criteria, start=1):
            name = f"{one.id}  {one.text}"
            editor = self.rows[one.id] = RadioEditor(name, yes_no_unknown(), self)
            editor.setAccessibleName(name)
            editor.changed.connect(partial(self._answered, one.id))
            grid.addWidget(Label(one.id, "muted", parent=self), 2 * number, 0, Qt.AlignmentFlag.AlignTop)
            text = Wrapped(one.text, parent=self)
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, 2 * number, 1)
        self._place_answers()

    def _place_answers(self) -> None:
        """Put the answers at the right of the criteria, or below them where that is too narrow."""
        below = self.width() < tokens.px(_BESIDE)
        if below is self._below:
            return
        self._below = below
        for number, editor in enumerate(self.rows.values(), start=1):
            self._grid.removeWidget(editor)
            place = (2 * number + 1, 1) if below else (2 * number, 2)
            self._grid.addWidget(editor, *place, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_answers()

    def meet_all(self) -> None:
        """Answer every criterion as met, but for the exceptions that were typed."""
        self._clicked = {one.id: met(one) for one in self.criteria}
        self._show_answers()
        self.all_answered.emit()
        self.exceptions.setFocus(Qt.FocusReason.TabFocusReason)

    def _answered(self, name: str) -> None:
        """Keep an answer that was given by its button; exceptions that are typed come on top."""
        if not self._showing:
            self._clicked[name] = self.rows[name].value()
            self.changed.emit()

    def _show_answers(self) -> None:
        found, wrong = typed_exceptions(self.exceptions.text(), self.criteria)
        self._put({**self._clicked, **found})
        said = _("Not read: {texts}. Write an id with yes, no or unknown.").format(texts=", ".join(wrong))
        is_done = self.exceptions.text().rstrip().endswith((",", ";")) or not self.exceptions.hasFocus()
        self.unread.setText(said if wrong and is_done else "")
        self.unread.setVisible(bool(self.unread.text()))
        self.changed.emit()

    def _put(self, answers: Mapping[str, object]) -> None:
        self._showing = True
        for name, editor in self.rows.items():
            editor.set_value(answers.get(name))
        self._showing = False

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the button, the line for exceptions and the buttons of every criterion."""
        return (self.all_met, self.exceptions, *(one for row in self.rows.values() for one in row.inputs()))

    def value(self) -> object:
        """Return yes, no or unknown by criterion, where an answer was given; what cannot be read is there as typed."""
        found = {name: editor.value() for name, editor in self.rows.items()}
        found |= dict.fromkeys(typed_exceptions(self.exceptions.text(), self.criteria)[1], UNKNOWN)
        return {name: one for name, one in found.items() if one is not None} or None

    def set_value(self, value: object) -> None:
        """Show answers."""
        self._clicked = dict(value) if isinstance(value, Mapping) else {}
        self.exceptions.clear()
        self._put(self._clicked)
