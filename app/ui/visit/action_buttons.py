"""The action buttons of the chosen visit: the next step as the primary button, the others, and a menu."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.domain.calendar.entries import OPEN, Entry, Status
from app.domain.protocol.regimens import DOSES
from app.ui.visit.mends import POSTPONED
from app.ui.widgets.buttons import Button
from app.ui.widgets.column_part import ColumnPart
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.text import no_mnemonic
from app.wording.agenda import next_step
from app.wording.fact_catalogue import button_text
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import VisitView

Action = tuple[str, str]
"""A button's words and the kind of fact that it asks for."""


def actions_for(entry: Entry, view: "VisitView") -> tuple[list[Action], list[Action]]:
    """Return what can be recorded of a visit: the buttons, the next step first, and the entries of the menu."""
    if entry.status not in OPEN:
        more = [_action("operation")] if entry.visit.is_operation else []
        more += [_action("specimen"), _action("questionnaire")]
        return [_action("note"), *(more if entry.status is Status.PERFORMED else [])], []
    decides = entry.visit.id in view.participant.protocol.decisions
    step = next_step(entry, view.participant.calendar.today, decides)
    offered: list[Action] = [_action("performed")]
    offered.append((_("Rebook…"), "booked") if entry.booked else _action("booked"))
    offered.append(_action("moved"))
    if entry.assumed is not None:
        offered.append((_("A week later…"), POSTPONED))
    if entry.visit.is_operation:
        offered.append(_action("operation"))
    if decides:
        offered.append(_action("decided"))
    if step in ("died", "contact"):
        offered.append(_action(step))
    first = {"rebooked": "booked"}.get(step, step)
    offered.sort(key=lambda action: action[1] != first)
    return offered, _menu_actions(entry, step)


def _action(kind: str) -> Action:
    return button_text(kind), kind


def _menu_actions(entry: Entry, step: str) -> list[Action]:
    dose = entry.day_kind in DOSES
    more = [_action("treatment"), _action("omitted")] if dose else []
    more += [_action("missed")]
    more += [_action("booking_cancelled")] if entry.booked else []
    more += [_action("contact")] if entry.visit.contact == "phone" and step != "contact" else []
    return [*more, _action("specimen"), _action("questionnaire"), _action("note")]


class ActionButtons(ColumnPart):
    """The buttons of one visit. Visits with the same actions share their row of buttons."""

    def __init__(self, ask: Callable[[str], None], parent: QWidget | None = None) -> None:
        """`ask` gets the kind of fact that a person wants to record of the visit shown."""
        super().__init__(parent)
        self._ask = ask
        self._prints: list[Button] = []
        self._rows: dict[tuple[tuple[Action, ...], tuple[Action, ...], bool], QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)

    def show_actions(
        self, offered: Sequence[Action], more: Sequence[Action], steps: bool, enabled: bool, prints: bool
    ) -> None:
        """Show these buttons and this menu; `steps`: the first button is the visit's next step.

        `enabled`: something can be recorded; `prints`: a sheet can be printed.
        """
        key = (tuple(offered), tuple(more), steps)
        if key not in self._rows:
            self._rows[key] = self._row(*key)
            self._column.addWidget(self._rows[key])
        for known, row in self._rows.items():
            row.setHidden(known != key)
        for button in self._rows[key].findChildren(Button):
            button.setEnabled(prints if button in self._prints else enabled)

    def _row(self, offered: Sequence[Action], more: Sequence[Action], steps: bool) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row)
        for number, (text, kind) in enumerate(offered):
            flow.addWidget(Button(text, self._asking(kind), "primary" if steps and number == 0 else "", parent=row))
        print_button = Button(_("Print sheet…"), self._asking("print"), parent=row)
        self._prints.append(print_button)
        flow.addWidget(print_button)
        if more:
            flow.addWidget(self._more(more, row))
        return row

    def _more(self, actions: Sequence[Action], row: QWidget) -> Button:
        button = Button(_("More"), icon="chevron-down", parent=row)
        menu = QMenu(button)
        for text, kind in actions:
            menu.addAction(no_mnemonic(text)).triggered.connect(self._asking(kind))
        button.setMenu(menu)
        return button

    def _asking(self, kind: str) -> Callable[..., None]:
        return lambda *_checked: self._ask(kind)
