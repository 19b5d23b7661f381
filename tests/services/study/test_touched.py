"""Whom a change of the study touches: the same calendars change as when everybody is planned again."""

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.calendar.difference import Change, difference
from app.domain.calendar.entries import Calendar
from app.domain.dates import HolidayYear
from app.domain.facts.records import NewFact
from app.domain.facts.study_record import StudyRecord, holiday_fields
from app.domain.refusal import Refused
from app.services.commands import configure_site, enrol
from app.services.commands.protocols import take_protocol
from app.services.commands.record import Asked, propose, save
from app.services.study import touched, visit_cache
from app.services.study.study import Study
from app.services.study.touched import touched_by
from tests.oracle.lives import NCT_VALUES, SCANPAN_VALUES, life
from tests.services.ward import Ward

LIVES, CHANGES = 8, 20
SITES = {"Linköping": "SE", "Lund": "SE", "Beijing": "CN"}


def unit(seed: int) -> Ward:
    """A ward with patients of both trials at several sites, each with a random life up to today."""
    chance, ward = random.Random(seed), Ward.in_memory()
    stories: list[dict[str, Any]] = [
        life(chance, trial) for trial in ("scanpan", "nct06873178") for _ in range(LIVES // 2)
    ]
    ward.go_to(max(one["today"] for one in stories))
    for name, country in SITES.items():
        ward.site(name=name, country=country)
    for trial in ("scanpan", "nct06873178"):
        take_protocol(ward.study, trial, ward.today)
    for number, story in enumerate(stories):
        person, code = story["participant"], f"P-{number:03}"
        centre = chance.choice([name for name, country in SITES.items() if country == person["country"]] or [""])
        fields = {"code": code, "protocol": story["protocol"], "centre": centre or None}
        given = {"on": "enrolled_on", "consented": "consented_on"}
        given |= {name: name for name in ("country", "regimen", "choices", "timing")}
        fields |= {name: person[told] or None for name, told in given.items() if told in person}
        enrol.enrol(ward.study, fields, ward.today, sure=True)
        for fact in story["facts"]:
            told = {name: one for name, one in fact.items() if name != "kind"}
            asked = Asked(fact["kind"], {**told, "reached": True} if fact["kind"] == "contact" else told)
            with suppress(Refused):
                save(ward.study, propose(ward.study, code, [asked], ward.today), sure=True)
    ward.rebuilt()
    return ward


def some_change(ward: Ward, chance: random.Random) -> list[NewFact]:
    """A change of the study that somebody might make."""
    study, today = ward.study, ward.today
    first = today + timedelta(chance.randrange(-300, 200))
    last = first + timedelta(chance.choice((0, 0, 0, 1, 4)))
    site = chance.choice(("", "", *SITES))
    match chance.randrange(8):
        case 0 | 1 | 2:
            return configure_site.day_facts(study, "day_closed", first, last, "repairs", site, today)
        case 3:
            return configure_site.day_facts(study, "day_opened", first, last, "extra clinic", site, today)
        case 4:
            return configure_site.usual_day_facts(study, chance.choice(study.facts.days).on)
        case 5:
            known = chance.choice([*study.facts.holidays.values()])
            day = date(known.year, chance.randrange(1, 13), chance.randrange(1, 29))
            closed = {**known.closed, day: "a new holiday"}
            official = known.official if chance.random() < 0.8 else not known.official
            year = HolidayYear(known.country, known.year, closed, known.working, official, known.source)
            return [NewFact("holidays_taken", holiday_fields(year))]
        case 6:
            values = chance.choice((SCANPAN_VALUES, NCT_VALUES))
            key = chance.choice(sorted(values))
            return configure_site.value_facts(study, "", key, chance.choice(values[key]), "", today)
        case _:
            weekdays = sorted(chance.sample(range(7), chance.choice((1, 2, 3))))
            name = chance.choice(sorted(SITES))
            return configure_site.site_facts(study, {"name": name, "closed_weekdays": weekdays}, today)


def by_planning_everybody(
    study: Study, facts: Sequence[NewFact], today: date
) -> tuple[Mapping[int, tuple[Calendar, Calendar]], Mapping[str, Sequence[Change]]]:
    after = StudyRecord.of(configure_site._with(study, facts))
    calendars, changes = {}, {}
    for case in study.each_case():
        before, new = study.plan(case, today), study.plan(case, today, after)
        if before != new:
            calendars[case.subject], changes[case.code] = (before, new), difference(before, new)
    return calendars, changes


def check(ward: Ward, facts: Sequence[NewFact]) -> int:
    """Compare with planning everybody, save it, and return how many were planned again."""
    study, today = ward.study, ward.today
    proposal = configure_site.propose_study(study, facts, today)
    calendars, changes = by_planning_everybody(study, facts, today)
    found = {subject: pair for subject, pair in proposal.calendars.items() if pair[0] != pair[1]}
    assert (found, dict(proposal.changes)) == (dict(calendars), dict(changes))
    planned = touched_by(study, StudyRecord.of(configure_site._with(study, facts)), today)
    assert set(planned) >= set(calendars)
    configure_site.save_study(study, proposal, sure=True)
    for case in study.each_case():
        asked = study.plan(case, today).asked
        assert case.subject not in study.store.visits.without_asking(asked), "what the plan asked of now is kept"
    return len(planned)


def lived(seed: int) -> tuple[int, int]:
    """Change the study again and again; return how many plans were made, and how many there would have been."""
    ward, chance = unit(seed), random.Random(seed + 1)
    made = changed = 0
    for _ in range(CHANGES):
        with suppress(Refused, IndexError):  # nothing to clear, a value of a protocol that knows no such key
            facts = some_change(ward, chance)
            if facts:
                made, changed = made + check(ward, facts), changed + 1
        if chance.random() < 0.2:
            with suppress(Refused):
                ward.undo()
    ward.check_cached_visits()
    return made, changed * len([*ward.study.each_case()])


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))])
def test_what_changes_is_what_planning_everybody_says(seed: int) -> None:
    made, all_of_them = lived(seed)
    assert made < all_of_them * 0.8


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_what_changes_is_what_planning_everybody_says_in_many_units(seed: int) -> None:
    lived(seed)


@pytest.fixture
def pair() -> Ward:
    """Two participants at two sites in one country, one of them four weeks later."""
    ward = Ward.in_memory()
    ward.site(name="Linköping", country="SE")
    ward.site(name="Lund", country="SE")
    ward.enrol(centre="Linköping")
    ward.enrol(code="LI-002", on="2026-12-19", centre="Lund")
    ward.rebuilt()
    return ward


def touched_of(ward: Ward, facts: Sequence[NewFact]) -> list[int]:
    return touched_by(ward.study, StudyRecord.of(configure_site._with(ward.study, facts)), ward.today)


def closing(ward: Ward, on: date, site: str = "") -> list[NewFact]:
    return configure_site.day_facts(ward.study, "day_closed", on, None, "", site, ward.today)


def asked_by(ward: Ward, subject: int) -> frozenset[date]:
    return ward.study.plan(ward.study.case(subject), ward.today).asked


def test_a_day_touches_those_whose_plans_have_asked_of_it(pair: Ward) -> None:
    first, second = asked_by(pair, 1), asked_by(pair, 2)
    # The first cycle of LI-001 is due on Monday 30 November; nobody has anything on Monday 5 April 1999.
    assert date(2026, 11, 30) in first - second
    for on, whom in {date(2026, 11, 30): [1], min(second - first): [2], date(1999, 4, 5): []}.items():
        assert touched_of(pair, closing(pair, on)) == whom
    assert touched_of(pair, closing(pair, min(first & second))) == [1, 2]


def test_a_day_of_one_site_touches_those_who_go_there(pair: Ward) -> None:
    on = pair.calendar().by_key["SP-C02#2"].assumed
    assert on is not None
    assert 1 in touched_of(pair, closing(pair, on))
    assert touched_of(pair, closing(pair, on, "Linköping")) == [1]
    assert 1 not in touched_of(pair, closing(pair, on, "Lund"))


def test_without_cached_visits_everybody_is_touched(pair: Ward) -> None:
    one = closing(pair, date(2026, 11, 30))
    assert touched_of(pair, one) == [1]
    with pair.study.store.transaction():
        pair.study.store.visits.restart("another release", pair.today.isoformat(), "2099-01-01")
    assert touched_of(pair, one) == [1, 2]


def test_a_day_beyond_what_is_cached_touches_everybody(pair: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[date] = []

    def invalid(_study: Study, _today: date, last: date) -> bool:
        seen.append(last)
        return False

    monkeypatch.setattr(touched, "are_valid", invalid)
    assert touched_of(pair, closing(pair, date(2026, 11, 30))) == [1, 2]
    # 400 days later, because a visit may be proposed away from its target.
    assert seen == [date(2028, 1, 4)]
    assert visit_cache.are_valid(pair.study, pair.today, pair.today)


def test_a_reason_that_is_put_in_other_words_touches_nobody(pair: Ward) -> None:
    on = pair.calendar().by_key["SP-C02#2"].assumed
    assert on is not None
    pair.close_day(on.isoformat(), reason="painting")
    again = configure_site.day_facts(pair.study, "day_closed", on, None, "repairs", "", pair.today)
    assert touched_of(pair, again) == []
