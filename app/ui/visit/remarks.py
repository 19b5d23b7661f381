"""What a person should look at about a visit, and about all visits of a participant, each with its remedy."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.calendar.entries import OPEN, Entry
from app.ui.visit.detail_widgets import Remark
from app.wording import visit_details as words
from app.wording.fact_catalogue import button_text
from app.wording.language import gettext as _
from app.wording.names import visit_name

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView


def remarks_of(person: "ParticipantView", entry: Entry) -> Iterator[Remark]:
    """Yield what a person should look at about a visit, each with its remedy."""
    if words.lacks_decision(entry, entry.visit.id in person.protocol.decisions):
        yield _("Held, but what was decided is not recorded."), (button_text("decided"), "decided", entry.key)
    for problem in entry.problems:
        found = words.problem_note(problem, person.calendar, entry)
        remedy = found.remedy
        yield found.text, (remedy.text, remedy.kind, remedy.visit) if remedy is not None else None
    if entry.key in person.outdated_prints:
        said = _("The printed sheet is outdated: the visit's day or window is another since.")
        yield said, (_("Print again"), "print", entry.key)


def visits_with_remarks(person: "ParticipantView") -> list[Entry]:
    """Return the visits that a person should look at: open ones with a problem, and those without their decision."""
    decided = person.protocol.decisions
    return [
        one
        for one in person.calendar.entries
        if (one.status in OPEN and (one.problems or one.key in person.outdated_prints))
        or words.lacks_decision(one, one.visit.id in decided)
    ]


def all_remarks(person: "ParticipantView") -> list[Remark]:
    """Return what a person should look at about any visit, by its name."""
    return [
        (f"{visit_name(entry)}: {text}", remedy)
        for entry in visits_with_remarks(person)
        for text, remedy in remarks_of(person, entry)
    ]
