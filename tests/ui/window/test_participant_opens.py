"""At which visit a participant is opened, and how often what is beside the list is made."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from app.domain.calendar.entries import Status
from app.services.queries.participant import VisitView
from app.ui.pages.participant.calendar_model import Column
from app.ui.pages.participant.text import opens_at
from app.ui.visit.action_buttons import actions_for
from tests.ui.window.nurse import Nurse, buttons


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


def test_who_has_no_next_visit_is_opened_at_the_last_performed(reader: Nurse) -> None:
    page = reader.open_participant("LI-008")
    view = page.view
    assert view is not None
    assert view.position.next is None
    days = [one.performed for one in view.calendar.entries if one.performed is not None]
    assert view.calendar.by_key[page.selected].performed == max(days)


def test_without_anything_performed_it_is_the_last_day_that_has_passed(reader: Nurse) -> None:
    view = reader.open_participant("LI-008").view
    assert view is not None
    missed = [
        replace(one, performed=None, status=Status.MISSED) if one.performed is not None else one
        for one in view.calendar.entries
    ]
    changed = replace(view, calendar=replace(view.calendar, entries=tuple(missed)))
    chosen = changed.calendar.by_key[opens_at(changed)]
    days = [one.assumed for one in missed if one.assumed is not None and one.status is not Status.CANCELLED]
    assert chosen.assumed == max(day for day in days if day <= view.calendar.today)


def test_a_visit_is_shown_once(reader: Nurse, monkeypatch: pytest.MonkeyPatch) -> None:
    page = reader.open_participant("LI-001")
    shown: list[VisitView] = []
    monkeypatch.setattr(page.inspector, "show_visit", shown.append)
    reader.open_participant("LI-004")
    assert len(shown) == 1


def test_what_is_settled_has_no_primary_action(reader: Nurse) -> None:
    page = reader.open_participant("LI-001", "SP-C02#2")
    assert page.inspector.view is not None
    offered, more = actions_for(page.inspector.view.entry, page.inspector.view)
    assert ([kind for _text, kind in offered], more) == (["note", "specimen", "questionnaire"], [])
    seen = [one for one in buttons(page.inspector).values() if isinstance(one, QPushButton)]
    assert [one.text() for one in seen] == ["Note…", "Specimen…", "Questionnaire…", "Print sheet…"]
    assert not any(one.property("primary") for one in seen)


def test_the_days_fit_into_their_columns(reader: Nurse) -> None:
    for code in ("LI-001", "LI-005", "LI-008"):
        page = reader.open_participant(code)
        reader.settle()
        table = page.table
        metrics = table.fontMetrics()
        assert table.columnWidth(Column.VISIT) >= 180
        for column in (Column.TARGET, Column.WINDOW, Column.BOOKED, Column.PERFORMED):
            said = [str(reader.calendar.index(row, column).data()) for row in range(reader.calendar.rowCount())]
            assert max(map(metrics.horizontalAdvance, said)) <= table.columnWidth(column) - 12
