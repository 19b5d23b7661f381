from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.documents.participant_rows import Certainty, participant_rows
from app.domain.calendar.entries import Calendar, Entry, Status
from app.protocols.library import shipped_protocol
from app.wording.participant_language import in_language
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


def test_what_waits_for_a_day_is_named_at_the_end() -> None:
    rows = participant_rows(
        protocol(), calendar(entry("SURGERY", SURGERY, None, status=Status.AWAITING)), "Linköping", {}
    )
    assert rows.months == ()
    assert rows.date_to_come == ("Operation",)


def test_a_day_that_passed_is_no_day_to_come() -> None:
    passed = entry("SURGERY", SURGERY, TODAY - timedelta(9), status=Status.OVERDUE)
    rows = participant_rows(protocol(), calendar(passed), "Linköping", {})
    assert (rows.months, rows.date_to_come) == ((), ())


def test_a_meeting_without_the_participant_is_left_out() -> None:
    meeting = replace(SURGERY, contact="site", plain="Meeting of your doctors")
    assert lines(calendar(entry("SURGERY", meeting))) == []


def test_it_ends_with_the_day_of_the_next_decision() -> None:
    scanpan = shipped_protocol("scanpan")
    first, second = (
        entry(key, scanpan.visits[key], TODAY + timedelta(days)) for key, days in (("SP-R01", 20), ("SP-R02", 60))
    )
    follow_up = entry("SP-F03", scanpan.visits["SP-F03"], TODAY + timedelta(90))
    before = entry("SP-P01", scanpan.visits["SP-P01"], TODAY + timedelta(5))
    rows = participant_rows(scanpan, calendar(before, first, second, follow_up), "Linköping", {})
    assert rows.until == TODAY + timedelta(20)
    assert [line.on for month in rows.months for line in month.lines] == [TODAY + timedelta(5), TODAY + timedelta(20)]
    decided = replace(first, decided="response", performed=TODAY, status=Status.PERFORMED)
    assert participant_rows(scanpan, calendar(decided, second), "L", {}).until == TODAY + timedelta(60)
    assert participant_rows(scanpan, calendar(follow_up), "L", {}).until is None


def at_home(*entries: Entry, by: str = "scanpan", **changes: Any) -> list[tuple[str, str]]:
    """The lines of a calendar by the shipped protocol, from 3 February 2027 on."""
    among = replace(calendar(*entries, today=date(2027, 2, 3)), **changes)
    rows = participant_rows(shipped_protocol(by), among, "Linköping", {})
    return [(line.on.isoformat(), line.what) for month in rows.months for line in month.lines]


def capecitabine(**changes: Any) -> Entry:
    visit = shipped_protocol("scanpan").visits["SP-C02"]
    given = replace(dose(2, date(2027, 2, 8), TABLETS), key="SP-C02#2", visit=visit)
    return replace(given, **changes)


def test_every_day_of_tablets_that_is_no_visit_has_its_line() -> None:
    # 8 February + 1 and + 21 days
    assert at_home(capecitabine()) == [
        ("2027-02-08", "Treatment day; first tablets in the evening"),
        ("2027-02-09", "Tablets morning and evening from today, for 20 days"),
        ("2027-03-01", "Last tablets this morning"),
    ]


def test_the_tablets_of_a_cycle_go_on_after_its_first_day_until_the_treatment_is_ended() -> None:
    given = capecitabine(performed=date(2027, 2, 2), assumed=date(2027, 2, 2), status=Status.PERFORMED)
    both = [
        ("2027-02-03", "Tablets morning and evening from today, for 20 days"),
        ("2027-02-23", "Last tablets this morning"),
    ]
    assert at_home(given) == both
    assert at_home(given, over={"preop_chemo": date(2027, 2, 10)}) == both[:1]
    assert at_home(given, over={"postop_chemo": date(2027, 2, 10)}) == both


def test_the_pump_of_a_first_day_is_said_although_the_visit_has_words_of_its_own() -> None:
    visit = shipped_protocol("scanpan").visits["SP-C01"]
    first = replace(dose(1, date(2027, 2, 8)), key="SP-C01", visit=visit)
    assert at_home(first) == [("2027-02-08", "First treatment day; a small pump goes home with you")]


@pytest.mark.parametrize(
    ("language", "first", "pump", "tablets"),
    [
        (
            "en",
            "First day of the changed treatment; a small pump goes home with you",
            "Treatment day; a small pump goes home with you",
            "Treatment day; first tablets in the evening",
        ),
        (
            "sv",
            "Första dagen med den ändrade behandlingen; en liten pump följer med hem",
            "Behandlingsdag; en liten pump följer med hem",
            "Behandlingsdag; de första tabletterna på kvällen",
        ),
        (
            "fi",
            "Muutetun hoidon ensimmäinen päivä; saat mukaasi kotiin pienen pumpun",
            "Hoitopäivä; saat mukaasi kotiin pienen pumpun",
            "Hoitopäivä; ensimmäiset tabletit illalla",
        ),
        (
            "zh",
            "更改后治疗的第一天\uff1b您将带一个小输液泵回家",
            "治疗日\uff1b您将带一个小输液泵回家",
            "治疗日\uff1b晚上首次服用药片",
        ),
    ],
)
def test_a_treatment_day_is_said_once_in_every_language(language: str, first: str, pump: str, tablets: str) -> None:
    """Also where the first day has a name without these words, and where the language has a semicolon of its own."""
    changed, scanpan = shipped_protocol("nct06873178").visits, shipped_protocol("scanpan").visits
    day = date(2027, 2, 8)
    with in_language(language):
        for one, said in (
            (replace(dose(1, day), key="CJ-D01", visit=changed["CJ-D01"]), first),
            (replace(dose(2, day), key="CJ-D02#2", visit=changed["CJ-D02"]), pump),
            (replace(dose(2, day, TABLETS), key="SP-C02#2", visit=scanpan["SP-C02"]), tablets),
        ):
            by = "nct06873178" if one.key.startswith("CJ") else "scanpan"
            assert at_home(one, by=by)[0] == ("2027-02-08", said)


def test_tablets_are_listed_without_the_name_of_the_drug() -> None:
    found = lines(calendar(dose(1, TODAY, TABLETS)))
    assert [(on, what) for on, _certainty, _at, what in found] == [
        (TODAY, "Treatment at the day unit"),
        (TODAY + timedelta(1), "Start your tablets"),
        (TODAY + timedelta(21), "Last day of tablets"),
    ]
