"""What a person decided and what happened: the facts of one participant, and what is known of the site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo

from app.domain.dates import ClosedDays, Window


@dataclass(frozen=True, slots=True)
class Booked:
    """A day, perhaps a time, arranged with patient and clinic."""

    visit: str
    on: date
    at: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A day set by a person without an appointment yet."""

    visit: str
    to: date
    reason: str


@dataclass(frozen=True, slots=True)
class Performed:
    """The visit happened. `judged` is the window in force when this was recorded; None where there was none."""

    visit: str
    on: date
    at: str = ""
    judged: Window | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """The visit did not happen; the participant may still come after all."""

    visit: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Omitted:
    """An infusion was left out on purpose."""

    visit: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """An outcome decided at a visit of the path; it does not record that visit."""

    visit: str
    on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice answered anew."""

    choice: str
    value: str | bool
    on: date


@dataclass(frozen=True, slots=True)
class RegimenChanged:
    """Another regimen from this day on."""

    on: date
    to: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A course stopped before its end."""

    phase: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Withdrawal from ``treatment`` or from ``all``."""

    scope: str
    on: date
    reason: str
    last_medication_on: date | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """Lost to follow-up."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """Takes `Lost` back."""

    on: date


@dataclass(frozen=True, slots=True)
class Died:
    """Death."""

    on: date


Fact = (
    Booked
    | Moved
    | Performed
    | Missed
    | Omitted
    | Decided
    | Chosen
    | RegimenChanged
    | Stopped
    | Withdrawn
    | Lost
    | FoundAgain
    | Died
)
VisitFact = Booked | Moved | Performed | Missed | Omitted | Decided


@dataclass(frozen=True, slots=True)
class Participant:
    """One participant as enrolled; `choices` answers what differs from the protocol's defaults."""

    code: str
    enrolled_on: date
    country: str
    regimen: str
    choices: Mapping[str, str | bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """What is known of the place: its closed days and its time zone (None: unknown)."""

    closed: ClosedDays
    zone: tzinfo | None = None
