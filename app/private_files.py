"""Files and folders that nobody but their owner may read, from their first byte, whatever the system's mask allows.

A mode is given when a file is made, never set afterwards: in between, another user could open it and go on reading.
"""

import contextlib
import os
import stat
from pathlib import Path
from typing import IO

from app.operating_system import AS_BYTES, on_windows

FILE, FOLDER = 0o600, 0o700
"""The modes of a file and of a folder that are their owner's alone."""
OF_OTHERS = 0o077
"""What the group and everybody else may do, in a file's mode."""


def set_mask() -> None:
    """Let this process make nothing that others may read, libraries and journals included."""
    os.umask(OF_OTHERS)


def make_folder(path: Path) -> None:
    """Make a folder where there is none, with those above it; one that is there stays as it is.

    Raises:
        OSError: it cannot be made, or something else has its name.
    """
    missing = []
    while not path.is_dir():
        missing.append(path)
        if path == path.parent or os.path.lexists(path):
            break
        path = path.parent
    for one in reversed(missing):
        one.mkdir(FOLDER, exist_ok=True)


def own_folder(path: Path) -> bool:
    """Make a folder that is this user's alone; return whether the one of that name is so, and no link."""
    with contextlib.suppress(OSError):
        path.mkdir(FOLDER)
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and is_own(found) and (on_windows() or not found.st_mode & OF_OTHERS)


def is_own(found: os.stat_result) -> bool:
    """Whether a file or folder belongs to the user of this process."""
    return on_windows() or found.st_uid == os.geteuid()


def make_file(path: Path) -> None:
    """Make an empty file.

    Raises:
        FileExistsError: something has that name.
        OSError: it cannot be made.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | AS_BYTES, FILE))


def new_text_file(path: Path) -> IO[str]:
    """Make a file and open it to write text to.

    Raises:
        FileExistsError: something has that name.
        OSError: it cannot be made.
    """
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | AS_BYTES, FILE), "w", encoding="utf-8")


def is_open_to_others(path: Path) -> bool:
    """Whether the mode of a file or folder lets others read, change or search it; not where there is none."""
    if on_windows():
        return False
    try:
        return bool(path.stat().st_mode & OF_OTHERS)
    except OSError:
        return False


def close_to_others(path: Path) -> bool:
    """Take from others what they may do with a file or folder of this user; return whether there was anything.

    A link is left alone, as what it leads to may be meant for others.
    """
    if on_windows():
        return False
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or not found.st_mode & OF_OTHERS or not is_own(found):
            return False
        path.chmod(stat.S_IMODE(found.st_mode) & ~OF_OTHERS)
    except OSError:
        return False
    return True
