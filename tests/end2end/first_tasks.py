"""The first six tasks, each by mouse and by keyboard alone."""

from app.ui.dialogs.change.mend_dialog import MendDialog
from app.ui.dialogs.impact.table_model import ALONG
from app.ui.pages.enrolment.page import EnrolmentPage
from app.ui.pages.participant.events_tab import EventsTab
from tests.end2end import task_ward
from tests.end2end.hands import Hands
from tests.end2end.task_tools import answer, choose, choose_in, enter, event, field, save, save_pdf, step
from tests.end2end.task_ward import CYCLE
from tests.ui.nurse import Nurse, buttons

OLD_VISIT = "cycle 2 day 1"
SICK = "LI-009"
THURSDAY, PUMP = task_ward.THURSDAY, "SP-C03#3.3"


# 1 A first study, a first participant, and her calendar on paper


def begin_by_mouse(nurse: Nurse, hands: Hands) -> None:
    start = nurse.window.start
    hands.click(start.name)
    hands.type("ScanPan, ward 3")
    hands.click(start.make_button)
    nurse.wait(lambda: nurse.session.view is not None)
    hands.click(nurse.window.side_bar.buttons["enrol"])
    page = enrolment(nurse)
    choose_in(hands, page.form, "protocol", "ScanPan")
    nurse.wait(lambda: page.form is not None and page.form.asks("regimen"))
    nurse.settle()
    hands.click(field(page.form, "code"))
    hands.type("LI-001")
    hands.click(field(page.form, "country"))
    hands.type("SE")
    choose_in(hands, page.form, "regimen", "mFOLFIRINOX")
    for _step in range(3):
        hands.click(page.foot.next_button)
    nurse.wait(page.foot.print_button.isVisible)
    hands.click(page.foot.print_button)
    save_pdf(nurse, hands, by_mouse=True)
    hands.click(buttons(nurse.participant.inspector)["Print sheet…"])
    save_pdf(nurse, hands, by_mouse=True)


def begin_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("Tab")
    hands.type("ScanPan, ward 3")
    hands.press("Return")
    nurse.wait(lambda: nurse.session.view is not None)
    nurse.settle()
    hands.press("Ctrl+E")
    page = enrolment(nurse)
    hands.press("s")
    nurse.wait(lambda: page.form is not None and page.form.asks("regimen"))
    nurse.settle()
    hands.press("Tab")
    hands.type("LI-001")
    hands.press("Tab", "Tab")
    hands.type("SE")
    hands.press("Tab", "m")
    for _step in range(4):
        hands.press("Ctrl+Return")
    save_pdf(nurse, hands, by_mouse=False)
    hands.press("Ctrl+P")
    save_pdf(nurse, hands, by_mouse=False)


def enrolment(nurse: Nurse) -> EnrolmentPage:
    """Return the page for a new participant when its form has the keyboard."""
    page = nurse.window.page("enrol")
    assert isinstance(page, EnrolmentPage)
    nurse.wait(lambda: page.form is not None and page.form.has_keyboard("protocol"))
    return page


# 2 Three records of a morning


def record_by_mouse(nurse: Nurse, hands: Hands) -> None:
    for code in task_ward.PEOPLE:
        step(nurse, hands, code, CYCLE)
        save(nurse, hands)


def record_by_keys(nurse: Nurse, hands: Hands) -> None:
    for _code in task_ward.PEOPLE:
        hands.press("Return")
        enter(nurse, hands)


# 3 A cycle a week later, without the visits after it; taken back and done again


def postpone_by_mouse(nurse: Nurse, hands: Hands) -> None:
    inspector = buttons(nurse.today.inspector)
    hands.click(inspector["A week later…"])
    nurse.dialog()
    hands.type("no chair free")
    table = nurse.dialog().frame.impact.table
    held = next(row for row, one in enumerate(table.changes.rows) if one.key == PUMP)
    hands.click_row(table, table.changes.index(held, ALONG))
    save(nurse, hands)
    hands.click(nurse.window.status_bar.undo_button)
    nurse.settle()
    hands.click(nurse.window.status_bar.redo_button)
    nurse.settle()


def postpone_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("w")
    nurse.dialog()
    hands.type("no chair free")
    nurse.dialog()
    hands.press("Alt+H")
    enter(nurse, hands)
    hands.press("Ctrl+Z")
    nurse.settle()
    hands.press("Ctrl+Y")
    nurse.settle()


# 4 A CT is booked again, for Thursday at 10:20


def rebook_by_mouse(nurse: Nurse, hands: Hands) -> None:
    step(nurse, hands, "LI-004", "SP-S02")
    picker = nurse.dialog().picker
    assert picker is not None
    nurse.wait(lambda: bool(picker.known_days()))
    # The layout has made room for what is said of the days.
    nurse.settle()
    hands.click_row(picker.grid, picker.grid.day_model.index_of(THURSDAY))
    hands.type("1020")
    save(nurse, hands)


def rebook_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("Return")
    picker = nurse.dialog().picker
    assert picker is not None
    nurse.wait(lambda: bool(picker.known_days()))
    hands.type("thu")
    hands.press("Tab")
    hands.type("1020")
    enter(nurse, hands)


# 5 From the decision for surgery to a complication


def surgery_by_mouse(nurse: Nurse, hands: Hands) -> None:
    step(nurse, hands, SICK, "SP-R04")
    outcomes = nurse.dialog().form.outcomes
    assert outcomes is not None
    hands.click(outcomes.buttons["surgery"])
    save(nurse, hands)
    event(nurse, hands, "Operation…")
    answer(nurse, hands, "on")
    hands.type("8 feb")
    choose(nurse, hands, "pancreas", "Distal pancreatectomy")
    choose(nurse, hands, "liver", "Resection")
    save(nurse, hands)
    event(nurse, hands, "Complication…")
    hands.type("12 feb")
    answer(nurse, hands, "what")
    hands.type("bile leak")
    choose(nurse, hands, "grade", "II")
    save(nurse, hands)


def surgery_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("Return")
    nurse.dialog()
    hands.press("Space")
    enter(nurse, hands)
    hands.press("e", "o")
    nurse.dialog()
    hands.press("Shift+Tab")
    hands.type("8 feb")
    hands.press("Return", "d", "Return", "r")
    enter(nurse, hands)
    hands.press("e", "m")
    nurse.dialog()
    hands.type("12 feb")
    hands.press("Return")
    hands.type("bile leak")
    hands.press("Return", "Down", "Down")
    enter(nurse, hands)


# 6 The day of an old visit is corrected


def mend_by_mouse(nurse: Nurse, hands: Hands) -> None:
    hands.click(buttons(nurse.today.inspector)["Open"])
    page = nurse.participant
    nurse.wait(lambda: page.view is not None)
    nurse.settle()
    tabs = page.tabs
    hands.click(tabs, tabs.tabRect(1).center())
    tab = events_tab(nurse)
    hands.click(tab.search)
    hands.type(OLD_VISIT)
    hands.click_row(tab.table, tab.model.index(1, 0))
    hands.click(buttons(tab.detail)["Correct…"])
    nurse.dialog()
    hands.type("2 feb 2027")
    dialog = nurse.dialog()
    assert isinstance(dialog, MendDialog)
    hands.click(dialog.why.editor.line)
    hands.type("slip of the pen")
    save(nurse, hands)


def mend_by_keys(nurse: Nurse, hands: Hands) -> None:
    hands.press("o")
    nurse.wait(lambda: nurse.participant.view is not None)
    nurse.settle()
    hands.press("Ctrl+PgDown")
    events_tab(nurse)
    hands.press("Ctrl+F")
    hands.type(OLD_VISIT)
    hands.press("Return", "c")
    nurse.dialog()
    hands.type("2 feb 2027")
    nurse.dialog()
    hands.press("Return")
    hands.type("slip of the pen")
    enter(nurse, hands)


def events_tab(nurse: Nurse) -> EventsTab:
    """Return the tab of the events when it is shown."""
    page = nurse.participant
    nurse.wait(lambda: page.events_tab is not None and page.events_tab.isVisible() and page.events_tab.count > 0)
    assert page.events_tab is not None
    return page.events_tab
