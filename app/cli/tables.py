"""Changes, days and facts as lines for the terminal and as plain data for other programs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.domain.calendar.difference import Change, ChangeKind, left_behind, stays_cancelled, totals
from app.domain.calendar.entries import Entry
from app.domain.dates import iso
from app.domain.facts.branch import Branch
from app.domain.facts.past_facts import PastFact
from app.domain.facts.records import NewFact, Recorded, provisional
from app.services.queries.booking_days import BookingDays
from app.services.queries.history import HistoryRow
from app.wording import fact_sentences as words
from app.wording.dates import day, taken_text, window
from app.wording.differences import against_text, change_text, totals_text
from app.wording.history_sentences import past_text
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.names import judgement_text, name_in_protocol, visit_name
from app.wording.protocol_names import NO_NAMES, Names

SHOWN = 14
NamesOf = Callable[[int], Names]
"""Gives the names for the facts of the participant of a number."""


def no_names(_subject: int) -> Names:
    """Return no names: everything keeps its id."""
    return NO_NAMES


# Changes


def facts_text(facts: Sequence[NewFact], names: NamesOf = no_names) -> list[str]:
    """Return the facts to be recorded, one on a line."""
    shown = [f"  {words.fact_text(provisional(fact, 0), names(fact.subject))}" for fact in facts[:SHOWN]]
    if len(shown) < len(facts):
        shown.append("  " + _("and {n} more").format(n=len(facts) - len(shown)))
    return shown


def corrections_text(corrections: Sequence[PastFact], names: NamesOf = no_names) -> list[str]:
    """Return what undo, redo or a correction does to facts, one on a line."""
    shown = [f"  {past_text(one, names(one.record.subject))}" for one in corrections[:SHOWN]]
    if len(shown) < len(corrections):
        shown.append("  " + _("and {n} more").format(n=len(corrections) - len(shown)))
    return shown


def changes_text(changes: Mapping[str, Sequence[Change]], all_of_them: bool) -> list[str]:
    """Return the visits that move, stay, appear and disappear, participant by participant.

    Those who need another booking come first.
    """
    lines: list[str] = []
    for code, every in sorted(changes.items(), key=lambda item: not any(map(left_behind, item[1]))):
        # The day that a cancelled visit would have had is of no use to anybody; `--json` has it.
        found = [change for change in every if not stays_cancelled(change)]
        found.sort(key=lambda change: not left_behind(change))
        if not found:
            continue
        counts = totals_text(totals(tuple(found)))
        lines.append(f"{code}: {counts}")
        shown = found if all_of_them else found[:SHOWN]
        lines += [_change_line(change) for change in shown]
        if len(shown) < len(found):
            lines.append("  " + _("and {n} more; `calendar` shows them").format(n=len(found) - len(shown)))
    return lines or [_("No visit changes.")]


def _change_line(change: Change) -> str:
    entry = change.new or change.now
    name = f"{visit_name(entry)} ({change.key})" if entry is not None else change.key
    shift = f"{change.shift:+d} d" if change.shift else ""
    marks = [_("leaves its window")] if change.leaves_window else []
    marks += [judgement_text(entry)] if entry is not None and _newly_out(change) else []
    marks += [_("needs rebooking")] if left_behind(change) else []
    marks += [_("a closed day")] if change.meets_closed_day else []
    return f"  {name:<58} {_days_of(change):<36} {shift:>7}  {'; '.join([change_text(change), *marks])}"


def _days_of(change: Change) -> str:
    """Return the day now and the new one; once where they are the same, and only the one now of a cancelled visit."""
    now, new = _day_of(change.now), _day_of(change.new)
    return now if new == now or change.kind is ChangeKind.CANCELLED else f"{now} -> {new}"


def _newly_out(change: Change) -> bool:
    """Whether a visit is recorded by this change on a day outside its window."""
    now, new = change.now, change.new
    recorded = new is not None and new.performed is not None and (now is None or now.performed is None)
    return recorded and new is not None and bool(new.window_result)


def _day_of(entry: Entry | None) -> str:
    return day(entry.assumed) if entry is not None and entry.assumed is not None else "-"


def changes_document(
    facts: Sequence[NewFact], changes: Mapping[str, Sequence[Change]], command: int, head: str
) -> dict[str, Any]:
    """Return a change as plain data; `command`: its number, 0 for a preview."""
    rows = [change_document(code, change) for code, found in changes.items() for change in found]
    every = tuple(change for found in changes.values() for change in found)
    return {
        "command": command or None,
        "saved": bool(command),
        "head": head,
        "facts": [{"kind": fact.kind, "about": fact.about or None, "fields": dict(fact.fields)} for fact in facts],
        "totals": {kind.value: number for kind, number in totals(every).items()},
        "changes": rows,
    }


def change_document(code: str, change: Change) -> dict[str, Any]:
    """Return what happens to one visit as plain data."""
    entry = change.new or change.now
    own = entry.window if entry is not None else None
    return {
        "participant": code,
        "visit": change.key,
        "name": name_in_protocol(entry) if entry is not None else change.key,
        "kind": change.kind.value,
        "now": iso(change.now.assumed if change.now is not None else None),
        "new": iso(change.new.assumed if change.new is not None else None),
        "shift": change.shift,
        "window": {"earliest": own.earliest.isoformat(), "latest": own.latest.isoformat()} if own is not None else None,
        "leaves_window": change.leaves_window,
        "meets_closed_day": change.meets_closed_day,
        "status_now": change.now.status.value if change.now is not None else None,
        "status_new": change.new.status.value if change.new is not None else None,
    }


# Days


def days_text(choosing: BookingDays) -> list[str]:
    """Return the days around a visit, each with the objections to it."""
    entry = choosing.entry
    own = f"{_('window')} {window(entry.earliest, entry.latest)}, " if entry.earliest and entry.latest else ""
    left = counted("{n} usable day left", "{n} usable days left", choosing.usable_left)
    lines = [f"{visit_name(entry)} ({entry.key}): {own}{left}"]
    for one in choosing.days:
        why = "; ".join(against_text(problem) for problem in one.against)
        load = counted("{n} visit", "{n} visits", one.visits) if one.visits else ""
        load += f", {taken_text(one.times)}" if one.times else ""
        lines.append(f"  {day(one.day):<16} {why or _('can be had'):<60} {load}".rstrip())
    if choosing.least_bad:
        lines.append(_("Least bad: {days}").format(days=", ".join(map(day, choosing.least_bad))))
    return lines


def days_document(choosing: BookingDays) -> dict[str, Any]:
    """Return the days around a visit as plain data."""
    entry = choosing.entry
    return {
        "visit": entry.key,
        "earliest": iso(entry.earliest),
        "latest": iso(entry.latest),
        "usable_left": choosing.usable_left,
        "least_bad": [one.isoformat() for one in choosing.least_bad],
        "days": [
            {
                "day": one.day.isoformat(),
                "usable": one.usable,
                "why_not": [against_text(problem) for problem in one.against],
                "visits": one.visits,
                "times": list(one.times),
            }
            for one in choosing.days
        ],
    }


# Facts


def history_text(rows: Iterable[HistoryRow], names: NamesOf = no_names) -> list[str]:
    """Return facts, each with who recorded it and whether it still counts."""
    lines = []
    for row in rows:
        record = row.record
        number = f"{record.seq:>6}  {_('command')} {record.command:<5} {row.participant:<14}"
        lines.append(f"{number} {past_text(row.past, names(record.subject))}")
        lines.append(f"{'':>8}{words.who_text(record)}")
    return lines


def branch_document(branch: Branch) -> dict[str, Any]:
    """Return the facts that a study lacks as plain data for JSON."""
    return {
        "what": branch.kind,
        "first": branch.common + 1 if branch.kind != "witnessed" else None,
        "last": branch.last,
        "file_ends_at": branch.ours,
        "backup": branch.backup,
        "recorded_from": branch.since or None,
        "recorded_to": branch.until or None,
        "participants": list(branch.codes),
        "about_study": branch.of_study,
    }


def history_document(rows: Iterable[HistoryRow]) -> list[dict[str, Any]]:
    """Return facts as plain data."""
    return [
        {
            **record_document(row.record),
            "participant": row.participant or None,
            "stands": row.stands,
            "corrected_by": list(row.corrected_by),
            "holds": dict(row.past.now.fields) if row.stands else None,
        }
        for row in rows
    ]


def record_document(record: Recorded) -> dict[str, Any]:
    """Return one fact as plain data."""
    return {
        "fact": record.seq,
        "command": record.command,
        "kind": record.kind,
        "about": record.about or None,
        "fields": dict(record.fields),
        "redacted": sorted(record.redacted),
        "protocol": record.protocol or None,
        "recorded_at": record.recorded_at,
        "zone": record.zone,
        "clock": record.clock or None,
        "today": record.today,
        "who": record.who,
        "workstation": record.workstation,
        "program": record.program,
    }
