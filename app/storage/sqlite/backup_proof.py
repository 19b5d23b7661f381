"""Whether a backup is what was written: the SHA-256 of its content against the one in its note.

A digest that was computed is remembered with the state of the file, so that it is computed again only when the file
changed, or when the day asks for it.
"""

import os
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from app import cache
from app.domain.facts.file_warning import BackupProblem
from app.storage.sqlite.checked_file import FileState
from app.storage.sqlite.notes import Backup, read_note

_ROOM = "digests"


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file's content, read now.

    Raises:
        OSError: it cannot be read.
    """
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def problem_of(path: Path, on: str = "") -> BackupProblem:
    """Return what is wrong with a backup.

    `on`: a day on which its content is to have been read, as ``2026-11-23``; empty: any day will do.
    """
    note = read_note(path)
    return "backup_no_note" if note is None else problem_by(note, on)


def problem_by(note: Backup, on: str = "") -> BackupProblem:
    """Return what is wrong with the backup of a note; `on`: as for `problem_of`."""
    try:
        if not note.path.is_file():
            return "backup_unreadable"
        return "" if _digest(note.path, on) == note.sha256 else "backup_changed"
    except OSError:
        return "backup_unreadable"


def was_read(path: Path, on: str) -> bool:
    """Whether a backup's content was read on that day or later, and its file has not changed since."""
    found = _recalled(path, FileState.of(path))
    return found is not None and found[1] >= on


def remember_digest(path: Path, digest: str, on: str) -> None:
    """Remember the digest of a file as it is now, read on that day."""
    state = FileState.of(path)
    if state is not None:
        cache.remember(_ROOM, _name(path), [asdict(state), digest, on])


def _digest(path: Path, on: str) -> str:
    state = FileState.of(path)
    found = _recalled(path, state)
    if found is not None and found[1] >= on:
        return found[0]
    digest = digest_of_file(path)
    if state is not None and state == FileState.of(path):
        remember_digest(path, digest, on)
    return digest


def _recalled(path: Path, state: FileState | None) -> tuple[str, str] | None:
    """Return the remembered digest and the day on which it was computed; None where the file is another now."""
    found = cache.recall(_ROOM, _name(path))
    if state is None or not isinstance(found, list) or len(found) != 3 or found[0] != asdict(state):
        return None
    return str(found[1]), str(found[2])


def _name(path: Path) -> str:
    return cache.digest(os.fsencode(path.absolute()))
