"""The table of the visits of several participants that a change of the study moves."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.calendar.difference import difference
from app.ui.visit.moves_table import MovesModel
from tests.domain.stories import booked, calendar, d, moved

START = "2026-11-23"


def test_what_needs_another_booking_comes_first_whosever_it_is(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    model = MovesModel(page)
    later = moved("SP-C01", "2026-12-07")
    plain = (calendar(today=START), calendar(later, today=START))
    arranged = booked("SP-C02#2", "2026-12-15")
    left = (calendar(arranged, today=START), calendar(arranged, later, today=START))
    pairs = {"LI-001": plain, "LI-002": left}
    model.show_changes({code: difference(*pair) for code, pair in pairs.items()}, pairs, d(START))
    rows = [[str(model.index(row, column).data()) for column in (0, 1)] for row in range(model.rowCount())]
    assert rows[0] == ["LI-002", "SP-C02, cycle 2"]
    assert [code for code, _visit in rows[1:]] == sorted(code for code, _visit in rows[1:])
