"""What can be recorded of the chosen visit: the next step as the primary button, the others, and a menu."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.domain.calendar.entries import OPEN, Entry, Status
from app.domain.protocol.regimens import DOSES
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.text import no_mnemonic
from app.wording.agenda import next_step
from app.wording.fact_catalogue import button_text
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import VisitView

Act = tuple[str, str]
"""A button's words and the kind of fact that it asks for."""


def actions_for(entry: Entry, look: "VisitView") -> tuple[list[Act], list[Act]]:
    """What can be recorded of a visit: as buttons, the next step first, and in the menu behind them."""
    if entry.status not in OPEN:
        more = [_act("specimen"), _act("questionnaire")]
        return [_act("note"), *(more if entry.status is Status.PERFORMED else [])], []
    decides = entry.visit.id in look.participant.protocol.decisions
    step = next_step(entry, look.participant.calendar.today, decides)
    offered: list[Act] = [_act("performed")]
    offered.append((_("Rebook…"), "booked") if entry.booked else _act("booked"))
    offered.append(_act("moved"))
    if decides:
        offered.append(_act("decided"))
    first = {"performed": "performed", "booked": "booked", "rebooked": "booked", "decided": "decided"}[step]
    offered.sort(key=lambda act: act[1] != first)
    return offered, _rarer(entry, look)


def _act(kind: str) -> Act:
    return button_text(kind), kind


def _rarer(entry: Entry, look: "VisitView") -> list[Act]:
    dose = entry.day_kind in DOSES
    more = [_act("treatment"), _act("omitted")] if dose else []
    more += [_act("missed")]
    more += [_act("booking_cancelled")] if entry.booked else []
    more += [_act("operation")] if is_operation(entry, look) else []
    more += [_act("contact")] if entry.visit.contact == "phone" else []
    return [*more, _act("specimen"), _act("questionnaire"), _act("note")]


def is_operation(entry: Entry, look: "VisitView") -> bool:
    """Whether the visit is the operation of the protocol."""
    return entry.visit.id == look.participant.protocol.withdrawal.operation


class Acts(QWidget):
    """The buttons of one visit. Visits at which the same can be done share their row of buttons."""

    def __init__(self, ask: Callable[[str], None], parent: QWidget | None = None) -> None:
        """`ask` is told the kind of fact that a person wants to record of the visit shown."""
        super().__init__(parent)
        self._ask = ask
        self._rows: dict[tuple[tuple[Act, ...], tuple[Act, ...], bool], QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)

    def show_acts(self, offered: Sequence[Act], more: Sequence[Act], steps: bool, enabled: bool) -> None:
        """`steps`: the first button is the visit's next step."""
        key = (tuple(offered), tuple(more), steps)
        if key not in self._rows:
            self._rows[key] = self._row(*key)
            self._column.addWidget(self._rows[key])
        for known, row in self._rows.items():
            row.setHidden(known != key)
        self.setEnabled(enabled)

    def _row(self, offered: Sequence[Act], more: Sequence[Act], steps: bool) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row)
        for number, (text, kind) in enumerate(offered):
            flow.addWidget(Button(text, self._asking(kind), "primary" if steps and number == 0 else "", parent=row))
        flow.addWidget(Button(_("Print sheet…"), self._asking("print"), parent=row))
        if more:
            flow.addWidget(self._more(more, row))
        return row

    def _more(self, acts: Sequence[Act], row: QWidget) -> Button:
        button = Button(_("More"), icon="chevron-down", parent=row)
        menu = QMenu(button)
        for text, kind in acts:
            menu.addAction(no_mnemonic(text)).triggered.connect(self._asking(kind))
        button.setMenu(menu)
        return button

    def _asking(self, kind: str) -> Callable[..., None]:
        return lambda *_checked: self._ask(kind)
