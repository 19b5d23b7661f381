"""Regimens in the protocol language."""

from typing import Annotated, Literal

from pydantic import Field

from app.protocols.schema.base import Count, Days, Id, MarkName, Model, Sourced, Text


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


RegimenDayModel.model_rebuild()
