"""Reads files that others have made: ordinary ones only, and never more of them than was agreed."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from app.operating_system import AS_BYTES, NOT_WAITING

HELD: set[tuple[int, int]] = set()
"""The files that this process has locked, by device and number: to open and close one of them would drop its locks."""


class NotOrdinaryError(OSError):
    """It is no ordinary file but a folder, a pipe, a socket or a device; it was not opened."""


class TooLargeError(OSError):
    """There is more in it than was agreed; the rest was not read."""


def read_file(path: Path, most: int) -> bytes:
    """Return the content of an ordinary file of at most that many bytes.

    Raises:
        NotOrdinaryError: it is something else.
        TooLargeError: it is larger.
        OSError: there is none, it cannot be read, or it is a study that this process has open.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise NotOrdinaryError(f"{path} is no ordinary file")
    if (found.st_dev, found.st_ino) in HELD:
        raise OSError(errno.EBUSY, "it is the study that is open", str(path))
    # Between the two looks something else may get the name: a pipe would wait for its writer for ever.
    handle = os.open(path, os.O_RDONLY | NOT_WAITING | AS_BYTES)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotOrdinaryError(f"{path} is no ordinary file")
        return read_stream(file, most)


def read_stream(stream: BinaryIO, most: int) -> bytes:
    """Return everything that a stream gives.

    Raises:
        TooLargeError: that is more than so many bytes; at most one more was read.
    """
    found = stream.read(most + 1)
    if len(found) > most:
        raise TooLargeError(f"more than {most} bytes")
    return found
