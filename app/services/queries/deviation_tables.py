"""The deviation log as lines of text, as the terminal prints them, and as plain data for other programs."""

from collections.abc import Sequence
from typing import Any

from app.domain.dates import iso
from app.domain.facts.log_names import DEVIATIONS
from app.services.queries.deviation_log import TOLD, class_lines
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import rule_texts
from app.wording.dates import day, window
from app.wording.deviations import deviation_text
from app.wording.fact_values import line_of
from app.wording.language import counted
from app.wording.log_words import empty_text


def deviations_text(rows: Sequence[Deviation], narrowed: bool = False) -> list[str]:
    """Return the deviation log, each deviation on two lines, and the rule by which classes are proposed.

    `narrowed`: the rows are a part of it that was chosen.
    """
    if not rows:
        return [empty_text(DEVIATIONS, narrowed)]
    lines = [counted("{n} deviation", "{n} deviations", len(rows))]
    for row in rows:
        name = f"{row.name} ({row.visit})"
        own = window(row.earliest, row.latest) if row.earliest and row.latest else ""
        on = day(row.on) if row.on is not None else "-"
        what = deviation_text(row.what, row.days, row.detail)
        reason = f": {line_of(row.reason)}" if row.reason else ""
        lines.append(f"  {row.participant:<14} {name:<54} {on:<16} {own:<30} {what}{reason}")
        lines += [f"{'':<17}{text}" for text in class_lines(row)]
    return [*lines, *rule_texts(rows)]


def deviation_document(row: Deviation) -> dict[str, Any]:
    """Return one deviation as plain data."""
    decided = row.decided
    return {
        "participant": row.participant,
        "visit": row.visit,
        "name": row.name,
        "what": row.what,
        "days": row.days,
        "on": iso(row.on),
        "earliest": iso(row.earliest),
        "latest": iso(row.latest),
        "reason": row.reason or None,
        "detail": row.detail or None,
        "fact": row.fact or None,
        "class": row.class_,
        "proposed": row.proposed,
        "decided": {
            "fact": decided.seq,
            "who": decided.who,
            "at": decided.recorded_at,
            "comment": decided.text("comment") or None,
        }
        if decided is not None
        else None,
        "decide_again": row.outdated is not None,
        **(_numbered_document(row) if row.number else {}),
    }


def _numbered_document(row: Deviation) -> dict[str, Any]:
    """Return what only a row with a number has: that, whether it is gone, how it read or why it went, what was told."""
    told = {name: row.told(name) or None for name in TOLD}
    return {"number": row.number, "gone": row.gone, "remark": row.remark or None, **told}
