"""The protocol language: what a protocol file may say, as strict models.

The same document, dumped as plain data, is what `build` turns into the domain's `ProtocolVersion`.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.domain.timing import Period


class Model(BaseModel):
    """Strict: no unknown field, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _period(text: str) -> str:
    try:
        Period.parse(text)
    except ValueError:
        raise ValueError("write a duration as P14D, P2W, P2M or -P14D") from None
    return text


def _length(text: str) -> str:
    period = Period.parse(_period(text))
    if period.months < 0 or period.days < 0:
        raise ValueError("write a length that is not negative, as P14D")
    return text


def _civil_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("write a date that exists, as 2026-11-23") from None


Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=40)]
Duration = Annotated[str, AfterValidator(_period)]
Length = Annotated[str, AfterValidator(_length)]
Days = Annotated[int, Field(ge=0, le=366)]
Count = Annotated[int, Field(ge=1, le=99)]
MarkName = Literal["verified", "assumed"]
Answer = bool | Id
Answers = dict[Id, Answer | list[Answer]]


class Sourced(Model):
    """Anything that says where it comes from: verified in a public source, or assumed."""

    mark: MarkName = "assumed"
    source: list[Text] = []


class AnchorModel(Model):
    """A named day to count from: exactly one of its fields."""

    visit: Id | None = None
    first_dated: list[Id] | None = None
    last_dose: list[Id] | None = None
    else_performed: list[Id] = []
    last_performed_dose: list[Id] | None = None
    treatment_end: list[Id] | None = None
    cycle_start: Id | None = None
    cycle_end: Id | None = None
    deciding: "DecidingModel | None" = None
    after_outcome: "OutcomeAt | None" = None
    turn: Id | None = None
    regimen_change: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> "AnchorModel":
        named = [
            name for name in type(self).model_fields if name != "else_performed" and getattr(self, name) is not None
        ]
        if len(named) != 1:
            raise ValueError(
                "an anchor says exactly one of: visit, first_dated, last_dose, last_performed_dose, treatment_end, "
                "cycle_start, cycle_end, deciding, after_outcome, turn, regimen_change"
            )
        if self.else_performed and self.last_dose is None:
            raise ValueError("else_performed goes with last_dose")
        return self


class OutcomeAt(Model):
    """Visits at which an outcome is decided."""

    at: list[Id]
    outcome: Id


class DecidingModel(OutcomeAt):
    """The visit that decides: the one decided so, before that `forecast` unless it was decided one of `unless`."""

    forecast: Id
    unless: list[Id] = []


class BoundModel(Model):
    """A day counted from an anchor (an anchor's name, a visit's id, or `enrolment`)."""

    from_: Id = Field(alias="from")
    offset: Duration = "P0D"


class WindowModel(Model):
    """How far before and after the target a visit is inside its window."""

    before: Length
    after: Length


class TimingModel(Model):
    """When a visit is due.

    `from` + `offset` gives the target; `window` the days around it (`none`: no window is stated); `preferred` a
    narrower window inside it. `any_day` instead of `offset` and `window`: any day between two bounds, no target. Rows
    of a course count from `next_cycle`, `dose` (bloods) or `cycle_day` (regimen days) instead of an anchor.
    """

    from_: Id = Field(alias="from")
    offset: Duration | None = None
    window: WindowModel | Literal["none"] | None = None
    preferred: WindowModel | None = None
    any_day: "AnyDayModel | None" = None
    roll: Literal["none", "forward", "backward", "nearest"] | None = None
    not_before: list[BoundModel] = []
    waits: bool = False
    cycle: Count | None = None

    @model_validator(mode="after")
    def _whole(self) -> "TimingModel":
        if self.from_ == "cycle_day":
            if self.offset or self.window or self.preferred or self.any_day:
                raise ValueError("a row counted from cycle_day takes offset and window from its regimen")
            return self
        if (self.any_day is None) == (self.window is None):
            raise ValueError("a timing has a window (before and after, or none) or any_day, one of them")
        if self.any_day is not None and (self.offset or self.preferred):
            raise ValueError("any_day has no target, so neither offset nor preferred")
        return self


class AnyDayModel(Model):
    """Any day from `first` to `last`; each is a distance from the timing's anchor, or has an anchor of its own."""

    first: Duration | BoundModel
    last: Duration | BoundModel


class StretchModel(Model):
    """Part of a series: every so long, so many times or for so long."""

    every: Length
    count: Annotated[int, Field(ge=1, le=600)] | None = None
    for_: Length | None = Field(default=None, alias="for")


class RepeatModel(Model):
    """How a visit repeats.

    A series from its anchor (`start`: the first step begins so long after it; `until`: `died`, a visit or a turn),
    every n-th cycle of a course, once for each outcome, once for `each` occurrence of the repeated visit that the
    timing counts from, or `on_demand`: whenever somebody gives it a day.
    """

    at: list[Duration] | None = None
    series: list[StretchModel] | None = None
    start: Length = "P0D"
    number: Literal["days", "weeks", "months", "count"] = "count"
    beyond: Length | None = None
    until: Id | None = None
    cycles: Id | None = None
    every: Count = 1
    first: Count = 1
    each_outcome: Literal[True] | None = None
    each: Literal[True] | None = None
    on_demand: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> "RepeatModel":
        kinds = ("at", "series", "cycles", "each_outcome", "each", "on_demand")
        if sum(getattr(self, name) is not None for name in kinds) != 1:
            raise ValueError(f"a repeat says exactly one of: {', '.join(kinds)}")
        if self.series is None and "start" in self.model_fields_set:
            raise ValueError("start goes with series")
        return self


class SelectionModel(Model):
    """A set of visits."""

    epochs: list[Id] = []
    visits: list[Id] = []
    keep: list[Id] = []


class CoursePlanModel(Model):
    """A course planned anew by an outcome: number of cycles by cycle length, and the regimen it follows."""

    course: Id
    count: dict[Length, Count]
    regimen: Literal["initial", "current", "changed"] = "changed"


class EffectModel(Model):
    """What a decision, a turn or a performed visit does to the path."""

    turn: Id | None = None
    end: list[Id] = []
    give_up: list[Id] = []
    extend: list[Id] = []
    skip: list[Id] = []
    cancel: SelectionModel = SelectionModel()
    cancel_later: list[Id] = []
    plan: list[CoursePlanModel] = []


class OutcomeModel(EffectModel):
    """One possible outcome of a decision."""

    label: Text


class DecisionModel(Model):
    """What may be decided at a visit."""

    forecast: Id
    outcomes: dict[Id, OutcomeModel]
    from_number: Count | None = None


class EarlyEndModel(Model):
    """What becomes of a visit when a course ends before its time."""

    course: Id
    when: Literal["not_reached", "stopped", "no_dose"]
    after: BoundModel | None = None
    then: Literal["cancel"] | BoundModel


class ActivityModel(Sourced):
    """Something done at a visit."""

    text: Text
    plain: str = ""
    when: Answers = {}


class ActivityRow(Sourced):
    """A row of the schedule that is done at visits and is no entry of its own."""

    name: Text
    at: list[Id]
    procedures: list[Text | ActivityModel] = []
    marks: "MarksModel"
    note: str = ""
    when: Answers = {}


class MarksModel(Model):
    """Which of event, offset and window were read in a public source."""

    event: MarkName
    offset: MarkName
    window: MarkName


class PartModel(Model):
    """One day of a visit that takes several."""

    day: Count
    name: str = ""


class VisitModel(Model):
    """One row of the schedule of activities."""

    name: Text | dict[Id, Text]
    plain: str | dict[Id, Text] = ""
    epoch: Id
    contact: Literal["clinic", "phone", "hospital", "home", "site"] = "clinic"
    timing: TimingModel | None = None
    repeat: RepeatModel | None = None
    days: list[PartModel] = []
    when: Answers = {}
    again_for: Id | None = None
    renew: bool = False
    early_end: list[EarlyEndModel] = []
    on_performed: EffectModel | None = None
    activities: list[Text | ActivityModel] = []
    marks: MarksModel
    source: list[Text] = []
    note: str = ""
    waivers: dict[Id, Text] = {}

    @model_validator(mode="after")
    def _timed(self) -> "VisitModel":
        on_demand = self.repeat is not None and bool(self.repeat.on_demand)
        if on_demand != (self.timing is None):
            raise ValueError("a visit has a timing, and one on demand has none")
        return self


class CyclesModel(Model):
    """How many cycles a course has: exactly one of fill, count and open_ended.

    `until`: and from this day on nothing of them but the first day 1.
    """

    fill: Length | None = None
    count: dict[Length, Count] | None = None
    less: Id | None = None
    at_least: dict[Length, Count] = {}
    open_ended: Count | None = None
    until: BoundModel | None = None

    @model_validator(mode="after")
    def _one(self) -> "CyclesModel":
        if sum(x is not None for x in (self.fill, self.count, self.open_ended)) != 1:
            raise ValueError("cycles says exactly one of: fill, count, open_ended")
        return self


class CourseModel(Sourced):
    """A phase of treatment in cycles."""

    name: Text
    first: Id
    next: Id
    within: Id | None = None
    bloods: Id | None = None
    regimen: Id = "current"
    cycles: CyclesModel
    extend_by: Count = 4
    when: Answers = {}


class ChoiceModel(Sourced):
    """A question whose answer shapes the path."""

    question: Text
    default: bool | Id
    values: list[Id] = []


class WithdrawalModel(Model):
    """Withdrawal from treatment."""

    operation: Id
    before: EffectModel
    stop: list[Id]


class RegimenChangeModel(Model):
    """When the regimen may be changed."""

    allowed: bool = True
    after_turn: Id | None = None
    at_most: Annotated[int, Field(ge=0, le=99)] = 0


class ReturnModel(Model):
    """After a late day 1, the next returns to the first day 1's weekday if that lies at most so many days earlier."""

    default: bool = True
    at_most: Annotated[int, Field(ge=1, le=6)] = 3


class EpochModel(Model):
    """A stretch of the trial."""

    id: Id
    name: Text
    plain: str = ""


class CentreModel(Sourced):
    """A place that takes part."""

    name: Text
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    time_zone: str = ""


class RegistryModel(Model):
    """Where the trial is registered."""

    name: Text
    id: Text
    updated: Annotated[str, AfterValidator(_civil_date)] | None = None


class CohortModel(Sourced):
    """A group of participants with rules of its own."""

    id: Id
    name: Text
    description: str = ""


class Alternative(Model):
    """Another wording of the same criterion in another source."""

    text: Text
    source: list[Text]


class CriterionModel(Sourced):
    """An eligibility criterion; where sources differ, `text` is the default and `alternatives` the others."""

    id: Id
    text: Text
    cohorts: list[Id] = []
    alternatives: list[Alternative] = []
    question: str = ""


class CriteriaModel(Model):
    """Who may take part."""

    inclusion: list[CriterionModel]
    exclusion: list[CriterionModel]


class EndpointModel(Sourced):
    """An outcome measure."""

    id: Id
    text: Text
    time_frame: str = ""


class EndpointsModel(Model):
    """Outcome measures."""

    primary: list[EndpointModel]
    secondary: list[EndpointModel] = []


class SpecimenModel(Sourced):
    """Something taken and kept; amounts in milligrams."""

    id: Id
    name: Text
    visit: Id
    amount_mg: Annotated[float, Field(gt=0)] | Annotated[int, Field(gt=0)] | None = None
    each_sample: bool = False
    note: str = ""


class QuestionnaireModel(Sourced):
    """A questionnaire, by name only."""

    id: Id
    name: Text
    version: str = ""
    visits: list[Id]
    when: Answers = {}
    licence_note: str = ""


class EventModel(Sourced):
    """Something that may happen: a fact, not an entry."""

    name: Text
    records: list[Text] = []
    marks: MarksModel


class QuestionModel(Model):
    """Something the public sources leave open, to be put to the sponsor."""

    id: Id
    question: Text
    options: list[Text] = []
    default: str = ""


class CycleRangeModel(Model):
    """Some cycles of a course: from `first` to `last`, every `every`-th."""

    first: Count = 1
    last: Count | None = None
    every: Count = 1


class RegimenDayModel(Sourced):
    """One day of a cycle; `cycles`: only of these cycles.

    `infusion` and `treatment` (radiotherapy, an injection) are doses and visits, `visit` is a visit without a dose; the
    oral kinds and `clinic_check` are no visits but for day 1.
    """

    day: Annotated[int, Field(ge=1, le=366)]
    kind: Literal[
        "infusion", "pump_disconnect", "oral_start", "oral_start_bid", "oral_stop", "clinic_check", "treatment", "visit"
    ]
    cycles: CycleRangeModel | None = None
    what: Text
    plain: str = ""
    when_held: Literal["omit", "delay"] = "delay"
    gap: Days | None = None
    window: "DayWindow" = Field(default_factory=lambda: DayWindow(before=0, after=0))
    pump_hours: Annotated[int, Field(ge=1, le=240)] | None = None
    condition: "ConditionModel | None" = None


class DayWindow(Model):
    """Days before and after."""

    before: Days
    after: Days


class ConditionModel(Model):
    """What must hold before a dose; a reminder with its source, shown only when verified and complete."""

    text: Text
    mark: MarkName
    complete: bool
    source: list[Text] = []


class RegimenModel(Sourced):
    """A treatment in cycles."""

    name: Text
    cycle_days: Annotated[int, Field(ge=1, le=366)]
    days: Annotated[list[RegimenDayModel], Field(min_length=1)]
    note: str = ""


class RegimenFile(Model):
    """A file of regimens that protocols share."""

    studyday: Literal[1]
    regimens: dict[Id, RegimenModel]
    sources: dict[Text, Text] = {}


class ProtocolFile(Model):
    """A protocol file."""

    studyday: Literal[1]
    id: Id
    version: Text
    title: Text
    short_title: Text
    sponsor: str = ""
    description: str = ""
    registries: list[RegistryModel] = []
    target_enrolment: Annotated[int, Field(ge=1)] | None = None
    sources: dict[Text, Text] = {}
    centres: list[CentreModel] = []
    cohorts: list[CohortModel] = []
    criteria: CriteriaModel | None = None
    endpoints: EndpointsModel | None = None
    specimens: list[SpecimenModel] = []
    questionnaires: list[QuestionnaireModel] = []
    open_questions: list[QuestionModel] = []
    day_one: Literal[0, 1] = 1
    epochs: Annotated[list[EpochModel], Field(min_length=1)]
    choices: dict[Id, ChoiceModel] = {}
    enrolment_visit: Id
    recorded_only: Answers = {}
    regimen_files: list[Text] = []
    regimens: dict[Id, RegimenModel] = {}
    offered: list[Id] = []
    regimen_change: RegimenChangeModel = RegimenChangeModel()
    return_to_weekday: ReturnModel = ReturnModel()
    anchors: dict[Id, AnchorModel] = {}
    courses: dict[Id, CourseModel] = {}
    visits: dict[Id, VisitModel]
    activities: dict[Id, ActivityRow] = {}
    events: dict[Id, EventModel] = {}
    decisions: dict[Id, DecisionModel] = {}
    turns: dict[Id, EffectModel] = {}
    withdrawal: WithdrawalModel | None = None
    waivers: dict[Id, Text] = {}


for _model in (AnchorModel, TimingModel, AnyDayModel, RegimenDayModel, ActivityRow, VisitModel, ProtocolFile):
    _model.model_rebuild()
