"""The box of the search everywhere."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from app.ui.search.finder import Finder
from app.ui.search.rows import FoundRow


@pytest.fixture
def finder(qapp: QApplication, light: None) -> Iterator[Finder]:
    window = QWidget()
    column = QVBoxLayout(window)
    found = Finder()
    column.addWidget(QPushButton("first"))
    column.addWidget(found)
    window.resize(700, 500)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    yield found
    window.deleteLater()


def test_enter_does_the_chosen_row_and_one_that_cannot_be_done_stays(finder: Finder) -> None:
    done: list[str] = []
    rows = [
        FoundRow("Commands", "Undo", choose=lambda: done.append("undo"), why_not="there is nothing to undo"),
        FoundRow("Commands", "Print", choose=lambda: done.append("print")),
    ]
    finder.set_source(lambda typed: [row for row in rows if typed in row.text], lambda: done.append("begun"))
    took: list[object] = []
    finder.took.connect(took.append)
    finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QTest.keyClicks(finder, "n")
    assert finder.accessibleDescription() == "Commands: Undo, there is nothing to undo"
    QTest.keyClick(finder, Qt.Key.Key_Return)
    assert (done, took, finder.found.isVisible()) == (["begun"], rows[:1], True)
    QTest.keyClick(finder, Qt.Key.Key_Down)
    QTest.keyClick(finder, Qt.Key.Key_Return)
    assert (done, took, finder.text()) == (["begun", "print"], rows, "")
    assert not finder.found.isVisible()


def test_a_pasted_page_is_cut(finder: Finder) -> None:
    finder.setText("x" * 10_000)
    assert len(finder.text()) == 200


def test_the_list_stays_within_the_window(finder: Finder) -> None:
    finder.set_source(lambda _typed: [FoundRow("A", str(n), choose=lambda: None) for n in range(100)], lambda: None)
    finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QTest.keyClicks(finder, "x")
    shown, window = finder.found.geometry(), finder.window().geometry()
    assert window.contains(shown)
