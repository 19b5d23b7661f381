"""Which departures of performed visits nobody has decided on."""

from collections.abc import Mapping

import pytest

from app.domain.facts import planner_facts as f
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.planning.unclassed import departures, row_text, with_new_unclassed, with_unclassed
from tests.domain.stories import calendar, d, done

FIRST = done("SP-C01", "2026-11-30")
SUNDAY = done("SP-C03#1.3", "2026-11-29")
"""The pump is taken off a day before the infusion, on a Sunday: out of order, and on a closed day."""
ORDER = "performed_before 0 2026-11-29 #8 on 2026-11-29, other 2026-11-30, visit SP-C01"
CLOSED = "performed_closed 0 2026-11-29 #8 on 2026-11-29, why weekday"


def record(seq: int, kind: str, **fields: Json) -> Recorded:
    return provisional(NewFact(kind, fields, 1), seq)


def classed(visit: str, row: str) -> Recorded:
    return record(90, "deviation_classed", visit=visit, deviation=row.split()[0], row=row, **{"class": "minor"})


def unclassed(*records: Recorded, facts: tuple[f.Fact, ...] = (FIRST, SUNDAY)) -> Mapping[str, tuple[str, ...]]:
    """What nobody has decided on, by visit."""
    found = with_unclassed(calendar(*facts, today="2026-12-31"), records)
    return {entry.key: entry.unclassed for entry in found.entries if entry.unclassed}


RESULTS = (record(7, "performed", visit="SP-C01"), record(8, "performed", visit="SP-C03#1.3"))


def test_every_departure_of_a_performed_day_is_to_be_looked_at() -> None:
    assert unclassed(*RESULTS) == {"SP-C03#1.3": ("performed_closed", "performed_before")}


@pytest.mark.parametrize(
    ("row", "left"),
    [
        (ORDER, ("performed_closed",)),
        (CLOSED, ("performed_before",)),
        (ORDER.replace("#8", "#6"), ("performed_closed", "performed_before")),
        (ORDER.replace("11-29", "11-28"), ("performed_closed", "performed_before")),
    ],
)
def test_a_decision_settles_the_row_as_it_read_and_no_other(row: str, left: tuple[str, ...]) -> None:
    assert unclassed(*RESULTS, classed("SP-C03#1.3", row)) == {"SP-C03#1.3": left}


def test_decisions_on_all_rows_leave_nothing() -> None:
    assert unclassed(*RESULTS, classed("SP-C03#1.3", ORDER), classed("SP-C03#1.3", CLOSED)) == {}


def test_a_decision_on_another_visit_settles_nothing() -> None:
    assert "SP-C03#1.3" in unclassed(*RESULTS, classed("SP-C01", ORDER), classed("SP-C01", CLOSED))


def test_a_dose_too_near_and_a_day_in_order_are_told_apart() -> None:
    # Cycle 2 nine days after cycle 1, where twelve are the least; cycle 1 is right.
    facts = (FIRST, done("SP-C02#2", "2026-12-09"))
    assert unclassed(facts=facts) == {"SP-C02#2": ("performed_too_near",)}


def test_a_closed_day_on_which_the_protocol_itself_puts_a_visit_is_no_departure() -> None:
    # Day 1 on Friday 4 December, the pump is taken off on Sunday the 6th.
    found = calendar(done("SP-C01", "2026-12-04"), done("SP-C03#1.3", "2026-12-06"), today="2026-12-31")
    entry = found.by_key["SP-C03#1.3"]
    assert [one.kind for one in entry.problems] == ["performed_closed"]
    assert departures(entry) == ()
    assert with_unclassed(found, ()) is found


def test_a_new_fact_gets_the_number_after_the_last() -> None:
    found = calendar(FIRST, SUNDAY, today="2026-12-31")
    new = [
        NewFact("performed", {"visit": "SP-C03#1.3", "on": "2026-11-29"}, 1),
        NewFact("deviation_classed", {"visit": "SP-C03#1.3", "deviation": "performed_before", "row": ORDER}, 1),
    ]
    marked = with_new_unclassed(found, RESULTS[:1], new)
    assert marked.by_key["SP-C03#1.3"].unclassed == ("performed_closed",)


def test_a_row_without_a_fact_is_known_by_its_window() -> None:
    assert row_text("unrecorded", 0, None, "2026-12-01..2026-12-03", 0, "") == (
        "unrecorded 0 None 2026-12-01..2026-12-03 #0"
    )
    assert row_text("late", 2, d("2026-12-05"), "2026-12-01..2026-12-03", 9, "") == "late 2 2026-12-05 #9"
