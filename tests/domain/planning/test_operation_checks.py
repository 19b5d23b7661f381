"""The record of an operation against what was recorded before it."""

from collections.abc import Sequence

import pytest

from app.domain.facts import planner_facts as f
from app.domain.facts.kinds import KINDS
from app.domain.planning.operation_checks import doubt_of_choices, doubts_of_no_operation
from app.domain.planning.planner import plan
from app.domain.refusal import Refused
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import booked, chosen, d, done, life

TODAY = "2027-05-10"


def operated(visit: str = "SP-P03", on: str = "2027-04-05", pancreas: str = "other", liver: str = "none") -> f.Fact:
    return f.Operated(visit, d(on), pancreas, liver)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ([operated("SP-O01")], "not_operation"),
        ([operated(), operated()], "two_results"),
        ([operated(), operated(on="2027-04-06")], "two_results"),
        ([done("SP-P03", "2027-04-06"), operated()], "other_day"),
        ([operated(), done("SP-P03", "2027-04-06")], "two_results"),
        ([operated("SP-P04")], "off_path"),
        ([operated("SP-P99")], "unknown_visit"),
        ([operated(on="2027-05-11")], "future"),
        ([f.Died(d("2027-04-04")), operated()], "after_death"),
        ([operated(), f.Died(d("2027-04-04"))], "end_before_visit"),
    ],
)
def test_what_contradicts_is_refused(facts: Sequence[f.Fact], kind: str) -> None:
    with pytest.raises(Refused, match=kind):
        life(*facts, today=TODAY)


def test_an_operation_after_its_visit_was_recorded_needs_no_second_record() -> None:
    told = life(done("SP-P03", "2027-04-05"), operated(), today=TODAY)
    assert [type(one) for one in told.facts] == [f.Performed, f.Operated]
    alone = life(operated(), today=TODAY)
    assert [type(one) for one in alone.facts] == [f.Performed, f.Operated]


@pytest.mark.parametrize(
    ("pancreas", "earlier", "asked"),
    [
        ("none", (), [False]),
        ("other", (), []),
        ("none", (chosen("pancreatic_resection", False, "2027-01-04"),), []),
        ("other", (chosen("pancreatic_resection", False, "2027-01-04"),), [True]),
    ],
)
def test_an_operation_that_answers_a_choice_otherwise_is_asked_about(
    pancreas: str, earlier: tuple[f.Fact, ...], asked: list[bool]
) -> None:
    told = life(*earlier, today=TODAY)
    doubt = doubt_of_choices(SCANPAN, told.person, told.facts, operated(pancreas=pancreas, liver="ablation"))
    assert [one.values["answer"] for one in (doubt.each if doubt else ())] == asked


@pytest.mark.parametrize(
    ("visit", "on", "earlier", "asked"),
    [
        # counted from an operation that nobody has recorded
        ("SP-O01", "2027-04-06", (booked("SP-P03", "2027-04-05"),), ["operation_open"]),
        ("SP-O08@2", "2027-08-09", (chosen("staged", True, "2027-01-04"), booked("SP-P04", TODAY)), ["operation_open"]),
        ("SP-O01", "2027-04-06", (operated(),), []),
        # counted back from it
        ("SP-P01", "2027-03-30", (booked("SP-P03", "2027-04-05"),), []),
        ("SP-C01", "2026-11-30", (), []),
    ],
)
def test_a_visit_after_an_operation_that_nobody_recorded_is_asked_about(
    visit: str, on: str, earlier: tuple[f.Fact, ...], asked: list[str]
) -> None:
    told = life(*earlier, today=TODAY)
    later = plan(SCANPAN, told.site, told.person, (*told.facts, done(visit, on)), told.today)
    fields = {"visit": visit, "on": on}
    found = doubts_of_no_operation(KINDS["performed"], fields, SCANPAN, told.calendar(), later)
    assert [one.kind for one in found] == asked


def test_a_complication_needs_an_operation_that_was_recorded() -> None:
    fields = {"what": "fistula", "on": "2027-04-08"}
    for facts, asked in (
        ((), ["no_operation"]),
        ((booked("SP-P03", "2027-04-05"),), ["no_operation"]),
        ((operated(),), []),
    ):
        found = life(*facts, today=TODAY).calendar()
        doubts = doubts_of_no_operation(KINDS["complication"], fields, SCANPAN, found, found)
        assert [one.kind for one in doubts] == asked
