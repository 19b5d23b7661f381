"""Every kind of problem that a calendar has is worded."""

from typing import get_args

from app.domain.calendar.entries import Problem, ProblemKind
from app.wording import problems
from app.wording.differences import against_text


def test_every_kind_of_a_calendar_has_a_sentence_and_no_other() -> None:
    assert set(problems._SENTENCES) == set(get_args(ProblemKind)) - {"past"}


def test_a_day_that_is_past_has_words_of_its_own() -> None:
    assert against_text(Problem("SP-C01", "past", {})) == "is past"
