"""The texts of a participant's page: its totals, and the visit at which it opens."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.domain.calendar.entries import Status
from app.wording.language import counted
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView


def opens_at(view: "ParticipantView") -> str:
    """Return the visit at which a page opens: the next one, else the last performed, else the last up to today."""
    if view.position.next is not None:
        return view.position.next.key
    shown = [one for one in view.calendar.entries if one.status is not Status.CANCELLED]
    performed = [(one.performed, number) for number, one in enumerate(shown) if one.performed is not None]
    past = [
        (one.assumed, number)
        for number, one in enumerate(shown)
        if one.assumed is not None and one.assumed <= view.calendar.today
    ]
    _day, last = max(performed or past, default=(None, 0))
    return shown[last].key if shown else ""


def totals_text(view: "ParticipantView") -> str:
    """Return the number of visits in all and by status."""
    counts: Mapping[str, int] = {
        name: sum(entry.status in states for entry in view.calendar.entries)
        for name, states in (
            (_("done"), (Status.PERFORMED,)),
            (_("due"), (Status.DUE,)),
            (_("overdue"), (Status.OVERDUE,)),
            (_("to come"), (Status.PLANNED,)),
            (_("waiting"), (Status.AWAITING,)),
            (_("missed or omitted"), (Status.MISSED, Status.OMITTED)),
        )
    }
    shown = sum(entry.status is not Status.CANCELLED for entry in view.calendar.entries)
    parts = [counted("{n} visit", "{n} visits", shown), *(f"{count} {name}" for name, count in counts.items() if count)]
    return " · ".join(parts)
