"""One change of one participant: its facts, and visits held on their day."""

from datetime import date

import pytest

from app.domain.calendar.difference import ChangeKind
from app.domain.calendar.entries import Status
from app.services.commands import record
from app.services.commands.print_documents import sheets
from app.services.commands.record import Asked
from app.services.queries.agenda import agenda
from app.wording.agenda import next_step
from app.wording.doubts import remark_text
from app.wording.refusals import refusal_text
from tests.documents.calendars import pages_of
from tests.services.ward import Ward, refused


def test_the_operation_of_a_retrospective_participant_records_its_visit(ward: Ward) -> None:
    ward.enrol_cn(code="CJ-002", cohort="retrospective")
    last = ward.last
    ward.do("operation", "CJ-002", visit="CJ-P02", on="2026-12-01", pancreas="other", liver="none")
    assert [kind for kind, _fields in ward.told(last)] == ["performed", "operation"]
    assert ward.calendar("CJ-002").by_key["CJ-P02"].performed == date(2026, 12, 1)
    ward.check_cached_visits()


def test_an_unscheduled_visit_gets_a_number_that_nothing_has(ward: Ward) -> None:
    ward.do("moved", visit="U#1", to="2026-12-28", reason="asked for")
    ward.do("unscheduled", reason="fever", on="2026-12-18")
    assert ward.told(ward.last - 2)[0][1]["visit"] == "U#2"


def test_a_held_visit_stays_on_its_day_for_the_same_reason(ward: Ward) -> None:
    """Cycle 2 moved by two weeks would carry cycle 3 from 25 Jan along."""
    assert ward.dates()["SP-C02#3"] == "2027-01-25"
    without = record.propose(ward.study, "LI-001", [MOVE], ward.today)
    assert {one.key: one.shift for one in without.changes}["SP-C02#3"] == 14
    saved = record.save(ward.study, record.propose(ward.study, "LI-001", [MOVE], ward.today, ["SP-C02#3"], "fever"))
    assert [(one.kind, one.fields) for one in saved.facts] == [
        ("moved", {"visit": "SP-C02#2", "to": "2027-01-11", "reason": "fever"}),
        ("moved", {"visit": "SP-C02#3", "to": "2027-01-25", "reason": "fever"}),
    ]
    assert ward.dates()["SP-C02#3"] == "2027-01-25"
    assert {one.key: one.kind for one in saved.changes}["SP-C02#3"] is ChangeKind.STAYS_MOVED
    ward.undo()
    assert ward.dates()["SP-C02#2"] == "2026-12-28"


@pytest.mark.parametrize(
    ("visit", "reason", "kind"),
    [("SP-C02#3", "", "field_missing"), ("SP-X99", "fever", "unknown_visit"), ("SP-S06", "fever", "not_held")],
)
def test_a_visit_that_cannot_be_held_is_refused(ward: Ward, visit: str, reason: str, kind: str) -> None:
    before = ward.state()
    refused(kind, record.propose, ward.study, "LI-001", [MOVE], ward.today, [visit], reason)
    assert ward.state() == before


MOVE = Asked("moved", {"visit": "SP-C02#2", "to": "2027-01-11", "reason": "fever"})


# Repeats


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("booked", {"visit": "SP-C01", "on": "2026-12-21", "at": "09:30"}),
        ("moved", {"visit": "SP-C01", "to": "2026-12-22", "reason": "holiday"}),
        ("note", {"visit": "SP-C01", "text": "port painful"}),
        ("note", {"text": "moved house"}),
        ("unscheduled", {"on": "2026-12-18", "reason": "fever"}),
        ("unscheduled", {"on": "2026-12-22", "at": "10:00", "reason": "fever"}),
        ("adverse_event", {"term": "nausea", "grade": 1, "on": "2026-12-02", "serious": False}),
        ("complication", {"what": "bile leak", "grade": "II", "on": "2026-12-19"}),
        ("contact", {"on": "2026-12-18", "reached": False, "how": "telephone"}),
        ("treatment", {"visit": "SP-C01", "on": "2026-11-30", "given": "full"}),
        ("progression", {"what": "progression", "site": "liver", "on": "2026-12-18"}),
    ],
)
def test_what_is_recorded_already_is_asked_about(ward: Ward, kind: str, fields: dict[str, object]) -> None:
    if kind == "complication":
        ward.do("performed", visit="SP-P03", on="2026-12-18")
    ward.ask(kind, **fields)
    state = ward.state()
    found = refused("repeats", ward.ask, kind, **fields)
    assert (found.values["who"], found.values["on"]) == ("nurse", ward.today)
    assert ward.state() == state
    ward.do(kind, **fields)
    assert ward.state() != state


def test_what_was_taken_back_may_be_recorded_again(ward: Ward) -> None:
    ward.ask("note", text="moved house")
    ward.undo()
    ward.ask("note", text="moved house")
    ward.ask("booked", visit="SP-C01", on="2026-12-21")
    ward.ask("booking_cancelled", visit="SP-C01")
    ward.ask("booked", visit="SP-C01", on="2026-12-21")


def test_a_booking_back_to_the_first_day_is_no_repeat(ward: Ward) -> None:
    for day in ("2026-12-21", "2026-12-22", "2026-12-21"):
        ward.ask("booked", visit="SP-C01", on=day)


def test_the_same_of_another_participant_is_no_repeat(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    for code in ("LI-001", "LI-002"):
        ward.ask("note", code, text="moved house")


# The last medication


def test_a_withdrawal_names_the_last_medication_where_the_protocol_needs_it(ward: Ward) -> None:
    ward.do("performed", "CJ-001", visit="CJ-C01", on="2026-11-30")
    wish = {"scope": "all", "on": "2026-12-18", "reason": "wish"}
    found = refused("last_medication", lambda: ward.do("withdrawn", "CJ-001", **wish))
    assert found.values["last"] == date(2026, 11, 30)
    ward.do("withdrawn", "CJ-001", **wish, last_medication_on="2026-11-30")
    assert ward.facts()[-1].fields["last_medication_on"] == "2026-11-30"
    seq = ward.last
    refused("last_medication", lambda: ward.correct(seq, last_medication_on=None))


@pytest.mark.parametrize("word", ["none", "None", " NONE "])
def test_no_medication_at_all_is_an_answer(ward: Ward, word: str) -> None:
    ward.do("withdrawn", "CJ-001", scope="treatment", on="2026-12-18", reason="wish", last_medication_on=word)
    assert ward.facts()[-1].fields["last_medication_on"] == "none"


def test_the_other_trial_records_a_withdrawal_without_it(ward: Ward) -> None:
    ward.do("withdrawn", scope="all", on="2026-12-18", reason="wish")


# Order


def test_a_visit_out_of_order_is_saved_once_somebody_is_sure(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    found = refused("out_of_order", ward.ask, "performed", visit="SP-C03#1.8", on="2026-11-30")
    assert (found.values["other"], found.values["held"]) == ("SP-C01", date(2026, 11, 30))
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-30")
    entry = ward.calendar().by_key["SP-C03#1.8"]
    assert [one.kind for one in entry.problems] == ["performed_before"]


def test_a_complication_before_its_operation_is_refused(ward: Ward) -> None:
    ward.do("performed", visit="SP-P03", on="2026-12-10")
    leak = {"what": "bile leak", "grade": "II"}
    refused("before_operation", ward.ask, "complication", **leak, on="2026-12-09")
    ward.ask("complication", **leak, on="2026-12-10")
    seq = ward.last
    refused("before_operation", lambda: ward.correct(seq, on="2026-12-08"))


def test_an_operation_recorded_after_its_complication_is_asked_about(ward: Ward) -> None:
    refused("no_operation", ward.ask, "complication", what="bile leak", grade="II", on="2026-12-09")
    ward.do("complication", what="bile leak", grade="II", on="2026-12-09")
    found = refused("out_of_order", ward.ask, "performed", visit="SP-P03", on="2026-12-10")
    assert (found.values["event"], found.values["other"]) == ("complication", "SP-P03")
    ward.ask("performed", visit="SP-P03", on="2026-12-08")


@pytest.mark.parametrize(
    ("kind", "field", "typed", "near"),
    [
        ("specimen", "specimen", "blood_biomarker", "blood_biomarkers"),
        ("specimen", "specimen", "Tissue of liver metastasis", "metastasis_tissue"),
        ("questionnaire", "questionnaire", "EQ5", "eq5d"),
        ("questionnaire", "questionnaire", "qlq_c31", "qlq_c30"),
        ("questionnaire", "questionnaire", "zz", ""),
    ],
)
def test_a_name_that_is_not_on_the_list_of_the_protocol_is_refused_also_when_corrected(
    ward: Ward, kind: str, field: str, typed: str, near: str
) -> None:
    good = {"specimen": "Blood for Biomarkers", "questionnaire": "EQ5D"}
    more = {"specimen": {"visit": "SP-P03", "taken": True}, "questionnaire": {"visit": "SP-S08", "done": True}}[kind]
    fields = {"on": "2026-12-18", **more}
    assert refused("one_of", lambda: ward.ask(kind, **fields, **{field: typed})).values["near"] == near
    ward.ask(kind, **fields, **{field: good[kind]})
    assert ward.facts()[-1].fields[field] == {"specimen": "blood_biomarkers", "questionnaire": "eq5d"}[kind]
    assert refused("one_of", lambda: ward.correct(ward.last, **{field: typed})).values["near"] == near
    ward.correct(ward.last, **{field: {"specimen": "METASTASIS-TISSUE", "questionnaire": "QLQ-C30"}[kind]})


def test_a_protocol_without_a_list_takes_any_name(ward: Ward) -> None:
    done = {"visit": "CJ-S01", "questionnaire": "own form", "on": "2026-12-18", "done": True}
    ward.ask("questionnaire", "CJ-001", **done)
    assert ward.facts()[-1].fields["questionnaire"] == "own form"


# A contact that learns of a death


NEWS = {"reached": True, "alive": "no", "how": "relative"}


def test_a_contact_that_learns_of_a_death_takes_its_day(ward: Ward) -> None:
    last = ward.last
    ward.do("contact", visit="SP-R01", on="2026-12-10", **NEWS, died_on="2026-12-08")
    assert [kind for kind, _fields in ward.told(last)] == ["performed", "contact", "died"]
    assert ward.facts()[-1].fields == {"on": "2026-12-08"}
    assert "died_on" not in ward.facts()[-2].fields


def test_a_day_of_death_belongs_to_a_contact_that_tells_of_it(ward: Ward) -> None:
    before = ward.state()
    for alive in ("yes", "unknown"):
        found = refused("alive_and_died", ward.do, "contact", on="2026-12-10", reached=True, alive=alive, died_on="t")
        assert found.place == "died_on"
    assert ward.state() == before
    # the day says it by itself
    ward.do("contact", on="2026-12-10", reached=True, died_on="2026-12-08")
    assert ward.facts()[-2].fields["alive"] == "no"


def test_a_death_without_its_day_suspends_the_contacts_until_it_is_known(ward: Ward) -> None:
    ward.do("decided", visit="SP-R01", on="2026-12-01", outcome="palliative")
    ward.do("contact", on="2026-12-10", **NEWS)
    assert ward.calendar().by_key["SP-N01#6"].suspended
    ward.check_cached_visits()
    waiting = [row.entry for row in agenda(ward.study, ward.today).waiting if row.entry.suspended]
    assert [(one.key, next_step(one, ward.today, False)) for one in waiting] == [("SP-R01", "died")]
    ward.do("died", on="2026-12-08")
    assert ward.calendar().by_key["SP-N01#6"].status is Status.CANCELLED
    ward.undo()
    assert ward.calendar().by_key["SP-N01#6"].suspended
    ward.correct(ward.seq("contact"), alive="unknown")
    assert not ward.calendar().by_key["SP-N01#6"].suspended
    ward.check_cached_visits()


# What was done at a visit


def test_what_was_done_in_an_operation_answers_a_choice_after_asking(ward: Ward) -> None:
    ablation = {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "none", "liver": "ablation"}
    assert {"SP-O02", "SP-O04", "SP-O05#14", "SP-O06"} <= ward.dates().keys()
    found = refused("sets_choice", ward.ask, "operation", **ablation)
    assert (found.place, found.values["answer"]) == ("pancreas", False)
    assert "SP-O05#14" in ward.dates()
    ward.do("operation", **ablation)
    assert not {"SP-O04", "SP-O05#14", "SP-O05#21", "SP-O06"} & ward.dates().keys()
    assert "SP-O02" in ward.dates()
    # a correction of what was done changes what follows; taking it back brings all of it back
    ward.correct(ward.last, pancreas="distal_pancreatectomy")
    assert {"SP-O04", "SP-O05#14", "SP-O06"} <= ward.dates().keys()
    ward.undo()
    assert "SP-O06" not in ward.dates()
    ward.undo()
    assert {"SP-O04", "SP-O05#14", "SP-O06"} <= ward.dates().keys()


def test_the_preview_of_an_operation_names_the_visits_that_leave_with_the_reason(ward: Ward) -> None:
    fields = {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "none", "liver": "ablation"}
    proposal = record.propose(ward.study, "LI-001", [record.Asked("operation", fields)], ward.today)
    gone = {one.key: one.left.procedure for one in proposal.changes if one.left is not None}
    assert gone == dict.fromkeys(("SP-O04", "SP-O05#14", "SP-O05#21", "SP-O06"), "ablation alone")


def test_a_visit_after_an_operation_that_nobody_recorded_is_asked_about(ward: Ward) -> None:
    ward.do("booked", visit="SP-P03", on="2026-12-17")
    found = refused("operation_open", ward.ask, "performed", visit="SP-O01", on="2026-12-18")
    assert found.values["other"] == "SP-P03"
    ward.do("performed", visit="SP-P03", on="2026-12-17")
    ward.ask("performed", visit="SP-O01", on="2026-12-18")


def test_a_questionnaire_that_was_filled_in_records_a_visit_that_is_for_it(ward: Ward) -> None:
    ward.ask("questionnaire", visit="SP-S08", questionnaire="eq5d", on="2026-11-24", done=True)
    assert ward.calendar().by_key["SP-S08"].performed == date(2026, 11, 24)
    ward.ask("questionnaire", visit="SP-P02", questionnaire="eq5d", on="2026-12-18", done=False, reason="asleep")
    assert ward.calendar().by_key["SP-P02"].performed is None
    # the form of a visit with a scan may come by post
    ward.do("questionnaire", visit="SP-F03", questionnaire="eq5d", on="2026-12-18", done=True)
    assert ward.calendar().by_key["SP-F03"].performed is None
    elsewhere = {"visit": "SP-C01", "questionnaire": "eq5d", "on": "2026-12-18", "done": True}
    found = refused("not_at_visit", ward.ask, "questionnaire", **elsewhere)
    assert "SP-P02" in str(found.values["known"])


def test_what_was_done_at_a_visit_was_done_on_its_day(ward: Ward) -> None:
    ward.ask("performed", visit="SP-C01", on="2026-12-01")
    found = refused("other_day", ward.ask, "treatment", visit="SP-C01", on="2026-12-02", given="full")
    assert found.values["held"] == date(2026, 12, 1)


def test_a_dose_takes_the_start_of_its_pump_from_the_record_of_the_treatment(ward: Ward) -> None:
    ward.enrol(code="LI-003", regimen="MFFX")
    ward.do("treatment", "LI-003", visit="SP-C01", on="2026-11-30", given="full", pump_at="13:30")
    due = ward.calendar("LI-003").by_key["SP-C03#1.3"].due_at
    assert due is not None
    assert due.isoformat() == "2026-12-02T11:30:00+01:00"


def test_a_pump_that_comes_off_early_is_remarked_and_recorded(ward: Ward) -> None:
    ward.enrol(code="LI-003", regimen="MFFX")
    ward.do("performed", "LI-003", visit="SP-C01", on="2026-11-30", at="10:00", pump_at="13:30")
    ward.today = date(2026, 12, 2)
    fields = {"visit": "SP-C03#1.3", "on": "2026-12-02", "at": "08:00"}
    proposal = record.propose(ward.study, "LI-003", [Asked("performed", fields)], ward.today)
    assert proposal.doubt is None
    # 30 November 13:30 + 46 h is 2 December 11:30
    assert remark_text(proposal.remark) == (
        "The pump came off 3 h 30 min before its 46 h were over: it was due on Wed 2 Dec 2026, 11:30."
    )
    assert record.save(ward.study, proposal).remarks == (proposal.remark,)


def on_sheet(ward: Ward, visit: str) -> str:
    return " ".join("\n".join(pages_of(sheets(ward.study, "LI-001", [visit], ward.today).content)).split())


def test_sheets_have_what_follows_the_operation_that_was_done(ward: Ward) -> None:
    drain, sample, fistula = "Drain amylase", "Tissue of a liver metastasis", "POPF"
    assert drain in on_sheet(ward, "SP-O02")
    assert sample in on_sheet(ward, "SP-P03")
    ward.do("operation", visit="SP-P03", on="2026-12-10", pancreas="none", liver="ablation")
    ward.do("complication", what="Fever", grade="II", on="2026-12-11")
    bloods = on_sheet(ward, "SP-O02")
    assert "Creatinine" in bloods
    assert not [one for one in ("Drain amylase", "Drain bilirubin", "Drain volume", "Drain out on") if one in bloods]
    assert sample not in on_sheet(ward, "SP-P03")
    review = on_sheet(ward, "SP-O08")
    assert fistula not in review
    assert "worst grade II, CCI 20.9 – Fever II (Fri 11 Dec 2026)" in review
    ward.correct(ward.seq("operation"), pancreas="other")
    assert fistula in on_sheet(ward, "SP-O08")
    assert drain in on_sheet(ward, "SP-O02")


def test_days_that_cannot_be_in_their_order_are_asked_about(ward: Ward) -> None:
    sepsis = {"term": "Sepsis", "grade": 4, "serious": True, "on": "2026-12-15"}
    asked = refused("day_before_other", ward.ask, "adverse_event", **sepsis, aware_on="2026-12-14")
    assert refusal_text(asked) == (
        "aware_on: Mon 14 Dec 2026 lies before Tue 15 Dec 2026, when it began. Correct the day that is wrong, or say "
        "--sure if both are right"
    )
    ward.ask("adverse_event", **sepsis, aware_on="2026-12-16")
    refused("day_before_other", ward.ask, "safety_report", what="initial", on="2026-12-15")
    ward.do("safety_report", what="initial", on="2026-12-15")
    # A correction asks about the days that it changes, and about no others.
    ward.correct(ward.seq("safety_report"), recipient="sponsor")
    ward.correct(ward.seq("safety_report"), on="2026-12-16")
    refused("day_before_other", ward.correct, ward.seq("adverse_event"), aware_on="2026-12-10")

    ward.do("performed", visit="SP-C01", on="2026-12-18")
    late = {"visit": "SP-C01", "class": "minor"}
    refused("day_before_other", ward.ask, "deviation_classed", **late, found_on="2026-12-17")
    ward.ask("deviation_classed", **late, found_on="2026-12-18")

    refused("day_before_other", ward.ask, "contact", on="2026-12-19", reached=False, died_on="2026-12-20")
    ward.ask("contact", on="2026-12-19", reached=False, died_on="2026-12-19")
