"""Who can read the files of a study: what others could read is closed to them, and the rest is said, once."""

import os
from collections.abc import Iterator
from pathlib import Path

from app import cache
from app.domain.facts.file_warning import FileWarning, FileWarningKind
from app.private_files import OF_OTHERS, close_to_others, is_open_to_others

_SIDE_ENDINGS = ("-journal", "-wal", "-shm", ".open")
_ROOM = "told"


def close_study_to_others(path: Path) -> list[FileWarning]:
    """Take from other users what they may do with a study, its side files and its backups; return what to say of it.

    A file of another owner cannot be closed; that is said once for each mode, and so is an open folder around it.
    """
    real = Path(os.path.realpath(path))
    closed = [one for one in _files_of(real) if close_to_others(one)]
    said = [FileWarning("closed_to_others", {"path": str(one)}) for one in closed[:1]]
    if is_open_to_others(real):
        said += _once("file_open_to_others", real)
    if is_open_to_others(real.parent):
        said += _once("folder_open_to_others", real.parent)
    return said


def _files_of(study: Path) -> Iterator[Path]:
    yield study
    yield from (study.with_name(study.name + ending) for ending in _SIDE_ENDINGS)
    folder = study.with_name(f"{study.stem}-backups")
    yield folder
    try:
        yield from (one for one in folder.iterdir() if one.name.lstrip(".").startswith(f"{study.stem}-"))
    except OSError:
        return


def _once(kind: FileWarningKind, path: Path) -> list[FileWarning]:
    """Return the warning, unless it was said before of that path with the mode that it has."""
    try:
        mode = path.stat().st_mode & OF_OTHERS
    except OSError:
        return []
    name = cache.digest(kind.encode(), os.fsencode(path))
    if cache.recall(_ROOM, name) == mode:
        return []
    cache.remember(_ROOM, name, mode)
    return [FileWarning(kind, {"path": str(path)})]
