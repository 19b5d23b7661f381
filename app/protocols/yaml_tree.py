"""Reads YAML text into plain data with the place of every key and value.

Only YAML 1.2's core schema is understood: dates stay text, `no` is a word. Aliases, tags, repeated keys and further
documents are refused, so a small file cannot grow into a large document. Hidden signs, as a mark of direction, are
written out, so that no text of a protocol can steer what shows it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from app.protocols.findings import Finding, PartPath, UnreadableKind
from app.protocols.syntax_findings import strange_character, unreadable
from app.wording.visible import visible, visible_line

MAX_DEPTH = 40
"""Lists and mappings within each other."""
MAX_PARTS = 30_000
"""Names, values and ends of lists; the longest shipped protocol has 4,000."""
MAX_ANCHORS = 200
"""Parts that YAML repeats (``&``, ``*``): each may stand for many, and so make a short file endless."""
MAX_FINDINGS = 100
"""More say nothing more about a file."""
_INT = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("null", "Null", "NULL", "~", "")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

Place = tuple[int, int]


@dataclass
class YamlTree:
    """A document, the place of each key and value, and how each scalar was written."""

    file: str
    document: Any = None
    keys: dict[PartPath, Place] = field(default_factory=dict)
    values: dict[PartPath, Place] = field(default_factory=dict)
    written: dict[PartPath, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: set[PartPath] = field(default_factory=set)

    def place(self, path: PartPath, key: bool = False) -> Place:
        """Return the place of the value; with `key`, or where there is no value, the place of its name."""
        while path:
            found = self.keys.get(path) if key else self.values.get(path)
            found = found or self.values.get(path) or self.keys.get(path)
            if found:
                return found
            path, key = path[:-1], True
        return self.values.get((), (1, 1))

    def is_broken(self, path: PartPath) -> bool:
        """Return whether this part could not be read and was reported already."""
        return any(path[: len(part)] == part for part in self.broken)


def plain_scalar(text: str) -> str | int | float | bool | None:
    """Return the value of an unquoted scalar by YAML 1.2's core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > 40:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text) or _HEX.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and isfinite(number := float(text)):
        return number
    return text


def read_yaml(file: str, text: str) -> YamlTree:
    """Read YAML text; everything that is wrong with it is in the tree's findings."""
    tree = YamlTree(file)
    events = _limited(tree, YAML(typ="safe", pure=True).parse(text))
    try:
        _TreeBuilder(tree, events).first_document()
    except _TooMuch as limit:
        tree.findings.append(limit.finding)
        tree.broken.add(())
    except MarkedYAMLError as error:
        tree.findings.append(unreadable(file, text, error))
        tree.broken.add(())
    except YAMLError as error:
        tree.findings.append(strange_character(file, text, error))
        tree.broken.add(())
    return tree


class _TooMuch(Exception):  # noqa: N818 - a limit of the language, not an error of the program
    """The text goes beyond a limit; the rest of it is not read."""

    def __init__(self, tree: YamlTree, event: Event, kind: UnreadableKind, message: str, remedy: str) -> None:
        super().__init__(kind)
        self.finding = Finding(tree.file, *_place(event), kind, message, remedy)


def _limited(tree: YamlTree, events: Iterable[Event]) -> Iterator[Event]:
    """Yield the parser's events as they come, and stop at the first that goes beyond a limit."""
    depth = anchors = 0
    for number, event in enumerate(events):
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= 1
        anchors += getattr(event, "anchor", None) is not None
        if depth > MAX_DEPTH:
            says = f"More than {MAX_DEPTH} levels are nested here"
            raise _TooMuch(tree, event, "too-deep", says, "Flatten the file")
        if number > MAX_PARTS or anchors > MAX_ANCHORS or len(tree.findings) >= MAX_FINDINGS:
            says = "There are more names and values than a protocol can have"
            if anchors > MAX_ANCHORS:
                says = f"More than {MAX_ANCHORS} parts are marked for repeating with `&`, or repeated with `*`"
            elif number <= MAX_PARTS:
                says = f"More than {MAX_FINDINGS} faults were found before this line"
            raise _TooMuch(tree, event, "too-many", says, "Check that this is a protocol file")
        yield event


class _TreeBuilder:
    """Builds the tree from the parser's events."""

    def __init__(self, tree: YamlTree, events: Iterator[Event]) -> None:
        self.tree = tree
        self.events = events

    def first_document(self) -> None:
        """Read the first document; a second one is a finding."""
        started = False
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if started:
                    self.refuse(event, (), "second-document", "A second document begins here", "Keep one in a file")
                    return
                started = True
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                self.tree.document = self.value(event, ())

    def value(self, event: Event, path: PartPath) -> Any:
        """Read the value that begins with this event."""
        self.tree.values[path] = _place(event)
        if isinstance(event, AliasEvent):
            self.refuse(event, path, "alias", f"`*{event.anchor}` repeats another part", "Write the part out here")
            return None
        if (tag := getattr(event, "tag", None)) not in (None, "!"):
            self.refuse(event, path, "tag", f"`{tag}` is a tag, and tags are not used here", "Leave it out")
        if isinstance(event, ScalarEvent):
            return self.scalar(event, path)
        return self.mapping(path) if isinstance(event, MappingStartEvent) else self.sequence(path)

    def scalar(self, event: ScalarEvent, path: PartPath) -> str | int | float | bool | None:
        """Read a scalar: text when quoted, else a value of the core schema."""
        text = visible(str(event.value))
        self.tree.written[path] = text
        if _halved(str(event.value)):
            self.refuse(event, path, "character", "This is half of a character", "Write it out instead of `\\u`")
            return None
        value = plain_scalar(text) if event.implicit[0] and event.style is None else text
        if value is None and not text:
            del self.tree.values[path]
        return value

    def mapping(self, path: PartPath) -> dict[str, Any]:
        """Read the entries of a mapping; a repeated name is a finding, and its first value is kept."""
        found: dict[str, Any] = {}
        for event in self.until(MappingEndEvent):
            if not isinstance(event, ScalarEvent) or _halved(event.value):
                self.refuse(event, path, "key", "A name must be plain text", "Write `name: value`")
                self.skip(event)
                self.skip(next(self.events))
                continue
            name = visible_line(str(event.value))
            if name == "<<" and event.style is None:
                remedy = "Write the fields of that part out here, without `<<`"
                self.refuse(event, path, "alias", "`<<` merges another part into this one", remedy)
                self.skip(next(self.events))
                continue
            inner = (*path, name)
            if name in found:
                first = self.tree.keys[inner][0]
                self.report(
                    event,
                    "repeated-key",
                    f"`{name}` is here a second time; the first is on line {first}",
                    "Remove one of them",
                )
                self.skip(next(self.events))
                continue
            self.tree.keys[inner] = _place(event)
            found[name] = self.value(next(self.events), inner)
        return found

    def sequence(self, path: PartPath) -> list[Any]:
        """Read the items of a list."""
        found: list[Any] = []
        for event in self.until(SequenceEndEvent):
            found.append(self.value(event, (*path, len(found))))
        return found

    def until(self, end: type[Event]) -> Iterator[Event]:
        """Yield the events up to the end of this collection; the caller consumes those of each item."""
        while not isinstance(event := next(self.events), end):
            yield event

    def skip(self, event: Event) -> None:
        """Skip a value."""
        depth = 0
        while True:
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                depth += 1
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = next(self.events)

    def refuse(self, event: Event, path: PartPath, kind: UnreadableKind, message: str, remedy: str) -> None:
        """Report a part that cannot be read; the schema reports nothing about it."""
        self.tree.broken.add(path)
        self.report(event, kind, message, remedy)

    def report(self, event: Event, kind: UnreadableKind, message: str, remedy: str) -> None:
        """Add a finding at the event's place."""
        self.tree.findings.append(Finding(self.tree.file, *_place(event), kind, message, remedy))


def _halved(text: str) -> bool:
    """Return whether the text has half of a character in it, which no file can keep."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _place(event: Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1)
