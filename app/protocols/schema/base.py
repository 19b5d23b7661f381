"""What every part of the protocol language is made of."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.domain.dates import Period


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


def civil_date(text: str) -> str:
    """A day written as 2026-11-23.

    Raises:
        ValueError: it is no such day.
    """
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


class MarksModel(Model):
    """Which of event, offset and window were read in a public source."""

    event: MarkName
    offset: MarkName
    window: MarkName
