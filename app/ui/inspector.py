"""The chosen visit beside a list: its six dates, the reasons in words, what to do at it, notes, history, actions."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from app.domain.calendar import OPEN, Entry, Status
from app.domain.regimens import DOSES
from app.ui import theme
from app.ui.marks import mark_of, tone_of
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.mark_label import MarkLabel
from app.ui.widgets.notes import Note
from app.ui.widgets.text import Elided, Label, Wrapped, no_mnemonic
from app.wording import visit_card as words
from app.wording.agenda import next_step
from app.wording.facts import who_text
from app.wording.language import gettext as _
from app.wording.names import status_text, visit_name
from app.wording.reasons import reason_texts

if TYPE_CHECKING:
    from app.services.looking import VisitLook

Act = tuple[str, str]
"""A button's words and the kind of fact that it asks for."""


def actions_for(entry: Entry, look: "VisitLook") -> tuple[list[Act], list[Act]]:
    """What can be recorded of a visit: as buttons, the next step first, and in the menu behind them."""
    protocol = look.participant.protocol
    if entry.status not in OPEN:
        settled = [(_("Note…"), "note")]
        more = [(_("Specimen…"), "specimen"), (_("Questionnaire…"), "questionnaire")]
        return settled, more if entry.status is Status.PERFORMED else []
    decides = entry.visit.id in protocol.decisions
    step = next_step(entry, look.participant.calendar.today, decides)
    offered: list[Act] = [(_("Record…"), "performed")]
    offered.append((_("Rebook…") if entry.booked else _("Book…"), "booked"))
    offered.append((_("Move…"), "moved"))
    if decides:
        offered.append((_("Decide…"), "decided"))
    first = {"performed": "performed", "booked": "booked", "rebooked": "booked", "decided": "decided"}[step]
    offered.sort(key=lambda act: act[1] != first)
    dose = entry.day_kind in DOSES
    more = [(_("Treatment given…"), "treatment"), (_("Omit the dose…"), "omitted")] if dose else []
    more += [(_("Missed…"), "missed")]
    more += [(_("Cancel the booking…"), "booking_cancelled")] if entry.booked else []
    more += [(_("Operation…"), "operation")] if is_operation(entry, look) else []
    more += [(_("Contact…"), "contact")] if entry.visit.contact == "phone" else []
    more += [(_("Specimen…"), "specimen"), (_("Questionnaire…"), "questionnaire"), (_("Note…"), "note")]
    return offered, more


def is_operation(entry: Entry, look: "VisitLook") -> bool:
    """Whether the visit is the operation of the protocol."""
    return entry.visit.id == look.participant.protocol.withdrawal.operation


class Inspector(QScrollArea):
    """What the chosen visit is; empty until one is chosen."""

    asked = Signal(str, str, str)
    """A kind of fact (or ``print``), the code, and the visit."""
    opened = Signal(str)
    """The code of the participant to open."""

    def __init__(self, parent: QWidget | None = None, with_participant: bool = True) -> None:
        """`with_participant`: whether it names the participant and can open it."""
        super().__init__(parent)
        self._with_participant = with_participant
        self.look: VisitLook | None = None
        self.can_write = True
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("The chosen visit"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.say(_("Choose a visit to see its dates, why they are so, and what to do at it."))

    def say(self, text: str) -> None:
        """Show a sentence in the place of a visit."""
        self.look = None
        inside, column = self._fresh()
        column.addWidget(Wrapped(text, "muted"))
        column.addStretch(1)
        self.setWidget(inside)

    def show_visit(self, look: "VisitLook") -> None:
        """Show a visit; it stays scrolled where it was when it is the same."""
        known = self.look
        same = known is not None and (known.participant.code, known.entry.key) == (
            look.participant.code,
            look.entry.key,
        )
        place = self.verticalScrollBar().value() if same else 0
        self.look = look
        inside, column = self._fresh()
        for part in (self._head, self._dates, self._reasons, self._problems, self._actions, self._activities,
                     self._notes, self._history):  # fmt: skip
            part(column, look)
        column.addStretch(1)
        self.setWidget(inside)
        self.verticalScrollBar().setValue(place)

    def _fresh(self) -> tuple[QWidget, QVBoxLayout]:
        inside = QWidget()
        inside.setProperty("surface", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(6)
        return inside, column

    def _head(self, column: QVBoxLayout, look: "VisitLook") -> None:
        person, entry = look.participant, look.entry
        if self._with_participant:
            regimen = person.protocol.regimens.get(person.regimen)
            parts = (person.protocol.short_title, person.protocol.version, regimen.name if regimen else "")
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Label(person.code, "heading"))
            row.addWidget(Elided(" · ".join(filter(None, parts)), "small"), 1)
            open_it = Button(_("Open"), lambda: self.opened.emit(person.code), "link")
            open_it.setAccessibleName(_("Open participant {code}").format(code=person.code))
            row.addWidget(open_it)
            column.addLayout(row)
        column.addWidget(Wrapped(visit_name(entry), "heading"))
        mark = mark_of(entry)
        column.addWidget(MarkLabel(mark, status_text(entry), tone_of(mark)))

    def _dates(self, column: QVBoxLayout, look: "VisitLook") -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for number, (name, value) in enumerate(words.six_dates(look.entry)):
            label, shown = Label(name, "muted"), Wrapped(value)
            shown.setAccessibleName(f"{name}: {value}")
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, number, 1)
        column.addLayout(grid)

    def _reasons(self, column: QVBoxLayout, look: "VisitLook") -> None:
        texts = reason_texts(look.entry, look.participant.calendar)
        if texts:
            column.addWidget(Note("\n".join(f"{text}." for text in texts)))

    def _problems(self, column: QVBoxLayout, look: "VisitLook") -> None:
        person, entry = look.participant, look.entry
        if words.undecided(entry, entry.visit.id in person.protocol.decisions):
            decide = (_("Decide…"), self._asking("decided", entry.key))
            column.addWidget(Note(_("Held, but what was decided is not recorded."), "notice", [decide]))
        for problem in entry.problems:
            found = words.warned(problem, person.calendar, entry)
            remedy = found.remedy
            remedies = [] if remedy is None else [(remedy.text, self._asking(remedy.kind, remedy.visit))]
            column.addWidget(Note(found.text, "notice", remedies))
        if entry.key in person.outdated_prints:
            column.addWidget(
                Note(
                    _("The printed sheet is outdated: the visit's day or window is another since."),
                    "notice",
                    [(_("Print again"), self._asking("print", entry.key))],
                )
            )

    def _asking(self, kind: str, visit: str) -> Callable[[], None]:
        def ask() -> None:
            if self.look is not None:
                self.asked.emit(kind, self.look.participant.code, visit)

        return ask

    def _actions(self, column: QVBoxLayout, look: "VisitLook") -> None:
        offered, more = actions_for(look.entry, look)
        row = FlowLayout(spacing=8)
        for number, (text, kind) in enumerate(offered):
            button = Button(text, self._asking(kind, look.entry.key), "primary" if number == 0 else "")
            row.addWidget(button)
            button.setEnabled(self.can_write)
        printing = Button(_("Print sheet…"), self._asking("print", look.entry.key))
        printing.setEnabled(self.can_write)
        row.addWidget(printing)
        if more:
            row.addWidget(self._more(more, look.entry.key))
        column.addSpacing(4)
        column.addLayout(row)
        column.addSpacing(4)

    def _more(self, acts: Sequence[Act], visit: str) -> Button:
        button = Button(_("More"), icon="chevron-down")
        menu = QMenu(button)
        for text, kind in acts:
            menu.addAction(no_mnemonic(text)).triggered.connect(self._triggering(kind, visit))
        button.setMenu(menu)
        button.setEnabled(self.can_write)
        return button

    def _triggering(self, kind: str, visit: str) -> Callable[[bool], None]:
        ask = self._asking(kind, visit)
        return lambda _checked: ask()

    def _activities(self, column: QVBoxLayout, look: "VisitLook") -> None:
        if not look.activities:
            return
        column.addWidget(Label(_("Activities"), "strong"))
        for text in look.activities:
            column.addWidget(Wrapped(f"☐ {text}" if look.entry.status in OPEN else f"· {text}"))

    def _notes(self, column: QVBoxLayout, look: "VisitLook") -> None:
        if not look.notes:
            return
        column.addWidget(Label(_("Notes"), "strong"))
        for record in look.notes:
            column.addWidget(Wrapped(record.text("text") or _("(redacted)")))
            column.addWidget(Wrapped(who_text(record), "small"))

    def _history(self, column: QVBoxLayout, look: "VisitLook") -> None:
        column.addWidget(Label(_("History"), "strong"))
        if not look.history:
            column.addWidget(Wrapped(_("Nothing was recorded of this visit yet."), "muted"))
        for row in reversed(look.history):
            still = "" if row.stands else " · " + _("taken back")
            column.addWidget(Wrapped(words.history_line(row.record) + still, "" if row.stands else "muted"))
            column.addWidget(Wrapped(who_text(row.record), "small"))

    def sizeHint(self) -> QSize:
        """A column of a third of a small screen."""
        return QSize(theme.px(340), 400)
