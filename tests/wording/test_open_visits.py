"""What a person does about what is open."""

from datetime import date

from app.domain.calendar.agenda import AgendaRow
from app.domain.facts.planner_facts import Fact
from app.wording.open_visits import overdue_remedy, reason_missing
from tests.domain.stories import booked, calendar, moved


def remedy(*facts: Fact, visit: str, today: str) -> str:
    found = calendar(*facts, today=today)
    return overdue_remedy(AgendaRow.of("LI-001", "scanpan", found.by_key[visit], date.fromisoformat(today)))


def test_a_visit_whose_day_has_passed_is_recorded_moved_or_called_missed() -> None:
    assert remedy(visit="SP-C01", today="2027-01-04") == "record it, move it, or say that it was missed"


def test_a_booking_that_a_move_left_behind_is_made_again() -> None:
    left = (booked("SP-C02#2", "2026-12-14"), moved("SP-C01", "2026-12-14"))
    assert remedy(*left, visit="SP-C02#2", today="2026-11-24") == "book another day"
    # Once the booked day is past, it is recorded or moved as any other.
    assert remedy(*left, visit="SP-C02#2", today="2026-12-15") == "record it, move it, or say that it was missed"


def test_a_missing_reason_is_said_after_the_deviation() -> None:
    assert reason_missing("2 days late") == "2 days late, reason missing"
