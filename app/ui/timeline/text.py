"""The text of the timeline: labels, the card of a visit, names for screen readers, the day under the pointer."""

from datetime import date
from functools import lru_cache

from app.domain.calendar.entries import OPEN, Entry
from app.domain.dates import ClosedDays
from app.ui.timeline.scale import Detail
from app.wording import dates
from app.wording.language import counted, numbered, pgettext
from app.wording.language import gettext as _
from app.wording.names import judgement_text, status_text, visit_name
from app.wording.reasons import closed_because
from app.wording.short_names import initial_name, short_name, shortest_name

LONGEST = 120
"""Letters of a name that are worth measuring: more than any window has room for."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def one_line(text: str) -> str:
    """Return the text without line breaks, and not longer than any window shows."""
    return " ".join(text[: 2 * LONGEST].split())[:LONGEST]


def timeline_name(code: str) -> str:
    """Return the accessible name of the timeline."""
    return _("Timeline of {code}").format(code=code)


def tick_label(detail: Detail, day: date) -> str:
    """Return the label of a tick in the header's lower line."""
    if detail is Detail.NAMED_DAYS:
        return f"{_initial(day)} {day.day}"
    if detail in (Detail.DAYS, Detail.WEEKS):
        return str(day.day)
    return str(day.year) if detail is Detail.YEARS else short_month(day)


def span_labels(detail: Detail, day: date) -> tuple[str, ...]:
    """Return the labels of a span in the header's upper line, from the longest form to the shortest."""
    if detail in (Detail.NAMED_DAYS, Detail.DAYS, Detail.WEEKS):
        return dates.month_long(day), f"{short_month(day)} {day.year}", short_month(day)
    return () if detail is Detail.YEARS else (str(day.year),)


def short_month(day: date) -> str:
    """Return the short name of the month, ``Feb``."""
    return pgettext("month, short", _MONTHS[day.month - 1])


def _initial(day: date) -> str:
    return _("M T W T F S S").split()[day.weekday()]


def mark_labels(entry: Entry) -> tuple[str, ...]:
    """Return the forms of the label next to a mark, the longest first: the visit's name, after the time when booked."""
    at = f"{one_line(entry.booked_at)} " if counts_as_booked(entry) and entry.booked_at else ""
    return _labels(visit_name(entry), at)


@lru_cache(maxsize=4096)
def _labels(name: str, at: str) -> tuple[str, ...]:
    name = one_line(name)
    shorter = (short_name(name), shortest_name(name), initial_name(name))
    return tuple(dict.fromkeys((f"{at}{name}", f"{at}{shorter[0]}", *shorter)))


def counts_as_booked(entry: Entry) -> bool:
    """Tell whether the visit is open and its booking is the day that counts."""
    return entry.status in OPEN and entry.is_booked


def days_off(entry: Entry) -> str:
    """Return how far outside its window a visit was performed, ``+2 d`` or ``−1 d``; empty inside."""
    days = entry.window_result
    if not days:
        return ""
    return numbered(_("+{n} d") if days > 0 else _("−{n} d"), abs(days))


def chip_text(count: int) -> str:
    """Return the label of a chip of so many visits."""
    return counted("{n} visit", "{n} visits", count)


def without_date(count: int) -> str:
    """Return the note of a lane about its visits without a date."""
    return counted("{n} without a date", "{n} without a date", count)


def study_day(day: date, enrolled_on: date) -> str:
    """Return the day counted from enrolment, which is day 0: ``day 43``."""
    return numbered(_("day {n}"), (day - enrolled_on).days).replace("-", "−")


def card_rows(entry: Entry, enrolled_on: date) -> list[tuple[str, str]]:
    """Return the names and values of a visit's card; unknown data is left out."""
    window, judged = entry.window, entry.judged
    rows = [
        (_("Status"), status_text(entry)),
        (_("Target"), _day(entry.target)),
        (_("Window"), dates.optional_window(window)),
        (_("Judged by"), dates.optional_window(judged if judged != window else None)),
        (_("Proposed"), _day(entry.proposed)),
        (_("Booked"), _day(entry.booked, entry.booked_at)),
        (_("Moved to"), _day(entry.moved)),
        (_("Performed"), _day(entry.performed, entry.performed_at)),
        (_("Study day"), study_day(entry.assumed, enrolled_on) if entry.assumed else ""),
        (_("Result"), judgement_text(entry)),
    ]
    return [(name, text) for name, text in rows if text]


def _day(day: date | None, at: str = "") -> str:
    return dates.day_at(day, one_line(at)) if day is not None else ""


def spoken_visit(entry: Entry) -> str:
    """Return a visit for a screen reader: name, status, target, window, booked, performed and the result."""
    parts = [one_line(visit_name(entry)), status_text(entry)]
    if entry.target is not None:
        parts.append(_("target {day}").format(day=dates.day_long(entry.target)))
    if entry.window is not None:
        parts.append(_("window {days}").format(days=_span_text(entry.window.earliest, entry.window.latest)))
    if entry.booked is not None:
        parts.append(_("booked {day}").format(day=_spoken_day(entry.booked, entry.booked_at)))
    if entry.performed is not None:
        parts.append(_("performed {day}").format(day=_spoken_day(entry.performed, entry.performed_at)))
        parts.append(judgement_text(entry))
    return ", ".join(part for part in parts if part)


def _spoken_day(day: date, at: str) -> str:
    return f"{dates.day_long(day)} {one_line(at)}".strip()


def _span_text(first: date, last: date) -> str:
    if first == last:
        return f"{last.day} {dates.month_long(last)}"
    begin = str(first.day) if (first.year, first.month) == (last.year, last.month) else _day_and_month(first)
    return _("{first} to {last}").format(first=begin, last=_day_and_month(last))


def _day_and_month(day: date) -> str:
    return f"{day.day} {dates.month_long(day)}"


def drop_text(entry: Entry, day: date, closed: ClosedDays, enrolled_on: date) -> str:
    """Return what a day would mean for a visit that is dragged there."""
    parts = [dates.day(day), study_day(day, enrolled_on)]
    if entry.window is not None:
        parts.append(_window_distance_text(entry.window.days_out(day)))
    why = closed.reason(day)
    if why:
        parts.append(_("closed: {why}").format(why=one_line(closed_because(day, why))))
    return ", ".join(parts)


def _window_distance_text(days: int) -> str:
    if days == 0:
        return _("inside the window")
    if days < 0:
        return counted("{n} day before the window", "{n} days before the window", -days)
    return counted("{n} day after the window", "{n} days after the window", days)
