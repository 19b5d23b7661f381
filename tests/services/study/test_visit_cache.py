"""The cached visits and the agenda read from them are what planning everybody says, at any day of reading."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.domain.calendar import agenda as domain_agenda
from app.domain.calendar.agenda import GROUPS, Agenda, AgendaRow
from app.services.commands import configure_site, enrol, study_file
from app.services.commands.backup import back_up
from app.services.queries.agenda import agenda
from app.services.study import visit_cache
from tests.services.ward import PERSON, TODAY, Ward

Work = Callable[[Ward], object]


def planned(ward: Ward, today: date, days: int = 14) -> Agenda:
    """The agenda of everybody's calendar, planned anew."""
    calendars = [ward.study.plan(case, today) for case in ward.study.each_case()]
    return domain_agenda.agenda(calendars, today, days)


def without_reasons(rows: tuple[AgendaRow, ...]) -> list[tuple[object, ...]]:
    """Rows by what the table keeps of them: all but why a visit is on its day."""
    return [
        (
            *(row.participant, row.protocol, row.days_left, row.entry.key, row.entry.status, row.entry.assumed),
            *(row.entry.earliest, row.entry.latest, row.entry.booked, row.entry.booked_at, row.entry.moved),
            *(row.entry.target, row.entry.basis, row.entry.outdated, row.entry.visit, row.entry.due_at),
            tuple((one.kind, tuple(one.values.items())) for one in row.entry.problems),
        )
        for row in rows
    ]


def same(ward: Ward, today: date, days: int = 14) -> Agenda:
    """The agenda from the table, which must be the planned one."""
    found = agenda(ward.study, today, last=today + timedelta(days))
    expected = planned(ward, today, days)
    for group in GROUPS:
        assert without_reasons(getattr(found, group)) == without_reasons(getattr(expected, group)), group
        unclassed = [[row.entry.unclassed for row in getattr(one, group)] for one in (found, expected)]
        assert unclassed[0] == unclassed[1], group
    return found


def undo_after(work: Work) -> Work:
    return lambda ward: (work(ward), ward.undo())


def dose(ward: Ward) -> object:
    return ward.do("performed", visit="SP-C01", on="2026-11-30", at="10:00")


CHANGES: dict[str, Work] = {
    "performed": dose,
    "out of order": lambda ward: (dose(ward), ward.do("performed", visit="SP-C03#1.8", on="2026-11-29")),
    "classed": lambda ward: (
        dose(ward),
        ward.do("performed", visit="SP-C03#1.8", on="2026-11-29"),
        ward.do("deviation_classed", visit="SP-C03#1.8", deviation="performed_before", **{"class": "important"}),
    ),
    "booked": lambda ward: ward.do("booked", visit="SP-C02#2", on="2026-12-26", at="09:30"),
    "booking cancelled": lambda ward: (
        ward.do("booked", visit="SP-C02#2", on="2026-12-29"),
        ward.do("booking_cancelled", visit="SP-C02#2"),
    ),
    "moved": lambda ward: ward.do("moved", visit="CJ-C02#2", code="CJ-001", to="2027-01-11", reason="x"),
    "missed": lambda ward: ward.do("missed", visit="SP-S02", on="2026-11-20", reason="x"),
    "omitted": lambda ward: (dose(ward), ward.do("omitted", visit="SP-C03#1.8", on="2026-12-07", reason="x")),
    "decided": lambda ward: ward.do("decided", visit="SP-R01", outcome="palliative", on="2026-12-18"),
    "continued": lambda ward: ward.do("decided", visit="CJ-R02", code="CJ-001", outcome="continue", on="2026-12-18"),
    "chosen": lambda ward: ward.do("chosen", choice="staged", value=True, on="2026-12-18"),
    "regimen": lambda ward: (dose(ward), ward.do("regimen_changed", to="MFFX", on="2026-12-18")),
    "stopped": lambda ward: (dose(ward), ward.do("stopped", phase="preop_chemo", on="2026-12-18", reason="x")),
    "operation": lambda ward: ward.do("operation", visit="SP-P03", on="2026-12-18", pancreas="other", liver="none"),
    "treatment": lambda ward: ward.do("treatment", visit="SP-C01", on="2026-11-30", given="full"),
    "contact": lambda ward: ward.do("contact", visit="SP-S08", on="2026-11-24", reached=True),
    "unscheduled": lambda ward: ward.do("unscheduled", reason="fever", on="2026-12-22"),
    "note": lambda ward: ward.do("note", text="x"),
    "withdrawn": lambda ward: ward.do("withdrawn", scope="all", on="2026-12-18", reason="x"),
    "lost": lambda ward: ward.do("lost", on="2026-12-18", reason="x"),
    "found": lambda ward: (ward.do("lost", on="2026-12-17", reason="x"), ward.do("found_again", on="2026-12-18")),
    "died": lambda ward: ward.do("died", code="CJ-001", on="2026-12-18"),
    "enrolled": lambda ward: ward.enrol(code="LI-002", regimen="MFFX"),
    "enrolled many": lambda ward: enrol.enrol_many(
        ward.study, [{**PERSON, "code": "LI-002"}, {**PERSON, "code": "LI-003"}], TODAY
    ),
    "screened": lambda ward: enrol.screen(
        ward.study, {"code": "LI-2", "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible"}, TODAY
    ),
    "site": lambda ward: ward.site(closed_weekdays=[0, 6]),
    "closed": lambda ward: ward.close_day("2026-12-21", "2027-01-31"),
    "opened": lambda ward: ward.close_day("2026-12-25", kind="day_opened"),
    "usual again": lambda ward: (
        ward.close_day("2026-12-28"),
        ward.set_study(configure_site.usual_day_facts(ward.study, date(2026, 12, 28))),
    ),
    "value": lambda ward: ward.value("SP-C01.offset", "P10D"),
    "value of both": lambda ward: ward.value("AG.8.gap", "P10D", "nct06873178"),
    "value cleared": lambda ward: (
        ward.value("SP-C01.offset", "P10D"),
        ward.set_study(configure_site.clear_value_facts(ward.study, "", "SP-C01.offset")),
    ),
    "enrolment undone": undo_after(lambda ward: ward.enrol(code="LI-002")),
    "redone": lambda ward: (ward.enrol(code="LI-002"), ward.undo(), ward.redo()),
    "death undone": undo_after(lambda ward: ward.do("died", on="2026-12-18")),
    "value undone": undo_after(lambda ward: ward.value("SP-C01.offset", "P10D")),
    "enrolment corrected": lambda ward: ward.correct(ward.seq("enrolled"), on="2026-10-05"),
    "dose corrected": lambda ward: (dose(ward), ward.correct(ward.last, on="2026-12-04", at=None)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_the_table_is_that_of_planning_everybody(ward: Ward, name: str) -> None:
    CHANGES[name](ward)
    assert ward.study.store.visits.made_by()[0] == visit_cache.VERSION, "not kept at all"
    for today in (TODAY, TODAY + timedelta(9)):
        same(ward, today)
    ward.check_cached_visits()


@pytest.mark.parametrize("days", [0, 1, 14, 60, 400])
@pytest.mark.parametrize("today", ["2026-10-01", "2026-12-20", "2026-12-28", "2027-02-01", "2028-01-01", "2029-08-15"])
def test_the_agenda_of_any_day_is_the_planned_one(ward: Ward, today: str, days: int) -> None:
    dose(ward)
    ward.do("booked", visit="SP-C02#2", on="2026-12-28", at="09:30")
    ward.do("unscheduled", reason="dressing", on="2026-12-28")
    ward.do("chosen", choice="staged", value=True, on="2026-12-18")
    same(ward, date.fromisoformat(today), days)


def test_the_agenda_is_read_from_the_table_and_not_planned(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = same(ward, TODAY)
    assert expected.pressing
    monkeypatch.setattr(type(ward.study), "plan", lambda *rest: pytest.fail("planned anew"))
    found = agenda(ward.study, TODAY)
    assert without_reasons(found.pressing) == without_reasons(expected.pressing)


def test_only_the_days_that_are_asked_for_are_shown(ward: Ward) -> None:
    found = agenda(ward.study, TODAY, date(2027, 1, 25), date(2027, 1, 25))
    # The third cycle of both begins on Monday 25 January: 30 November and 56 days.
    rows = [(row.participant, row.entry.key) for row in found.coming]
    assert rows == [("CJ-001", "CJ-C02#3"), ("LI-001", "SP-C02#3")]
    assert not found.pressing + found.now + found.waiting


@pytest.mark.parametrize("today", ["2026-12-20", "2027-02-01", "2028-01-01"])
def test_a_study_opened_for_reading_shows_the_same(file_ward: Ward, today: str) -> None:
    dose(file_ward)
    expected = same(file_ward, date.fromisoformat(today))
    file_ward.rebuilt()
    file_ward.reopen(writing=False)
    whole = file_ward.path.read_bytes()
    found = agenda(file_ward.study, date.fromisoformat(today))
    for group in ("pressing", "now", "coming", "waiting"):
        assert without_reasons(getattr(found, group)) == without_reasons(getattr(expected, group)), group
    assert file_ward.path.read_bytes() == whole


def test_a_backup_opened_for_reading_shows_the_same(file_ward: Ward) -> None:
    made = back_up(file_ward.study, None)
    expected = same(file_ward, TODAY)
    other = study_file.open_file(made.path, file_ward.environment, TODAY, writing=False)
    try:
        found = agenda(other, TODAY)
    finally:
        other.close()
    assert without_reasons(found.pressing) == without_reasons(expected.pressing)


def long_alive(ward: Ward) -> None:
    """CJ-001 of September 2023, whose only medication was on 8 January 2024 and who follows the end of treatment."""
    ward.enrol_cn(sure=True, code="CJ-009", on="2023-09-04")
    ward.do("performed", "CJ-009", visit="CJ-C01", on="2024-01-08")
    ward.do("stopped", "CJ-009", phase="chemo", on="2024-01-08", reason="x")
    ward.do("decided", "CJ-009", visit="CJ-R02", outcome="no_surgery", on="2024-01-10")


def months(ward: Ward, today: date) -> list[int]:
    """The months whose contacts the agenda of the next four months has for CJ-009."""
    found = same(ward, today, 120)
    rows = (*found.pressing, *found.now, *found.coming)
    return sorted(
        int(row.entry.key[7:])
        for row in rows
        if row.participant == "CJ-009" and row.entry.key.startswith("CJ-F01#") and row.entry.assumed is not None
    )


def test_contacts_after_month_24_appear_as_time_passes(ward: Ward) -> None:
    long_alive(ward)
    # The end of treatment is 8 January 2024, so month 35 is 8 December 2026; three months ahead are known.
    ward.go_to("2026-12-20")
    assert months(ward, ward.today)[-1] == 38
    for day, last in (("2026-12-31", 38), ("2027-01-10", 39), ("2027-03-09", 41), ("2027-12-01", 49)):
        assert months(ward, date.fromisoformat(day))[-1] == last, day


@pytest.mark.parametrize("first", ["nobody", "the other trial"])
def test_contacts_appear_also_where_the_table_was_made_before_anybody_needed_them(empty_ward: Ward, first: str) -> None:
    if first == "the other trial":
        empty_ward.enrol()
    empty_ward.go_to("2026-01-05")
    agenda(empty_ward.study, empty_ward.today)
    long_alive(empty_ward)
    # Month 24 is 8 January 2026; three months ahead of 1 June is month 31, 8 August 2026.
    assert months(empty_ward, date(2026, 6, 1))[-1] == 31


def test_a_change_on_an_earlier_day_than_the_table_makes_it_anew(ward: Ward) -> None:
    long_alive(ward)
    ward.go_to("2027-06-01")
    ward.rebuilt()
    ward.go_to("2027-01-10")
    ward.do("note", "CJ-009", text="x")
    assert ward.study.store.visits.made_by()[0] == ""
    same(ward, ward.today)
    ward.check_cached_visits()


def test_changes_on_days_in_any_order_keep_the_table(ward: Ward) -> None:
    long_alive(ward)
    ward.rebuilt()
    died = None
    for day in ("2027-03-10", "2026-12-21", "2027-06-10", "2026-12-22"):
        ward.go_to(day)
        ward.do("died", "CJ-009", on="2026-12-20")
        died = ward.study.store.last()[0]
        ward.undo(died)
        same(ward, ward.today, 5)
    ward.check_cached_visits()
    assert died is not None


def test_the_table_is_made_anew_in_a_new_year(ward: Ward) -> None:
    agenda(ward.study, date(2027, 1, 2))
    assert ward.study.store.visits.made_by()[1] == "2027-01-02"


def test_the_table_of_another_program_is_made_anew(ward: Ward) -> None:
    with ward.study.store.transaction():
        ward.study.store.visits.restart("0 other", TODAY.isoformat(), "2099-01-01")
    assert ward.table() == []
    same(ward, TODAY)
    assert ward.table()
