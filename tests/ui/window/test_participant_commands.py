"""The same commands from the table, the timeline, the menus and the buttons of a participant's page."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.domain.calendar.entries import OPEN
from app.domain.facts.kinds import KINDS
from app.ui.pages.participant.page import ParticipantPage
from app.ui.visit.event_menu import event_rows
from tests.ui.nurse import Key, Nurse, buttons

NEXT = "SP-C02#3"
OFFERED = {"decided": "SP-R01", "operation": "SP-P03", "treatment": NEXT}
"""The visits that the menu fills in: the next decision, the only operation, and the chosen dose."""


def opened(nurse: Nurse, code: str, visit: str = "") -> ParticipantPage:
    page = nurse.open_participant(code, visit)
    page.cancelled.setChecked(False)
    nurse.settle()
    if visit:
        nurse.wait(lambda: page.selected == visit)
    return page


@pytest.fixture
def page(reader: Nurse) -> ParticipantPage:
    """LI-001, who has a visit at 09:30 today."""
    return opened(reader, "LI-001", NEXT)


def asked(page: ParticipantPage) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    page.asked.connect(lambda *what: found.append((what[0], what[1], what[2])))
    return found


def test_the_menu_of_events_asks_for_each_kind(reader: Nurse, page: ParticipantPage) -> None:
    menu = page.record_button.menu()
    assert isinstance(menu, QMenu)
    kinds = [kind for kind, _text in event_rows() if kind]
    assert all(KINDS[kind.partition("=")[0]].is_change for kind in kinds)
    assert len(kinds) == 22
    found = asked(page)
    page.asked.disconnect(reader.window.dialogs.open)
    for action in menu.actions():
        action.trigger()
    page.asked.connect(reader.window.dialogs.open)
    assert found == [(kind, "LI-001", OFFERED.get(kind, "")) for kind in kinds]
    next(one for one in menu.actions() if one.text() == "&Withdrawal from the whole study…").trigger()
    dialog = reader.dialog()
    assert (dialog.kind, dialog.view.code, dialog.visit) == ("withdrawn", "LI-001", "")
    assert dialog.form.fields()["scope"] == "all"
    reader.leave(dialog)


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_R, Key.Key_B, Key.Key_M, Key.Key_N])
def test_a_letter_in_the_table_has_a_button_in_the_inspector(reader: Nurse, page: ParticipantPage, key: Qt.Key) -> None:
    """Every key of the table has a button in the inspector as well."""
    found = asked(page)
    page.table.setFocus()
    reader.press(key, page.table)
    reader.leave(reader.dialog())
    by_key = found.pop()
    offered = buttons(page.inspector)
    by_mouse = {"performed": "Mark done…", "booked": "Rebook…", "moved": "Move…"}.get(by_key[0])
    if by_mouse is not None:
        reader.click(offered[by_mouse])
    else:
        menu = offered["More"].findChild(QMenu)
        assert isinstance(menu, QMenu)
        next(one for one in menu.actions() if one.text() == "Note…").trigger()
    reader.leave(reader.dialog())
    assert found == [by_key]


def test_table_and_timeline_take_the_same_keys(reader: Nurse, page: ParticipantPage) -> None:
    found = asked(page)
    page.asked.disconnect(reader.window.dialogs.open)
    keys = (Key.Key_Return, Key.Key_Space, Key.Key_R, Key.Key_B, Key.Key_M, Key.Key_N, Key.Key_P)
    for view in (page.table, page.timeline):
        view.setFocus()
        reader.wait(view.hasFocus)
        for key in keys:
            reader.press(key, view)
    page.asked.connect(reader.window.dialogs.open)
    kinds = ["performed", "performed", "booked", "booked", "moved", "note", "print"]
    assert found == [(kind, "LI-001", NEXT) for kind in kinds * 2]


def test_a_click_on_the_strip_prints(reader: Nurse, page: ParticipantPage) -> None:
    menu = next(one for one in page.header.findChildren(QMenu) if one.actions()[0].text() == "Visit sheet…")
    found = asked(page)
    page.asked.disconnect(reader.window.dialogs.open)
    for action in menu.actions():
        action.trigger()
    page.asked.connect(reader.window.dialogs.open)
    blanks = [(f"print_{one}", "LI-001", "") for one in ("adverse-events", "medication")]
    assert found == [("print", "LI-001", NEXT), ("print", "LI-001", ""), ("print_calendar", "LI-001", ""), *blanks]


def test_what_is_done_is_not_recorded_again(reader: Nurse, page: ParticipantPage) -> None:
    page.timeline.choose("SP-C02#2")
    entry = page.view.calendar.by_key["SP-C02#2"] if page.view is not None else None
    assert entry is not None
    assert entry.status not in OPEN
    found = asked(page)
    page.table.setFocus()
    reader.press(Key.Key_Return, page.table)
    assert found == []
    assert "Mark done…" not in buttons(page.inspector)


def test_a_visit_dropped_on_a_day_opens_the_dialog_and_saves_nothing(reader: Nurse, page: ParticipantPage) -> None:
    facts = len(reader.facts())
    page.timeline.setFocus()
    page.timeline.choose(NEXT)
    for _day in range(2):
        reader.press(Key.Key_Right, page.timeline, alt=True)
    reader.press(Key.Key_Return, page.timeline)
    dialog = reader.dialog()
    assert (dialog.kind, dialog.visit, dialog.form.fields()["to"]) == ("moved", NEXT, date(2027, 2, 17))
    assert len(reader.facts()) == facts
    reader.leave(dialog)
    assert len(reader.facts()) == facts
    assert page.view is not None
    assert page.view.calendar.by_key[NEXT].assumed == date(2027, 2, 15)


def test_the_events_of_the_chosen_visit_are_a_key_away_and_their_search_is_that_of_the_page(nurse: Nurse) -> None:
    nurse.choose("LI-006", "SP-C02#2")
    nurse.press(Key.Key_H, nurse.today.list, ctrl=True)
    page = nurse.participant
    nurse.wait(lambda: page.view is not None and page.view.code == "LI-006" and page.tabs.key == "events")
    nurse.settle()
    tab = page.events_tab
    assert tab is not None
    nurse.press(Key.Key_F, tab.table, ctrl=True)
    assert tab.search.hasFocus()
    nurse.press(Key.Key_Return)
    assert tab.table.hasFocus()
