"""The shipped protocols, and the check of any protocol file."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.protocols.findings import Finding, FindingKind
from app.protocols.library import read_protocol, shipped

UNREAD: frozenset[FindingKind] = frozenset({"no-file", "folder", "unreadable"})
"""Kinds of findings about a file that could not be read at all."""


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """One shipped protocol."""

    id: str
    version: str
    title: str
    short_title: str
    visits: int
    regimens: tuple[str, ...]
    file: str

    def document(self) -> dict[str, Any]:
        """Return the row as plain data for JSON."""
        return asdict(self)


def list_protocols() -> list[ProtocolRow]:
    """Return the shipped protocols, in the order of their ids."""
    rows = []
    for path in shipped():
        one = read_protocol(path)
        rows.append(
            ProtocolRow(one.id, one.version, one.title, one.short_title, len(one.visits), one.offered, str(path))
        )
    return sorted(rows, key=lambda row: row.id)


def check_file(path: Path) -> list[Finding]:
    """Return every error and warning about a protocol file."""
    from app.protocols.lint.run import check

    return check(path)
