"""Writes files so that a name always has either the old content or the complete new one, never a part."""

import contextlib
import os
import re
import stat
from pathlib import Path
from typing import TextIO

from app.operating_system import (
    AS_BYTES,
    NOT_FOLLOWING,
    NOT_WAITING,
    hold,
    is_abandoned,
    release,
    remove_file,
    replace_file,
)


def write_atomically(path: Path, content: bytes, lasting: bool = True, new: bool = False) -> None:
    """Write to a temporary file in the same folder and put that in the place of the path.

    `lasting`: wait until the content is on the disk. `new`: leave alone what has taken the name meanwhile.

    Raises:
        FileExistsError: the file was to be new, and something has that name.
        OSError: the file cannot be written; the old content is untouched and no temporary file is left.
    """
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    lock = hold(handle)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        if new:
            name_new_file(Path(temporary), path)
        else:
            replace_file(Path(temporary), path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    finally:
        release(lock)


def name_new_file(part: Path, path: Path) -> None:
    """Give a finished file its name, unless something has that name; it loses its old one.

    Raises:
        FileExistsError: something has that name; the file keeps its own.
        OSError: it cannot be named.
    """
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: a rename, which on Windows takes nothing away either.
        if os.path.lexists(path):
            raise FileExistsError(f"{path} exists") from None
        part.rename(path)
    else:
        # It has its name. What is left under the other one is cleared away later.
        with contextlib.suppress(OSError):
            remove_file(part)


def clear_unfinished(path: Path) -> None:
    """Remove the unfinished files of a process that was killed while it wrote that file under another name."""
    unfinished = re.compile(rf"\.{re.escape(path.name)}\.[a-z0-9_]{{8}}\.part", re.ASCII)
    with contextlib.suppress(OSError):
        for part in [one for one in path.parent.iterdir() if unfinished.fullmatch(one.name)]:
            with contextlib.suppress(OSError):
                if stat.S_ISREG(part.lstat().st_mode) and is_abandoned(part):
                    part.unlink(missing_ok=True)


def open_log(path: Path, start: str) -> TextIO:
    """Open a log to add lines to; `start`: how every log of that kind begins. Other files and links are not added to.

    Raises:
        OSError: it cannot be opened, or is another file than such a log.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | NOT_WAITING | NOT_FOLLOWING | AS_BYTES
    if path.is_symlink():
        raise FileExistsError(17, "it is a link and no log", str(path))
    handle = os.open(path, flags, 0o600)
    try:
        begin = start.encode()
        if not stat.S_ISREG(os.fstat(handle).st_mode) or os.read(handle, len(begin)) not in (b"", begin):
            raise FileExistsError(17, "it is another file than a log", str(path))
        return os.fdopen(handle, "a", encoding="utf-8")
    except BaseException:
        os.close(handle)
        raise
