"""The visits of a period as a list."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.queries.visit_table import table_of
from app.ui.pages.calendar.visit_list import VisitList, VisitListModel, default_period
from tests.ui.pages.calendar.test_days import TODAY, found, row

ROWS = (
    row("LI-010", 1, TODAY, booked=TODAY, booked_at="09:00"),
    row("LI-002", 2, TODAY + timedelta(1)),
    row("LI-001", 3, TODAY + timedelta(40)),
)


@pytest.fixture
def shown(qapp: QApplication, light: None) -> Iterator[VisitList]:
    model = VisitListModel()
    view = VisitList(model)
    model.show_visits(ROWS, table_of(found(*ROWS)))
    yield view
    view.deleteLater()


def codes(view: VisitList) -> list[str]:
    model = view.model()
    assert isinstance(model, VisitListModel)
    return [one.participant for one in model.rows]


def test_a_heading_sorts_and_the_chosen_visit_stays_chosen(shown: VisitList) -> None:
    assert codes(shown) == ["LI-010", "LI-002", "LI-001"]
    shown.choose(("LI-002", "DOSE#2"))
    shown.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    assert codes(shown) == ["LI-001", "LI-002", "LI-010"]
    assert shown.row is ROWS[1]
    shown.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert codes(shown) == ["LI-001", "LI-002", "LI-010"]
    shown.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert codes(shown) == ["LI-010", "LI-002", "LI-001"]


def test_keys_are_about_the_chosen_visit(shown: VisitList) -> None:
    told: list[str] = []
    shown.keyed.connect(told.append)
    shown.choose(("LI-002", "DOSE#2"))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_W):
        QTest.keyClick(shown, key)
    assert told == ["open", "performed", "rebooked", "week"]


def test_every_cell_is_said_and_complete_in_its_tip(shown: VisitList) -> None:
    model = shown.model()
    assert [str(model.index(0, column).data()) for column in range(4)] == [
        "Thu 3 Dec 2026", "09:00", "LI-010", "Cycle 1 day 1",
    ]  # fmt: skip
    assert model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole) == "<span>Cycle 1 day 1</span>"


def test_four_weeks_are_listed_at_first() -> None:
    assert default_period(date(2026, 12, 3)) == (date(2026, 12, 3), date(2026, 12, 31))
