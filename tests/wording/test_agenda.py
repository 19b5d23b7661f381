"""Rows of the agenda in words."""

from dataclasses import replace

import pytest

from app.domain.calendar.agenda import AgendaRow
from app.domain.facts.planner_facts import Booked, Fact
from app.wording.agenda import NEXT, agenda_status, is_closing, next_step, state_text, window_text
from tests.domain.stories import booked, calendar, d, moved


def row(visit: str, today: str, *facts: Fact) -> AgendaRow:
    """A visit of ScanPan's participant, enrolled on 23 November 2026."""
    return AgendaRow.of("LI-001", "scanpan", calendar(*facts, today=today).by_key[visit], d(today))


@pytest.mark.parametrize(
    ("visit", "today", "facts", "said"),
    [
        # cycle 2 is counted from cycle 1, which has not been given
        ("SP-C02#2", "2026-11-24", (), "forecast"),
        ("SP-C02#2", "2026-11-24", (booked("SP-C02#2", "2026-12-15", "10:00"),), "booked 10:00"),
        ("SP-C02#2", "2026-11-24", (booked("SP-C02#2", "2026-12-15"),), "planned, booked"),
        # cycle 1 is proposed for 30 November, and its window is open until 14 December
        ("SP-C01", "2026-11-24", (), "due"),
        ("SP-C01", "2026-11-24", (booked("SP-C01", "2026-12-01", "10:00"),), "due, booked"),
        ("SP-C01", "2026-12-06", (), "due"),
        ("SP-C01", "2026-12-07", (), "7 days left"),
        ("SP-C01", "2026-12-14", (), "last day"),
        ("SP-C01", "2026-12-18", (), "closed 4 days ago"),
    ],
)
def test_the_state_says_how_urgent_a_visit_is(visit: str, today: str, facts: tuple[Fact, ...], said: str) -> None:
    assert state_text(row(visit, today, *facts), d(today)) == said


@pytest.mark.parametrize(
    ("facts", "brief", "said"),
    [
        # 14 to 17 December, and New Year's Eve
        ((booked("SP-C02#2", "2026-12-18"),), "1 day too late", "1 day after the window"),
        (
            (moved("SP-C02#2", "2026-12-17"), booked("SP-C02#3", "2026-12-31")),
            "closed: New Year's Eve",
            "closed: New Year's Eve",
        ),
        # cycle 1 a week later: cycle 2 is due on 21 December, and 12 days after that dose are 19 December
        (
            (booked("SP-C02#2", "2026-12-15"), moved("SP-C01", "2026-12-07")),
            "6 days too early; too near the last dose",
            "6 days before the window; too near the last dose (from Sat 19 Dec 2026)",
        ),
    ],
)
def test_what_needs_rebooking_says_why(facts: tuple[Fact, ...], brief: str, said: str) -> None:
    key = next(fact.visit for fact in facts if isinstance(fact, Booked))
    one = row(key, "2026-11-24", *facts)
    assert state_text(one, d("2026-11-24")) == brief
    assert agenda_status(one) == f"needs rebooking: {said}"


def test_a_window_closes_within_a_week_only_once_the_day_has_passed() -> None:
    assert not is_closing(row("SP-C01", "2026-12-06"), d("2026-12-06"))
    assert is_closing(row("SP-C01", "2026-12-07"), d("2026-12-07"))
    moved_on = booked("SP-C01", "2026-12-10")
    assert not is_closing(row("SP-C01", "2026-12-09", moved_on), d("2026-12-09"))


@pytest.mark.parametrize(
    ("today", "facts", "decides", "step"),
    [
        ("2026-11-24", (), False, "booked"),
        ("2026-11-24", (booked("SP-C01", "2026-12-01"),), False, "rebooked"),
        ("2026-12-01", (booked("SP-C01", "2026-12-01"),), False, "performed"),
        ("2026-12-01", (), True, "decided"),
    ],
)
def test_the_next_step_of_a_visit(today: str, facts: tuple[Fact, ...], decides: bool, step: str) -> None:
    assert next_step(row("SP-C01", today, *facts).entry, d(today), decides) == step
    assert step in NEXT


def test_the_window_is_short_and_empty_without_one() -> None:
    entry = row("SP-C01", "2026-12-01").entry
    assert window_text(entry, d("2026-12-01")).endswith("14 Dec")
    assert window_text(replace(entry, earliest=None, latest=None), d("2026-12-01")) == ""
