"""A new version of the consent form: everybody whom it concerns is asked until the answer is recorded."""

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.refusal import Doubted, Refused
from app.services.commands.consent_forms import consent_form_facts
from app.services.queries.agenda import agenda
from app.services.queries.consents import consents_to_ask
from app.wording.agenda import remark_of
from tests.services.ward import TODAY, Ward

GIVEN = {"answer": "given", "on": "2026-12-19", "version": "2.0", "language": "Swedish", "copy": True}


def put_in_force(ward: Ward, version: str = "2.0", on: str = "2026-12-18", protocol: str = "scanpan") -> None:
    ward.set_study(consent_form_facts(ward.study, version, date.fromisoformat(on), protocol, "", "", TODAY))


def to_ask(ward: Ward) -> list[tuple[str, str]]:
    return [(row.participant, row.due.form.version) for row in consents_to_ask(ward.study, TODAY)]


def refused(kind: str, work: Callable[[], object]) -> None:
    with pytest.raises(Refused) as caught:
        work()
    assert caught.value.kind == kind


def test_everybody_of_that_protocol_is_asked_until_the_answer_is_recorded(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    assert to_ask(ward) == []
    put_in_force(ward)
    assert to_ask(ward) == [("LI-001", "2.0"), ("LI-002", "2.0")]
    ward.do("consent", **GIVEN)
    assert to_ask(ward) == [("LI-002", "2.0")]
    ward.do("consent", "LI-002", answer="not_needed", on="2026-12-19", version="2.0", reason="only in follow-up")
    assert to_ask(ward) == []


def test_the_agenda_says_at_which_visit_and_its_kept_visits_follow(ward: Ward) -> None:
    put_in_force(ward)

    def asked() -> list[str]:
        found = agenda(ward.study, TODAY, last=date(2027, 2, 28))
        rows = (*found.pressing, *found.now, *found.coming, *found.waiting)
        return [row.entry.key for row in rows if "consent to version 2.0" in remark_of(row.entry)]

    # cycle 1 was proposed for 30 November, its bloods on day 15 for 11 December; next are those of cycle 2
    visit = consents_to_ask(ward.study, TODAY)[0].due.visit
    assert asked() == [visit]
    ward.do("consent", **GIVEN)
    assert asked() == []
    ward.undo()
    assert asked() == [visit]


def test_an_answer_is_corrected(ward: Ward) -> None:
    put_in_force(ward)
    seq = ward.do("consent", **{**GIVEN, "version": "1.0"}).head.seq
    assert to_ask(ward) == [("LI-001", "2.0")]
    ward.correct(seq, version="2.0")
    assert to_ask(ward) == []


def test_what_is_odd_about_an_answer_is_asked_about(ward: Ward) -> None:
    with pytest.raises(Doubted, match="consent_other_day"):
        ward.ask("consent", **GIVEN)
    ward.ask("consent", **{**GIVEN, "on": "2026-11-23", "version": "1.0"})
    put_in_force(ward)
    with pytest.raises(Doubted, match="consent_version"):
        ward.ask("consent", **{**GIVEN, "version": "2,0"})
    ward.ask("consent", **GIVEN)


@pytest.mark.parametrize("lacking", ["language", "copy"])
def test_a_consent_given_says_language_and_copy(ward: Ward, lacking: str) -> None:
    refused(
        "field_missing", lambda: ward.ask("consent", **{name: one for name, one in GIVEN.items() if name != lacking})
    )


def test_a_form_belongs_to_a_protocol_of_the_study(ward: Ward) -> None:
    refused("protocol_not_taken", lambda: consent_form_facts(ward.study, "2.0", TODAY, "other", "", "", TODAY))
    refused("one_of", lambda: consent_form_facts(ward.study, "2.0", TODAY, "scanpan", "nobody", "", TODAY))
    refused("which_protocol", lambda: consent_form_facts(ward.study, "2.0", TODAY, "", "", "", TODAY))
