"""The groups of Today's list: visits that need the same attention, those to come by their day or by participant."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from app.domain.calendar.agenda import Agenda, AgendaRow, ReportDue
from app.services.queries.agenda_filter import Filter
from app.wording.dates import day_short
from app.wording.language import counted
from app.wording.language import gettext as _

NEAR_DAYS, FAR_DAYS = 7, 14
GroupName = Literal["rebooking", "pressing", "now", "week", "fortnight", "waiting", "uncertain"]
HeadingAct = Literal["", "arrange"]
"""What the button of a heading does: ``arrange``, the visits to come by their day or by participant."""
Line = AgendaRow | ReportDue
"""What a line is about: a visit, or a report that is to be sent."""


@dataclass(slots=True)
class Group:
    """Lines below one heading. `name`: of the group of the agenda, which the days of a group share.

    `said`: what the heading says after its title; `act`, `button`: what the button at its end does, and its words.
    `within`: it is a day within the group above it.
    """

    name: GroupName
    title: str
    said: str
    lines: list[Line] = field(default_factory=list)
    act: HeadingAct = ""
    button: str = ""
    within: bool = False


def groups_of(agenda: Agenda, chosen: Filter, by_participant: bool = False) -> list[Group]:
    """Return the groups in the order in which a nurse needs them; the visits to come by day, or by participant."""
    near = agenda.today + timedelta(NEAR_DAYS)
    coming = [row for row in agenda.coming if row.entry.assumed is not None]
    week = [row for row in coming if (row.entry.assumed or near) <= near]
    later = [row for row in coming if (row.entry.assumed or near) > near]

    def kept(rows: Sequence[AgendaRow]) -> list[Line]:
        return [row for row in rows if chosen.accepts(row)]

    reports: list[Line] = [one for one in agenda.reports if chosen.accepts_report(one)]
    arrange = _("By day") if by_participant else _("By participant")
    to_come = _by_participant if by_participant else _by_day
    return [
        _group("rebooking", _("Needs rebooking"), _("every booking can be kept"), kept(agenda.rebooking)),
        _group("pressing", _("Overdue and closing"), _("nothing is overdue"), [*reports, *kept(agenda.pressing)]),
        _group("now", _("Today"), _("no visits today"), kept(agenda.now)),
        *to_come(
            _group("week", _("Next 7 days"), _("nothing in the next 7 days"), kept(week), "arrange", arrange),
            week, agenda.today,
        ),
        *to_come(_group("fortnight", _("Days 8 to 14"), _("nothing"), kept(later)), later, agenda.today),
        _group("waiting", _("Waiting for a date"), _("nothing waits"), kept(agenda.undated)),
        _group("uncertain", _("Counted from a day that is not recorded"), _("nothing"), kept(agenda.uncertain)),
    ]  # fmt: skip


def _group(name: GroupName, title: str, empty: str, lines: list[Line], act: HeadingAct = "", button: str = "") -> Group:
    said = str(len(lines)) if lines else f"0 · {empty}"
    return Group(name, title, said, lines, act if lines else "", button if lines else "")


def _by_participant(group: Group, _every: Sequence[AgendaRow], _today: date) -> Iterator[Group]:
    """Yield the group with the visits of a participant together, at the place of the first of them."""
    by_code: dict[str, list[Line]] = {}
    for line in group.lines:
        by_code.setdefault(line.participant, []).append(line)
    group.lines = [line for own in by_code.values() for line in own]
    yield group


def _by_day(group: Group, every: Sequence[AgendaRow], today: date) -> Iterator[Group]:
    """Yield the heading, then each day with its visits; `every`: those of the group, also what a filter hides."""
    counts: dict[date, int] = {}
    for row in every:
        if row.entry.assumed is not None:
            counts[row.entry.assumed] = counts.get(row.entry.assumed, 0) + 1
    lines, group.lines = group.lines, []
    yield group
    of_day: Callable[[Line], date] = lambda line: day_of(line) or date.max  # noqa: E731 - the key of the grouping
    for on, same in groupby(lines, of_day):
        own = list(same)
        said = counted("{n} visit", "{n} visits", counts.get(on, len(own)))
        if len(own) < counts.get(on, 0):
            said += ", " + counted("{n} shown", "{n} shown", len(own))
        yield Group(group.name, day_short(on, today), said, own, within=True)


def day_of(line: Line) -> date | None:
    """Return the day of a line; None for a visit without one."""
    return line.event.due.on if isinstance(line, ReportDue) else line.entry.assumed
