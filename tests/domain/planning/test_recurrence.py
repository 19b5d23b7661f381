"""Series of visits: distances from the anchor, the number in the key, and how far a series without end is shown."""

from itertools import islice

import pytest

from app.domain.dates import Period
from app.domain.planning.recurrence import distances, due_distances, length_in_days, number_of, plus, times
from app.domain.protocol.timing import Series, Stretch
from tests.domain.stories import d


def p(text: str) -> Period:
    """A period."""
    return Period.parse(text)


def test_periods_are_added_and_multiplied_part_by_part() -> None:
    assert plus(p("P1M"), p("P14D")) == Period(1, 14)
    assert times(p("P1M"), 3) == Period(3, 0)
    assert length_in_days(p("P12M")) == pytest.approx(365.2425)


def test_named_distances_are_taken_as_they_are() -> None:
    series = Series(at=(p("P14D"), p("P21D")), number="days")
    assert [number for number, _ in due_distances(series, d("2027-04-05"), d("2027-04-05"))] == [14, 21]


def test_stretches_follow_one_another() -> None:
    # every 3 months to month 24, then every 6 months to month 60
    series = Series(stretches=(Stretch(p("P3M"), 8), Stretch(p("P6M"), 6)), number="months")
    found = [distance.months for distance, _ in distances(series)]
    assert found == [3, 6, 9, 12, 15, 18, 21, 24, 30, 36, 42, 48, 54, 60]


@pytest.mark.parametrize(("every", "lasting", "count"), [("P8W", "P12M", 6), ("P3M", "P12M", 4), ("P2M", "P6M", 3)])
def test_a_stretch_may_be_told_by_how_long_it_lasts(every: str, lasting: str, count: int) -> None:
    series = Series(stretches=(Stretch(p(every), lasting=p(lasting)),))
    assert len(list(distances(series))) == count


@pytest.mark.parametrize(
    ("number", "distance", "index", "expected"),
    [("months", "P6M", 2, 6), ("weeks", "P21D", 2, 3), ("days", "P14D", 2, 14), ("count", "P6M", 2, 2)],
)
def test_the_number_in_the_key_says_what_the_series_counts(
    number: str, distance: str, index: int, expected: int
) -> None:
    assert number_of(Series(number=number), p(distance), index) == expected


ENDLESS = Series(stretches=(Stretch(p("P1M"), 2), Stretch(p("P1M"))), number="months", beyond=p("P3M"))


def test_a_series_without_end_is_shown_up_to_its_horizon() -> None:
    # named months 1 and 2 always; then on as long as the day is no later than the horizon, its own day included
    assert [n for n, _ in due_distances(ENDLESS, d("2027-01-31"), d("2027-01-31"))] == [1, 2]
    assert [n for n, _ in due_distances(ENDLESS, d("2027-01-31"), d("2027-05-31"))] == [1, 2, 3, 4]
    assert [n for n, _ in due_distances(ENDLESS, d("2027-01-31"), d("2027-05-30"))] == [1, 2, 3]


def test_a_series_that_waits_for_its_anchor_has_its_single_distances() -> None:
    assert [n for n, _ in due_distances(ENDLESS, None, d("2027-05-31"))] == [1, 2]


def test_a_series_without_end_ends_all_the_same() -> None:
    assert len(list(islice(distances(ENDLESS), 5000))) == 2 + 1200
