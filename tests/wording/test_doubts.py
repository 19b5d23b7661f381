"""Doubts in words: every reason is said, a remedy that several share is said once."""

from datetime import date

import pytest

from app.domain.refusal import Doubted, joined
from app.wording.doubts import doubts_text, sure_text
from app.wording.refusals import refusal_text

PAST = Doubted("plan_in_past", "on", on=date(2014, 12, 26), today=date(2026, 11, 23))
FAR = Doubted("day_far_off", "on", on=date(2014, 12, 26), nearest=date(2026, 11, 2))
LONG_AGO = Doubted("enrolled_long_ago", "on", on=date(2014, 11, 26), today=date(2026, 11, 23))
AGE = Doubted("age_unlikely", "year_of_birth", year=2012, age=2, on=date(2014, 11, 26))
REPEAT = Doubted("repeats", what="note: x", seq=7, who="anna", on=date(2026, 11, 23))


def test_two_doubts_about_one_day_share_place_and_remedy() -> None:
    both = joined([PAST, FAR])
    assert both is not None
    assert refusal_text(both) == (
        "on: Fri 26 Dec 2014 lies before Mon 23 Nov 2026, the day of entry. Fri 26 Dec 2014 is years from every other "
        "day of the participant; the nearest is Mon 2 Nov 2026. Correct the day, or say --sure if it is right"
    )


def test_doubts_about_two_fields_name_both_and_each_remedy() -> None:
    both = joined([LONG_AGO, AGE])
    assert both is not None
    assert refusal_text(both) == (
        "on: Wed 26 Nov 2014 is more than a year before today, Mon 23 Nov 2026. Year_of_birth: born in 2012, the "
        "participant would be 2 years old. Correct the day, or say --sure if it is right. Correct the year, or say "
        "--sure if it is right"
    )
    assert "on:" not in doubts_text(both)
    assert "--" not in doubts_text(both)
    assert sure_text(both) == "Yes, all of this is right"


@pytest.mark.parametrize(
    ("doubt", "answer"),
    [
        (PAST, "Yes, Fri 26 Dec 2014 is right"),
        (AGE, "Yes, 2012 is right"),
        (REPEAT, "Yes, record it once more"),
        (joined([PAST, PAST]), "Yes, Fri 26 Dec 2014 is right"),
        (joined([PAST, REPEAT]), "Yes, all of this is right"),
    ],
)
def test_the_answer_names_what_is_right(doubt: Doubted, answer: str) -> None:
    assert sure_text(doubt) == answer


def test_nothing_is_doubted_where_there_is_no_doubt() -> None:
    assert joined([]) is None
    assert joined([None, None]) is None
