"""Today's list: its groups in their order, what a line says, the filters, and what it says when nothing is left."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from app.ui.pages.today.agenda_delegate import Form
from app.ui.pages.today.agenda_lines import Column
from app.ui.pages.today.agenda_model import Role
from app.ui.style import tokens
from app.ui.widgets.name_lines import needed_width
from tests.ui.nurse import Key, Nurse, texts
from tests.ui.stories import HOSTILE

OVERDUE, TODAY, WEEK, FORTNIGHT = "pressing", "now", "week", "fortnight"
GROUPS = ("rebooking", OVERDUE, TODAY, "done", WEEK, FORTNIGHT, "waiting", "uncertain")


def test_the_groups_in_their_order_with_their_counts(reader: Nurse) -> None:
    assert reader.headings() == [
        "Needs rebooking  1",
        "Overdue and closing  7",
        "Today  5",
        "Done today  0 · nothing was recorded yet",
        "Next 7 days  12",
        "Days 8 to 14  13",
        "Waiting for a date  1",
        "Counted from a day that is not recorded  0 · nothing",
    ]


def test_what_presses_comes_by_days_left(reader: Nurse) -> None:
    # Closed 14, 12, 9 days ago, held without an outcome a week ago;
    # the last day is today for three of them.
    assert reader.rows(OVERDUE) == [
        ("LI-002", "SP-C04#1.15"),
        ("LI-002", "SP-C03#1.15"),
        ("LI-006", "SP-C03#1.3"),
        # held without an outcome
        ("LI-004", "SP-R01"),
        ("LI-002", "SP-C04#2.1"),
        ("LI-003", "SP-S08"),
        ("LI-003", "SP-C04#1.1"),
    ]
    assert [row.days_left for row in reader.lines(OVERDUE)] == [-14, -12, -9, -7, 0, 0, 0]


def test_today_begins_with_who_comes_at_a_time(reader: Nurse) -> None:
    assert reader.rows(TODAY) == [
        ("LI-001", "SP-C02#3"),
        (HOSTILE, "SP-C01"),
        ("LI-002", "SP-C02#2"),
        ("LI-003", "SP-C01"),
        ("LI-004", "SP-C02#6"),
    ]
    assert reader.cell("LI-001", "SP-C02#3", Column.DAY) == "Mon 15 Feb, 09:30"
    assert reader.cell("LI-001", "SP-C02#3", Column.STATE) == "due, booked"


def test_the_days_to_come_have_a_heading_each_with_their_visits_by_time(reader: Nurse) -> None:
    days = [group for group in reader.model.groups if group.name == WEEK and group.within]
    found = [(group.title, group.said, [line.participant for line in group.lines]) for group in days]
    assert found[0] == ("Tue 16 Feb", "1 visit", ["LI-006"])
    assert [title for title, _said, _codes in found] == [
        "Tue 16 Feb", "Wed 17 Feb", "Thu 18 Feb", "Fri 19 Feb", "Mon 22 Feb",
    ]  # fmt: skip
    assert sum(len(codes) for _title, _said, codes in found) == 12
    times = [line.entry.assumed for line in reader.lines(WEEK) if line.entry.assumed is not None]
    assert times == sorted(times)


def test_the_days_to_come_are_by_participant_when_somebody_wants_so_and_that_is_remembered(reader: Nurse) -> None:
    tree = reader.today.list
    tree.setFocus()
    tree.choose_heading("arrange")
    reader.wait(lambda: "Enter: By participant" in texts(reader.today.inspector)[0])
    reader.press(Key.Key_Return)
    assert [group.within for group in reader.model.groups if group.name == WEEK] == [False]
    codes = [code for code, _visit in reader.rows(WEEK)]
    runs = [code for number, code in enumerate(codes) if number == 0 or codes[number - 1] != code]
    assert len(codes) == 12
    assert len(runs) == len(set(runs))
    assert reader.window.preferences.by_participant
    heading = tree.currentIndex()
    assert str(heading.data()) == "Next 7 days  12"
    at = tree.heading_button(heading).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [group.within for group in reader.model.groups if group.name == WEEK][1:]
    assert not reader.window.preferences.by_participant


def test_a_narrow_list_has_two_lines_and_never_loses_the_visit_or_its_day(reader: Nurse) -> None:
    tree = reader.today.list

    def is_laid_out(form: Form) -> bool:
        return tree.form is form

    def is_as_high(form: Form) -> bool:
        number = next(number for number, group in enumerate(reader.model.groups) if group.lines and not group.folds)
        first = reader.model.index(0, 0, reader.model.index(number, 0))
        one, two = tokens.row_height() + tokens.px(4), 2 * QFontMetrics(tokens.font()).height() + tokens.px(12)
        heading = tree.visualRect(first.parent().siblingAtColumn(0)).height()
        return (tree.visualRect(first).height(), heading) == (one if form is Form.COLUMNS else two, one)

    for width, size, form, hidden in (
        (1366, 1.0, Form.COLUMNS, []),
        (1024, 1.0, Form.TWO_LINES, [Column.DAY, Column.WINDOW, Column.STATE]),
        (1024, 1.5, Form.NARROW, [Column.DAY, Column.WINDOW, Column.STATE]),
    ):
        reader.window.set_look("light", size)
        reader.window.resize(width, 600)
        reader.wait(partial(is_laid_out, form))
        reader.wait(partial(is_as_high, form))
        assert [column for column in Column if tree.isColumnHidden(column)] == hidden
        name = reader.cell("LI-002", "SP-C04#1.15", Column.VISIT)
        room = tree.columnWidth(Column.VISIT) - tokens.px(12)
        # One of the codes is long, and none is cut: the name gives way to its short form, which says the same.
        assert needed_width(name, QFontMetrics(tokens.font())) <= room
        codes = {line.participant for group in reader.model.groups for line in group.lines}
        if form is not Form.NARROW:
            around = tree.columnWidth(Column.CODE) - tokens.px(17)
            assert max(map(QFontMetrics(tokens.font(strong=True)).horizontalAdvance, codes)) <= around
    reader.window.set_look("light", 1.0)
    reader.window.resize(1366, 768)
    reader.wait(partial(is_laid_out, Form.COLUMNS))
    # The mark of a status and its gaps take 31 pixels, and a text is cut where it has no pixel to spare.
    state = tree.columnWidth(Column.STATE) - 32
    assert QFontMetrics(tokens.font()).horizontalAdvance("closed 35 days ago") <= state


def test_in_a_wide_window_the_day_stays_near_the_name(reader: Nurse) -> None:
    tree = reader.today.list
    reader.window.resize(1920, 1080)
    reader.wait(lambda: tree.viewport().width() > 1300)
    assert tree.columnWidth(Column.VISIT) <= tokens.px(364)
    assert sum(tree.columnWidth(column) for column in Column) == tree.viewport().width()
    reader.window.resize(1366, 768)
    reader.wait(lambda: tree.viewport().width() < 1000)


def test_a_week_ends_on_its_seventh_day(reader: Nurse) -> None:
    """Monday in a week belongs to the next seven days, the Wednesday after it does not."""
    assert ("LI-002", "SP-C03#2.8") in reader.rows(WEEK)
    assert reader.cell("LI-002", "SP-C03#2.8", Column.DAY) == "Mon 22 Feb"
    assert ("CJ-001", "CJ-C04#1.15") in reader.rows(FORTNIGHT)
    assert reader.cell("CJ-001", "CJ-C04#1.15", Column.DAY) == "Wed 24 Feb"
    # The fourteenth day is in, the sixteenth is not.
    assert reader.cell("LI-001", "SP-C02#4", Column.DAY) == "Mon 1 Mar"
    assert not reader.is_listed("LI-006", "SP-C02#3")


def test_who_withdrew_and_who_was_only_screened_have_no_line(reader: Nurse) -> None:
    listed = {code for group in GROUPS for code, _visit in reader.rows(group)}
    assert listed == {"LI-001", "LI-002", "LI-003", "LI-004", "LI-005", "LI-006", "CJ-001", HOSTILE}


@pytest.mark.parametrize(
    ("code", "visit", "day", "window", "state", "step"),
    [
        ("LI-002", "SP-C04#1.15", "Fri 29 Jan", "29 Jan – 1 Feb", "closed 14 days ago", "Mark done"),
        ("LI-003", "SP-S08", "Mon 8 Feb", "25 Jan – 15 Feb", "last day", "Mark done"),
        ("LI-003", "SP-C01", "Mon 15 Feb", "8 Feb – 1 Mar", "due", "Mark done"),
        ("LI-006", "SP-C02#2", "Wed 17 Feb, 10:00", "18 – 21 Feb", "1 day too early", "Rebook"),
        ("LI-006", "SP-C04#2.1", "Tue 16 Feb", "14 – 17 Feb", "due", "Book"),
        ("LI-005", "SP-C02#2", "Mon 22 Feb", "15 – 18 Feb", "due, moved", "Book"),
        ("LI-004", "SP-P04", "no date yet", "", "waiting for a date", "Book"),
    ],
)
def test_what_a_line_says(reader: Nurse, code: str, visit: str, day: str, window: str, state: str, step: str) -> None:
    columns = (Column.CODE, Column.DAY, Column.WINDOW, Column.STATE, Column.STEP)
    assert [reader.cell(code, visit, one) for one in columns] == [code, day, window, state, step]


def test_the_spoken_line_says_all_of_it(reader: Nurse) -> None:
    index = reader.model.index_of("LI-002", "SP-C04#1.15")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "LI-002, Bloods before preoperative cycle 1 day 15, Friday 29 January 2027, closed 14 days ago"
    )
    index = reader.model.index_of("LI-006", "SP-C02#2")
    said = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.endswith("Wednesday 17 February 2027, needs rebooking: 1 day before the window")


def test_a_code_is_said_strongly_once_in_a_group(reader: Nurse) -> None:
    repeated = [reader.model.index_of(*row).data(Role.REPEATED) for row in reader.rows(OVERDUE)]
    assert repeated == [False, True, False, False, False, False, True]


def test_the_first_line_is_chosen_and_counted_at_the_side(reader: Nurse) -> None:
    assert reader.window.selection() == ("LI-006", "SP-C02#2")
    # One has to be booked again, seven press, five are for today.
    assert reader.window.side_bar.buttons["today"].count == "13"
    assert reader.window.side_bar.buttons["participants"].count == "10"
    assert "Monday 15 February 2027" in texts(reader.today)


# Filters


def chips(reader: Nurse) -> list[str]:
    return [button.text() for button, _filter in reader.today._chip_buttons]


def chip(reader: Nurse, text: str) -> None:
    reader.click(next(button for button, _filter in reader.today._chip_buttons if button.text() == text))


def checked(reader: Nurse) -> list[str]:
    return [button.text() for button, _filter in reader.today._chip_buttons if button.isChecked()]


def test_the_chips_narrow_and_all_clears(reader: Nurse) -> None:
    assert len(chips(reader)) == 6
    trial, other = chips(reader)[1:3]
    assert (trial, checked(reader)) == ("ScanPan", ["All"])
    chip(reader, other)
    assert checked(reader) == [other]
    assert [title.split("  ")[1][0] for title in reader.headings()] == ["0", "0", "0", "0", "2", "2", "0", "0"]
    chip(reader, "Chemotherapy")
    assert checked(reader) == [other, "Chemotherapy"]
    assert reader.rows(WEEK) == [("CJ-001", "CJ-C03#1.8")]
    chip(reader, other)
    assert checked(reader) == ["Chemotherapy"]
    assert reader.rows(OVERDUE) == [("LI-002", "SP-C03#1.15")]
    chip(reader, "All")
    assert checked(reader) == ["All"]
    assert len(reader.rows(OVERDUE)) == 7


def test_not_booked_leaves_out_what_is_booked(reader: Nurse) -> None:
    chip(reader, "Not booked")
    assert ("LI-001", "SP-C02#3") not in reader.rows(TODAY)
    assert len(reader.rows(TODAY)) == 4
    chip(reader, "Not booked")
    assert len(reader.rows(TODAY)) == 5


def test_typing_narrows_by_code_or_visit_whatever_the_case(reader: Nurse) -> None:
    reader.type_in(reader.today.search, "li-006")
    assert reader.headings()[1:3] == ["Overdue and closing  1", "Today  0 · no visits today"]
    reader.today.search.clear()
    reader.type_in(reader.today.search, "PUMP")
    assert reader.rows(OVERDUE) == [("LI-006", "SP-C03#1.3")]
    reader.today.search.clear()
    assert len(reader.rows(OVERDUE)) == 7


@pytest.mark.parametrize("typed", ["li006", "li 6", "LI\u2011006", "L\u0406-006 pump", "sp-c03#1.3", "spc3 pump"])
def test_a_code_or_a_visit_is_found_however_it_is_typed(reader: Nurse, typed: str) -> None:
    reader.today.search.setText(typed)
    assert ("LI-006", "SP-C03#1.3") in reader.rows(OVERDUE)
    assert {code for code, _visit in reader.rows(OVERDUE)} == {"LI-006"}


def test_a_word_is_found_by_its_beginning(reader: Nurse) -> None:
    reader.type_in(reader.today.search, "ct")
    assert ("LI-006", "SP-C03#1.3") not in reader.rows(OVERDUE)
    reader.today.search.clear()
    reader.type_in(reader.today.search, "disc")
    assert reader.rows(OVERDUE) == [("LI-006", "SP-C03#1.3")]


def test_markup_in_the_box_is_text(reader: Nurse) -> None:
    reader.type_in(reader.today.search, "<b>")
    assert reader.rows(TODAY) == [(HOSTILE, "SP-C01")]


def test_when_nothing_fits_it_says_how_to_see_all(reader: Nurse) -> None:
    chip(reader, "Phone")
    assert reader.headings() == [
        "Needs rebooking  0 · every booking can be kept",
        "Overdue and closing  0 · nothing is overdue",
        "Today  0 · no visits today",
        "Done today  0 · nothing was recorded yet",
        "Next 7 days  0 · nothing in the next 7 days",
        "Days 8 to 14  0 · nothing",
        "Waiting for a date  0 · nothing waits",
        "Counted from a day that is not recorded  0 · nothing",
    ]
    assert texts(reader.today.inspector) == [
        "No visit fits the filters. Choose “All” and empty the box to see every visit."
    ]
    assert reader.window.selection() is None
    chip(reader, "All")
    reader.wait(lambda: reader.today.inspector.view is not None)


def test_a_group_without_visits_is_one_line(reader: Nurse) -> None:
    tree = reader.today.list
    last = reader.model.index(reader.model.rowCount() - 1, 0)
    tree.scrollTo(last)
    assert reader.model.rowCount(last) == 0
    assert tree.visualRect(last).height() == tree.visualRect(reader.model.index_of("LI-004", "SP-P04")).height()
    assert not tree.indexBelow(last).isValid()


def test_a_study_with_nobody_in_it_says_how_to_begin(empty_nurse: Nurse) -> None:
    empty_nurse.go("today")
    empty_nurse.wait(lambda: empty_nurse.model.rowCount() == 8)
    assert texts(empty_nurse.today.inspector) == [
        "Nobody is enrolled yet. Enrol the first participant, and the visits that are due are listed here."
    ]
    assert empty_nurse.today.list.chosen_line() is None
