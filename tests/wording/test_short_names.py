"""Shorter forms of the names of visits."""

import pytest

from app.wording.short_names import difference_first, initial_name, short_name, shortest_name


@pytest.mark.parametrize(
    ("name", "short", "shortest"),
    [
        ("Bloods before preoperative cycle 3 day 15", "Bloods before pre-op C3D15", "Bloods C3D15"),
        ("Preoperative cycle 3 day 1", "Pre-op C3D1", "C3D1"),
        ("Preoperative cycle 3 day 15 infusion", "Pre-op C3D15 infusion", "C3D15 infusion"),
        ("Pump disconnection, preoperative cycle 1 day 3", "Pump disconnection, pre-op C1D3", "Pump C1D3"),
        ("Pump disconnection, cycle 6", "Pump disconnection, C6", "Pump C6"),
        (
            "Tests, postoperative day 30",
            "Tests, post-op day 30",
            "Tests, post-op day 30",
        ),
        ("Bloods before cycle 4 day 1 (repeat)", "Bloods before C4D1 (repeat)", "Bloods C4D1 (repeat)"),
        ("Cycle 4 day 1", "C4D1", "C4D1"),
        ("Surgery", "Surgery", "Surgery"),
        ("Bicycle 3 day 2", "Bicycle 3 day 2", "Bicycle 3 day 2"),
    ],
)
def test_what_tells_visits_apart_is_kept(name: str, short: str, shortest: str) -> None:
    assert (short_name(name), shortest_name(name)) == (short, shortest)


def test_at_last_a_letter_tells_what_it_is() -> None:
    names = (
        "Bloods before preoperative cycle 3 day 15",
        "Preoperative cycle 3 day 15 infusion",
        "Surgery",
        "Liver CT",
    )
    assert [initial_name(name) for name in names] == ["B. C3D15", "C3D15 infusion", "Surgery", "Liver CT"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bloods before preoperative cycle 3 day 15", "C3D15 bloods"),
        ("Preoperative cycle 3 day 15 infusion", "C3D15 infusion"),
        ("Preoperative cycle 3 day 1", "C3D1"),
        ("Cycle 4 day 1", "C4D1"),
        ("Pump disconnection, preoperative cycle 1 day 3", "C1D3 pump"),
        ("Adjuvant cycle 2 day 8 infusion", "C2D8 infusion adjuvant"),
        ("Bloods before cycle 4 day 1 (repeat)", "C4D1 (repeat) bloods"),
        ("Reassessment 1", "Reassessment 1"),
    ],
)
def test_cycle_and_day_come_first_in_a_line_that_is_cut(name: str, said: str) -> None:
    assert difference_first(name) == said
