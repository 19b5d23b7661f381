"""Anchors: what a visit is counted from."""

from dataclasses import dataclass

from app.domain.dates import Period


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Counted from the day of enrolment."""


@dataclass(frozen=True, slots=True)
class VisitDay:
    """Counted from the assumed day of a visit."""

    visit: str


@dataclass(frozen=True, slots=True)
class FirstDated:
    """Counted from the first of these visits that has a date."""

    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastDose:
    """Counted from the last infusion of these courses (the last course with one wins).

    `else_performed`: when the course was given up or ended before any dose, the last performed infusion of these.
    """

    courses: tuple[str, ...]
    else_performed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastPerformedDose:
    """Counted from the last performed infusion of these courses."""

    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TreatmentEnd:
    """Counted from the day on which these courses ended: the last dose or day of tablets, or an earlier stop."""

    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CycleStart:
    """Counted from day 1 of a cycle; the visit's own number says which."""

    course: str


@dataclass(frozen=True, slots=True)
class CycleEnd:
    """Counted from day 1 of a cycle + the cycle's length; the visit's own number says which."""

    course: str


@dataclass(frozen=True, slots=True)
class Dose:
    """Counted from an infusion (bloods before it)."""


@dataclass(frozen=True, slots=True)
class DecidingVisit:
    """Counted from the visit that was decided `outcome`; before that from `forecast`, unless it was decided otherwise.

    `unless`: outcomes of `forecast` after which it decides nothing any more.
    """

    at: tuple[str, ...]
    outcome: str
    forecast: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AfterOutcome:
    """The k-th visit among `at` that was decided `outcome`; the visit appears with it."""

    at: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class EachDay:
    """Counted from the occurrence of that number of a repeated visit."""

    visit: str


@dataclass(frozen=True, slots=True)
class MilestoneDay:
    """Counted from the day on which the participant reached this milestone; the visit appears with it."""

    milestone: str


@dataclass(frozen=True, slots=True)
class RegimenChange:
    """The day on which the regimen was changed; the visit appears with it."""


Anchor = (
    Enrolment
    | VisitDay
    | FirstDated
    | LastDose
    | LastPerformedDose
    | TreatmentEnd
    | CycleStart
    | CycleEnd
    | Dose
    | DecidingVisit
    | AfterOutcome
    | EachDay
    | MilestoneDay
    | RegimenChange
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A day counted from an anchor."""

    name: str
    anchor: Anchor
    offset: Period
