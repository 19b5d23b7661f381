"""Who is to be asked for consent to a new version of the form, and at which visit.

Enrolled on Monday 23 November 2026 with MFFX: bloods on Friday 27 November and 11 December, cycle 1 on 30 November,
its pump off on 2 December, cycle 2 on 14 December.
"""

import pytest

from app.domain.facts import planner_facts as f
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.domain.facts.study_record import ConsentForm
from app.domain.planning.consents import consents_due, with_consents
from tests.domain.stories import ENROLLED, calendar, d, done, withdrawn

TODAY = "2026-12-03"


def form(version: str = "2.0", on: str = "2026-12-07", concerns: str = "everybody") -> ConsentForm:
    return ConsentForm("scanpan", version, d(on), concerns)


def answer(version: str, on: str = ENROLLED, what: str = "given") -> NewFact:
    fields: dict[str, Json] = {"answer": what, "on": on, "version": version}
    return NewFact("consent", fields)


def asked(*facts: f.Fact, forms: tuple[ConsentForm, ...], answers: tuple[NewFact, ...] = ()) -> list[tuple[str, str]]:
    """The versions that are asked for, each with its visit."""
    story = calendar(*facts, today=TODAY)
    return [(one.form.version, one.visit) for one in consents_due(story, answers, forms, d(ENROLLED))]


def test_it_is_asked_at_the_first_visit_from_the_day_on_which_the_form_applies() -> None:
    assert asked(forms=(form(),)) == [("2.0", "SP-C04#2.1")]
    assert asked(forms=(form(on="2026-12-12"),)) == [("2.0", "SP-C02#2")]


@pytest.mark.parametrize("what", ["given", "not_needed"])
def test_it_is_asked_until_it_is_answered(what: str) -> None:
    first = answer("1.0")
    assert asked(forms=(form(),), answers=(first,)) == [("2.0", "SP-C04#2.1")]
    assert asked(forms=(form(),), answers=(first, answer("2.0", TODAY, "declined"))) == [("2.0", "SP-C04#2.1")]
    assert asked(forms=(form(),), answers=(first, answer("2.0", TODAY, what))) == []
    assert asked(forms=(form("V2"),), answers=(first, answer("v2", TODAY, what))) == []


def test_who_consented_since_the_form_applies_has_it() -> None:
    forms = (form(on=ENROLLED),)
    assert asked(forms=forms) == []
    # by mistake the old form was used
    assert asked(forms=forms, answers=(answer("1.0"),)) == [("2.0", "SP-S08")]


def test_it_concerns_those_in_treatment_or_in_follow_up() -> None:
    treated, followed = form(concerns="those_treated"), form("3.0", concerns="those_followed")
    assert asked(forms=(treated, followed)) == [("2.0", "SP-C04#2.1")]
    left = withdrawn("treatment", "2026-12-02")
    visits = asked(done("SP-C01", "2026-11-30"), left, forms=(treated, followed))
    assert [version for version, _visit in visits] == ["3.0"]


@pytest.mark.parametrize(
    ("kind", "fields"), [("died", {}), ("withdrawn", {"scope": "all"}), ("lost", {})], ids=["died", "withdrawn", "lost"]
)
def test_who_has_left_the_study_is_not_asked(kind: str, fields: dict[str, Json]) -> None:
    left = NewFact(kind, {"on": "2026-11-24", **fields})
    assert asked(forms=(form(),), answers=(left,)) == []
    if kind == "lost":
        found = NewFact("found_again", {"on": TODAY})
        assert asked(forms=(form(),), answers=(left, found)) == [("2.0", "SP-C04#2.1")]


def test_the_visit_says_so_once_and_no_day_changes() -> None:
    story = calendar(today=TODAY)
    marked = with_consents(story, (), (form(),), d(ENROLLED))
    again = with_consents(marked, (), (form(),), d(ENROLLED))
    assert marked == again
    assert [(one.kind, one.values["version"]) for one in marked.by_key["SP-C04#2.1"].problems] == [
        ("consent_due", "2.0")
    ]
    assert [(one.key, one.assumed, one.target) for one in marked.entries] == [
        (one.key, one.assumed, one.target) for one in story.entries
    ]
    assert with_consents(marked, (answer("2.0", TODAY),), (form(),), d(ENROLLED)) == story
