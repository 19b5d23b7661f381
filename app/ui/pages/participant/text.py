"""What the page of a participant offers and says: the kinds of fact, the totals, and where it begins."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.domain.calendar.entries import Status
from app.wording.language import counted, marked
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

FACTS = (
    ("decided", marked("Decision…")),
    ("regimen_changed", marked("Change of regimen…")),
    ("stopped", marked("Stop of treatment…")),
    ("chosen", marked("Answer to a question of the protocol…")),
    ("", ""),
    ("operation", marked("Operation…")),
    ("treatment", marked("Treatment given…")),
    ("specimen", marked("Specimen…")),
    ("complication", marked("Complication…")),
    ("adverse_event", marked("Adverse event…")),
    ("progression", marked("Progression or recurrence…")),
    ("questionnaire", marked("Questionnaire…")),
    ("contact", marked("Contact…")),
    ("unscheduled", marked("Unscheduled visit…")),
    ("note", marked("Note…")),
    ("", ""),
    ("withdrawn", marked("Withdrawal…")),
    ("lost", marked("Lost to follow-up…")),
    ("found_again", marked("Found again…")),
    ("died", marked("Death…")),
)
"""What can be recorded of a participant, in the order of the menu; an empty one is a line."""


def opens_at(view: "ParticipantView") -> str:
    """The visit at which a page begins: the next one, else the last performed, else the last of those up to today."""
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
    """How many visits there are, and how many of them are what."""
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
