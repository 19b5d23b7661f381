"""The invented participant of a protocol: what happens to it, on days worked out by hand."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.calendar.entries import Status
from app.domain.facts.planner_facts import Performed, Stopped
from app.protocols.findings import ProtocolRefused
from app.protocols.library import shipped_ids
from app.services.queries.invented import ENROLLED, invented
from tests.protocols.tiny import chemo, write


def test_a_dose_is_late_and_the_course_is_stopped(tmp_path: Path) -> None:
    found = invented(chemo(tmp_path))
    first, second, stop = found.facts
    # Enrolled on Monday 12 January: day 1 on the 19th; day 8 on the 26th with a window to the 28th, 7 days after it
    assert isinstance(first, Performed)
    assert isinstance(second, Performed)
    assert (first.visit, first.on, second.visit, second.on) == ("D1", date(2026, 1, 19), "D3#1.8", date(2026, 2, 4))
    assert (type(stop), found.calendar.today) == (Stopped, date(2026, 2, 11))
    entries = found.calendar.by_key
    assert (entries["D3#1.8"].window_result, entries["D2#2"].status) == (7, Status.CANCELLED)


def test_without_a_course_a_visit_is_late(tmp_path: Path) -> None:
    found = invented(write(tmp_path), date(2026, 3, 2))
    # V1 on 9 March, with a window to the 11th
    assert [fact.on for fact in found.facts if isinstance(fact, Performed)] == [date(2026, 3, 18)]
    assert found.calendar.by_key["V1"].window_result == 7


def test_the_same_file_gives_the_same_calendar(tmp_path: Path) -> None:
    path = chemo(tmp_path)
    assert invented(path).calendar == invented(path, ENROLLED).calendar


@pytest.mark.parametrize("trial", ["scanpan", "nct06873178"])
def test_the_shipped_trials_have_one(trial: str) -> None:
    found = invented(shipped_ids()[trial])
    assert [type(fact) for fact in found.facts] == [Performed, Performed, Stopped]


def test_a_file_with_errors_has_none(tmp_path: Path) -> None:
    with pytest.raises(ProtocolRefused):
        invented(write(tmp_path, ("id: tiny", "id: 5")))
