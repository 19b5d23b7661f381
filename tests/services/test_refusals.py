"""What is refused, by which refusal, with the file left as it was; and that every refusal has its words."""

import ast
import string
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.refusal import RefusalKind, Refused
from app.services.commands import configure_site, print_day, print_documents, study_file
from app.services.commands import correct as undoing
from app.services.commands import enrol as enrolment
from app.services.commands.protocols import take_protocol
from app.services.commands.reassign import propose_reassignment
from app.services.commands.verify import verify
from app.services.queries import logs
from app.services.queries.agenda import agenda
from app.storage.sqlite import connection
from app.wording import refusals
from app.wording.refusals import refusal_text
from tests.services.ward import PERSON, TODAY, Ward, refused

Work = Callable[[Ward], object]


def nothing(ward: Ward) -> None:
    """Nothing comes before."""


def do(kind: str, code: Any = "LI-001", **fields: object) -> Work:
    return lambda ward: ward.do(kind, code, **fields)


def ask(kind: str, **fields: object) -> Work:
    return lambda ward: ward.ask(kind, **fields)


def enrol(**more: object) -> Work:
    return lambda ward: ward.enrol(**{"code": "LI-002", **more})


def screen(**more: object) -> Work:
    fields = {"code": "LI-002", "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible", **more}
    return lambda ward: enrolment.screen(ward.study, fields, TODAY)


def many(*rows: Mapping[str, object]) -> Work:
    return lambda ward: enrolment.enrol_many(ward.study, [{**PERSON, **row} for row in rows], TODAY)


def died(ward: Ward) -> None:
    ward.do("died", on="2026-12-10")


def gone(kind: str, **fields: object) -> Work:
    return lambda ward: ward.do(kind, on="2026-12-11", reason="wish", **fields)


def first_dose(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")


def young_and_pending(ward: Ward) -> None:
    """Two rows of the log about one visit: an age below 18, and a screening that was not eligible."""
    screen(outcome="pending")(ward)
    fields = {**PERSON, "code": "LI-002", "on": "2026-12-02", "year_of_birth": 2009}
    enrolment.enrol(ward.study, fields, TODAY, sure=True)


def sepsis(ward: Ward) -> None:
    """A serious adverse event."""
    ward.do("adverse_event", term="Sepsis", grade=4, on="2026-12-01", serious=True)


def correct(kind: str, **changes: object) -> Work:
    return lambda ward: ward.correct(ward.seq(kind), **changes)  # type: ignore[arg-type]


def give(kind: str, code: str = "CJ-001") -> Work:
    return lambda ward: propose_reassignment(ward.study, ward.seq(kind), code, "another patient", TODAY)


OPERATED = {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "other", "liver": "none"}
EVENT = {"term": "Nausea", "on": "2026-12-01", "serious": False}
DOSE = {"visit": "SP-C01", "on": "2026-11-30", "given": "full"}
TISSUE = {"visit": "SP-P03", "on": "2026-12-18", "specimen": "metastasis_tissue", "taken": True}
FORM = {"visit": "SP-S08", "questionnaire": "eq5d", "on": "2026-11-23", "done": True}
LEAK = {"what": "bile leak", "grade": "II", "on": "2026-12-18"}
LONG = "a" * 10_000

TABLE: tuple[tuple[str, Work, Work], ...] = (
    # Fields
    ("fact_kind", do("exploded", on="2026-12-01"), nothing),
    ("field_unknown", do("performed", visit="SP-C01", on="2026-11-30", colour="red"), nothing),
    ("field_unknown", do("performed", visit="SP-C01", on="2026-11-30", judged=["2026-01-01", "2027-01-01"]), nothing),
    ("field_unknown", do("unscheduled", visit="SP-C01", on="2026-12-18", reason="fever"), nothing),
    ("field_unknown", enrol(hash="00"), nothing),
    ("field_missing", do("performed", visit="SP-C01"), nothing),
    ("field_missing", do("performed", on="2026-11-30"), nothing),
    ("field_missing", do("missed", visit="SP-C01", on="2026-11-30"), nothing),
    ("field_missing", do("missed", visit="SP-C01", on="2026-11-30", reason=""), nothing),
    ("not_text", do("missed", visit="SP-C01", on="2026-11-30", reason="  "), nothing),
    ("field_missing", do("omitted", visit="SP-C03#1.8", on="2026-12-07"), nothing),
    ("field_missing", do("moved", visit="SP-C02#2", to="2026-12-29"), nothing),
    ("field_missing", do("stopped", phase="preop_chemo", on="2026-12-18"), nothing),
    ("field_missing", do("withdrawn", scope="all", on="2026-12-18"), nothing),
    ("field_missing", do("lost", on="2026-12-18"), nothing),
    ("field_missing", do("treatment", **{**DOSE, "given": "reduced"}), nothing),
    ("field_missing", do("specimen", **{**TISSUE, "taken": False}), nothing),
    ("field_missing", do("questionnaire", **{**FORM, "done": False}), nothing),
    ("field_missing", screen(outcome="failure"), nothing),
    ("field_missing", do("operation", visit="SP-P03", on="2026-12-18"), nothing),
    ("field_missing", do("unscheduled", on="2026-12-18"), nothing),
    ("field_missing", do("unscheduled", reason="fever"), nothing),
    ("field_missing", enrol(country=None), nothing),
    ("text_too_long", do("note", text=LONG), nothing),
    ("text_too_long", do("moved", visit="SP-C02#2", to="2026-12-29", reason=LONG), nothing),
    ("text_too_long", enrol(code=LONG), nothing),
    ("not_text", do("note", text=12), nothing),
    # Days and times
    ("date_form", do("performed", visit="SP-C01", on="2026-W49-1"), nothing),
    ("date_form", do("performed", visit="SP-C01", on=20261130), nothing),
    ("date_two_ways", do("booked", visit="SP-C02#2", on="3-4-27"), nothing),
    ("date_hyphens", do("booked", visit="SP-C02#2", on="30-12"), nothing),
    ("date_weekday", do("booked", visit="SP-C02#2", on="Mon 29 Dec 2026"), nothing),
    ("date_several", do("booked", visit="SP-C02#2", on="29 \u2013 30 Dec"), nothing),
    ("date_with_time", do("moved", visit="SP-C02#2", to="2026-12-29 09:30", reason="x"), nothing),
    ("date_no_planned", do("adverse_event", **{**EVENT, "on": "p+7", "grade": 1}), nothing),
    ("time_twice", do("booked", visit="SP-C02#2", on="2026-12-29 09:30", at="10:00"), nothing),
    ("time_seconds", do("booked", visit="SP-C02#2", on="2026-12-29", at="09:30:15"), nothing),
    ("hour_skipped", do("booked", visit="SP-C02#2", on="2027-03-28", at="02:30"), nothing),
    ("date_impossible", do("performed", visit="SP-C01", on="2026-11-31"), nothing),
    ("date_far", do("booked", visit="SP-C02#2", on="2226-01-01"), nothing),
    ("future", do("performed", visit="SP-C01", on="2026-12-21"), nothing),
    ("future", do("adverse_event", **{**EVENT, "on": "2026-12-21", "grade": 1}), nothing),
    ("future", do("decided", visit="SP-R01", outcome="response", on="2027-02-01"), nothing),
    ("future", do("withdrawn", scope="all", on="2026-12-18", reason="x", last_medication_on="2026-12-21"), nothing),
    ("future", enrol(on="2026-12-21"), nothing),
    ("time_form", do("performed", visit="SP-C01", on="2026-11-30", at="9:3"), nothing),
    ("time_form", do("booked", visit="SP-C02#2", on="2026-12-29", at="24:00"), nothing),
    ("ends_before", do("adverse_event", **EVENT, grade=1, ended="2026-11-30"), nothing),
    ("ends_before", do("complication", **LEAK, ended="2026-12-17"), nothing),
    ("no_length", do("operation", **OPERATED, start="08:30", end="08:30"), nothing),
    # Days that cannot be, and unlikely ones
    ("before_enrolment", do("performed", visit="SP-C01", on="2026-11-22"), nothing),
    ("before_enrolment", do("booked", visit="SP-C02#2", on="26/12/14"), nothing),
    ("before_enrolment", do("moved", visit="SP-C02#2", to="2026-11-01", reason="x"), nothing),
    ("before_enrolment", do("missed", visit="SP-C01", on="2026-11-22", reason="x"), nothing),
    ("before_enrolment", do("omitted", visit="SP-C03#1.8", on="2026-11-20", reason="x"), nothing),
    ("before_enrolment", do("decided", visit="SP-R01", outcome="response", on="2026-11-20"), nothing),
    ("before_enrolment", do("regimen_changed", to="FFX", on="2026-11-20"), nothing),
    ("before_enrolment", do("operation", **{**OPERATED, "on": "2026-11-01"}), nothing),
    ("before_enrolment", do("treatment", **{**DOSE, "on": "2026-11-10"}), nothing),
    ("before_enrolment", do("adverse_event", **{**EVENT, "on": "2026-11-22", "grade": 1}), nothing),
    ("before_enrolment", do("complication", **{**LEAK, "on": "2026-11-22"}), nothing),
    ("before_enrolment", do("progression", on="2026-11-10", what="recurrence", site="liver"), nothing),
    ("before_enrolment", do("specimen", **{**TISSUE, "on": "2026-11-10"}), nothing),
    ("before_enrolment", do("unscheduled", on="2026-11-20", reason="fever"), nothing),
    ("before_enrolment", correct("performed", on="2026-11-20"), first_dose),
    (
        "before_enrolment",
        correct("enrolled", on="2026-12-01"),
        do("performed", code="CJ-001", visit="CJ-C01", on="2026-11-30"),
    ),
    ("plan_in_past", ask("booked", visit="SP-C02#2", on="2026-12-19"), nothing),
    ("plan_in_past", ask("moved", visit="SP-C02#2", to="-3", reason="x"), nothing),
    ("day_far_off", ask("booked", visit="SP-C02#2", on="2041-01-07"), nothing),
    (
        "medication_before_enrolment",
        ask("withdrawn", scope="all", on="t", reason="x", last_medication_on="2014-11-01"),
        nothing,
    ),
    ("day_far_from_visit", ask("booked", visit="SP-C01", on="2028-12-01"), nothing),
    ("day_far_from_visit", correct("booked", on="2028-12-01"), do("booked", visit="SP-C01", on="2026-12-21")),
    ("enrolled_long_ago", enrol(on="2023-11-23"), nothing),
    ("enrolled_long_ago", screen(on="2014-11-23"), nothing),
    ("birth_in_future", enrol(year_of_birth=2027), nothing),
    ("birth_in_future", screen(year_of_birth=2027), nothing),
    ("birth_too_long_ago", enrol(year_of_birth=1905), nothing),
    # Numbers and words
    ("number", do("adverse_event", **EVENT, grade=True), nothing),
    ("number", do("adverse_event", **EVENT, grade="2"), nothing),
    ("number", do("adverse_event", **EVENT, grade=2.0), nothing),
    ("number_range", do("adverse_event", **EVENT, grade=0), nothing),
    ("number_range", do("adverse_event", **EVENT, grade=6), nothing),
    ("number_range", do("complication", **LEAK, cci=float("nan")), nothing),
    ("number_range", do("complication", **LEAK, cci=float("inf")), nothing),
    ("number_range", do("complication", **LEAK, cci=100.1), nothing),
    ("number_range", do("specimen", **TISSUE, mg=0), nothing),
    ("number_range", do("specimen", **TISSUE, mg=-5), nothing),
    ("number_range", enrol(year_of_birth=1899), nothing),
    ("number_range", do("treatment", **{**DOSE, "given": "reduced"}, percent=0.5, reason="x"), nothing),
    ("full_dose", do("treatment", **DOSE, percent=80), nothing),
    ("not_taken", do("specimen", **{**TISSUE, "taken": False}, mg=5, reason="x"), nothing),
    ("no_procedure", do("operation", **{**OPERATED, "pancreas": "none"}), nothing),
    ("one_of", do("operation", **{**OPERATED, "liver": "transplant"}), nothing),
    ("one_of", do("withdrawn", scope="half", on="2026-12-18", reason="x"), nothing),
    ("one_of", enrol(sex="F"), nothing),
    ("yes_no", do("contact", on="2026-12-18", reached="yes"), nothing),
    ("yes_no", do("adverse_event", **{**EVENT, "serious": 1}, grade=1), nothing),
    ("choice_form", enrol(choices={"staged": 1}), nothing),
    ("not_object", enrol(choices="staged"), nothing),
    ("not_object", screen(criteria=["I01"]), nothing),
    ("yes_no_unknown", screen(criteria={"I01": "maybe"}), nothing),
    ("eligible_reason", screen(criteria={"I01": False}), nothing),
    ("eligible_against", screen(criteria={"I01": "unknown"}, reason="asked for again"), nothing),
    ("age_outside", enrol(code="LI-002", year_of_birth=2009), nothing),
    ("screened_after", enrol(code="LI-002"), screen(on="2026-12-01")),
    ("no_deviation", do("deviation_classed", visit="SP-C02#4", **{"class": "minor"}), nothing),
    (
        "which_deviation",
        do("deviation_classed", code="LI-002", visit="SP-S06", **{"class": "minor"}),
        young_and_pending,
    ),
    ("no_serious_event", do("safety_report", what="initial", on="2026-12-01"), nothing),
    ("which_event", do("safety_report", what="initial", on="2026-12-02", event=9), sepsis),
    # Visits
    ("unknown_visit", do("performed", visit="XX-1", on="2026-11-30"), nothing),
    ("unknown_visit", do("note", visit="SP-c0", text="x"), nothing),
    ("unknown_visit", do("performed", visit="CJ-C01", on="2026-11-30"), nothing),
    ("off_path", do("performed", visit="SP-R03#1", on="2026-12-18"), nothing),
    ("off_path", do("specimen", **{**TISSUE, "visit": "SP-P04"}), nothing),
    ("off_path", do("booked", visit="SP-C02#5", on="2027-03-22"), nothing),
    ("enrolment_is_recorded", do("performed", visit="SP-S06", on="2026-11-23"), nothing),
    ("only_infusions", do("omitted", visit="SP-S02", on="2026-11-23", reason="x"), nothing),
    ("no_pump", do("performed", visit="SP-C01", on="2026-11-30", pump_at="13:30"), nothing),
    ("unscheduled_number", do("booked", visit="U#2", on="2026-12-29"), nothing),
    ("two_results", do("performed", visit="SP-C01", on="2026-12-01"), first_dose),
    ("two_results", do("missed", visit="SP-C01", on="2026-12-01", reason="x"), first_dose),
    (
        "two_results",
        do("treatment", visit="SP-C03#1.8", on="2026-12-07", given="full"),
        do("omitted", visit="SP-C03#1.8", on="2026-12-07", reason="low counts"),
    ),
    ("not_booked", do("booking_cancelled", visit="SP-C02#2"), nothing),
    (
        "not_booked",
        do("booking_cancelled", visit="SP-C02#2"),
        lambda ward: (
            ward.do("booked", visit="SP-C02#2", on="2026-12-29"),
            ward.do("booking_cancelled", visit="SP-C02#2"),
        ),
    ),
    # The path
    ("no_decision", do("decided", visit="SP-C01", outcome="response", on="2026-12-18"), nothing),
    ("no_decision", do("decided", code="CJ-001", visit="CJ-R01#4", outcome="response", on="2026-12-18"), nothing),
    ("outcome", do("decided", visit="SP-R01", outcome="surgery", on="2026-12-18"), nothing),
    (
        "decided_twice",
        do("decided", visit="SP-R01", outcome="continue", on="2026-12-18"),
        do("decided", visit="SP-R01", outcome="response", on="2026-12-18"),
    ),
    ("choice", do("chosen", choice="pet_ct", value=True, on="2026-12-18"), nothing),
    ("choice_value", do("chosen", choice="staged", value="two", on="2026-12-18"), nothing),
    ("choice_value", do("chosen", code="CJ-001", choice="cohort", value="both", on="2026-12-18"), nothing),
    ("regimen", do("regimen_changed", to="S1", on="2026-12-18"), nothing),
    ("regimen_before_turn", do("regimen_changed", code="CJ-001", to="FFX", on="2026-12-18"), nothing),
    ("phase", do("stopped", phase="chemo", on="2026-12-18", reason="x"), nothing),
    (
        "stopped_twice",
        do("stopped", phase="preop_chemo", on="2026-12-19", reason="x"),
        do("stopped", phase="preop_chemo", on="2026-12-18", reason="x"),
    ),
    (
        "withdrawn_twice",
        do("withdrawn", scope="treatment", on="2026-12-19", reason="x"),
        do("withdrawn", scope="all", on="2026-12-18", reason="x"),
    ),
    ("not_lost", do("found_again", on="2026-12-18"), nothing),
    ("lost_twice", do("lost", on="2026-12-18", reason="x"), do("lost", on="2026-12-17", reason="x")),
    ("died_twice", do("died", on="2026-12-11"), died),
    ("after_death", do("performed", visit="SP-C01", on="2026-12-11"), died),
    ("after_death", do("operation", **{**OPERATED, "on": "2026-12-11"}), died),
    ("after_death", do("progression", on="2026-12-11", what="recurrence", site="liver"), died),
    ("after_death", do("unscheduled", on="2026-12-11", reason="fever"), died),
    ("end_before_visit", do("died", on="2026-11-29"), first_dose),
    ("end_before_visit", do("withdrawn", scope="treatment", on="2026-11-29", reason="wish"), first_dose),
    ("end_before_visit", do("stopped", phase="preop_chemo", on="2026-11-29", reason="wish"), first_dose),
    ("end_before_visit", do("lost", on="2026-11-29", reason="moved away"), first_dose),
    ("end_before_enrolment", do("withdrawn", scope="all", on="2026-11-22", reason="wish"), nothing),
    ("after_death", do("booked", visit="SP-R01", on="2027-02-01"), died),
    ("after_death", do("moved", visit="SP-R01", to="2027-02-01", reason="holiday"), died),
    ("ended_after_death", do("lost", on="2026-12-11", reason="moved away"), died),
    ("after_lost", do("contact", visit="SP-R01", on="2026-12-12", reached=True), gone("lost")),
    ("after_lost", do("decided", visit="SP-R01", outcome="response", on="2026-12-12"), gone("lost")),
    ("found_before_lost", do("found_again", on="2026-12-10"), gone("lost")),
    ("after_withdrawal", do("unscheduled", on="2027-01-12", reason="fever"), gone("withdrawn", scope="all")),
    ("after_treatment", do("treatment", **{**DOSE, "on": "2026-12-14"}), gone("withdrawn", scope="treatment")),
    ("after_treatment", do("operation", **OPERATED), gone("withdrawn", scope="treatment")),
    ("after_stop", do("booked", visit="SP-C02#2", on="2026-12-28"), gone("stopped", phase="preop_chemo")),
    ("last_medication", do("withdrawn", code="CJ-001", scope="all", on="2026-12-18", reason="wish"), nothing),
    # Participants
    ("no_participant", do("note", code="LI-404", text="x"), nothing),
    ("no_participant", do("note", code="li001", text="x"), nothing),
    ("not_enrolled", do("note", code="LI-002", text="x"), screen()),
    ("enrolled_already", enrol(code="LI-001"), nothing),
    ("code_alike", enrol(code="li-001"), nothing),
    ("code_alike", screen(code="Cj-001"), nothing),
    ("code_form", enrol(code="LI\n002"), nothing),
    ("code_form", enrol(code="L" * 61), nothing),
    ("identity_number", enrol(code="19500101-1234"), nothing),
    ("identity_number", enrol(code="500101-1234"), nothing),
    ("identity_number", screen(code="010150-123A"), nothing),
    ("identity_number", enrol(code="11010519491231002X"), nothing),
    ("screen_failure", enrol(), screen(outcome="failure", reason="I08")),
    ("enrolled_already", screen(code="LI-001"), nothing),
    ("screened_already", screen(), screen()),
    ("criterion", screen(criteria={"I99": True}), nothing),
    ("protocol", enrol(protocol="norpact"), nothing),
    ("protocol", screen(protocol="norpact"), nothing),
    ("field_missing", enrol(protocol=""), nothing),
    ("regimen", enrol(regimen="S1"), nothing),
    ("regimen", enrol(regimen=""), nothing),
    ("choice", enrol(choices={"pet_ct": True}), nothing),
    ("one_of", enrol(cohort="tertiary"), nothing),
    ("country", enrol(country="XX"), nothing),
    ("country", enrol(country="Sweden"), nothing),
    ("enrolled_already", many({"code": "LI-002"}, {"code": "LI-002"}), nothing),
    ("enrolled_already", many({"code": "LI-002"}, {"code": "li-002"}), nothing),
    ("future", many({"code": "LI-002"}, {"code": "LI-003", "on": "2026-12-21"}), nothing),
    # The study
    ("country", lambda ward: ward.site(country="XX"), nothing),
    ("time_zone", lambda ward: ward.site(time_zone="Europe/Linkoping"), nothing),
    ("time_zone", lambda ward: ward.site(time_zone="../../etc/passwd"), nothing),
    ("weekday", lambda ward: ward.site(closed_weekdays=[7]), nothing),
    ("weekday", lambda ward: ward.site(closed_weekdays=[True]), nothing),
    ("never_open", lambda ward: ward.site(closed_weekdays=[0, 1, 2, 3, 4, 5, 6]), nothing),
    ("field_missing", lambda ward: ward.site(name=""), nothing),
    ("one_of", lambda ward: ward.close_day("2026-12-29", site="Uppsala"), nothing),
    ("ends_before", lambda ward: ward.close_day("2026-12-29", "2026-12-28"), nothing),
    ("closure_long", lambda ward: ward.close_day("2026-12-29", "2027-12-30"), nothing),
    ("day_usual", lambda ward: configure_site.usual_day_facts(ward.study, date(2026, 12, 29)), nothing),
    ("value_key", lambda ward: ward.value("SP-X01.after", "P1D"), nothing),
    ("value", lambda ward: ward.value("SP-R01.after", "soon"), nothing),
    ("value", lambda ward: ward.value("SP-R01.after", "-P1D"), nothing),
    ("value", lambda ward: ward.value("cycles.preop_chemo", 0), nothing),
    ("value", lambda ward: ward.value("cycles.preop_chemo", float("nan")), nothing),
    ("value", lambda ward: ward.value("cycles.preop_chemo", True), nothing),
    ("value_offset", lambda ward: ward.value("SP-C02.offset", "P1D"), nothing),
    ("which_protocol", lambda ward: ward.value("AG.8.gap", "P6D"), nothing),
    ("protocol_not_taken", lambda ward: ward.value("AG.8.gap", "P6D", "norpact"), nothing),
    ("value_not_set", lambda ward: configure_site.clear_value_facts(ward.study, "", "SP-R01.after"), nothing),
    ("value_key", lambda ward: configure_site.confirm_facts(ward.study, "", ["SP-X01.after"], "", TODAY), nothing),
    ("country", lambda ward: configure_site.holiday_facts(ward.study, "XX", 2027), nothing),
    ("protocol", lambda ward: take_protocol(ward.study, "norpact", TODAY), nothing),
    ("protocol_there", lambda ward: take_protocol(ward.study, "scanpan", TODAY), nothing),
    # Mending
    ("no_command", lambda ward: ward.undo(99), nothing),
    ("for_good", lambda ward: ward.undo(1), nothing),
    ("facts_depend", lambda ward: ward.undo(2), nothing),
    ("undo_of_undo", lambda ward: ward.undo(7), lambda ward: (ward.do("note", text="x"), ward.undo())),
    ("undone_already", lambda ward: ward.undo(6), lambda ward: (ward.do("note", text="x"), ward.undo())),
    ("nothing_to_redo", lambda ward: ward.redo(), nothing),
    ("nothing_to_redo", lambda ward: ward.redo(3), nothing),
    ("no_fact", lambda ward: ward.correct(999, on="2026-12-01"), nothing),
    ("nothing_to_correct", lambda ward: ward.correct(ward.last), nothing),
    ("nothing_to_correct", correct("performed", on="2026-11-30"), first_dose),
    ("field_missing", correct("performed", on="2026-12-01", why=" "), first_dose),
    ("field_missing", correct("performed", on=None), first_dose),
    ("field_unknown", correct("performed", colour="red"), first_dose),
    ("field_unknown", correct("performed", judged=["2026-01-01", "2027-01-01"]), first_dose),
    ("date_form", correct("performed", on="some day"), first_dose),
    ("future", correct("performed", on="2026-12-21"), first_dose),
    ("unknown_visit", correct("performed", visit="XX-1"), first_dose),
    ("not_correctable", lambda ward: ward.correct(1, name="Other"), nothing),
    ("not_correctable", correct("correction", void=False), lambda ward: (ward.do("note", text="x"), ward.undo())),
    ("fact_is_void", correct("note", text="y"), lambda ward: (ward.do("note", text="x"), ward.undo())),
    ("not_correctable", correct("enrolled", protocol="scanpan"), nothing),
    ("code_alike", correct("enrolled", code="LI-001"), nothing),
    ("code_alike", correct("enrolled", code="li-001"), nothing),
    ("identity_number", correct("enrolled", code="19500101-1234"), nothing),
    ("country", correct("enrolled", country="XX"), nothing),
    ("own_fact", give("enrolled"), nothing),
    ("of_study", give("protocol_taken"), nothing),
    ("other_protocol", give("performed"), first_dose),
    ("same_participant", give("performed", "LI-001"), first_dose),
    ("no_participant", give("performed", "LI-009"), first_dose),
    ("no_fact", lambda ward: ward.redact(999, "reason"), nothing),
    ("field_missing", lambda ward: ward.redact(ward.last), nothing),
    ("field_missing", lambda ward: ward.redact(ward.last, "code", reason=""), nothing),
    ("still_needed", lambda ward: ward.redact(ward.last, "code"), nothing),
    ("field_unknown", lambda ward: ward.redact(ward.last, "colour"), nothing),
    # Paper and questions
    (
        "unknown_visit",
        lambda ward: print_documents.print_sheets(ward.study, "LI-001", ["X"], out(ward), TODAY),
        nothing,
    ),
    ("nothing_on_day", lambda ward: print_day.print_day(ward.study, out(ward), TODAY), nothing),
    ("no_participant", lambda ward: print_documents.print_calendar(ward.study, "X", out(ward), TODAY), nothing),
    (
        "no_folder",
        lambda ward: print_documents.print_calendar(ward.study, "LI-001", ward.folder / "none" / "a.pdf", TODAY),
        nothing,
    ),
    ("ends_before", lambda ward: agenda(ward.study, TODAY, last=date(2026, 12, 1)), nothing),
    ("one_of", lambda ward: logs.log(ward.study, "thoughts"), nothing),
    ("head_form", lambda ward: verify(ward.study, "so and so"), nothing),
    ("exists", lambda ward: study_file.new(ward.path, ward.environment, TODAY, anywhere=True), nothing),
    ("exists", lambda ward: study_file.restore(ward.path, ward.path, ward.environment, TODAY), nothing),
)


def out(ward: Ward) -> Path:
    return ward.folder / "out.pdf"


@pytest.fixture
def ward(file_ward: Ward) -> Ward:
    """A study in a file: it must be left as it was, byte for byte."""
    return file_ward


@pytest.mark.parametrize(
    ("kind", "work", "before"), TABLE, ids=[f"{n}-{kind}" for n, (kind, _work, _before) in enumerate(TABLE)]
)
def test_what_is_wrong_is_refused_and_leaves_the_file_as_it_was(
    ward: Ward, kind: str, work: Work, before: Work
) -> None:
    before(ward)
    head, whole = ward.state()
    found = refused(kind, lambda: work(ward))
    assert (str(ward.study.head()), ward.path.read_bytes()) == (head, whole)
    assert not out(ward).exists()
    assert len(refusal_text(found)) > 10


def test_at_least_sixty_wrong_inputs_are_tried() -> None:
    assert len({str((kind, work)) for kind, work, _before in TABLE}) >= 60


def test_a_proposal_is_refused_when_the_study_has_changed_meanwhile(ward: Ward) -> None:
    proposal = undoing.propose_undo(ward.study, None, TODAY)
    ward.do("note", text="x")
    state = ward.state()
    refused("changed_meanwhile", undoing.save_correction, ward.study, proposal)
    assert ward.state() == state


@pytest.mark.parametrize(
    "work",
    [
        do("note", text="x"),
        enrol(),
        screen(),
        many({"code": "LI-002"}),
        lambda ward: ward.undo(),
        lambda ward: ward.value("SP-R01.after", "P21D"),
        lambda ward: take_protocol(ward.study, "scanpan", TODAY),
        lambda ward: print_documents.print_calendar(ward.study, "LI-001", out(ward), TODAY),
        lambda ward: print_documents.print_agenda(ward.study, out(ward), TODAY),
        lambda ward: print_day.print_day(ward.study, out(ward), TODAY, date(2026, 12, 28)),
    ],
)
def test_nothing_is_written_into_a_study_that_is_read_only(ward: Ward, work: Work) -> None:
    ward.reopen(writing=False)
    head, whole = ward.state()
    refused("opened_to_read", lambda: work(ward))
    assert (str(ward.study.head()), ward.path.read_bytes()) == (head, whole)
    assert not out(ward).exists()


# The words

APP = Path(refusals.__file__).parents[1]


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every making of a `Refused` in the program, with its place."""
    for path in sorted(APP.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "Refused(" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                yield f"{path.relative_to(APP)}:{node.lineno}", node


def kinds_of(node: ast.expr) -> list[str] | None:
    """The kinds that an expression can be; None where only running tells."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        first, second = kinds_of(node.body), kinds_of(node.orelse)
        return None if first is None or second is None else first + second
    return None


MADE = [
    (place, kind, frozenset(str(one.arg) for one in call.keywords))
    for place, call in calls()
    for kind in kinds_of(call.args[0]) or ()
]
# Where the kind is a variable: from a table of SQLite's errors, or one of two.
FROM_VARIABLES = [
    *(("storage/sqlite/connection", kind, frozenset({"path"})) for kind in connection._KINDS.values()),
    *(
        ("commands/correct", kind, frozenset({"name", "known", "near"}))
        for kind in ("redacted_already", "field_unknown")
    ),
]


def test_only_known_places_refuse_by_a_variable() -> None:
    unknown = {
        (place.split(":")[0], ast.unparse(call.args[0])) for place, call in calls() if kinds_of(call.args[0]) is None
    }
    # Handed on from another refusal, of one of two kinds, or from the table of SQLite's errors (`FROM_VARIABLES`).
    assert {place for place, kind in unknown if kind != "refused.kind"} == {
        "services/commands/correct.py", "storage/sqlite/connection.py",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "names"),
    sorted({(kind, names) for _place, kind, names in [*MADE, *FROM_VARIABLES]}, key=str),
)
def test_every_refusal_has_words_that_its_values_fill(kind: RefusalKind, names: frozenset[str]) -> None:
    text = refusal_text(Refused(kind, "place", **dict.fromkeys(names, "VALUE")))
    assert text.startswith("place: ")
    asked = {name for _text, name, _spec, _conversion in string.Formatter().parse(refusals._TEXTS[kind]) if name}
    assert asked <= names


def test_no_words_stand_for_a_refusal_that_nothing_makes() -> None:
    made = {kind for _place, kind, _names in [*MADE, *FROM_VARIABLES]}
    others = (path for path in APP.rglob("*.py") if path.name not in ("refusal.py", "refusals.py"))
    source = "\n".join(path.read_text(encoding="utf-8") for path in others)
    assert {kind for kind in refusals._TEXTS if kind not in made and f'"{kind}"' not in source} == set()
