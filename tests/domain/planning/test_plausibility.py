"""Days that cannot be, and unlikely days that are asked about. LI-001 was enrolled on Monday 23 November 2026."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import pytest

from app.domain.facts import planner_facts as f
from app.domain.facts.kind import Json
from app.domain.facts.kinds import KINDS
from app.domain.planning.edit_checks import accept
from app.domain.planning.end_checks import day_of
from app.domain.planning.plausibility import (
    check_birth,
    check_entry_order,
    check_event_order,
    unlikely_day,
    unlikely_entry,
    unlikely_site_day,
)
from app.domain.refusal import Refused
from tests.domain.stories import SiteDays, booked, d, decided, done, life, missed, moved

STORY = life(done("SP-C01", "2026-11-30"), today="2026-12-20")
CALENDAR = STORY.calendar()


def doubt(kind: str, fields: Mapping[str, Json], entered: str = "2026-12-20") -> str:
    """The kind of the doubt about the days of a fact; empty for none."""
    found = unlikely_day(KINDS[kind], fields, STORY.protocol, STORY.person, CALENDAR, d(entered))
    return found.kind if found is not None else ""


def refusal_of(check: Callable[[], object]) -> str:
    """The kind of the refusal of what is checked; empty for none."""
    try:
        check()
    except Refused as refused:
        return refused.kind
    return ""


def accepted(fact: f.Fact) -> f.Fact:
    """Accept a fact of a participant who was only enrolled."""
    return accept(STORY.protocol, STORY.site, STORY.person, (), fact, d("2026-12-20"))


@pytest.mark.parametrize(
    "fact",
    [
        done("SP-C01", "2026-11-22"),
        done("SP-P03", "2014-12-26"),
        booked("SP-C02#2", "2026-11-22"),
        moved("SP-C02#2", "2014-12-26"),
        missed("SP-C01", "2026-11-22"),
        decided("SP-R01", "2026-11-22", "response"),
        f.RegimenChanged(d("2026-11-22"), "FFX"),
        done("U#1", "2026-11-22"),
    ],
)
def test_what_the_protocol_asks_for_cannot_lie_before_the_enrolment(fact: f.Fact) -> None:
    with pytest.raises(Refused) as caught:
        accepted(fact)
    assert caught.value.kind == "before_enrolment"
    assert caught.value.values["enrolled"] == d("2026-11-23")


@pytest.mark.parametrize(
    ("fact", "possible"),
    [
        (done("SP-C01", "2026-11-18"), False),
        (booked("SP-C01", "2026-11-18"), False),
        (done("SP-C03#1.3", "2026-11-20"), False),
        (done("SP-P03", "2026-11-18"), False),
        (done("SP-C04#1.1", "2026-11-18"), True),
        (done("SP-S02", "2026-11-18"), True),
    ],
)
def test_no_treatment_of_the_study_lies_before_the_enrolment_however_wide_its_window(
    fact: f.Fact, possible: bool
) -> None:
    # Every window opens three weeks before the enrolment or earlier.
    wide = SiteDays(values={"SP-C01.before": "P28D", "SP-C04.before": "P28D", "SP-P03.before": "P1Y"})
    story = life(today="2026-12-20", site=wide)
    entry = story.calendar().by_key[fact.visit] if isinstance(fact, f.VisitFact) else None
    assert entry is not None
    assert "SP-C03" in entry.key or (entry.earliest is not None and entry.earliest < d("2026-11-18"))
    if possible:
        accept(story.protocol, story.site, story.person, (), fact, story.today)
        return
    with pytest.raises(Refused) as caught:
        accept(story.protocol, story.site, story.person, (), fact, story.today)
    assert caught.value.kind == "before_enrolment"


@pytest.mark.parametrize(
    "fact",
    [
        done("SP-S01", "2026-11-10"),
        done("SP-S03", "2026-10-30"),
        booked("SP-S02", "2026-11-20"),
        done("SP-C01", "2026-11-23"),
        done("SP-C01", "2026-12-01"),
    ],
)
def test_a_visit_of_the_screening_may_be_earlier_and_any_other_on_the_day_of_enrolment(fact: f.Fact) -> None:
    assert day_of(accepted(fact)) == day_of(fact)


@pytest.mark.parametrize(
    ("kind", "fields", "possible"),
    [
        ("adverse_event", {"on": "2026-11-22"}, False),
        ("adverse_event", {"on": "2026-11-23"}, True),
        ("complication", {"on": "2026-11-22"}, False),
        ("progression", {"on": "2014-12-26"}, False),
        ("specimen", {"visit": "SP-P03", "on": "2026-11-22"}, False),
        ("specimen", {"visit": "SP-S01", "on": "2026-11-10"}, True),
        ("questionnaire", {"visit": "SP-S08", "on": "2026-11-20"}, True),
        ("contact", {"on": "2026-11-10"}, True),
        ("note", {"text": "x"}, True),
    ],
)
def test_events_that_cannot_lie_before_the_enrolment(kind: str, fields: dict[str, Json], possible: bool) -> None:
    def check() -> None:
        check_event_order(KINDS[kind], fields, STORY.protocol, STORY.person, (), CALENDAR)

    if possible:
        check()
    else:
        with pytest.raises(Refused) as caught:
            check()
        assert caught.value.kind == "before_enrolment"


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        (done("U#1", "2026-11-16"), ""),
        (booked("U#1", "2026-11-20"), ""),
        (done("U#1", "2026-11-15"), "before_consent"),
        (f.RegimenChanged(d("2026-11-16"), "FFX"), ""),
        (f.RegimenChanged(d("2026-11-15"), "FFX"), "before_consent"),
        (done("SP-C01", "2026-11-20"), "before_enrolment"),
        (done("SP-R01", "2026-11-20"), "before_enrolment"),
    ],
)
def test_what_somebody_in_screening_can_have_is_taken_after_the_enrolment_too(fact: f.Fact, kind: str) -> None:
    # Consent on 16 November, enrolment a week later.
    for person in (STORY.person, replace(STORY.person, consented_on=d("2026-11-16"))):
        refusal = refusal_of(partial(accept, STORY.protocol, STORY.site, person, (), fact, d("2026-12-20")))
        assert refusal == (kind if person.consented_on is not None else "before_enrolment")


@pytest.mark.parametrize(
    ("kind", "visit", "on", "refusal"),
    [
        ("adverse_event", "", "2026-11-16", ""),
        ("progression", "", "2026-11-20", ""),
        ("adverse_event", "", "2026-11-15", "before_consent"),
        ("complication", "", "2026-11-15", "before_consent"),
        ("specimen", "U#1", "2026-11-16", ""),
        ("questionnaire", "U#1", "2026-11-20", ""),
        ("questionnaire", "U#1", "2026-11-15", "before_consent"),
        ("specimen", "SP-P03", "2026-11-20", "before_enrolment"),
    ],
)
def test_what_happens_between_consent_and_enrolment_is_taken(kind: str, visit: str, on: str, refusal: str) -> None:
    """Of the schedule only the screening happens then; what belongs to an extra visit does as that visit may."""
    person = replace(STORY.person, consented_on=d("2026-11-16"))
    fields: dict[str, Json] = {"on": on, **({"visit": visit} if visit else {})}
    check = partial(check_event_order, KINDS[kind], fields, STORY.protocol, person, (), CALENDAR)
    assert refusal_of(check) == refusal


@pytest.mark.parametrize(
    ("kind", "fields", "question"),
    [
        ("booked", {"visit": "SP-C02#2", "on": "2026-12-19"}, "plan_in_past"),
        ("moved", {"visit": "SP-C02#2", "to": "2026-12-01"}, "plan_in_past"),
        ("booked", {"visit": "SP-C02#2", "on": "2041-01-07"}, "day_far_off"),
        ("adverse_event", {"on": "2026-12-01", "ended": "2036-12-01"}, "day_far_off"),
        ("withdrawn", {"on": "2026-12-20", "last_medication_on": "2014-11-30"}, "day_far_off"),
        ("booked", {"visit": "SP-C02#2", "on": "2028-02-01"}, "day_far_from_visit"),
        ("performed", {"visit": "SP-S01", "on": "2025-06-01"}, "day_far_from_visit"),
    ],
)
def test_an_unlikely_day_is_asked_about(kind: str, fields: dict[str, Json], question: str) -> None:
    assert doubt(kind, fields) == question


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("booked", {"visit": "SP-C02#2", "on": "2026-12-20"}),
        ("booked", {"visit": "SP-C02#2", "on": "2027-06-01"}),
        ("moved", {"visit": "SP-F24", "to": "2029-06-01"}),
        ("performed", {"visit": "SP-S01", "on": "2026-11-10"}),
        ("missed", {"visit": "SP-C02#2", "on": "2026-12-14"}),
        ("adverse_event", {"on": "2026-12-01", "ended": "2026-12-05"}),
        ("contact", {"on": "2026-12-19"}),
    ],
)
def test_a_usual_day_is_not_asked_about(kind: str, fields: dict[str, Json]) -> None:
    assert doubt(kind, fields) == ""


def test_a_corrected_booking_is_compared_with_the_day_on_which_it_was_entered() -> None:
    assert doubt("booked", {"visit": "SP-C02#2", "on": "2026-12-16"}, entered="2026-12-10") == ""
    assert doubt("booked", {"visit": "SP-C02#2", "on": "2026-12-09"}, entered="2026-12-10") == "plan_in_past"


@pytest.mark.parametrize(("born", "kind"), [(2027, "birth_in_future"), (1905, "birth_too_long_ago")])
def test_a_year_of_birth_that_cannot_be(born: int, kind: str) -> None:
    """Born in 1905, somebody is 121 years old in 2026."""
    with pytest.raises(Refused) as caught:
        check_birth({"on": "2026-12-20", "year_of_birth": born})
    assert (caught.value.kind, caught.value.place) == (kind, "year_of_birth")


@pytest.mark.parametrize("born", [1906, 1957, 2026, None])
def test_a_year_of_birth_that_can_be(born: int | None) -> None:
    check_birth({"on": "2026-12-20", "year_of_birth": born})


@pytest.mark.parametrize(
    ("on", "recorded_only", "unlikely"),
    [
        ("2014-11-23", False, True),
        ("2025-12-18", False, True),
        ("2025-12-19", False, False),
        ("2026-12-20", False, False),
        ("2017-01-01", True, False),
        ("2014-11-23", True, True),
    ],
)
def test_an_entry_long_ago_is_asked_about(on: str, recorded_only: bool, unlikely: bool) -> None:
    """366 days before 20 December 2026 is 19 December 2025."""
    found = unlikely_entry({"on": on}, d("2026-12-20"), recorded_only)
    assert (found is not None) is unlikely


def test_dates_that_are_only_recorded_may_lie_before_the_enrolment() -> None:
    protocol = replace(STORY.protocol, recorded_only={"staged": True})
    person = replace(STORY.person, choices={"staged": True})
    fact = done("SP-C01", "2026-11-01")
    assert day_of(accept(protocol, STORY.site, person, (), fact, d("2026-12-20"))) == d("2026-11-01")


@pytest.mark.parametrize(
    ("born", "asked"), [(2008, False), (2009, True), (1926, False), (1925, True), (2026, True), (1957, False)]
)
def test_a_child_or_a_great_age_is_asked_about(born: int, asked: bool) -> None:
    """In 2026 somebody born in 2008 is 18 years old at most, and somebody born in 1926 at most 100."""
    found = unlikely_entry({"on": "2026-12-20", "year_of_birth": born}, d("2026-12-20"))
    assert (found is not None and found.kind == "age_unlikely") is asked


def test_only_what_was_corrected_is_asked_about() -> None:
    fields: dict[str, Json] = {"on": "2014-12-20", "year_of_birth": 2010}
    day = unlikely_entry(fields, d("2026-12-20"), names=["on"])
    year = unlikely_entry(fields, d("2026-12-20"), names=["year_of_birth"])
    assert (day and day.kind, year and year.kind) == ("enrolled_long_ago", "age_unlikely")
    assert unlikely_entry(fields, d("2026-12-20"), names=["sex"]) is None


@pytest.mark.parametrize(
    ("kind", "fields", "asked"),
    [
        ("day_closed", {"on": "2014-12-24"}, "site_day_far"),
        ("day_closed", {"on": "2024-11-21"}, "site_day_far"),
        ("value_confirmed", {"on": "1990-05-01"}, "site_day_far"),
        ("value_confirmed", {"on": "2025-05-01"}, ""),
        ("day_closed", {"on": "2024-11-22"}, ""),
        ("day_opened", {"on": "2036-01-02"}, "site_day_far"),
        ("day_opened", {"on": "2034-01-01"}, ""),
        ("day_closed", {"on": "2034-01-02"}, "site_day_far"),
        ("holidays_taken", {"year": 2014}, "site_year_far"),
        ("holidays_taken", {"year": 2024}, ""),
        ("holidays_taken", {"year": 2034}, ""),
        ("holidays_taken", {"year": 2035}, "site_year_far"),
        ("site_set", {"name": "U"}, ""),
    ],
)
def test_a_day_of_the_site_years_from_the_study_is_asked_about(kind: str, fields: dict[str, Json], asked: str) -> None:
    """The study has days from 23 November 2026 to 1 January 2032; 731 days are two years and a day."""
    found = unlikely_site_day(KINDS[kind], fields, d("2026-11-23"), d("2032-01-01"))
    assert (found.kind if found is not None else "") == asked


@pytest.mark.parametrize(
    ("last", "kind"),
    [("2026-11-22", "medication_before_enrolment"), ("2026-12-19", "medication_after_end"), ("2026-12-18", "")],
)
def test_the_last_medication_lies_between_enrolment_and_withdrawal(last: str, kind: str) -> None:
    fact = f.Withdrawn("treatment", d("2026-12-18"), "tired", d(last))
    if not kind:
        assert accepted(fact) == fact
        return
    with pytest.raises(Refused) as caught:
        accepted(fact)
    assert caught.value.kind == kind


def test_nobody_is_enrolled_before_the_screening() -> None:
    check_entry_order(d("2026-11-20"), d("2026-11-20"))
    check_entry_order(None, d("2026-11-20"))
    with pytest.raises(Refused) as caught:
        check_entry_order(d("2026-11-21"), d("2026-11-20"))
    assert caught.value.kind == "screened_after"
