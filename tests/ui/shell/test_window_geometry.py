"""The window's geometry on whatever screens there are now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from app.ui.shell.window_geometry import SEEN, TITLE_BAR, USUAL_HEIGHT, USUAL_WIDTH, geometry_on

LAPTOP, DESKTOP = QRect(0, 0, 1366, 728), QRect(1366, -200, 2560, 1400)
places = st.builds(
    QRect, st.integers(-9000, 9000), st.integers(-9000, 9000), st.integers(-5, 9000), st.integers(-5, 9000)
)
screens = st.lists(
    st.builds(
        QRect, st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(640, 3840), st.integers(400, 2160)
    ),
    min_size=1,
    max_size=3,
)


@given(st.none() | places, screens)
def test_the_window_lies_wholly_on_one_screen(wanted: QRect | None, free: list[QRect]) -> None:
    found = geometry_on(wanted, free)
    assert found.width() > 0
    assert found.height() > 0
    with_bar = found.adjusted(0, -TITLE_BAR, 0, 0)
    assert any(screen.contains(with_bar) for screen in free)


@given(places, screens)
def test_a_window_that_was_wholly_on_a_screen_stays_where_it_was(wanted: QRect, free: list[QRect]) -> None:
    large_enough = wanted.width() >= SEEN and wanted.height() >= TITLE_BAR
    if large_enough and free[0].contains(wanted.adjusted(0, -TITLE_BAR, 0, 0)):
        assert geometry_on(wanted, free) == wanted


@given(st.none() | places)
def test_without_a_screen_it_has_a_size(wanted: QRect | None) -> None:
    assert geometry_on(wanted, []) == (wanted or QRect(0, 0, USUAL_WIDTH, USUAL_HEIGHT))


def test_the_first_time_it_is_in_the_middle_of_the_first_screen() -> None:
    # 2560 - 1280 = 1280, half of it to the right of 1366. Below the title bar 1400 - 32 = 1368 remain, of which 568 are
    # left free, half of them below -200 + 32.
    assert geometry_on(None, [DESKTOP, LAPTOP]) == QRect(2006, 116, 1280, 800)
    assert geometry_on(None, [LAPTOP]) == QRect(43, 32, 1280, 696)


def test_a_monitor_that_was_unplugged_gives_the_window_back() -> None:
    on_the_other = QRect(2000, 100, 1400, 900)
    assert geometry_on(on_the_other, [LAPTOP, DESKTOP]) == on_the_other
    assert geometry_on(on_the_other, [LAPTOP]) == QRect(43, 32, 1280, 696)


def test_on_a_smaller_screen_it_shrinks() -> None:
    assert geometry_on(QRect(100, 50, 1800, 1000), [LAPTOP]) == QRect(0, 32, 1366, 696)
    assert geometry_on(QRect(900, 300, 800, 500), [LAPTOP]) == QRect(566, 228, 800, 500)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (QRect(100, 31, 800, 500), "the title bar is above the screen"),
        (QRect(1366 - 63, 100, 800, 500), "63 pixels of the title bar are seen"),
        (QRect(63 - 800, 100, 800, 500), "63 pixels of the title bar are seen at its other end"),
        (QRect(100, 728 + 32 - 15, 800, 500), "the title bar is below the screen"),
    ],
)
def test_a_title_bar_that_cannot_be_taken_hold_of(wanted: QRect, why: str) -> None:
    assert geometry_on(wanted, [LAPTOP]) == QRect(43, 32, 1280, 696), why


def test_just_enough_of_the_title_bar() -> None:
    assert geometry_on(QRect(1366 - 64, 100, 800, 500), [LAPTOP]) == QRect(566, 100, 800, 500)
