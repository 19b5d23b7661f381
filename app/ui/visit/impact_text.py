"""The text of a change's impact: the cells of each visit's row, and the totals above them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from app.domain.calendar.difference import (
    CLOSED_DAY_PROBLEMS,
    TOLD_PROBLEMS,
    Change,
    ChangeKind,
    left_behind,
    stays_cancelled,
    totals,
)
from app.domain.calendar.entries import OPEN, Calendar, Entry, Problem, Status
from app.wording.dates import day
from app.wording.differences import against_text, change_text
from app.wording.language import counted, marked, ngettext
from app.wording.language import gettext as _
from app.wording.protocol_names import NO_NAMES, Names
from app.wording.reasons import closed_because, reason_texts

_FAR_DAYS = 300
_KIND_WORDS: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.MOVES: (marked("moves"), marked("move")),
    ChangeKind.STAYS_PERFORMED: (marked("stays (done)"), marked("stay (done)")),
    ChangeKind.STAYS_BOOKED: (marked("stays (booked)"), marked("stay (booked)")),
    ChangeKind.STAYS_MOVED: (marked("stays (set by hand)"), marked("stay (set by hand)")),
    ChangeKind.APPEARS: (marked("appears"), marked("appear")),
    ChangeKind.DISAPPEARS: (marked("disappears"), marked("disappear")),
    ChangeKind.CANCELLED: (marked("is cancelled"), marked("are cancelled")),
    ChangeKind.REVIVED: (marked("is planned again"), marked("are planned again")),
}
_SETTLED = frozenset({Status.CANCELLED, Status.OMITTED, Status.MISSED})
_PARTS: Mapping[str, Callable[[Entry], object]] = {
    "result": lambda entry: (entry.performed, entry.status in _SETTLED and entry.status),
    "decided": lambda entry: entry.decided,
    "booking": lambda entry: (entry.booked, entry.booked_at),
    "moved": lambda entry: entry.moved,
    "regimen": lambda entry: (entry.regimen, entry.day_kind),
    "window": lambda entry: (entry.earliest, entry.latest, entry.target),
    "problems": lambda entry: tuple(problem.kind for problem in entry.problems),
    "status": lambda entry: entry.status,
}
"""The parts in which a visit that keeps its day may change, the most important first."""
_PART_WORDS: Mapping[str, tuple[str, str, str]] = {
    "result": (marked("has a result"), marked("has a result"), marked("have a result")),
    "decided": (marked("decided"), marked("has a decision"), marked("have a decision")),
    "booking": (marked("other booking"), marked("has another booking"), marked("have another booking")),
    "moved": (marked("set by hand"), marked("is set by hand"), marked("are set by hand")),
    "regimen": (marked("other regimen"), marked("gets another regimen"), marked("get another regimen")),
    "window": (marked("other window"), marked("gets another window"), marked("get another window")),
    "problems": (marked("other notices"), marked("gets other notices"), marked("get other notices")),
    "status": (marked("other status"), marked("gets another status"), marked("get another status")),
}
"""The words for each part: in a row, for one visit, and for several."""


def rows_of(changes: Sequence[Change], own: str = "") -> tuple[Change, ...]:
    """Return the changes to show, in the order of the calendar; `own`: the visit that the change begins with."""
    # The day on which a cancelled visit would have been is of no use to anybody.
    found = [one for one in changes if not stays_cancelled(one) and (one.key == own or not _is_invisible(one))]
    return tuple(sorted(found, key=lambda one: (not left_behind(one), entry_of(one).order)))


def _is_invisible(change: Change) -> bool:
    """Tell whether only an anchor of the visit changes, and nothing that a person plans by."""
    return change.kind is ChangeKind.CHANGES and not changed_part(change)


def changed_part(change: Change) -> str:
    """Return the part that changes in a visit that keeps its day; empty where no part shown does."""
    now, new = change.now, change.new
    if now is None or new is None:
        return ""
    return next((what for what, part in _PARTS.items() if part(now) != part(new)), "")


def entry_of(change: Change) -> Entry:
    """Return the visit after the change; of one that disappears, before it."""
    found = change.new or change.now
    assert found is not None  # noqa: S101 - a change always has one of the two
    return found


def may_hold(change: Change, own: str) -> bool:
    """Tell whether the visit moves and could stay on its day instead."""
    now, new = change.now, change.new
    if change.kind is not ChangeKind.MOVES or change.key == own or now is None or new is None:
        return False
    return now.assumed is not None and now.status in OPEN and new.status in OPEN


def now_text(change: Change, today: date) -> str:
    """Return the day before the change."""
    return _day_of(change.now, today)


def new_text(change: Change, today: date) -> str:
    """Return the day after the change."""
    return _day_of(change.new, today)


def shift_text(change: Change) -> str:
    """Return the change in words with its shift in days: ``moves +7``, ``stays: booked``, ``cancelled``."""
    if entry_of(change).performed is not None and (change.now is None or change.now.performed is None):
        return _("done")
    what = changed_part(change) if change.kind is ChangeKind.CHANGES else ""
    word = _booking_word(change) if what == "booking" else _(_PART_WORDS[what][0]) if what else change_text(change)
    if not change.shift or entry_of(change).status is Status.CANCELLED:
        return word
    return f"{word} +{change.shift}" if change.shift > 0 else f"{word} −{-change.shift}"


def _booking_word(change: Change) -> str:
    if change.new is None or change.new.booked is None:
        return _("booking cancelled")
    return _("other booking") if change.now is not None and change.now.booked is not None else _("booked")


def window_text(change: Change, names: Names = NO_NAMES) -> str:
    """Return the position of the new day: ``inside``, ``4 days after``, ``closed: Good Friday``.

    `names`: those to say for the keys of other visits.
    """
    entry = change.new
    if entry is None or entry.status in _SETTLED or entry.assumed is None:
        return ""
    said = [closed for problem in entry.problems if (closed := _closed(problem))]
    out = days_out(entry)
    if out:
        said.insert(0, out_text(out))
    said += [against_text(one, names) for one in entry.problems if one.kind in TOLD_PROBLEMS - CLOSED_DAY_PROBLEMS]
    if said:
        return "; ".join(said)
    return _("inside") if out is not None else ""


def days_out(entry: Entry) -> int | None:
    """Return how many days the assumed day is outside its window, negative before it; None without a window."""
    if entry.performed is not None:
        return entry.window_result
    return entry.window.days_out(entry.assumed) if entry.window is not None and entry.assumed is not None else None


def out_text(out: int) -> str:
    """Return ``4 days after`` the window, or ``1 day before`` it."""
    if out < 0:
        return counted("{n} day before", "{n} days before", -out)
    return counted("{n} day after", "{n} days after", out)


def speaks_against(change: Change) -> bool:
    """Tell whether the new day is outside its window or on a closed day."""
    return window_text(change) not in ("", _("inside"))


def why_text(change: Change, before: Calendar | None, after: Calendar | None) -> str:
    """Return the reason for the visit's new day."""
    calendar = after if change.new is not None else before
    if change.new is None:
        return _("The path no longer has it")
    texts = reason_texts(change.new, calendar) if calendar is not None else []
    return texts[0] if texts else ""


def against_day(problems: Sequence[Problem]) -> str:
    """Return the problems of a day on one line."""
    return "; ".join(against_text(problem) for problem in problems)


def day_text(on: date, today: date) -> str:
    """Return ``Mon 8 Feb``; far from today the year instead of the weekday, ``8 Feb 2029``."""
    text = day(on)
    if abs((on - today).days) > _FAR_DAYS:
        return text.partition(" ")[2]
    return text.removesuffix(f" {on.year}")


def moving(rows: Sequence[Change], kind: str, own: str) -> int:
    """Return how many visits move; the visit recorded counts only when it is moved itself."""
    return sum(one.kind is ChangeKind.MOVES for one in _counted_rows(rows, kind, own))


def totals_text(rows: Sequence[Change], kind: str, own: str) -> str:
    """Return ``44 visits move, 2 stay (booked), 1 leaves its window``."""
    found = _counted_rows(rows, kind, own)
    said = list(_totals(found))
    if not said:
        said.append(_("No other visit moves"))
    changed = Counter(changed_part(one) for one in found if one.kind is ChangeKind.CHANGES)
    for what, (_row, one, many) in _PART_WORDS.items():
        if number := changed[what]:
            said.append(f"{number} {ngettext(one, many, number)}")
    return ", ".join(said) + "."


def _counted_rows(rows: Sequence[Change], kind: str, own: str) -> tuple[Change, ...]:
    return tuple(one for one in rows if one.key != own or (kind == "moved" and len(rows) > 1))


def _totals(rows: tuple[Change, ...]) -> Iterator[str]:
    counts, begun = totals(rows), False
    for kind, (one, many) in _KIND_WORDS.items():
        number = counts.get(kind, 0)
        if number:
            who = str(number) if begun else counted("{n} visit", "{n} visits", number)
            begun = True
            yield f"{who} {ngettext(one, many, number)}"
    leaving = sum(one.leaves_window for one in rows)
    if leaving:
        yield counted("{n} leaves its window", "{n} leave their windows", leaving)
    closed = sum(one.meets_closed_day for one in rows)
    if closed:
        yield counted("{n} falls on a closed day", "{n} fall on closed days", closed)


def _day_of(entry: Entry | None, today: date) -> str:
    if entry is None or entry.assumed is None or entry.status is Status.CANCELLED:
        return "–"
    return day_text(entry.assumed, today)


def _closed(problem: Problem) -> str:
    on = problem.values.get("on")
    if problem.kind not in CLOSED_DAY_PROBLEMS or not isinstance(on, date):
        return ""
    return _("closed: {why}").format(why=closed_because(on, problem.values.get("why")))
