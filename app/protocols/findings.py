"""Findings about a protocol file: each with its kind and place, all of them reported at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.domain.folding import nearly_same

PartPath = tuple[str | int, ...]
"""The way to a part of a document: names in mappings and indexes in lists, from the top."""
Level = Literal["error", "warning"]
MAX_BYTES = 2 * 1024 * 1024
"""The most that is read of a protocol file."""
UnreadableKind = Literal[
    "alias", "character", "empty", "folder", "key", "no-file", "no-mapping", "not-utf-8", "repeated-key",
    "second-document", "special-file", "syntax", "tab", "tag", "too-deep", "too-large", "too-many", "unreadable",
]  # fmt: skip
"""The file cannot be read as YAML text."""
SchemaKind = Literal["missing-field", "unknown-field", "wrong-kind", "wrong-value"]
"""A part is not what the protocol language allows at its place."""
FitKind = Literal[
    "beyond-cycle", "count-and-for", "course-row", "day-one", "form-file", "months", "no-count", "no-cycle",
    "no-decision", "no-infusion-before", "no-step", "no-within", "none-offered", "not-a-course-row", "not-repeated",
    "one-answer", "optional-visit", "order", "regimen-file", "repeated-anchor", "repeated-day", "repeated-form",
    "repeated-id", "repeated-regimen", "repeated-section", "same-key", "same-visit", "shared-row", "taken-name",
    "unknown-anchor", "unknown-answer", "unknown-choice", "unknown-cohort", "unknown-course", "unknown-day-kind",
    "unknown-epoch", "unknown-kind-of-day", "unknown-outcome", "unknown-procedure", "unknown-protocol",
    "unknown-regimen", "unknown-section", "unknown-setting", "unknown-turn", "unknown-value", "unknown-visit",
]  # fmt: skip
"""Parts do not fit together."""
LintErrorKind = Literal["cannot-plan", "circular-timing", "same-number", "taken-id", "two-answers"]
"""The linter found an error."""
WaivableKind = Literal[
    "closed-weekday", "closed-window", "conditional-anchor", "course-order", "empty-window", "endless-series",
    "ignored-offset", "infusion-weekend", "name-and-offset", "never-applies", "never-decided", "never-printed",
    "preferred-outside", "pump-weekend", "unknown-placeholder",
    "unknown-source", "unreachable", "unreachable-stretch", "unused-anchor", "unused-choice", "unused-epoch",
    "two-forms", "unused-procedure", "unused-regimen", "unused-row", "unused-section", "unused-turn", "windows-overlap",
]  # fmt: skip
"""The linter found something that may be meant; a waiver in the file names the kind, so these names never change."""
DayChangingKind = Literal[
    "cannot-plan", "circular-timing", "conditional-anchor", "course-order", "empty-window", "endless-series",
    "ignored-offset", "name-and-offset", "never-applies", "preferred-outside", "same-number", "taken-id",
    "unreachable", "unreachable-stretch",
]  # fmt: skip
"""The calendar may have other days, or other visits, than the file seems to say."""
FindingKind = UnreadableKind | SchemaKind | FitKind | LintErrorKind | WaivableKind | Literal["unused-waiver"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something about a protocol file, at a line and column counted from 1 (0: the file in general)."""

    file: str
    line: int
    column: int
    kind: FindingKind
    message: str
    remedy: str = ""
    level: Level = "error"

    def __str__(self) -> str:
        """Return ``FILE:LINE:COL: message. Remedy. [kind]``."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        said = " ".join(sentence(part) for part in (self.message, self.remedy) if part)
        return f"{place}: {said} [{self.kind}]" if place else f"{said} [{self.kind}]"


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding whose line is not known yet: it has a path. `key`: it is about the name there, not about the value."""

    path: PartPath
    kind: FindingKind
    message: str
    remedy: str = ""
    key: bool = False


class ProtocolRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """The protocol file cannot be used; a known failure, with every finding."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))


class FaultyDocument(Exception):  # noqa: N818 - the loader turns it into a refusal
    """Parts of a document do not fit together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.message for fault in self.faults))


def sentence(text: str) -> str:
    """Return the text with a full stop, unless it ends a sentence already."""
    return text if not text or text[-1] in ".?!" else text + "."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a remedy for an unknown word: the nearest known one, or a list of them."""
    from difflib import get_close_matches

    names = sorted(set(known))
    if alike := [one for one in names if nearly_same(one, word)]:
        return f"Did you mean `{alike[0]}`?"
    if near := get_close_matches(word, names, n=1, cutoff=0.6):
        return f"Did you mean `{near[0]}`?"
    if not names:
        return "None is defined: define one first"
    shown = ", ".join(names[:12]) + (" ..." if len(names) > 12 else "")
    return f"Known here: {shown}"
