"""What is wrong with a text that is no YAML, in plain words, at its place."""

import re

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from app.domain.folding import written_sign
from app.protocols.findings import Finding

_SYNTAX = (
    ("cannot start any token", "This character cannot begin a value", "Put the value in quotes"),
    ("could not find expected ':'", "A name without a colon", "Write `name: value`"),
    ("mapping values are not allowed", "A colon where none can be", "Put the text in quotes"),
    ("expected <block end>", "This line does not line up with those around it", "Check how far it is indented"),
    ("expected ',' or", "A comma or closing bracket is missing", "Close the bracket"),
    ("found unexpected end of stream", "A quotation mark is not closed", "Close it"),
    ("unknown escape", "There is a backslash in double quotes", "Use single quotes"),
    ("found undefined alias", "`*` repeats another part", "Write the part out here"),
    ("duplicate anchor", "`&` marks a part for repeating", "Leave it out"),
)
_ENTRY = re.compile(r"\s*(- )?[^#'\"{\[]*?:(\s|$)")


def unreadable(file: str, text: str, error: MarkedYAMLError) -> Finding:
    """Return the finding about a text that the reader of YAML stopped at."""
    said = f"{error.problem or error.context or ''}"
    mark = error.problem_mark or error.context_mark
    if "unexpected end of stream" in said:
        mark = error.context_mark or mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = text.split("\n")
    start = lines[line] if line < len(lines) else ""
    indent = start[: len(start) - len(start.lstrip())]
    if "\t" in indent or start[column : column + 1] == "\t":
        column = max(start.find("\t"), 0)
        return Finding(file, line + 1, column + 1, "tab", "There is a tab where only spaces may be", "Use spaces")
    if "mapping values are not allowed" in said or "expected <block end>" in said:
        found = _of_line_before(file, lines, line)
        if found is not None:
            return found
    if "expected ',' or" in said and error.context_mark is not None:
        opened = error.context_mark
        message = f"The bracket opened here is not closed before line {line + 1}"
        return Finding(file, opened.line + 1, opened.column + 1, "syntax", message, "Close it, or add the comma")
    for part, message, remedy in _SYNTAX:
        if part in said:
            return Finding(file, line + 1, column + 1, "syntax", message, remedy)
    return Finding(file, line + 1, column + 1, "syntax", f"This line cannot be read as YAML ({said})", "Check it")


def _of_line_before(file: str, lines: list[str], at: int) -> Finding | None:
    """Return the finding about a line that does not fit the one before it; None where the line itself is wrong."""
    before = next((number for number in range(at - 1, -1, -1) if lines[number].strip()), None)
    if before is None or not _ENTRY.match(lines[at]):
        return None
    own, other = (len(lines[number]) - len(lines[number].lstrip()) for number in (at, before))
    if not _ENTRY.match(lines[before]) and not lines[before].lstrip().startswith(("#", "- ", "}", "]")):
        word = lines[before].strip()[:40]
        column = other + 1
        return Finding(file, before + 1, column, "syntax", f"`{word}` has no colon", "Write `name: value`")
    has_value = lines[before].split(":", 1)[-1].strip() not in ("", "|", ">", ">-", "|-")
    if own != other and (own < other or has_value):
        message = f"This line begins at column {own + 1}, and line {before + 1} above it at column {other + 1}"
        return Finding(file, at + 1, own + 1, "syntax", message, "Begin lines that belong together at the same column")
    return None


def strange_character(file: str, text: str, error: YAMLError) -> Finding:
    """Return the finding about a character that no YAML text may have."""
    position = int(getattr(error, "position", 0) or 0)
    before = text[:position]
    line, column = before.count("\n") + 1, position - before.rfind("\n")
    code = written_sign(text[position]) if position < len(text) else "of an unknown kind"
    return Finding(file, line, column, "character", f"A character {code} that cannot be shown", "Remove it")
