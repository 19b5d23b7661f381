"""Protocol files: those that come with the program, and a check of any."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.protocols.findings import Finding
from app.protocols.library import read_protocol, shipped

# Findings that say that there was no file to look at.
UNREAD = frozenset({"no-file", "folder", "unreadable"})


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
        """As plain data for JSON."""
        return asdict(self)


def list_protocols() -> list[ProtocolRow]:
    """The shipped protocols, in the order of their ids."""
    rows = []
    for path in shipped():
        one = read_protocol(path)
        rows.append(
            ProtocolRow(one.id, one.version, one.title, one.short_title, len(one.visits), one.offered, str(path))
        )
    return sorted(rows, key=lambda row: row.id)


def check_file(path: Path) -> list[Finding]:
    """What a protocol author should look at in that file, mistakes and warnings."""
    from app.protocols.lint.run import check

    return check(path)
