"""Models of anchors: the days that timings count from."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.protocols.schema.base import Duration, Id, Model


class OutcomeAtModel(Model):
    """Visits at which an outcome is decided."""

    at: list[Id]
    outcome: Id


class DecidingModel(OutcomeAtModel):
    """The visit that decides: the one decided so, before that `forecast` unless it was decided one of `unless`."""

    forecast: Id
    unless: list[Id] = []


class ElseWhenModel(Model):
    """After this turn `else_performed` counts, once the last of the `stopped` courses on the path was stopped.

    `without`: only as long as the path does not have this course.
    """

    turn: Id
    stopped: Annotated[list[Id], Field(min_length=1)]
    without: Id | None = None


class AnchorModel(Model):
    """A named day to count from: exactly one of its fields."""

    visit: Id | None = None
    first_dated: list[Id] | None = None
    last_dose: list[Id] | None = None
    else_performed: list[Id] = []
    else_when: list[ElseWhenModel] = []
    last_performed_dose: list[Id] | None = None
    treatment_end: list[Id] | None = None
    cycle_start: Id | None = None
    cycle_end: Id | None = None
    deciding: DecidingModel | None = None
    after_outcome: OutcomeAtModel | None = None
    turn: Id | None = None
    regimen_change: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> "AnchorModel":
        kinds = [name for name in type(self).model_fields if name not in ("else_performed", "else_when")]
        if sum(getattr(self, name) is not None for name in kinds) != 1:
            raise ValueError(f"an anchor says exactly one of: {', '.join(kinds)}")
        if self.else_performed and self.last_dose is None:
            raise ValueError("else_performed goes with last_dose")
        if self.else_when and not self.else_performed:
            raise ValueError("else_when goes with else_performed")
        return self


class BoundModel(Model):
    """A day counted from an anchor (an anchor's name, a visit's id, `enrolment` or `consent`)."""

    from_: Id = Field(alias="from")
    offset: Duration = "P0D"
