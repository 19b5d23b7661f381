"""The parts of a participant's header: what gives way where there is little room."""

import pytest

from app.ui.visit.header_parts import HeaderPart

PART = HeaderPart("Next", ("Mon 15 Feb 2027, 09:30, Preoperative cycle 3 day 1", "today, cycle 3 day 1"), "today")


@pytest.mark.parametrize(("number", "text"), [(0, PART.texts[0]), (1, PART.texts[1]), (2, PART.texts[1])])
def test_a_part_is_shortened_step_by_step(number: int, text: str) -> None:
    assert PART.at(number) == text


def test_a_part_asks_for_less_room_each_time() -> None:
    assert PART.asking == [*PART.texts, "today"]
    assert HeaderPart("Protocol", ("ScanPan",)).asking == ["ScanPan"]
