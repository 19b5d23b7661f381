"""The tab of a participant's events: lines by day, chips, the search, the side, and what keys ask for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from app.services.commands.correct import save_correction
from app.services.commands.reassign import propose_reassignment
from app.services.queries.participant import ParticipantView, participant_view
from app.ui.pages.participant.events_model import Column, EventsModel, spoken
from app.ui.pages.participant.events_tab import EventsTab
from app.ui.style import theme
from app.ui.visit.mends import CORRECT, REASSIGN, REDACT, TAKE_BACK
from tests.services.ward import TODAY, Ward
from tests.ui.nurse import Key, texts


@pytest.fixture(scope="module")
def view() -> ParticipantView:
    """LI-001, operated on 9 December; a note was taken back, another one belongs to LI-002."""
    ward = Ward.in_memory()
    ward.enrol()
    ward.enrol(code="LI-002")
    ward.do("note", text="port painful")
    ward.do("operation", visit="SP-P03", on="2026-12-09", pancreas="other", liver="none")
    ward.do("complication", on="2026-12-16", what="fistula", grade="II")
    ward.correct(ward.last, "drained", grade="IIIa")
    ward.do("adverse_event", term="sepsis", grade=4, on="2026-12-18", serious=True, aware_on="2026-12-18")
    ward.do("note", text="of somebody else")
    save_correction(ward.study, propose_reassignment(ward.study, ward.last, "LI-002", "wrong folder", TODAY))
    return participant_view(ward.study, "LI-001", TODAY)


@pytest.fixture(scope="module")
def _tab(qapp: QApplication, view: ParticipantView) -> Iterator[EventsTab]:
    theme.apply(qapp, dark=False)
    tab = EventsTab()
    tab.resize(1180, 640)
    tab.show_participant(view, True)
    tab.show()
    yield tab
    tab.close()
    tab.deleteLater()


@pytest.fixture
def tab(_tab: EventsTab) -> EventsTab:
    """The tab as it opens."""
    _tab.search.clear()
    _tab.with_void.setChecked(False)
    _tab._chips[""].setChecked(True)
    _tab.table.choose(_tab.model.first_line())
    _tab.table.setFocus()
    return _tab


def rows(model: EventsModel) -> list[str]:
    """The headings, and the kinds and titles of the lines, from above."""
    found = []
    for number, shown in enumerate(model.rows):
        cells = [str(model.index(number, column).data() or "") for column in (Column.KIND, Column.WHAT)]
        found.append(cells[0] if isinstance(shown, date) else ": ".join(cells))
    return found


def choose(tab: EventsTab, group: str) -> int:
    """Choose the first line of a group that counts; return the number of its fact."""
    seq = next(one.seq for one in tab.model.lines if one.group == group and one.row.stands)
    tab.choose(seq)
    return seq


def chosen(tab: EventsTab) -> str:
    line = tab.table.line()
    return tab.model.texts(line).title if line is not None else ""


def test_lines_are_by_day_below_headings_that_count_from_the_operation_or_enrolment(tab: EventsTab) -> None:
    assert rows(tab.model) == [
        "Sun 20 Dec 2026, postoperative day 11",
        "Correction: Note: Of somebody else",
        "Correction: Complication: Fistula",
        "Note: Port painful",
        "Fri 18 Dec 2026, postoperative day 9",
        "Adverse event: Sepsis",
        "Wed 16 Dec 2026, postoperative day 7",
        "Complication: Fistula",
        "Wed 9 Dec 2026, day of the operation",
        "Operation: Surgery or ablation",
        "Visit done: Surgery or ablation",
        "Mon 23 Nov 2026, study day 0",
        "Enrolment: In ScanPan",
    ]


def test_a_line_is_read_out_as_one_sentence(tab: EventsTab) -> None:
    line = tab.model.line_at(tab.model.row_of(next(one.seq for one in tab.model.lines if one.group == "adverse")))
    assert line is not None
    assert spoken(tab.model.texts(line)) == (
        "Adverse event, Sepsis, grade 4, serious: yes, report was due Sat 19 Dec 2026, not sent yet · known since "
        "Fri 18 Dec 2026, nurse, Sun 20 Dec, 09:00"
    )


def test_chips_have_the_groups_with_their_counts_and_narrow_the_lines(tab: EventsTab) -> None:
    shown = [button.text() for button in tab._chips.values() if not button.isHidden()]
    assert shown == [
        "All 8", "Visits 1", "Operation 1", "Complications 1", "Adverse events 1", "Notes 1",
        "Enrolment and consent 1", "Corrections 2",
    ]  # fmt: skip
    tab._chips["complications"].click()
    assert rows(tab.model) == ["Wed 16 Dec 2026, postoperative day 7", "Complication: Fistula"]
    assert chosen(tab) == "Fistula"


def test_a_search_is_in_every_word_of_a_line_and_an_empty_list_says_what_to_do(tab: EventsTab) -> None:
    tab.search.setText("IIIa")
    assert rows(tab.model)[1:] == ["Correction: Complication: Fistula", *rows(tab.model)[2:]]
    assert len(tab.model.rows) == 4
    tab.table.setFocus()
    tab.search.setText("nothing like it")
    assert tab.empty.isVisible()
    assert not tab.table.isVisible()
    assert tab.window().focusWidget() is tab.search
    tab.search.clear()
    assert tab.table.isVisible()


def test_what_was_given_away_is_shown_by_a_tick_and_struck_through_in_words(tab: EventsTab) -> None:
    assert tab.with_void.text() == "Show 1 taken back"
    tab.with_void.setChecked(True)
    line = next(one for one in tab.model.lines if not one.row.stands)
    found = tab.model.texts(line)
    assert (found.counts, found.below) == (False, "belongs to LI-002: wrong folder")
    assert "no longer counts" in spoken(found)
    assert tab.model.row_of(line.seq) > 0


def test_the_side_shows_every_field_and_each_step_of_the_history(tab: EventsTab) -> None:
    choose(tab, "complications")
    said = texts(tab.detail)
    assert "Wed 16 Dec 2026, postoperative day 7" in said
    assert "IIIa" in said
    assert "Corrected: Clavien-Dindo grade: II → IIIa. Reason: drained" in said
    assert "Recorded: complication: fistula, Clavien-Dindo II, from Wed 16 Dec 2026" in said


@pytest.mark.parametrize(
    ("group", "mends"),
    [
        ("complications", {CORRECT, TAKE_BACK, REASSIGN, REDACT}),
        ("visits", {CORRECT, TAKE_BACK, REASSIGN}),
        ("entry", {CORRECT, TAKE_BACK, REDACT}),
    ],
)
def test_the_buttons_are_those_of_the_fact(tab: EventsTab, group: str, mends: set[str]) -> None:
    choose(tab, group)
    assert {mend for mend, button in tab.detail.mends.items() if not button.isHidden()} == mends


def test_letters_ask_for_the_chosen_line_and_arrows_leave_the_headings_out(tab: EventsTab) -> None:
    asked, events = QSignalSpy(tab.asked), QSignalSpy(tab.event_asked)
    number = choose(tab, "notes")
    for key in (Key.Key_C, Key.Key_T, Key.Key_Return, Key.Key_E):
        QTest.keyClick(tab.table, key)
    assert [list(asked.at(n)) for n in range(asked.count())] == [
        [CORRECT, str(number)], [TAKE_BACK, str(number)], [CORRECT, str(number)],
    ]  # fmt: skip
    assert events.count() == 1
    QTest.keyClick(tab.table, Key.Key_Down)
    assert chosen(tab) == "Sepsis"
    QTest.keyClick(tab.table, Key.Key_Up)
    assert chosen(tab) == "Port painful"


def test_a_serious_event_without_its_report_offers_it(tab: EventsTab) -> None:
    number = choose(tab, "adverse")
    reported = QSignalSpy(tab.reported)
    QTest.mouseClick(tab.detail.report, Qt.MouseButton.LeftButton)
    assert list(reported.at(0)) == [number]


def test_the_same_line_stays_chosen_after_a_change(tab: EventsTab, view: ParticipantView) -> None:
    choose(tab, "complications")
    tab.show_participant(view, True)
    assert chosen(tab) == "Fistula"


def test_of_very_many_facts_only_the_words_in_sight_are_made(tab: EventsTab, view: ParticipantView) -> None:
    note = next(row for row in view.history if row.record.kind == "note" and row.stands)
    many = []
    for number in range(1000, 3000):
        record = replace(note.record, seq=number)
        many.append(replace(note, past=replace(note.past, record=record, now=record)))
    tab.show_participant(replace(view, history=(*view.history, *many)), True)
    QApplication.processEvents()
    assert tab.model.rowCount() > 2000
    assert 0 < len(tab.model._texts) < 60
    tab.show_participant(view, True)
