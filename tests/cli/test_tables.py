"""Changes at the terminal."""

import pytest

from app.cli.tables import changes_document, changes_text
from app.domain.calendar.difference import Change, ChangeKind, difference
from app.domain.calendar.entries import Status
from tests.domain.stories import booked, died, done, moved
from tests.protocols.shipped.stories import calendar

TODAY = "2026-12-02"


def changes(*new: object) -> tuple[Change, ...]:
    """What new facts do after a death on 1 December."""
    before = [died("2026-12-01")]
    return difference(calendar(*before, today=TODAY), calendar(*before, *new, today=TODAY))  # type: ignore[arg-type]


def test_a_visit_that_stays_cancelled_is_for_other_programs_only() -> None:
    """Cancelled by the death, cycle 2 of 14 December gets another day, which nobody waits for."""
    found = changes(done("SP-C01", "2026-12-01"), moved("SP-C02#2", "2026-12-01"))
    moving = next(change for change in found if change.key == "SP-C02#2")
    assert (moving.kind, moving.shift) == (ChangeKind.MOVES, -13)
    assert moving.new is not None
    assert moving.new.status is Status.CANCELLED
    shown = "\n".join(changes_text({"LI-001": found}, True))
    assert "SP-C01" in shown
    assert "SP-C02#2" not in shown
    document = changes_document([], {"LI-001": found}, 0, "")
    assert "SP-C02#2" in {row["visit"] for row in document["changes"]}


def test_a_dose_entered_after_the_death_moves_nothing_that_the_death_cancelled() -> None:
    """Cycle 1 was given a day late; cycle 2 would have moved with it, and is listed on its own day."""
    assert "SP-C02#2" not in {change.key for change in changes(done("SP-C01", "2026-12-01"))}


def test_a_day_that_stays_is_said_once() -> None:
    before, after = calendar(today=TODAY), calendar(died("2026-12-01"), today=TODAY)
    lines = changes_text({"LI-001": difference(before, after)}, True)[1:]
    assert lines
    assert not any("->" in line for line in lines)
    cycle = next(line for line in lines if "(SP-C02#2)" in line)
    assert cycle.split()[-5:] == ["Mon", "14", "Dec", "2026", "cancelled"]
    again = changes_text({"LI-001": difference(after, before)}, True)[1:]
    assert any("Mon 14 Dec 2026" in line and line.endswith("planned again") for line in again)
    assert not any("->" in line for line in again)


def test_nothing_that_changes_is_said_so() -> None:
    assert changes_text({"LI-001": ()}, True) == ["No visit changes."]


def test_a_long_list_is_cut_after_a_command_and_whole_in_a_preview() -> None:
    before, after = calendar(today="2026-11-23"), calendar(moved("SP-C02#2", "2026-12-21"), today="2026-11-23")
    found = difference(before, after)
    assert len(found) > 20
    short, whole = (changes_text({"LI-001": found}, every) for every in (False, True))
    assert len(whole) == len(found) + 1
    assert len(short) == 14 + 2
    assert short[-1].strip() == f"and {len(found) - 14} more; `calendar` shows them"
    assert "+7 d" in whole[2]


@pytest.mark.parametrize(
    ("on", "said"), [("2026-12-31", ""), ("2027-01-02", "late by 2 d"), ("2026-12-25", "early by 3 d")]
)
def test_what_is_recorded_outside_its_window_is_said_in_the_answer(on: str, said: str) -> None:
    # cycle 2 on 14 December, so cycle 3 belongs to 28 to 31 December
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14")]
    before, after = (calendar(*facts, *more, today="2027-01-05") for more in ((), (done("SP-C02#3", on),)))
    line = next(line for line in changes_text({"T-001": difference(before, after)}, True) if "(SP-C02#3)" in line)
    assert [words for words in ("late by 2 d", "early by 3 d") if words in line] == ([said] if said else [])


def test_a_booking_that_a_move_leaves_behind_is_the_first_line_of_the_answer() -> None:
    facts = [booked("SP-C02#4", "2027-01-11")]
    before, after = (calendar(*facts, *more, today="2026-11-23") for more in ((), (moved("SP-C01", "2026-12-07"),)))
    first = changes_text({"T-001": difference(before, after)}, True)[1]
    assert "(SP-C02#4)" in first
    assert first.endswith("needs rebooking")


def test_who_needs_another_booking_comes_first() -> None:
    start = "2026-11-23"
    before, kept = calendar(booked("SP-C02#2", "2026-12-15"), today=start), calendar(today=start)
    moves = moved("SP-C01", "2026-12-07")
    found = {
        "LI-001": difference(kept, calendar(moves, today=start)),
        "LI-002": difference(before, calendar(booked("SP-C02#2", "2026-12-15"), moves, today=start)),
    }
    lines = changes_text(found, all_of_them=False)
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == ["LI-002", "LI-001"]
    assert "needs rebooking" in lines[1]
