"""The list of participants at the terminal: where each is, what comes next, what is overdue."""

from collections.abc import Sequence
from typing import Any

from app.services.queries.people import PersonRow
from app.services.queries.standing import Standing, Standings, phase_text
from app.wording.dates import day, day_at
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.names import visit_name
from app.wording.visible import visible_line


def people_lines(persons: Sequence[PersonRow], found: Standings) -> list[str]:
    """Return a line for each participant, and below it the next visit and what has to be looked at."""
    lines: list[str] = []
    for row in persons:
        enrolled = day(row.enrolled_on) if row.enrolled_on is not None else "-"
        phase = phase_text(row.stage, found.of(row.code), found)
        lines.append(f"{row.code:<16} {row.protocol:<14} {phase:<28} {enrolled:<18} {row.regimen}".rstrip())
        if said := _next_text(found.of(row.code)):
            lines.append(f"{'':<16} {said}")
    return list(map(visible_line, lines))


def _next_text(standing: Standing) -> str:
    following = standing.next
    parts = []
    if following is not None and following.assumed is not None:
        on = day_at(following.assumed, following.appointment_time)
        parts.append(_("next: {visit}, {day}").format(visit=visit_name(following), day=on))
    if standing.overdue:
        parts.append(counted("{n} overdue", "{n} overdue", standing.overdue))
    if standing.notices:
        parts.append(counted("{n} notice", "{n} notices", standing.notices))
    return "; ".join(parts)


def standing_document(standing: Standing) -> dict[str, Any]:
    """Return where a participant is, as plain data for other programs."""
    following = standing.next
    return {
        "epoch": standing.epoch or None,
        "next_visit": following.key if following is not None else None,
        "next_day": following.assumed.isoformat() if following is not None and following.assumed is not None else None,
        "overdue": standing.overdue,
        "notices": standing.notices,
    }
