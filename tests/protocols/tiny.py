"""A protocol of two visits, to be changed by each test; its lines are numbered from 1."""

from collections.abc import Sequence
from pathlib import Path

from app.domain.protocol.timing import Timing
from app.domain.protocol.version import ProtocolVersion
from app.protocols.findings import Finding, ProtocolRefused
from app.protocols.lint.run import check
from app.protocols.loader import LoadedProtocol, load

INVENTED = Path(__file__).parent / "invented.yaml"
"""A protocol that uses every field of the language; its regimens are in a file next to it."""
MARKS = "marks: {event: assumed, offset: assumed, window: assumed}"
TINY = f"""\
studyday: 1
id: tiny
version: "1"
title: A tiny trial
short_title: Tiny
epochs:
  - {{id: only, name: Only}}
enrolment_visit: IN
visits:
  IN:
    name: Enrolment
    epoch: only
    timing: {{from: enrolment, window: {{before: P0D, after: P0D}}, roll: none}}
    {MARKS}
  V1:
    name: Check
    epoch: only
    timing: {{from: enrolment, offset: P7D, window: {{before: P2D, after: P2D}}}}
    {MARKS}
"""
"""Nineteen lines: what a test adds begins on line 20."""

CHEMO_VISITS = f"""\
  D1:
    name: First infusion
    epoch: only
    timing: {{from: enrolment, offset: P7D, window: {{before: P0D, after: P7D}}, roll: forward}}
    {MARKS}
  D2:
    name: Next infusion
    epoch: only
    timing: {{from: next_cycle, window: {{before: P0D, after: P3D}}, roll: forward}}
    {MARKS}
  D3:
    name: Within
    epoch: only
    timing: {{from: cycle_day}}
    {MARKS}
"""
"""Lines 20 to 34."""

CHEMO = """\
regimens:
  R:
    name: Regimen
    cycle_days: 14
    days:
      - {day: 1, kind: infusion, what: X, window: {before: 0, after: 3}}
      - {day: 8, kind: infusion, what: X, when_held: omit, window: {before: 1, after: 2}}
offered: [R]
courses:
  C:
    name: Course
    first: D1
    next: D2
    within: D3
    cycles: {count: {P14D: 4}}
"""
"""Lines 35 to 49."""
REGIMENS = """\
studyday: 1
sources: {M: A manual}
regimens:
  S:
    name: Shared
    cycle_days: 14
    days:
      - {day: 1, kind: infusion, what: X}
"""
"""A regimen file with a regimen `S` and a source `M`."""
WIDE = "window: {before: P2D, after: P2D}"

Edit = tuple[str, str]


def visit(name: str, timing: str, *more: str, title: str = "Visit") -> str:
    """Five lines and more that describe a visit: name line, name, epoch, timing, marks, more."""
    lines = [f"  {name}:", f"    name: {title}", "    epoch: only", f"    timing: {{{timing}}}", f"    {MARKS}"]
    return "\n".join([*lines, *(f"    {line}" for line in more)]) + "\n"


def write(folder: Path, *edits: Edit, visits: str = "", top: str = "") -> Path:
    """The tiny protocol with these texts replaced and added, as a file."""
    text = TINY + visits + top
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    path = folder / "tiny.yaml"
    path.write_text(text, "utf-8")
    return path


def chemo(folder: Path, *edits: Edit, visits: str = "", top: str = "") -> Path:
    """The tiny protocol with a course; further visits begin on line 35, and the rest moves down."""
    return write(folder, *edits, visits=CHEMO_VISITS + visits, top=CHEMO + top)


def read(folder: Path, *edits: Edit, visits: str = "", top: str = "") -> LoadedProtocol:
    """The changed protocol, which must load."""
    return load(write(folder, *edits, visits=visits, top=top))


def refused(path: Path) -> Sequence[Finding]:
    """What is wrong with a file that must not load."""
    try:
        load(path)
    except ProtocolRefused as refusal:
        return refusal.findings
    raise AssertionError("the file was not refused")


def places(findings: Sequence[Finding]) -> list[tuple[int, int, str]]:
    """Line, column and kind."""
    return [(finding.line, finding.column, finding.kind) for finding in findings]


def linted(path: Path) -> list[tuple[int, int, str]]:
    """Where and what the linter finds."""
    return places(check(path))


def timing(version: ProtocolVersion, name: str) -> Timing:
    """The timing of a visit that has one."""
    found = version.visits[name].timing
    assert found is not None
    return found
