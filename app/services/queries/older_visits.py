"""The older visits that nobody has recorded, one at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.agenda import AgendaRow
from app.domain.calendar.entries import OPEN, Entry
from app.domain.protocol.regimens import DOSES
from app.services.queries.agenda import agenda
from app.services.queries.agenda_filter import EVERYTHING, Filter, filtered
from app.services.queries.participant import ParticipantView, participant_view
from app.services.study.study import Study

VisitName = tuple[str, str]
"""The participant and the visit."""


_KINDS = {"planned": "performed", "other_day": "performed", "not_come": "missed"}


def kind_of_answer(answer: str, entry: Entry) -> str:
    """Return the kind of fact that an answer is: only infusions are omitted, any other visit is missed."""
    return _KINDS.get(answer) or ("omitted" if entry.day_kind in DOSES else "missed")


@dataclass(frozen=True, slots=True)
class OlderVisit:
    """One older visit. `left`: how many there are with it. `dependents`: the open visits that are counted from it."""

    row: AgendaRow
    left: int
    view: ParticipantView
    dependents: tuple[Entry, ...]

    @property
    def name(self) -> VisitName:
        """The participant and the visit."""
        return self.row.participant, self.row.entry.key


def older_visit(
    study: Study,
    today: date,
    passed: Collection[VisitName] = (),
    chosen: Filter = EVERYTHING,
    wanted: VisitName | None = None,
) -> OlderVisit | None:
    """Return the first of the older visits, or the `wanted` one if it is among them; None where none is left.

    `passed`: those that were answered or put off, `chosen`: the visits of the list.
    """
    found = filtered(agenda(study, today, last=today, keep=False), chosen).unrecorded
    rows = [row for row in found if (row.participant, row.entry.key) not in passed]
    if not rows:
        return None
    row = next((one for one in rows if (one.participant, one.entry.key) == wanted), rows[0])
    view = participant_view(study, row.participant, today)
    entries = view.calendar.entries
    dependents = tuple(one for one in entries if one.counts_from == row.entry.key and one.status in OPEN)
    return OlderVisit(row, len(rows), view, dependents)
