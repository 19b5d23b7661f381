"""The lines of a list of the study."""

from app.services.commands.consent_forms import consent_form_facts, identified_not_screened
from app.services.queries.study_entries import protocols_of, study_entries
from tests.services.ward import Ward


def test_a_version_that_was_recorded_again_is_one_line_and_each_conference_is_its_own(ward: Ward) -> None:
    for version, on in (("2.0", "2026-12-01"), ("3.0", "2026-12-10"), ("2.0", "2026-12-15")):
        ward.set_study(consent_form_facts(ward.study, version, on, "scanpan", "", "", ward.today))
    assert [(one.text("version"), one.text("on")) for one in study_entries(ward.study, "consent_form")] == [
        ("3.0", "2026-12-10"),
        ("2.0", "2026-12-15"),
    ]
    for on in ("2026-12-14", "2026-12-07", "2026-12-14"):
        fields = {"on": on, "count": 2, "failed_for": "declined"}
        ward.set_study(identified_not_screened(ward.study, fields, "scanpan", ward.today))
    found = study_entries(ward.study, "identified")
    assert [one.text("on") for one in found] == ["2026-12-07", "2026-12-14", "2026-12-14"]
    ward.undo(found[0].command)
    assert len(study_entries(ward.study, "identified")) == 2


def test_the_protocols_have_their_titles(ward: Ward) -> None:
    assert protocols_of(ward.study) == [("scanpan", "ScanPan"), ("nct06873178", "NCT06873178")]
