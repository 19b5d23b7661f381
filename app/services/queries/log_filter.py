"""The part of a log that somebody wants to see, print or save: of one trial, of a period, by one person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.facts.kind import Json
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused
from app.services.queries.agenda_filter import known_protocol
from app.services.queries.log_table import LogTable
from app.services.queries.people import people
from app.services.study.study import Study
from app.wording.dates import between
from app.wording.fact_values import line_of
from app.wording.language import gettext as _


@dataclass(frozen=True, slots=True)
class LogFilter:
    """The rows that are shown; what is empty or None narrows nothing.

    `protocol`: the id of a trial. `first` and `last`: both included; in the period is what happened or was recorded in
    it, so that nothing is missed that was recorded late. `by`: who recorded it.
    """

    protocol: str = ""
    first: date | None = None
    last: date | None = None
    by: str = ""

    def has_day(self, days: Iterable[date]) -> bool:
        """Return whether one of the days is in the period; what has no day is in every one."""
        found = list(days)
        first, last = self.first or date.min, self.last or date.max
        return not found or any(first <= one <= last for one in found)

    def is_of_trial(self, protocol: str) -> bool:
        """Return whether something of that protocol is shown; what is of none concerns all of them."""
        return not self.protocol or protocol in ("", self.protocol)


COMPLETE = LogFilter()


def narrowed(study: Study, table: LogTable, chosen: LogFilter) -> LogTable:
    """Return the log with the chosen rows alone, and in words what was chosen of it."""
    if chosen == COMPLETE:
        return table
    trials = trials_of_people(study) if chosen.protocol else {}
    rows = tuple(
        row
        for row in table.rows
        if chosen.is_of_trial(row.protocol or trials.get(row.participant, ""))
        and chosen.has_day(row.days)
        and (not chosen.by or (row.record is not None and row.record.who == chosen.by))
    )
    # A log as of a day, whose rows have no day, is not narrowed by a period, so its head names none.
    dated = not table.rows or any(row.days for row in table.rows)
    said = chosen if dated else replace(chosen, first=None, last=None)
    text = log_filter_text(said, titles(study))
    return replace(table, rows=rows, narrowed=text, limits=log_filter_fields(said))


def trials_of_people(study: Study) -> Mapping[str, str]:
    """Return the protocol of everybody who is in screening or enrolled, by study code."""
    return {row.code: row.protocol for row in people(study)}


def log_filter_text(chosen: LogFilter, titles: Mapping[str, str]) -> str:
    """Return what was chosen in words, as ``only ScanPan, 1 Sep – 27 Nov 2026``; empty for everything.

    `titles`: those of the protocols by their ids.
    """
    by = _("recorded by {who}").format(who=line_of(chosen.by)) if chosen.by else ""
    parts = (titles.get(chosen.protocol, chosen.protocol), between(chosen.first, chosen.last), by)
    said = ", ".join(filter(None, parts))
    return _("only {what}").format(what=said) if said else ""


def titles(study: Study) -> Mapping[str, str]:
    """Return the short titles of the protocols by their ids."""
    return {one.id: study.protocol_text(one.hash).short_title for one in study.facts.protocols.values()}


def log_filter_fields(chosen: LogFilter) -> dict[str, Json]:
    """Return what was chosen as a fact keeps it, by the name of each filter; empty for everything."""
    first, last = (one.isoformat() if one is not None else "" for one in (chosen.first, chosen.last))
    named = {"protocol": chosen.protocol, "from": first, "to": last, "by": chosen.by}
    return {name: value for name, value in named.items() if value}


def log_filter_name(chosen: LogFilter) -> str:
    """Return what was chosen as a part of a file's name: ``scanpan-2026-09-01-to-2026-11-27``; empty for everything."""
    first, last = (one.isoformat() if one is not None else "" for one in (chosen.first, chosen.last))
    days = f"{first}-to-{last}".strip("-") if first or last else ""
    return "-".join(filter(None, (chosen.protocol, days, chosen.by)))


def checked_log_filter(study: Study, chosen: LogFilter) -> LogFilter:
    """Return the filter with the protocol and the person as the study knows them.

    Raises:
        Refused: the study has no such protocol, nobody of that name recorded anything, or the period ends before it
            begins.
    """
    if chosen.first is not None and chosen.last is not None and chosen.last < chosen.first:
        raise Refused("ends_before", "to", on=chosen.first, ended=chosen.last)
    by = ""
    if chosen.by:
        known = study.store.recorders()
        by = known_identifier(chosen.by, known)
        if not by:
            near = nearest_identifier(chosen.by, known)
            raise Refused("one_of", "--by", value=chosen.by[:40], known=", ".join(map(line_of, known)), near=near)
    return replace(chosen, protocol=known_protocol(study, chosen.protocol), by=by)
