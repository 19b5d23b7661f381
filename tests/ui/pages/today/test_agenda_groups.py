"""The groups of Today's list, from an agenda alone."""

from dataclasses import replace
from datetime import date

from app.domain.calendar.agenda import Agenda, AgendaRow, DoneRow, ReportDue, agenda
from app.domain.facts.safety import Moment, SeriousEvent
from app.services.queries.agenda_filter import Filter
from app.ui.pages.today.agenda_groups import Group, day_of, groups_of, visit_of
from tests.domain.stories import booked, calendar, d

TODAY = "2026-11-23"
EVENT = SeriousEvent(1, 7, "Sepsis", Moment(d("2026-11-22")), Moment(d("2026-11-23"), "15:45"), told=True, hours=24)


def morning() -> Agenda:
    """A morning of two participants; the bloods of one are booked for a Saturday, on which the site is closed."""
    story = calendar(booked("SP-C04#1.1", "2026-11-28"), today=TODAY)
    found = agenda([story, replace(calendar(today=TODAY), participant="T-000")], d(TODAY))
    done = DoneRow(AgendaRow.of("T-001", "scanpan", story.by_key["SP-S06"], d(TODAY)), "performed", 4, 2, d(TODAY), "")
    return Agenda(
        found.today, found.pressing, found.now, found.coming, found.waiting, found.rebooking,
        (ReportDue("T-001", EVENT),), (done,),
    )  # fmt: skip


def named(groups: list[Group], name: str) -> list[Group]:
    return [one for one in groups if one.name == name]


def test_reports_come_first_among_what_presses_and_no_filter_of_visits_hides_them() -> None:
    (group,) = named(groups_of(morning(), Filter()), "pressing")
    assert visit_of(group.lines[0]) == ("T-001", "")
    assert day_of(group.lines[0]) == date(2026, 11, 23)
    (group,) = named(groups_of(morning(), Filter(category="phone")), "pressing")
    assert ([visit_of(line) for line in group.lines], group.said) == ([("T-001", "")], "1")


def test_the_day_of_a_heading_says_how_many_visits_a_filter_hides() -> None:
    # Bloods on Friday and day 1 on Monday; the bloods on the Saturday are in a group of their own.
    for chosen, shown, days in (
        (Filter(), "3", [("Fri 27 Nov", "1 visit", 1), ("Mon 30 Nov", "2 visits", 2)]),
        (Filter(participant="T-001"), "1", [("Mon 30 Nov", "2 visits, 1 shown", 1)]),
    ):
        heading, *found = named(groups_of(morning(), chosen), "week")
        assert (heading.said, heading.button) == (shown, "By participant")
        assert [(one.title, one.said, len(one.lines)) for one in found] == days
    (alone,) = named(groups_of(morning(), Filter(), by_participant=True), "week")
    assert [line.participant for line in alone.lines] == ["T-000", "T-000", "T-001"]


def test_what_needs_rebooking_and_what_is_done_have_their_headings() -> None:
    groups = groups_of(morning(), Filter())
    (rebooking,), (done,) = named(groups, "rebooking"), named(groups, "done")
    assert [visit_of(line) for line in rebooking.lines] == [("T-001", "SP-C04#1.1")]
    assert (done.act, done.folds, done.said) == ("undo", True, "1 · last: T-001 SP-S06")
    assert [visit_of(line) for line in done.lines] == [("T-001", "SP-S06")]
    assert (day_of(done.lines[0]), done.stops, rebooking.stops) == (d(TODAY), True, False)


def test_an_empty_group_has_no_button() -> None:
    for group in groups_of(Agenda(d(TODAY), (), (), (), ()), Filter()):
        assert (group.said[:4], group.button, group.stops) == ("0 · ", "", False)
