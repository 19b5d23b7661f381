"""One participant: who it is, the timeline and its twin the table, and the same commands from either."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.calendar.entries import Status
from app.domain.refusal import Refused
from app.services.commands import record
from app.services.commands.record import Asked
from app.services.queries.participant import ParticipantView, VisitView
from app.ui.pages.participant.calendar_model import Column, Role
from app.ui.pages.participant.page import ParticipantPage
from app.ui.style.status_marks import Mark, mark_of
from app.ui.timeline import strands
from app.ui.visit.action_buttons import actions_for
from app.ui.visit.header_parts import header_parts, notices_of
from app.ui.visit.part_columns import PartColumns
from app.wording.names import status_text
from tests.ui.conftest import FIRST_LINE
from tests.ui.nurse import Key, Nurse, buttons, texts
from tests.ui.stories import HOSTILE

NEXT = "SP-C02#3"


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


def table(nurse: Nurse) -> dict[str, str]:
    """The status of every visit in the table."""
    model = nurse.calendar
    found = {}
    for row in range(model.rowCount()):
        entry = model.entry_at(row)
        assert entry is not None
        found[entry.key] = str(model.index(row, Column.STATUS).data()).split(",")[0]
    return found


# Who


def strip(view: ParticipantView) -> dict[str, str]:
    """The complete text of each part of the header."""
    return {part.name: part.texts[0] for part in header_parts(view)}


def test_the_strip_says_where_the_participant_stands(page: ParticipantPage) -> None:
    # Day 1 was Monday 18 January: 15 February is 28 days on, which is day 29. Two cycles of eight were begun.
    assert page.view is not None
    assert strip(page.view) == {
        "Protocol": "ScanPan 2025-07-19.2",
        "Regimen": "mFOLFIRINOX (no bolus, irinotecan 150)",
        "Now": "Preoperative chemotherapy, day 29, cycle 2 of 8",
        "Next": "Mon 15 Feb 2027, 09:30, Preoperative cycle 3 day 1",
    }
    assert texts(page.header)[0] == "LI-001"
    (columns,) = page.header.findChildren(PartColumns)
    assert columns.isVisible()
    assert "Preoperative chemotherapy, day 29, cycle 2 of 8" in columns.shown()
    assert page.header.accessibleName().startswith("LI-001, Protocol ScanPan 2025-07-19.2, Regimen mFOLF")


def test_of_somebody_without_any_visit_nothing_of_the_one_before_is_left(page: ParticipantPage) -> None:
    assert page.view is not None
    nobody = replace(page.view, code="LI-099", calendar=replace(page.view.calendar, entries=()))
    page.code = "LI-099"
    page._show(nobody)
    assert page.selected == ""
    assert page.table.model().rowCount() == 0
    assert page.timeline.selected == ""
    assert texts(page.inspector) == ["No visit is planned."]


def test_of_somebody_who_cannot_be_read_nothing_of_the_one_before_is_shown(
    reader: Nurse, page: ParticipantPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_study: object, code: str, _today: object) -> ParticipantView:
        raise Refused("no_participant", code=code, near="")

    with monkeypatch.context() as broken:
        broken.setattr("app.ui.pages.participant.page.participant_view", unreadable)
        page._session.participants.forget()
        reader.window.open_participant("LI-003")
        reader.wait(page.banner.isVisible)
    assert page.view is None
    assert not page.stack.isVisible()
    assert not page.tabs.isVisible()
    assert texts(page.header) == ["LI-003"]
    (columns,) = page.header.findChildren(PartColumns)
    assert columns.shown() == []
    assert not page.record_button.isEnabled()
    assert page.selection() is None
    reader.window.open_participant("LI-001")
    reader.wait(lambda: page.view is not None and page.stack.isVisible())
    assert page.tabs.isVisible()
    assert not page.banner.isVisible()
    assert page.selected in {entry.key for entry in reader.calendar.entries}
    assert all(button.isEnabled() for button in page.header.findChildren(QPushButton) if button.isVisible())


@pytest.mark.parametrize(
    ("code", "now", "following"),
    [
        # Enrolled on 8 February, seven days ago, and no dose was given.
        ("LI-003", "Screening, 7 days since enrolment", "Mon 8 Feb 2027, Baseline EQ-5D"),
        # Day 1 was 7 December: 25 + 31 + 14 = 70 days on.
        ("LI-004", "Preoperative chemotherapy, day 71, cycle 5 of 8", "Mon 15 Feb 2027, Preoperative cycle 6 day 1"),
        # Day 1 was Thursday 11 February; regimen AG has four cycles.
        ("CJ-001", "day 5, cycle 1 of 4", "Wed 17 Feb 2027, Bloods before cycle 1 day 8"),
        ("LI-008", "withdrawn", ""),
    ],
)
def test_where_others_stand(reader: Nurse, code: str, now: str, following: str) -> None:
    view = opened(reader, code).view
    assert view is not None
    said = strip(view)
    assert said["Now"].endswith(now)
    if following:
        assert said["Next"] == following


# Timeline and table


@pytest.mark.parametrize("code", ["LI-001", "LI-004", "LI-005", "LI-008", "CJ-001"])
def test_timeline_and_table_show_the_same_visits_with_the_same_status(reader: Nurse, code: str) -> None:
    page = opened(reader, code)
    page.cancelled.setChecked(True)
    assert page.view is not None
    entries = page.view.calendar.entries
    shown = table(reader)
    assert list(shown) == [entry.key for entry in entries]
    assert sorted(page.timeline.order) == sorted(shown)
    for entry in entries:
        assert shown[entry.key] == status_text(entry).split(",")[0]
        assert status_text(entry) in page.timeline.spoken_name(entry.key)
        on_axis = strands.strands_of(page.view.protocol, page.view.calendar)
        marks = {one.key: one.mark for strand in on_axis for one in strand.shown}
        assert marks.get(entry.key, Mark.WAITING) == mark_of(entry)


def test_choosing_in_the_table_chooses_in_the_timeline_and_the_inspector(reader: Nurse, page: ParticipantPage) -> None:
    page.table.setFocus()
    reader.press(Key.Key_Down)
    assert page.selected == "SP-C03#3.3"
    assert page.timeline.selected == "SP-C03#3.3"
    assert page.inspector.view is not None
    assert page.inspector.view.entry.key == "SP-C03#3.3"


def test_choosing_in_the_timeline_chooses_in_the_table_and_the_inspector(reader: Nurse, page: ParticipantPage) -> None:
    page.timeline.setFocus()
    reader.press(Key.Key_Left, page.timeline)
    assert page.timeline.selected == "SP-C04#3.1"
    assert page.selected == "SP-C04#3.1"
    assert page.inspector.view is not None
    assert page.inspector.view.entry.key == "SP-C04#3.1"


def test_the_arrows_of_the_timeline_walk_through_time_and_the_table_goes_along(reader: Nurse) -> None:
    page = opened(reader, "LI-004")
    order = page.timeline.order
    page.timeline.choose(order[-8])
    page.timeline.setFocus()
    walked = []
    for _step in range(8):
        QTest.keyClick(page.timeline, Qt.Key.Key_Right)
        walked.append((page.timeline.selected, page.selected))
    # The last one, which waits for a date, is the end.
    expected = [*order[-7:], order[-1]]
    assert order[-1] == "SP-P04"
    assert walked == [(key, key) for key in expected]


def test_cancelled_visits_are_shown_on_demand(reader: Nurse) -> None:
    page = opened(reader, "LI-008")
    assert page.view is not None
    cancelled = {one.key for one in page.view.calendar.entries if one.status is Status.CANCELLED}
    assert cancelled
    assert cancelled.isdisjoint(table(reader))
    reader.click(page.cancelled)
    assert cancelled < set(table(reader))
    reader.click(page.cancelled)
    assert cancelled.isdisjoint(table(reader))
    # Whoever chooses one in the timeline sees it in the table too.
    page.timeline.choose(sorted(cancelled)[0])
    assert page.cancelled.isChecked()
    assert page.selected == sorted(cancelled)[0]


def test_the_line_of_totals(reader: Nurse, page: ParticipantPage) -> None:
    said = next(one for one in texts(page) if one.startswith("67 visits"))
    # Nothing is missed; what happened is nine of the baseline, three bloods, two doses, two pumps.
    assert said == "67 visits · 16 done · 1 due · 50 to come"
    other = opened(reader, "LI-008")
    assert any(one.startswith("9 visits · 9 done") for one in texts(other))


def test_a_cell_says_the_days(reader: Nurse, page: ParticipantPage) -> None:
    row = reader.calendar.row_of(NEXT)
    assert [str(reader.calendar.index(row, one).data()) for one in Column] == [
        "Preoperative cycle 3 day 1", "Mon 15 Feb", "15 – 18 Feb", "Mon 15 Feb, 09:30", "", "due, booked",
    ]  # fmt: skip
    done = reader.calendar.row_of("SP-C02#2")
    assert reader.calendar.index(done, Column.PERFORMED).data() == "Mon 1 Feb"
    assert reader.calendar.index(done, Column.STATUS).data() == "done"
    assert reader.calendar.index(done, Column.STATUS).data(Role.MARK) == Mark.DONE


def test_the_spoken_row(reader: Nurse, page: ParticipantPage) -> None:
    row = reader.calendar.row_of(NEXT)
    assert reader.calendar.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Preoperative cycle 3 day 1, due, booked, target Monday 15 February 2027, window Mon 15 – Thu 18 Feb 2027, "
        "booked Mon 15 Feb 2027, 09:30"
    )


# Notices


def test_the_notices_are_gone_through_in_turn(reader: Nurse) -> None:
    page = opened(reader, "LI-005")
    assert page.view is not None
    keys = notices_of(page.view)
    assert keys[0] == "SP-C02#2"
    button = next(one for text, one in buttons(page.header).items() if "notice" in text)
    assert button.text() == ("1 notice" if len(keys) == 1 else f"{len(keys)} notices")
    visited = []
    for _click in range(len(keys) + 1):
        reader.click(button)
        visited.append(page.selected)
    begin = keys.index(visited[0])
    assert visited == [*keys[begin:], *keys[:begin], visited[0]]


def test_who_needs_no_look_has_no_notice(reader: Nurse) -> None:
    page = opened(reader, "LI-008")
    assert not any("notice" in text for text in buttons(page.header))


def test_a_participant_with_markup_for_a_code(reader: Nurse) -> None:
    page = opened(reader, HOSTILE)
    assert page.header.code.text() == HOSTILE
    assert page.header.code.textFormat() is Qt.TextFormat.PlainText
    assert isinstance(page.header.code, QLabel)
    assert HOSTILE in page.timeline.accessibleName()


def test_another_participant_is_opened_at_the_next_visit(reader: Nurse) -> None:
    page = reader.open_participant("LI-001", "SP-C04#3.1")
    assert page.selected == "SP-C04#3.1"
    page = reader.open_participant("LI-004")
    assert page.view is not None
    assert "SP-C04#3.1" in page.view.calendar.by_key
    assert page.view.position.next is not None
    assert page.selected == page.timeline.selected == page.view.position.next.key
    assert page.inspector.view is not None
    assert page.inspector.view.entry.key == page.selected


def test_the_same_participant_keeps_the_visit(reader: Nurse) -> None:
    page = reader.open_participant("LI-001", "SP-C04#3.1")
    page.open("LI-001")
    reader.settle()
    assert page.selected == "SP-C04#3.1"


def test_a_visit_is_shown_once(reader: Nurse, monkeypatch: pytest.MonkeyPatch) -> None:
    page = reader.open_participant("LI-001")
    shown: list[VisitView] = []
    monkeypatch.setattr(page.inspector, "show_visit", shown.append)
    reader.open_participant("LI-004")
    assert len(shown) == 1


def test_a_participant_who_was_read_is_shown_at_once(reader: Nurse) -> None:
    page = reader.open_participant("LI-001")
    first, order = page.view, page.timeline.order
    reader.open_participant("LI-004")
    page.open("LI-001")
    # Nothing was asked of the file in between, as no event was handled.
    assert page.view is first
    assert page.timeline.order is order
    assert page.inspector.view is not None
    assert page.inspector.view.participant is first


def test_who_was_read_next_to_a_list_is_shown_at_once(reader: Nurse) -> None:
    page = reader.open_participant("LI-001")
    reader.go("today")
    reader.choose(*FIRST_LINE)
    page.open(*FIRST_LINE)
    assert page.view is not None
    assert (page.view.code, page.selected) == FIRST_LINE


def test_what_is_shown_at_once_is_read_again_and_shown_again_where_it_differs(reader: Nurse) -> None:
    page = reader.open_participant("LI-001")
    right = page.view
    assert right is not None
    reader.open_participant("LI-004")
    wrong = replace(right, regimen="another", history=())
    assert reader.session.participants.keep(wrong) is wrong
    page.open("LI-001", "SP-C04#3.1")
    assert page.view is wrong
    reader.wait(lambda: page.view is not wrong)
    assert page.view == right
    assert page.selected == "SP-C04#3.1"


def test_who_changed_is_read_before_being_shown(nurse: Nurse) -> None:
    page = nurse.open_participant("LI-001", NEXT)
    nurse.open_participant("LI-004")
    note = [Asked("note", {"visit": NEXT, "text": "called at noon"})]
    day = nurse.session.today
    nurse.change(lambda study: record.save(study, record.propose(study, "LI-001", note, day)), "LI-001")
    page.open("LI-001", NEXT)
    assert page.view is None
    nurse.wait(lambda: page.view is not None)
    assert page.inspector.view is not None
    assert [one.text("text") for one in page.inspector.view.notes] == ["called at noon"]


def test_what_is_settled_has_no_primary_action(reader: Nurse) -> None:
    page = reader.open_participant("LI-001", "SP-C02#2")
    assert page.inspector.view is not None
    offered, more = actions_for(page.inspector.view.entry, page.inspector.view)
    assert ([kind for _text, kind in offered], more) == (["note", "specimen", "questionnaire"], [])
    seen = [one for one in buttons(page.inspector).values() if isinstance(one, QPushButton)]
    mending = ["Correct…", "Take back…", "Belongs to another participant…"]
    assert [one.text() for one in seen] == ["Note…", "Specimen taken…", "Questionnaire…", "Print sheet…", *mending]
    assert not any(one.property("primary") for one in seen)


@pytest.mark.parametrize("visit", ["SP-P03", "SP-P04"])
def test_an_operation_is_offered_at_both_operations_before_they_are_done_and_after(reader: Nurse, visit: str) -> None:
    page = reader.open_participant("LI-004", visit)
    reader.wait(lambda: page.selected == visit)
    view = page.inspector.view
    assert view is not None
    assert "operation" in [kind for _text, kind in actions_for(view.entry, view)[0]]
    done = replace(view.entry, status=Status.PERFORMED)
    assert [kind for _text, kind in actions_for(done, view)[0]] == ["note", "operation", "specimen", "questionnaire"]


def test_cancelled_visits_leave_the_timeline_with_the_table(nurse: Nurse) -> None:
    page = opened(nurse, "LI-008")
    assert page.view is not None
    cancelled = {one.key for one in page.view.calendar.entries if one.status is Status.CANCELLED}
    assert cancelled
    assert cancelled.isdisjoint(page.timeline.order)
    page.cancelled.setChecked(True)
    assert cancelled <= set(page.timeline.order)
    page.cancelled.setChecked(False)
    assert cancelled.isdisjoint(page.timeline.order)
    assert set(page.timeline.order) == set(table(nurse))


# Tabs


def test_the_tabs_say_how_much_they_have_and_are_gone_through_by_arrows(page: ParticipantPage) -> None:
    assert page.view is not None
    names = [page.tabs.tabText(number) for number in range(page.tabs.count())]
    count = sum(row.stands for row in page.view.history)
    assert names[:2] == ["Plan", f"Events and history  {count}"]
    assert names[2].startswith("Notices")
    page.tabs.setFocus()
    for key, tab in ((Key.Key_Right, "events"), (Key.Key_Right, "notices"), (Key.Key_Left, "events")):
        QTest.keyClick(page.tabs, key)
        assert page.tabs.key == tab
        assert page.stack.currentWidget() is {"events": page.events_tab, "notices": page.notices_tab}[tab]
    assert page.events_tab is not None
    assert len(page.events_tab.model.lines) == len(page.view.history)


def test_another_participant_and_a_visit_open_at_the_plan(page: ParticipantPage, reader: Nurse) -> None:
    page.tabs.choose("events")
    opened(reader, "LI-003")
    assert page.tabs.key == "plan"
    page.tabs.choose("events")
    assert reader.window.selection() == ("LI-003", "")
    opened(reader, "LI-003", "SP-S08")
    assert page.tabs.key == "plan"


def test_a_line_of_the_events_shows_its_visit_in_the_plan(page: ParticipantPage) -> None:
    page.tabs.choose("events")
    tab = page.events_tab
    assert tab is not None
    dose = next(line for line in tab.model.lines if line.record.text("visit") == "SP-C01")
    tab.choose(dose.seq)
    tab.detail.to_visit.click()
    assert (page.tabs.key, page.selected) == ("plan", "SP-C01")
