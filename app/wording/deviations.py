"""The rows of the deviation log in words: what departed, why, and its class."""

from collections.abc import Mapping
from datetime import date

from app.domain.calendar.entries import Calendar, Reason
from app.domain.deviation_rule import DeviationClass, DeviationKind, DeviationRule
from app.wording.dates import day, window
from app.wording.fact_values import line_of
from app.wording.field_catalogue import OPTION_WORDS
from app.wording.language import counted, numbered
from app.wording.language import gettext as _
from app.wording.reasons import closed_because, reason_text


def deviation_text(what: DeviationKind, days: int, detail: str = "") -> str:
    """Return a deviation from the protocol in words: ``2 days early``, ``missed``; `detail`: more about it."""
    if what == "early":
        return counted("{n} day early", "{n} days early", abs(days))
    if what == "late":
        return counted("{n} day late", "{n} days late", abs(days))
    if what.startswith("performed"):
        # What speaks against a day is a sentence of its own.
        return detail or _(OPTION_WORDS[what])
    return f"{_(OPTION_WORDS[what])}: {detail}" if detail else _(OPTION_WORDS[what])


def class_name(class_: DeviationClass) -> str:
    """Return the class in words, such as ``allowed by protocol``."""
    return _(OPTION_WORDS[class_])


def origin_text(decided: DeviationClass | None, who: str) -> str:
    """Return where the class comes from: ``proposed``, ``decided by anna``."""
    return _("proposed") if decided is None else _("decided by {who}").format(who=line_of(who) or "?")


def class_text(proposed: DeviationClass, decided: DeviationClass | None = None, who: str = "") -> str:
    """Return the class in words with where it comes from: ``minor (proposed)``, ``important (decided by anna)``."""
    return f"{class_name(decided or proposed)} ({origin_text(decided, who)})"


def changed_row_text(decided: DeviationClass) -> str:
    """Return the sentence about a class that was decided when the row read otherwise."""
    return _("decided as {class_} when the row read otherwise: decide again").format(class_=class_name(decided))


def as_numbered_text(
    what: DeviationKind, days: int, on: date | None, earliest: date | None, latest: date | None
) -> str:
    """Return how a row read when it was numbered: ``as numbered: 2 days late, Fri 11 Dec 2026, window …``."""
    own = f"{_('window')} {window(earliest, latest)}" if earliest is not None and latest is not None else ""
    row = ", ".join(filter(None, (deviation_text(what, days), day(on) if on is not None else "", own)))
    return _("as numbered: {row}").format(row=row)


def gone_text(since: tuple[int, str, str, str] | None = None) -> str:
    """Return the remark on a row that was numbered and is a deviation no more.

    `since`: the fact from which on, its day, who recorded it and what it says; without it, something of the site or of
    the study changed.
    """
    if since is None:
        return _("it no longer follows since something of the site or the study changed, as a window or a closed day")
    fact, on, who, what = since
    said = _("it no longer follows since fact {n} ({by}): {what}")
    return numbered(said, fact).format(by=", ".join(filter(None, (who, on))), what=what)


def cause_text(cause: Reason, calendar: Calendar, closed_for: Mapping[date, str]) -> str:
    """Return the closed day or the rule that moved a visit; `closed_for`: the reasons that the site gave for its days.

    ``Mon 14 Dec 2026 was closed: staff training``.
    """
    on = cause.values["on"]
    if cause.kind != "closed" or not isinstance(on, date):
        return reason_text(cause, calendar)
    why = line_of(closed_for.get(on, "")) or closed_because(on, cause.values["why"])
    return _("{day} was closed: {why}").format(day=day(on), why=why)


def rule_text(rule: DeviationRule) -> str:
    """Return the rule by which classes are proposed, as it is written under the log."""
    kinds = ", ".join(_(OPTION_WORDS[kind]) for kind in rule.important)
    days = counted(
        "up to {n} day outside the window is proposed as minor, more as important",
        "up to {n} days outside the window are proposed as minor, more as important",
        rule.minor_days,
    )
    always = _("always important: {kinds}").format(kinds=kinds) if kinds else ""
    assumed = _("assumed") if rule.mark != "verified" else ""
    return "; ".join(filter(None, (days, always, assumed)))
