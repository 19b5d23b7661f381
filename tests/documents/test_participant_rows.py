from datetime import date, timedelta

import pytest

from app.documents.participant_rows import Certainty, participant_rows
from app.domain.calendar.entries import Calendar, Entry, Status
from tests.documents.calendars import (
    SURGERY,
    TABLETS,
    TODAY,
    calendar,
    dose,
    entry,
    protocol,
    usual,
)


def lines(among: Calendar) -> list[tuple[date, str, str, str]]:
    rows = participant_rows(protocol(), among, "Linköping", {})
    return [(line.on, line.certainty, line.at, line.what) for month in rows.months for line in month.lines]


def test_how_sure_a_day_is() -> None:
    assert lines(usual())[:3] == [
        (TODAY, Certainty.BOOKED, "09:30", "Treatment at the day unit"),
        (TODAY + timedelta(2), Certainty.PLANNED, "", "Pump taken off"),
        (TODAY + timedelta(14), Certainty.ABOUT, "", "Treatment at the day unit"),
    ]


def test_by_month() -> None:
    rows = participant_rows(protocol(), usual(), "Linköping", {})
    assert [month.name for month in rows.months] == ["February 2027", "April 2027", "May 2027"]


@pytest.mark.parametrize("status", [Status.PERFORMED, Status.MISSED, Status.OMITTED, Status.CANCELLED])
def test_what_is_over_or_off_is_not_listed(status: Status) -> None:
    rows = participant_rows(protocol(), calendar(entry("SURGERY", SURGERY, status=status)), "Linköping", {})
    assert rows.months == ()
    assert rows.date_to_come == ()


@pytest.mark.parametrize(
    "one",
    [
        entry("SURGERY", SURGERY, None, status=Status.AWAITING),
        entry("SURGERY", SURGERY, TODAY - timedelta(9), status=Status.OVERDUE),
    ],
)
def test_without_a_day_to_come_it_is_named_at_the_end(one: Entry) -> None:
    rows = participant_rows(protocol(), calendar(one), "Linköping", {})
    assert rows.months == ()
    assert rows.date_to_come == ("Operation",)


def test_tablets_are_listed_without_the_name_of_the_drug() -> None:
    found = lines(calendar(dose(1, TODAY, TABLETS)))
    assert [(on, what) for on, _certainty, _at, what in found] == [
        (TODAY, "Treatment at the day unit"),
        (TODAY + timedelta(1), "Start your tablets"),
        (TODAY + timedelta(21), "Last day of tablets"),
    ]
