"""The building blocks of the protocol language: a strict base model, text and number types, common fields."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.domain.dates import Period
from app.protocols.findings import PartPath
from app.protocols.schema.near_values import duration_remedy, near_duration


class Model(BaseModel):
    """Strict: no unknown field, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _period(text: str) -> str:
    try:
        Period.parse(text)
    except ValueError:
        raise ValueError(duration_remedy(text)) from None
    return text


def _length(text: str) -> str:
    try:
        period = Period.parse(text)
    except ValueError:
        raise ValueError(duration_remedy(text, negative=False)) from None
    if period.months < 0 or period.days < 0:
        raise ValueError(f"a length is not negative. Write `{near_duration(text, negative=False)}`")
    return text


def civil_date(text: str) -> str:
    """Return a day written as 2026-11-23 unchanged.

    Raises:
        ValueError: the text is not such a day, or the day does not exist.
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


class Cited(Model):
    """A part that names its sources."""

    source: list[Text] = []


class Sourced(Cited):
    """A part that says whether it was verified in a public source or is assumed."""

    mark: MarkName = "assumed"


class Conditional(Model):
    """A part that applies only to participants with these answers to the protocol's choices."""

    when: Answers = {}


class MarksModel(Model):
    """Which of event, offset and window were read in a public source."""

    event: MarkName
    offset: MarkName
    window: MarkName


def parts_of(part: Model, path: PartPath = ()) -> Iterator[tuple[PartPath, Model]]:
    """Yield the part itself and every part inside it, each with its path in the document."""
    yield path, part
    for name, info in type(part).model_fields.items():
        yield from _parts_inside(getattr(part, name), (*path, info.alias or name))


def _parts_inside(value: Any, path: PartPath) -> Iterator[tuple[PartPath, Model]]:
    if isinstance(value, Model):
        yield from parts_of(value, path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _parts_inside(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _parts_inside(inner, (*path, index))
