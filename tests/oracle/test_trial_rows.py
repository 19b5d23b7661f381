"""What the public texts of both trials ask for, each row with the tests that show it.

ScanPan: the abstract of its protocol paper and ClinicalTrials.gov NCT05271110. The other: ClinicalTrials.gov
NCT06873178. A row whose test was renamed or deleted fails.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

SCANPAN = {
    "safety and feasibility: how many of those who begin chemotherapy are operated": (
        "services/queries/test_flow.py::test_the_target_and_the_progress_towards_it",
        "domain/calendar/test_flow.py::test_steps_follow_from_performed_visits",
    ),
    "adenocarcinoma, metastases confirmed by histology or radiology": (
        "domain/planning/test_eligibility.py::test_numbers_and_confirmation",
        "services/queries/test_eligibility_checks.py::test_eligible_against_a_criterion_needs_a_reason_and_is_asked_about",
    ),
    "five Swedish centres and one Finnish": ("services/queries/test_flow.py::test_each_centre_and_all_together",),
    "identified at the regional conference": (
        "services/commands/test_enrol_screening.py::test_everybody_who_was_identified_is_counted",
        "services/queries/test_flow.py::test_those_identified_and_not_screened_are_counted_among_the_identified",
    ),
    "CT, MRI and PET-CT before inclusion": (
        "oracle/test_stories_scanpan.py::test_in_screening",
        "services/queries/test_rehearsal_consent.py::test_a_scan_in_screening_is_judged_when_the_inclusion_is_known",
    ),
    "at most 4 liver metastases, 5 cm for resection and 2 cm for ablation": (
        "domain/planning/test_eligibility.py::test_the_criteria_of_a_protocol",
        "domain/planning/test_eligibility.py::test_numbers_and_confirmation",
    ),
    "synchronous or metachronous": (
        "domain/planning/test_after_operations.py::test_the_timing_of_the_metastases_is_the_default_of_the_choice_and_an_answer_against_it_a_problem",
        "oracle/test_stories_scanpan.py::test_metachronous_disease_with_ablation_only",
    ),
    "four months of chemotherapy, resection or ablation, two months of chemotherapy": (
        "oracle/test_stories_scanpan.py::test_an_uneventful_forecast",
        "oracle/test_stories_scanpan.py::test_gemcitabine_and_capecitabine",
    ),
    "two years of follow-up with CT and quality of life": (
        "oracle/test_stories_scanpan.py::test_an_uneventful_life_keeps_its_forecast_to_month_24",
        "services/commands/test_record.py::test_a_questionnaire_that_was_filled_in_records_a_visit_that_is_for_it",
    ),
    "survival": ("services/queries/test_survival.py::test_a_death_after_a_recurrence",),
    "severe complications, worst grade and comprehensive complication index to day 90": (
        "domain/calendar/test_after_surgery.py::test_complications_count_to_day_90_that_day_included",
        "domain/calendar/test_after_surgery.py::test_the_index_is_half_the_root_of_the_summed_weights",
        "services/queries/test_after_surgery.py::test_the_log_has_a_row_for_each_operation",
    ),
    "the registry's number on each sheet": (
        "documents/test_worksheet.py::test_the_sheets_of_scanpan_as_they_were_last_read",
    ),
}
NCT06873178 = {
    "hospitals and the target of 50": ("services/queries/test_flow.py::test_the_target_and_the_progress_towards_it",),
    "what the registry leaves open is asked": ("services/queries/test_open_values.py",),
    "18 to 75 years, ECOG 0 or 1, adenocarcinoma by biopsy, synchronous": (
        "domain/planning/test_eligibility.py::test_ages",
        "services/queries/test_eligibility_checks.py::test_an_age_outside_the_limits_is_asked_about_at_enrolment",
    ),
    "AG, FOLFIRINOX or NALIRIFOX; assessed every 4 cycles": (
        "oracle/test_stories_nct.py::test_an_uneventful_forecast",
        "protocols/shipped/test_nct_decisions.py::test_a_site_reads_four_cycles_in_its_own_way",
    ),
    "imaging and markers after 4 to 6 cycles": (
        "oracle/test_stories_nct.py::test_an_evaluation_after_cycle_6_and_a_stop_after_continue",
        "oracle/test_stories_nct.py::test_gemcitabine_and_nab_paclitaxel_with_interim_imaging",
    ),
    "the conference decides on surgery": ("oracle/test_stories_nct.py::test_no_surgery_at_the_evaluation",),
    "progression, another regimen, every 2 cycles; a good response may still be operated": (
        "oracle/test_stories_nct.py::test_progression_then_nalirifox_then_surgery",
        "oracle/test_stories_nct.py::test_after_no_surgery_progression_still_opens_a_second_line_but_a_response_is_refused",
    ),
    "pancreatoduodenectomy, distal with splenectomy or total; liver lesions by number, size and place": (
        "domain/planning/test_after_operations.py",
    ),
    "tissue of about 100 mg and a discarded specimen of about 500 mg": (
        "documents/test_sheet_rows.py::test_questionnaires_by_name_and_specimens_with_amounts",
        "domain/planning/test_event_checks.py::test_a_questionnaire_performs_its_visit_once_and_names_are_the_protocols",
    ),
    "laboratory tests on postoperative days 1, 3, 5, 7 and 30": (
        "documents/test_ward_page.py::test_one_page_for_four_visits_whichever_is_asked_for",
        "oracle/test_stories_nct.py::test_an_uneventful_forecast",
    ),
    "adjuvant treatment by the original regimen": ("oracle/test_stories_nct.py::test_an_uneventful_forecast",),
    "complications and adverse reactions": (
        "services/queries/test_safety_reports.py::test_the_log_of_adverse_events_has_the_clock",
    ),
    "the progress of each subject": ("services/queries/test_flow.py::test_one_participant_has_her_own_steps",),
    "a withdrawal with its reason and the date of the last medication": (
        "oracle/test_stories_nct.py::test_a_withdrawal_tells_the_last_medication",
        "oracle/test_stories_nct.py::test_withdrawn_from_treatment_and_then_from_all",
    ),
    "monthly contacts until death": (
        "oracle/test_stories_nct.py::test_a_death_learnt_by_telephone",
        "protocols/shipped/test_nct06873178.py::test_months_of_follow_up_go_on_until_three_months_from_today",
    ),
    "a retrospective and a prospective cohort": (
        "oracle/test_stories_nct.py::test_a_retrospective_case",
        "documents/test_sheet_rows.py::test_the_cohort_is_named_as_the_protocol_names_it",
    ),
    "overall and recurrence-free survival": (
        "domain/calendar/test_survival.py::test_a_time_counts_from_the_last_of_its_visits_to_its_first_event",
        "services/queries/test_survival.py::test_a_death_after_a_recurrence",
    ),
}
BOTH = {
    "reassessments before the next dose, with their outcomes asked for": ("domain/planning/test_open_outcomes.py",),
    "trial-specific procedures after the consent": (
        "services/queries/test_rehearsal_consent.py::test_a_procedure_of_the_study_before_consent_is_a_problem_and_routine_care_is_none",
    ),
    "visit sheets as PDF, with a place for each value": (
        "documents/test_worksheet.py::test_every_activity_of_the_shipped_trials_has_its_value_on_the_form_of_its_visit",
    ),
}


@cache
def _tests_in(module: str) -> frozenset[str]:
    tree = ast.parse((TESTS / module).read_text("utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"))


@pytest.mark.parametrize(
    ("asked", "tests"),
    [row for rows in (SCANPAN, NCT06873178, BOTH) for row in rows.items()],
)
def test_each_row_of_the_trials_has_its_tests(asked: str, tests: tuple[str, ...]) -> None:
    for one in tests:
        module, _, name = one.partition("::")
        found = _tests_in(module)
        assert name in found if name else found, f"{asked}: {one} is no longer there"
