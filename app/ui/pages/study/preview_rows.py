"""The visits in the preview of a change of the study: those that need somebody come first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.calendar.difference import Change, ChangeKind, totals
from app.domain.calendar.entries import natural
from app.ui.pages.study.ready import ReadyChange
from app.ui.visit.impact_text import rows_of
from app.ui.visit.moves_table import needs_somebody
from app.wording.differences import totals_text
from app.wording.language import counted, marked
from app.wording.language import gettext as _

NEEDS, MOVES, OTHER = "needs", "moves", "other"
GROUPS: Mapping[str, str] = {NEEDS: marked("Needs you"), MOVES: marked("Moves"), OTHER: marked("Other")}
"""The groups of rows in their order, with their names."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One visit that changes, with its participant's code."""

    code: str
    change: Change


def preview_rows(found: ReadyChange) -> list[PreviewRow]:
    """Return the visits that change: those that need somebody first, then by participant as in the calendar."""
    rows = [PreviewRow(code, one) for code, every in found.changes.items() for one in rows_of(every)]
    return sorted(rows, key=lambda one: (group_of(one) != NEEDS, natural(one.code)))


def group_of(row: PreviewRow) -> str:
    """Return the group of a row."""
    change = row.change
    if needs_somebody(change):
        return NEEDS
    return MOVES if change.kind is ChangeKind.MOVES else OTHER


def effect_text(changes: Sequence[Change], participants: int) -> str:
    """Return what happens to the visits: ``2 participants: 3 visits move, 1 is on a closed day``."""
    if not changes:
        return _("No visit changes")
    closed = sum(one.meets_closed_day for one in changes)
    on_closed = [counted("{n} is on a closed day", "{n} are on closed days", closed)] if closed else []
    whose = counted("{n} participant", "{n} participants", participants)
    return f"{whose}: {', '.join([totals_text(totals(tuple(changes))), *on_closed])}"
