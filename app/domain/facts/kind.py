"""What a kind of fact is: its fields, what it is about, and what recording it does.

A new kind of fact takes two places: its row in `participant_kinds` or `study_kinds`, and its words in
`app.wording.fact_catalogue`. Form, menus, log, command line, sentence, history and JSON follow from these two. One
that the planner reads needs three more: its plain fact in `planner_facts`, which its row names as `planner_fact`; what
that means in `app.domain.planning.fact_index`; and what it contradicts in `app.domain.planning.edit_checks`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.facts.planner_facts import Fact

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
SignOfLife = Callable[[Mapping[str, Json]], bool]
"""Whether a fact with these fields shows that the participant lived on its day."""
Check = Callable[[Mapping[str, Json]], None]
"""Compares the fields of one fact with each other.

Raises:
    Refused: they contradict each other.
"""


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


class DayRule(StrEnum):
    """How a day, a time or a year is judged when it is entered: refused, asked about, or free.

    EVENT: what has happened; refused after today and where it cannot be before the enrolment, asked about when it is
    years from every other day of the participant. PLANNED: what is to come; asked about before the day of entry and
    when it is years away. ENTRY: a screening or an enrolment; refused after today and where the two are in the wrong
    order, asked about when it is long ago. SITE: a day or a year of the site; asked about when it is years from every
    day of the study. HOUR: a time; refused where the clocks skip it. BIRTH: a year of birth; refused after the day of
    entry and for the oldest, asked about for a child and for a great age. FREE: set by the program, or only looked at.
    """

    EVENT = "event"
    PLANNED = "planned"
    ENTRY = "entry"
    SITE = "site"
    HOUR = "hour"
    BIRTH = "birth"
    FREE = "free"


class OptionSource(StrEnum):
    """The source of the answers that a form offers: a part of the protocol, or the reasons that are often given."""

    ANSWERS = "answers"
    CENTRES = "centres"
    CHOICES = "choices"
    COHORTS = "cohorts"
    COUNTRIES = "countries"
    CRITERIA = "criteria"
    DRUGS = "drugs"
    OTHER_REGIMENS = "other_regimens"
    OUTCOMES = "outcomes"
    PHASES = "phases"
    QUESTIONNAIRES = "questionnaires"
    QUESTIONS = "questions"
    REASONS = "reasons"
    REGIMENS = "regimens"
    SPECIMENS = "specimens"


@dataclass(frozen=True, slots=True)
class When:
    """A condition on one fact: the field of that name has that value."""

    name: str
    value: Json

    def holds(self, fields: Mapping[str, object]) -> bool:
        """Return whether the fields fulfil it."""
        return self.name in fields and fields[self.name] == self.value


class VisitScope(StrEnum):
    """The visits that a fact of the kind can be about, or at which a field is asked for.

    All, open ones, those to be decided, doses, doses with which a pump is started, operations.
    """

    ALL = "all"
    OPEN = "open"
    UNDECIDED = "undecided"
    DOSES = "doses"
    PUMPS = "pumps"
    OPERATIONS = "operations"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    Its value: `low` and `high` bound a number. A day with `options` may be one of these words instead. Only a day
    that `may_be_future` can be after today. `rule`: how a day, a time or a year is judged; every one has a rule. A
    field that is not `required` is still required when `required_when` holds.

    Its source: a person types it, unless the program sets it. People see and correct a value that the program has
    `assigned`; nobody sees an `internal` one.

    Its readers: the planner reads a `planned` field, so a scenario has it. A `protected` field cannot be redacted while
    its fact counts, as a calendar or the chain itself depends on it although the planner reads no such fact.

    Its question in a form: the answers come from `options_from`, and other text is allowed where it is `free`. The
    question is asked only when `asked_when` holds, and only at the visits that are in `asked_at`. A `rare` one is
    behind “More”. A `long` text has several lines.
    """

    name: str
    type: Type
    required: bool = True
    options: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    planned: bool = False
    may_be_future: bool = False
    internal: bool = False
    help: str = ""
    assigned: bool = False
    protected: bool = False
    required_when: When | None = None
    asked_when: When | None = None
    options_from: OptionSource | None = None
    free: bool = False
    rare: bool = False
    long: bool = False
    rule: DayRule | None = None
    asked_at: VisitScope = VisitScope.ALL

    @property
    def says_when(self) -> bool:
        """Whether it holds a day, a time, a window or a year."""
        return self.type in (Type.DAY, Type.TIME, Type.WINDOW) or self.name.startswith("year")


class Subject(StrEnum):
    """What a fact is about."""

    STUDY = "study"
    PARTICIPANT = "participant"
    FACT = "fact"


class FirstDay(StrEnum):
    """The day that a new form shows.

    TYPED: none, a person types it. TODAY: today. PLANNED: the planned day of the visit if that is before today, else
    today. DUE: today if the visit is due or overdue, else a booked day before today, else none. VISIT: the day on which
    the visit was performed, else as for DUE. HELD: the day on which the visit was performed, else today. Without a
    visit of the calendar, DUE, VISIT and HELD mean today.
    """

    TYPED = "typed"
    TODAY = "today"
    PLANNED = "planned"
    DUE = "due"
    VISIT = "visit"
    HELD = "held"


class Menu(StrEnum):
    """A menu that offers kinds of facts.

    VISIT and PARTICIPANT are menus of the menu bar. PLAN, EVENTS and ENDS are the three groups of the menu
    of events.
    """

    VISIT = "visit"
    PARTICIPANT = "participant"
    PLAN = "plan"
    EVENTS = "events"
    ENDS = "ends"


def always(_fields: Mapping[str, Json]) -> bool:
    """Every fact of the kind."""
    return True


@dataclass(frozen=True, slots=True)
class Offer:
    """A place in a menu: lower numbers come first, equal ones in the order of the table."""

    menu: Menu
    place: int = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact.

    Its effect: the planner reads it as a `planner_fact`, or reads an event so where the field `planned_with` is
    given; it `replans` the calendar although the planner has no such fact, as a cancelled booking does; recording
    it `performs_visit`, always or under a condition, that is, it records the visit as performed too, only visits of
    the `performs_sorts` where some are named; it `settles` its visit, which leaves the list of what is due. The `extra`
    fields are typed with it and become a fact of their own. Some show that the participant lived on their day:
    `sign_of_life` says which of them.

    Its limits: it `requires_participation` and cannot happen after death, after a withdrawal from the study, or to
    somebody who is lost, unless it `tells_of_death`; under the condition `came_to_nothing` nothing happened, as a
    form that was not filled in. It `requires_consent` and cannot happen before; it `follows_operation` and cannot
    happen before the first one; a `permanent` fact cannot be undone; an `indivisible` one can be undone, but no
    field of it can be corrected. Each of its `checks` compares its fields. Two facts with the `same` fields are one
    fact recorded twice, which is asked about; it is empty where the planner or a check refuses that. A fact about a
    `thing`, named by these fields, is replaced by the next one about it: the same once more changes nothing, so
    that it is only remarked.

    Where people meet it: `first_day` and `visits` are what a form shows and offers; `log` lists it; a story
    has it with all its fields where it is `told`, else with those that the planner reads; `offers` are its places in
    menus; its command takes the `positional` fields by position and the others by option.
    """

    id: str
    subject: Subject
    fields: tuple[Field, ...]
    extra: tuple[Field, ...] = ()
    planner_fact: type[Fact] | None = None
    planned_with: str = ""
    replans: bool = False
    performs_visit: bool | When = False
    performs_sorts: tuple[str, ...] = ()
    settles: bool = False
    requires_participation: bool = False
    tells_of_death: When | None = None
    came_to_nothing: When | None = None
    requires_consent: bool = False
    follows_operation: bool = False
    permanent: bool = False
    indivisible: bool = False
    checks: tuple[Check, ...] = ()
    first_day: FirstDay = FirstDay.TYPED
    visits: VisitScope = VisitScope.ALL
    log: str = ""
    told: bool = False
    offers: tuple[Offer, ...] = ()
    positional: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    thing: tuple[str, ...] = ()
    sign_of_life: SignOfLife | None = None

    def field(self, name: str) -> Field | None:
        """Return the field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def typed_fields(self) -> tuple[Field, ...]:
        """The fields that a person types: those of the kind, then the extra ones."""
        own = (field for field in self.fields if not field.internal and not field.assigned)
        return (*own, *self.extra)

    @property
    def plans(self) -> bool:
        """Whether the planner reads it, whatever its fields are."""
        return self.planner_fact is not None and not self.planned_with

    def plans_with(self, fields: Mapping[str, Json]) -> bool:
        """Return whether the planner reads a fact with these fields."""
        return self.plans or (bool(self.planned_with) and fields.get(self.planned_with) is not None)

    @property
    def is_change(self) -> bool:
        """Whether a person records it about an enrolled participant, by a dialog or a command."""
        return self.subject is Subject.PARTICIPANT and not self.permanent and self.field("code") is None

    @property
    def is_correctable(self) -> bool:
        """Whether its fields can be corrected."""
        return not self.permanent and not self.indivisible and self.subject is not Subject.FACT

    @property
    def changes_calendar(self) -> bool:
        """Whether it can change the calendar at all."""
        return self.plans or self.replans or self.performs_visit is not False

    @property
    def day_field(self) -> str:
        """The name of the field with its day."""
        return next((field.name for field in self.fields if field.type is Type.DAY and field.required), "on")

    @property
    def arranges_visit(self) -> bool:
        """Whether it gives a visit a day that is to come."""
        field = self.field(self.day_field)
        return self.plans and field is not None and field.may_be_future

    @property
    def is_judged(self) -> bool:
        """Whether its day is judged by the window of its visit."""
        return self.field("judged") is not None

    @property
    def happens_at_visit(self) -> bool:
        """Whether its day is always the day on which its visit happened."""
        return self.is_judged or self.performs_visit is True

    def proves_participation(self, fields: Mapping[str, Json]) -> bool:
        """Return whether a fact with these fields cannot have happened after the end of participation."""
        exempt = (self.tells_of_death, self.came_to_nothing)
        return self.requires_participation and not any(when is not None and when.holds(fields) for when in exempt)

    def says_performed(self, fields: Mapping[str, Json]) -> bool:
        """Return whether a fact with these fields says that its visit was performed."""
        when = self.performs_visit
        return when.holds(fields) if isinstance(when, When) else when


UNKNOWN = "unknown"
"""The answer to a criterion that is neither yes nor no."""
SEXES = ("female", "male", "unknown")
FIRST_YEAR, LAST_YEAR = 1900, 2100  # the years that a field takes, whatever its rule asks about


def visit_field(required: bool = True, planned: bool = False, assigned: bool = False) -> Field:
    """Return the field for a visit's key."""
    help_ = "the visit's key, as SP-C02#3"
    return Field("visit", Type.VISIT, required, planned=planned, assigned=assigned, help=help_)


def day_field(
    what: str = "the day on which it happened",
    planned: bool = False,
    may_be_future: bool = False,
    rule: DayRule | None = None,
) -> Field:
    """Return the field for a day; without a rule of its own, that of what is to come or of what has happened."""
    rule = rule or (DayRule.PLANNED if may_be_future else DayRule.EVENT)
    return Field("on", Type.DAY, planned=planned, may_be_future=may_be_future, help=what, rule=rule)


def time_field(planned: bool = False) -> Field:
    """Return the field for a time of day."""
    return Field("at", Type.TIME, False, planned=planned, help="the time, as 09:30", rule=DayRule.HOUR)


def reason_field(
    required: bool = True,
    planned: bool = False,
    what: str = "why",
    common: bool = False,
    needed_when: When | None = None,
    always_asked: bool = False,
) -> Field:
    """Return the field for a reason in words.

    `common`: a form offers the reasons that are often given. `needed_when`: it is required then, and only then asked
    for unless it is `always_asked`.
    """
    return Field(
        "reason",
        Type.TEXT,
        required,
        planned=planned,
        help=what,
        required_when=needed_when,
        asked_when=None if always_asked else needed_when,
        options_from=OptionSource.REASONS if common else None,
        free=common,
    )


def protocol_field(
    name: str,
    what: str,
    source: OptionSource,
    required: bool = True,
    planned: bool = False,
    protected: bool = False,
    free: bool = False,
) -> Field:
    """Return the field for a text that the protocol offers."""
    return Field(
        name, Type.TEXT, required, planned=planned, help=what, protected=protected, options_from=source, free=free
    )


def detail_field(what: str = "more about it") -> Field:
    """Return the field for further details in words."""
    return Field("detail", Type.TEXT, False, help=what, long=True)
