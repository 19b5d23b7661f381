"""The linter: what a protocol file says that is allowed and probably not meant.

A finding that is meant carries a waiver, `waivers: {kind: reason}`, on its visit or at the protocol's top level. Errors
cannot be waived.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.domain.protocol.version import ProtocolVersion
from app.protocols.findings import Fault, Finding, ProtocolRefused, did_you_mean
from app.protocols.lint import names, reachability, weekdays, windows
from app.protocols.loader import Loaded, load

ERRORS = frozenset({"circular-timing", "same-number", "cannot-plan"})
KINDS = frozenset(
    {
        "closed-weekday",
        "closed-window",
        "empty-window",
        "endless-series",
        "ignored-offset",
        "infusion-weekend",
        "name-and-offset",
        "never-applies",
        "never-decided",
        "preferred-outside",
        "pump-weekend",
        "unknown-placeholder",
        "unknown-source",
        "unreachable",
        "unreachable-stretch",
        "unused-anchor",
        "unused-choice",
        "unused-epoch",
        "unused-regimen",
        "unused-row",
        "unused-turn",
        "windows-overlap",
    }
)
"""What can be waived; these names never change."""


def check(path: Path) -> list[Finding]:
    """Every finding about a protocol file, in order; errors alone when it cannot be used."""
    try:
        loaded = load(path)
    except ProtocolRefused as refused:
        return list(refused.findings)
    faults = list(_faults(loaded.protocol, loaded.document))
    used: set[tuple[str, str]] = set()
    kept = [fault for fault in faults if not _waived(loaded.document, fault, used)]
    found = [loaded.finding(fault, "error" if fault.kind in ERRORS else "warning") for fault in kept]
    return sorted([*found, *_unused(loaded, used)])


def _faults(version: ProtocolVersion, document: Mapping[str, Any]) -> Iterator[Fault]:
    circles = list(reachability.circles(version))
    yield from circles
    yield from reachability.unreachable(version)
    yield from reachability.never(document, ())
    yield from reachability.unused(version, document)
    yield from reachability.decisions(version)
    yield from reachability.within_rows(version)
    yield from reachability.sources(document, (), document["sources"])
    yield from windows.windows(version)
    yield from names.names(version)
    if not circles:
        yield from weekdays.weekdays(version)


def _waived(document: Mapping[str, Any], fault: Fault, used: set[tuple[str, str]]) -> bool:
    """Whether the fault is meant; the waiver counts as used."""
    if fault.kind in ERRORS:
        return False
    visit = str(fault.path[1]) if fault.path[:1] == ("visits",) and len(fault.path) > 1 else ""
    if visit and fault.kind in document["visits"][visit]["waivers"]:
        used.add((visit, fault.kind))
        return True
    if fault.kind in document["waivers"]:
        used.add(("", fault.kind))
        return True
    return False


def _unused(loaded: Loaded, used: set[tuple[str, str]]) -> Iterator[Finding]:
    """Waivers that waive nothing."""
    given = {("", kind): ("waivers", kind) for kind in loaded.document["waivers"]}
    for visit, data in loaded.document["visits"].items():
        given |= {(visit, kind): ("visits", visit, "waivers", kind) for kind in data["waivers"]}
    for key, path in given.items():
        kind = key[1]
        if key in used or _cannot_be_known(loaded, key):
            continue
        known = kind in KINDS
        message = f"The waiver `{kind}` waives nothing" if known else f"`{kind}` is nothing that can be waived"
        remedy = "Remove it" if known else did_you_mean(kind, KINDS)
        yield loaded.finding(Fault(path, "unused-waiver", message, remedy, key=True), "warning")


def _cannot_be_known(loaded: Loaded, key: tuple[str, str]) -> bool:
    """Whether what the waiver is for is found by planning, and the default path plans no day for its visit."""
    visit, kind = key
    if kind not in ("closed-weekday", "closed-window"):
        return False
    undated = weekdays.undated(loaded.protocol, kind)
    return visit in undated if visit else bool(undated)
