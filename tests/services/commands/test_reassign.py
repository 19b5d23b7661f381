"""A fact given to the participant it belongs to: both calendars, one command, one undo.

LI-001 and LI-002 were enrolled on Monday 23 November 2026 with cycles of 28 days. The first dose is planned for 30
November (enrolment + 7 days), so cycle 2 begins on 28 December; a first dose on 2 December moves it to 30 December.
"""

from collections.abc import Mapping
from datetime import date

import pytest

from app.domain.calendar.entries import Calendar
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.services.commands import reassign
from app.services.commands.correct import CorrectionProposal, save_correction
from app.services.commands.mend import propose_mend, save_proposal
from app.services.commands.record import Asked, propose, save
from app.services.queries.command_name import command_name
from app.services.queries.history import history
from app.services.queries.undo_state import undo_and_redo
from tests.services.ward import TODAY, Ward, refused

OPERATED = {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "other", "liver": "none"}


@pytest.fixture
def two(ward: Ward) -> Ward:
    """Two participants of ScanPan on the same days."""
    ward.enrol(code="LI-002")
    return ward


def give(ward: Ward, seq: int, code: str = "LI-002", why: str = "wrong participant") -> CorrectionProposal:
    return reassign.propose_reassignment(ward.study, seq, code, why, TODAY)


def calendar(ward: Ward, code: str) -> Calendar:
    return ward.study.calendar(ward.study.enrolled(code), TODAY)


def counting(ward: Ward, code: str) -> list[tuple[str, Mapping[str, Json]]]:
    """The facts of a participant that count after the enrolment, by kind and fields."""
    return [(one.kind, one.fields) for one in ward.study.enrolled(code).records if one.kind != "enrolled"]


def test_a_dose_leaves_one_calendar_and_moves_the_other_as_it_was_shown(two: Ward) -> None:
    before = calendar(two, "LI-001")
    two.do("performed", visit="SP-C01", on="2026-12-02", at="10:15", reason="late bus")
    seq = two.last
    found = give(two, seq)
    shown = {subject: after for subject, (_now, after) in found.calendars.items()}
    saved = save_correction(two.study, found)
    assert calendar(two, "LI-001") == before == shown[two.study.subject("LI-001")]
    assert calendar(two, "LI-002") == shown[two.study.subject("LI-002")]
    assert calendar(two, "LI-002").by_key["SP-C02#2"].assumed == date(2026, 12, 30)
    assert counting(two, "LI-001") == []
    ((kind, fields),) = counting(two, "LI-002")
    assert (kind, fields["on"], fields["at"], fields["reason"]) == ("performed", "2026-12-02", "10:15", "late bus")
    assert {one.command for one in two.facts(two.last - len(saved.facts))} == {saved.command}
    assert set(found.changes) == {"LI-001", "LI-002"}
    two.check_cached_visits()


def test_one_undo_brings_it_back_and_one_redo_gives_it_again(two: Ward) -> None:
    two.do("performed", visit="SP-C01", on="2026-12-02")
    before = calendar(two, "LI-001"), calendar(two, "LI-002")
    save_correction(two.study, give(two, two.last))
    given = calendar(two, "LI-001"), calendar(two, "LI-002")
    two.undo()
    assert (calendar(two, "LI-001"), calendar(two, "LI-002")) == before
    two.redo()
    assert (calendar(two, "LI-001"), calendar(two, "LI-002")) == given
    assert [kind for kind, _fields in counting(two, "LI-002")] == ["performed"]
    two.check_cached_visits()


def test_what_was_given_can_be_given_back_or_on_and_is_there_once(two: Ward) -> None:
    two.enrol(code="LI-003")
    two.do("performed", visit="SP-C01", on="2026-12-02")
    save_correction(two.study, give(two, two.last))
    save_correction(two.study, give(two, two.last, "LI-003"))
    assert [len(counting(two, code)) for code in ("LI-001", "LI-002", "LI-003")] == [0, 0, 1]
    save_correction(two.study, give(two, two.last, "LI-001"))
    assert [len(counting(two, code)) for code in ("LI-001", "LI-002", "LI-003")] == [1, 0, 0]
    two.undo()
    assert [len(counting(two, code)) for code in ("LI-001", "LI-002", "LI-003")] == [0, 0, 1]
    two.check_cached_visits()


def test_taking_back_what_came_from_another_brings_it_back_there(two: Ward) -> None:
    two.do("note", text="port painful")
    save_correction(two.study, give(two, two.last))
    came = two.facts(two.last - 1)[0]
    save_proposal(two.study, propose_mend(two.study, "LI-002", came, None, "was right before", TODAY))
    assert [len(counting(two, code)) for code in ("LI-001", "LI-002")] == [1, 0]


def test_undo_names_it_as_what_belongs_to_another_participant(two: Ward) -> None:
    two.do("performed", visit="SP-C01", on="2026-12-02")
    save_correction(two.study, give(two, two.last))
    mine, _redone = undo_and_redo(two.study)
    said = command_name(two.study, mine, TODAY)
    dose = "LI-001, Preoperative cycle 1 day 1 (SP-C01): visit done, of another participant"
    assert said == f"{dose}, Wed 2 Dec 2026 and 1 more"


def test_what_is_given_away_is_no_undo_that_redo_could_take_back(two: Ward) -> None:
    two.do("note", text="port painful")
    save_correction(two.study, give(two, two.last))
    refused("nothing_to_redo", two.redo)


def test_it_goes_with_all_of_its_command(two: Ward) -> None:
    two.do("operation", **OPERATED)
    performed = two.last - 1
    saved = save_correction(two.study, give(two, performed), sure=True)
    assert [one.kind for one in saved.facts] == ["correction", "correction", "performed", "operation"]
    assert [kind for kind, _fields in counting(two, "LI-002")] == ["performed", "operation"]


def test_a_corrected_fact_is_given_as_it_holds_and_comes_back_so(two: Ward) -> None:
    two.do("performed", visit="SP-C01", on="2026-12-01", at="10:15")
    dose = two.last
    two.correct(dose, on="2026-12-02")
    save_correction(two.study, give(two, dose))
    assert counting(two, "LI-001") == []
    ((_kind, fields),) = counting(two, "LI-002")
    assert (fields["on"], fields["at"]) == ("2026-12-02", "10:15")
    two.undo()
    ((_kind, fields),) = counting(two, "LI-001")
    assert fields["on"] == "2026-12-02"
    assert calendar(two, "LI-001").by_key["SP-C02#2"].assumed == date(2026, 12, 30)


def test_an_unscheduled_visit_takes_its_day_along_and_gets_the_next_number(two: Ward) -> None:
    two.do("unscheduled", code="LI-002", reason="fever", on="2026-12-10")
    two.do("unscheduled", reason="fall", on="2026-12-14", at="11:00")
    save_correction(two.study, give(two, two.last))
    entry = calendar(two, "LI-002").by_key["U#2"]
    assert (entry.performed, entry.performed_at) == (date(2026, 12, 14), "11:00")
    assert "U#1" not in calendar(two, "LI-001").by_key


def test_a_visit_that_was_held_stays_with_its_own_participant(two: Ward) -> None:
    moved = Asked("moved", {"visit": "SP-C01", "to": "2026-12-28", "reason": "holiday"})
    save(two.study, propose(two.study, "LI-001", [moved], TODAY, ["SP-P01"], "booked"), sure=True)
    save_correction(two.study, give(two, two.last), sure=True)
    assert [fields["visit"] for _kind, fields in counting(two, "LI-002")] == ["SP-C01"]
    assert counting(two, "LI-001") == []


def test_a_contact_that_told_of_a_death_takes_the_death_along(two: Ward) -> None:
    two.do("contact", on="2026-12-15", reached=False, alive="no", died_on="2026-12-14")
    save_correction(two.study, give(two, two.last), sure=True)
    assert [kind for kind, _fields in counting(two, "LI-002")] == ["contact", "died"]
    assert calendar(two, "LI-001").by_key["SP-C02#3"].assumed is not None


def test_there_it_is_asked_about_as_anything_that_is_recorded_now(two: Ward) -> None:
    two.do("note", text="port painful")
    given = two.last
    two.do("note", code="LI-002", text="port painful")
    found = give(two, given)
    assert found.doubt is not None
    assert found.doubt.kind == "repeats"
    refused("repeats", save_correction, two.study, found)
    save_correction(two.study, found, sure=True)


def test_the_history_of_both_says_whose_it_was_and_is(two: Ward) -> None:
    two.do("note", text="port painful")
    one, other = two.study.subject("LI-001"), two.study.subject("LI-002")
    save_correction(two.study, give(two, two.last))
    here = [(row.record.kind, row.past.belongs_to, row.past.came_from) for row in history(two.study, "LI-001")]
    there = [(row.record.kind, row.past.belongs_to, row.past.came_from) for row in history(two.study, "LI-002")]
    assert here == [("enrolled", 0, 0), ("note", other, 0), ("correction", other, 0)]
    assert there == [("enrolled", 0, 0), ("note", 0, one)]
    two.undo()
    assert [row.stands for row in history(two.study, "LI-001")] == [True, True, False, True]


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("enrolled", "own_fact"), ("included", "own_fact"), ("consent", "own_fact"), ("printed", "for_good"),
        ("correction", "not_correctable"), ("site_set", "of_study"),
    ],
)  # fmt: skip
def test_what_can_be_of_nobody_else_is_refused_with_its_remedy(two: Ward, kind: str, refusal: str) -> None:
    if kind == "included":
        two.not_included()
        two.do("included", on="2026-11-23")
    elif kind == "consent":
        two.do("consent", answer="given", on="2026-12-01", version="2.0", language="sv", copy=True)
    elif kind == "printed":
        fact = NewFact("printed", {"what": "calendar", "head": "1:ab"}, two.study.subject("LI-001"))
        two.memory.append(two.environment.stamp(TODAY), 90, [fact])
    elif kind == "correction":
        two.do("note", text="x")
        two.undo()
    elif kind == "site_set":
        two.site()
    refused(refusal, give, two, two.seq(kind))


def test_a_serious_event_is_not_parted_from_the_report_on_it(two: Ward) -> None:
    two.do("adverse_event", term="Sepsis", grade=4, on="2026-12-01", serious=True)
    event = two.last
    two.do("safety_report", what="initial", on="2026-12-02")
    report = two.last
    refused("facts_depend", give, two, event)
    refused("no_serious_event", give, two, report)
    two.undo()
    save_correction(two.study, give(two, event), sure=True)
    assert [kind for kind, _fields in counting(two, "LI-002")] == ["adverse_event"]


@pytest.mark.parametrize(
    ("code", "why", "refusal"),
    [
        ("LI-001", "wrong", "same_participant"), ("LI-009", "wrong", "no_participant"),
        ("LI-002", " ", "field_missing"), ("CJ-001", "wrong", "other_protocol"),
    ],
)  # fmt: skip
def test_an_impossible_wish_leaves_the_study_as_it_was(two: Ward, code: str, why: str, refusal: str) -> None:
    two.do("performed", visit="SP-C01", on="2026-11-30")
    before = two.last
    refused(refusal, give, two, two.last, code, why)
    assert two.last == before


def test_a_visit_recorded_there_already_is_refused_there(two: Ward) -> None:
    two.do("performed", visit="SP-C01", on="2026-11-30")
    given = two.last
    two.do("performed", code="LI-002", visit="SP-C01", on="2026-12-01")
    refused("two_results", give, two, given)
