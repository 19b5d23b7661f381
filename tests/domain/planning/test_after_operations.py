"""What follows an operation after what was done there: visits that leave, choices that it answers."""

from dataclasses import replace

import pytest

from app.domain.calendar.entries import Calendar
from app.domain.facts import planner_facts as f
from app.domain.refusal import Refused
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import booked, calendar, chosen, d, done, life, target

FOLLOWING = ["SP-O01", "SP-O02", "SP-O03", "SP-O04", "SP-O05#14", "SP-O05#21", "SP-O06", "SP-O07", "SP-O08"]
ABLATION_ALONE = ["SP-O01", "SP-O02", "SP-O03", "SP-O07", "SP-O08"]


def operated(pancreas: str, liver: str, visit: str = "SP-P03", on: str = "2027-04-05") -> f.Fact:
    return f.Operated(visit, d(on), pancreas, liver)


def after(found: Calendar, end: str = "") -> list[str]:
    """The visits of the weeks after the operation with that end of their keys, in order of their keys."""
    keys = [key for key in found.by_key if key.startswith("SP-O") and key.partition("@")[2] == end]
    return sorted(key.partition("@")[0] for key in keys)


def left(found: Calendar) -> list[tuple[str, str, str]]:
    return sorted((one.entry.key, one.operation, one.procedure) for one in found.left)


def test_an_operation_records_its_visit() -> None:
    found = calendar(operated("distal_pancreatectomy", "resection"), today="2027-04-05").by_key
    assert found["SP-P03"].performed == d("2027-04-05")
    # two weeks before to four weeks after 5 April, by which it is judged
    assert found["SP-P03"].window_result == 0


@pytest.mark.parametrize(
    ("pancreas", "liver", "expected"),
    [
        ("pancreatoduodenectomy", "resection", FOLLOWING),
        ("distal_pancreatectomy", "ablation", FOLLOWING),
        ("other", "none", FOLLOWING),
        ("none", "resection", [key for key in FOLLOWING if not key.startswith("SP-O05")]),
        ("none", "resection_and_ablation", [key for key in FOLLOWING if not key.startswith("SP-O05")]),
        ("none", "ablation", ABLATION_ALONE),
    ],
)
def test_what_was_done_says_what_follows(pancreas: str, liver: str, expected: list[str]) -> None:
    assert after(calendar(operated(pancreas, liver), today="2027-04-05")) == expected


def test_visits_leave_with_the_operation_and_the_procedure_as_their_reason() -> None:
    found = calendar(operated("none", "ablation"), today="2027-04-05")
    gone = ["SP-O04", "SP-O05#14", "SP-O05#21", "SP-O06"]
    assert left(found) == [(key, "SP-P03", "ablation alone") for key in gone]
    assert {one.on for one in found.left} == {d("2027-04-05")}
    assert left(calendar(done("SP-P03", "2027-04-05"), today="2027-04-05")) == []


def test_a_visit_that_left_is_refused_with_the_reason() -> None:
    told = life(operated("none", "ablation"), today="2027-05-03")
    with pytest.raises(Refused) as refused:
        told.further(done("SP-O06", "2027-04-26"))
    assert (refused.value.kind, refused.value.values["procedure"]) == ("left_out", "ablation alone")


def test_a_result_of_a_visit_that_a_correction_takes_away_stays_as_a_problem() -> None:
    told = life(operated("none", "resection"), done("SP-O06", "2027-04-26"), today="2027-05-03")
    corrected = replace(
        told, facts=tuple(replace(one, liver="ablation") if isinstance(one, f.Operated) else one for one in told.facts)
    )
    assert [(one.key, one.kind) for one in corrected.calendar().problems if one.key == "SP-O06"] == [
        ("SP-O06", "off_path")
    ]


def test_each_of_two_operations_has_what_follows_it() -> None:
    # the liver is treated first, by ablation; the tumour of the pancreas is resected on 10 May
    staged = chosen("staged", True, "2026-12-01")
    first = [staged, operated("none", "ablation")]
    found = calendar(*first, operated("distal_pancreatectomy", "none", "SP-P04", "2027-05-10"), today="2027-05-10")
    assert after(found) == ABLATION_ALONE
    assert after(found, "2") == FOLLOWING
    # 10 May + 14 days
    assert target(found.by_key["SP-O05#14@2"]) == "2027-05-24"
    # and the other way round: what follows the resection stays when the second operation is an ablation
    second = [staged, operated("total_pancreatectomy", "none"), operated("none", "ablation", "SP-P04", "2027-05-10")]
    turned = calendar(*second, today="2027-05-10")
    assert (after(turned), after(turned, "2")) == (FOLLOWING, ABLATION_ALONE)


def test_what_follows_an_operation_without_a_record_stays_when_the_next_one_answers_otherwise() -> None:
    first = [chosen("staged", True, "2026-12-01"), done("SP-P03", "2027-04-05")]
    second = operated("none", "ablation", "SP-P04", "2027-05-10")
    found = calendar(*first, second, today="2027-05-10")
    assert (after(found), after(found, "2")) == (FOLLOWING, ABLATION_ALONE)
    # what the sheets of the first operation ask for follows its own answer
    assert found.operations["SP-P03"].answers == {"pancreatic_resection": True}
    assert found.operation_of(found.by_key["SP-O07"]) == found.operations["SP-P03"]
    # somebody who answers afterwards answers for both
    answered = calendar(*first, second, chosen("pancreatic_resection", False, "2027-05-11"), today="2027-05-11")
    assert "SP-O05#14" not in answered.by_key
    # and the other way round: nothing was resected by the choice, and the second operation removes the tumour
    liver_first = [*first, chosen("pancreatic_resection", False, "2026-12-01")]
    other = calendar(*liver_first, operated("other", "none", "SP-P04", "2027-05-10"), today="2027-05-10")
    assert ("SP-O05#14" in other.by_key, "SP-O05#14@2" in other.by_key) == (False, True)


@pytest.mark.parametrize(
    ("pancreas", "second", "stays"),
    [("distal_pancreatectomy", "none", True), ("none", "distal_pancreatectomy", True), ("none", "none", False)],
)
def test_what_is_counted_from_the_last_operation_follows_the_first_one_too(
    pancreas: str, second: str, stays: bool
) -> None:
    # month 3 is left out after an ablation alone, month 6 looks at how eating goes after resection of the pancreas
    follow_up = replace(SCANPAN.visits["SP-F03"], left_out_after=("ablation_alone",))
    eating = replace(SCANPAN.visits["SP-F06"], when={"pancreatic_resection": (True,)})
    protocol = replace(SCANPAN, visits={**SCANPAN.visits, "SP-F03": follow_up, "SP-F06": eating})
    facts = [
        chosen("staged", True, "2026-12-01"),
        operated(pancreas, "ablation"),
        operated(second, "ablation", "SP-P04", "2027-05-10"),
    ]
    found = replace(life(*facts, today="2027-05-10"), protocol=protocol).calendar()
    assert ("SP-F03" in found.by_key, "SP-F06" in found.by_key) == (stays, stays)
    if stays:
        entry = found.by_key["SP-F03"]
        # the month is counted from 10 May
        assert (entry.after, target(entry)) == ("SP-P04", "2027-08-10")
        done = found.operation_of(entry)
        assert done is not None
        assert [one.answers["pancreatic_resection"] for one in (done, *done.others)] == [
            second != "none",
            pancreas != "none",
        ]


def test_an_operation_that_is_only_booked_follows_the_choice() -> None:
    staged = chosen("staged", True, "2026-12-01")
    facts = [staged, operated("none", "resection"), booked("SP-P04", "2027-05-10")]
    assert "SP-O05#14@2" not in calendar(*facts, today="2027-04-05").by_key
    again = chosen("pancreatic_resection", True, "2027-04-12")
    found = calendar(*facts, again, today="2027-04-12").by_key
    assert "SP-O05#14@2" in found


def test_the_timing_of_the_metastases_is_the_default_of_the_choice_and_an_answer_against_it_a_problem() -> None:
    told = life(today="2026-11-23")
    for timing, asked in (("", True), ("synchronous", True), ("metachronous", False)):
        late = replace(told, person=replace(told.person, timing=timing))
        assert ("SP-O05#14" in late.calendar().by_key) is asked
        assert not [one for one in late.calendar().problems if one.kind == "against_timing"]
    late = replace(told, person=replace(told.person, timing="metachronous"))
    against = late.further(chosen("pancreatic_resection", True, "2026-11-23")).calendar()
    assert "SP-O05#14" in against.by_key
    (problem,) = (one for one in against.problems if one.kind == "against_timing")
    assert (problem.key, dict(problem.values)) == ("pancreatic_resection", {"answer": True, "timing": "metachronous"})
    assert SCANPAN.choices["pancreatic_resection"].default_for("metachronous") is False
