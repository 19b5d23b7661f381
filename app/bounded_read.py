"""Reads files that others have made: ordinary ones only, and never more of them than was agreed."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from app.operating_system import AS_BYTES, NOT_WAITING


class NotOrdinaryError(OSError):
    """It is no ordinary file but a folder, a pipe, a socket or a device; it was not opened."""


class TooLargeError(OSError):
    """There is more in it than was agreed; the rest was not read."""


def read_file(path: Path, most: int) -> bytes:
    """Return the content of an ordinary file of at most that many bytes.

    Raises:
        NotOrdinaryError: it is something else.
        TooLargeError: it is larger.
        OSError: there is none, or it cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise NotOrdinaryError(f"{path} is no ordinary file")
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
