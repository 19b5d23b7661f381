"""Words of a change."""

from datetime import date

import pytest

from app.domain.calendar.difference import Change, ChangeKind
from app.domain.calendar.entries import Problem, ProblemKind
from app.domain.dates import Value
from app.wording.differences import against_text, change_text, moved_text, totals_text

ON = date(2026, 12, 24)


def test_every_effect_on_a_visit_has_words_of_its_own() -> None:
    assert len({change_text(Change("V1", kind, None, None, None, False, False)) for kind in ChangeKind}) == len(
        ChangeKind
    )


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("past", {}, "is past"),
        ("too_near", {"first": ON}, "too near the last dose (from Thu 24 Dec 2026)"),
        ("booking_outside", {"days": -1}, "1 day before the window"),
        ("booking_outside", {"days": 3}, "3 days after the window"),
    ],
)
def test_the_objection_to_a_day(kind: ProblemKind, values: dict[str, Value], said: str) -> None:
    assert against_text(Problem("SP-C01", kind, values)) == said


def test_a_closed_day_says_why() -> None:
    said = against_text(Problem("SP-C01", "booking_closed", {"on": ON, "why": "weekday"}))
    assert said.startswith("closed: ")
    assert len(said) > len("closed: ")


def test_totals_are_counted_in_visits() -> None:
    assert totals_text({}) == ""
    assert totals_text({ChangeKind.APPEARS: 66}) == "66 visits appear"
    assert totals_text({ChangeKind.MOVES: 1, ChangeKind.CHANGES: 1}) == "1 visit moves, 1 changes"
    assert totals_text({ChangeKind.MOVES: 11, ChangeKind.STAYS_BOOKED: 2, ChangeKind.CANCELLED: 1}) == (
        "11 visits move, 2 stay: booked, 1 cancelled"
    )


def changed(kind: ChangeKind) -> Change:
    return Change("SP-C01", kind, None, None, None, False, False)


def test_what_moves_is_said_by_participant_and_of_many_together() -> None:
    moves, appears, noted = map(changed, (ChangeKind.MOVES, ChangeKind.APPEARS, ChangeKind.CHANGES))
    assert moved_text({}) == ""
    assert moved_text({"A": (noted,)}) == ""
    assert moved_text({"A": (moves, moves, noted), "B": (appears,), "C": (noted,)}) == (
        "A: 2 visits move; B: 1 visit appears"
    )
    everybody = dict.fromkeys("ABCD", (moves,))
    assert moved_text(everybody | {"D": (appears,)}) == "4 participants: 3 visits move, 1 appears"
