"""The notes next to backups: how many facts each has, the digest of the last, and the SHA-256 of the file.

A backup is found by its name and judged by its note: the number in the name is for people alone.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.bounded_read import read_file

NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{6}Z)-(?P<seq>\d+)\.studyday", re.ASCII)
STAMP = "%Y%m%dT%H%M%SZ"
DIGEST_BYTES = 32
"""Of SHA-256."""
LARGEST_NOTE = 10_000
"""Bytes."""
_LONGEST_NAME, _LONGEST_PATH = 255, 511
"""Bytes of a name that file systems take, and of a path that SQLite takes."""
_DIGITS = 8
"""So many has the number of facts at most."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its file, when it was made (UTC), and the number and digest of its last fact."""

    path: Path
    at: datetime
    seq: int
    digest: str = ""
    sha256: str = ""


def folder_of(path: Path) -> Path:
    """Return the folder for the backups of that study file, unless another one is named."""
    return path.parent / f"{path.stem}-backups"


def is_too_long(study: Path) -> bool:
    """Whether a study has so long a name that the names of its journal and backups would not fit."""
    backup = folder_of(study.absolute()) / f".{study.stem}-{'0' * len('20261130T101500Z')}-{'0' * _DIGITS}.studyday"
    names = [backup.with_name(f"{backup.name}{ending}") for ending in (".part-journal", ".json.12345678.part")]
    return any(len(os.fsencode(name)) > _LONGEST_PATH or len(os.fsencode(name.name)) > _LONGEST_NAME for name in names)


def note_of(backup: Path) -> Path:
    """Return the path of the note next to a backup."""
    return backup.with_name(f"{backup.name}.json")


def read_note(backup: Path) -> Backup | None:
    """Return the note next to a backup; None where there is none that can be read."""
    found = NAME.fullmatch(backup.name)
    try:
        note = json.loads(read_file(note_of(backup), LARGEST_NOTE))
        at = datetime.strptime(found["at"], STAMP).replace(tzinfo=UTC) if found else datetime.fromtimestamp(0, UTC)
        if len(bytes.fromhex(note["head"])) != DIGEST_BYTES:
            return None
        return Backup(backup, at, int(note["facts"]), str(note["head"]), str(note["sha256"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def named(folder: Path, stem: str) -> list[Backup]:
    """Return the files that have the names of backups of that study, the oldest first; their notes are not read.

    Raises:
        OSError: the folder cannot be read.
    """
    return sorted(_named(folder, stem), key=lambda one: (one.at, one.seq, one.path.name))


def noted(folder: Path, stem: str) -> list[Backup]:
    """Return what the notes of the backups of that study say, the oldest first; none of an unreadable folder."""
    try:
        found = [read_note(one.path) for one in named(folder, stem)]
    except OSError:
        return []
    return [one for one in found if one is not None and 0 < one.seq < 1 << 62]


def _named(folder: Path, stem: str) -> Iterator[Backup]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        found = NAME.fullmatch(path.name)
        if found is not None and found["stem"] == stem:
            try:
                at = datetime.strptime(found["at"], STAMP).replace(tzinfo=UTC)
                seq = int(found["seq"])
            except ValueError:
                continue
            yield Backup(path, at, seq)
