"""The columns of a participant's header share the room."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.style import tokens
from app.ui.visit.header_parts import HeaderPart
from app.ui.visit.part_columns import PartColumns
from app.ui.widgets.text import tip

PARTS = [
    HeaderPart("Protocol", ("ScanPan 2025-07-19.2",)),
    HeaderPart("Regimen", ("mFOLFIRINOX (no bolus, irinotecan 150)", "mFOLFIRINOX")),
    HeaderPart("Next", ("Mon 15 Feb 2027, 09:30, Preoperative cycle 3 day 1", "today, 09:30"), "today"),
]


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def columns(page: QWidget) -> PartColumns:
    found = PartColumns(page)
    found.show_parts(PARTS)
    return found


def wide(text: str) -> int:
    """The room in pixels that a text needs."""
    return QFontMetrics(tokens.font()).horizontalAdvance(text) + 1


def test_with_room_enough_every_text_is_complete(columns: PartColumns) -> None:
    assert columns.fit(3000)
    assert columns.shown() == [part.texts[0] for part in PARTS]
    assert columns.toolTip() == ""


def test_the_next_visit_gives_way_first_and_is_complete_in_the_tooltip(columns: PartColumns) -> None:
    # One gap of 20 less than three complete texts with the two gaps between them need.
    assert columns.fit(sum(wide(part.texts[0]) for part in PARTS) + 20)
    texts = columns.shown()
    assert texts[:2] == [PARTS[0].texts[0], PARTS[1].texts[0]]
    assert texts[2] == PARTS[2].texts[1]
    assert columns.toolTip() == tip("Next: Mon 15 Feb 2027, 09:30, Preoperative cycle 3 day 1")


def test_where_not_even_the_least_fits_there_are_no_columns(columns: PartColumns) -> None:
    assert not columns.fit(100)
    assert columns.shown() == []


def test_other_parts_are_shown_as_soon_as_they_are_fitted(columns: PartColumns) -> None:
    columns.fit(3000)
    columns.show_parts([HeaderPart("Now", ("died on 3 May",))])
    assert columns.shown() == []
    assert columns.fit(3000)
    assert columns.shown() == ["died on 3 May"]


def test_names_and_texts_are_painted_in_their_columns(columns: PartColumns) -> None:
    columns.fit(3000)
    columns.resize(3000, columns.sizeHint().height())
    picture = columns.grab().toImage()
    half = columns.sizeHint().height() // 2
    first, second = wide(PARTS[0].texts[0]), wide(PARTS[1].texts[0])
    ground = picture.pixelColor(2999, 0)

    def inked(left: int, right: int, top: int, bottom: int) -> bool:
        return any(picture.pixelColor(x, y) != ground for x in range(left, right) for y in range(top, bottom))

    for left, width in ((0, first), (first + 20, second)):
        assert inked(left, left + width, 0, half)
        assert inked(left, left + width, half, 2 * half)
        assert not inked(left + width + 1, left + width + 19, 0, 2 * half)
