"""The protocol language: what a protocol file may say, as strict models.

The same document, dumped as plain data, is what `build` turns into the domain's `ProtocolVersion`.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.protocols.schema.about import (
    CentreModel,
    CohortModel,
    CriteriaModel,
    EndpointsModel,
    EventModel,
    QuestionModel,
    QuestionnaireModel,
    RegistryModel,
    SpecimenModel,
)
from app.protocols.schema.base import Answers, Count, Duration, Id, Length, MarksModel, Model, Sourced, Text
from app.protocols.schema.regimens import RegimenModel


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


for _model in (AnchorModel, TimingModel, AnyDayModel, ActivityRow, VisitModel, ProtocolFile):
    _model.model_rebuild()
