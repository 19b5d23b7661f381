"""Every kind of problem that a calendar has is worded."""

from datetime import date
from typing import get_args

import pytest

from app.domain.calendar.entries import Calendar, Problem, ProblemKind
from app.domain.dates import Value
from app.wording import problems
from app.wording.differences import against_text
from app.wording.problems import problem_text


def test_every_kind_of_a_calendar_has_a_sentence_and_no_other() -> None:
    assert set(problems._SENTENCES) == set(get_args(ProblemKind)) - {"past"}


def test_a_day_that_is_past_has_words_of_its_own() -> None:
    assert against_text(Problem("SP-C01", "past", {})) == "is past"


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        (
            "performed_before",
            {"on": date(2027, 2, 16), "visit": "SP-P03", "other": None},
            "performed out of order: Tue 16 Feb 2027 is not after SP-P03, which comes before it and has no day yet",
        ),
        (
            "performed_after",
            {"on": date(2026, 12, 15), "visit": "SP-C02#2", "other": date(2026, 12, 14)},
            "performed out of order: Tue 15 Dec 2026 is after SP-C02#2 of Mon 14 Dec 2026, before which it belongs",
        ),
        (
            "performed_too_near",
            {"on": date(2026, 12, 1), "visit": "SP-C01", "other": date(2026, 11, 30), "days": 1, "least": 12},
            "performed too near the last dose: Tue 1 Dec 2026 is 1 day after SP-C01 of Mon 30 Nov 2026, and at least "
            "12 days are kept",
        ),
        (
            "against_decision",
            {"visit": "SP-R04", "on": date(2027, 3, 25)},
            "performed against the decision at SP-R04 on Thu 25 Mar 2027: what follows the operation stays cancelled. "
            "Correct that decision, or the operation",
        ),
        (
            "performed_closed",
            {"on": date(2027, 1, 6), "why": "holiday:Epiphany"},
            "performed on a closed day: Wed 6 Jan 2027 is Epiphany",
        ),
    ],
)
def test_what_speaks_against_a_performed_day(kind: ProblemKind, values: dict[str, Value], sentence: str) -> None:
    calendar = Calendar("scanpan", "1", "LI-001", date(2027, 3, 1), (), ())
    assert problem_text(Problem("X", kind, values), calendar) == sentence
