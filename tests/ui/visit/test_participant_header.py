"""The columns of a participant's header share the room."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.visit.header_parts import HeaderPart
from app.ui.visit.participant_header import PartColumns
from app.ui.widgets.text import Elided

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


def shown(columns: PartColumns) -> list[str]:
    return [value.shown_in(value.width()) for _label, value in columns._parts]


def test_with_room_enough_every_text_is_complete(columns: PartColumns) -> None:
    assert columns.fit(3000)
    assert shown(columns) == [part.texts[0] for part in PARTS]


def test_the_next_visit_gives_way_first(columns: PartColumns) -> None:
    needed = sum(columns.findChildren(Elided)[number].width_of(part.texts[0]) for number, part in enumerate(PARTS))
    assert columns.fit(needed)
    texts = shown(columns)
    assert texts[:2] == [PARTS[0].texts[0], PARTS[1].texts[0]]
    assert texts[2] == PARTS[2].texts[1]


def test_where_not_even_the_least_fits_there_are_no_columns(columns: PartColumns) -> None:
    assert not columns.fit(100)
