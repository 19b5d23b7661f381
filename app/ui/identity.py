"""Who this is about, always at the upper left: code, protocol and version, regimen, where the participant stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.calendar import OPEN
from app.ui import theme
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


_NARROW = 960


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
    """The strip of one participant: each part under its label, or where that is too narrow, all in two lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until a participant is shown. Buttons are put at its right by the page."""
        super().__init__(parent)
        self.setProperty("surface", "true")
        self._shown: list[tuple[str, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(20)
        self.code = Label("", "code")
        row.addWidget(self.code)
        self._parts = QWidget()
        row.addWidget(self._parts, 1)
        self.notices = Button("", None, "link", "alert-triangle")
        self.notices.hide()
        row.addWidget(self.notices)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        row.addLayout(self.buttons)
        self._row = row

    def show_participant(self, look: "ParticipantLook") -> None:
        """Another participant, or the same after a change."""
        self.code.setText(look.code)
        self._shown = facts_of(look)
        self.setAccessibleName(", ".join([look.code, *(f"{name} {value}" for name, value in self._shown)]))
        count = len(notices_of(look))
        self.notices.setText(counted("{n} notice", "{n} notices", count))
        self.notices.setAccessibleName(self.notices.text())
        self.notices.setVisible(count > 0)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line of parts, or two lines."""
        super().resizeEvent(event)
        if self._shown and self._is_narrow() != (self._parts.property("narrow") == "true"):
            self._lay_out()

    def _is_narrow(self) -> bool:
        return self.width() < theme.px(_NARROW)

    def _lay_out(self) -> None:
        narrow = self._is_narrow()
        parts = _lines(self._shown) if narrow else _labelled(self._shown)
        parts.setProperty("narrow", "true" if narrow else "false")
        self._row.replaceWidget(self._parts, parts)
        self._parts.hide()
        self._parts.deleteLater()
        self._parts = parts
        self._row.setStretchFactor(parts, 1)


def _labelled(shown: Sequence[tuple[str, str]]) -> QWidget:
    """Each part under its label; protocol and place are shown whole, the others give way."""
    found = QWidget()
    row = QHBoxLayout(found)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(20)
    for number, (name, value) in enumerate(shown):
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(name, "small"))
        column.addWidget(Elided(value))
        row.addWidget(part, 3 if number == len(shown) - 1 else 1 if name == _("Regimen") else 0)
    return found


def _lines(shown: Sequence[tuple[str, str]]) -> QWidget:
    """What the participant is on in one line, where it stands and what is next in the other."""
    found = QWidget()
    column = QVBoxLayout(found)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    values = [value for _name, value in shown]
    column.addWidget(Elided(" · ".join(values[:-2]), "small"))
    column.addWidget(Elided(_("{now} · next: {next}").format(now=values[-2], next=values[-1])))
    return found
