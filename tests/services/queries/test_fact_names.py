"""The names for the facts of a study: nobody is planned for them where the visits are kept."""

from app.services.queries.agenda import agenda
from app.services.queries.fact_names import FactNames
from app.services.queries.history import history
from app.wording.fact_sentences import fact_text
from tests.services.ward import TODAY, Ward


def said(ward: Ward) -> list[str]:
    rows = history(ward.study)
    names = FactNames(ward.study, TODAY, (row.record for row in rows))
    return [fact_text(row.record, names.typed(row.record.subject)) for row in rows]


def test_each_participant_has_the_names_of_the_own_protocol(ward: Ward) -> None:
    ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    ward.do("booked", code="CJ-001", visit="CJ-C01", on="2026-12-21")
    assert said(ward)[-2:] == [
        "booked Preoperative cycle 2 day 1 (SP-C02#2) for Tue 29 Dec 2026",
        "booked Cycle 1 day 1 (CJ-C01) for Mon 21 Dec 2026",
    ]


def test_kept_visits_name_the_same_as_planned_ones_and_nobody_is_planned(ward: Ward) -> None:
    ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    ward.do("unscheduled", reason="fever", on="2026-12-18")
    ward.value("SP-R01.after", "P21D")
    planned = said(ward)
    agenda(ward.study, TODAY)
    ward.study.forget()
    assert said(ward) == planned
    assert (ward.study._calendars, ward.study._cases) == ({}, {}), "nor are anybody's facts read for it"


def test_a_setting_of_the_site_is_said_with_what_it_is(ward: Ward) -> None:
    ward.value("SP-R01.after", "P21D")
    assert said(ward)[-1] == "Reassessment 1: window, after the target (SP-R01.after) of ScanPan set to 21 days"


def test_who_was_only_screened_has_the_names_of_the_protocols(empty_ward: Ward) -> None:
    empty_ward.enrol()
    names = FactNames(empty_ward.study, TODAY)
    assert names.of(0).protocols == {"scanpan": "ScanPan"}
    assert names.of(999).people == {1: "LI-001"}
