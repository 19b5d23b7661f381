"""The last six tasks, each by mouse and by keyboard alone."""

from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QToolButton

from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.pages.calendar.page import CalendarPage
from app.ui.pages.calendar.visit_list import VisitListModel
from app.ui.pages.study.page import StudyPage
from app.wording.names import visit_name
from tests.end2end.hands import Hands
from tests.end2end.task_tools import answer, enter, event, field, go_down, print_dialog, save, saved, step
from tests.end2end.task_ward import CYCLE, TODAY
from tests.ui.nurse import Nurse, buttons

CALLED, PUMP = "LI-008", "SP-C03#3.3"
ENDS = (("LI-002", "Death…", "14 feb"), ("LI-003", "Lost to follow-up…", "no answer since"))
WEEK = "This week, until Sunday"


# 7 The clinic is closed from 22 December to 6 January


def close_by_mouse(nurse: Nurse, hands: Hands) -> None:
    bar = nurse.window.menuBar()
    menu = next(one for one in bar.actions() if one.text().replace("&", "") == "Study")
    hands.click(bar, bar.actionGeometry(menu).center())
    hands.click_action(menu.menu(), "Closed days…")
    page = study_page(nurse)
    hands.type("22 dec 2027")
    hands.click(field(page.closed_days.box.form, "to"))
    hands.type("6 jan 2028")
    hands.click(field(page.closed_days.box.form, "reason"))
    hands.type("Christmas")
    hands.click(page.closed_days.show_button)
    nurse.wait(page.preview.save_button.isVisible)
    hands.click(page.preview.save_button)
    nurse.settle()


def close_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("Ctrl+Shift+L")
    page = study_page(nurse)
    hands.type("22 dec 2027")
    hands.press("Tab")
    hands.type("6 jan 2028")
    hands.press("Tab", "Tab")
    hands.type("Christmas")
    for _step in range(2):
        hands.press("Ctrl+Return")
        nurse.wait(page.preview.save_button.isVisible)
    nurse.settle()


def study_page(nurse: Nurse) -> StudyPage:
    """Return the page Study when its form of closed days has the keyboard."""
    page = nurse.window.page("study")
    assert isinstance(page, StudyPage)
    nurse.come_to_the_front()
    nurse.settle()
    nurse.wait(lambda: page.closed_days.box.form is not None and page.closed_days.box.form.has_keyboard("on"))
    return page


# 8 Reached by telephone, withdrawn, died, lost


def end_by_mouse(nurse: Nurse, hands: Hands) -> None:
    """When a line is gone the next one is chosen, so that nothing has to be clicked there."""
    event(nurse, hands, "Withdrawal from the whole study…")
    hands.type("moves abroad")
    save(nurse, hands)
    step(nurse, hands, CALLED, "SP-N01#6")
    answer(nurse, hands, "reached")
    save(nurse, hands)
    for code, kind, said in ENDS:
        nurse.wait_for_visit(code, CYCLE)
        event(nurse, hands, kind)
        hands.type(said)
        save(nurse, hands)


def end_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("e", "w")
    nurse.dialog()
    hands.type("moves abroad")
    enter(nurse, hands)
    hands.press("Return")
    nurse.dialog()
    hands.press("y")
    enter(nurse, hands)
    for code, kind, said in ENDS:
        nurse.wait_for_visit(code, CYCLE)
        hands.press("e", {"Death…": "h"}.get(kind, "l"))
        nurse.dialog()
        hands.type(said)
        enter(nurse, hands)


# 9 The sheets of the next open day, and the list of the week


def print_by_mouse(nurse: Nurse, hands: Hands) -> None:
    for what, days in (("Print the sheets of a day…", "The next open day"), ("Print list of visits…", WEEK)):
        bar = nurse.window.menuBar()
        menu = next(one for one in bar.actions() if one.text().replace("&", "") == "File")
        hands.click(bar, bar.actionGeometry(menu).center())
        hands.click_action(menu.menu(), what)
        dialog = print_dialog(nurse)
        assert dialog.days_bar is not None
        hands.choose(dialog.days_bar.days, days)
        laid_out(nurse, dialog, days)
        hands.save_file(partial(hands.click, dialog.save_button), by_mouse=True)
        saved(nurse)


def print_by_keys(nurse: Nurse, hands: Hands) -> None:
    for what, down, days in (("Ctrl+Shift+D", 1, "The next open day"), ("Ctrl+Shift+P", 2, WEEK)):
        hands.press(what)
        dialog = print_dialog(nurse)
        hands.press("Alt+D", *["Down"] * down)
        laid_out(nurse, dialog, days)
        hands.save_file(lambda: hands.press("Alt+P"), by_mouse=False)
        saved(nurse)


def laid_out(nurse: Nurse, dialog: PrintDialog, days: str) -> None:
    """Wait for the pages of other days."""
    assert dialog.days_bar is not None
    assert dialog.days_bar.days.currentText().startswith(days)
    nurse.wait(lambda: dialog.printout is None)
    nurse.wait(lambda: dialog.printout is not None)


# 10 Every CT, every EQ-5D that is due, the deviations


def find_by_mouse(nurse: Nurse, hands: Hands) -> None:
    hands.click(nurse.window.side_bar.buttons["calendar"])
    page = calendar(nurse)
    nurse.settle()
    hands.click(page.head.views["list"])
    hands.click(page.search)
    hands.type("CT")
    found(nurse, "CT", ("LI-004", "SP-S02"))
    hands.click(page.search.findChildren(QToolButton)[0])
    hands.type("EQ-5D")
    found(nurse, "EQ-5D", ("LI-004", "SP-S08"))
    hands.click(nurse.window.side_bar.buttons["monitor"])
    nurse.settle()
    assert nurse.monitor.isVisible()


def find_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("Alt+3")
    nurse.settle()
    hands.press("l", "Ctrl+F")
    hands.type("CT")
    found(nurse, "CT", ("LI-004", "SP-S02"))
    hands.press("Ctrl+F")
    hands.type("EQ-5D")
    found(nurse, "EQ-5D", ("LI-004", "SP-S08"))
    hands.press("Alt+4")
    nurse.settle()
    assert nurse.monitor.isVisible()


def calendar(nurse: Nurse) -> CalendarPage:
    """Return the page Calendar."""
    page = nurse.window.page("calendar")
    assert isinstance(page, CalendarPage)
    return page


def found(nurse: Nurse, text: str, line: tuple[str, str]) -> None:
    """Wait until the list of visits has only lines with a text, that one among them."""
    page = calendar(nurse)

    def is_found() -> bool:
        model = page.list.model()
        assert isinstance(model, VisitListModel)
        rows = model.rows
        named = [(row.participant, row.entry.key) for row in rows]
        said = [f"{visit_name(row.entry)} {row.entry.visit.activities}" for row in rows]
        return line in named and all(text in one for one in said)

    nurse.wait(is_found)


# 11 An adverse event, an unscheduled visit, a note


def tell_by_mouse(nurse: Nurse, hands: Hands) -> None:
    event(nurse, hands, "Adverse event…")
    hands.type("Nausea")
    answer(nurse, hands, "grade")
    hands.type("2")
    answer(nurse, hands, "on")
    hands.type("14 feb")
    hands.click(buttons(nurse.dialog())["No"])
    save(nurse, hands)
    event(nurse, hands, "Unscheduled visit…")
    hands.type("t")
    answer(nurse, hands, "reason")
    hands.type("fever")
    save(nurse, hands)
    hands.pick(buttons(nurse.today.inspector)["More"], "Note…")
    nurse.dialog()
    hands.type("came with her daughter")
    save(nurse, hands)


def tell_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("e", "v")
    nurse.dialog()
    hands.type("Nausea")
    hands.press("Return")
    hands.type("2")
    hands.press("Return")
    hands.type("14 feb")
    hands.press("Return", "n")
    enter(nurse, hands)
    hands.press("e", "u")
    nurse.dialog()
    hands.type("t")
    hands.press("Return")
    hands.type("fever")
    enter(nurse, hands)
    hands.press("n")
    nurse.dialog()
    hands.type("came with her daughter")
    hands.press("Ctrl+Return")
    saved(nurse)


# 12 A visit recorded and another one booked


def both_by_mouse(nurse: Nurse, hands: Hands) -> None:
    step(nurse, hands, "LI-001", CYCLE)
    save(nurse, hands)
    step(nurse, hands, "LI-001", PUMP)
    picker = nurse.dialog().picker
    assert picker is not None
    nurse.wait(lambda: bool(picker.known_days()))
    # The layout has made room for what is said of the days.
    nurse.settle()
    hands.click_row(picker.grid, picker.grid.day_model.index_of(TODAY + timedelta(2)))
    hands.type("1400")
    save(nurse, hands)


def both_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("Return")
    enter(nurse, hands)
    assert hands.count == 2, "half of the four keys that a record took in the window of old"
    go_down(nurse, hands, "LI-001", PUMP)
    hands.press("Return")
    picker = nurse.dialog().picker
    assert picker is not None
    nurse.wait(lambda: bool(picker.known_days()))
    # The layout has made room for what is said of the days.
    nurse.settle()
    hands.press("Return")
    hands.type("1400")
    enter(nurse, hands)
