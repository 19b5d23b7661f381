"""Files that are made under another name and get their own only when they are finished."""

import contextlib
import stat
from pathlib import Path

from app.atomic_write import name_new_file
from app.domain.refusal import Refused
from app.operating_system import sync_folder

MAGIC = b"SQLite format 3\x00"
"""How a file of SQLite begins."""


def put_in_place(part: Path, path: Path) -> None:
    """Give a finished file its name, unless something else has taken the name meanwhile.

    Raises:
        Refused: there is something of that name, or it cannot be written.
    """
    try:
        name_new_file(part, path)
    except FileExistsError:
        raise Refused("exists", path=str(path)) from None
    except OSError as error:
        raise Refused("unwritable", path=str(path), problem=(error.strerror or "an error").lower()) from None
    sync_folder(path.parent)


def remove_with_side_files(path: Path) -> None:
    """Remove an unfinished file; first its journals, so that none is left without its file."""
    for suffix in ("-journal", "-wal", "-shm", ""):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def must_leave_room(path: Path) -> None:
    """Refuse a study where a folder, a link, a pipe or a device has the name of a file that SQLite makes next to it.

    SQLite would wait for a pipe for ever.

    Raises:
        Refused: one of them is there, or cannot be looked at.
    """
    for ending in ("-journal", "-wal"):
        side = path.parent / f"{path.name}{ending}"
        try:
            ordinary = stat.S_ISREG(side.lstat().st_mode)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise unreadable(side, error) from None
        if not ordinary:
            raise Refused("no_room_for_journal", path=str(side))


def to_put_back(path: Path) -> bool:
    """Return whether a killed process has left a journal for SQLite to roll back; one that begins with 0 is not.

    Raises:
        Refused: there is a journal that cannot be read.
    """
    try:
        with _journal(path).open("rb") as file:
            return file.read(1) not in (b"", b"\x00")
    except FileNotFoundError:
        return False
    except OSError as error:
        raise unreadable(_journal(path), error) from None


def remove_idle_journal(path: Path) -> None:
    """Remove a journal with nothing to roll back, as a killed process leaves it; this process must have the file."""
    with contextlib.suppress(OSError, Refused):
        if not to_put_back(path):
            _journal(path).unlink()


def unreadable(path: Path, error: OSError) -> Refused:
    """Return the refusal of a file that the operating system does not let this program read."""
    return Refused("study_unreadable", path=str(path), problem=(error.strerror or "cannot be read").lower())


def _journal(path: Path) -> Path:
    return path.parent / f"{path.name}-journal"
