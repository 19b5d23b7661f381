"""An agenda with something in every group, as the list of visits shows it."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.documents.agenda_rows import VisitList, visit_list
from app.domain.calendar.agenda import agenda
from app.domain.calendar.entries import Calendar, Problem, Status
from tests.documents.calendars import (
    MONTHLY,
    TODAY,
    calendar,
    dose,
    entry,
    protocol,
    usual,
)

SUNDAY = TODAY + timedelta(6)

PROTOCOLS = {"example": protocol()}

UNRECORDED = Problem("MONTHLY#3", "counted_from_unrecorded", {})


def morning() -> list[Calendar]:
    """Four participants with something in every group."""
    past = TODAY - timedelta(2)
    later = TODAY + timedelta(5)
    return [
        usual(),
        calendar(
            dose(2, TODAY - timedelta(9), status=Status.OVERDUE),
            dose(3, later, booked=later, booked_at="13:15", basis="forecast"),
            participant="LI-002",
        ),
        calendar(dose(1, past, status=Status.OVERDUE, moved=past, day_passed=True), participant="LI-003"),
        calendar(
            dose(
                *(4, past),
                booked=past,
                booked_at="10:00",
                latest=TODAY + timedelta(12),
                status=Status.OVERDUE,
                day_passed=True,
            ),
            dose(9, TODAY, booked=TODAY, booked_at="08:00", status=Status.DUE),
            entry("MONTHLY#3", MONTHLY, TODAY + timedelta(40), number=3, problems=(UNRECORDED,)),
            participant="LI-004",
        ),
    ]


def rows(among: Sequence[Calendar], first: date = TODAY, last: date = SUNDAY, site: str = "Linköping") -> VisitList:
    return visit_list(agenda(among, TODAY), PROTOCOLS, site, first, last)
