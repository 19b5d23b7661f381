"""One participant's facts as they count, and the planner's facts among them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.domain.dates import Window
from app.domain.facts import planner_facts as f
from app.domain.facts.kind import Json, Kind, Type
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import Recorded, current_facts


class Stage(StrEnum):
    """How far a participant has come.

    SCREENED: before the consent; IN_SCREENING: after it, and not enrolled yet; SCREEN_FAILURE: screened and not to be
    enrolled.
    OFF_TREATMENT: withdrawn from treatment, still in follow-up. WITHDRAWN: from everything.
    """

    SCREENED = "screened"
    SCREEN_FAILURE = "screen_failure"
    IN_SCREENING = "in_screening"
    ENROLLED = "enrolled"
    OFF_TREATMENT = "off_treatment"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    DIED = "died"


@dataclass(frozen=True)
class ParticipantRecord:
    """One participant. `records`: the facts that count, in the order in which they were recorded."""

    subject: int
    records: tuple[Recorded, ...]

    @classmethod
    def of(cls, subject: int, records: Sequence[Recorded], corrections: Iterable[Recorded] = ()) -> "ParticipantRecord":
        """Return the participant with corrections applied; these may be among the records or given separately."""
        return cls(subject, current_facts([*records, *corrections]))

    @classmethod
    def each(cls, records: Iterable[Recorded]) -> "Iterator[ParticipantRecord]":
        """Yield every participant among the records, in the order of their first records."""
        by_subject: dict[int, list[Recorded]] = {}
        for record in records:
            if record.subject:
                by_subject.setdefault(record.subject, []).append(record)
        return (cls.of(subject, own) for subject, own in by_subject.items())

    @cached_property
    def enrolled(self) -> Recorded | None:
        """The enrolment; None before it."""
        return next((one for one in reversed(self.records) if one.kind == "enrolled"), None)

    @cached_property
    def screened(self) -> Recorded | None:
        """The last screening; None where there is none."""
        return next((one for one in reversed(self.records) if one.kind == "screened"), None)

    @property
    def is_nameless(self) -> bool:
        """Whether neither a screening nor an enrolment says who this is, as facts were lost."""
        return self.screened is None and self.enrolled is None

    @cached_property
    def code(self) -> str:
        """The study code; the participant's number in brackets where the code was redacted."""
        first = self.enrolled or self.screened
        found = first.text("code") if first is not None else ""
        return found or f"({self.subject})"

    @cached_property
    def participant(self) -> f.Participant | None:
        """The participant for the planner as entered, without the day of a later inclusion; None before that."""
        return participant_of(self.enrolled) if self.enrolled is not None else None

    @cached_property
    def planned(self) -> tuple[tuple[Recorded, f.Fact], ...]:
        """The facts that the planner reads, each with its record; a cancelled booking is left out."""
        found: list[tuple[Recorded, f.Fact]] = []
        for record in self.records:
            if record.kind == "booking_cancelled":
                visit = record.text("visit")
                found = [pair for pair in found if not (isinstance(pair[1], f.Booked) and pair[1].visit == visit)]
            elif record is self._failure:
                # A failed screening ends the participation of somebody who has consented.
                found.append((record, failed_screening(record.day("on"), record.text("reason"))))
            elif KINDS[record.kind].plans_with(record.fields):
                found.append((record, planner_fact_of(record.kind, record.fields)))
        return tuple(found)

    @cached_property
    def enrolled_on(self) -> date | None:
        """The day of enrolment; None before it."""
        return self.participant.after(self.facts).enrolled_on if self.participant is not None else None

    @property
    def facts(self) -> tuple[f.Fact, ...]:
        """The facts that the planner reads."""
        return tuple(fact for _record, fact in self.planned)

    @cached_property
    def died_on(self) -> date | None:
        """The day of death; None where none is recorded."""
        return next((fact.on for fact in self.facts if isinstance(fact, f.Died)), None)

    @cached_property
    def stage(self) -> Stage:
        """How far the participant has come: death counts most, then withdrawal from everything, loss, end of treatment.

        Who was found again is no longer lost.
        """
        failed = self.screened is not None and self.screened.text("outcome") == "failure"
        if self.enrolled is None:
            return Stage.SCREEN_FAILURE if failed else Stage.SCREENED
        if self.died_on is not None:
            return Stage.DIED
        if self._failure is not None:
            return Stage.SCREEN_FAILURE
        left = {fact.scope for fact in self.facts if isinstance(fact, f.Withdrawn)}
        if "all" in left:
            return Stage.WITHDRAWN
        whereabouts = [fact for fact in self.facts if isinstance(fact, f.Lost | f.FoundAgain)]
        if whereabouts and isinstance(whereabouts[-1], f.Lost):
            return Stage.LOST
        if self.enrolled_on is None:
            return Stage.IN_SCREENING
        return Stage.OFF_TREATMENT if left else Stage.ENROLLED

    @cached_property
    def _failure(self) -> Recorded | None:
        """The last screening, if it failed after the consent and before an enrolment; None else."""
        last, first = self.screened, self.enrolled
        if last is None or first is None or first.day("on") is not None or last.seq < first.seq:
            return None
        included = any(one.kind == "included" for one in self.records)
        return last if last.text("outcome") == "failure" and not included else None


REDACTED_BEFORE = ("reason", "pancreas", "liver")
"""Fields that the planner reads and that could be redacted at some time: without them a fact is read all the same."""


def failed_screening(on: date | None, reason: str) -> f.Withdrawn:
    """Return what a failed screening is for the planner: the end of all that is open."""
    return f.Withdrawn("all", on or date.max, reason, f.NONE_GIVEN)


def participant_of(record: Recorded) -> f.Participant:
    """Return the participant of an enrolment."""
    choices = record.fields.get("choices")
    given = choices.items() if isinstance(choices, dict) else ()
    answers = {name: one for name, one in given if isinstance(one, str | bool)}
    on, consented, timing = record.day("on"), record.day("consented"), record.text("timing")
    code, country, regimen = record.text("code"), record.text("country"), record.text("regimen")
    return f.Participant(code, on, country, regimen, answers, consented, timing)


def planner_fact_of(kind: str, fields: Mapping[str, Json]) -> f.Fact:
    """Return the planner's fact for a kind that the planner reads, and its fields."""
    form = KINDS[kind]
    made = form.planner_fact
    assert made is not None, kind  # noqa: S101 - nobody asks for another kind
    known: Mapping[str, Any] = made.__dataclass_fields__
    values = {name: _value(form, name, value) for name, value in fields.items() if name in known and value is not None}
    # The words of a reason were redacted, or what was operated on; the planner needs to know only that there was one.
    values |= {name: "" for name in REDACTED_BEFORE if name in known and name not in values}
    return made(**values)


def _value(form: Kind, name: str, value: Json) -> Any:
    field = form.field(name)
    if field is not None and field.type is Type.DAY and value not in field.options:
        return date.fromisoformat(str(value))
    if field is not None and field.type is Type.WINDOW:
        return window_of(value)
    return value


def window_of(value: Json) -> Window | None:
    """Return the window of two days as a fact keeps them; None where there is none."""
    if not isinstance(value, list):
        return None
    earliest, latest = value
    return Window(date.fromisoformat(str(earliest)), date.fromisoformat(str(latest)))


def judgement_of(fact: f.Fact) -> dict[str, Json]:
    """Return the fields that the program adds to a fact about a visit when it is recorded, none that is empty."""
    match fact:
        case f.Performed():
            counted_on = None if fact.judged_from is None else fact.judged_from.isoformat()
            found = {"judged": days_of(fact.judged), "judged_by": fact.judged_by or None, "judged_from": counted_on}
        case f.Missed() | f.Omitted():
            found = {"window": days_of(fact.window)}
        case _:
            return {}
    return {name: value for name, value in found.items() if value is not None}


def days_of(window: Window | None) -> Json:
    """Return a window as the two days that a fact keeps."""
    return None if window is None else [window.earliest.isoformat(), window.latest.isoformat()]
