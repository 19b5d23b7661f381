"""Many visits that wait or are cancelled are told in one line."""

from app.domain.calendar.entries import Status
from app.domain.calendar.folding_rows import Fold, folded_rows
from tests.domain.stories import booked, calendar, decided, done

CONTINUED = [done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "continue")]


def shown_and_told(folds: list[Fold]) -> list[tuple[str, str, int]]:
    return [(fold.status.value, fold.first.key, fold.others) for fold in folds]


def test_the_operation_and_what_waits_with_it_are_one_line() -> None:
    entries = calendar(*CONTINUED, today="2027-02-01").entries
    waiting = [one for one in entries if one.status is Status.AWAITING]
    shown, folds = folded_rows(entries)
    assert shown_and_told(folds) == [("awaiting", "SP-P03", len(waiting) - 1)]
    assert len(shown) + len(waiting) == len(entries)
    assert [one.key for one in shown] == [one.key for one in entries if one not in waiting]


def test_what_is_cancelled_is_one_line_but_for_a_booking_to_be_cancelled() -> None:
    facts = [done("SP-C01", "2026-11-30"), booked("SP-C02#3", "2026-12-28")]
    palliative = decided("SP-R01", "2026-12-10", "palliative")
    shown, folds = folded_rows(calendar(*facts, palliative, today="2026-12-10").entries)
    assert [fold.status for fold in folds] == [Status.CANCELLED]
    assert "SP-C02#3" in [one.key for one in shown]


def test_a_few_are_shown_one_by_one() -> None:
    entries = calendar(*CONTINUED, today="2027-02-01").entries
    few = [one for one in entries if one.status is Status.AWAITING][:3]
    assert folded_rows(few) == (few, [])
    assert shown_and_told(folded_rows(few, fewest=3)[1])[0][2] == 2
