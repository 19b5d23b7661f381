"""What is wrong with a protocol file: each finding with its place, all told at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Path = tuple[str | int, ...]
Level = Literal["error", "warning"]


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    return text if not text or text[-1] in ".?!" else text + "."


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something about a protocol file, at a place counted from 1 (0: the file as a whole); `kind` never changes."""

    file: str
    line: int
    column: int
    kind: str
    message: str
    remedy: str = ""
    level: Level = "error"

    def __str__(self) -> str:
        """``FILE:LINE:COL: message. Remedy. [kind]``."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        said = " ".join(sentence(part) for part in (self.message, self.remedy) if part)
        return f"{place}: {said} [{self.kind}]" if place else f"{said} [{self.kind}]"


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding before its line is known: a path into the document; `key` points at the name, not at its value."""

    path: Path
    kind: str
    message: str
    remedy: str = ""
    key: bool = False


class ProtocolRefused(Exception):  # noqa: N818 - what happened, in the field's words
    """The protocol file cannot be used; a known failure, with every finding."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))


class Faulty(Exception):  # noqa: N818 - never leaves this room
    """A document whose parts do not fit together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.message for fault in self.faults))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy for a word that is not known here."""
    from difflib import get_close_matches

    names = sorted(set(known))
    if near := get_close_matches(word, names, n=1, cutoff=0.6):
        return f"Did you mean `{near[0]}`?"
    if not names:
        return "None is defined"
    shown = ", ".join(names[:12]) + (" ..." if len(names) > 12 else "")
    return f"Known here: {shown}"
