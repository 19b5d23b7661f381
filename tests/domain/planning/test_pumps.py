"""Pumps come off so many hours after their start."""

import pytest

from app.domain.facts.planner_facts import Performed
from app.domain.planning.pumps import off_early
from tests.domain.stories import calendar, d, done


@pytest.mark.parametrize(
    ("on", "at", "due"),
    [
        ("2026-11-30", "10:15", "2026-12-02T08:15:00+01:00"),
        # summer time begins on 2027-03-28 at 02:00: 46 hours after 10:15 the clock shows an hour more
        ("2027-03-26", "10:15", "2027-03-28T09:15:00+02:00"),
        # and ends on 2027-10-31 at 03:00: an hour less
        ("2027-10-29", "10:15", "2027-10-31T07:15:00+01:00"),
        # just before the change: 04:00 + 46 h = 02:00, an hour that this night does not have
        ("2027-03-26", "04:00", "2027-03-28T03:00:00+02:00"),
    ],
)
def test_a_pump_comes_off_46_hours_after_its_start_whatever_the_clock_does(on: str, at: str, due: str) -> None:
    story = calendar(
        Performed("SP-C01", d(on), "08:00", pump_at=at),
        today=on,
        enrolled="2026-11-23" if on < "2027" else "2027-03-19",
    )
    entry = story.by_key["SP-C03#1.3"]
    assert entry.due_at is not None
    assert entry.due_at.isoformat() == due


def test_without_a_start_time_a_pump_has_a_day_and_no_hour() -> None:
    arrived = calendar(done("SP-C01", "2026-11-30", "10:15"), today="2026-11-30")
    pump = arrived.by_key["SP-C03#1.3"]
    assert (pump.due_at, pump.pump_hours, pump.pump_on, pump.pump_at) == (None, 46, None, "")


@pytest.mark.parametrize(
    ("off", "told"),
    [
        # started at 10:15, so due two days later at 08:15
        ("07:00", {"hours": 1, "minutes": 15, "of": 46, "due": d("2026-12-02"), "at": "08:15"}),
        ("08:00", {"hours": 0, "minutes": 15, "of": 46, "due": d("2026-12-02"), "at": "08:15"}),
        ("08:01", None),
        ("09:30", None),
        ("", None),
    ],
)
def test_a_pump_that_comes_off_early_is_remarked(off: str, told: dict[str, object] | None) -> None:
    story = calendar(
        Performed("SP-C01", d("2026-11-30"), "08:00", pump_at="10:15"),
        done("SP-C03#1.3", "2026-12-02", off),
        today="2026-12-02",
    )
    found = off_early(story.by_key["SP-C03#1.3"])
    assert (found.values if found is not None else None) == told


def test_without_a_start_nobody_knows_whether_a_pump_was_early() -> None:
    told = (done("SP-C01", "2026-11-30", "10:15"), done("SP-C03#1.3", "2026-12-02", "06:00"))
    story = calendar(*told, today="2026-12-02")
    assert off_early(story.by_key["SP-C03#1.3"]) is None
    assert off_early(story.by_key["SP-C01"]) is None
    assert off_early(None) is None
