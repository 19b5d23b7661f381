"""Runs the linter: finds parts of a protocol file that are allowed and probably not meant.

Whoever means it writes a waiver, `waivers: {kind: reason}`, on the visit or at the top level of the protocol. Errors
cannot be waived.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from app.domain.protocol.version import ProtocolVersion
from app.protocols.findings import (
    Fault,
    Finding,
    FindingKind,
    LintErrorKind,
    PartPath,
    ProtocolRefused,
    WaivableKind,
    did_you_mean,
)
from app.protocols.lint import file_parts, forms, names, reachability, unused, weekdays, windows
from app.protocols.loader import LoadedProtocol, load
from app.protocols.schema.protocol_file import ProtocolFile

ERRORS: frozenset[FindingKind] = frozenset(get_args(LintErrorKind))
WAIVABLE: frozenset[FindingKind] = frozenset(get_args(WaivableKind))


def check(path: Path) -> list[Finding]:
    """Return every finding about a protocol file, by place; only the errors when the file cannot be used."""
    try:
        loaded = load(path)
    except ProtocolRefused as refused:
        return list(refused.findings)
    faults = [fault for fault in _faults(loaded.protocol, loaded.file) if not _is_shared(loaded, fault)]
    used: set[tuple[str, str]] = set()
    kept = [fault for fault in faults if not _waived(loaded.file, fault, used)]
    found = [loaded.finding(fault, "error" if fault.kind in ERRORS else "warning") for fault in kept]
    return sorted([*found, *_unused_waivers(loaded, used)])


def _faults(version: ProtocolVersion, file: ProtocolFile) -> Iterator[Fault]:
    circles = list(reachability.circles(version))
    yield from circles
    yield from reachability.unreachable(version)
    yield from file_parts.conditions(file)
    yield from file_parts.sources(file)
    yield from file_parts.course_order(file)
    yield from file_parts.ignored_days(file)
    yield from file_parts.answers(file)
    yield from unused.unused(version, file)
    yield from reachability.decisions(version)
    yield from reachability.conditional_anchors(version)
    yield from windows.windows(version)
    yield from names.names(version)
    yield from names.ids(version)
    yield from forms.forms(version, file)
    if not circles:
        yield from weekdays.weekdays(version)


def _is_shared(loaded: LoadedProtocol, fault: Fault) -> bool:
    """Return whether the fault is that nothing uses a part which another file offers to several protocols."""
    return fault.kind == "unused-section" and fault.path[:2] in loaded.shared_trees


def _waived(file: ProtocolFile, fault: Fault, used: set[tuple[str, str]]) -> bool:
    """Return whether the fault is meant, and add its waiver to `used`."""
    if fault.kind in ERRORS:
        return False
    visit = str(fault.path[1]) if fault.path[:1] == ("visits",) and len(fault.path) > 1 else ""
    if visit and fault.kind in file.visits[visit].waivers:
        used.add((visit, fault.kind))
        return True
    if fault.kind in file.waivers:
        used.add(("", fault.kind))
        return True
    return False


def _unused_waivers(loaded: LoadedProtocol, used: set[tuple[str, str]]) -> Iterator[Finding]:
    """Find waivers that waive nothing."""
    given: dict[tuple[str, str], PartPath] = {("", kind): ("waivers", kind) for kind in loaded.file.waivers}
    for visit, model in loaded.file.visits.items():
        given |= {(visit, kind): ("visits", visit, "waivers", kind) for kind in model.waivers}
    for key, path in given.items():
        kind = key[1]
        if key in used or _cannot_be_known(loaded, key):
            continue
        known = kind in WAIVABLE
        message = f"The waiver `{kind}` waives nothing" if known else f"`{kind}` is nothing that can be waived"
        remedy = "Remove it" if known else did_you_mean(kind, WAIVABLE)
        yield loaded.finding(Fault(path, "unused-waiver", message, remedy, key=True), "warning")


def _cannot_be_known(loaded: LoadedProtocol, key: tuple[str, str]) -> bool:
    """Return whether only a plan could find the waiver's kind, and the default path plans no day for its visit."""
    visit, kind = key
    if kind not in ("closed-weekday", "closed-window"):
        return False
    undated = weekdays.undated(loaded.protocol, kind)
    return visit in undated if visit else bool(undated)
