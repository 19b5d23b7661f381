"""What the desktop shows of one participant and of one visit, read in one go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.documents import protocol_details
from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.calendar.progress import Position, position_of
from app.domain.dates import ClosedDays, Window
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import Recorded
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.version import ProtocolVersion
from app.services.queries.calendar import entry_for
from app.services.queries.history import HistoryRow, history_rows
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """One enrolled participant. `records`: the facts that stand. `printed`: the last print of each visit's sheet;
    `outdated_prints`: the open visits whose day, time or window is another since their sheet was printed.

    `choices`: every answer of the protocol's questions as it counts now. `regimen`: the one in use now, by its id.
    """

    code: str
    stage: str
    centre: str
    site: str
    country: str
    enrolled_on: date
    protocol: ProtocolVersion
    calendar: Calendar
    closed: ClosedDays
    position: Position
    regimen: str
    choices: Mapping[str, str | bool]
    records: tuple[Recorded, ...]
    history: tuple[HistoryRow, ...]
    printed: Mapping[str, Recorded]
    outdated_prints: frozenset[str]


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit beside the list: its entry, whose it is, what is to be done at it, and what was recorded of it."""

    participant: ParticipantView
    entry: Entry
    activities: tuple[str, ...]
    history: tuple[HistoryRow, ...]
    notes: tuple[Recorded, ...]
    printed: Recorded | None


def participant_view(study: Study, code: str, today: date) -> ParticipantView:
    """One participant as the desktop shows one.

    Raises:
        Refused: there is no such participant, or it is not enrolled.
    """
    case = study.enrolled(code)
    protocol, calendar, participant = study.protocol(case), study.calendar(case, today), study.participant(case)
    ledger = FactIndex(protocol, participant, case.facts)
    chain = study.store.facts(subject=case.subject)
    printed: dict[str, Recorded] = {}
    for record in case.records:
        visits = record.fields.get("visits")
        if record.kind == "printed" and isinstance(visits, list):
            printed.update({str(visit): record for visit in visits})
    return ParticipantView(
        code=case.code,
        stage=_stage(ledger),
        centre=case.enrolled.text("centre") if case.enrolled is not None else "",
        site=study.site_name(case),
        country=participant.country,
        enrolled_on=participant.enrolled_on,
        protocol=protocol,
        calendar=calendar,
        closed=study.site_for(case, protocol, participant, today).closed,
        position=position_of(protocol, calendar, participant.enrolled_on),
        regimen=ledger.regimen_changes[-1].to if ledger.regimen_changes else participant.regimen,
        choices=ledger.choices,
        records=case.records,
        history=tuple(history_rows(chain, {case.subject: case.code})),
        printed=printed,
        outdated_prints=frozenset(_outdated(study, case, chain, calendar, printed)),
    )


def _outdated(
    study: Study,
    case: ParticipantRecord,
    chain: Sequence[Recorded],
    calendar: Calendar,
    printed: Mapping[str, Recorded],
) -> Iterator[str]:
    """The open visits of which the calendar as it was when they were printed says something else."""
    then: dict[int, Calendar] = {}
    facts = case.facts
    for visit, record in printed.items():
        entry = calendar.by_key.get(visit)
        if entry is None or entry.status not in OPEN:
            continue
        if record.seq not in then:
            known = ParticipantRecord.of(case.subject, [one for one in chain if one.seq <= record.seq])
            same = known.facts == facts and known.enrolled == case.enrolled
            then[record.seq] = calendar if same else study.plan(known, calendar.today)
        before = then[record.seq].by_key.get(visit)
        if before is None or _printed_of(before) != _printed_of(entry):
            yield visit


def _printed_of(entry: Entry) -> tuple[date | None, str, Window | None]:
    """What a sheet says of when the visit is."""
    return entry.assumed, entry.booked_at, entry.window


def _stage(ledger: FactIndex) -> str:
    """The word of `stage_text` for how far the participant has come."""
    if ledger.died is not None:
        return "died"
    if ledger.left_all is not None:
        return "withdrawn"
    return "lost" if ledger.lost is not None else "enrolled"


def visit_view(study: Study, code: str, visit: str, today: date) -> VisitView:
    """One visit as the desktop shows it beside a list.

    Raises:
        Refused: there is no such participant or visit.
    """
    look = participant_view(study, code, today)
    return visit_in(look, visit)


def visit_in(look: ParticipantView, visit: str) -> VisitView:
    """One visit of a participant who was read already.

    Raises:
        Refused: the calendar does not have it.
    """
    entry = entry_for(look.calendar, visit)
    mine = tuple(row for row in look.history if _is_about(row.record, visit))
    return VisitView(
        look,
        entry,
        tuple(one.text for one in protocol_details.activities(entry, look.choices)),
        mine,
        tuple(one for one in look.records if one.kind == "note" and one.text("visit") == visit),
        look.printed.get(visit),
    )


def _is_about(record: Recorded, visit: str) -> bool:
    visits = record.fields.get("visits")
    return record.text("visit") == visit or (isinstance(visits, list) and visit in visits)
