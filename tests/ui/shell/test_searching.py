"""What the box at the top finds in a window."""

import pytest

from app.services.queries.agenda_filter import Filter
from app.ui.pages.calendar.page import CalendarPage
from app.ui.search.rows import FoundRow
from app.ui.shell.searching import Searching
from app.wording.names import visit_name
from tests.ui.nurse import Key, Nurse


def search(nurse: Nurse, typed: str) -> list[FoundRow]:
    """What is found once everything can be."""
    found = nurse.window.findChild(Searching)
    assert isinstance(found, Searching)
    finder = nurse.window.top_bar.finder
    finder.clear()
    nurse.press(Key.Key_K, nurse.window, ctrl=True)
    nurse.wait(finder.hasFocus)
    nurse.wait(lambda: found.keeper.is_complete)
    nurse.settle()
    nurse.type_in(finder, typed)
    return finder.found.rows()


def groups(rows: list[FoundRow]) -> list[str]:
    return list(dict.fromkeys(row.group for row in rows))


def test_a_code_and_a_word_find_the_visit_and_enter_opens_it(reader: Nurse) -> None:
    rows = search(reader, "li3 baseline eq")
    assert [(row.group, row.strong, row.text) for row in rows] == [("Visits", "LI-003", "Baseline EQ-5D")]
    reader.press(Key.Key_Return, reader.window.top_bar.finder)
    reader.wait(lambda: reader.participant.view is not None and reader.participant.view.code == "LI-003")
    assert reader.window.status_bar.done.text() == "Opened LI-003, Baseline EQ-5D"
    reader.wait(lambda: reader.window.selection() == ("LI-003", "SP-S08"))
    assert not reader.window.top_bar.finder.found.isVisible()


def test_the_same_codes_are_found_with_and_without_zeros(reader: Nurse) -> None:
    def codes(typed: str) -> set[str]:
        return {row.strong for row in search(reader, typed) if row.group == "Participants"}

    assert "LI-006" in codes("LI-0")
    assert codes("LI-") == codes("LI-0")
    assert codes("LI-006") == codes("li 6") == codes("li-oo6") == {"LI-006"}


def test_a_command_has_its_key_and_one_that_cannot_be_given_says_why(reader: Nurse) -> None:
    (row,) = [one for one in search(reader, "larger text") if one.group == "Commands"]
    assert (row.text, row.note, row.why_not) == ("Larger text", "Ctrl++", "")
    reader.window.go("study")
    row = search(reader, "open the participant")[0]
    assert row.why_not == "choose a visit or a participant first"
    finder = reader.window.top_bar.finder
    reader.press(Key.Key_Return, finder)
    assert finder.found.isVisible()
    assert reader.window.status_bar.done.text() == "Not now: choose a visit or a participant first"
    assert {row.why_not for row in search(reader, "redo")} == {"nothing was undone"}
    reader.press(Key.Key_Escape, finder)
    assert not finder.found.isVisible()


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("backup", "Back up now"),
        ("public holidays", "Closed days"),
        ("telephone", "Site, telephones and paper"),
        ("confirm values", "Values and questions"),
        ("consent version", "Consent forms"),
        ("restore", "Make a study from a backup"),
        ("overdue", "Go through older visits"),
        ("zoom", "Larger text"),
    ],
)
def test_a_command_is_found_by_what_people_call_it(reader: Nurse, typed: str, command: str) -> None:
    assert command in [row.text for row in search(reader, typed) if row.group == "Commands"]


def test_a_section_of_the_page_study_is_found_and_opened(reader: Nurse) -> None:
    (row,) = [one for one in search(reader, "phone numbers") if one.group == "Commands"]
    reader.window.top_bar.finder.take(row)
    assert reader.window.stack.currentWidget() is reader.study
    assert reader.study.section is reader.study.site
    assert reader.study.site.list.hasFocus()


@pytest.mark.parametrize(
    "typed", ["2.2.2027", "2027-02-02", "2 Feb", "tue 2 feb", "2nd february", "Feb 2, 2027", "2/2"]
)
def test_a_day_is_found_however_it_is_written(reader: Nurse, typed: str) -> None:
    found = [row.text for row in search(reader, typed) if row.group == "Day"]
    assert found == ["Tuesday 2 February 2027, 13 days ago"]


def test_a_day_that_is_none_says_so(reader: Nurse) -> None:
    (row,) = [one for one in search(reader, "31 feb") if one.group == "Day"]
    assert row.choose is None
    assert "31 feb" in row.text


def test_both_days_that_may_be_meant_are_offered(reader: Nurse) -> None:
    found = [row.text for row in search(reader, "3-4") if row.group == "Day"]
    assert found == ["Saturday 3 April 2027", "Thursday 4 March 2027"]


def test_nothing_found_says_what_can_be_searched_and_what_was_chosen_last_is_offered(reader: Nurse) -> None:
    (row,) = search(reader, "<b>no such & thing")
    assert row.choose is None
    assert row.text.startswith("Nothing was found for “<b>no such & thing”. Found are codes, visits")
    search(reader, "li-004")
    reader.press(Key.Key_Return, reader.window.top_bar.finder)
    rows = search(reader, "")
    assert rows[0].strong == "LI-004"
    assert all(row.choose is not None for row in rows)


def test_the_box_of_the_page_has_a_key_of_its_own(reader: Nurse) -> None:
    reader.press(Key.Key_F, reader.today.list, ctrl=True)
    reader.wait(reader.today.search.hasFocus)


def test_a_value_opens_the_page_study_at_its_line(reader: Nurse) -> None:
    (row,) = [one for one in search(reader, "SP-R01.after") if one.group == "Values and questions"]
    assert "Reassessment 1" in row.text
    reader.window.top_bar.finder.take(row)
    reader.settle()
    rows = reader.study.values.list.model.rows
    assert [one.key for one in rows] == ["SP-R01.after"]
    reader.study.values.list.search.clear()


def test_more_visits_than_are_shown_are_listed_in_the_calendar(reader: Nurse) -> None:
    rows = search(reader, "bloods")
    named = {(one.strong, one.text) for one in rows if one.group == "Visits" and one.strong}
    row = next(one for one in rows if one.text.startswith("More: "))
    reader.window.top_bar.finder.take(row)
    page = reader.window.page("calendar")
    assert isinstance(page, CalendarPage)
    reader.settle()
    reader.wait(lambda: len(page._list_model.rows) > 6)
    assert reader.window.stack.currentWidget() is page
    assert page.chosen_filter() == Filter(text="bloods")
    assert len(named) == 6
    assert named <= {(one.participant, visit_name(one.entry)) for one in page._list_model.rows}


def test_what_was_recorded_since_is_found(nurse: Nurse) -> None:
    from app.services.commands import record
    from tests.ui.stories import TODAY

    assert not [row for row in search(nurse, "port painful") if row.group == "Events"]
    nurse.change(
        lambda study: record.change(study, "LI-001", "note", {"visit": "SP-C01", "text": "port painful"}, TODAY),
        "LI-001",
    )
    (row,) = search(nurse, "port painful")
    assert (row.group, row.strong) == ("Events", "LI-001")
    nurse.window.top_bar.finder.take(row)
    nurse.wait(lambda: nurse.participant.events_tab is not None and nurse.participant.events_tab.isVisible())
    tab = nurse.participant.events_tab
    assert tab is not None
    line = tab.table.line()
    assert line is not None
    assert line.seq == nurse.facts("note")[-1].seq
    assert "SP-C01" not in row.text
