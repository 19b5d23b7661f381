"""What the protocol language allows at a place of a file, and how a value that does not fit there is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from app.protocols.findings import PartPath
from app.protocols.schema.base import Duration, Id, Length
from app.protocols.schema.examples import EXAMPLES, FIELD_EXAMPLES
from app.protocols.schema.timing import RepeatModel

_DAYS = re.compile(r"P(\d+)(D|W)", re.ASCII)
_PLUS_MINUS = re.compile(r"(?:±|\+-|\+/-|\+)?\s*(\d{1,3})\s*(?:d|days?)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a file: its name, the types that it may hold, and the models of the part that it is in."""

    name: str
    types: tuple[Any, ...]
    within: tuple[type[BaseModel], ...]

    @property
    def required(self) -> bool:
        """Whether the part cannot do without it."""
        infos = [(name, info) for model in self.within for name, info in model.model_fields.items()]
        return any(info.is_required() for name, info in infos if self.name == (info.alias or name))

    @property
    def example(self) -> str:
        """An example of what may be written here; empty where there is none."""
        known = next((EXAMPLES[one] for one in self.types if one in EXAMPLES), "")
        if known:
            return known
        parts = [get_args(_bare(one)) for one in self.types if get_origin(_bare(one)) in (list, dict)]
        for part in parts:
            inner = next((EXAMPLES[one] for one in _leaves(list(part)) if one in EXAMPLES), "")
            if inner:
                return f"[{inner}]" if len(part) == 1 else f"{{V1: {inner}}}"
        return FIELD_EXAMPLES.get(self.name, "")

    @classmethod
    def at(cls, model: type[BaseModel], path: PartPath, key: bool = False) -> "Place":
        """Return the place at the end of that path; `key`: the name there is meant, not its value."""
        outer = [model] if not path else _types_at(model, path[:-1])
        within = tuple(one for one in outer if isinstance(one, type) and issubclass(one, BaseModel))
        types = [one for outer_type in outer for one in _members(outer_type, path[-1])] if path else [model]
        if key:
            types = [get_args(_bare(one))[0] for one in outer if get_origin(_bare(one)) is dict]
        return cls(str(path[-1]) if path else "", tuple(_leaves(types)), within)

    def remedy(self, value: Any) -> str:
        """Return how the value is written here; empty where that cannot be told."""
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if Length in self.types or Duration in self.types:
            return self._duration(value)
        if number and Id in self.types:
            return "Write an id: begin with a letter; then letters, digits, `-` and `_`"
        if self.name == "every" and RepeatModel in self.within and isinstance(value, str):
            every = value if _DAYS.fullmatch(value) else "P8W"
            return f"Visits at a distance are a series: write `series: [{{every: {every}, count: 4}}]` instead"
        days = _DAYS.fullmatch(value) if isinstance(value, str) else None
        if days and int in map(_bare, self.types):
            in_days = self.name in ("cycle_days", "day", "gap", "before", "after")
            number_of_days = int(days[1]) * (7 if days[2] == "W" else 1)
            return f"Write a number without unit, as {number_of_days if in_days else 4}"
        return self._form(value)

    def _duration(self, value: Any) -> str:
        whole = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
        if whole and Duration in self.types and value < 0:
            return f"Write a number of days as -P{-int(value)}D"
        if whole:
            return f"Write a number of days as P{abs(int(value))}D"
        return "" if isinstance(value, bool) or value is None else "Write a duration, as P14D"

    def _form(self, value: Any) -> str:
        """The form of a part, where something else than a mapping was written for it."""
        if isinstance(value, dict) or value is None:
            return ""
        forms = [EXAMPLES[one] for one in self.types if one in EXAMPLES]
        around = _PLUS_MINUS.fullmatch(str(value).strip()) or _DAYS.fullmatch(str(value))
        if around and self.name in ("window", "preferred") and forms and "P" in forms[0]:
            length = value if str(value).startswith("P") else f"P{around[1]}D"
            return f"Write it as {{before: {length}, after: {length}}}"
        return f"Write it as {' or '.join(forms)}" if forms else ""


def owner_of(model: type[BaseModel], path: PartPath, name: str) -> str:
    """Return the example of a part in which that field belongs, where it was written around that part; else nothing.

    ``repeat: {count: 4}`` has a `count` that belongs in the steps of a `series`.
    """
    for outer in _types_at(model, path):
        if not (isinstance(outer, type) and issubclass(outer, BaseModel)):
            continue
        for field, info in outer.model_fields.items():
            inner = [get_args(one)[0] if get_origin(one) is list else one for one in _leaves([info.annotation])]
            for part in inner:
                known = isinstance(part, type) and issubclass(part, BaseModel) and name in fields_at(part, ())
                if known and part in EXAMPLES:
                    example = (
                        EXAMPLES[part] if get_origin(_first(info.annotation)) is not list else f"[{EXAMPLES[part]}]"
                    )
                    return f"{info.alias or field}: {example}"
    return ""


def _first(annotation: Any) -> Any:
    """Return the first type of a union."""
    return next(_leaves([annotation]))


def fields_at(model: type[BaseModel], path: PartPath) -> set[str]:
    """Return the fields that a mapping at that place may have."""
    found: set[str] = set()
    for one in _types_at(model, path):
        if isinstance(one, type) and issubclass(one, BaseModel):
            found |= {info.alias or name for name, info in one.model_fields.items()}
    return found


def _types_at(model: type[BaseModel], path: PartPath) -> list[Any]:
    types: list[Any] = [model]
    for step in path:
        types = [_bare(leaf) for outer in types for inner in _members(outer, step) for leaf in _leaves([inner])]
    return types


def _members(outer: Any, step: str | int) -> Iterator[Any]:
    """Yield what a part of that type holds at that name or index, with what is said of it."""
    outer = _bare(outer)
    if isinstance(outer, type) and issubclass(outer, BaseModel):
        for name, info in outer.model_fields.items():
            if step == (info.alias or name):
                yield Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    elif get_origin(outer) is list and isinstance(step, int):
        yield get_args(outer)[0]
    elif get_origin(outer) is dict:
        yield get_args(outer)[1]


def _leaves(types: list[Any]) -> Iterator[Any]:
    """Yield the types of unions one by one; each keeps what is said of it."""
    for one in types:
        bare = _bare(one)
        if get_origin(bare) in (Union, UnionType):
            yield from _leaves(list(get_args(bare)))
        else:
            yield one


def _bare(one: Any) -> Any:
    """Return a type without what is said of it."""
    return _bare(get_args(one)[0]) if get_origin(one) is Annotated else one
