"""The occurrences of visits outside the courses: series, second ones, days given by a person."""

from app.domain.calendar.entries import Entry
from tests.domain.stories import ENROLLED, booked, calendar, decided, done, target

OPERATION = done("SP-P03", "2027-04-05")
LATER = "2027-04-06"


def found(entries: dict[str, Entry], prefix: str) -> dict[str, str | None]:
    """The targets of the visits whose keys begin so."""
    return {key: target(entry) for key, entry in entries.items() if key.startswith(prefix)}


def test_a_series_of_days_is_numbered_by_its_days() -> None:
    entries = dict(calendar(OPERATION, today=LATER).by_key)
    assert found(entries, "SP-O05") == {"SP-O05#14": "2027-04-19", "SP-O05#21": "2027-04-26"}


def test_a_series_of_months_is_numbered_by_its_months() -> None:
    entries = dict(calendar(OPERATION, today=LATER, choices={"long_term": True}).by_key)
    assert found(entries, "SP-L01") == {
        "SP-L01#36": "2030-04-05", "SP-L01#48": "2031-04-05", "SP-L01#60": "2032-04-05",
    }  # fmt: skip


def test_a_visit_is_there_only_with_the_choice_that_asks_for_it() -> None:
    entries = dict(calendar(today=ENROLLED, choices={"pancreatic_resection": False}).by_key)
    assert found(entries, "SP-O05") == {}
    assert found(entries, "SP-L01") == {}


def test_a_series_appears_with_its_milestone() -> None:
    decision = decided("SP-R01", "2027-02-01", "palliative")
    assert found(dict(calendar(today="2027-02-01").by_key), "SP-N01") == {}
    assert found(dict(calendar(decision, today="2027-02-01").by_key), "SP-N01") == {
        "SP-N01#6": "2027-08-01", "SP-N01#12": "2028-02-01", "SP-N01#18": "2028-08-01", "SP-N01#24": "2029-02-01",
    }  # fmt: skip


def test_a_second_operation_repeats_the_visits_after_the_first_once_it_has_a_day() -> None:
    staged = {"staged": True}
    entries = dict(calendar(OPERATION, today=LATER, choices=staged).by_key)
    assert found(entries, "SP-O01") == {"SP-O01": "2027-04-06"}
    entries = dict(calendar(OPERATION, booked("SP-P04", "2027-05-10"), today=LATER, choices=staged).by_key)
    assert found(entries, "SP-O01") == {"SP-O01": "2027-04-06", "SP-O01@2": "2027-05-11"}
    assert found(entries, "SP-O05#14") == {"SP-O05#14": "2027-04-19", "SP-O05#14@2": "2027-05-24"}


def test_a_visit_that_no_protocol_asks_for_has_the_day_that_it_was_given() -> None:
    entry = calendar(booked("U#1", "2026-12-02"), today=ENROLLED).by_key["U#1"]
    assert (entry.number, target(entry), str(entry.assumed)) == (1, None, "2026-12-02")
