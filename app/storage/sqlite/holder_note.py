"""A note next to a study file about who has it open. SQLite's own lock decides, and goes with its process."""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from app.atomic_write import write_atomically
from app.bounded_read import read_file
from app.storage.sqlite.atomic_files import MAGIC

LARGEST_NOTE = 10_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has the file: who, on which computer, since when (UTC)."""

    who: str
    workstation: str
    since: str
    process: int


def note_of(path: Path) -> Path:
    """Return the path of the note about that study file."""
    return path.parent / f"{path.name}.open"


def leave_note(path: Path, holder: Holder) -> None:
    """Write the note for others; where it cannot be written, the lock still holds."""
    with contextlib.suppress(OSError):
        if _is_something_else(note_of(path)):
            return
        write_atomically(note_of(path), json.dumps(asdict(holder)).encode(), lasting=False)


def read_note(path: Path) -> Holder | None:
    """Return who has the file; None where no note can be read."""
    try:
        found = json.loads(read_file(note_of(path), LARGEST_NOTE))
        return Holder(str(found["who"]), str(found["workstation"]), str(found["since"]), int(found["process"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def take_note_away(path: Path) -> None:
    """Remove the note."""
    with contextlib.suppress(OSError):
        if not _is_something_else(note_of(path)):
            note_of(path).unlink(missing_ok=True)


def _is_something_else(note: Path) -> bool:
    """Whether a link, a folder, a study or another file that is no text lies where the note is to be."""
    if not os.path.lexists(note):
        return False
    if note.is_symlink() or not note.is_file():
        return True
    with note.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
