"""The table of the visits of several participants that a change of the study moves."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.calendar.difference import difference
from app.domain.facts.planner_facts import Fact
from app.ui.visit.moves_table import MovesModel, needs_somebody
from tests.domain.stories import SiteDays, booked, calendar, d, done, moved

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


@pytest.mark.parametrize(
    ("fact", "on", "needs"),
    [(booked("SP-C01", "2026-12-07"), "2026-12-07", True), (done("SP-C01", "2026-11-30"), "2026-11-30", False)],
)
def test_a_visit_with_a_result_needs_nobody_when_its_day_is_closed_afterwards(fact: Fact, on: str, needs: bool) -> None:
    before = calendar(fact, today="2026-12-02")
    after = calendar(fact, today="2026-12-02", site=SiteDays(closed=(d(on),)))
    change = next(one for one in difference(before, after) if one.key == "SP-C01")
    assert change.meets_closed_day
    assert needs_somebody(change) is needs
