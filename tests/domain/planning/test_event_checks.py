"""Events that a story tells of: checked against what was told before, each with the visit that it performed."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.domain.facts import planner_facts as f
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.domain.planning.edit_checks import replay
from app.domain.planning.end_checks import day_of
from app.domain.planning.event_checks import ToldEvents
from app.domain.refusal import Refused
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import d, done, life

TODAY = "2027-07-10"
AT = ["SP-S08", "SP-P02", "SP-F03"]
OPERATED = f.Operated("SP-P03", d("2027-04-05"), "other", "none")
LEAK: dict[str, Json] = {"on": "2027-04-08", "what": "Leak", "grade": "II"}
EQ5D: dict[str, Json] = {"visit": "SP-P02", "questionnaire": "eq5d", "on": "2027-03-30", "done": True}


def event(kind: str, fields: dict[str, Json], **other: Json) -> NewFact:
    return NewFact(kind, {**fields, **other}, 1)


def told(
    facts: Sequence[f.Fact | NewFact], sure: frozenset[int] = frozenset(), kept: frozenset[int] = frozenset()
) -> tuple[tuple[f.Fact, ...], ToldEvents]:
    protocol = replace(
        SCANPAN, about={"questionnaires": [{"id": "eq5d", "name": "EQ-5D", "version": "5L", "visits": AT}]}
    )
    start = life(today=TODAY)
    events = ToldEvents(protocol, start.person, start.site.zone)
    return replay(protocol, start.site, start.person, facts, start.today, kept, sure, events), events


@pytest.mark.parametrize(
    ("facts", "kind", "place"),
    [
        ([event("complication", LEAK)], "no_operation", "1.on"),
        ([OPERATED, event("complication", LEAK, on="2027-04-04")], "before_operation", "2.on"),
        ([f.Died(d("2027-04-07")), OPERATED, event("complication", LEAK)], "after_death", "3"),
        ([OPERATED, event("complication", LEAK), f.Died(d("2027-04-07"))], "end_before_event", "3"),
        ([event("questionnaire", EQ5D, questionnaire="unicorn")], "one_of", "1.questionnaire"),
        ([event("questionnaire", EQ5D, visit="SP-C01")], "not_at_visit", "1.visit"),
        ([event("questionnaire", EQ5D, visit="SP-X01")], "unknown_visit", "1"),
        ([done("SP-P02", "2027-03-29"), event("specimen", {"visit": "SP-P04", "on": TODAY})], "off_path", "2"),
        ([event("questionnaire", EQ5D, on="2026-11-20")], "before_enrolment", "1"),
        # the questionnaire says that its visit was performed, which cannot be after death
        ([f.Died(d("2027-03-01")), event("questionnaire", EQ5D)], "after_death", "2"),
    ],
)
def test_what_contradicts_is_refused_at_its_place(facts: list[f.Fact | NewFact], kind: str, place: str) -> None:
    with pytest.raises(Refused) as refused:
        told(facts)
    assert (refused.value.kind, refused.value.place) == (kind, place)


def test_somebody_may_be_sure_of_a_complication_without_an_operation() -> None:
    facts, events = told([event("complication", LEAK)], sure=frozenset({1}))
    assert facts == ()
    assert [one.fields for one in events.records] == [LEAK]


def test_an_event_that_is_kept_is_not_checked() -> None:
    _facts, events = told([event("complication", LEAK, on="2027-01-01")], kept=frozenset({1}))
    assert [one.kind for one in events.records] == ["complication"]


def test_a_questionnaire_performs_its_visit_once_and_names_are_the_protocols() -> None:
    facts, events = told([event("questionnaire", EQ5D, questionnaire="EQ-5D 5L", visit="sp-p02")])
    assert [(type(one), day_of(one)) for one in facts] == [(f.Performed, d("2027-03-30"))]
    assert (events.records[0].text("questionnaire"), events.records[0].text("visit")) == ("eq5d", "SP-P02")
    twice, _events = told([done("SP-P02", "2027-03-29"), event("questionnaire", EQ5D)])
    assert [*map(day_of, twice)] == [d("2027-03-29")]
    not_done, _events = told([event("questionnaire", EQ5D, done=False, reason="asleep")])
    assert not_done == ()
    # a form that comes by post says nothing about the scan of its visit
    by_post, _events = told([event("questionnaire", EQ5D, visit="SP-F03", on=TODAY)])
    assert by_post == ()
