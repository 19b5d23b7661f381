"""Stories of random lives with random wrong facts: each is refused with its place, or the calendar keeps its laws.

The long run takes some minutes: `.venv/bin/pytest -m slow tests/services/queries/test_rehearsal.py`.
"""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.domain.refusal import Refused
from app.services.queries.rehearsal import rehearse
from tests.protocols.tiny import INVENTED
from tests.services.queries.wrong_stories import SHIPPED, SMALL, Move, Story, stories

short = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
long = settings(short, max_examples=1500)


def tell(story: Story, moves: list[Move]) -> None:
    """Tell a story fact by fact, and look at the laws after each."""
    for move in moves:
        story.tell(move)
    story.check_retold()
    story.check_refusals()


@short
@given(stories(SHIPPED, 8))
def test_wrong_facts_in_a_life_of_a_trial_are_refused_or_change_no_law(told: tuple[Story, list[Move]]) -> None:
    tell(*told)


@short
@given(stories(SMALL, 8))
def test_wrong_facts_in_a_life_of_a_small_protocol_are_refused_or_change_no_law(told: tuple[Story, list[Move]]) -> None:
    tell(*told)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@long
@given(stories((*SHIPPED, *SMALL), 20))
def test_thousands_of_wrong_facts_are_refused_or_change_no_law(told: tuple[Story, list[Move]]) -> None:
    tell(*told)


SCREENED = {"on": "2026-11-16", "outcome": "eligible"}


def departures(screening: object, born: int = 0) -> list[tuple[str, str, str, str]]:
    """The rows of the log of a story with that screening, whose participant was enrolled on the day of the story."""
    person: dict[str, Any] = {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"}
    if born:
        person["year_of_birth"] = born
    document: dict[str, Any] = {"protocol": "scanpan", "today": "2026-11-23", "participant": person, "facts": []}
    if screening is not None:
        document["screening"] = screening
    return [(one.visit, one.what, one.reason, one.detail) for one in rehearse(json.dumps(document)).deviations]


@pytest.mark.parametrize(
    ("screening", "born"),
    [
        (None, 0),
        (None, 1960),
        (None, 2008),
        (SCREENED, 0),
        ({**SCREENED, "criteria": {"I03": True, "e02": False}}, 0),
        ({**SCREENED, "on": "2026-11-23"}, 0),
        ({**SCREENED, "reason": "all fulfilled"}, 1940),
    ],
)
def test_a_screening_that_contradicts_nothing_is_not_in_the_log(screening: object, born: int) -> None:
    assert departures(screening, born) == []


@pytest.mark.parametrize(
    ("screening", "born", "what", "detail"),
    [
        ({**SCREENED, "reason": "waived", "criteria": {"I03": False}}, 0, "ineligible", "is answered no"),
        ({**SCREENED, "reason": "waived", "criteria": {"E02": True}}, 0, "ineligible", "is answered yes"),
        ({**SCREENED, "reason": "waived", "criteria": {"i09": "unknown"}}, 0, "ineligible", "is unknown"),
        ({**SCREENED, "reason": "waived", "year_of_birth": 2009}, 0, "ineligible", "is at most 17"),
        ({"on": "2026-11-16", "outcome": "pending"}, 0, "not_eligible_yet", ""),
        (None, 2009, "ineligible", "is at most 17"),
        (SCREENED, 2009, "ineligible", "is at most 17"),
    ],
)
def test_what_a_screening_contradicts_is_in_the_log(screening: object, born: int, what: str, detail: str) -> None:
    ((visit, kind, reason, said),) = departures(screening, born)
    assert (visit, kind) == ("SP-S06", what)
    assert detail in said
    assert reason == ("waived" if screening and "reason" in str(screening) else "")


@pytest.mark.parametrize(
    ("screening", "born", "kind", "place"),
    [
        ({**SCREENED, "criteria": {"I03": False}}, 0, "eligible_reason", "screening.reason"),
        ({**SCREENED, "criteria": {"E02": "unknown"}}, 0, "eligible_reason", "screening.reason"),
        ({**SCREENED, "year_of_birth": 2010}, 0, "eligible_reason", "screening.reason"),
        ({**SCREENED, "criteria": {"I99": True}}, 0, "criterion", "screening.criteria.I99"),
        ({**SCREENED, "outcome": "failure", "reason": "I03"}, 0, "screen_failure", "screening"),
        ({**SCREENED, "year_of_birth": 2027}, 0, "birth_in_future", "screening.year_of_birth"),
        (None, 2027, "birth_in_future", "participant.year_of_birth"),
        (SCREENED, 1900, "birth_too_long_ago", "participant.year_of_birth"),
    ],
)
def test_a_screening_is_refused_as_at_the_terminal(screening: object, born: int, kind: str, place: str) -> None:
    with pytest.raises(Refused) as refused:
        departures(screening, born)
    assert (refused.value.kind, refused.value.place) == (kind, place)


@pytest.mark.parametrize(
    ("failed", "kind"),
    # consent on 16 November, and a scan on the 20th
    [("2026-11-13", "end_before_consent"), ("2026-11-18", "end_before_visit"), ("2026-11-20", "")],
)
def test_a_screening_that_failed_too_early_is_named_by_its_own_day(failed: str, kind: str) -> None:
    document = {
        "protocol": "scanpan",
        "today": "2026-12-20",
        "participant": {"code": "LI-001", "consented_on": "2026-11-16", "country": "SE", "regimen": "MFFX"},
        "screening": {"on": failed, "outcome": "failure", "reason": "I03"},
        "facts": [{"kind": "performed", "visit": "SP-S02", "on": "2026-11-20"}],
    }
    if not kind:
        assert rehearse(json.dumps(document)).calendar.by_key["SP-S06"].status == "cancelled"
        return
    with pytest.raises(Refused) as refused:
        rehearse(json.dumps(document))
    assert (refused.value.kind, refused.value.place) == (kind, "screening.on")


def test_a_dose_before_a_result_is_in_the_log_of_a_story() -> None:
    days = ("2026-11-30", "2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08")
    document = {
        "protocol": "scanpan",
        "today": "2027-02-09",
        "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "MFFX"},
        "facts": [
            {"kind": "performed", "visit": "SP-C01" if number == 1 else f"SP-C02#{number}", "on": on}
            for number, on in enumerate(days, start=1)
        ],
    }
    found = [one for one in rehearse(json.dumps(document)).deviations if one.visit == "SP-C02#6"]
    assert [(one.what, one.fact, one.proposed) for one in found] == [("performed_before_result", 6, "important")]


def test_nobody_is_enrolled_before_the_screening() -> None:
    document = {
        "protocol": "scanpan",
        "today": "2026-12-20",
        "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"},
        "screening": {"on": "2026-11-24", "outcome": "eligible"},
        "facts": [],
    }
    with pytest.raises(Refused) as refused:
        rehearse(json.dumps(document))
    assert (refused.value.kind, refused.value.place) == ("screened_after", "screening.on")
    document["screening"] = {"on": "2026-11-24", "outcome": "eligible", "unchecked": True}
    document["today"] = "2026-11-24"
    assert ("SP-S06", "screened_late") in [(one.visit, one.what) for one in rehearse(json.dumps(document)).deviations]


@pytest.mark.parametrize("key", ["CJ-R01#8/2", "CJ-R01#8/9", "CJ-R01#8@2"])
@pytest.mark.parametrize("outcome", ["progression", "response", "continue", "no_surgery"])
def test_a_decision_that_is_kept_at_a_repeat_is_shown_as_a_problem(key: str, outcome: str) -> None:
    found = rehearse(decided_at(key, outcome)).calendar
    assert [(one.key, one.kind) for one in found.problems] == [(key, "off_path")]


def test_a_decision_that_is_kept_at_a_repeat_before_anything_is_decided_there_is_refused() -> None:
    with pytest.raises(Refused, match="no_decision"):
        rehearse(decided_at("CJ-R01#4/9", "progression"))


@pytest.mark.parametrize(
    ("on", "latest"), [("2027-01-08", "2027-01-09"), ("2027-01-09", "2027-01-09"), ("2027-01-11", "2027-01-10")]
)
def test_a_window_whose_end_was_done_before_its_begin_has_one_day(on: str, latest: str) -> None:
    """The call comes from the day after enrolment, 8 January, to the day before T1: there is none if T1 came first."""
    person = {"code": "T-1", "enrolled_on": "2027-01-08", "country": "SE", "regimen": "WEEKLY"}
    facts = [{"kind": "performed", "visit": "T1", "on": on}]
    story = {"protocol": "invented", "today": "2027-01-12", "participant": person, "facts": facts}
    entry = rehearse(json.dumps(story), INVENTED).calendar.by_key["CALL"]
    assert (str(entry.earliest), str(entry.latest)) == ("2027-01-09", latest)
    assert [one.kind for one in entry.problems] == ["outside_window"]


def decided_at(key: str, outcome: str) -> str:
    """A story with one decision at that key, kept as it was recorded."""
    person = {"code": "CJ-1", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"}
    fact = {"kind": "decided", "visit": key, "on": "2027-04-01", "outcome": outcome, "unchecked": True}
    return json.dumps({"protocol": "nct06873178", "today": "2027-06-20", "participant": person, "facts": [fact]})


@pytest.mark.parametrize(
    ("given_of_person", "kind", "place"),
    [
        ({"regimen": "XX"}, "regimen", "participant.regimen"),
        ({"enrolled_on": "2026-12-21"}, "future", "participant.enrolled_on"),
        ({"consented_on": "2026-12-01"}, "consent_after_enrolment", "participant.consented_on"),
        ({"choices": {"staged": "maybe"}}, "choice_value", "participant.choices"),
    ],
)
def test_what_the_protocol_or_the_day_refuses_of_a_participant_is_named_by_its_place_in_the_story(
    given_of_person: dict[str, object], kind: str, place: str
) -> None:
    person = {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG", **given_of_person}
    with pytest.raises(Refused) as refused:
        rehearse(json.dumps({"protocol": "scanpan", "today": "2026-12-20", "participant": person, "facts": []}))
    assert (refused.value.kind, refused.value.place) == (kind, place)
