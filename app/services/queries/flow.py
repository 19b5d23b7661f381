"""The flow of participants: how many reached each step, by protocol and centre, and the progress towards the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import natural
from app.domain.calendar.flow import STEPS, Reached, reached, totals
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.protocol.version import ProtocolVersion
from app.progress import Progress
from app.services.queries.log_table import EMPTY, Cell, Column, LogRow, LogTable, number, words
from app.services.study.study import Study
from app.wording.fact_values import line_of
from app.wording.flow import all_centres, flow_notes, no_centre
from app.wording.log_words import column_title

_COLUMNS = ("protocol", "centre", *STEPS, "operated_of_started", "target", "progress")


@dataclass(frozen=True, slots=True)
class _Person:
    protocol: ProtocolVersion
    centre: str
    reached: Reached


def flow_table(study: Study, today: date, code: str = "", progress: Progress | None = None) -> LogTable:
    """Return the flow of all participants, or the steps of one, as of a day.

    Raises:
        Refused: there is no such participant.
    """
    cases = [study.case(study.subject(code))] if code else study.each_case(progress=progress, screened=True)
    people = [person for case in cases if (person := _person(study, case, today)) is not None]
    rows: list[LogRow] = []
    for protocol in {one.protocol.id: one.protocol for one in people}.values():
        mine = [one for one in people if one.protocol.id == protocol.id]
        centres = sorted({one.centre for one in mine}, key=natural)
        for centre in centres if len(centres) > 1 else ():
            found = [one for one in mine if one.centre == centre]
            rows.append(_row(protocol, centre or no_centre(), found, None, _not_screened(study, protocol, centre)))
        name = all_centres() if len(centres) > 1 else centres[0]
        further = 0 if code else _not_screened(study, protocol, None)
        rows.append(_row(protocol, name, mine, None if code else _target(protocol), further))
    columns = tuple(Column(name, column_title(name)) for name in _COLUMNS)
    return LogTable("flow", columns, tuple(rows), flow_notes() if rows else ())


def _person(study: Study, case: ParticipantRecord, today: date) -> _Person | None:
    """Return one participant; None for somebody whose protocol cannot be read."""
    if case.enrolled is not None:
        protocol = study.protocol(case)
        return _Person(protocol, case.enrolled.text("centre"), reached(case, protocol, study.calendar(case, today)))
    row = study.facts.latest(case.screened.text("protocol")) if case.screened is not None else None
    if row is None:
        return None
    return _Person(study.protocol_text(row.hash), "", reached(case, None, None))


def _not_screened(study: Study, protocol: ProtocolVersion, centre: str | None) -> int:
    """Return how many were identified and not screened, at a centre or (None) at all."""
    counts = [
        one.fields.get("count")
        for one in study.study_records()
        if one.kind == "identified"
        and one.text("protocol") == protocol.id
        and (centre is None or one.text("centre") == centre)
    ]
    return sum(one for one in counts if isinstance(one, int))


def _row(
    protocol: ProtocolVersion, centre: str, people: Sequence[_Person], target: int | None, not_screened: int = 0
) -> LogRow:
    """Return a row; `not_screened`: how many more were identified."""
    counts = totals(one.reached for one in people)
    both = sum(one.reached.started and one.reached.operated for one in people)
    cells: dict[str, Cell] = {"protocol": words(protocol.short_title), "centre": words(line_of(centre))}
    cells |= {step: number(counts[step]) for step in STEPS}
    cells["identified"] = number(counts["identified"] + not_screened)
    cells |= {
        "operated_of_started": _percent(both, counts["started"]),
        "target": number(target),
        "progress": _percent(counts["included"], target or 0),
    }
    return LogRow("", cells, protocol=protocol.id)


def _percent(part: int, of: int) -> Cell:
    return number(100 * part / of, 1) if of else EMPTY


def _target(protocol: ProtocolVersion) -> int | None:
    found = protocol.about.get("target_enrolment")
    return found if isinstance(found, int) else None
