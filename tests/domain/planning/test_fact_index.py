"""Facts by visit and subject: the later one of a kind counts."""

from app.domain.facts import planner_facts as f
from app.domain.planning.fact_index import FactIndex
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import (
    ENROLLED,
    booked,
    changed,
    chosen,
    d,
    decided,
    died,
    done,
    found_again,
    lost,
    missed,
    moved,
    withdrawn,
)

PERSON = f.Participant("T-001", d(ENROLLED), "SE", "MFFX", {"eortc": True})


def index(*facts: f.Fact) -> FactIndex:
    return FactIndex(SCANPAN, PERSON, facts)


def test_consent_and_enrolment_are_performed_visits() -> None:
    assert index().performed("SP-S00") == f.Performed("SP-S00", d(ENROLLED))
    assert index().performed("SP-S06") == f.Performed("SP-S06", d(ENROLLED))
    assert index().keys == {"SP-S00", "SP-S06"}


def test_in_screening_the_consent_alone_is() -> None:
    person = f.Participant("T-001", None, "SE", "MFFX", {}, d("2026-11-16"))
    assert FactIndex(SCANPAN, person, ()).results == {"SP-S00": f.Performed("SP-S00", d("2026-11-16"))}


def test_the_day_recorded_last_is_arranged_whichever_it_is() -> None:
    facts = [booked("SP-C01", "2026-12-02"), moved("SP-C01", "2026-12-04"), booked("SP-C01", "2026-12-01")]
    assert index(*facts[:2]).arranged == {"SP-C01": d("2026-12-04")}
    assert index(*facts).arranged == {"SP-C01": d("2026-12-01")}
    assert index(*facts).moved["SP-C01"] == facts[1]


def test_a_missed_visit_is_rearranged_by_a_later_day_only() -> None:
    before, after = booked("SP-P03", "2027-04-05"), booked("SP-P03", "2027-04-12")
    was_missed = missed("SP-P03", "2027-04-05")
    assert index(before, was_missed).rearranged == set()
    assert index(before, was_missed, after).rearranged == {"SP-P03"}
    assert index(before, was_missed, after, missed("SP-P03", "2027-04-12")).rearranged == set()


def test_a_missed_visit_is_not_performed() -> None:
    assert index(missed("SP-C01", "2026-11-30")).performed("SP-C01") is None
    assert index(missed("SP-C01", "2026-11-30"), done("SP-C01", "2026-12-01")).performed("SP-C01") is not None


def test_answers_are_the_defaults_then_those_of_enrolment_then_the_later_ones() -> None:
    assert index().choices == {"staged": False, "pancreatic_resection": True, "eortc": True, "long_term": False}
    assert index(chosen("eortc", False, "2026-12-01")).choices["eortc"] is False


def test_changes_of_regimen_are_kept_in_order() -> None:
    found = index(changed("2026-12-14", "AG"), changed("2027-01-11", "NAL"))
    assert [change.to for change in found.regimen_changes] == ["AG", "NAL"]


def test_leaving_is_known_by_its_scope_and_being_lost_ends_when_found() -> None:
    found = index(withdrawn("treatment", "2027-01-11"), lost("2027-01-12"), died("2027-02-01"))
    assert found.left_treatment is not None
    assert found.left_all is None
    assert found.lost is not None
    assert found.died == f.Died(d("2027-02-01"))
    assert index(lost("2027-01-12"), found_again("2027-01-20")).lost is None


def test_every_visit_with_a_fact_is_a_key() -> None:
    facts = [booked("U#1", "2027-01-11"), moved("SP-C01", "2026-12-01"), decided("SP-R01", "2027-02-01", "response")]
    assert index(*facts).keys == {"SP-S00", "SP-S06", "U#1", "SP-C01", "SP-R01"}
