"""Models of chemotherapy regimens, in a protocol file or in a file that protocols share."""

from typing import Annotated, Literal

from pydantic import Field

from app.protocols.schema.base import Cited, Count, Days, Id, MarkName, Model, Sourced, Text


class CycleRangeModel(Model):
    """Some cycles of a course: from `first` to `last`, every `every`-th."""

    first: Count = 1
    last: Count | None = None
    every: Count = 1


class DayWindowModel(Model):
    """How many days before and after the planned day a dose is inside its window."""

    before: Days
    after: Days


class ConditionModel(Cited):
    """A condition for giving a dose; a reminder with its source, shown only when verified and complete."""

    text: Text
    mark: MarkName
    complete: bool


class DrugModel(Model):
    """A drug of the day; its dose as the protocol says it, which the sheet prints and nobody computes with."""

    name: Text
    dose: str = ""
    pump: bool = False


class RegimenDayModel(Sourced):
    """One day of a cycle; `cycles`: only of these cycles.

    `infusion` and `treatment` (radiotherapy, an injection) are doses and visits, `visit` is a visit without a dose; the
    oral kinds and `clinic_check` are visits on day 1 only.
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
    window: DayWindowModel = DayWindowModel(before=0, after=0)
    pump_hours: Annotated[int, Field(ge=1, le=240)] | None = None
    condition: ConditionModel | None = None
    doses: list[DrugModel] = []


class RegimenModel(Sourced):
    """A treatment given in cycles."""

    name: Text
    cycle_days: Annotated[int, Field(ge=1, le=366)]
    days: Annotated[list[RegimenDayModel], Field(min_length=1)]
    note: str = ""


class RegimenFile(Model):
    """A file of regimens that protocols share."""

    studyday: Literal[1]
    regimens: dict[Id, RegimenModel]
    sources: dict[Text, Text] = {}
