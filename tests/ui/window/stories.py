"""A study with a participant for each thing that a nurse may meet, made by the services as in the ward."""

from datetime import date, timedelta
from pathlib import Path

from app.domain.calendar import OPEN
from app.services import enrolment, study_printing
from tests.services.ward import Ward

TODAY = date(2027, 2, 15)
"""A Monday without a holiday near it; LI-001 has day 1 of its third cycle at 09:30."""
FIRST = date(2027, 1, 11)
HOSTILE = "<b>R&D</b>"
"""A code of an invented participant that would be markup if anything read it so."""
NOTE = "<img src=x> R&D \N{CJK UNIFIED IDEOGRAPH-60A3}\N{CJK UNIFIED IDEOGRAPH-8005} " + "x" * 60


def make_study(folder: Path) -> Path:
    """Everybody; the path of the closed file."""
    ward = Ward(folder)
    ward.go_to(FIRST)
    ward.site(name="Link\N{LATIN SMALL LETTER O WITH DIAERESIS}ping", country="SE", time_zone="Europe/Stockholm")
    ward.site(name="Beijing", country="CN", time_zone="Europe/Stockholm")
    for tell in (_under_way, _overdue, _closing, _decided_soon, _outdated, _booked_outside, _withdrawn, _beijing):
        tell(ward)
    ward.go_to(TODAY)
    screened = {"code": "LI-020", "protocol": "scanpan", "on": TODAY, "outcome": "pending"}
    enrolment.screen(ward.study, screened, TODAY)
    ward.rebuilt()
    ward.study.close()
    return ward.path


def _see(ward: Ward, code: str, until: date, but: tuple[str, ...] = ()) -> None:
    """Every visit happens on its day, until that day and with it, but these."""
    while True:
        calendar = ward.calendar(code)
        due = [
            one
            for one in calendar.entries
            if one.status in OPEN and one.assumed is not None and one.assumed <= until and one.key not in but
        ]
        if not due:
            return
        first = due[0]
        assert first.assumed is not None
        ward.go_to(max(first.assumed, ward.today))
        ward.do("performed", code, visit=first.key, on=max(first.assumed, FIRST))


def _under_way(ward: Ward) -> None:
    """LI-001: four weeks of treatment; cycle 3 begins today at 09:30, and its bloods were taken on Friday."""
    ward.go_to(FIRST)
    ward.enrol(code="LI-001", on=FIRST, regimen="MFFX")
    _see(ward, "LI-001", date(2027, 2, 12))
    ward.go_to("2027-02-12")
    ward.do("booked", "LI-001", visit="SP-C02#3", on=TODAY, at="09:30")


def _overdue(ward: Ward) -> None:
    """LI-002: nothing was recorded of the last dose and of the bloods before it."""
    ward.go_to(FIRST)
    ward.enrol(code="LI-002", on=FIRST, regimen="AG")
    _see(ward, "LI-002", date(2027, 1, 31), but=("SP-C04#1.15", "SP-C03#1.15"))


def _closing(ward: Ward) -> None:
    """LI-003: enrolled a week ago, the baseline not done yet."""
    ward.go_to("2027-02-08")
    ward.enrol(code="LI-003", on="2027-02-08", regimen="MFFX")
    _see(ward, "LI-003", date(2027, 2, 8), but=("SP-S08",))


def _decided_soon(ward: Ward) -> None:
    pass


def _outdated(ward: Ward) -> None:
    pass


def _booked_outside(ward: Ward) -> None:
    pass


def _withdrawn(ward: Ward) -> None:
    pass


def _beijing(ward: Ward) -> None:
    pass
