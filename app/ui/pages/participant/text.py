"""The texts of a participant's page: its tabs, its totals, and the visit at which it opens."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from app.domain.calendar.entries import Status
from app.ui.visit.remarks import visits_with_remarks
from app.wording.language import counted, marked
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

PLAN, EVENTS_TAB, NOTICES_TAB = "plan", "events", "notices"
TABS = {PLAN: marked("Plan"), EVENTS_TAB: marked("Events and history"), NOTICES_TAB: marked("Notices")}
"""The tabs of the page, with their names."""


class PageWords(NamedTuple):
    """What the page says of a participant outside its lists."""

    tabs: Mapping[str, str]
    """The names of the tabs, each with how much the tab has."""
    totals: str
    opens_at: str
    """The visit at which the page opens; empty without any."""


def page_words(view: "ParticipantView") -> PageWords:
    """Put a participant into words."""
    return PageWords(tab_names(view), totals_text(view), opens_at(view))


def tab_names(view: "ParticipantView") -> dict[str, str]:
    """Return the names of the tabs, each with how much the tab has."""
    notices = len(view.notices) + len(visits_with_remarks(view))
    counts = {PLAN: 0, EVENTS_TAB: sum(row.stands for row in view.history), NOTICES_TAB: notices}
    return {tab: f"{_(TABS[tab])}  {count}" if count else _(TABS[tab]) for tab, count in counts.items()}


def opens_at(view: "ParticipantView") -> str:
    """Return the visit at which a page opens: the next one, else the last performed, else the last up to today."""
    if view.position.next is not None:
        return view.position.next.key
    shown = [one for one in view.calendar.entries if one.status is not Status.CANCELLED]
    performed = [(one.performed, number) for number, one in enumerate(shown) if one.performed is not None]
    past = [
        (one.assumed, number)
        for number, one in enumerate(shown)
        if one.assumed is not None and one.assumed <= view.calendar.today
    ]
    _day, last = max(performed or past, default=(None, 0))
    return shown[last].key if shown else ""


def totals_text(view: "ParticipantView") -> str:
    """Return the number of visits in all and by status."""
    found = Counter(entry.status for entry in view.calendar.entries)
    counts = {
        _("done"): found[Status.PERFORMED],
        _("due"): found[Status.DUE],
        _("overdue"): found[Status.OVERDUE],
        _("to come"): found[Status.PLANNED],
        _("waiting"): found[Status.AWAITING],
        _("missed or omitted"): found[Status.MISSED] + found[Status.OMITTED],
    }
    shown = found.total() - found[Status.CANCELLED]
    parts = [counted("{n} visit", "{n} visits", shown), *(f"{count} {name}" for name, count in counts.items() if count)]
    return " · ".join(parts)
