"""What followed each operation to day 90: its complications, the worst grade, and the Comprehensive Complication Index.

The index (CCI) is half the square root of the sum of the weights of all complications, 0 without any and 100 at death
(Slankamenac et al., Ann Surg 2013;258:1-7, doi 10.1097/SLA.0b013e318296c732). The abstract gives scale and method. The
weights were read in public secondary sources that cite the paper and agree on them and on the index of a single
complication (I 8.7, II 20.9, IIIa 26.2, IIIb 33.7, IVa 42.4, IVb 46.2, V 100), not in the paper itself.

The index is that of one postoperative course: it takes all complications after a procedure to the day of computing.
Later reports compare procedures by it (doi 10.1097/SLA.0000000000002839, to 90 days; 10.1097/SLA.0000000000002902, to 3
months; both abstracts). Of two planned operations each has its own course, its own review at day 90 and its own index;
a complication counts once, after the operation that came last before it. An operation that treats a complication begins
no course: it is the grade (IIIb) of that complication.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from app.domain.calendar.entries import Calendar, Entry
from app.domain.facts.controlled_terms import CLAVIEN_DINDO, GRADES_ABC, POPF
from app.domain.facts.records import Recorded

WEIGHTS: Mapping[str, int] = {"I": 300, "II": 1750, "IIIa": 2750, "IIIb": 4550, "IVa": 7200, "IVb": 8550}
"""The weight of a complication by its Clavien-Dindo grade. Grade V, death, is no weight: the index is 100."""
DEATH, WORST_INDEX = "V", 100.0
"""The Clavien-Dindo grade of a death, and the index that it has by definition."""
LAST_DAY = 90
"""The outcome counts to this day after the operation, that day included."""
GRADINGS: Mapping[str, Sequence[str]] = {"popf": POPF, "pph": GRADES_ABC, "dge": GRADES_ABC}
"""The gradings of pancreatic surgery that a complication may have, each from the mildest to the worst."""


@dataclass(frozen=True, slots=True)
class AfterSurgery:
    """What followed an operation of that day until `until`; `over`: whether that day has passed.

    `operation`: its key. `events`: its complications in order of their days. `worst`: the most severe grade, empty
    without any. `gradings`: the worst of each grading of pancreatic surgery. `reviewed`: whether the last review of
    complications after it was held. `died_on`: the day of death, where that was no later than `until`.
    """

    operation: str
    on: date
    until: date
    over: bool
    events: tuple[Recorded, ...]
    worst: str
    gradings: Mapping[str, str]
    reviewed: bool
    died_on: date | None

    @property
    def index(self) -> float:
        """The Comprehensive Complication Index of its complications."""
        return complication_index(one.text("grade") for one in self.events)


def complication_index(grades: Iterable[str]) -> float:
    """Return the Comprehensive Complication Index, 0 to 100, of complications with these Clavien-Dindo grades.

    Grades IIIa and II: half the square root of 2750 + 1750, 33.5. A grade that is not known, as a redacted one, is
    left out.
    """
    known = [*grades]
    if DEATH in known:
        return WORST_INDEX
    return min(sqrt(sum(WEIGHTS.get(one, 0) for one in known)) / 2, WORST_INDEX)


def after_surgery(calendar: Calendar, records: Iterable[Recorded], died_on: date | None) -> tuple[AfterSurgery, ...]:
    """Return what followed each operation that was performed, in order of their days.

    A complication belongs to the last operation before it or on its day. `records`: the participant's facts that count.
    """
    done = [one for one in calendar.entries if one.visit.sort == "operation" and one.performed is not None]
    operations = sorted(((one.performed or date.max, one) for one in done), key=lambda pair: pair[0])
    found = [
        (date.fromisoformat(one.text("on")), one) for one in records if one.kind == "complication" and one.text("on")
    ]
    result = []
    for index, (on, entry) in enumerate(operations):
        following = operations[index + 1][0] if index + 1 < len(operations) else date.max
        until = on + timedelta(LAST_DAY)
        events = [(day, one) for day, one in found if on <= day <= until and day < following]
        result.append(_followed(calendar, entry, on, sorted(events, key=lambda pair: pair[0]), died_on))
    return tuple(result)


def _followed(
    calendar: Calendar, entry: Entry, on: date, events: Sequence[tuple[date, Recorded]], died_on: date | None
) -> AfterSurgery:
    until, records = on + timedelta(LAST_DAY), tuple(one for _day, one in events)
    reviews = [one for one in calendar.entries if one.visit.complication_review and one.after == entry.visit.id]
    died = died_on if died_on is not None and on <= died_on <= until else None
    return AfterSurgery(
        entry.key,
        on,
        until,
        until < calendar.today,
        records,
        _worst(CLAVIEN_DINDO, records, "grade"),
        {name: worst for name, order in GRADINGS.items() if (worst := _worst(order, records, name))},
        bool(reviews) and reviews[-1].performed is not None,
        died,
    )


def _worst(order: Sequence[str], records: Iterable[Recorded], name: str) -> str:
    """Return the worst grade of those that the complications have; empty without any."""
    return max((one.text(name) for one in records if one.text(name) in order), key=order.index, default="")
