"""Random lives, recorded fact by fact: the study's calendar is the one that a rehearsal of the same story gives."""

import json
import os
import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.facts.planner_facts import Booked, Fact, Moved, VisitFact
from app.domain.facts.superseded import LatestFacts
from app.domain.planning.planner import plan
from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document
from app.protocols.library import shipped_protocol
from app.services.commands import enrol
from app.services.commands.protocols import take_protocol
from app.services.commands.record import Asked, propose, save
from app.services.queries.rehearsal import rehearse
from app.services.queries.scenario import scenario
from tests.oracle.lives import NCT_VALUES, SCANPAN_VALUES, life
from tests.services.ward import Ward

EVERY_RUN = tuple(
    (trial, seed) for trial, seeds in {"scanpan": (24, 94), "nct06873178": (21, 104)}.items() for seed in seeds
)
WITH_MISHAPS = (
    ("scanpan", 81),
    ("nct06873178", 27),
    pytest.param("scanpan", 49, marks=pytest.mark.slow),
    pytest.param("nct06873178", 40, marks=pytest.mark.slow),
)
LONG_RUN = range(2000, 2000 + int(os.environ.get("STUDYDAY_LIVES", "30")))
"""Some minutes; ``STUDYDAY_LIVES`` says how many lives of each trial, without mishaps and with them."""


def with_last_medication(story: dict[str, Any]) -> dict[str, Any]:
    """The story as a study takes it, which asks for the last medication where the trial does; a story may lack it."""
    for fact in story["facts"]:
        if fact["kind"] == "withdrawn" and shipped_protocol(story["protocol"]).withdrawal.needs_last_medication:
            fact.setdefault("last_medication_on", "none")
    return story


class Life:
    """One life in a study of its own."""

    def __init__(self, folder: Path, trial: str, seed: int) -> None:
        self.story: dict[str, Any] = with_last_medication(life(random.Random(seed), trial))
        self.rng = random.Random(seed + 1)
        self.ward = Ward(folder)
        self.ward.go_to(self.story["today"])
        person = self.story["participant"]
        self.code = str(person["code"])
        take_protocol(self.ward.study, trial, self.ward.today)
        self.describe(person["country"], self.story.get("site", {}))
        fields = {"code": self.code, "protocol": trial, "country": person["country"], "regimen": person["regimen"]}
        given = {"on": "enrolled_on", "consented": "consented_on", "timing": "timing", "choices": "choices"}
        fields |= {name: person[told] for name, told in given.items() if person.get(told)}
        enrol.enrol(self.ward.study, fields, self.ward.today, sure=True)
        self.ward.rebuilt()

    def describe(self, country: str, site: Mapping[str, Any]) -> None:
        """The site as the story has it."""
        zone, weekdays = site.get("time_zone"), site.get("closed_weekdays")
        self.ward.site(name="Site", country=country, time_zone=zone, closed_weekdays=weekdays)
        for day in site.get("closed", ()):
            self.ward.close_day(day)
        for day in site.get("open", ()):
            self.ward.close_day(day, kind="day_opened")
        for key, value in site.get("values", {}).items():
            self.ward.value(key, value)

    def record(self, fact: Mapping[str, Any]) -> None:
        """Record a fact; what its preview said is what then stands."""
        fields = {name: value for name, value in fact.items() if name != "kind"}
        if fact["kind"] == "contact":  # a story tells only what was learnt
            fields["reached"] = True
        proposal = propose(self.ward.study, self.code, [Asked(fact["kind"], fields)], self.ward.today)
        before = self.ward.calendar(self.code)
        assert proposal.before == before
        saved = save(self.ward.study, proposal, sure=True)
        assert self.ward.calendar(self.code) == proposal.after
        assert saved.changes == proposal.changes

    def same_as_rehearsed(self) -> None:
        """The calendar is that of the story as the study tells it, and of planning everything anew."""
        told = scenario(self.ward.study, self.code, self.ward.today)
        assert self.ward.document(self.code) == calendar_document(rehearse(json.dumps(told)).calendar)
        self.ward.check_cached_visits()

    # What may come between

    def mishap(self) -> None:
        """Something else that a unit does between two facts; it may be refused."""
        work = self.rng.choice((self.undo_redo, self.undo, self.correct, self.value, self.close_days, self.open_day))
        try:
            work()
        except Refused:
            return

    def undo_redo(self) -> None:
        before = self.ward.document(self.code)
        self.ward.undo()
        self.ward.redo()
        assert self.ward.document(self.code) == before

    def undo(self) -> None:
        records = self.ward.study.case(1).records
        if records[-1].kind != "enrolled":
            self.ward.undo(records[-1].command)

    def correct(self) -> None:
        records = [one for one in self.ward.study.case(1).records if one.day("on") and one.kind != "enrolled"]
        if records:
            one = self.rng.choice(records)
            day = one.day("on") or date.min
            self.ward.correct(one.seq, on=min(day + timedelta(self.rng.randrange(-4, 5)), self.ward.today).isoformat())

    def value(self) -> None:
        known = SCANPAN_VALUES if self.story["protocol"] == "scanpan" else NCT_VALUES
        key = self.rng.choice(sorted(known))
        self.ward.value(key, self.rng.choice(known[key]))

    def close_days(self) -> None:
        first = self.ward.today - timedelta(self.rng.randrange(-60, 300))
        self.ward.close_day(first.isoformat(), (first + timedelta(self.rng.randrange(5))).isoformat())

    def open_day(self) -> None:
        day = self.ward.today - timedelta(self.rng.randrange(-60, 300))
        self.ward.close_day(day.isoformat(), kind="day_opened")


def refused_by(work: Callable[[], object]) -> tuple[str, str]:
    """How and where that is refused; empty where it is not."""
    try:
        work()
    except Refused as refused:
        return refused.kind, refused.place
    return "", ""


def live(folder: Path, trial: str, seed: int) -> None:
    """A whole life, told as it is; where a rehearsal refuses a fact, so does the study."""
    one = Life(folder, trial, seed)
    try:
        facts = one.story["facts"]
        why, number = refused_by(lambda: rehearse(json.dumps(one.story)))
        for fact in facts[: int(number) - 1 if number else len(facts)]:
            one.record(fact)
        if number:
            found, _place = refused_by(lambda: one.record(facts[int(number) - 1]))
            assert found == why
        else:
            assert one.ward.document(one.code) == calendar_document(rehearse(json.dumps(one.story)).calendar)
        one.same_as_rehearsed()
    finally:
        one.ward.study.close()


def live_with_mishaps(folder: Path, trial: str, seed: int) -> None:
    """A life in which other things come between."""
    one = Life(folder, trial, seed)
    try:
        for number, fact in enumerate(one.story["facts"]):
            try:
                one.record(fact)
            except Refused:
                continue
            if one.rng.random() < 0.25:
                one.mishap()
                if number % 5 == 0:
                    one.same_as_rehearsed()
        one.same_as_rehearsed()
        assert one.ward.study.store.verify() == one.ward.study.head()
    finally:
        one.ward.study.close()


@pytest.mark.parametrize(("trial", "seed"), EVERY_RUN)
def test_a_life_gives_the_calendar_of_its_rehearsal(tmp_path: Path, trial: str, seed: int) -> None:
    live(tmp_path, trial, seed)


@pytest.mark.parametrize(("trial", "seed"), WITH_MISHAPS)
def test_a_life_with_mishaps_gives_the_calendar_of_its_rehearsal(tmp_path: Path, trial: str, seed: int) -> None:
    live_with_mishaps(tmp_path, trial, seed)


@pytest.mark.slow
@pytest.mark.parametrize("trial", ["scanpan", "nct06873178"])
def test_hundreds_of_lives_give_the_calendars_of_their_rehearsals(tmp_path: Path, trial: str) -> None:
    failed = []
    for seed in LONG_RUN:
        for work in (live, live_with_mishaps):
            folder = tmp_path / f"{work.__name__}-{seed}"
            folder.mkdir()
            try:
                work(folder, trial, seed)
            except (AssertionError, LookupError, ValueError, TypeError, Refused) as error:
                failed.append(f"{work.__name__}({seed}, {trial!r}): {str(error)[:300]}")
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize(
    ("trial", "seed"),
    [
        pytest.param(trial, seed, marks=pytest.mark.slow if seed > 2 else [])
        for trial in ("scanpan", "nct06873178")
        for seed in range(8)
    ],
)
def test_a_life_with_many_bookings_is_planned_the_same(trial: str, seed: int) -> None:
    chance = random.Random(seed)
    story = life(chance, trial)
    try:
        told = rehearse(json.dumps(story))
    except Refused:
        story["facts"] = story["facts"][:3]
        told = rehearse(json.dumps(story))
    facts: list[Fact] = []
    for fact in told.facts:
        facts.append(fact)
        visits = [one.visit for one in facts if isinstance(one, VisitFact)]
        if visits and chance.random() < 0.7:
            visit, on = chance.choice(visits), told.calendar.today + timedelta(chance.randrange(-40, 60))
            arranged: list[Fact] = [Booked(visit, on), Booked(visit, on, "10:15"), Moved(visit, on, "asked")]
            facts.append(chance.choice(arranged))
    latest = LatestFacts()
    for number, fact in enumerate(facts, start=1):
        latest.add(fact)
        if number % 3 == 0 or number == len(facts):
            now, today = facts[:number], told.calendar.today
            condensed = plan(told.protocol, told.site, told.participant, latest(), today)
            assert condensed == plan(told.protocol, told.site, told.participant, now, today)


def test_a_story_of_many_bookings_keeps_all_of_them_and_plans_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2026, 12, 14) + timedelta(number % 5) for number in range(60)]
    facts = [{"kind": "booked", "visit": "SP-C02#2", "on": on.isoformat()} for on in days]
    person = {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"}
    story = {"protocol": "scanpan", "today": "2026-12-14", "participant": person, "facts": facts}
    sizes: list[int] = []
    count = LatestFacts.__call__

    def counting(latest: LatestFacts) -> list[Fact]:
        found = count(latest)
        sizes.append(len(found))
        return found

    monkeypatch.setattr(LatestFacts, "__call__", counting)
    found = rehearse(json.dumps(story))
    assert [fact.on for fact in found.facts if isinstance(fact, Booked)] == days
    assert found.calendar.by_key["SP-C02#2"].booked == date(2026, 12, 18)
    assert max(sizes) == 1
