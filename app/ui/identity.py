"""Who this is about, always at the upper left: code, protocol and version, regimen, where the participant stands."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.calendar import OPEN
from app.ui.widgets.buttons import Button
from app.ui.widgets.text import Elided, Label
from app.wording.agenda import is_booked
from app.wording.dates import day_at
from app.wording.facts import stage_text
from app.wording.language import counted, numbered
from app.wording.language import gettext as _
from app.wording.names import visit_name

if TYPE_CHECKING:
    from app.services.looking import ParticipantLook


def position_text(look: "ParticipantLook") -> str:
    """Where the participant stands: ``Chemotherapy before surgery, day 43, cycle 4 of 8``."""
    place = look.position
    epoch = next((one.name for one in look.protocol.epochs if one.id == place.epoch), "")
    parts = [epoch] if epoch else []
    if place.day is not None:
        parts.append(numbered(_("day {n}"), place.day))
    else:
        parts.append(counted("{n} day since enrolment", "{n} days since enrolment", place.since))
    if place.cycle:
        parts.append(_("cycle {n} of {all}").format(n=place.cycle, all=place.cycles))
    return ", ".join(parts)


def next_text(look: "ParticipantLook") -> str:
    """The next visit with its day."""
    entry = look.position.next
    if entry is None or entry.assumed is None:
        return _("none")
    return f"{day_at(entry.assumed, entry.booked_at if is_booked(entry) else '')}, {visit_name(entry)}"


def facts_of(look: "ParticipantLook") -> list[tuple[str, str]]:
    """The strip's parts, each with its label; the last one gets what room is left."""
    protocol = look.protocol
    regimen = protocol.regimens.get(look.regimen)
    found = [(_("Protocol"), f"{protocol.short_title} {protocol.version}")]
    found += [(_("Regimen"), regimen.name)] if regimen is not None else []
    now = position_text(look) if look.stage == "enrolled" else stage_text(look.stage)
    return [*found, (_("Now"), now), (_("Next"), next_text(look))]


def notices_of(look: "ParticipantLook") -> list[str]:
    """The keys of the open visits that a person should look at."""
    return [entry.key for entry in look.calendar.entries if entry.problems and entry.status in OPEN]


class IdentityStrip(QFrame):
    """The strip of one participant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until a participant is shown. Buttons are put at its right by the page."""
        super().__init__(parent)
        self.setProperty("surface", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(20)
        self.code = Label("", "code")
        row.addWidget(self.code)
        self._parts = QHBoxLayout()
        self._parts.setSpacing(20)
        row.addLayout(self._parts, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        row.addLayout(self.buttons)

    def show_participant(self, look: "ParticipantLook", to_notice: Callable[[], object]) -> None:
        """Another participant, or the same after a change."""
        self.code.setText(look.code)
        self.setAccessibleName(", ".join([look.code, *(f"{name} {value}" for name, value in facts_of(look))]))
        while (item := self._parts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown = facts_of(look)
        for number, (name, value) in enumerate(shown):
            # The protocol and where the participant stands are shown whole, the others give way.
            stretch = 3 if number == len(shown) - 1 else 1 if name == _("Regimen") else 0
            self._parts.addWidget(_part(name, Elided(value)), stretch)
        count = len(notices_of(look))
        if count:
            button = Button(counted("{n} notice", "{n} notices", count), to_notice, "link", "alert-triangle")
            self._parts.addWidget(_part(_("Open"), button))


def _part(name: str, value: QWidget) -> QWidget:
    found = QWidget()
    column = QVBoxLayout(found)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Label(name, "small"))
    column.addWidget(value)
    column.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return found
