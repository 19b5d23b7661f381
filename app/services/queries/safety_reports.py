"""The serious adverse events of a study with the clocks of their reports."""

from collections.abc import Sequence

from app.domain.calendar.agenda import ReportDue
from app.domain.facts.records import Recorded, current_facts
from app.domain.facts.safety import EVENT_KIND, REPORT_KIND, HoursOf, Moment, SeriousEvent, serious_events
from app.domain.protocol.safety_rule import REPORT_HOURS
from app.services.queries.log_table import EMPTY, Added, Cell, Column, day_cell, words
from app.services.study.study import Study
from app.wording.dates import day_at
from app.wording.log_words import column_title
from app.wording.safety import clock_text

CLOCK = ("aware", "due", "sent", "follow_ups", "clock")
"""The columns that the clock of a serious adverse event adds to its row."""


def events_of_study(study: Study, subject: int | None = None) -> tuple[SeriousEvent, ...]:
    """Return the serious adverse events of one participant or of all, in the order of recording."""
    found = study.store.facts(subject=subject, kinds=(EVENT_KIND, REPORT_KIND))
    if not found:
        return ()
    corrections = study.store.facts(subject=subject, kinds=("correction",))
    records = current_facts(sorted([*found, *corrections], key=lambda one: one.seq))
    return serious_events(records, report_hours(study))


def report_hours(study: Study) -> HoursOf:
    """Return the hours until a report is due, by the protocol of a participant with the site's values."""
    hashes = {person.subject: person.protocol for person in study.people().values() if person.protocol}
    known = {one: study.protocol_with_values(one, study.facts) for one in study.facts.protocols}
    rules = {one: protocol.safety.report_hours for one, protocol in known.items()}
    return lambda subject: rules.get(hashes.get(subject, ""), REPORT_HOURS)


def reports_due(study: Study) -> tuple[ReportDue, ...]:
    """Return the serious adverse events whose report was not sent yet, the first due first."""
    codes = {number: code for code, number in study.subjects().items()}
    due = [ReportDue(codes.get(one.subject, ""), one) for one in events_of_study(study) if one.sent is None]
    return tuple(sorted(due, key=lambda one: (one.event.due.order, one.event.seq)))


def clock(study: Study, records: Sequence[Recorded]) -> Added:
    """Return the columns of the clock and their cells for the adverse events among these facts that are serious."""
    columns = tuple(Column(name, column_title(name)) for name in CLOCK)
    if not any(one.fields.get("serious") is True for one in records):
        return Added(columns)
    return Added(columns, {one.seq: _cells(one) for one in events_of_study(study)})


def _cells(one: SeriousEvent) -> dict[str, Cell]:
    return {
        "aware": _moment_cell(one.aware),
        "due": _moment_cell(one.due),
        "sent": _moment_cell(one.sent) if one.sent is not None else EMPTY,
        "follow_ups": words(
            ", ".join(day_cell(on).text for on in one.followed), ", ".join(map(str, one.followed)) or None
        ),
        "clock": words(clock_text(one), "late" if one.is_late else "sent" if one.sent is not None else "open"),
    }


def _moment_cell(moment: Moment) -> Cell:
    """Return a day with its time, for a spreadsheet as ``2026-11-26 15:45``."""
    return Cell(day_at(moment.on, moment.at), f"{moment.on.isoformat()} {moment.at}".strip(), True)
