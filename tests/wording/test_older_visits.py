"""The words for going through older visits."""

from app.domain.calendar.difference import difference
from app.wording import older_visits as words
from tests.domain.stories import booked, calendar, done, moved

TODAY = "2026-12-20"


def test_the_day_is_said_with_how_it_came_about() -> None:
    plain = calendar(today=TODAY).by_key["SP-C01"]
    arranged = calendar(booked("SP-C01", "2026-12-01", "09:30"), today=TODAY).by_key["SP-C01"]
    by_hand = calendar(moved("SP-C01", "2026-12-02"), today=TODAY).by_key["SP-C01"]
    assert [words.planned_text(one) for one in (plain, arranged, by_hand)] == [
        "Planned for Mon 30 Nov 2026",
        "Booked for Tue 1 Dec 2026, 09:30",
        "Moved to Wed 2 Dec 2026",
    ]
    said = words.window_and_left(plain, "closed 6 days ago")
    assert said == "window 23 Nov – 14 Dec 2026, closed 6 days ago"


def test_what_is_counted_from_a_visit() -> None:
    entries = calendar(today=TODAY).entries
    assert words.dependents_text([]) == "No visit is counted from it."
    assert words.dependents_text(entries[:1]).endswith(" is counted from it.")
    assert " and 1 more visit are counted from it." in words.dependents_text(entries[:2])
    assert " and 2 more visits are counted from it." in words.dependents_text(entries[:3])


def test_the_effect_is_that_on_other_visits() -> None:
    before = calendar(booked("SP-C02#2", "2026-12-15"), today="2026-12-10")
    as_planned = difference(
        before, calendar(booked("SP-C02#2", "2026-12-15"), done("SP-C01", "2026-11-30"), today="2026-12-10")
    )
    assert words.effect_text(as_planned, "SP-C01") == "no other visit moves"
    # Ten days later: cycle 2 would be due on 24 December, and its booking is too near.
    late = difference(
        before, calendar(booked("SP-C02#2", "2026-12-15"), done("SP-C01", "2026-12-10"), today="2026-12-10")
    )
    said = words.effect_text(late, "SP-C01")
    assert " visits move" in said
    assert said.endswith(", 1 needs rebooking")


def test_the_summary_counts_each_answer() -> None:
    assert words.progress_text(3, 7) == "3 of 7"
    given = ["planned", "not_come", "planned", "later"]
    assert words.summary_text(given) == "4 visits: 2 as planned, 1 did not come, 1 left for later."
    assert words.summary_text([]) == "No older visit is waiting to be recorded."
    assert words.summary_text(list(words.ANSWERS)) == (
        "6 visits: 1 as planned, 1 on another day, 1 did not come, 1 rescheduled, 1 not needed, 1 left for later."
    )
