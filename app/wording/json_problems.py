"""What is wrong at a place of a text in JSON, in the words of somebody who has written it by hand."""

from collections.abc import Mapping
from typing import Literal

from app.wording.language import gettext as _
from app.wording.language import marked

JsonProblem = Literal[
    "colon", "comma", "control", "deep", "end", "escape", "large", "long", "name", "no_number", "quote", "value"
]
_TEXTS: Mapping[JsonProblem, str] = {
    "value": marked("a value is missing, or is no text in double quotes, number, true, false, null, list or object"),
    "name": marked("the name of a field in double quotes is missing, or the comma before is one too many"),
    "colon": marked("a colon is missing after the name of a field"),
    "comma": marked("a comma is missing, or a double quote is too many or too few"),
    "end": marked("something follows after the end"),
    "quote": marked("the text that begins there has no closing quote"),
    "control": marked("a line break, a tab or another control sign is in a text"),
    "escape": marked("the backslash means nothing there; two of them mean one"),
    "no_number": marked("{word} is no number"),
    "deep": marked("lists and objects are nested too deeply"),
    "long": marked("a number is too long to be read"),
    "large": marked("a number is too large to be read"),
}
_OF_READER: Mapping[str, JsonProblem] = {
    "Expecting value": "value",
    "Expecting property name": "name",
    "Illegal trailing comma": "name",
    "Expecting ':'": "colon",
    "Expecting ','": "comma",
    "Extra data": "end",
    "Unterminated string": "quote",
    "Invalid control character": "control",
    "Invalid \\": "escape",
}
"""How the messages of Python's reader begin, and what each means."""


def json_problem(problem: JsonProblem, word: str = "") -> str:
    """Return a fault of a text in JSON as a part of a sentence; `word` is what is wrong, where the sentence has it."""
    return _(_TEXTS[problem]).format(word=word)


def json_problem_of(message: str) -> str:
    """Return what a message of Python's reader means; one that is not known here means what its place shows."""
    known = (problem for begin, problem in _OF_READER.items() if message.startswith(begin))
    return json_problem(next(known, "value"))
