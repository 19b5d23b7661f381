"""The parts of the participant header as text: each in its complete form and in shorter ones."""

import re
from typing import TYPE_CHECKING, NamedTuple

from app.domain.calendar.entries import OPEN
from app.domain.facts.participant_record import Stage
from app.wording.dates import day_at, day_short
from app.wording.fact_sentences import stage_text
from app.wording.language import counted, numbered
from app.wording.language import gettext as _
from app.wording.names import visit_name
from app.wording.short_names import short_name, shortest_name

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")


class HeaderPart(NamedTuple):
    """A part with its name and its texts, from the longest to the shortest. `least`: the part that must be seen."""

    name: str
    texts: tuple[str, ...]
    least: str = ""

    @property
    def asking(self) -> list[str]:
        """The texts to make room for, from the longest to the shortest."""
        return [*self.texts, *filter(None, (self.least,))]

    def at(self, number: int) -> str:
        """Return the text after so many steps of shortening, or the shortest one."""
        return self.texts[min(number, len(self.texts) - 1)]


def position_text(view: "ParticipantView") -> str:
    """Return the progress of a participant: ``Chemotherapy before surgery, day 43, cycle 4 of 8``."""
    epoch = next((one.name for one in view.protocol.epochs if one.id == view.position.epoch), "")
    return ", ".join(filter(None, (epoch, progress_text(view))))


def progress_text(view: "ParticipantView") -> str:
    """Return the progress without the epoch: ``day 43, cycle 4 of 8``."""
    position = view.position
    parts = []
    if position.day is not None:
        parts.append(numbered(_("day {n}"), position.day))
    else:
        parts.append(counted("{n} day since enrolment", "{n} days since enrolment", position.since))
    if position.cycle:
        parts.append(_("cycle {n} of {all}").format(n=position.cycle, all=position.cycles))
    return ", ".join(parts)


def next_text(view: "ParticipantView") -> str:
    """Return the next visit with its day."""
    entry = view.position.next
    if entry is None or entry.assumed is None:
        return _("none")
    return f"{day_at(entry.assumed, entry.appointment_time)}, {visit_name(entry)}"


def header_parts(view: "ParticipantView") -> list[HeaderPart]:
    """Return the parts of a participant's header; the last one gets the rest of the room."""
    protocol = view.protocol
    regimen = protocol.regimens.get(view.regimen)
    found = [HeaderPart(_("Protocol"), (f"{protocol.short_title} {protocol.version}",))]
    if regimen is not None:
        found.append(HeaderPart(_("Regimen"), _with_shorter(regimen.name, _IN_BRACKETS.sub("", regimen.name))))
    if view.stage is Stage.ENROLLED:
        found.append(HeaderPart(_("Now"), (position_text(view),)))
    else:
        found.append(HeaderPart(_("Now"), (stage_text(view.stage),)))
    return [*found, _next_part(view)]


def _next_part(view: "ParticipantView") -> HeaderPart:
    entry = view.position.next
    if entry is None or entry.assumed is None:
        return HeaderPart(_("Next"), (next_text(view),))
    day = day_short(entry.assumed, view.calendar.today, entry.appointment_time)
    name = visit_name(entry)
    forms = (next_text(view), *(f"{day}, {form}" for form in (name, short_name(name), shortest_name(name))))
    return HeaderPart(_("Next"), tuple(dict.fromkeys(forms)), day)


def _with_shorter(text: str, shorter: str) -> tuple[str, ...]:
    return (text, shorter) if shorter and shorter != text else (text,)


def notices_of(view: "ParticipantView") -> list[str]:
    """Return the keys of the open visits with problems that a person should look at."""
    return [entry.key for entry in view.calendar.entries if entry.problems and entry.status in OPEN]
