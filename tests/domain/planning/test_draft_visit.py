"""One visit in the making: its window, the proposed day with its reason, and the day assumed before performance."""

from datetime import date

import pytest

from app.domain.calendar.entries import Problem, Reason
from app.domain.dates import ClosedDays, Roll, Value, Window
from app.domain.facts import planner_facts as f
from app.domain.planning.draft_visit import DraftVisit
from app.domain.planning.fact_index import FactIndex
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import ENROLLED, booked, d, missed, omitted, span

PERSON = f.Participant("T-001", d(ENROLLED), "SE", "MFFX", {})
WEEKENDS = ClosedDays()


def draft(*facts: f.Fact, key: str = "SP-C01", target: str = "") -> DraftVisit:
    """A draft with these facts, and with a target if one is given."""
    visit = SCANPAN.visits[key.partition("#")[0]]
    made = DraftVisit(FactIndex(SCANPAN, PERSON, facts), visit, key)
    if target and visit.timing is not None:
        made.set_target(d(target), visit.timing)
    return made


def test_the_window_lies_around_the_target() -> None:
    assert draft(target="2026-11-30").window == span("2026-11-23..2026-12-14")
    assert draft().window is None


def test_an_open_target_is_proposed_without_a_word() -> None:
    made = draft(target="2026-11-30")
    made.propose_day(Roll.FORWARD, WEEKENDS)
    assert (made.proposed, made.assumed, made.reasons, made.problems) == (d("2026-11-30"), d("2026-11-30"), [], [])


def test_a_closed_target_is_rolled_with_its_reason() -> None:
    made = draft(target="2026-11-28")
    made.propose_day(Roll.FORWARD, WEEKENDS)
    values: dict[str, Value] = {"on": d("2026-11-28"), "why": "weekday", "proposed": d("2026-11-30"), "notice": False}
    assert (made.proposed, made.reasons) == (d("2026-11-30"), [Reason("closed", values)])


def test_the_gap_after_the_dose_before_holds_the_day_back() -> None:
    before = draft(f.Performed("SP-C01", d("2026-12-04")))
    made = draft(key="SP-C02#2", target="2026-12-14")
    made.propose_day(Roll.FORWARD, WEEKENDS, before, 12)
    # 12 days after Friday 12-04 is Wednesday 12-16
    assert (made.proposed, made.first_after_gap) == (d("2026-12-16"), d("2026-12-16"))
    assert [reason.kind for reason in made.reasons] == ["gap"]


def test_a_day_that_cannot_be_had_in_the_window_is_a_problem() -> None:
    made = draft(key="SP-C02#2", target="2026-12-14")
    made.propose_day(Roll.FORWARD, ClosedDays(closed={date(2026, 12, day): "" for day in range(14, 18)}))
    # the window closes on Thursday 12-17
    values = {"proposed": d("2026-12-18"), "earliest": d("2026-12-14"), "latest": d("2026-12-17")}
    assert made.problems == [Problem("SP-C02#2", "outside_window", values)]


@pytest.mark.parametrize("fact", [missed("SP-C01", "2026-11-30"), omitted("SP-C01", "2026-11-30")])
def test_a_visit_left_out_will_not_happen(fact: f.Fact) -> None:
    assert (draft(fact).left_out, draft(fact).dropped) == (True, True)


def test_a_cancelled_visit_will_not_happen_and_was_not_left_out() -> None:
    made = draft()
    made.cancelled = True
    assert (made.left_out, made.dropped) == (False, True)


def test_a_visit_is_past_by_its_window_or_without_one_by_its_day() -> None:
    # The window of SP-C01 ends on 12-14.
    assert [draft(target="2026-11-30").is_past(d(on)) for on in ("2026-12-14", "2026-12-15")] == [False, True]
    arranged = draft(booked("SP-C01", "2026-12-01"))
    assert [arranged.is_past(d(on)) for on in ("2026-12-01", "2026-12-02")] == [False, True]
    assert not draft().is_past(d("2099-01-01"))


# Bloods before a dose are judged by the day that was assumed for the dose before it was given.


def given_late(judged: Window | None, *more: f.Fact) -> DraftVisit:
    """A dose with the target 12-14 and the window 12-14..12-17 that was given on Wednesday 12-16."""
    made = draft(*more, f.Performed("SP-C02#2", d("2026-12-16"), "", judged), key="SP-C02#2", target="2026-12-14")
    made.propose_day(Roll.FORWARD, WEEKENDS)
    return made


def test_an_open_visit_is_assumed_on_its_proposed_day() -> None:
    made = draft(target="2026-11-28")
    made.propose_day(Roll.FORWARD, WEEKENDS)
    assert made.assumed_before_performance == d("2026-11-30")


def test_a_performed_visit_was_assumed_on_the_day_arranged_for_it() -> None:
    made = given_late(span("2026-12-14..2026-12-17"), booked("SP-C02#2", "2026-12-15"))
    assert (made.assumed, made.assumed_before_performance) == (d("2026-12-16"), d("2026-12-15"))


def test_a_performed_visit_without_an_arranged_day_was_assumed_on_the_proposed_one() -> None:
    assert given_late(span("2026-12-14..2026-12-17")).assumed_before_performance == d("2026-12-14")


def test_a_window_that_has_moved_since_moves_the_day_back() -> None:
    # when it was recorded, the window opened on 12-07, a week earlier
    assert given_late(span("2026-12-07..2026-12-10")).assumed_before_performance == d("2026-12-07")


def test_without_the_window_of_the_time_the_day_is_not_known() -> None:
    assert given_late(None).assumed_before_performance is None
