"""The part of a log that is asked for: a trial, a period, a person."""

from datetime import date

import pytest

from app.services.queries.history_log import chosen_history
from app.services.queries.log_filter import (
    COMPLETE,
    LogFilter,
    checked_log_filter,
    log_filter_name,
    log_filter_text,
)
from app.services.queries.logs import log_table
from tests.services.ward import TODAY, Ward, refused

LATER = date(2026, 12, 10)


def terms(ward: Ward, chosen: LogFilter) -> list[str]:
    return [row.cell("term").text for row in log_table(ward.study, "adverse-events", TODAY, chosen=chosen).rows]


@pytest.fixture
def ill(ward: Ward) -> Ward:
    """Nausea on 2 December of ScanPan, fever on 14 December of the other trial, both recorded on 20 December."""
    ward.do("adverse_event", term="Nausea", grade=2, on="2026-12-02", serious=False)
    ward.do("adverse_event", "CJ-001", term="Fever", grade=1, on="2026-12-14", serious=False)
    return ward


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (COMPLETE, ["Nausea", "Fever"]),
        (LogFilter("scanpan"), ["Nausea"]),
        (LogFilter(last=LATER), ["Nausea"]),
        (LogFilter(first=date(2026, 12, 14), last=date(2026, 12, 14)), ["Fever"]),
        (LogFilter(first=date(2026, 12, 3), last=date(2026, 12, 13)), []),
        (LogFilter("nct06873178", last=LATER), []),
    ],
)
def test_a_log_is_of_a_trial_and_a_period(ill: Ward, chosen: LogFilter, expected: list[str]) -> None:
    assert terms(ill, chosen) == expected


def test_what_was_recorded_or_corrected_in_the_period_is_in_it_whenever_it_happened(ill: Ward) -> None:
    since = LogFilter(first=date(2026, 12, 20))
    assert terms(ill, since) == ["Nausea", "Fever"]
    fever = ill.last
    ill.go_to("2027-01-05")
    assert terms(ill, LogFilter(first=date(2027, 1, 1))) == []
    ill.correct(fever, grade=2)
    assert terms(ill, LogFilter(first=date(2027, 1, 1))) == ["Fever"]


def test_a_log_as_of_a_day_is_not_narrowed_by_a_period_and_does_not_say_so(ward: Ward) -> None:
    table = log_table(ward.study, "survival", TODAY, chosen=LogFilter("scanpan", last=date(2020, 1, 1)))
    assert {row.participant for row in table.rows} == {"LI-001"}
    assert table.narrowed == "only ScanPan"
    flow = log_table(ward.study, "flow", TODAY, chosen=LogFilter("scanpan"))
    assert {row.cell("protocol").text for row in flow.rows} == {"ScanPan"}


def test_deviations_are_in_the_period_of_their_day_their_record_and_their_decision(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-12-18", reason="no chair")
    december = LogFilter(first=date(2026, 12, 18), last=date(2026, 12, 18))
    january = LogFilter("scanpan", first=date(2027, 1, 1), last=date(2027, 1, 31))

    def numbers(chosen: LogFilter) -> list[str]:
        rows = log_table(ward.study, "deviations", ward.today, "LI-001", chosen=chosen).rows
        return [row.visit for row in rows if row.visit == "SP-C01"]

    assert (numbers(december), numbers(january)) == (["SP-C01"], [])
    ward.go_to("2027-01-04")
    ward.do("deviation_classed", visit="SP-C01", **{"class": "minor"})
    assert numbers(january) == ["SP-C01"]


def test_a_history_is_of_a_person_and_facts_of_the_study_concern_every_trial(ill: Ward) -> None:
    chosen = LogFilter("scanpan", by="nurse")
    rows = chosen_history(ill.study, "", chosen)
    assert {row.participant for row in rows} == {"", "LI-001"}
    assert chosen_history(ill.study, "", LogFilter(by="somebody")) == []
    assert ill.study.store.recorders() == ["nurse"]


def test_what_was_chosen_is_said_and_is_part_of_a_file_name() -> None:
    chosen = LogFilter("scanpan", date(2026, 9, 1), date(2026, 11, 27), "anna")
    assert log_filter_text(chosen, {"scanpan": "ScanPan"}) == ("only ScanPan, 1 Sep – 27 Nov 2026, recorded by anna")
    assert log_filter_name(chosen) == "scanpan-2026-09-01-to-2026-11-27-anna"
    assert log_filter_name(LogFilter(first=date(2026, 9, 1))) == "2026-09-01-to"
    assert log_filter_name(LogFilter(last=date(2026, 9, 1))) == "to-2026-09-01"
    assert (log_filter_text(COMPLETE, {}), log_filter_name(COMPLETE)) == ("", "")


def test_what_the_study_does_not_know_is_refused_with_the_nearest(ward: Ward) -> None:
    assert checked_log_filter(ward.study, LogFilter("ScanPan", by="NURSE")) == LogFilter("scanpan", by="nurse")
    assert refused("protocol_not_taken", checked_log_filter, ward.study, LogFilter("scanpam")).place == "--protocol"
    found = refused("one_of", checked_log_filter, ward.study, LogFilter(by="nurce"))
    assert (found.place, found.values["near"]) == ("--by", "nurse")
    days = LogFilter(first=date(2026, 12, 2), last=date(2026, 12, 1))
    assert refused("ends_before", checked_log_filter, ward.study, days) is not None
