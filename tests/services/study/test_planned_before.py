"""A release that plans otherwise: what it would move is shown before it is used, and until then all is as before.

The visits of before are those of LI-001 with some of them on other days, as another release would have written them.
"""

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.domain.calendar.entries import Calendar
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.planning.planning_rules import PLANNING_RULES, REMEMBERED
from app.protocols.findings import ProtocolRefused
from app.services.commands import configure_site, enrol, print_documents, study_file
from app.services.commands.accept_planning import accept_planning
from app.services.commands.verify import repair_cached_visits
from app.services.queries.agenda import agenda
from app.services.queries.booking_days import booking_days
from app.services.queries.deviations import deviations
from app.services.queries.participant import participant_view
from app.services.queries.planning import propose_planning, protocol_offers
from app.services.study import planned_before
from app.services.study.planned_before import look_at_planning
from app.services.study.study import Study
from app.services.study.visit_cache import VERSION, rules_of
from tests.services.released import OLDER, planned_otherwise
from tests.services.ward import PERSON, TODAY, Ward, nurse, refused
from tests.storage.study_files import raw

SHIFTS = {"SP-C02#2": 3, "SP-R01": -2}
# LI-001 of the ward: cycle 2 of AG on Mon 28 Dec 2026, the first restaging on Mon 1 Feb 2027.


def before(ward: Ward, **more: object) -> Ward:
    """The ward opened by this release after another had planned its visits."""
    planned_otherwise(ward.study, SHIFTS, **more)  # type: ignore[arg-type]
    look_at_planning(ward.study, ward.today)
    return ward


def days(ward: Ward) -> dict[str, str]:
    found = ward.dates()
    return {key: found[key] for key in SHIFTS}


# Until it is accepted


def test_the_calendar_is_that_of_before_and_the_visits_say_so(ward: Ward) -> None:
    now = days(ward)
    assert now == {"SP-C02#2": "2026-12-28", "SP-R01": "2027-02-01"}
    before(ward)
    found = ward.study.before
    assert found is not None
    assert (found.rules, found.visits, found.participants) == (1, 2, 1)
    assert days(ward) == {"SP-C02#2": "2026-12-31", "SP-R01": "2027-01-30"}
    entries = ward.calendar().by_key
    marked = {
        key: one.values for key, entry in entries.items() for one in entry.problems if one.kind == "planned_before"
    }
    assert marked == {"SP-C02#2": {"on": date(2026, 12, 28)}, "SP-R01": {"on": date(2027, 2, 1)}}
    assert ward.dates("CJ-001") == {entry.key: str(entry.assumed) for entry in ward.calendar("CJ-001").entries}


def test_every_other_visit_is_as_it_is_planned_with_its_reasons(ward: Ward) -> None:
    planned = {entry.key: entry for entry in ward.calendar().entries}
    before(ward)
    shown = {entry.key: entry for entry in ward.calendar().entries}
    assert shown.keys() == planned.keys()
    assert {key for key in shown if shown[key] != planned[key]} == SHIFTS.keys()
    assert shown["SP-C02#2"].reasons == ()
    assert shown["SP-C02#3"].reasons == planned["SP-C02#3"].reasons != ()


def test_the_agenda_has_the_days_of_before(ward: Ward) -> None:
    before(ward)
    found = agenda(ward.study, TODAY)
    on = {row.entry.key: row.entry.assumed for row in found.coming if row.participant == "LI-001"}
    assert on["SP-C02#2"] == date(2026, 12, 31)
    assert ward.study.store.visits.made_by()[0] == OLDER, "the visits of before are kept"


def test_the_page_of_the_participant_and_the_log_have_them(ward: Ward) -> None:
    before(ward)
    view = participant_view(ward.study, "LI-001", TODAY)
    assert view.calendar.by_key["SP-C02#2"].assumed == date(2026, 12, 31)
    assert deviations(ward.study, TODAY) is not None


def test_paper_has_them_and_says_so(file_ward: Ward, tmp_path: Path) -> None:
    before(file_ward)
    import pypdf

    out = tmp_path / "sheet.pdf"
    print_documents.print_sheets(file_ward.study, "LI-001", ["SP-C02#2"], out, TODAY)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "31 Dec 2026" in text
    assert "days as planned by the rules of an earlier release" in " ".join(text.split())
    assert file_ward.study.before is not None, "a print is recorded and accepts nothing"


CHANGES: dict[str, Callable[[Ward], object]] = {
    "record": lambda ward: ward.do("performed", visit="SP-C01", on="2026-11-30"),
    "note": lambda ward: ward.do("note", text="x"),
    "move": lambda ward: ward.do("moved", visit="SP-C02#2", to="2026-12-29", reason="x"),
    "enrol": lambda ward: ward.enrol(code="LI-002"),
    "enrol many": lambda ward: enrol.enrol_many(ward.study, [{**PERSON, "code": "LI-002"}], TODAY),
    "screen": lambda ward: enrol.screen(
        ward.study, {"code": "LI-003", "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible"}, TODAY
    ),
    "close a day": lambda ward: ward.close_day("2026-12-28"),
    "site": lambda ward: ward.site(),
    "value": lambda ward: ward.value("SP-R01.after", "P21D"),
    "holidays": lambda ward: ward.set_study(configure_site.holiday_facts(ward.study, "SE", 2040)),
    "undo": lambda ward: ward.undo(),
    "correct": lambda ward: ward.correct(ward.seq("enrolled"), on="2026-11-24"),
    "days to book": lambda ward: booking_days(ward.study, "LI-001", "SP-C02#2", TODAY),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_planned_is_refused_until_it_is_accepted(ward: Ward, name: str) -> None:
    before(ward)
    state = ward.state()
    found = refused("planning_not_accepted", CHANGES[name], ward)
    assert (found.values["visits"], found.values["participants"]) == (2, 1)
    assert ward.state() == state


def test_a_value_is_redacted_all_the_same(ward: Ward) -> None:
    ward.do("moved", code="CJ-001", visit="CJ-C02#2", to="2026-12-29", reason="with Eva")
    ward.rebuilt()
    before(ward)
    ward.redact(ward.seq("moved"), "reason")
    assert days(ward) == {"SP-C02#2": "2026-12-31", "SP-R01": "2027-01-30"}


# What moves, and accepting it


def test_what_accepting_does_is_shown_visit_by_visit(ward: Ward) -> None:
    before(ward)
    proposal = propose_planning(ward.study, TODAY)
    assert proposal is not None
    assert (proposal.rules, proposal.planned_on) == (1, TODAY)
    found = [
        (code, one.key, one.kind.value, str(one.now and one.now.assumed), str(one.new and one.new.assumed), one.shift)
        for code, every in proposal.changes.items()
        for one in every
    ]
    assert found == [
        ("LI-001", "SP-C02#2", "moves", "2026-12-31", "2026-12-28", -3),
        ("LI-001", "SP-R01", "moves", "2027-01-30", "2027-02-01", 2),
    ]


def test_it_is_asked_about_then_accepted_as_a_fact_with_who_and_when(ward: Ward) -> None:
    before(ward)
    proposal, last, state = propose_planning(ward.study, TODAY), ward.last, ward.state()
    asked = refused("planning_moves", accept_planning, ward.study, proposal)
    assert asked.values == {"visits": 2, "participants": 1}
    assert ward.state() == state
    accept_planning(ward.study, proposal, sure=True)
    assert ward.told(last) == [
        ("planning_accepted", {"before": 1, "after": PLANNING_RULES, "visits": 2, "participants": 1})
    ]
    fact = ward.facts(last)[0]
    assert (fact.who, fact.today, fact.subject) == ("nurse", "2026-12-20", 0)
    assert ward.study.before is None
    assert days(ward) == {"SP-C02#2": "2026-12-28", "SP-R01": "2027-02-01"}
    assert ward.study.store.visits.made_by()[0] == VERSION
    ward.check_cached_visits()
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.check_cached_visits()


def test_nothing_is_to_be_accepted_where_the_visits_are_those_of_today(ward: Ward) -> None:
    assert propose_planning(ward.study, TODAY) is None
    refused("nothing_to_accept", accept_planning, ward.study, None)


def test_what_was_recorded_meanwhile_is_looked_at_again(ward: Ward) -> None:
    before(ward)
    proposal = propose_planning(ward.study, TODAY)
    ward.study.append(TODAY, [])
    ward.redact(1, "name")
    refused("changed_meanwhile", accept_planning, ward.study, proposal, sure=True)


def test_accepting_cannot_be_undone(ward: Ward) -> None:
    before(ward)
    accept_planning(ward.study, propose_planning(ward.study, TODAY), sure=True)
    command = ward.facts()[-1].command
    refused("for_good", ward.undo, command)


def test_a_visit_that_only_one_of_the_rules_has_appears_or_disappears(ward: Ward) -> None:
    planned_otherwise(ward.study, {}, left_out=["SP-C02#3"])
    look_at_planning(ward.study, TODAY)
    assert "SP-C02#3" not in ward.dates()
    proposal = propose_planning(ward.study, TODAY)
    assert proposal is not None
    assert [(one.key, one.kind.value) for one in proposal.changes["LI-001"]] == [("SP-C02#3", "appears")]


# When somebody is asked


def test_where_nothing_would_move_it_is_remembered_without_a_word(ward: Ward) -> None:
    planned_otherwise(ward.study, {})
    last = ward.last
    look_at_planning(ward.study, TODAY)
    assert (ward.study.before, ward.study.warnings, ward.last) == (None, [], last)
    assert ward.study.store.visits.made_by()[0] == VERSION
    assert ward.study.store.remembered(REMEMBERED) == str(PLANNING_RULES)


def test_a_release_with_the_same_number_that_moves_visits_all_the_same_is_noticed(ward: Ward) -> None:
    planned_otherwise(ward.study, SHIFTS, maker=f"4 0.0.9 rules {PLANNING_RULES}")
    look_at_planning(ward.study, TODAY)
    assert ward.study.before is not None
    assert ward.study.before.visits == 2


def test_visits_that_were_planned_on_an_earlier_day_are_compared_as_of_that_day(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.go_to("2027-01-20")
    look_at_planning(ward.study, ward.today)
    planned_otherwise(ward.study, {}, planned_on="2026-12-20")
    look_at_planning(ward.study, ward.today)
    assert ward.study.before is None, "the passing of days moves nothing"


def test_the_days_of_a_cancelled_visit_are_of_no_use_to_anybody(ward: Ward) -> None:
    ward.do("stopped", phase="preop_chemo", on="2026-12-18", reason="toxicity")
    ward.rebuilt()
    cancelled = next(entry.key for entry in ward.calendar().entries if entry.status.value == "cancelled")
    planned_otherwise(ward.study, {cancelled: 5})
    look_at_planning(ward.study, TODAY)
    assert ward.study.before is None


def test_nobody_enrolled_nothing_asked(empty_ward: Ward) -> None:
    look_at_planning(empty_ward.study, TODAY)
    assert (empty_ward.study.before, empty_ward.study.warnings) == (None, [])


def test_how_many_differ_is_counted_once(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    before(ward)

    def planned_again(*given: object) -> None:
        raise AssertionError(given)

    monkeypatch.setattr(Study, "plan", planned_again)
    again = Study(ward.study.store, ward.study.backups, ward.environment)
    look_at_planning(again, TODAY)
    assert again.before is not None
    assert again.before == ward.study.before


# What was planned before is not known


@pytest.mark.parametrize(("planned_on", "more"), [("2026-12-20", 0), ("2026-12-19", 1)])
def test_a_list_plans_everybody_once_and_again_only_whose_visits_move(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, planned_on: str, more: int
) -> None:
    before(ward, planned_on=planned_on)
    planned: list[int] = []
    plan = Study.plan

    def counting(study: Study, case: ParticipantRecord, today: date) -> Calendar:
        planned.append(case.subject)
        return plan(study, case, today)

    monkeypatch.setattr(Study, "plan", counting)
    agenda(ward.study, TODAY)
    assert sorted(planned) == [1] * (1 + more) + [2]


def test_what_is_not_proved_is_not_shown_and_that_is_said_once(file_ward: Ward) -> None:
    planned_otherwise(file_ward.study, SHIFTS)
    file_ward.study.close()
    with raw(file_ward.path) as connection:
        connection.execute("UPDATE visit SET assumed = '2026-12-25' WHERE key = 'SP-C02#2'")
    file_ward.study = reopened(file_ward)
    assert file_ward.study.before is None
    assert [one.kind for one in file_ward.study.warnings] == ["planned_before_unknown"]
    assert days(file_ward) == {"SP-C02#2": "2026-12-28", "SP-R01": "2027-02-01"}
    file_ward.study.close()
    file_ward.study = reopened(file_ward)
    assert file_ward.study.warnings == []


def test_where_no_visits_are_kept_it_is_said_once(file_ward: Ward) -> None:
    with file_ward.study.store.transaction():
        file_ward.study.store.visits.restart("", "", "")
        file_ward.study.store.remember(REMEMBERED, "1")
    file_ward.reopen()
    assert [one.kind for one in file_ward.study.warnings] == ["planned_before_unknown"]
    file_ward.reopen()
    assert (file_ward.study.before, file_ward.study.warnings) == (None, [])


def reopened(ward: Ward) -> Study:
    return study_file.open_file(ward.path, ward.environment, ward.today)


# The file


def test_a_file_goes_on_asking_until_it_is_accepted(file_ward: Ward) -> None:
    planned_otherwise(file_ward.study, SHIFTS)
    for _time in range(2):
        file_ward.reopen()
        assert file_ward.study.before is not None
        assert days(file_ward) == {"SP-C02#2": "2026-12-31", "SP-R01": "2027-01-30"}
    accept_planning(file_ward.study, propose_planning(file_ward.study, TODAY), sure=True)
    file_ward.reopen()
    assert file_ward.study.before is None
    assert days(file_ward) == {"SP-C02#2": "2026-12-28", "SP-R01": "2027-02-01"}


def test_a_file_open_for_reading_shows_the_days_of_before(file_ward: Ward) -> None:
    planned_otherwise(file_ward.study, SHIFTS)
    file_ward.reopen(writing=False)
    found = file_ward.study.before
    assert found is not None
    assert (found.rules, found.visits) == (1, 0)
    assert days(file_ward) == {"SP-C02#2": "2026-12-31", "SP-R01": "2027-01-30"}
    proposal = propose_planning(file_ward.study, TODAY)
    assert proposal is not None
    assert proposal.visits == 2
    refused("opened_to_read", accept_planning, file_ward.study, proposal, sure=True)


def test_a_protocol_that_cannot_be_read_keeps_no_file_from_opening(
    file_ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned_otherwise(file_ward.study, SHIFTS)

    def unreadable(*given: object) -> None:
        raise ProtocolRefused([])

    monkeypatch.setattr(planned_before, "_counted", unreadable)
    file_ward.reopen()
    assert file_ward.study.store.visits.made_by()[0] == OLDER


# Sheets that were printed before


def test_a_sheet_printed_before_is_outdated_by_accepting_and_another_one_is_not(
    file_ward: Ward, tmp_path: Path
) -> None:
    before(file_ward)
    for number, visit in enumerate(("SP-C02#2", "SP-C02#3")):
        print_documents.print_sheets(file_ward.study, "LI-001", [visit], tmp_path / f"{number}.pdf", TODAY)
    assert participant_view(file_ward.study, "LI-001", TODAY).outdated_prints == frozenset()
    accept_planning(file_ward.study, propose_planning(file_ward.study, TODAY), sure=True)
    assert file_ward.facts()[-1].fields["reprint"] == {"1": ["SP-C02#2"]}
    assert participant_view(file_ward.study, "LI-001", TODAY).outdated_prints == {"SP-C02#2"}
    print_documents.print_sheets(file_ward.study, "LI-001", ["SP-C02#2"], tmp_path / "again.pdf", TODAY)
    assert participant_view(file_ward.study, "LI-001", TODAY).outdated_prints == frozenset()


@pytest.mark.parametrize(("maker", "rules"), [("1 0.1.0", 1), ("4 0.1.0", 1), (OLDER, 1), ("5 1.2.0 rules 17", 17)])
def test_the_rules_of_a_maker(maker: str, rules: int) -> None:
    assert rules_of(maker) == rules


# The first release


def test_visits_of_the_first_schema_outlive_the_migration(tmp_path: Path) -> None:
    """LI-001 has MFFX, 14 days a cycle from Mon 30 Nov 2026, and cycle 2 was moved to Tue 15 Dec.

    The first release returned to Mondays, so cycle 3 was on Mon 28 Dec; 14 days after cycle 2 is Tue 29 Dec.
    """
    fixture = Path(__file__).parents[2] / "storage/fixtures/study_two_protocols.studyday.gz"
    path = tmp_path / "study.studyday"
    path.write_bytes(gzip.decompress(fixture.read_bytes()))
    study = study_file.open_file(path, nurse(), TODAY)

    def third_cycle() -> date | None:
        return study.calendar(study.enrolled("LI-001"), TODAY).by_key["SP-C02#3"].assumed

    try:
        assert study.before is not None
        assert (study.before.rules, study.before.planned_on) == (1, date(2026, 12, 7))
        assert study.before.participants == 1, "nothing of LI-002 moves"
        assert third_cycle() == date(2026, 12, 28)
        # Both protocols are shipped with another text by now; who is enrolled stays on the old one.
        assert [one.protocol for one in protocol_offers(study)] == ["nct06873178", "scanpan"]
        accept_planning(study, propose_planning(study, TODAY), sure=True)
        assert third_cycle() == date(2026, 12, 29)
        assert not repair_cached_visits(study, TODAY)
    finally:
        study.close()
