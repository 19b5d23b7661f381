"""The words for what followed an operation: complications, the worst grade, the Comprehensive Complication Index."""

from app.domain.calendar.after_surgery import LAST_DAY, AfterSurgery
from app.domain.facts.records import Recorded
from app.wording.dates import day
from app.wording.fact_values import line_of
from app.wording.language import gettext as _


def after_surgery_text(found: AfterSurgery) -> str:
    """Return what followed an operation: ``to day 90 (Sun 4 Jul 2027): worst grade IIIa, CCI 33.5 – leak IIIa (…)``."""
    until = _("complications to day {n} ({day}): ").format(n=LAST_DAY, day=day(found.until))
    if not found.events:
        return until + _("none recorded, CCI 0")
    worst = _("worst grade {grade}, CCI {index}").format(grade=found.worst or "?", index=index_text(found.index))
    return f"{until}{worst} – {events_text(found.events)}"


def index_text(index: float) -> str:
    """Return the index with one decimal, and without it where it is a whole number."""
    return f"{index:.1f}".removesuffix(".0")


def events_text(events: tuple[Recorded, ...]) -> str:
    """Return complications with their grade and day: ``bile leak II (Thu 8 Apr 2027); fistula IIIa (…)``."""
    return "; ".join(
        f"{line_of(one.text('what')) or _('(redacted)')} {one.text('grade') or '?'} ({_on(one)})" for one in events
    )


def rule_text() -> str:
    """Return the rule by which the index and the outcome are counted."""
    return _(
        "A complication belongs to the last operation before it, to day {n}. CCI: half the square root of the sum of "
        "the weights I 300, II 1750, IIIa 2750, IIIb 4550, IVa 7200, IVb 8550; 100 with grade V."
    ).format(n=LAST_DAY)


def _on(record: Recorded) -> str:
    on = record.day("on")
    return day(on) if on is not None else "?"
