"""The print menu of Today: what it offers, with dates, visits and the filter, by mouse and by keyboard."""

from PySide6.QtWidgets import QApplication, QMenu

from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.pages.today.page import TodayPage
from tests.ui.nurse import Key, Nurse


def menu_of(nurse: Nurse) -> QMenu:
    """The menu, once it is shown."""
    nurse.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def closed(nurse: Nurse, menu: QMenu) -> None:
    menu.close()
    nurse.wait(lambda: QApplication.activePopupWidget() is None)


def test_ctrl_p_shows_what_can_be_printed_with_its_days(reader: Nurse) -> None:
    reader.today.list.setFocus()
    reader.action("print").trigger()
    menu = menu_of(reader)
    said = [action.text().split("\t") for action in menu.actions() if not action.isSeparator()]
    # Monday 15 February, on which five visits are planned; the booking that cannot be kept is on the Wednesday.
    assert said[0] == ["Today's list", "Mon 15 Feb, 5 visits"]
    assert said[1] == ["Today's sheets", "Mon 15 Feb, 5 visits"]
    assert said[2] == ["Tomorrow's sheets", "Tue 16 Feb, 1 visit"]
    assert [text for text, *_days in said[3:]] == [
        "This week", "Next week", "From – to…", "Sheet of the chosen visit…", "Filter: all visits",
    ]  # fmt: skip
    assert said[4][1].startswith("22 – 28 Feb, ")
    closed(reader, menu)


def test_the_filter_of_the_page_is_named_counted_and_printed(reader: Nurse) -> None:
    reader.today.search.setText("LI-002")
    reader.click(reader.today.print_button)
    menu = menu_of(reader)
    assert menu.actions()[0].text() == "Today's list\tMon 15 Feb, 1 visit"
    assert menu.actions()[-1].text() == "Filter: only “LI-002”"
    menu.actions()[2].trigger()
    closed(reader, menu)
    reader.wait(lambda: bool(reader.window.findChildren(PrintDialog)))
    (dialog,) = reader.window.findChildren(PrintDialog)
    assert dialog.days_bar is not None
    assert (dialog.days_bar.word, dialog.days_bar.sheets_wanted()) == ("next-open", True)
    bar = dialog.days_bar
    reader.wait(lambda: bar.days.itemText(0) == "Today: Mon 15 Feb, 1 visit")
    reader.leave(dialog)


def test_days_to_be_typed_and_the_sheet_of_the_chosen_visit(reader: Nurse) -> None:
    asked: list[tuple[object, object]] = []
    page: TodayPage = reader.today
    page.printed.connect(lambda what, days: asked.append((what, days)))
    page.show_print_menu()
    menu = menu_of(reader)
    menu.actions()[5].trigger()
    closed(reader, menu)
    assert asked == [("print_list", None)]
    reader.wait(lambda: bool(reader.window.findChildren(PrintDialog)))
    (dialog,) = reader.window.findChildren(PrintDialog)
    assert dialog.days_bar is not None
    assert dialog.days_bar.first.isVisible()
    reader.leave(dialog)


def test_another_page_prints_the_sheet_of_its_visit(reader: Nurse) -> None:
    reader.open_participant("LI-001", "SP-C02#3")
    reader.press(Key.Key_P, reader.window, ctrl=True)
    reader.action("print").trigger()
    reader.wait(lambda: bool(reader.window.findChildren(PrintDialog)))
    dialog = reader.window.findChildren(PrintDialog)[0]
    reader.wait(lambda: dialog.printout is not None)
    # The file is called after the participant, the visit and its day.
    assert dialog.proposed_name() == "LI-001-SP-C02_3-2027-02-15.pdf"
    for one in reader.window.findChildren(PrintDialog):
        reader.leave(one)
