# ruff: noqa: E501
"""Wrong protocol files: the message names the line and the word, and its remedy, followed, makes the file right.

A remedy that names what to write is followed by the test itself; for another one the table says what a person does.
"""

import re
from pathlib import Path

import pytest

from app.protocols.findings import Finding, ProtocolRefused
from app.protocols.lint.run import check
from tests.protocols.tiny import TINY

TIMED = "timing: {from: enrolment, offset: P7D, window: {before: P2D, after: P2D}}"
WRITTEN = re.compile(
    r"Did you mean `(.+?)`\?|Write (\d+) without quotes|Write (?:it as |a number of days as )?`?([-\w{}:, ]+?)`?\.(?: \[| |$)|"
    r"Put it in quotes: (\".+?\")"
)

# What is wrong, its line and the word that the message has; what the program says is written by the test.
FOLLOWED: list[tuple[str, str, int, str]] = [
    ("offset: P7D", "offset: 7d", 18, "7d"),
    ("offset: P7D", 'offset: "7 days"', 18, "7 days"),
    ("offset: P7D", "offset: 7", 18, "7"),
    ("offset: P7D", "offset: p7d", 18, "p7d"),
    ("offset: P7D", "offset: P7", 18, "P7"),
    ("offset: P7D", "offset: 2 wks", 18, "2 wks"),
    ("offset: P7D", "offset: +P7D", 18, "+P7D"),
    ("offset: P7D", "offset: \uff17d", 18, "\uff17d"),
    ("before: P2D", "before: -P2D", 18, "-P2D"),
    ("before: P2D", "before: \u2013P2D", 18, "\u2013P2D"),
    ("before: P2D", "before: 2", 18, "2"),
    ("before: P2D", "before: 2days", 18, "2days"),
    ("window: {before: P2D, after: P2D}", 'window: "\u00b12"', 18, "\u00b12"),
    ("window: {before: P2D, after: P2D}", "window: [2, 2]", 18, "A list"),
    (TIMED, "timing: P7D", 18, "P7D"),
    ("name: Check", "nam: Check", 16, "nam"),
    ("name: Check", "Name: Check", 16, "Name"),
    ("visits:", "Visits:", 9, "Visits"),
    ("epochs:", "epoch:", 6, "epoch"),
    ("    epoch: only\n    timing: {from: enrolment, offset", "    epoch: onyl\n    timing: {from: enrolment, offset", 17, "onyl"),
    ("timing: {from: enrolment, offset", "timing: {from: enrollment, offset", 18, "enrollment"),
    ("timing: {from: enrolment, offset", "timing: {from: Enrolment, offset", 18, "Enrolment"),
    ("roll: none", "roll: nune", 13, "nune"),
    ("enrolment_visit: IN", "enrolment_visit: INN", 8, "INN"),
    ("name: Check", "name: true", 16, "true"),
    ('version: "1"', "version: 1", 3, "1"),
    ("studyday: 1", 'studyday: "1"', 1, "1"),
    ("studyday: 1", "studyday: 2", 1, "2"),
    ("id: tiny", "id: my trial", 2, "my trial"),
    ("  V1:\n", "  V 1:\n", 15, "V 1"),
    ("  V1:\n", "  1:\n", 15, "1"),
    ("  V1:\n", "  \u00d61:\n", 15, "\u00d61"),
]  # fmt: skip

# What is wrong, its line, a part of the message and of the remedy, and what a person who follows it writes instead.
DONE: list[tuple[str, str, int, str, str, str, str]] = [
    ("epochs:\n  - {id: only, name: Only}", "epochs: {id: only, name: Only}", 6, "A mapping", "Write a list, as `[{id:",
     "{id: only, name: Only}", "[{id: only, name: Only}]"),
    ("name: Check", "name: Check: again", 16, "A colon", "Put the text in quotes", "Check: again", '"Check: again"'),
    ("name: Check", "name: %Check", 16, "cannot begin", "Put the value in quotes", "%Check", '"%Check"'),
    ("name: Check", "name: @Check", 16, "cannot begin", "Put the value in quotes", "@Check", '"@Check"'),
    ("name: Check", "name: !!str Check", 16, "is a tag", "Leave it out", "!!str ", ""),
    ("    name: Check", "\tname: Check", 16, "a tab", "Use spaces", "\t", "    "),
    ("    name: Check", "   name: Check", 17, "line 16", "same column", "   name: Check", "    name: Check"),
    ("    name: Check", "    name Check", 16, "`name Check` has no colon", "Write `name: value`", "name Check", "name: Check"),
    ("after: P2D}}", "after: P2D}", 18, "The bracket opened here", "Close it", "after: P2D}\n", "after: P2D}}\n"),
    ("name: Check", 'name: "Check', 16, "quotation mark", "Close it", '"Check', '"Check"'),
    ("name: Check", "name:", 16, "Nothing", "Fill it in", "    name:\n", "    name: Check\n"),
    ("name: Check", "name: *x", 16, "`*", "Write the part out here", "*x", "Check"),
    ("    name: Check", "    <<: {name: Check}", 16, "`<<`", "without `<<`", "    <<: {name: Check}", "    name: Check"),
    ("    name: Check", "    name: Check\n    name: Again", 17, "first is on line 16", "Remove one", "    name: Again\n", ""),
    (TINY[-150:], TINY[-150:] + "---\nid: two\n", 20, "second document", "Keep one", "---\nid: two\n", ""),
    ("offset: P7D", "offset: PT168H", 18, "PT168H", "Hours are not used here", "PT168H", "P7D"),
    ("offset: P7D", "offset: P9999999D", 18, "P9999999D", "longer than a century", "P9999999D", "P7D"),
    ("offset: P7D", "offset: P1.5W", 18, "P1.5W", "Write a duration as", "P1.5W", "P10D"),
    ("offset: P7D", "offset: .nan", 18, ".nan", "Write a duration as", ".nan", "P7D"),
    ("timing: {from: enrolment, offset", "timing: {from: V1, offset", 18, "counted from itself", "something else", "from: V1", "from: enrolment"),
    (TIMED, "timing: {from: enrolment, any_day: {first: P9D, last: P2D}}", 18, "before it begins", "Swap first and last",
     "first: P9D, last: P2D", "first: P2D, last: P9D"),
    ("    timing: {from: enrolment, offset", "    repeat: {every: P1W}\n    timing: {from: enrolment, offset", 18, "P1W", "are a series",
     "repeat: {every: P1W}\n    timing: {from: enrolment, offset: P7D,",
     "repeat: {series: [{every: P1W, count: 4}]}\n    timing: {from: enrolment,"),
    ("epochs:\n  - {id: only, name: Only}", "epochs: []", 6, "The list is empty", "Give at least 1", "epochs: []",
     "epochs: [{id: only, name: Only}]"),
    ("studyday: 1\n", "", 1, "`studyday` is missing", "as `studyday: 1`", "id: tiny", "studyday: 1\nid: tiny"),
    ("enrolment_visit: IN\n", "", 1, "`enrolment_visit` is missing", "as `enrolment_visit: V1`", "visits:",
     "enrolment_visit: IN\nvisits:"),
    (", after: P2D}", "}", 18, "`after` is missing", "as `after: P2D`", "{before: P2D}", "{before: P2D, after: P2D}"),
    ("    epoch: only\n    timing: {from: enrolment, offset", "    timing: {from: enrolment, offset", 15, "`epoch` is missing",
     "Add it, as `epoch:", "    name: Check\n", "    name: Check\n    epoch: only\n"),
]  # fmt: skip


def findings(path: Path) -> list[Finding]:
    try:
        return check(path)
    except ProtocolRefused as refused:
        return list(refused.findings)


def wrong_file(folder: Path, old: str, new: str) -> Path:
    assert old in TINY
    path = folder / "p.yaml"
    path.write_text(
        TINY.replace(old, new, 1) if old != ", after: P2D}" else TINY.replace("P2D" + old, "P2D" + new), "utf-8"
    )
    return path


def written(text: str, finding: Finding) -> str:
    """The text with what the finding says to write at its place."""
    found = WRITTEN.search(str(finding))
    assert found is not None, str(finding)
    new = next(group for group in found.groups() if group)
    lines = text.split("\n")
    line, at = lines[finding.line - 1], finding.column - 1
    old = re.compile(r'"[^"]*"|\[.*?\]|\{[^}]*\}|[^,:{}\[\]]+').match(line, at)
    assert old is not None
    lines[finding.line - 1] = line[:at] + new + line[old.end() :]
    return "\n".join(lines)


@pytest.mark.parametrize(("old", "new", "line", "word"), FOLLOWED, ids=[new.strip()[:30] for _, new, _, _ in FOLLOWED])
def test_what_the_program_says_to_write_makes_the_file_right(
    tmp_path: Path, old: str, new: str, line: int, word: str
) -> None:
    path = wrong_file(tmp_path, old, new)
    (finding,) = findings(path)
    assert finding.line == line
    assert word in finding.message
    path.write_text(written(path.read_text("utf-8"), finding), "utf-8")
    assert findings(path) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "says", "remedy", "wrong", "right"), DONE, ids=[f"{n}" for n, _ in enumerate(DONE)]
)
def test_who_does_what_the_program_says_makes_the_file_right(
    tmp_path: Path, old: str, new: str, line: int, says: str, remedy: str, wrong: str, right: str
) -> None:
    path = wrong_file(tmp_path, old, new)
    found = findings(path)
    mine = [one for one in found if one.line == line and says in one.message and remedy in one.remedy]
    assert mine, [str(one) for one in found]
    text = path.read_text("utf-8")
    assert wrong in text
    path.write_text(text.replace(wrong, right, 1), "utf-8")
    assert findings(path) == []


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (TINY.encode("utf-16"), 1, "not UTF-8 from here on. Save it as UTF-8."),
        (TINY.replace("Check", "Pr\u00f6va").encode("latin-1"), 16, "Save it as UTF-8."),
        (TINY.replace("Check", "Ch\0eck").encode(), 16, "A character \\u0000 that cannot be shown. Remove it."),
        (b"", 1, "The file is empty. A protocol file begins with `studyday: 1`."),
        (b"- a\n- b\n", 1, "A protocol file begins with `studyday: 1`."),
    ],
)
def test_a_file_in_another_form_says_so(tmp_path: Path, content: bytes, line: int, says: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    (finding,) = findings(path)
    assert finding.line == line
    assert says in str(finding)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + TINY.encode(), TINY.replace("\n", "\r\n").encode()])
def test_a_mark_of_the_encoding_and_other_ends_of_lines_are_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    assert findings(path) == []
