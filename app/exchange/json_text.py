"""Reads JSON text strictly: no name twice, no number that is none; every refusal says at which line and column."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from app.domain.refusal import Refused
from app.wording.json_problems import JsonProblem, json_problem, json_problem_of

_DEEPEST = 100
"""Lists and objects within each other that are named as too deep; Python's reader gives up at some hundreds."""
_LONGEST_NUMBER = 4000
"""Digits of a number that is named as too long; Python's reader gives up at 4300."""
_SIGN = re.compile(r'"(?:[^"\\]|\\.)*"|[-+.\w]+|[\[\]{}:,]', re.DOTALL)
_NO_NUMBER = frozenset({"NaN", "Infinity", "-Infinity"})


def read_json(text: str) -> Any:
    """Return what a text in JSON says.

    Raises:
        Refused: the text is no JSON, has a name twice in one object, or a number that is none.
    """
    try:
        return json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _refused(text, error.pos, json_problem_of(error.msg)) from None
    except (RecursionError, ValueError):
        raise _first_fault(text) from None


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _finite(digits: str) -> float:
    found = float(digits)
    if math.isinf(found):
        raise ValueError(digits)
    return found


def _first_fault(text: str) -> Refused:
    """Return the first fault that Python's reader finds without its place.

    As it reads from the start, what is before the fault is JSON; so a few of its signs tell it.
    """
    objects: list[set[str] | None] = []
    for at, sign, is_name in _signs(text):
        if sign in _NO_NUMBER:
            return _refused(text, at, json_problem("no_number", sign))
        if sign in "{[":
            objects.append(set() if sign == "{" else None)
            if len(objects) > _DEEPEST:
                return _refused(text, at, json_problem("deep"))
        elif sign in "}]":
            objects.pop()
        elif sign[0] != '"' and (problem := _number_problem(sign)):
            return _refused(text, at, json_problem(problem))
        elif is_name and (names := objects[-1]) is not None:
            name = json.loads(sign)
            if name in names:
                return _refused(text, at, "", name)
            names.add(name)
    return _refused(text, 0, json_problem("deep"))


def _signs(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield each text, number, word, bracket, colon and comma with its place, and whether it names a field."""
    before: re.Match[str] | None = None
    for found in _SIGN.finditer(text):
        if before is not None:
            yield before.start(), before[0], found[0] == ":"
        before = found
    if before is not None:
        yield before.start(), before[0], False


def _number_problem(sign: str) -> JsonProblem | None:
    if len(sign) > _LONGEST_NUMBER:
        return "long"
    return "large" if sign[-1].isdigit() and math.isinf(float(sign)) else None


def _refused(text: str, at: int, problem: str, name: str | None = None) -> Refused:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    if name is not None:
        return Refused("field_twice", line=line, column=column, name=name)
    return Refused("not_json", line=line, column=column, problem=problem)
