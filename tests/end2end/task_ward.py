"""The study in which the twelve tasks are done, and what was recorded before each of them."""

from datetime import date, timedelta
from pathlib import Path

from app.domain.calendar.entries import OPEN
from app.services.commands import record
from app.services.commands.record import Asked
from tests.services.ward import Ward

TODAY = date(2027, 2, 15)
"""A Monday. LI-001, LI-002 and LI-003 have day 1 of their third cycle today, at 08:30, 09:30 and 10:30."""
FIRST = date(2027, 1, 11)
PEOPLE = {"LI-001": "08:30", "LI-002": "09:30", "LI-003": "10:30"}
CYCLE = "SP-C02#3"
THURSDAY = date(2027, 2, 18)


def make_ward(folder: Path) -> Path:
    """Make the study; return the path of the closed file."""
    ward = Ward(folder)
    ward.go_to(FIRST)
    ward.site(name="Linköping", country="SE", time_zone="Europe/Stockholm")
    for code in PEOPLE:
        ward.enrol(code=code, on=FIRST, regimen="MFFX")
    ward.go_to(TODAY - timedelta(1))
    for code, at in PEOPLE.items():
        see(ward, code, ward.today)
        ward.do("booked", code, visit=CYCLE, on=TODAY, at=at)
    ward.go_to(TODAY)
    ward.rebuilt()
    ward.study.close()
    return ward.path


def see(ward: Ward, code: str, until: date, but: tuple[str, ...] = ()) -> None:
    """Record every visit on its day until that day but these; at both reassessments the response was good."""
    while True:
        due = [
            (one.assumed, one.key)
            for one in ward.calendar(code).entries
            if one.status in OPEN and one.assumed is not None and one.assumed <= until and one.key not in but
        ]
        if not due:
            return
        on, visit = due[0]
        asked = [Asked("performed", {"visit": visit, "on": on})]
        if visit in ("SP-R01", "SP-R02"):
            asked.append(Asked("decided", {"visit": visit, "on": on, "outcome": "response"}))
        record.save(ward.study, record.propose(ward.study, code, asked, ward.today), sure=True)


def close_the_day_of_a_ct(ward: Ward) -> None:
    """LI-004 consented a week ago; the CT is booked for tomorrow at 9, when the clinic is closed by now."""
    ward.go_to("2027-02-08")
    ward.enrol(code="LI-004", consented="2027-02-08", on=None, regimen="MFFX")
    ward.do("booked", "LI-004", visit="SP-S02", on=TODAY + timedelta(1), at="09:00")
    ward.go_to(TODAY)
    ward.close_day("2027-02-16", reason="a course")


def operate(ward: Ward) -> None:
    """LI-009 has had all cycles; the last conference was on 28 January; the operation was planned for 8 February."""
    ward.go_to("2026-09-28")
    ward.enrol(code="LI-009", on="2026-09-28", regimen="MFFX")
    ward.go_to(TODAY)
    see(ward, "LI-009", date(2027, 2, 5))


def be_palliative(ward: Ward) -> None:
    """LI-008 is called every six months since August."""
    ward.go_to("2026-06-01")
    ward.enrol(code="LI-008", on="2026-06-01", regimen="MFFX")
    ward.go_to(TODAY)
    see(ward, "LI-008", date(2026, 8, 9))
    ward.do("performed", "LI-008", visit="SP-R01", on="2026-08-10")
    ward.do("decided", "LI-008", visit="SP-R01", on="2026-08-10", outcome="palliative")
    see(ward, "LI-008", date(2027, 2, 1))


def book_tomorrow(ward: Ward) -> None:
    """LI-003 comes tomorrow instead of today."""
    ward.do("booked", "LI-003", visit=CYCLE, on=TODAY + timedelta(1), at="10:30")
