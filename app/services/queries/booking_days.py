"""The days on offer for a booking, and for each other day the reasons against it.

The planner itself tries every day, so that a day on offer gives exactly the booking that was shown.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.calendar.entries import OPEN, Entry, Problem, ProblemKind
from app.domain.calendar.entry_codec import AT
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.planner_facts import Booked
from app.domain.planning.planner import plan
from app.domain.refusal import Refused
from app.services.queries.calendar import entry_for
from app.services.study.study import Study
from app.services.study.visit_cache import refresh_visits

MARGIN_DAYS, MOST_DAYS = 7, 120
"""How many days before and after the window are listed, and the most at all."""
SUGGESTED = 3
"""How many of the least unsuitable days are named where none is left."""
PAST: ProblemKind = "past"
"""The kind of problem of a day before today; such a day can be chosen all the same."""
_AGAINST: frozenset[ProblemKind] = frozenset({"booking_closed", "booking_outside", "too_near"})


@dataclass(frozen=True, slots=True)
class BookingDay:
    """One day: the problems against it (none: it is on offer), the number of other visits on it, and their times.

    `times`: those that are booked, in their order, one for each visit.
    """

    day: date
    against: tuple[Problem, ...]
    visits: int
    times: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.against


@dataclass(frozen=True, slots=True)
class BookingDays:
    """The days around a visit's window.

    `usable_left`: how many from today on are on offer; `least_bad`: the best of the others where none is.
    """

    entry: Entry
    days: tuple[BookingDay, ...]
    usable_left: int
    least_bad: tuple[date, ...]


def booking_days(
    study: Study, code: str, visit: str, today: date, first: date | None = None, last: date | None = None
) -> BookingDays:
    """Return the days from `first` to `last`, or from a week before the visit's window to a week after it.

    Raises:
        Refused: no such participant or visit, the visit has a result, or too many days.
    """
    study.must_plan()
    case = study.enrolled(code)
    entry = entry_for(study.calendar(case, today), visit, study.protocol(case).visits)
    visit = entry.key
    if entry.status not in OPEN:
        raise Refused("not_open", visit=visit)
    start, end = _span(entry, today, first, last)
    if end < start:
        raise Refused("ends_before", "to", on=start, ended=end)
    if (end - start).days >= MOST_DAYS:
        raise Refused("closure_long", "to", days=MOST_DAYS)
    others = _visits_a_day(study, case, visit, today, start, end)
    days = [start + timedelta(number) for number in range((end - start).days + 1)]
    found = tuple(
        BookingDay(
            day, _against(study, case, visit, today, day), len(others[day]), tuple(sorted(filter(None, others[day])))
        )
        for day in days
    )
    left = [one for one in found if one.usable and one.day >= today]
    return BookingDays(entry, found, len(left), () if left else _least_bad(found, today))


def _span(entry: Entry, today: date, first: date | None, last: date | None) -> tuple[date, date]:
    middle = entry.assumed or today
    start = first or (entry.earliest or middle) - timedelta(MARGIN_DAYS)
    # After the end of the window there are still days to come to choose from.
    end = last or max(entry.latest or middle, today) + timedelta(MARGIN_DAYS)
    if first is None and start < today:
        start = max(start, end - timedelta(MOST_DAYS - 1))
    return start, min(end, start + timedelta(MOST_DAYS - 1)) if last is None else end


def _against(study: Study, case: ParticipantRecord, visit: str, today: date, day: date) -> tuple[Problem, ...]:
    """Return the problems of a booking on that day: that it is past, then the planner's own."""
    protocol, participant = study.protocol(case), study.participant(case)
    site = study.site_for(case, protocol, participant, today)
    tried = plan(protocol, site, participant, [*case.facts, Booked(visit, day)], today).by_key.get(visit)
    found = tuple(one for one in tried.problems if one.kind in _AGAINST) if tried is not None else ()
    return (Problem(visit, PAST, {"on": day}), *found) if day < today else found


def _least_bad(days: Sequence[BookingDay], today: date) -> tuple[date, ...]:
    """Return the days from today on with the least against them."""
    to_come = [one for one in days if one.day >= today]
    return tuple(one.day for one in sorted(to_come, key=_badness)[:SUGGESTED])


def _badness(choice: BookingDay) -> tuple[int, int, date]:
    """Return a sort key: too near a dose is worst, then a closed day, then each day outside the window."""
    kinds = {one.kind: one for one in choice.against}
    worst = ("too_near" in kinds) * 2 + ("booking_closed" in kinds)
    outside = kinds.get("booking_outside")
    days = outside.values.get("days") if outside is not None else 0
    return worst, abs(days) if isinstance(days, int) else 0, choice.day


def _visits_a_day(
    study: Study, case: ParticipantRecord, visit: str, today: date, first: date, last: date
) -> defaultdict[date, list[str]]:
    """Return the time of each other visit, of all participants, on each day; an empty text where none is booked."""
    found: defaultdict[date, list[str]] = defaultdict(list)
    if not refresh_visits(study, today, last):
        return found
    for row in study.store.visits.open_between(first.isoformat(), last.isoformat()):
        if (row[0], row[1]) != (case.subject, visit):
            is_booked = row[AT["booked"]] == row[AT["assumed"]]
            found[date.fromisoformat(row[AT["assumed"]])].append(row[AT["booked_at"]] or "" if is_booked else "")
    return found
