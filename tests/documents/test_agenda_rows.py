from dataclasses import replace
from datetime import timedelta

from app.documents.agenda_rows import VisitList, visit_list
from app.documents.marks import Shape
from app.domain.calendar.agenda import agenda
from app.domain.calendar.entries import Problem, Status
from tests.documents.agendas import PROTOCOLS, SUNDAY, morning, rows
from tests.documents.calendars import (
    MONTHLY,
    TODAY,
    calendar,
    dose,
    entry,
)


def visits_of(visits: VisitList) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (f"{group.title} / {part.title}" if part.title else group.title, [(i.participant, i.key) for i in part.items])
        for group in visits.groups
        for part in group.parts
    ]


def test_groups_in_the_order_in_which_they_are_needed() -> None:
    assert visits_of(rows(morning())) == [
        # the days arranged for the last two, Saturday 6 February, passed without a result
        ("Overdue and windows closing (3)", [("LI-002", "DOSE#2"), ("LI-003", "DOSE#1"), ("LI-004", "DOSE#4")]),
        ("Today, Monday 8 February 2027 (2)", [("LI-004", "DOSE#9"), ("LI-001", "DOSE#6")]),
        ("Coming days (2) / Wednesday 10 February 2027 (1)", [("LI-001", "DOSE#6.3")]),
        ("Coming days (2) / Saturday 13 February 2027 (1)", [("LI-002", "DOSE#3")]),
        ("Waiting for a date (1)", [("LI-001", "MONTHLY#2")]),
        ("Counted from a day that is not recorded yet (1)", [("LI-004", "MONTHLY#3")]),
    ]


def test_a_row_says_all_in_words() -> None:
    overdue, today = (group.parts[0].items[0] for group in rows(morning()).groups[:2])
    assert (overdue.status, overdue.mark, overdue.days_left) == ("overdue", Shape.DIAMOND, "closed 6 days ago")
    assert (overdue.day, overdue.booked) == ("Sat 30 Jan 2027", False)
    assert (today.visit, today.key, today.trial) == ("Cycle 9 day 1", "DOSE#9", "Example trial")
    assert (today.day, today.booked) == ("Mon 8 Feb 2027, 08:00", True)
    assert today.window == "Mon 8 – Thu 11 Feb 2027"
    assert (today.status, today.mark, today.days_left) == ("due, booked", Shape.HALF, "3 days left")


def test_a_visit_that_was_moved_after_it_was_booked_has_no_time() -> None:
    moved = dose(1, TODAY, booked=TODAY - timedelta(1), booked_at="09:30", moved=TODAY)
    (item,) = rows([calendar(moved)]).groups[0].parts[0].items
    assert item.day == "Mon 8 Feb 2027"
    assert not item.booked


def test_without_a_date_or_a_window_it_says_so() -> None:
    waiting = entry("MONTHLY#2", MONTHLY, None, status=Status.AWAITING)
    (item,) = rows([calendar(waiting)]).groups[0].parts[0].items
    assert (item.day, item.window, item.days_left) == ("no date yet", "no window", "")


def test_a_protocol_that_is_not_given_is_named_by_its_id() -> None:
    other = replace(calendar(dose(1, TODAY)), protocol="another")
    (item,) = rows([other]).groups[0].parts[0].items
    assert item.trial == "another"


def test_only_the_days_of_the_title_are_listed_with_what_is_still_open() -> None:
    tuesday = TODAY + timedelta(1)
    found = rows(morning(), tuesday, tuesday + timedelta(1))
    assert found.title == "Visits Tue 9 – Wed 10 Feb 2027"
    assert [title.partition(" (")[0] for title, _items in visits_of(found)] == [
        "Overdue and windows closing",
        "Coming days",
        "Waiting for a date",
        "Counted from a day that is not recorded yet",
    ]
    assert [len(items) for _title, items in visits_of(found)] == [3, 1, 1, 1]


def test_the_last_note_comes_first_and_many_are_shortened() -> None:
    notes = {("LI-002", "DOSE#2"): ["port painful", "x" * 90], ("LI-003", "DOSE#1"): ["taxi", "port"]}
    found = visit_list(agenda(morning(), TODAY), PROTOCOLS, "Linköping", TODAY, SUNDAY, notes)
    first, second, _third = (group_item.note for group_item in found.groups[0].parts[0].items)
    assert first == "x" * 89 + "…"
    assert second == "port; taxi"
    assert found.groups[1].parts[0].items[0].note == ""


def test_a_day_that_somebody_has_to_look_at_has_the_mark_of_what_presses() -> None:
    problem = Problem("DOSE#1", "performed_too_near", {"visit": "DOSE#0", "days": 9, "least": 12, "other": TODAY})
    day = TODAY - timedelta(3)
    given = dose(1, day, performed=day, status=Status.PERFORMED, problems=(problem,), unclassed=(problem.kind,))
    (item,) = rows([calendar(given)]).groups[0].parts[0].items
    assert (item.status, item.mark) == ("recorded too near the last dose (9 days after DOSE#0)", Shape.DIAMOND)
    assert item.days_left == "3 days ago"
