"""Short ways to tell a participant's story in a test: facts, and the calendar that follows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from app.domain.calendar.entries import Calendar, Entry, ProblemKind, ReasonKind
from app.domain.dates import ClosedDays, Window
from app.domain.facts import planner_facts as f
from app.domain.planning.edit_checks import accept, replay
from app.domain.planning.planner import plan
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import ProtocolVersion
from tests.domain.scanpan import SCANPAN, swedish_holidays

ENROLLED = "2026-11-23"
WHY = "a reason"


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
    """Another answer to a choice."""
    return f.Chosen(choice, value, d(on))


def changed(on: str, to: str) -> f.Fact:
    """Another regimen."""
    return f.RegimenChanged(d(on), to)


def stopped(phase: str, on: str) -> f.Fact:
    """A phase stopped."""
    return f.Stopped(phase, d(on), WHY)


def withdrawn(scope: str, on: str, last: str = "") -> f.Fact:
    """Consent withdrawn. `last`: the day of the last medication, or ``none``."""
    given: date | Literal["none"] | None = "none" if last == "none" else d(last) if last else None
    return f.Withdrawn(scope, d(on), WHY, given)


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

    protocol: ProtocolVersion = field(repr=False)
    site: f.Site = field(repr=False)
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
        """The same participant with other facts, checked and judged again."""
        return replace(self, facts=confirmed(self.protocol, self.site, self.person, facts, self.today))

    def further(self, *facts: f.Fact) -> "Life":
        """The same life with these facts taken in after all others."""
        taken = self.facts
        for fact in facts:
            taken = (*taken, accept(self.protocol, self.site, self.person, taken, fact, self.today))
        return replace(self, facts=taken)


def confirmed(
    version: ProtocolVersion, site: f.Site, person: f.Participant, facts: Sequence[f.Fact], today: date
) -> tuple[f.Fact, ...]:
    """The facts of a story, checked and judged; an order that cannot be is confirmed."""
    return replay(version, site, person, facts, today, sure=frozenset(range(1, len(facts) + 1)))


@dataclass(frozen=True)
class SiteDays:
    """A site's own values and days; weekends are closed by default."""

    values: Mapping[str, object] = field(default_factory=dict)
    closed: tuple[date, ...] = ()
    opened: tuple[date, ...] = ()
    closed_weekdays: frozenset[int] = frozenset({5, 6})

    def site(self, around: date) -> f.Site:
        """The site in Stockholm, with the holidays from two years before a day to eight years after it."""
        years = {year: swedish_holidays(year) for year in range(around.year - 2, around.year + 9)}
        closed = ClosedDays(self.closed_weekdays, years, dict.fromkeys(self.closed, ""), frozenset(self.opened))
        return f.Site(closed, ZoneInfo("Europe/Stockholm"))


def life(
    *facts: f.Fact,
    today: str,
    regimen: str = "MFFX",
    enrolled: str = ENROLLED,
    choices: Mapping[str, str | bool] | None = None,
    site: SiteDays | None = None,
) -> Life:
    """A participant of ScanPan in Sweden, by default enrolled on Monday 2026-11-23."""
    own = site or SiteDays()
    version = with_values(SCANPAN, own.values)
    person = f.Participant("T-001", d(enrolled), "SE", regimen, dict(choices or {}))
    place = own.site(d(today))
    return Life(version, place, person, confirmed(version, place, person, facts, d(today)), d(today))


def calendar(
    *facts: f.Fact,
    today: str,
    regimen: str = "MFFX",
    enrolled: str = ENROLLED,
    choices: Mapping[str, str | bool] | None = None,
    site: SiteDays | None = None,
) -> Calendar:
    """The calendar of such a participant."""
    return life(*facts, today=today, regimen=regimen, enrolled=enrolled, choices=choices, site=site).calendar()


RETURNS = SiteDays(values={"return_to_weekday": True})
"""A site that lets cycles return to the weekday of the first."""


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


def problem_kinds(entry: Entry) -> list[ProblemKind]:
    """The kinds of the entry's problems."""
    return [problem.kind for problem in entry.problems]


def reason_kinds(entry: Entry) -> list[ReasonKind]:
    """The kinds of the entry's reasons."""
    return [reason.kind for reason in entry.reasons]


def statuses(calendar: Calendar, *keys: str) -> list[str]:
    """The statuses of these visits."""
    return [calendar.by_key[key].status.value for key in keys]
