"""The menu of events: groups with headings, one letter for each kind, and about whom it asks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.visit.event_menu import EventMenu
from tests.ui.nurse import Key, Nurse


@pytest.fixture(scope="module")
def menu(qapp: QApplication) -> Iterator[EventMenu]:
    parent = QWidget()
    yield EventMenu(parent)
    parent.deleteLater()


def kinds(menu: EventMenu) -> list[QAction]:
    return [one for one in menu.actions() if one.isEnabled()]


def test_each_kind_has_a_letter_of_its_own(menu: EventMenu) -> None:
    texts = [one.text() for one in kinds(menu)]
    letters = [text[text.index("&") + 1].casefold() for text in texts if "&" in text]
    assert len(letters) == len(set(letters)) == len(texts)


def test_the_groups_have_headings_that_cannot_be_chosen(menu: EventMenu) -> None:
    headings = [one.text() for one in menu.actions() if not one.isEnabled()]
    assert headings == ["Decisions and plan", "What happened", "End of participation"]


def test_only_what_depends_on_the_visit_is_about_it(menu: EventMenu) -> None:
    menu.about = ("LI-001", "SP-C02#3")
    found: list[tuple[str, str, str]] = []
    menu.asked.connect(lambda *asked: found.append((asked[0], asked[1], asked[2])))
    for action in kinds(menu):
        action.trigger()
    of_visit = {kind for kind, _code, visit in found if visit}
    assert of_visit == {"decided", "operation", "treatment"}
    assert {(code, visit) for _kind, code, visit in found} == {("LI-001", "SP-C02#3"), ("LI-001", "")}


def test_by_a_key_it_opens_at_its_first_line(menu: EventMenu) -> None:
    menu.open_for("LI-002", "SP-C01", QPoint(0, 0))
    assert (menu.about, menu.activeAction()) == (("LI-002", "SP-C01"), kinds(menu)[0])
    menu.close()


def test_e_and_a_letter_open_the_dialog_of_an_event_for_the_chosen_line(reader: Nurse) -> None:
    code, _visit = reader.today.selection() or ("", "")
    reader.today.list.setFocus()
    reader.press(Key.Key_E, reader.today.list)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, EventMenu)
    reader.press(Key.Key_H, popup)
    dialog = reader.dialog()
    assert (dialog.kind, dialog.view.code, dialog.visit) == ("died", code, "")
    reader.leave(dialog)
