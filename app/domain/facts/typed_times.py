"""Times of day as people type them: the one reader for every surface, and whether the clocks show that time."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app.domain.facts.typed_text import plain_text
from app.domain.refusal import Refused, quoted

_BEFORE = re.compile(r"(?:at|kl\.?|klo) ?(?=\d)", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?: ?[.:,h ] ?(\d{2})(?:[:.](\d{2}))?)?h?(?: ?([ap])\.?m\.?)?", re.ASCII)
_DIGITS = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)
_CHINESE = re.compile(r"(\d{1,2})[点點时時](?:(\d{1,2})分?|(半))?", re.ASCII)
_NOON, _LONGEST = 12, 40
"""The hour of noon, and the most characters of a time."""


def typed_time(text: str, place: str) -> str:
    """Return the time as ``09:30``, typed as ``9:30``, ``0930``, ``930``, ``9.30``, ``9`` (o'clock) or ``9:30 pm``.

    Raises:
        Refused: the text is no time of day, or one with seconds, which would be lost.
    """
    given = _BEFORE.sub("", plain_text(text), count=1) if len(text) <= _LONGEST else ""
    hour, minute = -1, 0
    if found := _DIGITS.fullmatch(given):
        hour, minute = int(found[1]), int(found[2])
    elif found := _TIME.fullmatch(given):
        if int(found[3] or 0):
            raise Refused("time_seconds", place, value=quoted(text))
        hour, minute = _of_day(int(found[1]), found[4]), int(found[2] or 0)
    elif found := _CHINESE.fullmatch(given):
        hour, minute = int(found[1]), 30 if found[3] else int(found[2] or 0)
    if not (0 <= hour < 24 and minute < 60):
        raise Refused("time_form", place, value=quoted(text))
    return f"{hour:02}:{minute:02}"


def _of_day(hour: int, half: str | None) -> int:
    """Return the hour of the day, from an hour of its first half or second half; -1 for none."""
    if half is None:
        return hour
    if not 1 <= hour <= _NOON:
        return -1
    return hour % _NOON + (_NOON if half == "p" else 0)


def comes_twice(on: date, at: str, zone: tzinfo | None, place: str = "at") -> bool:
    """Return whether the clocks of that zone show that time twice on that day; the first is meant then.

    Raises:
        Refused: they never show it, because they are put forward over it.
    """
    if zone is None:
        return False
    moment = datetime.combine(on, time.fromisoformat(at), zone)
    shown = moment.astimezone(UTC).astimezone(zone)
    if shown.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise Refused("hour_skipped", place, at=at, on=on, zone=str(zone), first=f"{_next_shown(moment):%H:%M}")
    return moment.utcoffset() != moment.replace(fold=1).utcoffset()


def _next_shown(moment: datetime) -> datetime:
    """Return the first time on the clocks after one that they pass over, to the minute."""
    while moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None):
        moment += timedelta(minutes=1)
    return moment
