"""The visit at which a participant's page opens."""

from dataclasses import replace

from app.domain.calendar.entries import Status
from app.ui.pages.participant.text import opens_at
from tests.ui.nurse import Nurse


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
