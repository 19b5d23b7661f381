"""The page of the protocol language, made from its models: every word with its meaning, type, default and example."""

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.protocols.schema.base import Duration, Id, Length
from app.protocols.schema.examples import EXAMPLES
from app.protocols.schema.meanings import MEANINGS, meaning_of

_SIMPLE = {str: "text", int: "whole number", float: "number", bool: "true or false"}
_TEXTS = ((Id, "id"), (Duration, "duration, as P14D, P2W, P2M or -P14D"), (Length, "length, as P14D, P2W or P2M"))


def language_page() -> str:
    """Return the page as Markdown text; the same program always gives the same page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield from (
        "# The language of protocol files",
        "",
        "A protocol file is YAML 1.2 text. Each section below is one part of it; in the tables, a word without a",
        "default is needed. `studyday check FILE` tests a file, and `--calendar` shows an invented participant.",
    )
    for model in MEANINGS:
        yield from ("", f"## {title_of(model)}", "", _first_line(model), "")
        if model in EXAMPLES:
            yield from ("```yaml", f"{title_of(model).lower().replace(' ', '_')}: {EXAMPLES[model]}", "```", "")
        yield from ("| word | type | default | meaning |", "|---|---|---|---|")
        for name, info in model.model_fields.items():
            word = info.alias or name
            cells = (f"`{word}`", _type(info.annotation, info.metadata), _default(info), meaning_of(model, word))
            yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def title_of(model: type[BaseModel]) -> str:
    """Return the name of a part: ``Regimen day`` of ``RegimenDayModel``."""
    words = "".join(f" {sign}" if sign.isupper() else sign for sign in model.__name__.removesuffix("Model")).split()
    return " ".join(words).capitalize()


def _first_line(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").split("\n\n")[0].split())


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return ""
    value = info.default
    if value is None or value in ("", [], {}) or isinstance(value, BaseModel):
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _type(one: Any, metadata: Any = ()) -> str:
    said = next((words for known, words in _TEXTS if (one, *metadata) == (str, *get_args(known)[1:])), "")
    if said:
        return said
    origin, arguments = get_origin(one), get_args(one)
    if origin is Annotated:
        return _type(arguments[0], arguments[1:])
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_type(each) for each in arguments if each is not type(None)))
    if origin is Literal:
        return " or ".join(f"`{str(each).lower() if isinstance(each, bool) else each}`" for each in arguments)
    if origin is list:
        return f"list of {_type(arguments[0])}"
    if origin is dict:
        return f"mapping of {_type(arguments[0])} to {_type(arguments[1])}"
    if isinstance(one, type) and issubclass(one, BaseModel):
        return f"[{title_of(one)}](#{title_of(one).lower().replace(' ', '-')})"
    return _SIMPLE.get(one, "text")
