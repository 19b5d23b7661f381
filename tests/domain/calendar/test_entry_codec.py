"""Entries as rows: what goes in comes back, but for what the day of reading says."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.domain.calendar.entries import OPEN, Entry, Problem, Reason, Status
from app.domain.calendar.entry_codec import AT, COLUMNS, entry_of, row_of
from app.domain.dates import Period, Window
from app.domain.protocol.anchors import Enrolment
from app.domain.protocol.timing import Timing
from app.domain.protocol.version import UNSCHEDULED, Epoch, ProtocolVersion, Visit

DOSE = Visit("DOSE", "Dose {number}", "chemo", Timing("dose", Enrolment()))
PROTOCOL = ProtocolVersion(
    "example", "1", "An example", "Example", (Epoch("chemo", "Chemotherapy"),), {"DOSE": DOSE}, (), {}, {}, {}, {},
    "DOSE",
)  # fmt: skip
DUE = date(2027, 2, 1)
FULL = Entry(
    key="DOSE#6",
    visit=DOSE,
    cycle=3,
    day=8,
    number=6,
    day_kind="infusion",
    regimen="MFFX",
    target=DUE,
    earliest=date(2027, 1, 30),
    latest=date(2027, 2, 4),
    preferred=Window(date(2027, 1, 31), date(2027, 2, 2)),
    proposed=date(2027, 2, 2),
    booked=date(2027, 2, 3),
    booked_at="09:30",
    moved=date(2027, 2, 5),
    performed=date(2027, 2, 6),
    performed_at="10:15",
    assumed=date(2027, 2, 6),
    basis="recorded",
    status=Status.PERFORMED,
    judged=Window(date(2027, 1, 30), date(2027, 2, 4)),
    window_result=2,
    outdated=True,
    due_at=datetime(2027, 2, 8, 8, 15, tzinfo=UTC),
    decided="continue",
    reasons=(),
    problems=(
        Problem("DOSE#6", "closed_day", {"on": DUE, "why": "呕"}),
        Problem("DOSE#6", "too_near", {"gap": Period(days=13), "days": 2, "counts": True, "none": None}),
    ),
    counts_from="DOSE#5",
    counts_from_day=date(2027, 1, 18),
    provisional=True,
    undecided=True,
    suspended=True,
    unclassed=("performed_before", "performed_closed"),
    result_of="SCAN",
    result_due=date(2031, 1, 1),
    hour="10:15",
    pump_hours=46,
    after="SP-P03",
    pump_on=date(2027, 2, 6),
    pump_at="10:15",
    place=2,
)
"""An entry with something in every field; counted from a day after `TODAY`, so that today's problem is not there."""
TODAY = date(2027, 1, 10)


def open_entry(**changes: Any) -> Entry:
    """A visit without a result."""
    unset: dict[str, Any] = {"performed": None, "performed_at": "", "judged": None, "window_result": None}
    unset |= {"provisional": False, "undecided": False, "suspended": False, "unclassed": (), "assumed": DUE}
    return replace(FULL, **{**unset, "status": Status.PLANNED, **changes})


def test_the_entry_has_something_in_every_field() -> None:
    # A visit with a result asks for nothing on the day arranged for it, and whoever is treated is not only registered.
    empty = [one.name for one in fields(Entry) if not getattr(FULL, one.name)]
    assert empty == ["reasons", "day_passed", "registered"]


def test_an_entry_with_something_in_every_field_comes_back() -> None:
    found = entry_of(row_of(7, FULL), PROTOCOL, TODAY)
    assert found == FULL
    assert (found.unclassed, found.hour, found.place) == (("performed_before", "performed_closed"), "10:15", 2)


def test_a_suspended_visit_waits_whatever_the_day_of_reading() -> None:
    entry = open_entry(suspended=True, status=Status.AWAITING, booked=None, moved=DUE, day_passed=False)
    for today in (TODAY, date(2027, 2, 1), date(2027, 6, 1)):
        found = entry_of(row_of(7, entry), PROTOCOL, today)
        assert (found.status, found.day_passed) == (Status.AWAITING, False)


def test_an_entry_with_nothing_in_its_fields_comes_back() -> None:
    empty: dict[str, Any] = {}
    for one in fields(Entry):
        value = getattr(FULL, one.name)
        empty[one.name] = "" if isinstance(value, str) else 0 if isinstance(value, int) else None
    named = {"key": "DOSE#1", "visit": DOSE, "outdated": False, "status": Status.AWAITING, "window_result": None}
    entry = Entry(**{**empty, **named, "reasons": (), "problems": (), "unclassed": ()})
    assert entry_of(row_of(7, entry), PROTOCOL, TODAY) == entry


def test_a_row_has_a_value_of_its_type_for_every_column() -> None:
    row = row_of(7, FULL)
    assert [type(value) for value in row] == [
        str if isinstance(value, str) else kind for value, kind in zip(row, COLUMNS.values(), strict=True)
    ]
    assert [name for name, kind in COLUMNS.items() if kind is list] == ["problems"]
    assert row[AT["subject"]] == 7
    assert row_of(7, replace(FULL, problems=()))[AT["problems"]] is None


def test_the_reasons_are_left_out() -> None:
    entry = replace(FULL, reasons=(Reason("gap", {"on": DUE}),))
    assert row_of(7, entry) == row_of(7, FULL)


@pytest.mark.parametrize("status", [one for one in Status if one not in OPEN])
def test_a_settled_visit_keeps_its_status(status: Status) -> None:
    row = row_of(7, replace(FULL, status=status))
    assert row[AT["settled"]] == status.value
    assert entry_of(row, PROTOCOL, date(2030, 1, 1)).status is status


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2027, 1, 29), Status.PLANNED),
        (date(2027, 1, 30), Status.DUE),
        (date(2027, 2, 4), Status.DUE),
        (date(2027, 2, 5), Status.OVERDUE),
    ],
)
def test_the_status_of_an_open_visit_is_that_of_the_day_of_reading(today: date, status: Status) -> None:
    row = row_of(7, open_entry())
    assert row[AT["settled"]] == ""
    assert entry_of(row, PROTOCOL, today).status is status


def test_an_open_visit_without_a_window_goes_by_its_day() -> None:
    row = row_of(7, open_entry(earliest=None, latest=None))
    assert entry_of(row, PROTOCOL, DUE).status is Status.DUE
    assert entry_of(row, PROTOCOL, date(2027, 2, 2)).status is Status.OVERDUE


@pytest.mark.parametrize(("today", "said"), [(date(2027, 1, 29), False), (date(2027, 1, 30), True)])
def test_the_problem_of_an_open_result_comes_with_the_day_of_reading(today: date, said: bool) -> None:
    """It is the last, and neither kept nor lost for a dose that was given."""
    problem = Problem("DOSE#6", "before_result", {"visit": "SCAN", "due": date(2027, 1, 30)})
    for entry in (replace(FULL, result_due=date(2027, 1, 30)), open_entry(result_due=date(2027, 1, 30))):
        row = row_of(7, replace(entry, problems=(*entry.problems, problem)))
        read = entry_of(row, PROTOCOL, today).problems
        assert (problem in read) is said
        assert [one for one in read if one.kind != "counted_from_unrecorded"] == [*FULL.problems, *[problem] * said]


def test_a_visit_that_the_protocol_does_not_have_is_an_unscheduled_one() -> None:
    assert entry_of(row_of(7, replace(FULL, key="U#1", visit=UNSCHEDULED)), PROTOCOL, TODAY).visit is UNSCHEDULED


def test_the_problem_of_an_unrecorded_anchor_comes_with_the_day_of_reading() -> None:
    row = row_of(7, open_entry())
    assert entry_of(row, PROTOCOL, date(2027, 1, 18)).problems == FULL.problems
    unrecorded = Problem("DOSE#6", "counted_from_unrecorded", {"visit": "DOSE#5", "on": date(2027, 1, 18)})
    # Where planning puts it: before what is said of a booking.
    assert entry_of(row, PROTOCOL, date(2027, 1, 19)).problems == (FULL.problems[0], unrecorded, FULL.problems[1])


def test_the_problem_of_an_unrecorded_anchor_is_not_kept() -> None:
    unrecorded = Problem("DOSE#6", "counted_from_unrecorded", {"visit": "DOSE#5", "on": date(2027, 1, 18)})
    assert row_of(7, open_entry(problems=(*FULL.problems, unrecorded))) == row_of(7, open_entry())
