"""Anchors: the days that visits are counted from."""

from dataclasses import dataclass

from app.domain.dates import Period


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Counted from the day of enrolment; until it is known, from the assumed day of the enrolment visit."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Counted from the day of informed consent, which is that of enrolment where no other is known."""


@dataclass(frozen=True, slots=True)
class VisitDay:
    """Counted from the assumed day of a visit.

    `as_planned`: also where that is day 1 of a course that ended before any dose, on the day that was planned for it.
    """

    visit: str
    as_planned: bool = False


@dataclass(frozen=True, slots=True)
class FirstDated:
    """Counted from the first of these visits that has a date."""

    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElseWhen:
    """After a milestone: once the last of the `stopped` courses that the pathway has was stopped.

    `without`: only as long as the pathway does not have this course; empty for none.
    """

    milestone: str
    stopped: tuple[str, ...]
    without: str = ""


@dataclass(frozen=True, slots=True)
class LastDose:
    """Counted from the last dose of the last of these courses that has one.

    `else_performed`: when the course was discontinued or ended before any dose, the last performed dose of these
    courses. `else_when`: of a discontinued course only then, and of another one then too. `as_planned`: whatever became
    of the courses afterwards, the last dose of the cycles that were planned.
    """

    courses: tuple[str, ...]
    else_performed: tuple[str, ...] = ()
    else_when: tuple[ElseWhen, ...] = ()
    as_planned: bool = False


@dataclass(frozen=True, slots=True)
class LastPerformedDose:
    """Counted from the last performed dose of these courses."""

    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TreatmentEnd:
    """Counted from the day on which these courses ended: the last dose or day of tablets, or an earlier stop."""

    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CycleStart:
    """Counted from day 1 of the cycle that has the visit's own number."""

    course: str


@dataclass(frozen=True, slots=True)
class CycleEnd:
    """Counted from day 1 + the length of the cycle that has the visit's own number."""

    course: str


@dataclass(frozen=True, slots=True)
class Dose:
    """Counted from the dose that bloods belong to."""


@dataclass(frozen=True, slots=True)
class DecidingVisit:
    """Counted from the visit among `at` at which `outcome` was decided, and until then from the visit `forecast`.

    `unless`: outcomes of `forecast` after which the outcome is not expected any more.
    """

    at: tuple[str, ...]
    outcome: str
    forecast: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AfterOutcome:
    """Counted from the k-th visit among `at` at which `outcome` was decided; the visit appears with it."""

    at: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class EachDay:
    """Counted from the occurrence of a repeated visit that has the visit's own number."""

    visit: str


@dataclass(frozen=True, slots=True)
class MilestoneDay:
    """Counted from the day on which the participant reached this milestone; the visit appears with it."""

    milestone: str


@dataclass(frozen=True, slots=True)
class RegimenChange:
    """Counted from the day of the last change of regimen; the visit appears with it."""


Anchor = (
    Enrolment
    | Consent
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
