"""Models of forms: what is written down at a visit, by type, in a protocol file or in files that protocols share."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from app.domain.protocol.forms import Asked, Layout, Width
from app.protocols.schema.base import Cited, Conditional, Count, Id, Model, Sourced, Text

Label = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Unit = Annotated[str, StringConstraints(max_length=40, strip_whitespace=True)]
Legend = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
Occurrence = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*(#[0-9]+(\.[0-9]+)?)?$", max_length=60)]
Number = Annotated[float, Field(allow_inf_nan=False)] | int


MOST_COLUMNS = 12
"""The most values that a line of a table has."""


class LimitsModel(Sourced):
    """The limits of plausibility of a number: at least one of low and high."""

    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _some(self) -> "LimitsModel":
        if self.low is None and self.high is None:
            raise ValueError("limits say at least one of: low, high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("the low limit is above the high one")
        return self


class OwnLimitModel(Model):
    """A limit that is written down next to its number."""

    label: Label
    unit: Unit = ""


class DayBoundModel(Model):
    """A bound of a date: the day of a visit, or some days later."""

    visit: Id
    days: Annotated[int, Field(ge=-3660, le=3660)] = 0


class HoursAfterModel(Model):
    """A time that is counted from another value of the form."""

    value: Id
    hours: Annotated[int, Field(ge=1, le=240)]


class OptionModel(Model):
    """An answer that asks for more."""

    answer: Label
    asks: Literal["date", "text", "number"] | None = None
    label: Words = ""
    unit: Unit = ""


class ValueModel(Sourced, Conditional):
    """What the values of all types have."""

    key: Id
    label: Words = ""
    activity: Text | list[Text] = []
    reason: bool = True
    share: Annotated[int, Field(ge=0, le=24)] = 0
    line: Literal[1, 2] = 1
    since: str = ""


class NumberValueModel(ValueModel):
    """A number with its unit."""

    type: Literal["number"]
    unit: Unit = ""
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    limits: LimitsModel | None = None
    asks: list[Asked] = []
    own_limit: OwnLimitModel | None = None


class PairValueModel(ValueModel):
    """Two numbers with a sign between them."""

    type: Literal["pair"]
    sign: Annotated[str, StringConstraints(min_length=1, max_length=3)] = "/"
    unit: Unit = ""


class ChoiceValueModel(ValueModel):
    """A choice of one answer, or of several."""

    type: Literal["choice"]
    options: Annotated[list[Label | OptionModel], Field(min_length=1, max_length=60)]
    several: bool = False


class BoxValueModel(ValueModel):
    """One box to tick, of its own or in the cell of another value."""

    type: Literal["box"]
    beside: Id | None = None


class DateValueModel(ValueModel):
    """A day."""

    type: Literal["date"]
    earliest: DayBoundModel | None = None
    latest: DayBoundModel | None = None
    prefilled: Id | None = None


class TimeValueModel(ValueModel):
    """A time of the 24-hour clock, with its day if `dated`."""

    type: Literal["time"]
    dated: bool = False
    after: HoursAfterModel | None = None


class TextValueModel(ValueModel):
    """Words."""

    type: Literal["text"]
    width: Width = "third"
    lines: Annotated[int, Field(ge=1, le=20)] = 1


class PersonValueModel(ValueModel):
    """A person."""

    type: Literal["person"]
    initials: bool = False


class ReferenceValueModel(ValueModel):
    """The number of a line elsewhere: of a log, or of a table of the same form."""

    type: Literal["reference"]
    to: Id


_Cell = (
    NumberValueModel
    | PairValueModel
    | ChoiceValueModel
    | BoxValueModel
    | DateValueModel
    | TimeValueModel
    | TextValueModel
    | PersonValueModel
    | ReferenceValueModel
)  # fmt: skip
CellModel = Annotated[_Cell, Field(discriminator="type")]


class RowsValueModel(ValueModel):
    """A table with fixed rows, empty rows, or a row for each line of a list that the protocol has."""

    type: Literal["rows"]
    labels: list[Label] = []
    blank: Count | None = None
    each: Literal["drugs", "criteria", "specimens", "questionnaires"] | None = None
    columns: Annotated[list[CellModel], Field(min_length=1)]
    abreast: Annotated[int, Field(ge=1, le=3)] = 1
    head: Words = ""

    @model_validator(mode="after")
    def _one(self) -> "RowsValueModel":
        if sum((bool(self.labels), self.blank is not None, self.each is not None)) != 1:
            raise ValueError("rows says exactly one of: labels, blank, each")
        if len(self.columns) * self.abreast > MOST_COLUMNS:
            raise ValueError(f"a line has room for {MOST_COLUMNS} columns, those of all rows on it counted")
        return self


AnyValueModel = Annotated[_Cell | RowsValueModel, Field(discriminator="type")]


class SectionModel(Conditional):
    """A titled part of a form."""

    title: Words = ""
    layout: Layout = "table"
    asks: list[Asked] = []
    values: Annotated[list[AnyValueModel], Field(min_length=1)]
    legend: Legend = ""


class FormModel(Cited, Conditional):
    """What is written down at some visits: at those of `at`, or on one page at those of `day_columns`."""

    name: Text
    version: Text = "1"
    at: list[Id] = []
    day_columns: dict[Occurrence, Label] = {}
    sections: Annotated[list[Id | SectionModel], Field(min_length=1)]

    @model_validator(mode="after")
    def _somewhere(self) -> "FormModel":
        if bool(self.at) == bool(self.day_columns):
            raise ValueError("a form says exactly one of: at, day_columns")
        return self


class FormFile(Model):
    """A file of forms, or of sections that forms share."""

    studyday: Literal[1]
    sections: dict[Id, SectionModel] = {}
    forms: dict[Id, FormModel] = {}
    sources: dict[Text, Text] = {}
