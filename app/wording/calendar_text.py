"""A calendar for the terminal: one line for each visit, and its reasons below."""

from collections import Counter
from collections.abc import Sequence

from app.domain.calendar.entries import Calendar, Entry, Status
from app.domain.calendar.folding_rows import Fold, folded_rows
from app.domain.protocol.version import ProtocolVersion
from app.wording.dates import day, day_at, optional_window
from app.wording.differences import left_text
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.names import judgement_text, status_text, visit_name
from app.wording.problems import problem_text
from app.wording.reasons import reason_texts
from app.wording.visible import visible_line

_NAME, _WINDOW = 52, 28


def calendar_text(
    protocol: ProtocolVersion, calendar: Calendar, folded: bool = False, noticed: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the calendar as lines of text; `folded`: many visits that wait or are cancelled are one line.

    `noticed`: what else a person should look at, each with the key that it is about.
    """
    head = f"{calendar.participant}   {protocol.short_title} {calendar.version}   {_('as of')} {day(calendar.today)}"
    lines = [head, _totals(calendar), ""]
    shown, folds = folded_rows(calendar.entries) if folded else (calendar.entries, [])
    for entry in sorted(shown, key=lambda entry: entry.order):
        lines += entry_lines(entry, calendar)
    lines += [f"{_('no date yet') if fold.status is Status.AWAITING else '':<22} {fold_text(fold)}" for fold in folds]
    if calendar.left:
        lines += ["", _("Left out:")]
        lines += [f"  {one.entry.key} {visit_name(one.entry)}: {left_text(one)}" for one in calendar.left]
    found = [*((one.key, problem_text(one, calendar)) for one in calendar.problems), *noticed]
    if found:
        lines += ["", _("To look at:")]
        lines += [f"  ! {key}: {text}" for key, text in found]
    return "\n".join(map(visible_line, lines))


def fold_text(fold: Fold) -> str:
    """Return one line for visits that say the same: ``Surgery and 58 visits wait for a date``."""
    visit = visit_name(fold.first)
    if fold.status is Status.AWAITING:
        said = _("{visit} and {others} wait for a date")
    else:
        said = _("{visit} and {others} are cancelled")
    others = counted("{n} other visit", "{n} other visits", fold.others)
    return said.format(visit=visit, others=others) + f" ({fold.first.key}; " + _("each with --all") + ")"


def _totals(calendar: Calendar) -> str:
    total = counted("{n} visit", "{n} visits", len(calendar.entries))
    numbers = Counter(entry.status.value for entry in calendar.entries)
    return f"{total}: " + ", ".join(f"{number} {_(status)}" for status, number in numbers.items()) if numbers else total


def entry_lines(entry: Entry, calendar: Calendar) -> list[str]:
    """Return the lines of one visit: its day, window and status, then its reasons and its problems."""
    status = ", ".join(filter(None, (status_text(entry), judgement_text(entry))))
    days = optional_window(entry.window)
    line = f"{_when(entry):<22} {visit_name(entry):<{_NAME}} {days:<{_WINDOW}} {status:<24} {entry.key}"
    why = "; ".join(reason_texts(entry, calendar))
    lines = [line, *([f"{'':<22} {why}"] if why else [])]
    return lines + [f"{'':<22} ! {problem_text(problem, calendar)}" for problem in entry.problems]


def _when(entry: Entry) -> str:
    if entry.assumed is None:
        return _("no date yet")
    if entry.performed is not None:
        return day_at(entry.assumed, entry.performed_at)
    return day_at(entry.assumed, entry.appointment_time)
