"""A key that a calendar does not have means the next open occurrence of the nearest visit."""

import pytest

from app.domain.calendar.nearest_visit import is_known, nearest_visit
from tests.domain.stories import calendar, decided, done, life, omitted, withdrawn

TODAY = "2026-12-20"
FACTS = (done("SP-C01", "2026-11-30"), done("SP-C03#1.3", "2026-12-02"), done("SP-C02#2", "2026-12-14"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SP-C02", "SP-C02#3"),
        ("sp c02", "SP-C02#3"),
        ("SP-C2", "SP-C02#3"),
        ("SP-C02#1", "SP-C02#3"),
        ("SP-C02#99", "SP-C02#3"),
        ("SP-C2#4", "SP-C02#4"),
        ("SPC02#4", "SP-C02#4"),
        ("C02#4", "SP-C02#4"),
        ("SP-C03", "SP-C03#2.3"),
        ("SP-C03#2", "SP-C03#2.3"),
        ("SP-C03#5", "SP-C03#5.3"),
        ("SP-C03#2.8", "SP-C03#2.3"),
        ("SP-O05", "SP-O05#14"),
        ("SP-O05#15", "SP-O05#14"),
        ("SP-R01#1", "SP-R01"),
        ("SP-R1", "SP-R01"),
        ("sp-c02#4", "SP-C02#4"),
        ("SP-F", "SP-F03"),
        ("sp-p", "SP-P01"),
        ("SP-S0", "SP-S01"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_what_was_probably_meant(typed: str, meant: str) -> None:
    assert nearest_visit(typed, calendar(*FACTS, today=TODAY)) == meant


def test_a_visit_is_known_whatever_its_number() -> None:
    story = calendar(*FACTS, today=TODAY)
    assert [is_known(one, story) for one in ("SP-C02", "sp-c02#99", "SP-C2#3", "SP-F")] == [True, True, False, False]


def test_an_omitted_or_cancelled_occurrence_is_not_the_next_one() -> None:
    story = calendar(*FACTS, omitted("SP-C02#3", "2026-12-20"), today="2026-12-28")
    assert nearest_visit("SP-C02", story) == "SP-C02#4"
    ended = calendar(*FACTS, withdrawn("all", "2026-12-15"), today=TODAY)
    assert nearest_visit("SP-C02", ended) == "SP-C02#8", "none is open: the last one that the calendar has"


def test_a_visit_that_only_another_path_has_means_no_other_one() -> None:
    story, known = calendar(*FACTS, today=TODAY), life(today=TODAY).protocol.visits
    assert nearest_visit("SP-N01", story, known) == ""
    gone = calendar(*FACTS, decided("SP-R01", TODAY, "palliative"), today=TODAY)
    assert nearest_visit("SP-N01", gone, known) == "SP-N01#6"
    assert nearest_visit("SP-N1#12", gone, known) == "SP-N01#12"
