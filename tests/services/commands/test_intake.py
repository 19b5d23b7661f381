"""Screening, enrolment, consent and inclusion as one command. Today is Sunday 20 December 2026."""

from typing import Any

import pytest

from app.domain.facts.participant_record import Stage
from app.domain.refusal import Doubted
from app.services.commands import record
from app.services.commands.intake import Intake, propose_intake
from app.services.queries.people import people
from tests.services.ward import Ward, refused

SCREENED = {
    "code": "LI-031", "protocol": "scanpan", "on": "2026-12-15", "outcome": "eligible", "year_of_birth": 1958,
    "sex": "female", "metastases": 2, "criteria": {"I02": True},
}  # fmt: skip
ENROLLED = {"code": "LI-031", "protocol": "scanpan", "country": "SE", "regimen": "AG", "consented": "2026-12-16"}
CONSENT = {"answer": "given", "on": "2026-12-16", "version": "2.0", "language": "Swedish", "copy": True}


def take(ward: Ward, sure: bool = False, **parts: Any) -> record.Saved:
    return record.save(ward.study, propose_intake(ward.study, Intake("LI-031", **parts), ward.today), sure)


def stage(ward: Ward) -> Stage:
    return next(row.stage for row in people(ward.study) if row.code == "LI-031")


def test_all_of_it_is_one_command_and_one_undo(ward: Ward) -> None:
    before = ward.last
    saved = take(ward, screening=SCREENED, enrolment={**ENROLLED, "on": "2026-12-18"}, consent=CONSENT)
    facts = [one for one in ward.facts(before) if one.subject]
    assert [one.kind for one in facts] == ["screened", "enrolled", "consent"]
    assert len({one.subject for one in facts}) == len({one.command for one in facts}) == 1
    # The year of birth and the sex are those of the screening, and who was screened is not told that nobody was.
    assert (facts[1].fields["year_of_birth"], facts[1].fields["sex"]) == (1958, "female")
    assert saved.remarks == ()
    entries = ward.calendar("LI-031").by_key
    assert (str(entries["SP-S00"].performed), str(entries["SP-S06"].performed)) == ("2026-12-16", "2026-12-18")
    ward.check_cached_visits()
    ward.undo()
    assert "LI-031" not in {row.code for row in people(ward.study)}


def test_one_can_stop_after_each_step_and_go_on(ward: Ward) -> None:
    take(ward, screening=SCREENED)
    assert stage(ward) is Stage.SCREENED
    take(ward, enrolment=ENROLLED, consent=CONSENT)
    assert stage(ward) is Stage.IN_SCREENING
    # Day 1 is seven days after the inclusion, which is expected 14 days after the consent.
    assert str(ward.calendar("LI-031").by_key["SP-C01"].target) == "2027-01-06"
    saved = take(ward, inclusion={"on": "2026-12-19"})
    assert stage(ward) is Stage.ENROLLED
    assert str(ward.calendar("LI-031").by_key["SP-C01"].target) == "2026-12-26"
    assert "SP-C01" in {one.key for one in saved.changes}
    assert saved.remarks == ()
    ward.check_cached_visits()


def test_somebody_in_screening_is_screened_and_included_at_once(ward: Ward) -> None:
    take(ward, enrolment=ENROLLED)
    take(ward, screening=SCREENED, consent=CONSENT, inclusion={"on": "2026-12-19"})
    assert stage(ward) is Stage.ENROLLED
    assert [one.kind for one in ward.facts()][-3:] == ["screened", "consent", "included"]
    ward.check_cached_visits()


def test_a_part_that_is_wrong_is_named_and_nothing_is_recorded(ward: Ward) -> None:
    last = ward.last
    early = {**SCREENED, "on": "2026-12-19"}
    found = refused("screened_after", take, ward, screening=early, enrolment={**ENROLLED, "on": "2026-12-18"})
    assert found.place == "on"
    assert refused("future", take, ward, screening={**SCREENED, "on": "2026-12-24"}).place == "screened.on"
    later = {**CONSENT, "on": "2026-12-24"}
    assert refused("future", take, ward, enrolment=ENROLLED, consent=later).place == "consent.on"
    without = {**CONSENT, "copy": None}
    assert refused("field_missing", take, ward, enrolment=ENROLLED, consent=without).values["name"] == "copy"
    assert ward.last == last


def test_what_is_doubted_about_each_part_is_asked_at_once(ward: Ward) -> None:
    screening = {**SCREENED, "metastases": 7, "reason": "three of them are cysts"}
    with pytest.raises(Doubted) as caught:
        take(ward, screening=screening, enrolment=ENROLLED, consent={**CONSENT, "on": "2026-12-17"})
    kinds = {one.doubt_kind for one in caught.value.each}
    assert kinds == {"eligible_against", "eligible_unsigned", "consent_other_day"}
    take(ward, True, screening=screening, enrolment=ENROLLED, consent={**CONSENT, "on": "2026-12-17"})
    assert stage(ward) is Stage.IN_SCREENING
