"""One participant and one visit as the window shows them, read in one go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.documents import protocol_details
from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.calendar.progress import Position, position_of
from app.domain.dates import ClosedDays, Window
from app.domain.facts.participant_record import ParticipantRecord, Stage
from app.domain.facts.records import Recorded
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.version import ProtocolVersion
from app.services.queries.after_surgery import review_text
from app.services.queries.calendar import entry_for
from app.services.queries.history import HistoryRow, history_rows
from app.services.queries.intake_state import protocol_entered
from app.services.queries.outdated_sheets import kept_days, printed_days
from app.services.queries.participant_notices import Notice, participant_notices
from app.services.study.study import Study
from app.wording.protocol_names import Names, names_in


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """One enrolled participant. `records`: the facts that count. `printed`: the last print of each visit's sheet;
    `outdated_prints`: the open visits whose day, time or window has changed since their sheet was printed.

    `enrolled_on`: in screening the day of consent. `choices`: the current answer to each of the protocol's questions.
    `regimen`: the current one, by its id. `notices`: what to look at that belongs to none of the visits.
    `people`: the codes of other participants whom its history names, by their numbers.
    """

    code: str
    stage: Stage
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
    notices: tuple[Notice, ...] = ()
    people: Mapping[int, str] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """The names by which its facts are said."""
        return replace(names_in(self.calendar, self.protocol), people=self.people)


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit: its entry, its participant, the activities at it, its history, notes and last print.

    `outcome`: of a review of complications, what followed the operation; else empty.
    """

    participant: ParticipantView
    entry: Entry
    activities: tuple[str, ...]
    outcome: str
    history: tuple[HistoryRow, ...]
    notes: tuple[Recorded, ...]
    printed: Recorded | None


def participant_view(study: Study, code: str, today: date) -> ParticipantView:
    """Return one participant as the window shows it.

    Raises:
        Refused: there is no such participant, or it is not enrolled.
    """
    case = study.enrolled(code)
    protocol, calendar, participant = study.protocol(case), study.calendar(case, today), study.participant(case)
    index = FactIndex(protocol, participant, case.facts)
    first_day = case.enrolled_on or participant.first_day
    records = study.store.facts(subject=case.subject)
    rows = history_rows(study, records)
    others = {number for row in rows for number in (row.past.belongs_to, row.past.came_from)}
    printed: dict[str, Recorded] = {}
    for record in case.records:
        visits = record.fields.get("visits")
        if record.kind == "printed" and isinstance(visits, list):
            printed.update({str(visit): record for visit in visits})
    return ParticipantView(
        code=case.code,
        stage=case.stage,
        centre=case.enrolled.text("centre") if case.enrolled is not None else "",
        site=study.site_name(case),
        country=participant.country,
        enrolled_on=first_day,
        protocol=protocol,
        calendar=calendar,
        closed=study.site_for(case, protocol, participant, today).closed,
        position=position_of(protocol, calendar, first_day),
        regimen=index.regimen_changes[-1].to if index.regimen_changes else participant.regimen,
        choices=index.choices,
        records=case.records,
        history=tuple(rows),
        printed=printed,
        outdated_prints=frozenset(_outdated_prints(study, case, records, calendar, printed)),
        notices=tuple(participant_notices(case, protocol, calendar)),
        people={number: known for known, number in study.subjects().items() if number in others},
    )


def view_to_mend(study: Study, code: str, today: date) -> ParticipantView:
    """Return whose recorded facts are mended: a participant, or with an empty calendar somebody only screened.

    Raises:
        Refused: there is no such participant.
    """
    case = study.case(study.subject(code))
    screened = case.screened
    on = screened.day("on") if case.enrolled is None and screened is not None else None
    if on is None:
        return participant_view(study, code, today)
    protocol = protocol_entered(study, case)
    rows = history_rows(study, study.store.facts(subject=case.subject))
    return ParticipantView(
        code=case.code,
        stage=case.stage,
        centre="",
        site=study.site_name(case),
        country="",
        enrolled_on=on,
        protocol=protocol,
        calendar=Calendar(protocol.id, protocol.version, case.code, today, (), ()),
        closed=ClosedDays(),
        position=Position("", None, 0, "", 0, 0, None),
        regimen="",
        choices={},
        records=case.records,
        history=tuple(rows),
        printed={},
        outdated_prints=frozenset(),
    )


def _outdated_prints(
    study: Study,
    case: ParticipantRecord,
    records: Sequence[Recorded],
    calendar: Calendar,
    printed: Mapping[str, Recorded],
) -> Iterator[str]:
    """Yield the open visits that had another day, time or window when their sheet was printed.

    A print of an earlier release kept no days: the participant is planned as of then. Where other planning rules were
    accepted since, these are the visits that they moved; as long as they are not accepted, no visit.
    """
    if study.before is not None:
        return
    moved = _moved_by_rules(study, case.subject)
    then: dict[int, Calendar] = {}
    facts = case.facts
    for visit, record in printed.items():
        entry = calendar.by_key.get(visit)
        if entry is None or entry.status not in OPEN:
            continue
        if (kept := kept_days(record, visit)) is not None:
            if kept != printed_days(entry):
                yield visit
            continue
        if record.seq not in then:
            known = ParticipantRecord.of(case.subject, [one for one in records if one.seq <= record.seq])
            same = known.facts == facts and known.enrolled == case.enrolled
            then[record.seq] = calendar if same else study.plan(known, calendar.today)
        before = then[record.seq].by_key.get(visit)
        by_rules = moved.get(visit, 0) > record.seq
        if by_rules or before is None or _printed_days(before) != _printed_days(entry):
            yield visit


def _moved_by_rules(study: Study, subject: int) -> dict[str, int]:
    """Return the visits with a printed sheet that other planning rules moved, with the fact that accepted them last."""
    found: dict[str, int] = {}
    for accepted in study.store.facts(subject=0, kinds=("planning_accepted",)):
        reprint = accepted.fields.get("reprint")
        visits = reprint.get(str(subject)) if isinstance(reprint, dict) else None
        found |= {str(visit): accepted.seq for visit in visits} if isinstance(visits, list) else {}
    return found


def _printed_days(entry: Entry) -> tuple[date | None, str, Window | None]:
    """Return the day, time and window that a sheet has of the visit."""
    return entry.assumed, entry.booked_at, entry.window


def visit_view(study: Study, code: str, visit: str, today: date) -> VisitView:
    """Return one visit as the window shows it next to a list.

    Raises:
        Refused: there is no such participant or visit.
    """
    view = participant_view(study, code, today)
    return visit_in(view, visit)


def visit_in(view: ParticipantView, visit: str) -> VisitView:
    """Return one visit of a participant who was read already.

    Raises:
        Refused: the calendar does not have it.
    """
    entry = entry_for(view.calendar, visit, view.protocol.visits)
    visit = entry.key
    mine = tuple(row for row in view.history if row.concerns(visit) or _is_printed(row.record, visit))
    return VisitView(
        view,
        entry,
        tuple(one.text for one in protocol_details.activities(entry, view.choices, view.calendar.operation_of(entry))),
        review_text(view.calendar, ParticipantRecord(0, view.records), entry),
        mine,
        tuple(one for one in view.records if one.kind == "note" and one.text("visit") == visit),
        view.printed.get(visit),
    )


def _is_printed(record: Recorded, visit: str) -> bool:
    visits = record.fields.get("visits")
    return isinstance(visits, list) and visit in visits
