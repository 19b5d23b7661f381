"""Ends of participation against what the planner does not read: events, questionnaires, specimens, contacts.

The rule is that of `end_checks`: what happens to a participant lies on or before the day on which participation ended,
in whichever order the two are recorded. Ongoing follow-up outlives the end of a treatment, so adverse events,
questionnaires and contacts go on after it; what is given or operated on is part of the treatment.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from app.domain.calendar.entries import Calendar
from app.domain.facts.kind import Json, Kind
from app.domain.facts.kinds import KINDS
from app.domain.facts.planner_facts import (
    Chosen,
    Decided,
    Died,
    Fact,
    Lost,
    Missed,
    Omitted,
    Performed,
    RegimenChanged,
    Withdrawn,
)
from app.domain.facts.records import Recorded
from app.domain.planning.end_checks import after_end, check_after_ends, day_of, named, standing
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, Refused, joined

_TOLD = Decided | Chosen | RegimenChanged | Missed | Omitted


def check_event_after_ends(
    protocol: ProtocolVersion,
    kind: Kind,
    fields: Mapping[str, Json],
    earlier: Sequence[Fact],
    calendar: Callable[[], Calendar],
) -> None:
    """Check an event against the ends recorded before it; `calendar` gives the calendar of the earlier facts.

    Raises:
        Refused: it lies after one of them.
    """
    on = _day(fields, kind.day_field)
    if kind.plans or on is None or _tells_of_death(kind, fields):
        return
    if "visit" in fields and kind.says_performed(fields):
        check_after_ends(protocol, earlier, Performed(str(fields["visit"]), on), calendar)
    if not kind.requires_participation:
        return
    ended = _day(fields, "ended")
    for end in standing(protocol, earlier):
        if end.courses is not None:
            continue
        sought = isinstance(end.fact, Lost) and kind.came_to_nothing is not None and kind.came_to_nothing.holds(fields)
        if on > end.fact.on and not sought:
            raise after_end(end, on, _visit(fields), kind.id)
        if isinstance(end.fact, Died) and ended is not None and ended > end.fact.on:
            raise Refused("after_death", "ended", visit="", event=kind.id, on=ended, died=end.fact.on)


def check_events_before_end(fact: Fact, records: Iterable[Recorded]) -> None:
    """Check an end of participation against the events that were recorded before it.

    Raises:
        Refused: one of them lies after it.
    """
    if not _ends_participation(fact):
        return
    for record in records:
        kind = KINDS[record.kind]
        if kind.plans or not kind.proves_participation(record.fields):
            continue
        for name in (kind.day_field, "ended") if isinstance(fact, Died) else (kind.day_field,):
            on = _day(record.fields, name)
            if on is not None and on > day_of(fact):
                visit, ended = _visit(record.fields), day_of(fact)
                raise Refused("end_before_event", visit=visit, event=kind.id, on=on, ended=ended, seq=record.seq)


def doubt_of_end(fact: Fact, earlier: Iterable[Fact]) -> Doubted | None:
    """Return the doubts about an end before what was decided, chosen or missed later; None where there is none."""
    if not _ends_participation(fact):
        return None
    later = [one for one in earlier if isinstance(one, _TOLD) and day_of(one) > day_of(fact)]
    return joined(Doubted("end_before_told", visit=named(one), on=day_of(one), ended=day_of(fact)) for one in later)


def without_reports_of_death(facts: Sequence[Fact], records: Iterable[Recorded]) -> list[Fact]:
    """Return the facts without the visits that were contacts by which somebody learned of the death."""
    reports = [record for record in records if _tells_of_death(KINDS[record.kind], record.fields)]
    told = {(record.text("visit"), record.day("on")) for record in reports}
    return [one for one in facts if not (isinstance(one, Performed) and (one.visit, one.on) in told)]


def _ends_participation(fact: Fact) -> bool:
    return isinstance(fact, Died | Lost) or (isinstance(fact, Withdrawn) and fact.scope == "all")


def _tells_of_death(kind: Kind, fields: Mapping[str, Json]) -> bool:
    return kind.tells_of_death is not None and kind.tells_of_death.holds(fields)


def _visit(fields: Mapping[str, Json]) -> str:
    return str(fields.get("visit", ""))


def _day(fields: Mapping[str, Json], name: str) -> date | None:
    found = fields.get(name)
    return date.fromisoformat(found) if isinstance(found, str) else None
