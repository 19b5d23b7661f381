"""The content of a visit sheet, as plain text in rows; `sheet` draws it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.documents import protocol_details
from app.documents.marks import Shape, shape_of_entry
from app.documents.protocol_details import Answers
from app.domain.calendar.entries import OPEN, Calendar, Entry, OperationDone, Status
from app.domain.protocol.regimens import DAY_KIND, DOSES, DayKind, Regimen, RegimenDay
from app.domain.protocol.settings import ASSUMED, VISIT, keys_of_timing
from app.domain.protocol.version import Activity, ProtocolVersion
from app.wording import dates, names
from app.wording.language import gettext as _
from app.wording.language import numbered
from app.wording.visit_details import pump_due_text

Lines = Mapping[str, Sequence[str]]

_STARTS_A_CYCLE = DOSES | {DayKind.ORAL_START, DayKind.ORAL_START_BID}
_BLOODS = "bloods"


@dataclass(frozen=True, slots=True)
class SheetSource:
    """The data that sheets are made from; `why`, `problems` and `notes`: sentences by visit key.

    `cohort`: the id of the participant's cohort where it is no choice of the protocol; then the answers have it.
    `confirmed`: the keys of the settings that somebody has confirmed.
    """

    protocol: ProtocolVersion
    calendar: Calendar
    site: str
    why: Lines = field(default_factory=dict)
    problems: Lines = field(default_factory=dict)
    choices: Answers = field(default_factory=dict)
    notes: Lines = field(default_factory=dict)
    cohort: str = ""
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """The participant, trial and visit of a sheet: the same on each of its pages."""

    participant: str
    cohort: str
    trial: str
    registry: str
    version: str
    site: str
    key: str
    visit: str
    epoch: str


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """The day of the visit with its window and status; `day_label`: what kind of day it is."""

    day_label: str
    day: str
    window: str
    target: str
    status: str
    mark: Shape
    unconfirmed: str


@dataclass(frozen=True, slots=True)
class BlankField:
    """A field to write in, filled if the answer is known; `share`: its part of the row's width."""

    label: str
    value: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Procedure:
    """A line of the checklist; `because`: the answers that it depends on."""

    text: str
    because: str = ""

    @property
    def because_text(self) -> str:
        """Why the line is there; empty where it depends on no answer."""
        return _("Applies because: ") + self.because if self.because else ""


@dataclass(frozen=True, slots=True)
class DoseRows:
    """The treatment of the day, the days at home that follow, and the reminder with its source.

    `beyond`: the parts of `what` that no drug of the day names, such as tablets in the evening, each with the day.
    """

    title: str
    what: str
    at_home: tuple[tuple[str, str], ...]
    reminder: str
    beyond: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NextVisit:
    """The next open visit of the participant."""

    name: str
    day: str
    window: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """One visit on paper."""

    identity: Identity
    plan: PlannedDay
    why: tuple[str, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    blanks: tuple[BlankField, ...]
    inside: bool | None
    procedures: tuple[Procedure, ...]
    note: str
    dose: DoseRows | None
    asks_outcome: bool
    questionnaires: tuple[str, ...]
    specimens: tuple[str, ...]
    next_visit: NextVisit | None


def visit_sheet(source: SheetSource, entry: Entry) -> VisitSheet:
    """Return the content of one visit's sheet."""
    done = source.calendar.operation_of(entry)
    answers = protocol_details.answers_of(source.protocol, source.choices)
    return VisitSheet(
        identity=_identity(source, entry),
        plan=_plan(source, entry),
        why=tuple(source.why.get(entry.key, ())),
        problems=tuple(source.problems.get(entry.key, ())),
        notes=tuple(source.notes.get(entry.key, ())),
        blanks=_blanks(source, entry),
        inside=None if entry.window_result is None or entry.provisional else entry.window_result == 0,
        procedures=tuple(_procedures(source.protocol, entry, answers, done)),
        note=entry.visit.note,
        dose=_dose(source.protocol, entry),
        asks_outcome=entry.day_kind in DOSES,
        questionnaires=tuple(protocol_details.questionnaires(source.protocol, entry.visit.id, answers)),
        specimens=tuple(protocol_details.specimens(source.protocol, entry.visit.id, answers, done)),
        next_visit=_next_visit(source, entry),
    )


def _identity(source: SheetSource, entry: Entry) -> Identity:
    protocol = source.protocol
    return Identity(
        participant=source.calendar.participant,
        cohort=protocol_details.cohort_name(protocol, source.cohort or str(source.choices.get("cohort", ""))),
        trial=protocol.short_title,
        registry=protocol_details.registry_number(protocol),
        version=protocol.version,
        site=source.site,
        key=entry.key,
        visit=names.visit_name(entry),
        epoch=names.epoch_name(protocol, entry),
    )


def _plan(source: SheetSource, entry: Entry) -> PlannedDay:
    label, on, at = _planned_day(entry)
    window = entry.judged if entry.performed is not None else entry.window
    return PlannedDay(
        day_label=label,
        day=dates.day_at(on, at) if on else _("no date yet"),
        window=dates.optional_window(window, _("none")),
        target=dates.day(entry.target) if entry.target else _("none"),
        status=_status(entry),
        mark=shape_of_entry(entry),
        unconfirmed=_unconfirmed(source, entry),
    )


def _planned_day(entry: Entry) -> tuple[str, date | None, str]:
    """Return the label of the day that counts for the visit, the day, and its time."""
    if entry.performed is not None:
        return _("Performed"), entry.performed, entry.performed_at
    if entry.is_booked:
        return _("Booked"), entry.booked, entry.booked_at
    if entry.is_moved:
        return _("Moved to"), entry.moved, ""
    return _("Proposed"), entry.assumed, ""


def _status(entry: Entry) -> str:
    result = names.judgement_text(entry)
    return f"{names.status_text(entry)}, {result}" if result else names.status_text(entry)


def _unconfirmed(source: SheetSource, entry: Entry) -> str:
    words = {"event": _("visit"), "offset": _("timing"), "window": _("window")}
    confirmed = _confirmed_parts(source, entry)
    assumed = [word for part, word in words.items() if entry.visit.marks.get(part) == ASSUMED and part not in confirmed]
    return _("Not confirmed against the site's protocol: ") + ", ".join(assumed) if assumed else ""


def _confirmed_parts(source: SheetSource, entry: Entry) -> set[str]:
    """Return the parts of a visit whose settings are all confirmed."""
    if not source.confirmed:
        return set()
    regimen = entry.regimen if protocol_details.regimen_day(source.protocol, entry) is not None else ""
    target, window = keys_of_timing(source.protocol, entry.visit.id, regimen, entry.day)
    parts = {"event": [f"{VISIT}{entry.visit.id}"], "offset": target, "window": window}
    return {part for part, keys in parts.items() if keys and source.confirmed.issuperset(keys)}


def _blanks(source: SheetSource, entry: Entry) -> tuple[BlankField, ...]:
    done = dates.day(entry.performed) if entry.performed else ""
    by_phone = entry.visit.contact == "phone"
    arrived = BlankField(_("Call began") if by_phone else _("Arrived"), entry.performed_at, 0.7)
    start = (BlankField(_("Date of visit"), done, 1.3), arrived)
    if entry.day_kind == DayKind.PUMP_DISCONNECT:
        began = dates.day_at(entry.pump_on, entry.pump_at) if entry.pump_on is not None else ""
        started = BlankField(_("Pump started (day, time)"), began, 1.3)
        return (*start, started, _pump_off_due(entry), BlankField(_("Pump off at"), "", 0.8))
    if entry.day_kind == DayKind.INFUSION:
        doses = (BlankField(_("Dose start"), "", 0.7), BlankField(_("Dose stop"), "", 0.7))
        if not entry.pump_hours:
            return (*start, *doses)
        off = disconnection(source.calendar, entry) or entry
        return (*start, *doses, BlankField(_("Pump start"), entry.pump_at, 0.7), _pump_off_due(off))
    if entry.day_kind == _BLOODS:
        return (*start, BlankField(_("Blood drawn"), "", 0.7), BlankField(_("Drawing by"), "", 1.3))
    return (*start, BlankField(_("Call ended") if by_phone else _("Left"), "", 0.7), BlankField(_("Seen by"), "", 1.3))


def _pump_off_due(entry: Entry) -> BlankField:
    known = entry.due_at is not None or entry.pump_hours > 0
    return BlankField(_("Pump off due"), pump_due_text(entry) if known else "", 1.5)


def disconnection(calendar: Calendar, dose: Entry) -> Entry | None:
    """Return the disconnection of the pump that was started with a dose."""
    return next(
        (
            one
            for one in calendar.entries
            if one.day_kind == DayKind.PUMP_DISCONNECT
            and (one.visit.epoch, one.cycle, one.regimen) == (dose.visit.epoch, dose.cycle, dose.regimen)
            and one.day > dose.day
        ),
        None,
    )


def _procedures(
    protocol: ProtocolVersion, entry: Entry, answers: Answers, done: OperationDone | None
) -> list[Procedure]:
    return [
        Procedure(activity.text, _because(protocol, activity, answers))
        for activity in protocol_details.activities(entry, answers, done)
    ]


def _because(protocol: ProtocolVersion, activity: Activity, answers: Answers) -> str:
    said = []
    for name in activity.when.keys() - {DAY_KIND}:
        choice = protocol.choices.get(name)
        said.append(f"{choice.question if choice else name} – {_answer(answers.get(name))}")
    return "; ".join(said)


def _answer(answer: str | bool | None) -> str:
    if isinstance(answer, bool):
        return _("yes") if answer else _("no")
    return answer or ""


def _dose(protocol: ProtocolVersion, entry: Entry) -> DoseRows | None:
    row = protocol_details.regimen_day(protocol, entry)
    if row is None:
        return None
    regimen = protocol.regimens[entry.regimen]
    title = f"{regimen.name}, {numbered(_('cycle {n}'), entry.cycle)} {numbered(_('day {n}'), entry.day)}"
    first = row.day == regimen.first.day and row.kind in _STARTS_A_CYCLE
    at_home = tuple(_at_home(regimen, entry)) if first else ()
    beyond = tuple((_cycle_day(entry.day, entry), part) for part in _beyond(row))
    return DoseRows(title, row.what, at_home, _reminder(protocol, row), beyond)


def _beyond(row: RegimenDay) -> Iterator[str]:
    """Yield the parts of a day's words that name no drug of its table; a part with the pump is that of its drug."""
    named = [drug.name.split()[0].casefold() for drug in row.doses if drug.name.split()]
    named += ["pump"] if any(drug.pump for drug in row.doses) else []
    for part in row.what.split(";") if named else ():
        if part.strip() and not any(name in part.casefold() for name in named):
            yield part.strip()


def _at_home(regimen: Regimen, entry: Entry) -> list[tuple[str, str]]:
    return [(_cycle_day(row.day, entry), row.what) for row in regimen.at_home(entry.cycle) if row.day != entry.day]


def _cycle_day(number: int, entry: Entry) -> str:
    label = numbered(_("Day {n}"), number)
    if entry.assumed is None:
        return label
    return f"{label}, {dates.day(entry.assumed + timedelta(number - entry.day))}"


def _reminder(protocol: ProtocolVersion, row: RegimenDay) -> str:
    """Return the start condition as its source states it: to be read with the results, never as advice."""
    condition = row.condition
    if condition is None or condition.mark != "verified" or not condition.complete:
        return ""
    sources = "; ".join(protocol_details.source_text(protocol, key) for key in condition.source)
    return _("Reminder, as published: ") + f"{condition.text} [{sources}] " + _("The investigator decides.")


def _next_visit(source: SheetSource, entry: Entry) -> NextVisit | None:
    following = next((other for other in source.calendar.entries if _follows(other, entry)), None)
    if following is None or following.assumed is None:
        return None
    label, on, at = _planned_day(following)
    day = f"{label.lower()} {dates.day_at(on or following.assumed, at)}"
    notes = [one for one in _to_look_at(source, following, entry) if one not in source.problems.get(entry.key, ())]
    if following.target is not None and following.assumed != following.target:
        notes = [*source.why.get(following.key, ()), *notes]
    return NextVisit(names.visit_name(following), day, dates.optional_window(following.window), tuple(notes))


def _to_look_at(source: SheetSource, following: Entry, entry: Entry) -> Sequence[str]:
    """Return the problems of the next visit; that the visit of this sheet is unrecorded is none on its own sheet."""
    texts = source.problems.get(following.key, ())
    if following.counts_from != entry.key or len(texts) != len(following.problems):
        return texts
    said = zip(following.problems, texts, strict=True)
    return [text for problem, text in said if problem.kind != "counted_from_unrecorded"]


def _follows(other: Entry, entry: Entry) -> bool:
    if other.status not in OPEN or other.status is Status.AWAITING or other.key == entry.key:
        return False
    return other.order > entry.order and other.assumed is not None
