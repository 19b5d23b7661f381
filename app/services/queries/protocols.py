"""The shipped protocols, and the check of any protocol file."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from app.protocols.findings import DayChangingKind, Finding, FindingKind
from app.protocols.library import read_protocol, shipped

UNREAD: frozenset[FindingKind] = frozenset({"no-file", "folder", "special-file", "unreadable"})
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


def faults_of_days(name: str) -> list[Finding]:
    """Return what `check_file` finds that gives a calendar other days or visits than the file seems to say.

    Whoever plans by a file is told it with the calendar. A name that is no file's has none: the id of a protocol.
    """
    try:
        path = Path(name) if name and Path(name).is_file() else None
    except (OSError, ValueError):
        path = None
    return [one for one in (check_file(path) if path is not None else ()) if one.kind in get_args(DayChangingKind)]


def language_page() -> str:
    """Return the page that explains every word of the protocol language."""
    from app.protocols.schema import language_page as page

    return page.language_page()


def check_file(path: Path) -> list[Finding]:
    """Return every error and warning about a protocol file."""
    from app.protocols.lint.run import check

    return check(path)
