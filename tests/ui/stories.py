"""A study with a participant for each thing that a nurse may meet, made by the services as in the ward."""

from datetime import date
from pathlib import Path

from app.domain.calendar.entries import OPEN
from app.services.commands import enrol
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
    for tell in (
        _under_way,
        _overdue,
        _closing,
        _undecided,
        _outdated,
        _booked_outside,
        _withdrawn,
        _beijing,
        _hostile,
    ):
        tell(ward)
    ward.go_to(TODAY)
    screened = {"code": "LI-020", "protocol": "scanpan", "on": TODAY, "outcome": "pending"}
    enrol.screen(ward.study, screened, TODAY)
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
        ward.do("performed", code, visit=first.key, on=first.assumed)


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


def _undecided(ward: Ward) -> None:
    """LI-004: the first reassessment was held on Friday, and what was decided is not recorded; a second operation."""
    ward.go_to("2026-11-30")
    ward.enrol(code="LI-004", on="2026-11-30", regimen="MFFX", choices={"staged": True})
    _see(ward, "LI-004", date(2027, 2, 12))


def _outdated(ward: Ward) -> None:
    """LI-005: bloods were taken for a dose that was moved a week on, so they are too old for it."""
    ward.go_to("2027-01-25")
    ward.enrol(code="LI-005", on="2027-01-25", regimen="MFFX")
    _see(ward, "LI-005", date(2027, 2, 12))
    ward.do("moved", "LI-005", visit="SP-C02#2", to="2027-02-22", reason="a cold")


def _booked_outside(ward: Ward) -> None:
    """LI-006: cycle 2 was booked for Wednesday; then cycle 1 came three days late, and its pump was not recorded."""
    ward.go_to("2027-01-25")
    ward.enrol(code="LI-006", on="2027-01-25", regimen="MFFX")
    _see(ward, "LI-006", date(2027, 1, 31))
    ward.do("booked", "LI-006", visit="SP-C02#2", on="2027-02-17", at="10:00")
    ward.go_to("2027-02-04")
    ward.do("performed", "LI-006", visit="SP-C01", on="2027-02-04")


def _withdrawn(ward: Ward) -> None:
    """LI-008: withdrew in the first week, before any treatment."""
    ward.go_to(FIRST)
    ward.enrol(code="LI-008", on=FIRST, regimen="MFFX")
    _see(ward, "LI-008", FIRST)
    ward.go_to("2027-01-14")
    ward.do("withdrawn", "LI-008", scope="all", on="2027-01-14", reason="moves abroad")


def _beijing(ward: Ward) -> None:
    """CJ-001: the other trial; the first dose was given last Monday."""
    ward.go_to("2027-02-01")
    ward.enrol_cn(code="CJ-001", on="2027-02-01", regimen="AG")
    _see(ward, "CJ-001", date(2027, 2, 14))


def _hostile(ward: Ward) -> None:
    """A code and a note that are markup; only the note of a visit today."""
    ward.go_to("2027-02-08")
    ward.enrol(code=HOSTILE, on="2027-02-08", regimen="MFFX")
    _see(ward, HOSTILE, date(2027, 2, 14))
