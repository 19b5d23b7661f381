"""The groups of Today's list: visits that need the same attention, those to come by their day or by participant."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from app.domain.calendar.agenda import Agenda, AgendaRow, DoneRow, ReportDue
from app.services.queries.agenda_filter import Filter
from app.wording.dates import day_short
from app.wording.language import counted, numbered
from app.wording.language import gettext as _
from app.wording.names import visit_name
from app.wording.visible import visible_line

NEAR_DAYS, FAR_DAYS = 7, 14
GroupName = Literal["rebooking", "pressing", "now", "done", "week", "fortnight", "waiting", "uncertain"]
HeadingAct = Literal["", "older", "arrange", "undo"]
"""What the button of a heading does.

``older``: go through the visits of days past that nobody recorded. ``arrange``: show the visits to come by their day
or by participant. ``undo``: take back what was recorded last.
"""
Line = AgendaRow | ReportDue | DoneRow
"""What a line is about: a visit, a report that is to be sent, or what was recorded of a visit today."""


@dataclass(slots=True)
class Group:
    """Lines below one heading. `name`: of the group of the agenda, which the days of a group share.

    `said`: what the heading says after its title; `act`, `button`: what the button at its end does, and its words.
    `within`: it is a day within the group above it. `folds`: its lines are hidden until somebody wants to see them.
    """

    name: GroupName
    title: str
    said: str
    lines: list[Line] = field(default_factory=list)
    act: HeadingAct = ""
    button: str = ""
    within: bool = False
    folds: bool = False

    @property
    def stops(self) -> bool:
        """Whether the keyboard stops at the heading, where something can be done."""
        return bool(self.act) or self.folds


def groups_of(agenda: Agenda, chosen: Filter, by_participant: bool = False) -> list[Group]:
    """Return the groups in the order in which a nurse needs them; the visits to come by day, or by participant."""
    near = agenda.today + timedelta(NEAR_DAYS)
    coming = [row for row in agenda.coming if row.entry.assumed is not None]
    week = [row for row in coming if (row.entry.assumed or near) <= near]
    later = [row for row in coming if (row.entry.assumed or near) > near]

    def kept(rows: Sequence[AgendaRow]) -> list[Line]:
        return [row for row in rows if chosen.accepts(row)]

    reports: list[Line] = [one for one in agenda.reports if chosen.accepts_report(one)]
    pressing = [*reports, *kept(agenda.pressing)]
    arrange = _("By day") if by_participant else _("By participant")
    to_come = _by_participant if by_participant else _by_day
    return [
        _group("rebooking", _("Needs rebooking"), _("every booking can be kept"), kept(agenda.rebooking)),
        _group("pressing", _("Overdue and closing"), _("nothing is overdue"), pressing, *_older(agenda, chosen)),
        _group("now", _("Today"), _("no visits today"), kept(agenda.now)),
        _done([one for one in agenda.done if chosen.accepts(one.row)]),
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


def _older(agenda: Agenda, chosen: Filter) -> tuple[HeadingAct, str]:
    """Return what the heading of what presses offers: to go through the older visits, where there are any."""
    count = sum(map(chosen.accepts, agenda.unrecorded))
    return ("older", numbered(_("Record older visits ({n})…"), count)) if count else ("", "")


def _done(done: Sequence[DoneRow]) -> Group:
    """Return the group of what was recorded today; its heading names the last."""
    group = _group("done", _("Done today"), _("nothing was recorded yet"), list(done))
    if done:
        last = done[0]
        name = ", ".join(filter(None, (f"{visible_line(last.participant)} {visit_name(last.row.entry)}", last.at)))
        group.said += " · " + _("last: {visit}").format(visit=name)
        group.act, group.button, group.folds = "undo", _("Undo"), True
    return group


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
    if isinstance(line, ReportDue):
        return line.event.due.on
    return line.on if isinstance(line, DoneRow) else line.entry.assumed


def visit_of(line: Line) -> tuple[str, str]:
    """Return the participant and the visit of a line; the visit is empty for a report."""
    if isinstance(line, ReportDue):
        return line.participant, ""
    return line.participant, (line.row if isinstance(line, DoneRow) else line).entry.key
