"""The protocol language: a protocol file as one strict model, with its visits and courses.

Anchors, timings, decisions, regimens and the descriptive parts have modules of their own next to this one.
`app.protocols.builder` turns a checked `ProtocolFile` into the domain's `ProtocolVersion`.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.domain.protocol.version import Sort
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
from app.protocols.schema.anchors import AnchorModel, BoundModel
from app.protocols.schema.base import Answers, Cited, Conditional, Count, Id, Length, MarksModel, Model, Sourced, Text
from app.protocols.schema.decisions import (
    ChoiceModel,
    DecisionModel,
    EarlyEndModel,
    EffectModel,
    ProcedureModel,
    RegimenChangeModel,
    WithdrawalModel,
)
from app.protocols.schema.deviations import DeviationsModel
from app.protocols.schema.forms import FormModel, SectionModel
from app.protocols.schema.regimens import RegimenModel
from app.protocols.schema.timing import RepeatModel, TimingModel


class ActivityModel(Sourced, Conditional):
    """Something done at a visit."""

    text: Text
    plain: str = ""
    left_out_after: list[Id] = []


class ActivityRowModel(Sourced, Conditional):
    """A row of the schedule that is done at visits and is no visit itself."""

    name: Text
    at: list[Id]
    left_out_after: list[Id] = []
    procedures: list[Text | ActivityModel] = []
    marks: MarksModel
    note: str = ""


class PartModel(Model):
    """One day of a visit that takes several days."""

    day: Count
    name: str = ""


class VisitModel(Cited, Conditional):
    """One row of the schedule of activities."""

    name: Text | dict[Id, Text]
    plain: str | dict[Id, Text] = ""
    epoch: Id
    sort: Sort | None = None
    routine: bool = False
    contact: Literal["clinic", "phone", "hospital", "home", "site"] = "clinic"
    place: str = ""
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    bring: str = ""
    timing: TimingModel | None = None
    repeat: RepeatModel | None = None
    days: list[PartModel] = []
    after_turn: Id | None = None
    cycle_days: Count | None = None
    again_for: Id | None = None
    left_out_after: list[Id] = []
    complication_review: bool = False
    renew: bool = False
    early_end: list[EarlyEndModel] = []
    on_performed: EffectModel | None = None
    activities: list[Text | ActivityModel] = []
    marks: MarksModel
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

    `until`: from this day on no cycle is given, except the first.
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


class CourseModel(Sourced, Conditional):
    """A phase of treatment in cycles."""

    name: Text
    first: Id
    next: Id
    within: Id | None = None
    bloods: Id | None = None
    regimen: Id = "current"
    cycles: CyclesModel
    extend_by: Count = 4

    @property
    def rows(self) -> dict[str, str]:
        """Return the visits that are rows of the course, by their role."""
        rows = {"first": self.first, "next": self.next, "within": self.within, "bloods": self.bloods}
        return {role: visit for role, visit in rows.items() if visit is not None}


class ReturnModel(Model):
    """After a late day 1, the next returns to the first day 1's weekday if that is at most `at_most` days earlier.

    It is off unless the file or the site turns it on: no published protocol of the shipped trials asks for it.
    """

    default: bool = False
    at_most: Annotated[int, Field(ge=1, le=6)] = 3


class DelaysModel(Sourced):
    """The delays of a dose after its target beyond which a person is told."""

    ask: Length | None = None
    off_protocol: Length | None = None


class SafetyModel(Sourced):
    """How soon a serious adverse event is to be reported."""

    report_hours: Annotated[int, Field(ge=1, le=240)] = 24


class FindingAgeModel(Sourced):
    """How old a finding may be at a visit; of several, the youngest counts."""

    of: Annotated[list[Id], Field(min_length=1)]
    at: Id
    at_most: Length


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
    procedures: dict[Id, ProcedureModel] = {}
    enrolment_visit: Id
    consent_visit: Id | None = None
    recorded_only: Answers = {}
    regimen_files: list[Text] = []
    regimens: dict[Id, RegimenModel] = {}
    offered: list[Id] = []
    regimen_change: RegimenChangeModel = RegimenChangeModel()
    return_to_weekday: ReturnModel = ReturnModel()
    open_pump_day: bool = False
    delays: DelaysModel = DelaysModel()
    safety: SafetyModel = SafetyModel()
    ages: dict[Id, FindingAgeModel] = {}
    anchors: dict[Id, AnchorModel] = {}
    courses: dict[Id, CourseModel] = {}
    visits: dict[Id, VisitModel]
    activities: dict[Id, ActivityRowModel] = {}
    events: dict[Id, EventModel] = {}
    form_files: list[Text] = []
    sections: dict[Id, SectionModel] = {}
    forms: dict[Id, FormModel] = {}
    decisions: dict[Id, DecisionModel] = {}
    turns: dict[Id, EffectModel] = {}
    withdrawal: WithdrawalModel | None = None
    deviations: DeviationsModel = DeviationsModel()
    waivers: dict[Id, Text] = {}
