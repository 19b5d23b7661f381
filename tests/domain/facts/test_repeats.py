"""Which facts are one fact recorded twice."""

from collections.abc import Mapping

import pytest

from app.domain.facts.kind import Json
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import NewFact, provisional
from app.domain.facts.repeats import repeated

Fields = Mapping[str, Json]
REFUSED = {
    "included", "performed", "omitted", "decided", "operation", "stopped", "withdrawn", "lost", "found_again", "died",
}  # fmt: skip
"""Kinds of which a second one is refused, not asked about."""


def is_repeat(kind: str, known: Fields, new: Fields, changes_calendar: bool = False) -> bool:
    return repeated([NewFact(kind, new)], [provisional(NewFact(kind, known), 1)], changes_calendar) != ()


def test_every_kind_that_a_person_records_knows_its_repeats_or_refuses_them() -> None:
    without = {kind.id for kind in KINDS.values() if kind.is_change and not kind.same}
    assert without == {*REFUSED, "booking_cancelled"}


def test_the_fields_of_a_repeat_are_fields_of_the_kind() -> None:
    for kind in KINDS.values():
        known = {field.name for field in (*kind.fields, *kind.extra)}
        assert set(kind.same) <= known, kind.id


@pytest.mark.parametrize(
    ("kind", "known", "new"),
    [
        ("adverse_event", {"term": "Neutropenia", "on": "2026-12-01"}, {"term": "neutropenia.", "on": "2026-12-01"}),
        ("adverse_event", {"term": "nausea", "on": "2026-12-01", "grade": 1},
         {"term": "Nausea", "on": "2026-12-01", "grade": 2}),
        ("complication", {"what": "bile leak", "on": "2027-03-02"}, {"what": "Bile  leak", "on": "2027-03-02"}),
        ("treatment", {"visit": "SP-C01", "given": "full"}, {"visit": "SP-C01", "given": "reduced"}),
        ("contact", {"on": "2027-01-04", "reached": False, "how": "telephone"},
         {"on": "2027-01-04", "reached": False, "how": "telephone", "detail": "no answer"}),
        ("note", {"visit": "SP-C01", "text": "Port painful"}, {"visit": "SP-C01", "text": "port painful "}),
        ("progression", {"what": "progression", "site": "Liver", "on": "2027-05-03"},
         {"what": "progression", "site": "liver", "on": "2027-05-03"}),
        ("questionnaire", {"visit": "SP-B01", "questionnaire": "eq5d", "done": False},
         {"visit": "SP-B01", "questionnaire": "eq5d", "done": True}),
        ("specimen", {"visit": "SP-P03", "specimen": "blood", "label": "A-1"},
         {"visit": "SP-P03", "specimen": "blood", "label": "a1"}),
        ("booked", {"visit": "SP-C01", "on": "2026-11-30", "at": "09:30"},
         {"visit": "SP-C01", "on": "2026-11-30", "at": "09:30", "reason": "again"}),
        ("moved", {"visit": "SP-C01", "to": "2026-12-01"}, {"visit": "SP-C01", "to": "2026-12-01"}),
    ],
)  # fmt: skip
def test_the_same_once_more_is_a_repeat(kind: str, known: Fields, new: Fields) -> None:
    assert is_repeat(kind, known, new)


@pytest.mark.parametrize(
    ("kind", "known", "new"),
    [
        ("adverse_event", {"term": "nausea", "on": "2026-12-01"}, {"term": "nausea", "on": "2026-12-02"}),
        ("adverse_event", {"term": "nausea", "on": "2026-12-01"}, {"term": "vomiting", "on": "2026-12-01"}),
        ("contact", {"on": "2027-01-04", "at": "09:00", "reached": False},
         {"on": "2027-01-04", "at": "10:00", "reached": False}),
        ("note", {"visit": "SP-C01", "text": "port painful"}, {"visit": "SP-C02#2", "text": "port painful"}),
        ("note", {"text": "?"}, {"text": "!"}),
        ("booked", {"visit": "SP-C01", "on": "2026-11-30", "at": "09:30"},
         {"visit": "SP-C01", "on": "2026-11-30", "at": "10:30"}),
        ("specimen", {"visit": "SP-P03", "specimen": "blood", "label": "A1"},
         {"visit": "SP-P03", "specimen": "blood", "label": "A2"}),
        ("progression", {"what": "progression", "site": "liver", "on": "2027-05-03"},
         {"what": "progression", "site": "lung", "on": "2027-05-03"}),
    ],
)  # fmt: skip
def test_what_differs_in_what_matters_is_none(kind: str, known: Fields, new: Fields) -> None:
    assert not is_repeat(kind, known, new)


def test_a_booking_is_none_where_something_else_was_recorded_in_between() -> None:
    booking = {"visit": "SP-C01", "on": "2026-11-30"}
    assert not is_repeat("booked", booking, booking, changes_calendar=True)


def test_an_extra_visit_is_known_by_its_reason_and_its_last_day() -> None:
    known = [
        provisional(NewFact("unscheduled", {"visit": "U#1", "reason": "fever"}), 1),
        provisional(NewFact("booked", {"visit": "U#1", "on": "2026-12-02"}), 2),
        provisional(NewFact("booked", {"visit": "U#1", "on": "2026-12-04"}), 3),
    ]

    def asked(on: str, reason: str) -> bool:
        new = [
            NewFact("unscheduled", {"visit": "U#2", "reason": reason}),
            NewFact("booked", {"visit": "U#2", "on": on}),
        ]
        return repeated(new, known, True) != ()

    assert asked("2026-12-04", "Fever")
    assert not asked("2026-12-02", "fever")
    assert not asked("2026-12-04", "wound")
