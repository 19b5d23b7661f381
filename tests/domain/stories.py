"""Short ways to tell a participant's story in a test: facts, the calendar that follows, and random stories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property

from hypothesis import strategies as st

from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.dates import ClosedDays, Window
from app.domain.facts import planner_facts as f
from app.domain.planning.edit_checks import accept, replay
from app.domain.planning.planner import plan
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.exchange.scenario import ScenarioSite
from app.protocols.library import shipped_protocol
from app.services.study.site_calendar import site_of

ENROLLED = "2026-11-23"
WHY = "a reason"


@cache
def trial(name: str) -> ProtocolVersion:
    """A shipped protocol."""
    return shipped_protocol(name)


# facts, with days as text


def d(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)


def span(text: str) -> Window:
    """A window, written as ``2026-11-23..2026-12-14``."""
    first, last = text.split("..")
    return Window(d(first), d(last))


def done(visit: str, on: str, at: str = "") -> f.Fact:
    """A visit that took place."""
    return f.Performed(visit, d(on), at)


def booked(visit: str, on: str, at: str = "") -> f.Fact:
    """An appointment."""
    return f.Booked(visit, d(on), at)


def moved(visit: str, to: str) -> f.Fact:
    """A day set by a person."""
    return f.Moved(visit, d(to), WHY)


def missed(visit: str, on: str) -> f.Fact:
    """A visit that did not take place."""
    return f.Missed(visit, d(on), WHY)


def omitted(visit: str, on: str) -> f.Fact:
    """An infusion left out."""
    return f.Omitted(visit, d(on), WHY)


def decided(visit: str, on: str, outcome: str) -> f.Fact:
    """A decision."""
    return f.Decided(visit, d(on), outcome)


def chosen(choice: str, value: str | bool, on: str) -> f.Fact:
    """A choice answered anew."""
    return f.Chosen(choice, value, d(on))


def changed(on: str, to: str) -> f.Fact:
    """Another regimen."""
    return f.RegimenChanged(d(on), to)


def stopped(phase: str, on: str) -> f.Fact:
    """A phase stopped."""
    return f.Stopped(phase, d(on), WHY)


def withdrawn(scope: str, on: str) -> f.Fact:
    """Consent withdrawn."""
    return f.Withdrawn(scope, d(on), WHY)


def lost(on: str) -> f.Fact:
    """Lost to follow-up."""
    return f.Lost(d(on), WHY)


def found_again(on: str) -> f.Fact:
    """Found again."""
    return f.FoundAgain(d(on))


def died(on: str) -> f.Fact:
    """Death."""
    return f.Died(d(on))


# the calendar that follows


@dataclass(frozen=True)
class Life:
    """Everything that a calendar follows from."""

    protocol: ProtocolVersion
    site: f.Site
    person: f.Participant
    facts: tuple[f.Fact, ...]
    today: date

    def calendar(self, today: date | None = None) -> Calendar:
        """The calendar of these facts, on another day if one is given."""
        if today is None:
            return self._now
        return plan(self.protocol, self.site, self.person, self.facts, today)

    @cached_property
    def _now(self) -> Calendar:
        return plan(self.protocol, self.site, self.person, self.facts, self.today)

    def told(self, facts: Sequence[f.Fact]) -> "Life":
        """The same participant with other facts, checked and judged anew."""
        return replace(self, facts=replay(self.protocol, self.site, self.person, facts, self.today))

    def further(self, *facts: f.Fact) -> "Life":
        """The same life with these facts taken in after all others."""
        taken = self.facts
        for fact in facts:
            taken = (*taken, accept(self.protocol, self.site, self.person, taken, fact, self.today))
        return replace(self, facts=taken)


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
    """A participant of ScanPan in Sweden or of NCT06873178 in China, enrolled on Monday 2026-11-23 unless told."""
    text = site or ScenarioSite()
    version = with_values(trial(protocol), text.values)
    country = country or {"scanpan": "SE", "nct06873178": "CN"}[protocol]
    person = f.Participant("T-001", d(enrolled), country, regimen, dict(choices or {}))
    place = site_of(version, country, text, person.enrolled_on, d(today))
    return Life(version, place, person, replay(version, place, person, facts, d(today)), d(today))


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


def target(entry: Entry) -> str | None:
    """The protocol's own day as text."""
    return entry.target.isoformat() if entry.target else None


def proposed(entry: Entry) -> str | None:
    """The proposed day as text."""
    return entry.proposed.isoformat() if entry.proposed else None


def window(entry: Entry) -> str | None:
    """The window as text."""
    return f"{entry.earliest}..{entry.latest}" if entry.earliest else None


def judged(entry: Entry) -> str | None:
    """The window by which a performed visit was judged, as text."""
    return f"{entry.judged.earliest}..{entry.judged.latest}" if entry.judged else None


def troubles(entry: Entry) -> list[str]:
    """The kinds of the entry's problems."""
    return [problem.kind for problem in entry.problems]


def because(entry: Entry) -> list[str]:
    """The kinds of the entry's reasons."""
    return [reason.kind for reason in entry.reasons]


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
    version = with_values(trial(trial_name), values)
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
