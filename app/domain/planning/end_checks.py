"""The one rule for facts before and after an end: death, withdrawal, loss to follow-up, a stopped course.

Withdrawn from the study on 10 January: no visit can take place on the 11th, be booked or moved to it, and nothing can
be decided or chosen on it; a withdrawal on the 9th is impossible when a visit took place on the 10th. The day of the
end itself belongs to both sides. Withdrawal from treatment and a stop are ends of that treatment alone. What was still
open before the end can be called missed or omitted on any day.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import Calendar, Entry, Status
from app.domain.facts.planner_facts import (
    Chosen,
    Contacted,
    Decided,
    Died,
    Fact,
    FoundAgain,
    Included,
    Lost,
    Missed,
    Moved,
    Omitted,
    Participant,
    Performed,
    RegimenChanged,
    Stopped,
    VisitFact,
    Withdrawn,
)
from app.domain.facts.visit_keys import visit_of
from app.domain.protocol.regimens import DOSES, DayKind
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused

End = Died | Withdrawn | Lost | Stopped
_EndingFact = End | FoundAgain


@dataclass(frozen=True, slots=True)
class Ended:
    """An end that counts, and the courses that it ended; None for all of the study."""

    fact: End
    courses: frozenset[str] | None


def check_end(
    protocol: ProtocolVersion,
    participant: Participant,
    earlier: Sequence[Fact],
    fact: _EndingFact,
    calendar: Callable[[], Calendar],
) -> None:
    """Check an end against what was recorded before it; `calendar` gives the calendar of the earlier facts.

    Raises:
        Refused: it lies before the enrolment, before a visit that it would end, or after death.
    """
    check_after_enrolment(participant, fact)
    _check_after_death(earlier, fact)
    if isinstance(fact, FoundAgain):
        lost = next((one for one in reversed(earlier) if isinstance(one, Lost)), None)
        if lost is not None and fact.on < lost.on:
            raise Refused("found_before_lost", on=fact.on, lost=lost.on)
        return
    ended = Ended(fact, _courses(protocol, fact))
    for one in earlier:
        if isinstance(fact, Died) and _is_alive_after(one, fact):
            raise Refused("end_before_visit", visit="", event="contact", on=day_of(one), ended=fact.on)
        if isinstance(one, Performed) and one.on > fact.on and _reaches(protocol, ended, one, calendar()):
            raise Refused("end_before_visit", visit=one.visit, on=one.on, ended=fact.on)


def check_after_enrolment(participant: Participant, fact: Fact) -> None:
    """Check that an end does not lie before the enrolment, one of treatment or in screening before the consent.

    Other facts may.

    Raises:
        Refused: it does.
    """
    last = fact.last_medication_on if isinstance(fact, Withdrawn) else None
    first, enrolled = participant.first_day, participant.enrolled_on
    if isinstance(last, date) and last < (enrolled or first):
        raise Refused("medication_before_enrolment", on=last, enrolled=enrolled or first)
    if not isinstance(fact, Died | Withdrawn | Lost | FoundAgain | Stopped):
        return
    if fact.on < first and first != enrolled:
        raise Refused("end_before_consent", on=fact.on, consent=first)
    of_treatment = isinstance(fact, Stopped) or (isinstance(fact, Withdrawn) and fact.scope == "treatment")
    if enrolled is not None and fact.on < (first if of_treatment else enrolled):
        raise Refused("end_before_enrolment", on=fact.on, enrolled=enrolled)


def check_after_ends(
    protocol: ProtocolVersion, earlier: Sequence[Fact], fact: Fact, calendar: Callable[[], Calendar]
) -> None:
    """Check a fact about a visit, a choice or a change of regimen against the ends recorded before it.

    A contact at which the participant was alive lies no later than a death; that there was one may be told afterwards.

    Raises:
        Refused: it lies after one of them.
    """
    died = next((one for one in earlier if isinstance(one, Died)), None)
    if died is not None and _is_alive_after(fact, died):
        raise Refused("after_death", on=day_of(fact), died=died.on, visit="", event="contact")
    if not isinstance(fact, VisitFact | Chosen | RegimenChanged | Included):
        return
    on = day_of(fact)
    for ended in standing(protocol, earlier):
        if on > ended.fact.on and _reaches(protocol, ended, fact, calendar()):
            raise after_end(ended, on, named(fact), "included" if isinstance(fact, Included) else "")


def after_end(ended: Ended, on: date, visit: str, event: str = "") -> Refused:
    """Return the refusal of what lies on a day after an end: a visit, or an event of that kind."""
    end = ended.fact
    match end:
        case Died():
            return Refused("after_death", on=on, died=end.on, visit=visit, event=event)
        case Lost():
            return Refused("after_lost", on=on, ended=end.on, visit=visit, event=event)
        case Stopped():
            return Refused("after_stop", on=on, ended=end.on, phase=end.phase, visit=visit, event=event)
    if ended.courses is None:
        return Refused("after_withdrawal", on=on, ended=end.on, visit=visit, event=event)
    return Refused("after_treatment", on=on, ended=end.on, visit=visit, event=event)


def day_of(fact: Fact) -> date:
    """Return the day that a fact is about; of a move, the new day."""
    return fact.to if isinstance(fact, Moved) else fact.on


def named(fact: Fact) -> str:
    """Return the visit, the choice or the regimen that a fact names; empty for none."""
    match fact:
        case Chosen():
            return fact.choice
        case RegimenChanged():
            return fact.to
    return fact.visit if isinstance(fact, VisitFact) else ""


def _is_alive_after(fact: Fact, died: Died) -> bool:
    return isinstance(fact, Contacted) and fact.alive == "yes" and fact.on > died.on


def _check_after_death(earlier: Iterable[Fact], fact: _EndingFact) -> None:
    died = next((one for one in earlier if isinstance(one, Died)), None)
    if died is None:
        return
    if isinstance(fact, Died):
        raise Refused("died_twice", on=died.on)
    if fact.on > died.on:
        raise Refused("ended_after_death", on=fact.on, died=died.on)


def standing(protocol: ProtocolVersion, facts: Sequence[Fact]) -> Iterator[Ended]:
    """Yield the ends that count, death first: a loss no longer does once the participant was found again."""
    lost: Lost | None = None
    ends: list[End] = []
    for fact in facts:
        match fact:
            case Died():
                ends.insert(0, fact)
            case Withdrawn() | Stopped():
                ends.append(fact)
            case Lost():
                lost = fact
            case FoundAgain():
                lost = None
    for end in (*ends, *([lost] if lost else [])):
        yield Ended(end, _courses(protocol, end))


def _courses(protocol: ProtocolVersion, end: End) -> frozenset[str] | None:
    if isinstance(end, Stopped):
        return frozenset({end.phase})
    if isinstance(end, Withdrawn) and end.scope == "treatment":
        return frozenset(course.id for course in protocol.courses)
    return None


def _reaches(protocol: ProtocolVersion, ended: Ended, fact: Fact, calendar: Calendar) -> bool:
    """Whether the end rules out what happens after it: all of the study, or the treatment that it ended.

    A pump that was started before the end is disconnected after it, except after death.
    """
    from_treatment = isinstance(ended.fact, Withdrawn) and ended.courses is not None
    if not isinstance(fact, VisitFact):
        # Nobody enters a study whose treatment was given up.
        return ended.courses is None or (isinstance(fact, RegimenChanged | Included) and from_treatment)
    if isinstance(fact, Missed | Omitted) and _stayed_open(calendar, fact.visit):
        return False
    if ended.courses is not None:
        visit_id = visit_of(fact.visit)
        in_course = protocol.course_rows.get(visit_id) in ended.courses
        operation = from_treatment and visit_id == protocol.withdrawal.operation
        undecided = isinstance(fact, Decided) and _is_cancelled(calendar, fact.visit)
        if not in_course and not operation and not (from_treatment and undecided):
            return False
    return isinstance(ended.fact, Died) or not _disconnects_given_dose(protocol, calendar, fact.visit)


def _is_cancelled(calendar: Calendar, key: str) -> bool:
    entry = calendar.by_key.get(key)
    return entry is not None and entry.status is Status.CANCELLED


def _stayed_open(calendar: Calendar, key: str) -> bool:
    """Whether the ends left a visit open: what had closed before them is still to be resolved."""
    return key in calendar.by_key and not _is_cancelled(calendar, key)


def _disconnects_given_dose(protocol: ProtocolVersion, calendar: Calendar, key: str) -> bool:
    """Whether a visit disconnects the pump of a dose that was given."""
    visit_id, _, number = key.partition("#")
    cycle, _, day = number.partition(".")
    course = protocol.course_rows.get(visit_id)
    if course is None or not (cycle.isdecimal() and day.isdecimal()):
        return False
    doses = [one for one in calendar.entries if _is_dose_before(protocol, one, course, int(cycle), int(day))]
    dose = max(doses, key=lambda one: one.day, default=None)
    if dose is None or dose.performed is None:
        return False
    row = protocol.regimens[dose.regimen].day(int(day))
    return row is not None and row.kind is DayKind.PUMP_DISCONNECT


def _is_dose_before(protocol: ProtocolVersion, entry: Entry, course: str, cycle: int, day: int) -> bool:
    in_cycle = protocol.course_rows.get(entry.visit.id) == course and entry.cycle == cycle
    return in_cycle and entry.day_kind in DOSES and entry.day < day
