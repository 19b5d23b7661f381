"""An open study: what is kept between two questions changes no answer."""

from datetime import date

from app.services.commands import enrol
from tests.services.ward import PERSON, Ward


def pump_comes_off(ward: Ward, *codes: str) -> dict[str, str]:
    """When each one's pump comes off, 46 hours after its start, asked for in this order."""
    ward.reopen()
    found = {}
    for code in codes:
        entries = ward.calendar(code).by_key
        found[code] = str(next(one.due_at for key, one in entries.items() if key.endswith("C03#1.3")))
    return found


def test_a_time_zone_does_not_depend_on_who_was_planned_before(file_ward: Ward) -> None:
    # China has two time zones. One trial names its centres', the other has none there, so that its zone is not known.
    enrol.enrol(
        file_ward.study, {**PERSON, "code": "LI-003", "country": "CN", "regimen": "MFFX"}, file_ward.today, True
    )
    file_ward.enrol_cn(code="CJ-003", regimen="MFFX")
    file_ward.do("performed", "LI-003", visit="SP-C01", on="2026-11-30", pump_at="10:00")
    file_ward.do("performed", "CJ-003", visit="CJ-C01", on="2026-11-30", pump_at="10:00")
    expected = {"LI-003": "None", "CJ-003": "2026-12-02 08:00:00+08:00"}
    assert pump_comes_off(file_ward, "LI-003", "CJ-003") == expected
    assert pump_comes_off(file_ward, "CJ-003", "LI-003") == expected


def test_what_is_asked_twice_is_answered_alike_and_anew_on_another_day(ward: Ward) -> None:
    first = ward.calendar()
    assert ward.calendar() == first
    assert ward.calendar(today=date(2026, 12, 21)).today == date(2026, 12, 21)
    ward.do("note", "CJ-001", text="x")
    assert ward.calendar() == first
    ward.do("moved", visit="SP-C02#2", to="2026-12-29", reason="x")
    assert ward.calendar() != first
    assert ward.dates()["SP-C02#2"] == "2026-12-29"


def test_a_reopened_study_answers_as_before(file_ward: Ward) -> None:
    file_ward.do("performed", visit="SP-C01", on="2026-11-30", at="10:00")
    file_ward.value("SP-R01.after", "P21D")
    before, facts, head = file_ward.document(), file_ward.facts(), file_ward.study.head()
    file_ward.reopen()
    assert (file_ward.document(), file_ward.facts(), file_ward.study.head()) == (before, facts, head)
