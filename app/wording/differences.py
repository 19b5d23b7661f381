"""The words of a change: what happens to a visit, and the objections to a day for it."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.calendar.difference import Change, ChangeKind, stays_cancelled, totals
from app.domain.calendar.entries import LeftOut, Problem
from app.wording.dates import day
from app.wording.language import counted, marked
from app.wording.language import gettext as _
from app.wording.protocol_names import NO_NAMES, Names
from app.wording.reasons import closed_because

_KINDS: Mapping[ChangeKind, str] = {
    ChangeKind.MOVES: marked("moves"),
    ChangeKind.STAYS_PERFORMED: marked("stays: done"),
    ChangeKind.STAYS_BOOKED: marked("stays: booked"),
    ChangeKind.STAYS_MOVED: marked("stays: set by hand"),
    ChangeKind.APPEARS: marked("appears"),
    ChangeKind.DISAPPEARS: marked("disappears"),
    ChangeKind.CANCELLED: marked("cancelled"),
    ChangeKind.REVIVED: marked("planned again"),
    ChangeKind.CHANGES: marked("changes"),
}


_NAMED = 3
_SEVERAL: Mapping[ChangeKind, str] = {
    **_KINDS,
    ChangeKind.MOVES: marked("move"),
    ChangeKind.STAYS_PERFORMED: marked("stay: done"),
    ChangeKind.STAYS_BOOKED: marked("stay: booked"),
    ChangeKind.STAYS_MOVED: marked("stay: set by hand"),
    ChangeKind.APPEARS: marked("appear"),
    ChangeKind.DISAPPEARS: marked("disappear"),
    ChangeKind.CHANGES: marked("change"),
}


def against_text(problem: Problem, names: Names = NO_NAMES) -> str:
    """Return the objection to a day for a visit; `names`: those to say for the keys of others."""
    values = names.in_values(problem.values)
    if problem.kind == "past":
        return _("is past")
    if problem.kind in ("booking_closed", "performed_closed"):
        on = values["on"]
        return _("closed: {why}").format(why=closed_because(on, values["why"]) if isinstance(on, date) else "")
    if problem.kind == "sheet_outdated":
        return _("the printed sheet is outdated")
    if problem.kind == "finding_old":
        return _("{visit} will be too old").format(visit=values["visit"])
    if problem.kind == "consent_due":
        return _("consent to version {version} is to be asked for").format(version=values["version"])
    if problem.kind == "performed_before_consent":
        consent = values["consent"]
        return _("before the consent of {day}").format(day=day(consent) if isinstance(consent, date) else consent)
    if problem.kind == "too_near":
        first = values["first"]
        return _("too near the last dose (from {first})").format(first=day(first) if isinstance(first, date) else first)
    if problem.kind == "performed_too_near":
        apart = counted("{n} day after {visit}", "{n} days after {visit}", int(str(values["days"])))
        return _("too near the last dose ({days})").format(days=apart.format(visit=values["visit"]))
    if problem.kind == "before_basis":
        other = values["other"]
        on = day(other) if isinstance(other, date) else other
        return _("before {visit} of {on}, from which it counts").format(visit=values["visit"], on=on)
    if problem.kind == "before_result":
        return _("before the result of {visit}").format(visit=values["visit"])
    if problem.kind in ("performed_before", "performed_after"):
        text = _("not after {visit}") if problem.kind == "performed_before" else _("after {visit}")
        return _("out of order ({what})").format(what=text.format(visit=values["visit"]))
    days = values["days"]
    if isinstance(days, int) and days < 0:
        return counted("{n} day before the window", "{n} days before the window", -days)
    return counted("{n} day after the window", "{n} days after the window", days if isinstance(days, int) else 0)


def change_text(change: Change) -> str:
    """Return what happens to the visit, with the reason where it is left out after an operation."""
    said = _(_KINDS[change.kind])
    return f"{said}: {left_text(change.left)}" if change.left is not None else said


def left_text(left: LeftOut) -> str:
    """Return why a visit does not apply: ``not after ablation alone (SP-P03, Mon 5 Apr 2027)``."""
    text = _("not after {procedure} ({operation}, {on})")
    return text.format(procedure=left.procedure, operation=left.operation, on=day(left.on))


def totals_text(numbers: Mapping[ChangeKind, int]) -> str:
    """Return how many visits a change touches, by what happens to them: ``3 visits move, 1 changes``."""
    said = [f"{number} {_((_KINDS if number == 1 else _SEVERAL)[kind])}" for kind, number in numbers.items()]
    if said:
        number = next(iter(numbers.values()))
        visits = counted("{n} visit", "{n} visits", number)
        said[0] = f"{visits}{said[0].removeprefix(str(number))}"
    return ", ".join(said)


def moved_text(changes: Mapping[str, Sequence[Change]]) -> str:
    """Return what a change does to visits besides their bookings and notes, participant by participant.

    ``LI-001: 3 visits move; LI-002: 1 visit appears``; of many participants the totals; empty where nothing moves.
    """
    moved = {
        code: tuple(one for one in every if one.kind is not ChangeKind.CHANGES and not stays_cancelled(one))
        for code, every in changes.items()
    }
    moved = {code: every for code, every in moved.items() if every}
    if len(moved) > _NAMED:
        people = counted("{n} participant", "{n} participants", len(moved))
        return f"{people}: {totals_text(totals(tuple(one for every in moved.values() for one in every)))}"
    return "; ".join(f"{code}: {totals_text(totals(every))}" for code, every in moved.items())
