"""Saying in the window whose lost facts are settled, and why."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.dialogs.settle_dialog import SettleDialog

Said = list[tuple[str, str]]


@pytest.fixture
def said() -> Said:
    return []


@pytest.fixture
def dialog(qtbot: QtBot, said: Said) -> Iterator[SettleDialog]:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    dialog = SettleDialog(["LI-001", "(3)"], lambda code, reason: said.append((code, reason)), over)
    dialog.open()
    yield dialog
    over.close()


@pytest.mark.parametrize(("row", "code"), [(0, ""), (1, "LI-001"), (2, "(3)")])
def test_one_participant_or_everybody_is_chosen(dialog: SettleDialog, said: Said, row: int, code: str) -> None:
    assert [dialog.whose.itemText(number) for number in range(3)] == ["Everybody", "LI-001", "(3)"]
    dialog.whose.setCurrentIndex(row)
    dialog.reason.setText("from the sheet")
    dialog.settle_button.click()
    assert said == [(code, "from the sheet")]


def test_leaving_it_settles_nothing_and_asks_about_a_typed_reason(dialog: SettleDialog, said: Said) -> None:
    dialog.reason.setText("from")
    dialog.cancel_button.click()
    assert dialog.isVisible()
    assert dialog.findChild(QMessageBox) is not None
    dialog.discard()
    assert said == []
