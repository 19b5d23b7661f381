"""No page, list or dialog of the window shows a control or format sign raw, whatever text it came from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QWidget

from tests.services.ward import Ward
from tests.signs import fill, raw_signs
from tests.ui.conftest import Make
from tests.ui.nurse import Key, Nurse

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def turned(make_nurse: Make, tmp_path: Path) -> Nurse:
    """A nurse before a study with the signs in every text."""
    folder = tmp_path / "turned"
    folder.mkdir()
    ward = Ward(folder)
    ward.enrol()
    fill(ward, folder).study.close()
    return make_nurse(ward.path)


def of_model(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        # A model of one column keeps their number to itself.
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(model.data(index, role) or "") for role in ROLES)
        yield from of_model(model, model.index(row, 0, parent))


def everything(window: QWidget) -> Iterator[str]:
    """Every text that a window shows or tells to those who cannot see."""
    yield window.windowTitle()
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from of_model(widget.model())
    yield from (action.text() for action in window.findChildren(QAction))


def wrong(nurse: Nurse) -> set[str]:
    nurse.settle()
    return {ascii(text) for text in everything(nurse.window) if raw_signs(text) - {"\t"}}


def test_no_page_shows_a_raw_sign(turned: Nurse) -> None:
    turned.wait_for_today()
    for page in ("today", "participants", "enrol"):
        turned.go(page)
        assert wrong(turned) == set(), page
    for code in ("LI-001", "OT-1"):
        turned.open_participant(code)
        assert wrong(turned) == set(), code


def test_no_dialog_shows_a_raw_sign(turned: Nurse) -> None:
    turned.wait_for_today()
    turned.go("today")
    for key in (Key.Key_Return, Key.Key_M, Key.Key_N):
        turned.press(key, turned.today.list)
        dialog = turned.dialog()
        turned.settle()
        assert {ascii(text) for text in everything(dialog) if raw_signs(text) - {"\t"}} == set()
        turned.leave(dialog)
