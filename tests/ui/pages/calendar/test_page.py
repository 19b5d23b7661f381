"""The calendar in the real window: by keyboard alone, by mouse, and what it asks the window for."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from app.services.queries.agenda_filter import EVERYTHING
from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.pages.calendar.day_delegate import DayDelegate
from app.ui.pages.calendar.day_layout import line_rect
from app.ui.pages.calendar.day_list_dialog import DayListDialog
from app.ui.pages.calendar.page import CalendarPage
from app.ui.visit.event_menu import EventMenu
from tests.ui.nurse import Key, Nurse
from tests.ui.stories import TODAY


@pytest.fixture
def page(reader: Nurse) -> CalendarPage:
    """The calendar at the month of today, with nothing filtered and the dose of today chosen."""
    reader.press(Key.Key_3, reader.window, alt=True)
    found = reader.window.page("calendar")
    assert isinstance(found, CalendarPage)
    found.filters.show_filter(EVERYTHING)
    found.show_day(TODAY)
    settle(reader, found)
    found.choose(("LI-001", "SP-C02#3"))
    settle(reader, found)
    found.grid.go_to(TODAY)
    found.grid.setFocus()
    return found


def settle(nurse: Nurse, page: CalendarPage) -> None:
    nurse.settle()
    nurse.wait(lambda: page._later.isActive() is False)
    nurse.settle()


def dialog_of(nurse: Nurse, kind: type[QDialog]) -> QDialog:
    nurse.wait(lambda: any(one.isVisible() for one in nurse.window.findChildren(kind)))
    return next(one for one in nurse.window.findChildren(kind) if one.isVisible())


def test_the_month_has_everybodys_visits_and_the_card_of_the_chosen_one(reader: Nurse, page: CalendarPage) -> None:
    assert page.head.title.text() == "February 2027"
    assert reader.window.selection() == ("LI-001", "SP-C02#3")
    assert page.inspector.view is not None
    assert page.inspector.view.entry.key == "SP-C02#3"
    day = page.grid.day
    assert day is not None
    assert day.on == TODAY
    assert ("LI-001", "SP-C02#3") in {(row.participant, row.entry.key) for row in day.rows}
    assert not page.grid.grab().isNull()


def test_arrows_go_from_day_to_day_and_over_the_edge_of_the_month(reader: Nurse, page: CalendarPage) -> None:
    for key, days in ((Key.Key_Right, 1), (Key.Key_Down, 8), (Key.Key_Left, 7), (Key.Key_Up, 0)):
        reader.press(key, page.grid)
        assert page.grid.day is not None
        assert page.grid.day.on == TODAY + timedelta(days)
    assert reader.window.selection() == ("LI-001", "SP-C02#3")
    page.grid.go_to(date(2027, 2, 28))
    reader.press(Key.Key_Right, page.grid)
    settle(reader, page)
    assert (page.head.title.text(), page.grid.day and page.grid.day.on) == ("March 2027", date(2027, 3, 1))
    reader.press(Key.Key_PageUp, page.grid)
    settle(reader, page)
    assert page.head.title.text() == "February 2027"
    reader.press(Key.Key_Home, page.grid)
    settle(reader, page)
    assert page.grid.day is not None
    assert page.grid.day.on == TODAY


def test_tab_goes_through_the_visits_of_the_day_and_then_leaves_the_days(reader: Nurse, page: CalendarPage) -> None:
    page.grid.go_to(date(2027, 2, 17))
    day = page.grid.day
    assert day is not None
    assert len(day.rows) >= 1
    for row in day.rows:
        reader.press(Key.Key_Tab, page.grid)
        assert page.grid.row is row
        assert row.participant in page.grid.accessibleDescription()
    reader.press(Key.Key_Tab, page.grid)
    assert not page.grid.hasFocus()


def test_a_screen_reader_has_every_day_with_its_visits(page: CalendarPage) -> None:
    index = page._model.index_of(TODAY)
    cells = QAccessible.queryAccessibleInterface(page.grid)
    assert cells is not None
    assert cells.childCount() > 28
    said = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("Monday 15 February 2027, ")
    assert "09:30, LI-001, Preoperative cycle 3 day 1" in said


def test_b_books_on_the_day_of_the_keyboard_and_saves_nothing_by_itself(reader: Nurse, page: CalendarPage) -> None:
    page.grid.go_to(TODAY + timedelta(2))
    reader.press(Key.Key_B, page.grid)
    dialog = dialog_of(reader, ChangeDialog)
    assert isinstance(dialog, ChangeDialog)
    assert dialog.kind == "booked"
    assert dialog.form.fields()["on"] == TODAY + timedelta(2)
    reader.leave(dialog)


def test_a_visit_that_is_dragged_to_a_day_asks_whether_to_move_it(reader: Nurse, page: CalendarPage) -> None:
    day, grid = page.grid.day, page.grid
    assert day is not None
    place = day.place_of(("LI-001", "SP-C02#3"))
    assert place is not None
    cell = grid.visualRect(page._model.index_of(TODAY))
    other = grid.visualRect(page._model.index_of(TODAY + timedelta(3))).center()
    start = line_rect(place, cell, grid.delegate.sizes).center()
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grid.viewport(), start + QPoint(40, 0))
    QTest.mouseMove(grid.viewport(), other)
    reader.press(Key.Key_Escape, grid)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=other)
    assert not [one for one in reader.window.findChildren(ChangeDialog) if one.isVisible()]
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grid.viewport(), start + QPoint(40, 0))
    QTest.mouseMove(grid.viewport(), other)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=other)
    dialog = dialog_of(reader, ChangeDialog)
    assert isinstance(dialog, ChangeDialog)
    assert dialog.kind == "moved"
    assert dialog.form.fields()["to"] == TODAY + timedelta(3)
    reader.leave(dialog)


def test_enter_lists_the_day_and_a_line_of_it_is_chosen(reader: Nurse, page: CalendarPage) -> None:
    day = page.grid.day
    assert day is not None
    reader.press(Key.Key_Return, page.grid)
    dialog = dialog_of(reader, DayListDialog)
    assert isinstance(dialog, DayListDialog)
    assert dialog.list.row is not None
    assert dialog.list.row.entry.key == "SP-C02#3"
    assert [row.entry.key for row in dialog.model.rows] == [row.entry.key for row in day.rows]
    reader.press(Key.Key_Return, dialog.list)
    reader.wait(lambda: not dialog.isVisible())
    assert reader.window.selection() == ("LI-001", "SP-C02#3")


def test_a_code_that_is_too_long_keeps_its_end_and_leaves_room_for_the_name(
    reader: Nurse, page: CalendarPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    delegate = page.grid.itemDelegate()
    assert isinstance(delegate, DayDelegate)
    shown: list[str] = []

    def note(_self: object, _painter: object, _rect: object, text: str, font: object, *_rest: object) -> None:
        if font is delegate._strong:
            shown.append(text)

    monkeypatch.setattr(DayDelegate, "_put", note)
    page.grid.viewport().grab()
    assert any("…" in code for code in shown), "one of the codes is too long"
    assert all(not code.endswith("…") for code in shown)
    assert all(delegate._strong_metrics.horizontalAdvance(code) <= delegate.sizes.code for code in shown)


def test_the_list_of_a_day_without_visits_says_so_and_its_keyboard_is_at_close(
    reader: Nurse, page: CalendarPage
) -> None:
    page.search.setText("nobody of that name")
    reader.wait(lambda: page.filters.filter.text != "")
    settle(reader, page)
    reader.press(Key.Key_Return, page.grid)
    dialog = dialog_of(reader, DayListDialog)
    assert isinstance(dialog, DayListDialog)
    assert dialog.nothing.text() == "No visit of this day fits the filters of the calendar."
    assert dialog.focusWidget() is dialog.close_button
    assert not dialog.choose_button.isEnabled()
    reader.press(Key.Key_Escape, dialog)
    reader.wait(lambda: not dialog.isVisible())
    page.search.clear()
    settle(reader, page)


def test_a_week_and_a_list_have_the_same_visits_and_the_filter(reader: Nurse, page: CalendarPage) -> None:
    reader.press(Key.Key_W, page.grid)
    settle(reader, page)
    assert page.head.title.text() == "Mon 15 – Sun 21 Feb 2027"
    of_week = {(row.participant, row.entry.key) for day in page._model.each_day() for row in day.rows}
    reader.press(Key.Key_L, page.grid)
    page.period.show_days(TODAY, TODAY + timedelta(6))
    settle(reader, page)
    assert {(row.participant, row.entry.key) for row in page._list_model.rows} == of_week
    page.search.setText("LI-001 C3D1")
    reader.wait(lambda: page.filters.filter.text != "")
    settle(reader, page)
    assert {(row.participant, row.entry.key) for row in page._list_model.rows} == {("LI-001", "SP-C02#3")}
    page.search.setText("zzz")
    reader.wait(lambda: page.filters.filter.text == "zzz")
    settle(reader, page)
    assert page.inspector.view is None
    page.show_view("month")
    settle(reader, page)


def test_what_is_printed_has_the_days_of_the_month_and_the_filter(reader: Nurse, page: CalendarPage) -> None:
    reader.click(page.head.print_button)
    dialog = dialog_of(reader, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    assert dialog.days_bar is not None
    assert dialog.days_bar.typed_days() == (date(2027, 2, 1), date(2027, 2, 28))
    reader.wait(lambda: dialog.printout is not None)
    assert dialog.proposed_name() == "visits-2027-02-01-to-2027-02-28.pdf"
    dialog.reject()


def test_ctrl_p_offers_the_list_the_sheets_of_the_day_and_the_sheet_of_the_visit(
    reader: Nurse, page: CalendarPage
) -> None:
    page.grid.go_to(TODAY + timedelta(2))
    reader.press(Key.Key_P, page.grid, ctrl=True)
    reader.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [one.text().replace("&", "") for one in menu.actions()]
    assert texts == ["List: February 2027…", "Sheets of Wed 17 Feb…", "Sheet of the chosen visit…"]
    menu.actions()[1].trigger()
    menu.close()
    dialog = dialog_of(reader, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    assert dialog.days_bar is not None
    assert dialog.days_bar.typed_days() == (TODAY + timedelta(2), TODAY + timedelta(2))
    assert dialog.days_bar.sheets_wanted()
    dialog.reject()


def test_the_list_is_saved_for_a_spreadsheet(reader: Nurse, page: CalendarPage, tmp_path: Path) -> None:
    page.show_view("list")
    page.period.show_days(TODAY, TODAY)
    settle(reader, page)
    page.save_to(tmp_path / "visits.csv")
    reader.settle()
    lines = (tmp_path / "visits.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("day,time,participant,visit,")
    assert len(lines) == len(page._list_model.rows) + 1
    assert any(line.startswith("2027-02-15,09:30,LI-001,Preoperative cycle 3 day 1,") for line in lines)
    page.show_view("month")
    settle(reader, page)


def test_a_day_that_is_typed_into_the_search_everywhere_is_shown(reader: Nurse, page: CalendarPage) -> None:
    reader.press(Key.Key_K, reader.window, ctrl=True)
    finder = reader.window.top_bar.finder
    reader.type_in(finder, "3 apr")
    (row,) = [one for one in finder.found.rows() if one.group == "Day"]
    assert row.text == "Saturday 3 April 2027, in 47 days"
    reader.window.go("today")
    finder.take(row)
    settle(reader, page)
    assert reader.window.stack.currentWidget() is page
    assert page.grid.day is not None
    assert page.grid.day.on == date(2027, 4, 3)


def test_e_opens_the_menu_of_events_for_the_chosen_visit(reader: Nurse, page: CalendarPage) -> None:
    reader.press(Key.Key_E, page.grid)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, EventMenu)
    assert menu.about == ("LI-001", "SP-C02#3")
    reader.press(Key.Key_H, menu)
    dialog = reader.dialog()
    assert (dialog.kind, dialog.view.code) == ("died", "LI-001")
    reader.leave(dialog)
