"""The text of the timeline."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.calendar.entries import Status
from app.domain.dates import ClosedDays
from app.services.queries.rehearsal import Rehearsal
from app.ui.timeline import text
from app.ui.timeline.scale import Detail
from tests.ui.timeline.stories import BOOKED


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 7), "Mon 7 Dec 2026, day 42, 4 days after the window"),
        (date(2026, 12, 4), "Fri 4 Dec 2026, day 39, 1 day after the window"),
        (date(2026, 11, 27), "Fri 27 Nov 2026, day 32, 3 days before the window"),
        (date(2026, 12, 5), "Sat 5 Dec 2026, day 40, 2 days after the window, closed: a Saturday"),
        (date(2026, 12, 2), "Wed 2 Dec 2026, day 37, inside the window"),
    ],
)
def test_the_words_for_a_day(story: Rehearsal, day: date, expected: str) -> None:
    entry, enrolled_on = story.calendar.by_key[BOOKED], story.participant.first_day
    assert text.drop_text(entry, day, ClosedDays(), enrolled_on) == expected


@pytest.mark.parametrize(
    ("detail", "tick", "spans"),
    [
        (Detail.NAMED_DAYS, "T 1", ("December 2026", "Dec 2026", "Dec")),
        (Detail.DAYS, "1", ("December 2026", "Dec 2026", "Dec")),
        (Detail.WEEKS, "1", ("December 2026", "Dec 2026", "Dec")),
        (Detail.MONTHS, "Dec", ("2026",)),
        (Detail.QUARTERS, "Dec", ("2026",)),
        (Detail.YEARS, "2026", ()),
    ],
)
def test_the_labels_of_the_header(detail: Detail, tick: str, spans: tuple[str, ...]) -> None:
    tuesday = date(2026, 12, 1)
    assert text.tick_label(detail, tuesday) == tick
    assert text.span_labels(detail, tuesday) == spans


@pytest.mark.parametrize(("days", "label"), [(-3, "−3 d"), (1, "+1 d"), (0, ""), (None, "")])
def test_the_days_outside_the_window(story: Rehearsal, days: int | None, label: str) -> None:
    entry = replace(story.calendar.by_key[BOOKED], window_result=days)
    assert text.days_off(entry) == label


def test_a_booked_visit_has_its_time_before_its_name(story: Rehearsal) -> None:
    entry = story.calendar.by_key[BOOKED]
    assert text.mark_labels(entry) == ("09:30 Preoperative cycle 2 day 1", "09:30 Pre-op C2D1", "Pre-op C2D1", "C2D1")
    assert text.mark_labels(replace(entry, status=Status.MISSED))[0] == "Preoperative cycle 2 day 1"


def test_a_name_is_one_short_line() -> None:
    assert text.one_line(" one\n two\t three ") == "one two three"
    assert text.one_line("W" * 1000) == "W" * text.LONGEST
