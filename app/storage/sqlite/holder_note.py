"""Who has a study file open. SQLite's own lock decides, and goes with its process; this note beside it tells people."""

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from app.atomic_write import write_whole


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has the file: who, on which computer, since when (UTC)."""

    who: str
    workstation: str
    since: str
    process: int


def note_of(path: Path) -> Path:
    """Where the note about that study file lies."""
    return path.with_name(f"{path.name}.open")


def leave_note(path: Path, holder: Holder) -> None:
    """Tell others who has the file; where no note can be written, the lock still holds."""
    with contextlib.suppress(OSError):
        write_whole(note_of(path), json.dumps(asdict(holder)).encode(), lasting=False)


def read_note(path: Path) -> Holder | None:
    """Who has the file, as far as is known."""
    try:
        found = json.loads(note_of(path).read_bytes())
        return Holder(str(found["who"]), str(found["workstation"]), str(found["since"]), int(found["process"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def take_note_away(path: Path) -> None:
    """Nobody has the file any more."""
    with contextlib.suppress(OSError):
        note_of(path).unlink(missing_ok=True)
