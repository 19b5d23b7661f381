"""Working in Today's list: its keys, its buttons, what is shown beside it, and the remedies there."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.domain.records import NewFact
from app.services import changes, study_printing
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.widgets.buttons import Button
from tests.ui.window.nurse import Key, Nurse, buttons, texts
from tests.ui.window.stories import HOSTILE, NOTE, TODAY

CHOSEN = ("LI-001", "SP-C02#3")


def test_the_arrows_walk_over_the_headings(nurse: Nurse) -> None:
    nurse.choose("LI-003", "SP-C04#1.1")
    walked = []
    for _step in range(3):
        nurse.press(Key.Key_Down)
        walked.append(nurse.window.selection())
    assert [one for one in walked if one is not None][:1] == [CHOSEN]
    nurse.press(Key.Key_Up)
    nurse.press(Key.Key_Up)
    nurse.press(Key.Key_Up)
    assert nurse.window.selection() == ("LI-003", "SP-C04#1.1")


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (Key.Key_Return, "performed"),
        (Key.Key_Enter, "performed"),
        (Key.Key_Space, "performed"),
        (Key.Key_R, "booked"),
        (Key.Key_B, "booked"),
        (Key.Key_M, "moved"),
        (Key.Key_N, "note"),
    ],
)
def test_a_key_opens_the_dialog_of_its_change(nurse: Nurse, key: Qt.Key, kind: str) -> None:
    nurse.choose(*CHOSEN)
    nurse.press(key)
    dialog = nurse.dialog()
    assert (dialog.kind, dialog.look.code, dialog.visit) == (kind, *CHOSEN)
    head = len(nurse.facts())
    nurse.leave(dialog)
    assert len(nurse.facts()) == head


@pytest.mark.parametrize(
    ("code", "visit", "kind"),
    [
        ("LI-002", "SP-C03#1.15", "performed"),
        ("LI-006", "SP-C02#2", "booked"),
        ("LI-006", "SP-C04#2.1", "booked"),
        ("LI-004", "SP-P04", "booked"),
    ],
)
def test_enter_and_the_button_of_the_line_do_the_same_next_step(
    nurse: Nurse, code: str, visit: str, kind: str
) -> None:
    nurse.choose(code, visit)
    nurse.press(Key.Key_Return)
    by_key = nurse.dialog()
    assert (by_key.kind, by_key.look.code, by_key.visit) == (kind, code, visit)
    nurse.leave(by_key)
    nurse.click_step(code, visit)
    by_mouse = nurse.dialog()
    assert (by_mouse.kind, by_mouse.look.code, by_mouse.visit) == (kind, code, visit)
    nurse.leave(by_mouse)


def test_p_shows_the_sheet_and_o_opens_the_participant(nurse: Nurse) -> None:
    nurse.choose(*CHOSEN)
    nurse.press(Key.Key_P)
    nurse.qtbot.waitUntil(lambda: bool(nurse.window.findChildren(PrintDialog)))
    printing = nurse.window.findChildren(PrintDialog)[0]
    nurse.qtbot.waitUntil(lambda: printing.printout is not None)
    assert printing.printout is not None
    assert printing.printout.fact.fields["visits"] == ["SP-C02#3"]
    nurse.leave(printing)
    assert nurse.facts("printed") == []
    nurse.today.list.setFocus()
    nurse.press(Key.Key_O)
    nurse.qtbot.waitUntil(lambda: nurse.participant.look is not None)
    assert nurse.window.stack.currentWidget() is nurse.participant
    assert nurse.window.selection() == CHOSEN


def test_a_double_click_opens_the_participant(nurse: Nurse) -> None:
    nurse.choose(*CHOSEN)
    at = nurse.today.list.visualRect(nurse.model.index_of(*CHOSEN)).center()
    QTest.mouseDClick(nurse.today.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    nurse.qtbot.waitUntil(lambda: nurse.participant.look is not None)
    assert nurse.window.selection() == CHOSEN


def test_a_click_beside_the_button_only_chooses(nurse: Nurse) -> None:
    at = nurse.today.list.visualRect(nurse.model.index_of("LI-004", "SP-C02#6")).center()
    QTest.mouseClick(nurse.today.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    nurse.wait_for_visit("LI-004", "SP-C02#6")
    assert nurse.no_dialog()


def test_a_click_that_began_on_another_line_does_nothing(nurse: Nurse) -> None:
    view, model = nurse.today.list, nurse.model
    nurse.choose(*CHOSEN)
    first = view.visualRect(model.index_of("LI-003", "SP-C01").siblingAtColumn(5)).center()
    other = view.visualRect(model.index_of("LI-004", "SP-C02#6").siblingAtColumn(5)).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=other)
    nurse.settle()
    assert nurse.no_dialog()


def test_letters_are_letters_in_the_box(nurse: Nurse) -> None:
    nurse.type_in(nurse.today.search, "rbmpno ")
    nurse.settle()
    assert nurse.today.search.text() == "rbmpno "
    assert nurse.no_dialog()
    assert nurse.window.stack.currentWidget() is nurse.today


# Beside the list


def test_the_chosen_visit_beside_the_list(nurse: Nurse) -> None:
    nurse.choose(*CHOSEN)
    said = texts(nurse.today.inspector)
    assert said[:4] == ["LI-001", said[1], "Preoperative cycle 3 day 1", "due, booked"]
    assert said[1].startswith("ScanPan · ")
    dates = dict(zip(said[4:14:2], said[5:14:2], strict=True))
    assert dates == {
        "Target": "Monday 15 February 2027",
        "Window": "Mon 15 – Thu 18 Feb 2027",
        "Proposed": "Monday 15 February 2027",
        "Booked": "Mon 15 Feb 2027, 09:30",
        "Performed": "not yet",
    }
    assert "14 days after Preoperative cycle 2 day 1 (Mon 1 Feb 2027)." in said
    assert said[said.index("Activities") + 1] == "☐ Weight"
    history = said[said.index("History") + 1 :]
    assert history == ["Booked SP-C02#3 for Mon 15 Feb 2027, 09:30", "nurse on WARD-3, Fri 12 Feb 2027, 09:00"]
    offered = ["Record…", "Rebook…", "Move…", "Print sheet…", "More"]
    assert list(buttons(nurse.today.inspector)) == ["Open", *offered]


def test_a_moved_visit_has_its_sixth_date(nurse: Nurse) -> None:
    nurse.choose("LI-005", "SP-C02#2")
    said = texts(nurse.today.inspector)
    assert said[said.index("Moved") + 1] == "Monday 22 February 2027"
    assert said[said.index("Booked") + 1] == "not booked"


def test_more_holds_what_is_rarer_and_each_opens_its_dialog(nurse: Nurse) -> None:
    nurse.choose(*CHOSEN)
    more = buttons(nurse.today.inspector)["More"]
    assert isinstance(more, Button)
    menu = more.menu()
    assert isinstance(menu, QMenu)
    said = [action.text() for action in menu.actions()]
    assert said == [
        "Treatment given…", "Omit the dose…", "Missed…", "Cancel the booking…", "Specimen…", "Questionnaire…", "Note…",
    ]  # fmt: skip
    menu.actions()[3].trigger()
    dialog = nurse.dialog()
    assert (dialog.kind, dialog.visit) == ("booking_cancelled", "SP-C02#3")
    nurse.leave(dialog)


def test_notes_stand_beside_the_list_letter_by_letter(nurse: Nurse) -> None:
    change(nurse, HOSTILE, "note", visit="SP-C01", on=TODAY, text=NOTE)
    nurse.choose(HOSTILE, "SP-C01")
    said = texts(nurse.today.inspector)
    assert said[said.index("Notes") + 1] == NOTE


def change(nurse: Nurse, code: str, kind: str, **fields: object) -> None:
    """Record something as another page would."""
    done: list[object] = []
    nurse.desk.change(
        lambda study, _ticket: changes.change(study, code, kind, fields, TODAY), done.append, codes=[code]
    )
    nurse.qtbot.waitUntil(lambda: bool(done))
    nurse.settle()


# Remedies


@pytest.mark.parametrize(
    ("chosen", "text", "button", "kind", "visit"),
    [
        (
            ("LI-006", "SP-C02#2"),
            "Booked outside the window: Wed 17 Feb 2027 is 1 day before it opens.",
            "Choose another day",
            "booked",
            "SP-C02#2",
        ),
        (("LI-005", "SP-C02#2"), "Not ready: ", "Choose a day", "booked", "SP-C04#2.1/2"),
        (("LI-005", "SP-C02#2"), "Moved outside the window: ", "Choose another day", "moved", "SP-C02#2"),
        (
            ("LI-002", "SP-C04#1.15"),
            "Counted from an unrecorded day: record Preoperative cycle 1 day 15 infusion (Mon 1 Feb 2027).",
            "Record it",
            "performed",
            "SP-C03#1.15",
        ),
    ],
)
def test_a_remedy_opens_the_dialog_that_mends_it(
    nurse: Nurse, chosen: tuple[str, str], text: str, button: str, kind: str, visit: str
) -> None:
    nurse.choose(*chosen)
    assert any(one.startswith(text) for one in texts(nurse.today.inspector))
    nurse.click(buttons(nurse.today.inspector)[button])
    dialog = nurse.dialog()
    assert (dialog.kind, dialog.look.code, dialog.visit) == (kind, chosen[0], visit)
    nurse.leave(dialog)


def test_bloods_that_are_too_old_lead_to_their_repeat(nurse: Nurse) -> None:
    page = nurse.open_participant("LI-005", "SP-C04#2.1")
    nurse.qtbot.waitUntil(lambda: page.selected == "SP-C04#2.1")
    assert any(one.startswith("Outdated: done on Fri 12 Feb 2027") for one in texts(page.inspector))
    nurse.click(buttons(page.inspector)["Choose a day"])
    dialog = nurse.dialog()
    assert (dialog.kind, dialog.visit) == ("booked", "SP-C04#2.1/2")
    nurse.leave(dialog)


def test_a_decision_that_is_not_recorded_is_asked_for(nurse: Nurse) -> None:
    page = nurse.open_participant("LI-004", "SP-R01")
    nurse.qtbot.waitUntil(lambda: page.selected == "SP-R01")
    assert "Held, but what was decided is not recorded." in texts(page.inspector)
    nurse.click(buttons(page.inspector)["Decide…"])
    dialog = nurse.dialog()
    assert (dialog.kind, dialog.visit) == ("decided", "SP-R01")
    nurse.leave(dialog)


def test_a_sheet_printed_before_the_day_changed_is_said_to_be_outdated(nurse: Nurse) -> None:
    notice = "The printed sheet is outdated: the visit's day or window is another since."
    printed: list[object] = []

    def keep(study: object, _ticket: object) -> None:
        pages = study_printing.sheets(study, "LI-001", ["SP-C02#3"], TODAY)  # type: ignore[arg-type]
        assert isinstance(pages.fact, NewFact)
        study_printing.keep_print(study, pages, TODAY)  # type: ignore[arg-type]

    nurse.desk.change(keep, lambda _none: printed.append(1), codes=["LI-001"])
    nurse.qtbot.waitUntil(lambda: bool(printed))
    nurse.choose(*CHOSEN)
    nurse.settle()
    assert notice not in texts(nurse.today.inspector)
    change(nurse, "LI-001", "booked", visit="SP-C02#3", on=date(2027, 2, 16), at="09:30")
    nurse.qtbot.waitUntil(lambda: notice in texts(nurse.today.inspector))
    nurse.click(buttons(nurse.today.inspector)["Print again"])
    nurse.qtbot.waitUntil(lambda: bool(nurse.window.findChildren(PrintDialog)))
    nurse.leave(nurse.window.findChildren(PrintDialog)[0])


def test_a_change_keeps_the_chosen_line_and_the_focus(nurse: Nurse) -> None:
    nurse.choose("LI-004", "SP-C02#6")
    focused = QApplication.focusWidget()
    change(nurse, "LI-001", "performed", visit="SP-C02#3", on=TODAY)
    nurse.qtbot.waitUntil(lambda: not nurse.is_listed(*CHOSEN))
    assert nurse.window.selection() == ("LI-004", "SP-C02#6")
    assert QApplication.focusWidget() is focused


def test_when_the_chosen_line_is_done_the_first_one_is_chosen(nurse: Nurse) -> None:
    nurse.choose(*CHOSEN)
    change(nurse, "LI-001", "performed", visit="SP-C02#3", on=TODAY)
    nurse.qtbot.waitUntil(lambda: not nurse.is_listed(*CHOSEN))
    nurse.wait_for_visit("LI-002", "SP-C04#1.15")
