"""What was understood of a typed day, in words; the window says it below the field and the terminal in its answer."""

from datetime import date, timedelta

from app.domain.facts.typed_days import TypedDay
from app.wording import dates
from app.wording.language import counted
from app.wording.language import gettext as _


def understood(found: TypedDay, today: date, planned: date | None = None) -> str:
    """Return the day and from where it was counted: ``Friday 3 April 2026, in 2 days``.

    `planned`: the day that the visit has now. Where there is one, a day may have been counted from it or from today, so
    both are told apart: ``Friday 3 April 2026, 2 days from today``.
    """
    day = dates.day_long(found.day)
    if found.basis == "planned":
        distance = _from_planned(found.days)
    elif found.basis == "today" and found.days and planned is not None:
        distance = _from_today(found.days)
    else:
        distance = distance_words((found.day - today).days)
    if found.time:
        day = _("{day}, {time}").format(day=day, time=found.time)
    return _("{day}, {distance}").format(day=day, distance=distance)


def planned_instead(found: TypedDay, planned: date | None) -> tuple[str, str]:
    """Return a distance from today as one from the planned day: as it is typed, and in words; two empty texts for none.

    For ``+7``: ``p+7`` and ``7 days from the planned day: Mon 21 Dec 2026``.
    """
    if planned is None or found.basis != "today" or not found.days:
        return "", ""
    try:
        on = planned + timedelta(found.days)
    except OverflowError:
        return "", ""
    words = _("{distance}: {day}").format(distance=_from_planned(found.days), day=dates.day(on))
    return f"p{found.days:+}", words


def twice_text(at: str) -> str:
    """Return which of two equal times is meant, on the night on which the clocks are put back."""
    return _("{at} comes twice on that day: the first is meant, before the clocks are put back.").format(at=at)


def distance_words(days: int) -> str:
    """Return the distance of a day from today: ``today``, ``in 2 days``, ``3 days ago``."""
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get(days)
    if near is not None:
        return near
    if days > 0:
        return counted("in {n} day", "in {n} days", days)
    return counted("{n} day ago", "{n} days ago", -days)


def _from_today(days: int) -> str:
    if days > 0:
        return counted("{n} day from today", "{n} days from today", days)
    return counted("{n} day before today", "{n} days before today", -days)


def _from_planned(days: int) -> str:
    if days > 0:
        return counted("{n} day from the planned day", "{n} days from the planned day", days)
    if days < 0:
        return counted("{n} day before the planned day", "{n} days before the planned day", -days)
    return _("the planned day")
