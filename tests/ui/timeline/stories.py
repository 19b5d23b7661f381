"""Calendars to show, and what a person does to a timeline."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from app.domain.calendar.entries import OPEN, Calendar, Entry, Status
from app.services.queries.rehearsal import Rehearsal, rehearse
from app.ui.timeline.timeline import Timeline

EXAMPLE = Path(__file__).parents[3] / "resources/examples/scanpan.json"
BOOKED = "SP-C02#2"


@cache
def example() -> Rehearsal:
    return rehearse(EXAMPLE.read_text("utf-8"))


def shown(qtbot: QtBot, width: int = 860, height: int = 300) -> Timeline:
    found = Timeline()
    qtbot.addWidget(found)
    found.resize(width, height)
    with qtbot.waitExposed(found):
        found.show()
    return found


def show(timeline: Timeline, story: Rehearsal, calendar: Calendar | None = None) -> None:
    person = story.participant
    timeline.show_calendar(story.protocol, calendar or story.calendar, story.site.closed, person.first_day)


def with_entries(story: Rehearsal, entries: Iterable[Entry], participant: str = "LI-002") -> Calendar:
    return replace(story.calendar, entries=tuple(entries), participant=participant)


def undated(entry: Entry) -> Entry:
    return replace(
        entry, target=None, earliest=None, latest=None, proposed=None, booked=None, moved=None, performed=None,
        assumed=None, judged=None, window_result=None, status=Status.AWAITING,
    )  # fmt: skip


def on(entry: Entry, key: str, day: date) -> Entry:
    """An open entry of that key planned for that day, with a window of three days."""
    return replace(
        entry, key=key, target=day, earliest=day - timedelta(1), latest=day + timedelta(1), proposed=day, assumed=day,
        booked=None, booked_at="", moved=None, performed=None, judged=None, window_result=None, status=Status.PLANNED,
    )  # fmt: skip


def named(entry: Entry, name: str) -> Entry:
    return replace(entry, visit=replace(entry.visit, name=name, names={}))


def performed(entry: Entry, late: int) -> Entry:
    """An entry that was performed so many days after its window, or before it."""
    window = entry.window
    assert window is not None
    day = window.latest + timedelta(late) if late > 0 else window.earliest + timedelta(late)
    return replace(
        entry, performed=day, assumed=day, judged=window, window_result=late, status=Status.PERFORMED, basis="recorded"
    )


def many(story: Rehearsal, count: int, days: int) -> list[Entry]:
    """So many entries spread over the days."""
    base = [entry for entry in story.calendar.entries if entry.status in OPEN]
    first = story.calendar.today
    return [
        on(base[n % len(base)], f"{base[n % len(base)].key}/{n}", first + timedelta(n * days // count))
        for n in range(count)
    ]


def mark_at(timeline: Timeline, key: str) -> QPoint:
    """The middle of a visit's mark in the viewport."""
    placed = timeline.lane_layout.placed_of[key]
    view, corner = timeline.view(), timeline.axis_rect().topLeft()
    return QPoint(round(placed.mark_x - view.left) + corner.x(), round(placed.y - view.top) + corner.y())


def crowd(story: Rehearsal, count: int = 6) -> Calendar:
    """So many visits on one day, which cannot be told apart."""
    entry = story.calendar.by_key[BOOKED]
    day = story.calendar.today + timedelta(14)
    return with_entries(story, [on(entry, f"X#{n}", day) for n in range(count)])
