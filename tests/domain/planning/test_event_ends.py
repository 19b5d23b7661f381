"""Events on the day before an end, on its day and on the day after it, in both orders, for every kind of facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from app.domain.facts.kind import Json, Kind
from app.domain.facts.kinds import KINDS
from app.domain.facts.planner_facts import Fact
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.planning.event_ends import (
    check_event_after_ends,
    check_events_before_end,
    doubt_of_end,
    without_reports_of_death,
)
from app.domain.refusal import Refused
from tests.domain.planning.test_end_checks import AFTER, BEFORE, ENDS, FIRST_DOSE, ON, STUDY, TODAY, TREATMENT
from tests.domain.stories import changed, chosen, d, decided, done, found_again, life, lost, missed, omitted

EVERY = {*TREATMENT, "after_stop"}
LEFT = STUDY - {"after_lost"}
"""Who is lost is looked for, and what came to nothing may be written down."""
SEEN: dict[str, Json] = {"reached": True}
# Each kind of event with its fields, and the ends that rule it out on a later day.
EVENTS: Mapping[str, tuple[str, dict[str, Json], set[str]]] = {
    "adverse event": ("adverse_event", {"term": "Nausea", "grade": 2, "serious": False}, STUDY),
    "safety report": ("safety_report", {"what": "follow_up", "event": 3}, set()),
    "complication": ("complication", {"what": "Leak", "grade": "II"}, STUDY),
    "progression": ("progression", {"what": "progression", "site": "liver"}, STUDY),
    "questionnaire": ("questionnaire", {"visit": "SP-S08", "questionnaire": "eq5d", "done": True}, STUDY),
    "questionnaire not done": ("questionnaire", {"visit": "SP-S08", "questionnaire": "eq5d", "done": False}, LEFT),
    "specimen": ("specimen", {"visit": "SP-R01", "specimen": "blood", "taken": True}, STUDY),
    "specimen not taken": ("specimen", {"visit": "SP-R01", "specimen": "blood", "taken": False}, LEFT),
    "consent": ("consent", {"answer": "given", "version": "2.0", "language": "Swedish", "copy": True}, STUDY),
    "consent not needed": ("consent", {"answer": "not_needed", "version": "2.0", "reason": "no visit left"}, LEFT),
    "contact": ("contact", SEEN, STUDY),
    "contact at a visit": ("contact", {**SEEN, "visit": "SP-F03", "alive": "yes"}, STUDY),
    "attempt": ("contact", {"reached": False}, LEFT),
    "news of the death": ("contact", {**SEEN, "alive": "no", "how": "registry"}, set()),
    "news of the death at a visit": ("contact", {**SEEN, "alive": "no", "visit": "SP-F03"}, set()),
    "dose given": ("treatment", {"visit": "SP-C02#2", "given": "full"}, EVERY),
}
NOTHING_HAPPENED = {"consent not needed", "questionnaire not done", "specimen not taken", "attempt",
                    "news of the death", "news of the death at a visit", "safety report"}  # fmt: skip
# What changes no participation: bookings, moves and results have their own table, in `test_end_checks`.
OF_THE_PLANNER = {kind.id for kind in KINDS.values() if kind.plans}
WITHOUT_A_DAY = {"note", "booking_cancelled", "deviation_classed", "unscheduled"}


def event(name: str, on: str) -> tuple[Kind, dict[str, Json]]:
    kind, fields, _ends = EVENTS[name]
    return KINDS[kind], {**fields, "on": on}


def recorded(kind: str, fields: Mapping[str, Json]) -> Recorded:
    return provisional(NewFact(kind, fields, 1), 7)


def after(facts: list[Fact], kind: Kind, fields: Mapping[str, Json]) -> Refused | None:
    """How an event is refused after these facts; None when it is taken."""
    story = life(today=TODAY).told(facts)
    try:
        check_event_after_ends(story.protocol, kind, fields, story.facts, story.calendar)
    except Refused as refused:
        return refused
    return None


def test_every_kind_of_a_participant_has_its_place_in_a_table() -> None:
    mine = {kind.id for kind in KINDS.values() if kind.is_change}
    assert mine == {kind for kind, _fields, _ends in EVENTS.values()} | (mine & OF_THE_PLANNER) | WITHOUT_A_DAY


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("on", [BEFORE, ON, AFTER])
def test_an_event_after_an_end_is_refused_and_others_are_not(name: str, end: str, on: str) -> None:
    kind, fields = event(name, on)
    refused = after([FIRST_DOSE, ENDS[end]], kind, fields)
    if on == AFTER and end in EVENTS[name][2]:
        assert refused is not None
        assert (refused.kind, refused.values["on"]) == (end, d(AFTER))
        assert refused.values["visit"] == fields.get("visit", "")
    else:
        assert refused is None


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("on", [BEFORE, ON, AFTER])
def test_an_end_before_an_event_that_was_recorded_is_refused(name: str, end: str, on: str) -> None:
    kind, fields = event(name, on)
    records = [recorded(kind.id, fields)]
    if on == AFTER and end in STUDY and name not in NOTHING_HAPPENED:
        with pytest.raises(Refused) as refused:
            check_events_before_end(ENDS[end], records)
        said = {"visit": fields.get("visit", ""), "event": kind.id, "on": d(AFTER), "ended": d(ON), "seq": 7}
        assert (refused.value.kind, dict(refused.value.values)) == ("end_before_event", said)
    else:
        check_events_before_end(ENDS[end], records)


def test_nothing_that_is_ongoing_ends_after_death_whichever_is_recorded_first() -> None:
    kind, fields = event("adverse event", BEFORE)
    ongoing = {**fields, "ended": AFTER}
    refused = after([ENDS["after_death"]], kind, ongoing)
    assert refused is not None
    assert (refused.kind, refused.place, refused.values["on"]) == ("after_death", "ended", d(AFTER))
    with pytest.raises(Refused):
        check_events_before_end(ENDS["after_death"], [recorded(kind.id, ongoing)])
    # It may be followed to its end after a withdrawal, and end with the death.
    assert after([ENDS["after_withdrawal"]], kind, ongoing) is None
    assert after([ENDS["after_death"]], kind, {**fields, "ended": ON}) is None


def test_who_was_found_again_takes_part_again() -> None:
    kind, fields = event("adverse event", AFTER)
    assert after([lost(ON), found_again(AFTER)], kind, fields) is None


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        (decided("SP-R01", AFTER, "response"), "SP-R01"),
        (chosen("eortc", True, AFTER), "eortc"),
        (changed(AFTER, "AG"), "AG"),
        (missed("SP-S03", AFTER), "SP-S03"),
        (omitted("SP-C02#2", AFTER), "SP-C02#2"),
        (done("SP-C01", AFTER), ""),
        (decided("SP-R01", ON, "response"), ""),
    ],
)
@pytest.mark.parametrize("end", sorted(ENDS))
def test_an_end_before_what_was_decided_or_missed_is_asked_about(fact: Fact, asked: str, end: str) -> None:
    doubt = doubt_of_end(ENDS[end], [fact])
    if asked and end in STUDY:
        assert doubt is not None
        values: dict[str, Any] = {"visit": asked, "on": date(2026, 12, 2), "ended": date(2026, 12, 1)}
        assert (doubt.kind, dict(doubt.values)) == ("end_before_told", values)
    else:
        assert doubt is None


def test_a_contact_that_told_of_the_death_took_place_after_it() -> None:
    visit, other = done("SP-F03", AFTER), done("SP-R01", AFTER)
    news = recorded("contact", {"visit": "SP-F03", "on": AFTER, "reached": True, "alive": "no"})
    assert without_reports_of_death([visit, other], [news]) == [other]
    alive = recorded("contact", {"visit": "SP-F03", "on": AFTER, "reached": True, "alive": "yes"})
    assert without_reports_of_death([visit, other], [alive]) == [visit, other]
