"""Times as people type them, and times that the clocks pass over or show twice."""

import contextlib
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts.typed_times import comes_twice, typed_time
from app.domain.refusal import Refused
from tests.domain.facts.typed_forms import NO_TIMES, TIMES

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize(("text", "meant"), TIMES)
def test_a_time_is_read_as_it_is_meant(text: str, meant: str) -> None:
    assert typed_time(text, "at") == meant


@pytest.mark.parametrize(("text", "kind"), NO_TIMES)
def test_what_is_no_time_is_refused_with_its_place(text: str, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        typed_time(text, "at")
    assert (caught.value.kind, caught.value.place) == (kind, "at")


@given(st.times())
def test_every_minute_of_the_day_reads_back(at: object) -> None:
    text = f"{at:%H:%M}"
    for form in (text, text.replace(":", "."), text.replace(":", ""), text.lstrip("0").rjust(4, "0")):
        assert typed_time(form, "at") == text


@given(st.text(max_size=45))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    with contextlib.suppress(Refused):
        assert len(time.fromisoformat(typed_time(text, "at")).isoformat("minutes")) == len("09:30")


@pytest.mark.parametrize(
    ("on", "at", "zone", "first"),
    [
        (date(2027, 3, 28), "02:00", "Europe/Stockholm", "03:00"),
        (date(2027, 3, 28), "02:30", "Europe/Stockholm", "03:00"),
        (date(2027, 3, 28), "02:59", "Europe/Stockholm", "03:00"),
        (date(2027, 3, 28), "03:30", "Europe/Helsinki", "04:00"),
        (date(2027, 3, 14), "02:30", "America/New_York", "03:00"),
    ],
)
def test_a_time_that_the_clocks_pass_over_is_refused(on: date, at: str, zone: str, first: str) -> None:
    with pytest.raises(Refused) as caught:
        comes_twice(on, at, ZoneInfo(zone))
    assert (caught.value.kind, caught.value.values["first"]) == ("hour_skipped", first)


@pytest.mark.parametrize(
    ("on", "at", "twice"),
    [
        (date(2027, 3, 28), "01:59", False),
        (date(2027, 3, 28), "03:00", False),
        (date(2027, 10, 31), "01:59", False),
        (date(2027, 10, 31), "02:00", True),
        (date(2027, 10, 31), "02:30", True),
        (date(2027, 10, 31), "03:00", False),
        (date(2027, 6, 1), "02:30", False),
    ],
)
def test_a_time_that_the_clocks_show_twice_is_known(on: date, at: str, twice: bool) -> None:
    assert comes_twice(on, at, STOCKHOLM) is twice
    assert not comes_twice(on, at, None)
