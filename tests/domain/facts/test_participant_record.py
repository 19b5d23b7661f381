"""One participant's facts as the planner reads them."""

from collections.abc import Mapping
from datetime import date

import pytest

from app.domain.dates import Window
from app.domain.facts import planner_facts as f
from app.domain.facts.kind import Json
from app.domain.facts.participant_record import (
    ParticipantRecord,
    Stage,
    days_of,
    participant_of,
    planner_fact_of,
    window_of,
)
from app.domain.facts.records import NewFact, Recorded, provisional

ENROLLED: tuple[str, Mapping[str, Json]] = (
    "enrolled",
    {"code": "LI-001", "on": "2026-11-23", "country": "SE", "regimen": "AG", "choices": {"staged": True}},
)


def records(*rows: tuple[str, Mapping[str, Json]]) -> list[Recorded]:
    """Facts numbered from 1."""
    return [provisional(NewFact(kind, fields, 1), seq) for seq, (kind, fields) in enumerate(rows, start=1)]


def booked(visit: str, on: str) -> tuple[str, Mapping[str, Json]]:
    return "booked", {"visit": visit, "on": on}


def cancelled(visit: str) -> tuple[str, Mapping[str, Json]]:
    return "booking_cancelled", {"visit": visit}


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([booked("A", "2026-12-01"), cancelled("A")], []),
        ([booked("A", "2026-12-01"), booked("A", "2026-12-02"), cancelled("A")], []),
        ([booked("A", "2026-12-01"), booked("B", "2026-12-02"), cancelled("A")], [2]),
        ([booked("A", "2026-12-01"), cancelled("A"), booked("A", "2026-12-03")], [3]),
        ([booked("A", "2026-12-01"), cancelled("A"), booked("A", "2026-12-03"), cancelled("A")], []),
        ([cancelled("A"), booked("A", "2026-12-01")], [2]),
        (
            [("moved", {"visit": "A", "to": "2026-12-01", "reason": "x"}), booked("A", "2026-12-02"), cancelled("A")],
            [1],
        ),
    ],
)
def test_a_cancelled_booking_is_none(rows: list[tuple[str, Mapping[str, Json]]], left: list[int]) -> None:
    assert [record.seq for record, _fact in ParticipantRecord.of(1, records(*rows)).planned] == left


def test_an_undone_cancellation_leaves_the_booking() -> None:
    found = records(booked("A", "2026-12-01"), cancelled("A"), ("correction", {"void": True}))
    undone = provisional(NewFact("correction", {"void": True}, 1, 2), 3)
    assert ParticipantRecord.of(1, [*found[:2], undone]).facts == (f.Booked("A", date(2026, 12, 1)),)
    assert ParticipantRecord.of(1, found[:2], [undone]).facts == (f.Booked("A", date(2026, 12, 1)),)


def test_the_last_enrolment_and_screening_count() -> None:
    case = ParticipantRecord.of(
        1, records(("screened", {"code": "S-1", "outcome": "failure"}), ("screened", {"code": "S-1"}))
    )
    assert case.enrolled is None
    assert case.participant is None
    assert case.screened is not None
    assert (case.screened.seq, case.code) == (2, "S-1")
    case = ParticipantRecord.of(1, records(("screened", {"code": "S-1"}), ENROLLED))
    assert case.code == "LI-001"
    assert case.participant == f.Participant("LI-001", date(2026, 11, 23), "SE", "AG", {"staged": True})


def test_a_participant_without_a_code_has_a_number() -> None:
    assert ParticipantRecord.of(7, records(("enrolled", {"on": "2026-11-23", "country": "SE"}))).code == "(7)"
    assert ParticipantRecord.of(8, ()).code == "(8)"


def test_death_is_known() -> None:
    assert ParticipantRecord.of(1, records(ENROLLED)).died_on is None
    assert ParticipantRecord.of(1, records(ENROLLED, ("died", {"on": "2026-12-18"}))).died_on == date(2026, 12, 18)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("booked", {"visit": "A", "on": "2026-12-01", "at": "09:30"}, f.Booked("A", date(2026, 12, 1), "09:30")),
        ("booked", {"visit": "A", "on": "2026-12-01", "reason": "x"}, f.Booked("A", date(2026, 12, 1))),
        ("moved", {"visit": "A", "to": "2026-12-01", "reason": "x"}, f.Moved("A", date(2026, 12, 1), "x")),
        ("moved", {"visit": "A", "to": "2026-12-01"}, f.Moved("A", date(2026, 12, 1), "")),
        (
            "performed",
            {"visit": "A", "on": "2026-12-01", "judged": ["2026-11-30", "2026-12-02"], "reason": "late"},
            f.Performed("A", date(2026, 12, 1), "", Window(date(2026, 11, 30), date(2026, 12, 2))),
        ),
        ("performed", {"visit": "A", "on": "2026-12-01", "at": None}, f.Performed("A", date(2026, 12, 1))),
        ("missed", {"visit": "A", "on": "2026-12-01"}, f.Missed("A", date(2026, 12, 1), "")),
        ("decided", {"visit": "A", "on": "2026-12-01", "outcome": "o"}, f.Decided("A", date(2026, 12, 1), "o")),
        ("chosen", {"choice": "c", "value": False, "on": "2026-12-01"}, f.Chosen("c", False, date(2026, 12, 1))),
        ("regimen_changed", {"to": "GEM", "on": "2026-12-01"}, f.RegimenChanged(date(2026, 12, 1), "GEM")),
        ("stopped", {"phase": "p", "on": "2026-12-01"}, f.Stopped("p", date(2026, 12, 1), "")),
        (
            "withdrawn",
            {"scope": "all", "on": "2026-12-01", "reason": "x", "last_medication_on": "2026-11-30"},
            f.Withdrawn("all", date(2026, 12, 1), "x", date(2026, 11, 30)),
        ),
        ("lost", {"on": "2026-12-01"}, f.Lost(date(2026, 12, 1), "")),
        ("found_again", {"on": "2026-12-01", "reason": "wrote"}, f.FoundAgain(date(2026, 12, 1))),
        ("died", {"on": "2026-12-01", "cause": "x"}, f.Died(date(2026, 12, 1))),
    ],
)
def test_a_fact_is_read_as_the_planner_knows_it(kind: str, fields: Mapping[str, Json], expected: f.Fact) -> None:
    assert planner_fact_of(kind, fields) == expected


def test_a_window_is_kept_as_two_days() -> None:
    window = Window(date(2026, 11, 23), date(2026, 12, 14))
    assert days_of(window) == ["2026-11-23", "2026-12-14"]
    assert window_of(days_of(window)) == window
    assert days_of(None) is None
    assert window_of(None) is None


def test_a_participant_is_read_without_what_is_not_said() -> None:
    (one,) = records(("enrolled", {"code": "A", "on": "2026-11-23", "country": "CN"}))
    assert participant_of(one) == f.Participant("A", date(2026, 11, 23), "CN", "", {})


TREATMENT_ENDED = ("withdrawn", {"scope": "treatment", "on": "2026-12-10", "reason": "wish"})
ALL_ENDED = ("withdrawn", {"scope": "all", "on": "2026-12-11", "reason": "wish"})
LOST = ("lost", {"on": "2026-12-12", "reason": "moved away"})
FOUND = ("found_again", {"on": "2026-12-13"})
DIED = ("died", {"on": "2026-12-14"})


@pytest.mark.parametrize(
    ("rows", "stage"),
    [
        ([], Stage.ENROLLED),
        ([TREATMENT_ENDED], Stage.OFF_TREATMENT),
        ([TREATMENT_ENDED, LOST], Stage.LOST),
        ([TREATMENT_ENDED, LOST, FOUND], Stage.OFF_TREATMENT),
        ([LOST, FOUND], Stage.ENROLLED),
        ([LOST, FOUND, LOST], Stage.LOST),
        ([TREATMENT_ENDED, ALL_ENDED], Stage.WITHDRAWN),
        ([ALL_ENDED, DIED], Stage.DIED),
    ],
    ids=lambda one: "-".join(row[0] for row in one) if isinstance(one, list) else None,
)
def test_the_stage(rows: list[tuple[str, Mapping[str, Json]]], stage: Stage) -> None:
    assert ParticipantRecord.of(1, records(ENROLLED, *rows)).stage is stage


def test_who_is_not_enrolled_is_screened() -> None:
    assert ParticipantRecord.of(1, []).stage is Stage.SCREENED
