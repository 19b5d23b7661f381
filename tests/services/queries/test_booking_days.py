"""Days to choose from, and visits held on their day.

LI-001 is on AG in Sweden, enrolled on Mon 23 Nov 2026; cycle 2 is due on Mon 28 Dec, with three days to spare, of which
New Year's Eve is closed. Days 1, 8 and 15 of cycle 1 are planned on 30 Nov, 7 and 14 Dec.
"""

from datetime import date

import pytest

from app.services.commands import record
from app.services.commands.record import Asked
from app.services.queries import booking_days
from app.services.queries.booking_days import BookingDays
from tests.services.ward import Ward, refused


def chosen(ward: Ward, visit: str = "SP-C02#2") -> BookingDays:
    """The days around a visit."""
    return booking_days.booking_days(ward.study, "LI-001", visit, ward.today)


def why_not(found: BookingDays) -> dict[str, list[str]]:
    """What speaks against each day, without those against which nothing does."""
    return {str(one.day): [problem.kind for problem in one.against] for one in found.days if one.against}


def test_the_days_of_the_window_can_be_had_unless_they_are_closed(ward: Ward) -> None:
    found = chosen(ward)
    assert [str(one.day) for one in found.days if one.usable] == ["2026-12-28", "2026-12-29", "2026-12-30"]
    assert (found.usable_left, found.least_bad) == (3, ())
    assert (str(found.days[0].day), str(found.days[-1].day)) == ("2026-12-21", "2027-01-07")
    against = why_not(found)
    assert against["2026-12-31"] == ["booking_closed"]
    assert against["2027-01-01"] == ["booking_closed", "booking_outside"]
    assert against["2027-01-04"] == ["booking_outside"]


def test_a_day_too_near_the_last_dose_says_so(ward: Ward) -> None:
    """Day 15 of cycle 1 given on Wed 23 Dec: day 1 of cycle 2 wants the gap of its row after it."""
    ward.go_to("2026-12-23")
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-23")
    against = why_not(chosen(ward))
    assert "too_near" in against["2026-12-28"]


def test_the_times_that_are_taken_are_said_in_their_order(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    ward.do("booked", "LI-002", visit="SP-C02#2", on="2026-12-29", at="10:00")
    ward.do("booked", "LI-002", visit="SP-C04#2.1", on="2026-12-29", at="08:45")
    # Without a time, and one of the visit itself, which moves away from it.
    ward.do("booked", "LI-001", visit="SP-C04#2.1", on="2026-12-29")
    ward.do("booked", "LI-001", visit="SP-C02#2", on="2026-12-29", at="11:00")
    of_day = {str(one.day): (one.visits, one.times) for one in chosen(ward).days}
    assert of_day["2026-12-29"] == (3, ("08:45", "10:00"))
    assert of_day["2026-12-30"] == (0, ())


def test_no_day_left_names_the_least_bad(ward: Ward) -> None:
    ward.close_day("2026-12-28", "2026-12-30")
    found = chosen(ward)
    assert found.usable_left == 0
    assert [str(day) for day in found.least_bad] == ["2027-01-04", "2027-01-05", "2027-01-07"]


def test_days_past_are_shown_and_not_counted(ward: Ward) -> None:
    ward.go_to("2026-12-30")
    assert chosen(ward).usable_left == 1


def test_a_day_that_is_past_says_so(ward: Ward) -> None:
    ward.go_to("2026-12-30")
    found = chosen(ward)
    assert {str(one.day) for one in found.days if booking_days.PAST in [problem.kind for problem in one.against]} == {
        f"2026-12-{day}" for day in range(21, 30)
    }
    assert why_not(found)["2026-12-28"] == ["past"]
    assert "2026-12-30" not in why_not(found)


def test_of_a_window_that_is_over_there_are_days_to_come(ward: Ward) -> None:
    ward.go_to("2027-01-20")
    found = chosen(ward)
    assert (found.usable_left, str(found.days[-1].day)) == (0, "2027-01-27")
    assert len(found.least_bad) == 3


def test_each_day_tells_how_many_other_visits_it_has(ward: Ward) -> None:
    """CJ-001 has been given the same day as LI-001."""
    ward.do("booked", "CJ-001", visit="CJ-C02#2", on="2026-12-29")
    ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    counts = {str(one.day): one.visits for one in chosen(ward).days}
    assert counts["2026-12-29"] == 1


def test_what_is_offered_is_what_a_booking_gives(ward: Ward) -> None:
    for one in chosen(ward).days:
        proposal = record.propose(
            ward.study, "LI-001", [Asked("booked", {"visit": "SP-C02#2", "on": one.day})], ward.today
        )
        assert proposal.after is not None
        problems = proposal.after.by_key["SP-C02#2"].problems
        assert [problem for problem in problems if problem.kind in booking_days._AGAINST] == list(one.against)


def test_a_settled_visit_has_no_days_to_choose(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    refused("not_open", chosen, ward, "SP-C01")


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [("2027-01-02", "2027-01-01", "ends_before"), ("2026-01-01", "2026-12-31", "closure_long")],
)
def test_days_that_cannot_be_asked_for_are_refused(ward: Ward, first: str, last: str, kind: str) -> None:
    span = (date.fromisoformat(first), date.fromisoformat(last))
    refused(kind, booking_days.booking_days, ward.study, "LI-001", "SP-C02#2", ward.today, *span)
