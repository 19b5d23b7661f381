"""The study's own facts: which of two about the same counts, and where they hold."""

from collections.abc import Mapping
from datetime import date

import pytest

from app.domain.dates import HolidayYear
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.study_record import SiteRow, StudyRecord, holiday_fields, holiday_year

Row = tuple[str, Mapping[str, Json]]
MONDAY = date(2026, 12, 28)
SATURDAY = date(2026, 12, 26)


def facts(*rows: Row) -> StudyRecord:
    """The study as these facts, in their order, say it."""
    return StudyRecord.of(recorded(*rows))


def recorded(*rows: Row) -> list[Recorded]:
    return [provisional(NewFact(kind, fields), seq) for seq, (kind, fields) in enumerate(rows, start=1)]


def day(kind: str, on: date, site: str = "") -> Row:
    return f"day_{kind}", {"on": on.isoformat(), **({"site": site} if site else {})}


LINKOPING: Row = ("site_set", {"name": "Linköping", "country": "SE", "time_zone": "Europe/Stockholm"})
OULU: Row = ("site_set", {"name": "Oulu", "country": "FI", "closed_weekdays": [6]})


def reason(study: StudyRecord, on: date, site: str = "Linköping") -> str:
    return study.closed_days(study.sites.get(site), {}).reason(on)


@pytest.mark.parametrize(
    ("rows", "on", "here", "there"),
    [
        ([], MONDAY, "", ""),
        ([], SATURDAY, "weekday", ""),
        ([day("closed", MONDAY)], MONDAY, "site", "site"),
        ([day("closed", MONDAY), day("opened", MONDAY)], MONDAY, "", ""),
        ([day("closed", MONDAY), day("opened", MONDAY), day("closed", MONDAY)], MONDAY, "site", "site"),
        ([day("opened", SATURDAY)], SATURDAY, "", ""),
        ([day("closed", MONDAY, "Oulu")], MONDAY, "", "site"),
        ([day("closed", MONDAY), day("opened", MONDAY, "Oulu")], MONDAY, "site", ""),
        ([day("opened", MONDAY, "Oulu"), day("closed", MONDAY)], MONDAY, "site", "site"),
        ([day("closed", MONDAY, "Oulu"), day("opened", MONDAY)], MONDAY, "", ""),
        ([day("closed", MONDAY), day("closed", MONDAY, "Oulu"), day("opened", MONDAY)], MONDAY, "", ""),
    ],
)
def test_the_last_word_on_a_day_counts_where_it_holds(rows: list[Row], on: date, here: str, there: str) -> None:
    study = facts(LINKOPING, OULU, *rows)
    assert (reason(study, on), reason(study, on, "Oulu")) == (here, there)


def test_a_site_without_a_description_has_the_usual_weekend() -> None:
    study = facts(day("closed", MONDAY, "Oulu"))
    assert reason(study, MONDAY, "") == ""
    assert reason(study, SATURDAY, "") == "weekday"


def test_a_day_that_is_open_all_week_is_not_the_same_as_nothing_said() -> None:
    study = facts(("site_set", {"name": "Linköping", "country": "SE", "closed_weekdays": []}))
    assert study.sites["Linköping"] == SiteRow("Linköping", "SE", "", frozenset())
    assert reason(study, SATURDAY) == ""


def test_a_site_is_found_by_its_name_else_by_its_country() -> None:
    study = facts(LINKOPING, OULU, ("site_set", {"name": "Uppsala", "country": "SE"}))
    found = [
        study.site_of(*where) for where in (("Oulu", "SE"), ("Uppsala", "SE"), ("", "SE"), ("X", "FI"), ("", "CN"))
    ]
    assert [one.name if one is not None else "" for one in found] == ["Oulu", "Uppsala", "Linköping", "Oulu", ""]


def test_a_later_description_of_a_site_takes_the_place_of_the_earlier() -> None:
    study = facts(LINKOPING, ("site_set", {"name": "Linköping", "country": "SE"}))
    assert study.sites == {"Linköping": SiteRow("Linköping", "SE", "", None)}


def value(key: str, one: Json, protocol: str = "p") -> Row:
    return "value_set", {"protocol": protocol, "key": key, "value": one}


def confirm(key: str, protocol: str = "p") -> Row:
    return "value_confirmed", {"protocol": protocol, "key": key}


def test_values_are_those_of_their_protocol_and_the_last_one_counts() -> None:
    study = facts(value("A.after", "P1D"), value("B.gap", "P6D"), value("A.after", "P2D"), value("A.after", "P9D", "q"))
    assert study.site_values("p") == {"A.after": "P2D", "B.gap": "P6D"}
    assert study.site_values("q") == {"A.after": "P9D"}
    assert study.site_values("r") == {}


def test_a_value_that_is_set_anew_is_no_longer_confirmed() -> None:
    study = facts(value("A.after", "P1D"), confirm("A.after"), confirm("B.gap"), confirm("A.after", "q"))
    assert set(study.confirmed) == {("p", "A.after"), ("p", "B.gap"), ("q", "A.after")}
    again = facts(value("A.after", "P1D"), confirm("A.after"), confirm("A.after", "q"), value("A.after", "P2D"))
    assert set(again.confirmed) == {("q", "A.after")}


def taken(name: str, version: str, digest: str) -> Row:
    fields: dict[str, Json] = {"protocol": name, "version": version, "title": "T", "hash": digest, "main": "a.yaml"}
    return "protocol_taken", {**fields, "files": [["a.yaml", "text"], ["b.yaml", "more"]]}


def test_the_version_that_was_taken_in_last_is_the_latest() -> None:
    study = facts(taken("p", "1", "aa"), taken("q", "1", "bb"), taken("p", "2", "cc"))
    latest = study.latest("p")
    assert latest is not None
    assert (latest.version, latest.hash, latest.files) == ("2", "cc", {"a.yaml": "text", "b.yaml": "more"})
    assert list(study.protocols) == ["aa", "bb", "cc"]
    assert study.latest("r") is None


YEAR = HolidayYear(
    "CN", 2026, {date(2026, 10, 1): "National Day"}, frozenset({date(2026, 10, 10)}), False, "holidays 1"
)


def test_holidays_are_kept_as_they_are() -> None:
    (one,) = recorded(("holidays_taken", holiday_fields(YEAR)))
    assert holiday_year(one) == YEAR


def test_the_holidays_that_were_taken_last_count() -> None:
    newer = HolidayYear("CN", 2026, {}, frozenset(), True, "holidays 2")
    other = HolidayYear("SE", 2026, {}, frozenset(), True, "holidays 1")
    study = facts(*(("holidays_taken", holiday_fields(one)) for one in (YEAR, other, newer)))
    assert study.holidays == {("CN", 2026): newer, ("SE", 2026): other}


def test_a_study_has_a_name_where_one_was_given() -> None:
    assert facts(("study_made", {"name": "ScanPan"})).name == "ScanPan"
    assert facts(("study_made", {})).name == ""
    assert facts().name == ""
