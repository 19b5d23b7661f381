"""Safety reports: due in the agenda until sent, and the clock in the log of adverse events."""

from datetime import UTC, date, datetime

import pytest

from app.cli.agenda_tables import agenda_document, agenda_text
from app.documents.agenda_pages import agenda_pages
from app.services.queries.agenda import agenda
from app.services.queries.agenda_filter import Filter, filtered
from app.services.queries.logs import log_table
from app.services.queries.safety_reports import events_of_study, reports_due
from tests.documents.calendars import pages_of
from tests.services.ward import Ward, refused

SEPSIS = {
    "term": "Sepsis", "grade": 4, "on": "2026-12-17", "serious": True, "criterion": "hospitalisation",
    "expected": False, "aware_on": "2026-12-18", "aware_at": "15:45", "outcome": "recovering",
}  # fmt: skip


@pytest.fixture
def sick(ward: Ward) -> Ward:
    """On Sunday 20 December: LI-001 with a serious event known since Friday, CJ-001 with one recorded just now."""
    ward.do("adverse_event", **SEPSIS)
    ward.now = datetime(2026, 12, 20, 9, 30, tzinfo=UTC)
    ward.do("adverse_event", "CJ-001", term="Ileus", grade=3, on="2026-12-19", serious=True)
    return ward


def texts(ward: Ward) -> list[str]:
    lines = agenda_text(agenda(ward.study, ward.today, keep=False))
    return [line.strip() for line in lines if "report" in line]


def test_reports_are_due_until_they_are_sent(sick: Ward) -> None:
    assert [(one.participant, one.event.term) for one in reports_due(sick.study)] == [
        ("LI-001", "Sepsis"),
        ("CJ-001", "Ileus"),
    ]
    first = sick.seq("adverse_event")
    assert texts(sick) == [
        "Safety reports to send: 2",
        f"LI-001: Sepsis (fact {first - 1}), report was due Sat 19 Dec 2026, 15:45",
        f"CJ-001: Ileus (fact {first}), report due Mon 21 Dec 2026, 10:30; when the site knew is not recorded",
    ]
    sick.do("safety_report", what="initial", on="2026-12-20", at="10:00", recipient="sponsor")
    sick.do("safety_report", "CJ-001", what="initial", on="2026-12-20")
    assert texts(sick) == []


def test_a_report_taken_back_or_an_event_that_is_not_serious_changes_what_is_due(sick: Ward) -> None:
    sick.do("safety_report", what="initial", on="2026-12-20")
    sick.undo()
    assert len(reports_due(sick.study)) == 2
    sick.correct(sick.seq("adverse_event"), serious=False)
    assert [one.participant for one in reports_due(sick.study)] == ["LI-001"]


def test_programs_and_paper_say_the_same(sick: Ward) -> None:
    found = agenda(sick.study, sick.today, keep=False)
    assert [(one["participant"], one["due"], one["overdue"]) for one in agenda_document(found)["reports"]] == [
        ("LI-001", "2026-12-19 15:45", True),
        ("CJ-001", "2026-12-21 10:30", False),
    ]
    protocols = {one.id: sick.study.protocol_text(one.hash) for one in sick.study.facts.protocols.values()}
    [*pages] = pages_of(agenda_pages(found, protocols, "Ward", sick.today, sick.today))
    assert "Safety reports to send (2)" in pages[0]
    assert "report was due Sat 19 Dec 2026, 15:45" in " ".join(pages[0].split())


def test_no_choice_of_visits_hides_a_report(sick: Ward) -> None:
    found = agenda(sick.study, sick.today, keep=False)
    assert len(filtered(found, Filter(category="dose", protocol="scanpan", text="zzz")).reports) == 2
    assert [one.participant for one in filtered(found, Filter(participant="CJ-001")).reports] == ["CJ-001"]


def test_the_log_of_adverse_events_has_the_clock(sick: Ward) -> None:
    number = sick.seq("adverse_event") - 1
    sick.do("safety_report", what="initial", on="2026-12-20", at="10:00")
    sick.do("safety_report", what="follow_up", event=number, on="2026-12-20")
    sick.do("adverse_event", term="Nausea", grade=1, on="2026-12-01", serious=False)
    rows = {row.cell("term").text: row for row in log_table(sick.study, "adverse-events", sick.today).rows}
    clock = ("criterion", "expected", "outcome", "aware", "due", "sent", "follow_ups", "clock")
    assert [rows["Sepsis"].cell(name).text for name in clock] == [
        "hospitalisation", "no", "recovering", "Fri 18 Dec 2026, 15:45", "Sat 19 Dec 2026, 15:45",
        "Sun 20 Dec 2026, 10:00", "Sun 20 Dec 2026", "sent late",
    ]  # fmt: skip
    assert (rows["Sepsis"].cell("due").value, rows["Ileus"].cell("clock").value) == ("2026-12-19 15:45", "open")
    assert [rows["Nausea"].cell(name).text for name in clock] == [""] * len(clock)


def test_a_report_may_follow_a_death(sick: Ward) -> None:
    sick.do("died", on="2026-12-19")
    sick.do("safety_report", what="initial", on="2026-12-20")
    assert date(2026, 12, 20) == next(
        row for row in log_table(sick.study, "safety-reports", sick.today).rows
    ).record.day("on")  # type: ignore[union-attr]


def test_the_hours_until_a_report_is_due_are_a_value_of_the_protocol_that_a_site_sets(ward: Ward) -> None:
    ward.do("adverse_event", term="Sepsis", grade=4, on="2026-12-17", serious=True, aware_on="2026-12-18",
            aware_at="15:45")  # fmt: skip
    [event] = events_of_study(ward.study)
    assert (event.hours, event.due.on.isoformat(), event.due.at) == (24, "2026-12-19", "15:45")
    ward.value("safety.report_hours", 72, "scanpan")
    [event] = events_of_study(ward.study)
    assert (event.hours, event.due.on.isoformat(), event.due.at) == (72, "2026-12-21", "15:45")
    refused("value", ward.value, "safety.report_hours", 0, "scanpan")
    row = log_table(ward.study, "adverse-events", ward.today).rows[0]
    assert row.cell("due").text == "Mon 21 Dec 2026, 15:45"
