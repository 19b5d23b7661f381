"""Working in Today's list: its keys, its buttons, the inspector next to it, and the remedies there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.domain.calendar.agenda import ReportDue
from app.services.commands import record
from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.dialogs.change.mend_dialog import MendDialog
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.pages.today.agenda_lines import Column
from app.ui.widgets.buttons import Button
from tests.ui.nurse import Key, Nurse, buttons, texts
from tests.ui.stories import HOSTILE, NOTE, TODAY

CHOSEN = ("LI-001", "SP-C02#3")


def test_the_arrows_walk_over_the_headings(reader: Nurse) -> None:
    reader.choose("LI-003", "SP-C04#1.1")
    walked = []
    for _step in range(3):
        reader.press(Key.Key_Down)
        walked.append(reader.window.selection())
    assert [one for one in walked if one is not None][:1] == [CHOSEN]
    reader.press(Key.Key_Up)
    reader.press(Key.Key_Up)
    reader.press(Key.Key_Up)
    assert reader.window.selection() == ("LI-003", "SP-C04#1.1")


def test_every_key_asks_for_its_change(reader: Nurse) -> None:
    reader.choose(*CHOSEN)
    asked: list[tuple[str, str, str]] = []
    reader.today.asked.connect(lambda *what: asked.append((what[0], what[1], what[2])))
    reader.today.asked.disconnect(reader.window.dialogs.open)
    keys = (Key.Key_Return, Key.Key_Enter, Key.Key_Space, Key.Key_R, Key.Key_B, Key.Key_M, Key.Key_N, Key.Key_P)
    for key in keys:
        reader.press(key, reader.today.list)
    reader.today.asked.connect(reader.window.dialogs.open)
    kinds = ["performed", "performed", "performed", "rebooked", "booked", "moved", "note", "print"]
    assert asked == [(kind, *CHOSEN) for kind in kinds]


@pytest.mark.parametrize(("key", "kind"), [(Key.Key_R, "booked"), (Key.Key_M, "moved"), (Key.Key_N, "note")])
def test_a_key_opens_the_dialog_of_its_change(reader: Nurse, key: Qt.Key, kind: str) -> None:
    reader.choose(*CHOSEN)
    reader.press(key)
    dialog = reader.dialog()
    assert (dialog.kind, dialog.view.code, dialog.visit) == (kind, *CHOSEN)
    head = len(reader.facts())
    reader.leave(dialog)
    assert len(reader.facts()) == head


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
    reader: Nurse, code: str, visit: str, kind: str
) -> None:
    reader.choose(code, visit)
    reader.press(Key.Key_Return)
    by_key = reader.dialog()
    assert (by_key.kind, by_key.view.code, by_key.visit) == (kind, code, visit)
    reader.leave(by_key)
    reader.click_step(code, visit)
    by_mouse = reader.dialog()
    assert (by_mouse.kind, by_mouse.view.code, by_mouse.visit) == (kind, code, visit)
    reader.leave(by_mouse)


def test_p_shows_the_sheet_and_o_opens_the_participant(reader: Nurse) -> None:
    reader.choose(*CHOSEN)
    reader.press(Key.Key_P)
    reader.wait(lambda: bool(reader.window.findChildren(PrintDialog)))
    printing = reader.window.findChildren(PrintDialog)[0]
    reader.wait(lambda: printing.printout is not None)
    assert printing.printout is not None
    assert printing.printout.fact.fields["visits"] == ["SP-C02#3"]
    reader.leave(printing)
    assert reader.facts("printed") == []
    reader.today.list.setFocus()
    reader.press(Key.Key_O)
    reader.wait(lambda: reader.participant.view is not None)
    assert reader.window.stack.currentWidget() is reader.participant
    assert reader.window.selection() == CHOSEN


def test_a_double_click_opens_the_participant(reader: Nurse) -> None:
    reader.choose(*CHOSEN)
    at = reader.today.list.visualRect(reader.model.index_of(*CHOSEN)).center()
    QTest.mouseClick(reader.today.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(reader.today.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    reader.wait(lambda: reader.participant.view is not None)
    assert reader.window.selection() == CHOSEN


def test_a_click_next_to_the_button_only_chooses(reader: Nurse) -> None:
    at = reader.today.list.visualRect(reader.model.index_of("LI-004", "SP-C02#6")).center()
    QTest.mouseClick(reader.today.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    reader.wait_for_visit("LI-004", "SP-C02#6")
    assert reader.no_dialog()


def test_a_click_that_began_on_another_line_does_nothing(reader: Nurse) -> None:
    view, model = reader.today.list, reader.model
    reader.choose(*CHOSEN)
    first = view.visualRect(model.index_of("LI-003", "SP-C01").siblingAtColumn(Column.STEP)).center()
    other = view.visualRect(model.index_of("LI-004", "SP-C02#6").siblingAtColumn(Column.STEP)).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=other)
    reader.settle()
    assert reader.no_dialog()


def test_two_clicks_on_the_button_of_a_line_open_one_dialog(reader: Nurse) -> None:
    view = reader.today.list
    at = view.visualRect(reader.model.index_of("LI-004", "SP-C02#6").siblingAtColumn(Column.STEP)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    reader.dialog()
    reader.settle()
    assert len(reader.window.findChildren(ChangeDialog)) == 1
    assert reader.window.stack.currentWidget() is reader.today


def test_two_quick_enters_open_one_dialog(reader: Nurse) -> None:
    reader.choose(*CHOSEN)
    reader.press(Key.Key_Return, reader.today.list)
    reader.press(Key.Key_Return, reader.today.list)
    reader.leave(reader.dialog())
    reader.settle()
    assert reader.no_dialog()
    reader.press(Key.Key_Return, reader.today.list)
    reader.leave(reader.dialog())


def test_letters_are_letters_in_the_box(reader: Nurse) -> None:
    reader.type_in(reader.today.search, "rbmpno ")
    reader.settle()
    assert reader.today.search.text() == "rbmpno "
    assert reader.no_dialog()
    assert reader.window.stack.currentWidget() is reader.today


# Beside the list


def test_the_chosen_visit_is_in_the_inspector(reader: Nurse) -> None:
    reader.choose(*CHOSEN)
    said = texts(reader.today.inspector)
    assert said[:5] == [
        "LI-001", said[1], "Preoperative cycle 3 day 1", "Mon 15 Feb, 09:30", "due, booked, in the window",
    ]  # fmt: skip
    assert said[1].startswith("ScanPan · ")
    assert said[5:9] == ["Window", "Mon 15 – Thu 18 Feb 2027", "Target", "Mon 15 Feb 2027"]
    assert "14 days after Preoperative cycle 2 day 1 (Mon 1 Feb 2027)." in said
    assert said[said.index("Activities") + 1] == "· Weight"
    history = said[said.index("History") + 1 :]
    assert history == [
        "Booked Preoperative cycle 3 day 1 for Mon 15 Feb 2027, 09:30",
        "nurse on WARD-3, Fri 12 Feb 2027, 09:00",
    ]
    offered = ["Mark done…", "Rebook…", "Move…", "A week later…", "Print sheet…", "More"]
    assert list(buttons(reader.today.inspector)) == [
        "Open",
        "Event",
        *offered,
        "Correct…",
        "Take back…",
        "Belongs to another participant…",
    ]


def test_a_day_set_by_hand_leads(reader: Nurse) -> None:
    reader.choose("LI-005", "SP-C02#2")
    said = texts(reader.today.inspector)
    # Its window was 15 to 18 February; the day set by hand leads.
    assert said[3:5] == ["Mon 22 Feb", "due, moved, 4 days after the window"]
    assert "Moved" not in said
    assert "Booked" not in said


def test_more_holds_what_is_rarer_and_each_opens_its_dialog(reader: Nurse) -> None:
    reader.choose(*CHOSEN)
    more = buttons(reader.today.inspector)["More"]
    assert isinstance(more, Button)
    menu = more.menu()
    assert isinstance(menu, QMenu)
    said = [action.text() for action in menu.actions()]
    assert said == [
        "Treatment given…", "Omit the dose…", "Missed…", "Cancel the booking…", "Specimen taken…", "Questionnaire…",
        "Note…",
    ]  # fmt: skip
    menu.actions()[3].trigger()
    dialog = reader.dialog()
    assert (dialog.kind, dialog.visit) == ("booking_cancelled", "SP-C02#3")
    reader.leave(dialog)


def test_notes_are_in_the_inspector_letter_by_letter(nurse: Nurse) -> None:
    change(nurse, HOSTILE, "note", visit="SP-C01", text=NOTE)
    nurse.choose(HOSTILE, "SP-C01")
    said = texts(nurse.today.inspector)
    assert said[said.index("Notes") + 1] == NOTE


def change(nurse: Nurse, code: str, kind: str, **fields: object) -> None:
    """Record something as another page would."""
    nurse.change(lambda study: record.change(study, code, kind, fields, TODAY), code)


def test_a_day_out_of_order_is_listed_until_somebody_has_decided_on_its_class(nurse: Nurse) -> None:
    # Cycle 2 of LI-001 was given on Monday 1 February; cycle 3 on the Sunday before it.
    visit = ("LI-001", "SP-C02#3")
    given = {"visit": visit[1], "on": "2027-01-31"}
    nurse.change(lambda study: record.change(study, visit[0], "performed", given, TODAY, sure=True), visit[0])
    nurse.wait(lambda: nurse.is_listed(*visit) and nurse.cell(*visit, Column.STEP) == "Classify")
    said = ["recorded out of order", "recorded on a closed day"]
    for left in (2, 1):
        assert nurse.cell(*visit, Column.STATE) == "; ".join(reversed(said[:left]))
        nurse.choose(*visit)
        assert "Decide on its class" in buttons(nurse.today.inspector)
        nurse.come_to_the_front()
        nurse.today.list.setFocus()
        nurse.press(Key.Key_Return)
        dialog = nurse.dialog()
        assert (dialog.kind, dialog.visit) == ("deviation_classed", visit[1])
        dialog.form.form.set_fields({"class": "minor", "comment": "typed in late"})
        dialog.save()
        nurse.wait(nurse.no_dialog)
        nurse.settle()
        assert len(nurse.facts("deviation_classed")) == 3 - left
    nurse.wait(lambda: not nurse.is_listed(*visit))
    assert [one.text("deviation") for one in nurse.facts("deviation_classed")] == [
        "performed_closed",
        "performed_before",
    ]


def test_a_change_keeps_the_chosen_line_and_the_focus(nurse: Nurse) -> None:
    nurse.choose("LI-004", "SP-C02#6")
    focused = QApplication.focusWidget()
    change(nurse, "LI-001", "performed", visit="SP-C02#3", on=TODAY)
    nurse.wait(lambda: not nurse.is_listed(*CHOSEN))
    assert nurse.window.selection() == ("LI-004", "SP-C02#6")
    assert QApplication.focusWidget() is focused


def test_when_the_chosen_line_is_done_the_first_one_is_chosen(nurse: Nurse) -> None:
    nurse.choose(*CHOSEN)
    change(nurse, "LI-001", "performed", visit="SP-C02#3", on=TODAY)
    nurse.wait(lambda: not nurse.is_listed(*CHOSEN))
    nurse.wait_for_visit("LI-006", "SP-C02#2")


def test_a_safety_report_is_a_line_until_it_was_sent(nurse: Nurse) -> None:
    given = {"term": "Sepsis", "grade": 4, "on": TODAY, "serious": True, "aware_on": TODAY, "aware_at": "07:45"}
    change(nurse, "LI-001", "adverse_event", **given)

    def reports() -> list[ReportDue]:
        return [line for group in nurse.model.groups for line in group.lines if isinstance(line, ReportDue)]

    nurse.wait(reports)
    group = next(one for one in nurse.model.groups if one.name == "pressing")
    assert group.lines[0] == reports()[0]
    assert nurse.headings()[1] == "Overdue and closing  8"
    index = nurse.model.index(0, 0, nurse.model.index(nurse.model.groups.index(group), 0))
    said = [str(index.siblingAtColumn(column).data()) for column in Column]
    assert said == [
        "LI-001", "Serious event: Sepsis, report", "Tue 16 Feb, 07:45", "within 24 h", "report to send",
        "Sent…",
    ]  # fmt: skip
    nurse.today.list.setFocus()
    nurse.today.list.setCurrentIndex(index)
    nurse.wait(nurse.today.report_card.isVisible)
    assert texts(nurse.today.report_card)[:3] == ["LI-001", "Sepsis", "Tue 16 Feb 2027, 07:45"]
    nurse.click(nurse.today.report_card.sent_button)
    dialog = nurse.dialog()
    event = nurse.facts("adverse_event")[-1].seq
    assert (dialog.kind, dialog.view.code) == ("safety_report", "LI-001")
    dialog.save()
    nurse.wait(nurse.no_dialog)
    nurse.wait(lambda: not reports())
    (sent,) = nurse.facts("safety_report")
    assert (sent.fields["what"], sent.fields["event"], sent.fields["on"]) == ("initial", event, TODAY.isoformat())


def test_what_is_recorded_goes_to_done_today_and_comes_back_with_undo(nurse: Nurse) -> None:
    page, visit = nurse.today, ("LI-003", "SP-S08")
    change(nurse, visit[0], "performed", visit=visit[1], on="2027-02-08")
    change(nurse, CHOSEN[0], "performed", visit=CHOSEN[1], on=TODAY)
    nurse.wait(lambda: "Done today  2" in nurse.headings()[3])
    assert nurse.headings()[3] == "Done today  2 · last: LI-001 Preoperative cycle 3 day 1, 09:00"
    page.list.setFocus()
    page.list.choose_heading("undo")
    heading = page.list.currentIndex()
    assert not page.list.isExpanded(heading)
    nurse.press(Key.Key_Return)
    assert page.list.isExpanded(heading)
    nurse.press(Key.Key_Down)
    nurse.press(Key.Key_Down)
    nurse.wait_for_visit(*visit)
    assert nurse.window.selection() == visit
    # It was not the last, so it is asked for with its preview.
    nurse.press(Key.Key_U)
    dialog = nurse.dialog()
    assert isinstance(dialog, MendDialog)
    assert dialog.takes_back
    dialog.why.editor.set_value("typed at the wrong visit")
    dialog.save()
    nurse.wait(lambda: nurse.is_listed(*visit))
    assert nurse.headings()[3].startswith("Done today  1")
    # The last one is taken back at once, and nothing else is.
    page.list.setFocus()
    page.list.choose_heading("undo")
    at = page.list.heading_button(page.list.currentIndex()).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    nurse.wait(lambda: nurse.is_listed(*CHOSEN))
    assert nurse.headings()[3] == "Done today  0 · nothing was recorded yet"
    assert nurse.no_dialog()


def test_an_undo_that_moves_other_visits_is_previewed(nurse: Nurse) -> None:
    # The dose two days late carries what follows along.
    change(nurse, "LI-001", "performed", visit="SP-C02#3", on=TODAY)
    nurse.wait(lambda: nurse.headings()[3].startswith("Done today  1"))
    before = len(nurse.facts())
    nurse.today.list.setFocus()
    nurse.today.list.choose_heading("undo")
    nurse.press(Key.Key_U)
    nurse.wait(lambda: nurse.is_listed(*CHOSEN))
    assert len(nurse.facts()) == before + 1
    change(nurse, "LI-002", "performed", visit="SP-C03#1.15", on=TODAY)
    nurse.wait(lambda: nurse.headings()[3].startswith("Done today  1"))
    nurse.today.list.setFocus()
    nurse.today.list.choose_heading("undo")
    nurse.press(Key.Key_U)
    dialog = nurse.dialog()
    assert isinstance(dialog, MendDialog)
    assert dialog.frame.impact.table.changes.rows
    nurse.leave(dialog)
