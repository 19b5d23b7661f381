"""Every kind of fact that a study file keeps, as data: its fields, what each may hold, and what it is about.

One table, so that a file, a form on the screen, a command at the terminal and a test all ask for the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class Type(StrEnum):
    """What a field holds; days and times are kept as texts, ``2026-11-23`` and ``09:30``."""

    TEXT = "text"
    CODE = "code"
    VISIT = "visit"
    DAY = "day"
    TIME = "time"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    WHOLE = "whole"
    NUMBER = "number"
    ANSWER = "answer"
    ANSWERS = "answers"
    TICKS = "ticks"
    WEEKDAYS = "weekdays"
    WINDOW = "window"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind. `low` and `high` bound a number; `planned`: the planner reads it, so a scenario has it.

    `ahead`: the day may lie after today. `inner`: the program fills it, a person never types it.
    """

    name: str
    type: Type
    required: bool = True
    options: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    planned: bool = False
    ahead: bool = False
    inner: bool = False
    help: str = ""


class About(StrEnum):
    """What a fact is about."""

    STUDY = "study"
    PARTICIPANT = "participant"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact. `plans`: the planner reads it. `alive`: it cannot happen after death. `for_good`: no undo."""

    id: str
    about: About
    fields: tuple[Field, ...]
    plans: bool = False
    alive: bool = False
    for_good: bool = False

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)


GRADES_ABC = ("A", "B", "C")
CLAVIEN_DINDO = ("I", "II", "IIIa", "IIIb", "IVa", "IVb", "V")
POPF = ("biochemical_leak", "B", "C")
PANCREAS = ("pancreatoduodenectomy", "distal_pancreatectomy", "total_pancreatectomy", "other", "none")
LIVER = ("resection", "ablation", "resection_and_ablation", "other", "none")
RELATED = ("unrelated", "unlikely", "possible", "probable", "definite")
ACTIONS = ("none", "dose_reduced", "dose_delayed", "dose_omitted", "treatment_stopped", "other")
HOW = ("telephone", "clinic", "letter", "message", "relative", "registry", "other")
SEXES = ("female", "male", "unknown")
TIMINGS = ("synchronous", "metachronous")
OUTCOMES = ("eligible", "failure", "pending")
FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_MG = 100_000


def _visit(required: bool = True, planned: bool = False) -> Field:
    return Field("visit", Type.VISIT, required, planned=planned, help="the visit's key, as SP-C02#3")


def _on(what: str = "the day on which it happened", planned: bool = False, ahead: bool = False) -> Field:
    return Field("on", Type.DAY, planned=planned, ahead=ahead, help=what)


def _at(planned: bool = False) -> Field:
    return Field("at", Type.TIME, False, planned=planned, help="the time, as 09:30")


def _reason(required: bool = True, planned: bool = False, what: str = "why") -> Field:
    return Field("reason", Type.TEXT, required, planned=planned, help=what)


_PLANNED_VISIT = _visit(planned=True)
_WHO = (
    Field("year_of_birth", Type.WHOLE, False, low=FIRST_YEAR, high=LAST_YEAR, help="four digits"),
    Field("sex", Type.ONE_OF, False, SEXES),
)

_PATIENT = (
    Kind(
        "screened",
        About.PARTICIPANT,
        (
            Field("code", Type.CODE, help="the study code; never a name, initials or a hospital number"),
            Field("protocol", Type.TEXT, help="the protocol's id"),
            _on("the day of screening"),
            Field("outcome", Type.ONE_OF, options=OUTCOMES),
            _reason(False, what="why it failed"),
            Field("criteria", Type.TICKS, False, help="each criterion's id with yes or no"),
            *_WHO,
        ),
    ),
    Kind(
        "enrolled",
        About.PARTICIPANT,
        (
            Field("code", Type.CODE, help="the study code; never a name, initials or a hospital number"),
            Field("protocol", Type.TEXT, help="the protocol's id"),
            Field("hash", Type.TEXT, inner=True, help="the hash of the protocol version"),
            _on("the day of enrolment"),
            Field("country", Type.TEXT, help="two letters, as SE"),
            Field("regimen", Type.TEXT, False, help="the regimen's id, where the protocol offers some"),
            Field("centre", Type.TEXT, False, help="the centre"),
            Field("cohort", Type.TEXT, False, help="the cohort, where the protocol has some"),
            Field("timing", Type.ONE_OF, False, TIMINGS, help="of the metastases"),
            Field("choices", Type.ANSWERS, False, help="answers that differ from the protocol's defaults"),
            *_WHO,
        ),
    ),
    Kind(
        "booked",
        About.PARTICIPANT,
        (_PLANNED_VISIT, _on("the day arranged", True, True), _at(True), _reason(False)),
        plans=True,
    ),
    Kind("booking_cancelled", About.PARTICIPANT, (_visit(), _reason(False))),
    Kind(
        "moved",
        About.PARTICIPANT,
        (
            _PLANNED_VISIT,
            Field("to", Type.DAY, planned=True, ahead=True, help="the new day"),
            _reason(planned=True),
        ),
        plans=True,
    ),
    Kind(
        "performed",
        About.PARTICIPANT,
        (
            _PLANNED_VISIT,
            _on(planned=True),
            _at(True),
            _reason(False, what="why outside its window"),
            Field("judged", Type.WINDOW, False, inner=True, help="the window in force when it was recorded"),
        ),
        plans=True,
        alive=True,
    ),
    Kind("missed", About.PARTICIPANT, (_PLANNED_VISIT, _on(planned=True), _reason(planned=True)), plans=True),
    Kind("omitted", About.PARTICIPANT, (_PLANNED_VISIT, _on(planned=True), _reason(planned=True)), plans=True),
    Kind(
        "decided",
        About.PARTICIPANT,
        (
            _PLANNED_VISIT,
            Field("outcome", Type.TEXT, planned=True, help="what was decided, as the protocol calls it"),
            _on("the day of the decision", True),
            _reason(False, what="the reasons"),
        ),
        plans=True,
    ),
    Kind(
        "chosen",
        About.PARTICIPANT,
        (
            Field("choice", Type.TEXT, planned=True, help="the choice's id"),
            Field("value", Type.ANSWER, planned=True, help="yes, no, or the answer"),
            _on("from this day", True),
            _reason(False),
        ),
        plans=True,
    ),
    Kind(
        "regimen_changed",
        About.PARTICIPANT,
        (Field("to", Type.TEXT, planned=True, help="the new regimen's id"), _on("from this day", True), _reason(False)),
        plans=True,
    ),
    Kind(
        "stopped",
        About.PARTICIPANT,
        (
            Field("phase", Type.TEXT, planned=True, help="the phase of treatment"),
            _on("the day", True),
            _reason(planned=True),
        ),
        plans=True,
    ),
    Kind(
        "operation",
        About.PARTICIPANT,
        (
            _visit(),
            _on("the day of the operation"),
            Field("pancreas", Type.ONE_OF, options=PANCREAS, help="the procedure on the pancreas"),
            Field("liver", Type.ONE_OF, options=LIVER, help="the procedure on the liver"),
            Field("start", Type.TIME, False, help="when it began, as 08:30"),
            Field("end", Type.TIME, False, help="when it ended"),
            Field("detail", Type.TEXT, False, help="more about it"),
        ),
        alive=True,
    ),
    Kind(
        "treatment",
        About.PARTICIPANT,
        (
            _visit(),
            _on("the day on which it was given"),
            Field("given", Type.ONE_OF, options=("full", "reduced"), help="the whole dose or less"),
            Field("drug", Type.TEXT, False, help="the drug, where it concerns only one"),
            Field("percent", Type.NUMBER, False, low=1, high=100, help="of the planned dose"),
            _reason(False, what="why it was reduced"),
        ),
        alive=True,
    ),
    Kind(
        "specimen",
        About.PARTICIPANT,
        (
            _visit(),
            _on("the day"),
            Field("specimen", Type.TEXT, help="which, as the protocol calls it"),
            Field("taken", Type.YES_NO),
            Field("mg", Type.NUMBER, False, low=0.001, high=MOST_MG, help="its weight in milligrams"),
            Field("label", Type.TEXT, False, help="the number on the tube"),
            Field("kept", Type.TEXT, False, help="where it is kept"),
            _reason(False, what="why it was not taken"),
        ),
    ),
    Kind(
        "complication",
        About.PARTICIPANT,
        (
            _on("the day on which it began"),
            Field("what", Type.TEXT, help="the complication"),
            Field("grade", Type.ONE_OF, options=CLAVIEN_DINDO, help="Clavien-Dindo"),
            Field("popf", Type.ONE_OF, False, POPF, help="pancreatic fistula, ISGPS grade"),
            Field("pph", Type.ONE_OF, False, GRADES_ABC, help="haemorrhage, ISGPS grade"),
            Field("dge", Type.ONE_OF, False, GRADES_ABC, help="delayed gastric emptying, ISGPS grade"),
            Field("liver_failure", Type.ONE_OF, False, GRADES_ABC, help="ISGLS grade"),
            Field("bile_leak", Type.ONE_OF, False, GRADES_ABC, help="ISGLS grade"),
            Field("cci", Type.NUMBER, False, low=0, high=100, help="Comprehensive Complication Index"),
            Field("ended", Type.DAY, False, help="the day on which it ended"),
        ),
    ),
    Kind(
        "adverse_event",
        About.PARTICIPANT,
        (
            Field("term", Type.TEXT, help="the CTCAE term"),
            Field("grade", Type.WHOLE, low=1, high=5, help="CTCAE grade, 1 to 5"),
            _on("the day on which it began"),
            Field("ended", Type.DAY, False, help="the day on which it ended"),
            Field("serious", Type.YES_NO),
            Field("related", Type.ONE_OF, False, RELATED, help="to the treatment"),
            Field("action", Type.ONE_OF, False, ACTIONS, help="what was done with the treatment"),
            Field("detail", Type.TEXT, False, help="more about it"),
        ),
    ),
    Kind(
        "progression",
        About.PARTICIPANT,
        (
            _on("the day on which it was found"),
            Field("what", Type.ONE_OF, options=("progression", "recurrence")),
            Field("site", Type.TEXT, help="where, as liver or lung"),
            Field("basis", Type.TEXT, False, help="how it was found, as RECIST or biopsy"),
            Field("detail", Type.TEXT, False, help="more about it, as the next treatment"),
        ),
        alive=True,
    ),
    Kind(
        "questionnaire",
        About.PARTICIPANT,
        (
            _visit(),
            Field("questionnaire", Type.TEXT, help="which, as the protocol calls it"),
            _on("the day"),
            Field("done", Type.YES_NO),
            Field("language", Type.TEXT, False, help="the language of the form"),
            _reason(False, what="why it was not done"),
        ),
    ),
    Kind(
        "contact",
        About.PARTICIPANT,
        (
            _visit(False),
            _on("the day of the attempt"),
            _at(),
            Field("reached", Type.YES_NO),
            Field("alive", Type.ONE_OF, False, ("yes", "no", "unknown"), help="what was learnt"),
            Field("how", Type.ONE_OF, False, HOW),
            Field("detail", Type.TEXT, False, help="more about it"),
        ),
    ),
    Kind("unscheduled", About.PARTICIPANT, (_visit(), _reason(what="what it is for"))),
    Kind("note", About.PARTICIPANT, (_visit(False), Field("text", Type.TEXT, help="the note"))),
    Kind(
        "withdrawn",
        About.PARTICIPANT,
        (
            Field("scope", Type.ONE_OF, options=("treatment", "all"), planned=True, help="of what"),
            _on("the day", True),
            _reason(planned=True),
            Field("last_medication_on", Type.DAY, False, planned=True, help="the day of the last medication"),
        ),
        plans=True,
    ),
    Kind("lost", About.PARTICIPANT, (_on("the day", True), _reason(planned=True)), plans=True),
    Kind("found_again", About.PARTICIPANT, (_on("the day", True), _reason(False)), plans=True),
    Kind(
        "died",
        About.PARTICIPANT,
        (_on("the day of death", True), Field("cause", Type.TEXT, False, help="the cause of death")),
        plans=True,
    ),
    Kind(
        "printed",
        About.PARTICIPANT,
        (
            Field("what", Type.ONE_OF, options=("sheet", "calendar")),
            Field("visits", Type.PLAIN, False, help="the visits on it"),
            Field("head", Type.TEXT, help="the head of the chain that stands on the paper"),
        ),
        for_good=True,
    ),
)

_A_DAY = (
    _on("the day", ahead=True),
    _reason(False),
    Field("site", Type.TEXT, False, help="only this site, by its name"),
)
_STUDY = (
    Kind("study_made", About.STUDY, (Field("name", Type.TEXT, False, help="the study's name"),), for_good=True),
    Kind(
        "protocol_taken",
        About.STUDY,
        (
            Field("protocol", Type.TEXT, help="its id"),
            Field("version", Type.TEXT),
            Field("title", Type.TEXT),
            Field("hash", Type.TEXT, help="SHA-256 of all its files"),
            Field("main", Type.TEXT, help="the name of the protocol file among them"),
            Field("files", Type.PLAIN, help="its whole text, regimens included, by file name"),
        ),
    ),
    Kind(
        "site_set",
        About.STUDY,
        (
            Field("name", Type.TEXT, help="the site's name, as it is printed"),
            Field("country", Type.TEXT, help="two letters, as SE"),
            Field("time_zone", Type.TEXT, False, help="as Europe/Stockholm"),
            Field("closed_weekdays", Type.WEEKDAYS, False, help="closed weekdays"),
        ),
    ),
    Kind("day_closed", About.STUDY, _A_DAY),
    Kind("day_opened", About.STUDY, _A_DAY),
    Kind(
        "holidays_taken",
        About.STUDY,
        (
            Field("country", Type.TEXT),
            Field("year", Type.WHOLE, low=FIRST_YEAR, high=LAST_YEAR + 100),
            Field("closed", Type.PLAIN, help="each holiday with its name"),
            Field("working", Type.PLAIN, help="weekend days on which the country works"),
            Field("official", Type.YES_NO, help="whether the list is official"),
            Field("source", Type.TEXT),
        ),
    ),
    Kind(
        "value_set",
        About.STUDY,
        (
            Field("protocol", Type.TEXT, help="the protocol's id"),
            Field("key", Type.TEXT, help="as SP-R01.after"),
            Field("value", Type.PLAIN, help="as P21D"),
            _reason(False),
        ),
    ),
    Kind(
        "value_confirmed",
        About.STUDY,
        (
            Field("protocol", Type.TEXT, help="the protocol's id"),
            Field("key", Type.TEXT, help="as SP-R01.after"),
            Field("value", Type.PLAIN, False, help="the value as it stood"),
            _reason(False, what="by whom, or where it stands"),
        ),
    ),
    Kind(
        "agenda_printed",
        About.STUDY,
        (
            Field("first", Type.DAY, ahead=True),
            Field("last", Type.DAY, ahead=True),
            Field("head", Type.TEXT, help="the head of the chain that stands on the paper"),
        ),
        for_good=True,
    ),
    Kind(
        "restored",
        About.STUDY,
        (
            Field("backup", Type.TEXT, help="the name of the backup"),
            Field("head", Type.TEXT, help="the head of its chain"),
            Field("facts", Type.WHOLE, high=10**12),
        ),
        for_good=True,
    ),
    Kind(
        "migrated",
        About.STUDY,
        (Field("before", Type.WHOLE, high=10**6), Field("after", Type.WHOLE, high=10**6)),
        for_good=True,
    ),
)

_CHANGES = (
    Kind(
        "correction",
        About.FACT,
        (
            Field("void", Type.YES_NO, help="whether the fact no longer counts; else `set.NAME` sets its fields"),
            Field("cleared", Type.YES_NO, False, inner=True, help="taken back by a command of its own, not by undo"),
            _reason(False),
        ),
    ),
    Kind(
        "redaction",
        About.FACT,
        (Field("names", Type.PLAIN, help="the fields whose values go"), _reason()),
        for_good=True,
    ),
)

KINDS: Mapping[str, Kind] = {kind.id: kind for kind in (*_PATIENT, *_STUDY, *_CHANGES)}
"""Every kind by its id."""

PLANNED_KINDS: tuple[str, ...] = tuple(kind.id for kind in KINDS.values() if kind.plans)
"""The kinds that a scenario may have."""
