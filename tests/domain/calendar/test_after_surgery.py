"""What followed an operation to day 90, with the index worked out by hand."""

from datetime import date

import pytest

from app.domain.calendar.after_surgery import after_surgery, complication_index
from app.domain.facts import planner_facts as f
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded, provisional
from tests.domain.stories import calendar, chosen, d, done

TODAY = "2027-09-30"


def complication(seq: int, on: str, grade: str = "", **more: Json) -> Recorded:
    graded: dict[str, Json] = {"grade": grade} if grade else {}
    return provisional(NewFact("complication", {"on": on, "what": f"event {seq}", **graded, **more}, 1), seq)


@pytest.mark.parametrize(
    ("grades", "index"),
    [
        ([], 0.0),
        # the square roots of 300, 1750, 2750, 4550, 7200 and 8550 are 17.32, 41.83, 52.44, 67.45, 84.85 and 92.47
        (["I"], 8.66),
        (["II"], 20.92),
        (["IIIa"], 26.22),
        (["IIIb"], 33.73),
        (["IVa"], 42.43),
        (["IVb"], 46.23),
        # 2750 + 1750 = 4500, of which the root is 67.08
        (["IIIa", "II"], 33.54),
        # 300 + 300 + 1750 = 2350: 48.48
        (["I", "II", "I"], 24.24),
        (["V"], 100.0),
        (["I", "V"], 100.0),
        # 5 x 8550 = 42750: 206.8 would be more than the scale has
        (["IVb"] * 5, 100.0),
        (["II", ""], 20.92),
    ],
)
def test_the_index_is_half_the_root_of_the_summed_weights(grades: list[str], index: float) -> None:
    assert complication_index(grades) == pytest.approx(index, abs=0.006)


def test_without_an_operation_there_is_no_outcome() -> None:
    found = calendar(today=TODAY)
    assert after_surgery(found, [complication(1, "2027-04-08", "II")], None) == ()


def test_complications_count_to_day_90_that_day_included() -> None:
    # 5 April + 90 days is 4 July
    found = calendar(done("SP-P03", "2027-04-05"), today=TODAY)
    records = [
        complication(4, "2027-07-05", "IVb"),
        complication(3, "2027-07-04", "IIIa", popf="B", dge="A"),
        complication(2, "2027-04-05", "II", popf="biochemical_leak", dge="C"),
        complication(1, "2027-04-04", "V"),
        complication(5, "2027-05-01"),
    ]
    (outcome,) = after_surgery(found, records, None)
    assert (outcome.operation, outcome.on, outcome.until) == ("SP-P03", d("2027-04-05"), d("2027-07-04"))
    assert [one.seq for one in outcome.events] == [2, 5, 3]
    assert (outcome.worst, dict(outcome.gradings)) == ("IIIa", {"popf": "B", "dge": "C"})
    assert outcome.index == pytest.approx(33.54, abs=0.006)


def test_each_of_two_operations_has_its_own_outcome() -> None:
    staged = chosen("staged", True, "2026-12-01")
    operations = (done("SP-P03", "2027-04-05"), done("SP-P04", "2027-05-10"))
    found = calendar(staged, *operations, done("SP-O08", "2027-07-05"), today=TODAY)
    records = [
        complication(1, "2027-05-09", "I"),
        complication(2, "2027-05-10", "II"),
        complication(3, "2027-07-20", "I"),
    ]
    first, second = after_surgery(found, records, None)
    assert ([one.seq for one in first.events], [one.seq for one in second.events]) == ([1], [2, 3])
    assert (first.worst, second.worst) == ("I", "II")
    # the review of the first was held, that of the second not
    assert (first.reviewed, second.reviewed) == (True, False)


@pytest.mark.parametrize(
    ("died", "within", "today", "over"),
    [
        (None, None, "2027-07-04", False),
        (None, None, "2027-07-05", True),
        ("2027-07-04", "2027-07-04", "2027-07-05", True),
        ("2027-07-05", None, "2027-07-05", True),
    ],
)
def test_a_death_to_day_90_belongs_to_the_outcome(died: str | None, within: str | None, today: str, over: bool) -> None:
    death = [f.Died(d(died))] if died else []
    found = calendar(done("SP-P03", "2027-04-05"), *death, today=today)
    died_on: date | None = d(died) if died else None
    (outcome,) = after_surgery(found, [], died_on)
    assert (outcome.died_on, outcome.over) == (d(within) if within else None, over)
    assert (outcome.worst, outcome.index) == ("", 0.0)
