"""Models of choices and decisions, and of what each outcome does to the rest of the path."""

from typing import Annotated, Literal

from pydantic import Field

from app.protocols.schema.anchors import BoundModel
from app.protocols.schema.base import Answer, Count, Id, Length, Model, Sourced, Text
from app.protocols.schema.timing import WindowModel

TimingName = Literal["synchronous", "metachronous"]
PancreasName = Literal["pancreatoduodenectomy", "distal_pancreatectomy", "total_pancreatectomy", "other", "none"]
LiverName = Literal["resection", "ablation", "resection_and_ablation", "other", "none"]


class SelectionModel(Model):
    """A set of visits."""

    epochs: list[Id] = []
    visits: list[Id] = []
    keep: list[Id] = []


class CoursePlanModel(Model):
    """A new plan for a course after an outcome: the number of cycles by cycle length, and the regimen it follows."""

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
    """One possible outcome of a decision; `not_after`: it is refused once this turn was taken."""

    label: Text
    not_after: Id | None = None


class DecisionModel(Model):
    """What may be decided at a visit."""

    forecast: Id
    outcomes: dict[Id, OutcomeModel]
    from_number: Count | None = None


class NewDayModel(BoundModel):
    """The day from which a visit counts instead, perhaps with another window."""

    window: WindowModel | None = None


class EarlyEndModel(Model):
    """What becomes of a visit when a course ends before its time."""

    course: Id
    when: Literal["not_reached", "not_begun", "stopped", "no_dose"]
    after: BoundModel | None = None
    after_turn: Id | None = None
    unless_turn: Id | None = None
    extended: bool = False
    then: Literal["cancel"] | NewDayModel


class ChoiceModel(Sourced):
    """A question whose answer shapes the path."""

    question: Text
    default: bool | Id
    values: list[Id] = []
    by_timing: dict[TimingName, Answer] = {}
    by_procedure: dict[Id, Answer] = {}


class ProcedureModel(Sourced):
    """What an operation may have been, by its record: on the pancreas and in the liver; a part left out may be any."""

    name: Text
    pancreas: list[PancreasName] = []
    liver: list[LiverName] = []


class WithdrawalModel(Model):
    """Withdrawal from treatment: it ends every course at its last performed dose.

    `before`: what else it does, until `operation` (where the protocol has one) was performed. `stop` says nothing more
    since every course ends; older files have it. `last_medication`: whether the day of the last medication has to be
    recorded with a withdrawal.
    """

    operation: Id | None = None
    before: EffectModel = EffectModel()
    stop: list[Id] = []
    last_medication: Literal["asked", "required"] = "asked"


class RegimenChangeModel(Model):
    """When the regimen may be changed."""

    allowed: bool = True
    after_turn: Id | None = None
    at_most: Annotated[int, Field(ge=0, le=99)] = 0
