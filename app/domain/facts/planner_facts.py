"""The facts that the planner reads: one participant's decisions and events, and the closed days of the site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from typing import Final, Literal

from app.domain.dates import ClosedDays, Window

NONE_GIVEN: Final = "none"
"""In place of the day of the last medication: there was none."""


@dataclass(frozen=True, slots=True)
class Booked:
    """A day, perhaps with a time, arranged with patient and clinic."""

    visit: str
    on: date
    at: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A day that a person chose for a visit, without an appointment yet."""

    visit: str
    to: date
    reason: str


@dataclass(frozen=True, slots=True)
class Performed:
    """The visit happened. `judged`: the window in force when this was recorded; None where there was none.

    `at`: the arrival. `pump_at`: the start of a pump that goes home with the participant.

    `judged_by`: the visit that the window was counted from, when that had no result yet; `judged_from`: the day that it
    was expected on. The window is then that of a forecast, and moves with the day until it has happened.
    """

    visit: str
    on: date
    at: str = ""
    judged: Window | None = None
    judged_by: str = ""
    judged_from: date | None = None
    pump_at: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """The visit did not happen on its day; the participant may still come later. `window`: as in `Omitted`."""

    visit: str
    on: date
    reason: str
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Omitted:
    """An infusion was omitted on purpose. `window`: the one in force when this was recorded."""

    visit: str
    on: date
    reason: str
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """An outcome decided at a visit; that the visit was performed is a fact of its own."""

    visit: str
    on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class Operated:
    """What was done in an operation: `pancreas` and `liver` by the controlled terms; that it happened is `Performed`.

    Empty where it was redacted. `start`: the hour at which it began.
    """

    visit: str
    on: date
    pancreas: str
    liver: str
    start: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A new answer to one of the protocol's choices."""

    choice: str
    value: str | bool
    on: date


@dataclass(frozen=True, slots=True)
class RegimenChanged:
    """A change to another regimen from this day on."""

    on: date
    to: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A phase of treatment stopped before its end."""

    phase: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Withdrawal from ``treatment`` or from ``all``. `last_medication_on`: ``none`` where none was given."""

    scope: str
    on: date
    reason: str
    last_medication_on: date | Literal["none"] | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """Lost to follow-up."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """Found after having been lost: `Lost` no longer holds from this day on."""

    on: date


@dataclass(frozen=True, slots=True)
class Died:
    """Death."""

    on: date


@dataclass(frozen=True, slots=True)
class Included:
    """The day of enrolment of somebody who was in screening until then."""

    on: date


@dataclass(frozen=True, slots=True)
class Contacted:
    """A contact at which somebody learnt whether the participant is alive: ``yes``, ``no`` or ``unknown``."""

    on: date
    alive: str = ""


Fact = (
    Included
    | Booked
    | Moved
    | Performed
    | Missed
    | Omitted
    | Decided
    | Chosen
    | RegimenChanged
    | Stopped
    | Operated
    | Contacted
    | Withdrawn
    | Lost
    | FoundAgain
    | Died
)
JUDGEMENT = frozenset({"judged", "judged_by", "judged_from", "window"})
"""The fields that nobody types: what the calendar said about the visit when the fact was recorded."""
VisitFact = Booked | Moved | Performed | Missed | Omitted | Decided | Operated


@dataclass(frozen=True, slots=True)
class Participant:
    """One participant as enrolled or in screening. `choices`: the answers that differ from the protocol's defaults.

    `enrolled_on`: None in screening. `consented_on`: the day of informed consent; None for that of enrolment. `timing`:
    that of the metastases, empty where it is not known.
    """

    code: str
    enrolled_on: date | None
    country: str
    regimen: str
    choices: Mapping[str, str | bool] = field(default_factory=dict)
    consented_on: date | None = None
    timing: str = ""

    @property
    def first_day(self) -> date:
        """The day of informed consent, with which everything of the study begins."""
        found = self.consented_on or self.enrolled_on
        return date.min if found is None else found

    def after(self, facts: Iterable[Fact]) -> "Participant":
        """Return the participant as these facts leave them: enrolled on the day that one of them says."""
        if self.enrolled_on is not None:
            return self
        on = next((fact.on for fact in facts if isinstance(fact, Included)), None)
        return self if on is None else replace(self, enrolled_on=on)


@dataclass(frozen=True)
class Site:
    """The site as the planner needs it: its closed days and its time zone, None where that is unknown."""

    closed: ClosedDays
    zone: tzinfo | None = None
