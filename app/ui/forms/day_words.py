"""How a day is said under the field in which it is typed."""

from datetime import date

from app.domain.facts.typed_days import typed_day
from app.domain.refusal import Refused
from app.wording import dates
from app.wording.language import counted
from app.wording.language import gettext as _


def read_day(text: str, today: date) -> date | None:
    """The day that is meant; None where none can be."""
    if not text.strip():
        return None
    try:
        return typed_day(text, "", today)
    except (Refused, OverflowError):
        return None


def day_words(on: date, today: date) -> str:
    """``Friday 3 April 2026, in 2 days``."""
    return _("{day}, {distance}").format(day=dates.day_long(on), distance=distance_words((on - today).days))


def distance_words(days: int) -> str:
    """How far a day lies from today: ``today``, ``in 2 days``, ``3 days ago``."""
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get(days)
    if near is not None:
        return near
    if days > 0:
        return counted("in {n} day", "in {n} days", days)
    return counted("{n} day ago", "{n} days ago", -days)
