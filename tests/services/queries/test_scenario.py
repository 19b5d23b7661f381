"""A participant of a study as a story that a rehearsal reads."""

import json

import pytest

from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document
from app.services.commands import enrol
from app.services.queries.deviations import deviations
from app.services.queries.rehearsal import rehearse
from app.services.queries.scenario import scenario
from tests.services.ward import Ward, refused


def check_rehearsed(ward: Ward, code: str = "LI-001") -> None:
    """A rehearsal of the story gives the study's own calendar."""
    told = scenario(ward.study, code, ward.today)
    assert calendar_document(rehearse(json.dumps(told)).calendar) == ward.document(code)


def test_a_story_has_the_site_and_the_choices(ward: Ward) -> None:
    ward.site(time_zone="Europe/Stockholm", closed_weekdays=[4, 5, 6])
    ward.close_day("2026-12-28")
    ward.close_day("2026-12-24", kind="day_opened")
    ward.value("SP-R01.after", "P21D")
    told = scenario(ward.study, "LI-001", ward.today)
    assert told["site"] == {
        "time_zone": "Europe/Stockholm",
        "closed_weekdays": [4, 5, 6],
        "closed": ["2026-12-28"],
        "open": ["2026-12-24"],
        "values": {"SP-R01.after": "P21D"},
    }
    check_rehearsed(ward)


def test_what_is_recorded_as_a_story_would_find_it_is_told_without_a_mark(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30", at="10:15")
    told = scenario(ward.study, "LI-001", ward.today)
    assert told["facts"] == [{"kind": "performed", "visit": "SP-C01", "on": "2026-11-30", "at": "10:15"}]
    check_rehearsed(ward)


def test_what_was_judged_by_another_window_is_kept_with_it(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.value("SP-C01.after", "P0D")
    told = scenario(ward.study, "LI-001", ward.today)
    # a week after 23 November, a week before to two weeks after it
    assert told["facts"][0] | {"unchecked": True} == told["facts"][0]
    assert told["facts"][0]["judged"] == {"earliest": "2026-11-23", "latest": "2026-12-14"}
    check_rehearsed(ward)


def test_what_a_correction_took_off_the_path_is_kept(ward: Ward) -> None:
    ward.do("chosen", choice="eortc", value=True, on="2026-11-24")
    chosen = ward.last
    ward.do("performed", visit="SP-S09", on="2026-11-24")
    ward.correct(chosen, value=False)
    told = scenario(ward.study, "LI-001", ward.today)
    assert [fact.get("unchecked", False) for fact in told["facts"]] == [False, True]
    check_rehearsed(ward)


def test_what_was_taken_back_is_not_told(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.undo()
    assert scenario(ward.study, "LI-001", ward.today)["facts"] == []


def test_a_redacted_reason_is_told_as_such(ward: Ward) -> None:
    ward.do("moved", visit="SP-C02#2", to="2026-12-30", reason="holiday with Anna")
    ward.redact(ward.last, "reason")
    told = scenario(ward.study, "LI-001", ward.today)
    assert told["facts"][0]["reason"] == "(redacted)"
    check_rehearsed(ward)


def test_nobody_has_no_story(ward: Ward) -> None:
    refused("no_participant", scenario, ward.study, "LI-777", ward.today)


def screened(ward: Ward, **more: object) -> None:
    """LI-002 is screened and enrolled."""
    fields = {"code": "LI-002", "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible", **more}
    enrol.screen(ward.study, fields, ward.today, sure=True)
    ward.enrol(code="LI-002", on="2026-12-02")


def check_log(ward: Ward, code: str) -> None:
    """A rehearsal of the story has the log of the study, but for the numbers of facts."""
    told = json.dumps(scenario(ward.study, code, ward.today))
    mine = [(one.visit, one.what, one.reason, one.detail) for one in rehearse(told).deviations]
    assert mine == [(one.visit, one.what, one.reason, one.detail) for one in deviations(ward.study, ward.today, code)]


def test_the_screening_is_told(ward: Ward) -> None:
    screened(ward, criteria={"I03": True, "E02": "unknown"}, reason="E02 is asked for", year_of_birth=1960, sex="male")
    told = scenario(ward.study, "LI-002", ward.today)
    assert told["screening"] == {
        "on": "2026-12-01",
        "outcome": "eligible",
        "criteria": {"I03": True, "E02": "unknown"},
        "reason": "E02 is asked for",
        "year_of_birth": 1960,
        "sex": "male",
    }
    assert told["participant"]["year_of_birth"] == 1960
    check_rehearsed(ward, "LI-002")
    check_log(ward, "LI-002")


def test_a_screening_without_its_redacted_reason_is_kept(ward: Ward) -> None:
    screened(ward, criteria={"I03": False}, reason="Anna agreed")
    ward.redact(ward.seq("screened"), "reason")
    told = scenario(ward.study, "LI-002", ward.today)
    assert told["screening"]["unchecked"] is True
    check_rehearsed(ward, "LI-002")
    check_log(ward, "LI-002")


def test_an_enrolment_without_a_screening_tells_of_none(ward: Ward) -> None:
    assert "screening" not in scenario(ward.study, "LI-001", ward.today)
    check_log(ward, "LI-001")


def test_what_happened_is_told_with_all_its_fields_and_what_somebody_was_sure_of(ward: Ward) -> None:
    ward.enrol(code="LI-004", timing="metachronous")
    ward.do("complication", "LI-004", what="Leak", grade="II", on="2026-12-16")
    liver = {"liver": "resection", "lesions": 2, "largest_mm": 21.5, "side": "right", "residual": "R0", "margin_mm": 1}
    ward.do("operation", "LI-004", visit="SP-P03", on="2026-12-15", start="08:30", pancreas="none", **liver)
    ward.do("questionnaire", "LI-004", visit="SP-S08", questionnaire="eq5d", on="2026-11-24", done=True)
    told = scenario(ward.study, "LI-004", ward.today)
    assert told["participant"]["timing"] == "metachronous"
    assert told["facts"] == [
        {"kind": "complication", "on": "2026-12-16", "what": "Leak", "grade": "II", "sure": True},
        {"kind": "performed", "visit": "SP-P03", "on": "2026-12-15", "at": "08:30"},
        {"kind": "operation", "visit": "SP-P03", "on": "2026-12-15", "pancreas": "none", "start": "08:30", **liver},
        {"kind": "performed", "visit": "SP-S08", "on": "2026-11-24"},
        {"kind": "questionnaire", "visit": "SP-S08", "questionnaire": "eq5d", "on": "2026-11-24", "done": True},
    ]
    check_rehearsed(ward, "LI-004")


def test_a_story_has_the_telephones_and_the_fever_rule(ward: Ward) -> None:
    ward.site(day_phone="013-555 01 20, 8 to 16", fever_rule="38.5 twice in an hour: call")
    told = scenario(ward.study, "LI-001", ward.today)
    assert told["site"] == {"day_phone": "013-555 01 20, 8 to 16", "fever_rule": "38.5 twice in an hour: call"}
    contact = rehearse(json.dumps(told)).contact
    assert contact is not None
    assert (contact.day_phone, contact.night_phone) == ("013-555 01 20, 8 to 16", "")


def test_a_story_has_the_language_of_participants_calendars(ward: Ward) -> None:
    ward.site(calendar_language="fi")
    told = scenario(ward.study, "LI-001", ward.today)
    assert told["site"]["calendar_language"] == "fi"
    contact = rehearse(json.dumps(told)).contact
    assert contact is not None
    assert contact.calendar_language == "fi"
    told["site"]["calendar_language"] = "xx"
    with pytest.raises(Refused, match="calendar_language"):
        rehearse(json.dumps(told))


def test_a_story_tells_which_finding_an_unscheduled_visit_repeats(ward: Ward) -> None:
    """The CT of 23 November is 30 days old on 23 December, and may be 28."""
    ward.do("performed", visit="SP-S02", on="2026-11-23")
    ward.do("booked", visit="SP-C01", on="2026-12-23")
    ward.do("unscheduled", reason="Fell on the stairs", on="2026-12-17")
    ward.do("unscheduled", reason="CT too old", on="2026-12-18", repeats="SP-S02")
    told = scenario(ward.study, "LI-001", ward.today)
    assert told["facts"][2:] == [
        {"kind": "performed", "visit": "U#1", "on": "2026-12-17"},
        {"kind": "performed", "visit": "U#2", "on": "2026-12-18"},
        {"kind": "unscheduled", "visit": "U#2", "reason": "CT too old", "repeats": "SP-S02"},
    ]
    check_rehearsed(ward)
    del told["facts"][-1]
    first = rehearse(json.dumps(told)).calendar.by_key["SP-C01"]
    assert "finding_old" in [one.kind for one in first.problems], "without the repeat the CT is too old"


@pytest.mark.parametrize(
    ("visit", "repeats", "kind"),
    [("U#1", "SP-X02", "unknown_visit"), ("SP-S02", "SP-S02", "unscheduled_key"), ("U#2", "SP-S02", "unknown_visit")],
)
def test_a_story_in_which_that_cannot_be_is_refused(ward: Ward, visit: str, repeats: str, kind: str) -> None:
    ward.do("unscheduled", reason="CT too old", on="2026-12-18", repeats="SP-S02")
    told = scenario(ward.study, "LI-001", ward.today)
    assert told["facts"][-1]["kind"] == "unscheduled"
    told["facts"][-1] |= {"visit": visit, "repeats": repeats}
    with pytest.raises(Refused, match=kind):
        rehearse(json.dumps(told))
