"""The calendar that a timeline shows."""

from datetime import timedelta

import pytest

from app.domain.calendar.entries import Entry
from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline.content import Content, content_of
from tests.ui.timeline import stories
from tests.ui.timeline.stories import BOOKED


def content(story: Rehearsal, entries: list[Entry]) -> Content:
    calendar = stories.with_entries(story, entries)
    return content_of(story.protocol, calendar, story.site.closed, story.participant.first_day)


@pytest.mark.parametrize(("days", "nearest"), [((-3, 4), 0), ((-4, 4), 1), ((-6, 4), 1), ((0, 1), 0), ((1, 8), 0)])
def test_a_person_begins_at_the_visit_nearest_to_today(story: Rehearsal, days: tuple[int, int], nearest: int) -> None:
    entry, today = story.calendar.by_key[BOOKED], story.calendar.today
    entries = [stories.on(entry, f"X#{number}", today + timedelta(day)) for number, day in enumerate(days)]
    assert content(story, entries).nearest_today == f"X#{nearest}"


def test_without_dated_visits_a_person_begins_at_the_first_one(story: Rehearsal) -> None:
    entry = stories.undated(story.calendar.by_key[BOOKED])
    assert content(story, [entry]).nearest_today == BOOKED
    assert content(story, []).nearest_today == ""


def test_the_axis_reaches_today_and_both_ends_of_each_window(story: Rehearsal) -> None:
    today = story.calendar.today
    entry = stories.on(story.calendar.by_key[BOOKED], "X", today + timedelta(10))
    days = content(story, [entry]).days
    assert (min(days), max(days)) == (today, today + timedelta(11))
