"""What the dialogs of a change are called: the verb of the title and the button, by the kind of fact."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.domain.calendar.entries import Entry
from app.domain.facts.kinds import KINDS as EVERY_KIND
from app.wording.language import counted, marked
from app.wording.language import gettext as _
from app.wording.names import visit_name

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

_SAYINGS: Mapping[str, tuple[str, str]] = {
    "performed": (marked("Record"), marked("Record visit")),
    "booked": (marked("Book"), marked("Book")),
    "moved": (marked("Move"), marked("Move visit")),
    "missed": (marked("Record as missed"), marked("Record as missed")),
    "omitted": (marked("Record as omitted"), marked("Record as omitted")),
    "booking_cancelled": (marked("Cancel the booking"), marked("Cancel the booking")),
    "decided": (marked("Decision"), marked("Record decision")),
    "chosen": (marked("Choice"), marked("Record choice")),
    "regimen_changed": (marked("Change of regimen"), marked("Record change of regimen")),
    "stopped": (marked("Treatment stopped"), marked("Record stop")),
    "operation": (marked("Operation"), marked("Record operation")),
    "treatment": (marked("Treatment given"), marked("Record treatment")),
    "specimen": (marked("Specimen"), marked("Record specimen")),
    "complication": (marked("Complication"), marked("Record complication")),
    "adverse_event": (marked("Adverse event"), marked("Record adverse event")),
    "progression": (marked("Progression or recurrence"), marked("Record finding")),
    "questionnaire": (marked("Questionnaire"), marked("Record questionnaire")),
    "contact": (marked("Contact"), marked("Record contact")),
    "unscheduled": (marked("Unscheduled visit"), marked("Add visit")),
    "note": (marked("Note"), marked("Save note")),
    "withdrawn": (marked("Withdrawal"), marked("Record withdrawal")),
    "lost": (marked("Lost to follow-up"), marked("Record as lost")),
    "found_again": (marked("Found again"), marked("Record as found")),
    "died": (marked("Death"), marked("Record death")),
}
KINDS = frozenset(_SAYINGS)
"""The kinds that have a dialog."""
_REBOOK = (marked("Rebook"), marked("Rebook"))
_CALENDAR_KINDS = frozenset({"booking_cancelled", "operation", "treatment", "contact", "unscheduled"})


def touches_calendar(kind: str) -> bool:
    """Whether a fact of that kind can change the calendar at all."""
    return EVERY_KIND[kind].plans or kind in _CALENDAR_KINDS


def dialog_title(kind: str, look: "ParticipantView", visit: str) -> str:
    """``Record – LI-001, Cycle 6 day 1``."""
    entry = look.calendar.by_key.get(visit)
    whose = f"{look.code}, {shown_visit(look, visit)}" if visit else look.code
    return f"{_(_saying(kind, entry)[0])} – {whose}"


def shown_visit(look: "ParticipantView", visit: str) -> str:
    """The visit's name; its key where the calendar does not show it."""
    entry = look.calendar.by_key.get(visit)
    return visit_name(entry) if entry is not None else visit


def button_text(kind: str, entry: Entry | None, moving: int) -> str:
    """What the primary button does; `moving`: how many visits move, beside the one recorded."""
    if kind == "moved" and moving > 1:
        return counted("Move {n} visit", "Move {n} visits", moving)
    verb = _(_saying(kind, entry)[1])
    if kind == "moved" or not moving:
        return verb
    return counted("{verb}; {n} visit moves", "{verb}; {n} visits move", moving).format(verb=verb)


def _saying(kind: str, entry: Entry | None) -> tuple[str, str]:
    again = kind == "booked" and entry is not None and entry.booked is not None
    return _REBOOK if again else _SAYINGS[kind]
