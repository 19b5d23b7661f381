"""Turns pydantic's errors into findings: plain words, at the place in the document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from app.domain.folding import nearest_identifier
from app.protocols.findings import Finding, PartPath, did_you_mean
from app.protocols.schema.near_values import near_id
from app.protocols.schema.places import Place, fields_at, owner_of
from app.protocols.yaml_tree import YamlTree
from app.wording.language import sentence_case

_AS_WRITTEN = {"True": "true", "False": "false"}
"""The words of Python, as a file writes them."""
_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list (`- item` lines)",
    "dict_type": "a mapping (`name: value` lines)",
    "model_type": "a mapping (`name: value` lines)",
}


def schema_findings(tree: YamlTree, errors: Sequence[Mapping[str, Any]], model: type[BaseModel]) -> Iterator[Finding]:
    """Yield one finding for each place that pydantic objects to, except inside parts that could not be read."""
    places: dict[PartPath, list[Mapping[str, Any]]] = {}
    for error in errors:
        places.setdefault(_path(tree.document, error), []).append(error)
    for path, found in places.items():
        if tree.is_broken(path) or (_all_kinds(found) and _has_deeper(path, places)):
            continue
        if found[0]["type"] == "missing" and _is_misspelt(path, places):
            continue
        yield _finding(tree, path, found, model)


def _is_misspelt(path: PartPath, places: Mapping[PartPath, Sequence[Mapping[str, Any]]]) -> bool:
    """Return whether a field is missing because it has another name, which is reported with the right one."""
    unknown = [
        str(other[-1])
        for other, errors in places.items()
        if other and other[:-1] == path[:-1] and errors[0]["type"] == "extra_forbidden"
    ]
    return any(nearest_identifier(name, [str(path[-1])]) for name in unknown)


def _has_deeper(path: PartPath, places: Iterable[PartPath]) -> bool:
    return any(len(other) > len(path) and other[: len(path)] == path for other in places)


def _all_kinds(errors: Iterable[Mapping[str, Any]]) -> bool:
    return all(error["type"] in _WANTED or error["type"] == "literal_error" for error in errors)


def _path(document: Any, error: Mapping[str, Any]) -> PartPath:
    """Return the error's place in the document; pydantic's own path has names of union branches in it as well."""
    path: PartPath = ()
    at = document
    for step in error["loc"]:
        if _holds(at, step):
            at = at[step]
            path = (*path, step)
    return (*path, error["loc"][-1]) if error["type"] == "missing" else path


def _holds(at: Any, step: str | int) -> bool:
    if isinstance(at, list):
        return isinstance(step, int) and step < len(at)
    return isinstance(at, dict) and step in at


def _finding(tree: YamlTree, path: PartPath, errors: list[Mapping[str, Any]], model: type[BaseModel]) -> Finding:
    error = next((e for e in errors if not _all_kinds([e])), errors[0])
    kind = str(error["type"])
    name = path[-1] if path else ""
    if kind.startswith("union_tag"):
        return _wrong_type(tree, path, error)
    if kind == "missing":
        line, column = tree.place(path[:-1], key=True)
        example = Place.at(model, path).example
        remedy = f"Add it, as `{name}: {example}`" if example else "Add it"
        return Finding(tree.file, line, column, "missing-field", f"`{name}` is missing here", remedy)
    if kind == "extra_forbidden":
        line, column = tree.place(path, key=True)
        owner = owner_of(model, path[:-1], str(name))
        remedy = f"It belongs inside, as `{owner}`" if owner else did_you_mean(str(name), fields_at(model, path[:-1]))
        return Finding(tree.file, line, column, "unknown-field", f"`{name}` is no field here", remedy)
    value = _value(tree.document, path)
    on_key = error["loc"][-1:] == ("[key]",) or value is None
    line, column = tree.place(path, key=on_key)
    if _all_kinds(errors):
        message, remedy = _wrong_kind(tree, path, value, errors, Place.at(model, path, on_key))
        return Finding(tree.file, line, column, "wrong-kind", message, remedy)
    message, remedy = _wrong_value(error, name if on_key else value)
    return Finding(tree.file, line, column, "wrong-value", message, remedy)


def _wrong_type(tree: YamlTree, path: PartPath, error: Mapping[str, Any]) -> Finding:
    """Return that a part does not say of which type it is, or says one that is not known."""
    if error["type"] == "union_tag_not_found":
        line, column = tree.place(path)
        return Finding(tree.file, line, column, "missing-field", "`type` is missing here", "Add it, as `type: number`")
    given, known = error["ctx"]["tag"], [one.strip(" '") for one in error["ctx"]["expected_tags"].split(",")]
    line, column = tree.place((*path, "type"))
    says = f"`{given}` is no type of value"
    return Finding(tree.file, line, column, "wrong-value", says, did_you_mean(str(given), known))


def _wrong_kind(
    tree: YamlTree, path: PartPath, value: Any, errors: Iterable[Mapping[str, Any]], place: Place
) -> tuple[str, str]:
    wanted: list[str] = []
    options: list[str] = []
    for error in errors:
        if error["type"] == "literal_error":
            expected = str(error["ctx"]["expected"]).replace(" or ", ",").split(",")
            options += [_AS_WRITTEN.get(part.strip(" '"), part.strip(" '")) for part in expected]
        elif (said := _WANTED[error["type"]]) not in wanted:
            wanted.append(said)
    wanted += [f"`{option}`" for option in options]
    written = tree.written.get(path, "")
    if options and str(value) in options:
        return f"`{value}` is in quotes here", f"Write {value} without quotes"
    if options == ["true"] and str(value).lower() in ("yes", "on", "y", "1"):
        return f"`{value}` is not known here", "Write true"
    near = isinstance(value, str) and get_close_matches(value, options, n=1)
    if near or (options and isinstance(value, str) and "`" in wanted[0]):
        remedy = "" if near else place.remedy(value)
        return f"`{value}` is not known here", remedy or did_you_mean(str(value), options)
    said = f"{_shown(value)} is written here, where {' or '.join(wanted)} is wanted"
    if remedy := place.remedy(value):
        return said, remedy
    if "text" in wanted and isinstance(value, int | float):
        return said, f'Put it in quotes: "{tree.written.get(path, value)}"'
    if "true or false" in wanted and str(value).lower() in ("yes", "no", "on", "off"):
        return said, f"Write {'true' if str(value).lower() in ('yes', 'on') else 'false'}"
    if value is None:
        return said, "Fill it in" if place.required else "Fill it in or leave the field out"
    if wanted == [_WANTED["list_type"]] and value is not None:
        example = place.example if isinstance(value, dict) else f"[{written or value}]"
        return said, f"Write a list, as `{example}`" if example else "Write a list: put square brackets around it"
    if options:
        return said, f"Write {' or '.join(options)}"
    form = "`name: value` lines" if _WANTED["dict_type"] in wanted else wanted[0]
    return said, f"Write {form} instead"


def _wrong_value(error: Mapping[str, Any], value: Any) -> tuple[str, str]:
    kind, bounds = str(error["type"]), error.get("ctx", {})
    shown = f"`{value}`" if isinstance(value, str) else _shown(value)
    if kind == "string_pattern_mismatch":
        if "A-Z]{2}" in str(bounds.get("pattern")):
            return f"{shown} is no country code", "Write two capital letters, as SE"
        near = near_id(str(value))
        remedy = "An id begins with a letter; then come letters, digits, `-` and `_`"
        return f"{shown} is no id", f"{remedy}. Write `{near}`" if near else remedy
    if kind == "value_error":
        remedy = str(bounds.get("error", ""))
        if isinstance(value, str):
            return f"{shown} cannot be read here", sentence_case(remedy)
        return sentence_case(remedy), ""
    for name, words in (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than")):
        if name in bounds:
            return f"{shown} is out of range", f"Write {words} {bounds[name]}"
    if kind == "string_too_short":
        return "The text is empty", "Fill it in"
    if kind == "string_too_long":
        return f"The text is longer than {bounds['max_length']} characters", "Shorten it"
    if kind == "too_short":
        return "The list is empty", f"Give at least {bounds['min_length']}"
    if kind == "too_long":
        return f"The list has {bounds['actual_length']} entries", f"Give at most {bounds['max_length']}"
    return f"{shown} cannot be used here", "Change it"


def _shown(value: Any) -> str:
    if value is None:
        return "Nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"The number {value}"
    if isinstance(value, str):
        return f"The text `{value if len(value) < 60 else value[:57] + '...'}`"
    return "A list" if isinstance(value, list) else "A mapping"


def _value(document: Any, path: PartPath) -> Any:
    for step in path:
        document = document[step]
    return document
