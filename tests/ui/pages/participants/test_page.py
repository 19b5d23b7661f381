"""Every participant in a list: narrowed by typing, opened by Enter, and an empty study that says how to begin."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.ui.pages.participants.page import ParticipantsPage
from app.ui.pages.participants.people_model import COLUMNS, PeopleModel
from app.ui.pages.today.page import TodayPage
from tests.ui.nurse import Key, Nurse, buttons, texts
from tests.ui.stories import HOSTILE

EVERYBODY = [HOSTILE, "CJ-001", *(f"LI-00{n}" for n in (1, 2, 3, 4, 5, 6, 8)), "LI-020"]


def people(nurse: Nurse) -> PeopleModel:
    model = nurse.people.list.model()
    assert isinstance(model, PeopleModel)
    return model


def codes(nurse: Nurse) -> list[str]:
    return [one.row.code for one in people(nurse).rows]


def line(nurse: Nurse, code: str) -> dict[str, str]:
    """What is said of somebody, by column; without what is empty."""
    row = codes(nurse).index(code)
    cells = {name: str(people(nurse).index(row, column).data()) for column, name in enumerate(COLUMNS)}
    return {name: text for name, text in cells.items() if text}


@pytest.fixture
def listed(reader: Nurse) -> Nurse:
    """The list of everybody."""
    reader.people.search.clear()
    reader.go("participants")
    reader.wait(lambda: len(codes(reader)) == len(EVERYBODY))
    return reader


def test_nobody_is_said_to_be_missing_before_anybody_was_read(reader: Nurse) -> None:
    page = ParticipantsPage(reader.session)
    page.search.setText("LI-001")
    assert (page._nobody.text(), page._count.text()) == ("", "")
    page.refresh()
    reader.wait(lambda: [one.row.code for one in page._model.rows] == ["LI-001"])
    page.search.setText("LI-999")
    assert "LI-999" in page._nobody.text()


def test_everybody_is_there_with_what_tells_them_apart(listed: Nurse) -> None:
    assert codes(listed) == EVERYBODY
    assert line(listed, "LI-001") == {
        "code": "LI-001", "phase": "Preoperative chemotherapy", "day": "Mon 15 Feb, 09:30",
        "visit": "Preoperative cycle 3 day 1", "notices": "1", "protocol": "ScanPan", "regimen": "mFOLFIRINOX",
        "enrolled": "Mon 11 Jan 2027",
    }  # fmt: skip
    assert line(listed, "LI-008")["phase"] == "Withdrawn"
    assert "10 participants" in texts(listed.people)
    # Nobody has a centre, so the list has no room for it.
    assert listed.people.list.isColumnHidden(COLUMNS.index("centre"))


def test_who_was_only_screened_is_there_without_a_day(listed: Nurse) -> None:
    assert line(listed, "LI-020") == {"code": "LI-020", "phase": "Screened", "protocol": "ScanPan"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("li-00", [f"LI-00{n}" for n in (1, 2, 3, 4, 5, 6, 8)]),
        ("withdrawn", ["LI-008"]),
        ("SCREENED", ["LI-020"]),
        ("<b>R&D", [HOSTILE]),
        ("li8", ["LI-008"]),
        # Each word in some column: CJ-001 has its next visit in February, and an 8 in the name of its protocol.
        (" 8 feb 2027 ", [HOSTILE, "CJ-001", "LI-003"]),
    ],
)
def test_typing_narrows_by_what_stands_in_a_line(listed: Nurse, typed: str, found: list[str]) -> None:
    listed.type_in(listed.people.search, typed)
    assert codes(listed) == found
    said = "1 participant" if len(found) == 1 else f"{len(found)} participants"
    assert said in texts(listed.people)


def test_nobody_fits(listed: Nurse) -> None:
    listed.type_in(listed.people.search, "<i>nobody</i>")
    assert codes(listed) == []
    assert not listed.people.list.isVisible()
    assert (
        "Nobody's code, phase, visit, protocol, regimen or centre has “<i>nobody</i>”. Empty the box to see all."
        in texts(listed.people)
    )
    listed.people.search.clear()
    assert listed.people.list.isVisible()


def test_the_keyboard_begins_in_the_box_and_enter_opens_the_first(listed: Nurse) -> None:
    assert listed.window.focusWidget() is listed.people.search
    listed.type_in(listed.people.search, "li-003")
    listed.press(Key.Key_Return)
    listed.wait(lambda: listed.participant.view is not None)
    assert listed.window.stack.currentWidget() is listed.participant
    assert listed.participant.code == "LI-003"
    assert listed.window.side_bar.buttons["participants"].isChecked()


def test_enter_in_the_list_opens_the_chosen_one(listed: Nurse) -> None:
    listed.people.list.setFocus()
    listed.people.list.selectRow(EVERYBODY.index("LI-005"))
    listed.press(Key.Key_Return)
    listed.wait(lambda: listed.participant.view is not None and listed.participant.view.code == "LI-005")


def test_a_double_click_opens(listed: Nurse) -> None:
    view = listed.people.list
    at = view.visualRect(people(listed).index(EVERYBODY.index("LI-002"), 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    listed.wait(lambda: listed.participant.view is not None and listed.participant.view.code == "LI-002")


def test_who_was_only_screened_has_no_calendar_and_is_led_to_be_enrolled(listed: Nurse) -> None:
    listed.type_in(listed.people.search, "LI-020")
    listed.press(Key.Key_Return)
    listed.settle()
    page = listed.window.stack.currentWidget()
    assert page is listed.window.page("enrol")
    assert "LI-020" in [one.text() for one in page.findChildren(QLineEdit)]
    assert listed.no_dialog()


def test_the_chosen_one_stays_chosen_after_a_change(listed: Nurse) -> None:
    listed.people.list.selectRow(EVERYBODY.index("LI-005"))
    listed.people.refresh()
    listed.settle()
    assert listed.people.list.currentIndex().row() == EVERYBODY.index("LI-005")


def test_enrol_leads_to_its_page(listed: Nurse) -> None:
    listed.click(buttons(listed.people)["New participant…"])
    listed.settle()
    assert listed.window.stack.currentWidget() is listed.window.page("enrol")
    assert not isinstance(listed.window.stack.currentWidget(), TodayPage)


def test_a_study_with_nobody_in_it(empty_nurse: Nurse) -> None:
    empty_nurse.go("participants")
    empty_nurse.wait(
        lambda: "Nobody is here yet. “New participant…” lays out the first one's calendar." in texts(empty_nurse.people)
    )
    assert not empty_nurse.people.list.isVisible()
    assert empty_nurse.window.side_bar.buttons["participants"].count == "0"


def test_a_head_sorts_and_a_phase_narrows(listed: Nurse) -> None:
    header, page = listed.people.list.horizontalHeader(), listed.people
    header.setSortIndicator(COLUMNS.index("day"), Qt.SortOrder.AscendingOrder)
    days = [one.sorted_by["day"] for one in people(listed).rows if one.texts["day"]]
    assert days == sorted(days, key=str)
    # Who has no day comes last, whichever way.
    header.setSortIndicator(COLUMNS.index("day"), Qt.SortOrder.DescendingOrder)
    assert not people(listed).rows[-1].texts["day"]
    header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert codes(listed) == EVERYBODY
    chips = {button.text(): button for button, _phase in page._chips}
    assert [text for text in chips if text.startswith(("All", "In screening", "Withdrawn"))] == [
        "All 10", "In screening 1", "Withdrawn 1",
    ]  # fmt: skip
    listed.click(chips["In screening 1"])
    assert codes(listed) == ["LI-020"]
    assert page.go_on_button.isEnabled()
    assert not page.print_button.isEnabled()
    assert page.chosen_filter().people == ("LI-020",)
    page.show_phase("")
    assert codes(listed) == EVERYBODY


def test_a_letter_asks_for_the_calendar_and_a_contact(listed: Nurse) -> None:
    view, asked = listed.people.list, []
    listed.people.asked.disconnect()
    listed.people.asked.connect(lambda *what: asked.append(what))
    view.setFocus()
    view.choose("LI-005")
    listed.press(Key.Key_P)
    listed.press(Key.Key_K)
    view.choose("LI-020")
    listed.press(Key.Key_P)
    assert asked == [("print_calendar", "LI-005", ""), ("contact", "LI-005", "")]
    listed.people.asked.connect(listed.window.dialogs.open)
