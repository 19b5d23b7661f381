"""Participants of the shipped trials: one with given facts, and random ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.dates import ClosedDays
from app.domain.facts import planner_facts as f
from app.domain.planning.edit_checks import accept
from app.domain.protocol.site_values import with_values
from app.domain.refusal import Refused
from app.exchange.scenario import ScenarioSite
from app.protocols.library import shipped_protocol
from app.services.study.site_calendar import site_of
from tests.domain.stories import ENROLLED, WHY, Life, confirmed, d


def life(
    *facts: f.Fact,
    today: str,
    protocol: str = "scanpan",
    country: str = "",
    regimen: str = "MFFX",
    enrolled: str = ENROLLED,
    choices: Mapping[str, str | bool] | None = None,
    site: ScenarioSite | None = None,
) -> Life:
    """A participant of ScanPan in Sweden or of NCT06873178 in China, by default enrolled on Monday 2026-11-23."""
    text = site or ScenarioSite()
    version = with_values(shipped_protocol(protocol), text.values)
    country = country or {"scanpan": "SE", "nct06873178": "CN"}[protocol]
    person = f.Participant("T-001", d(enrolled), country, regimen, dict(choices or {}))
    place = site_of(version, country, text, person.first_day, d(today))
    return Life(version, place, person, confirmed(version, place, person, facts, d(today)), d(today))


def calendar(
    *facts: f.Fact,
    today: str,
    protocol: str = "scanpan",
    country: str = "",
    regimen: str = "MFFX",
    enrolled: str = ENROLLED,
    choices: Mapping[str, str | bool] | None = None,
    site: ScenarioSite | None = None,
) -> Calendar:
    """The calendar of such a participant."""
    return life(
        *facts,
        today=today,
        protocol=protocol,
        country=country,
        regimen=regimen,
        enrolled=enrolled,
        choices=choices,
        site=site,
    ).calendar()


# random stories

REGIMENS = {"scanpan": ("MFFX", "AG", "NAL"), "nct06873178": ("FFX", "AG", "NAL")}
_MONDAYS_ONLY = ClosedDays(frozenset({1, 2, 3, 4, 5, 6}))
PLACES = (ClosedDays(), ClosedDays(frozenset()), ClosedDays(frozenset({4, 5, 6})), _MONDAYS_ONLY)
_LATE = (0, 0, 0, 1, 2, 9, -1)


@dataclass(frozen=True)
class Step:
    """What a random story does next: `act` at the `pick`-th open visit, `days` off its day."""

    act: str
    pick: int
    days: int
    turn: int


STEPS = st.builds(
    Step,
    st.sampled_from(
        ("done", "done", "done", "done", "booked", "moved", "missed", "omitted", "decided", "decided", "general")
    ),
    st.sampled_from((0, 0, 0, 1, 2, 5, 11, 30)),
    st.sampled_from(_LATE),
    st.integers(0, 11),
)


def _fact(step: Step, life: Life, entry: Entry) -> f.Fact:
    """What the step records; legal or not is found out when it is taken in."""
    day = (entry.assumed or life.today) + timedelta(step.days)
    if step.act == "done":
        return f.Performed(entry.key, day, "10:15" if step.turn % 2 else "")
    if step.act == "booked":
        return f.Booked(entry.key, day, "09:30" if step.turn % 2 else "")
    if step.act == "moved":
        return f.Moved(entry.key, day + timedelta(step.turn), WHY)
    if step.act == "missed":
        return f.Missed(entry.key, day, WHY)
    if step.act == "omitted":
        infusions = [one for one in life.calendar().entries if one.day_kind == "infusion" and one.status in OPEN]
        dose = infusions[step.pick % len(infusions)] if infusions else entry
        return f.Omitted(dose.key, dose.assumed or life.today, WHY)
    if step.act == "decided":
        return _decision(step, life)
    return _general(step, life)


def _decision(step: Step, life: Life) -> f.Fact:
    at = [key for key in sorted(life.calendar().keys) if key.partition("#")[0] in life.protocol.decisions]
    key = at[step.pick % len(at)]
    outcomes = sorted(life.protocol.decisions[key.partition("#")[0]].outcomes)
    return f.Decided(key, life.today, outcomes[step.turn % len(outcomes)])


def _general(step: Step, life: Life) -> f.Fact:
    courses, day = life.protocol.courses, life.today
    choice = sorted(life.protocol.choices.values(), key=lambda one: one.id)[step.pick % len(life.protocol.choices)]
    answer = choice.values[0] if choice.values else not choice.default
    kinds: tuple[f.Fact, ...] = (
        f.Stopped(courses[0].id, day, WHY),
        f.Stopped(courses[-1].id, day, WHY),
        f.RegimenChanged(day, life.protocol.offered[step.pick % len(life.protocol.offered)]),
        f.RegimenChanged(day, life.protocol.offered[0]),
        f.Chosen(choice.id, answer, day),
        f.Withdrawn("treatment", day, WHY),
        f.Withdrawn("all", day, WHY),
        f.Lost(day, WHY),
        f.FoundAgain(day),
        f.Died(day),
        f.Booked("U#1", day),
        f.Performed("U#1", day),
    )
    return kinds[step.turn]


def walked(life: Life, steps: Sequence[Step]) -> Life:
    """The life after these steps; what the program refuses is left out."""
    for step in steps:
        found = [entry for entry in life.calendar().entries if entry.status in OPEN and entry.assumed is not None]
        if not found:
            break
        fact = _fact(step, life, found[step.pick % len(found)])
        on = fact.to if isinstance(fact, f.Moved) else fact.on
        today = life.today if isinstance(fact, f.Booked | f.Moved) else max(life.today, on)
        try:
            taken = accept(life.protocol, life.site, life.person, life.facts, fact, today)
        except Refused:
            continue
        life = replace(life, facts=(*life.facts, taken), today=today)
    return life


def started(trial_name: str, regimen: int, closed: ClosedDays, enrolled: date, values: Mapping[str, object]) -> Life:
    """A participant without facts at a place that knows no public holidays."""
    version = with_values(shipped_protocol(trial_name), values)
    person = f.Participant("T-001", enrolled, "SE", REGIMENS[trial_name][regimen], {})
    return Life(version, f.Site(closed), person, (), enrolled)


def lives(values: Mapping[str, Mapping[str, object]] | None = None, most: int = 10) -> st.SearchStrategy[Life]:
    """Random lives of both trials; `values` are the site values by trial."""

    def made(name: str, regimen: int, closed: ClosedDays, enrolled: date, steps: list[Step]) -> Life:
        return walked(started(name, regimen, closed, enrolled, (values or {}).get(name, {})), steps)

    return st.builds(
        made,
        st.sampled_from(sorted(REGIMENS)),
        st.integers(0, 2),
        st.sampled_from(PLACES),
        st.dates(date(2024, 1, 1), date(2030, 12, 31)),
        st.lists(STEPS, min_size=most // 2, max_size=most),
    )
