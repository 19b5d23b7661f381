"""Writing a file that a command makes, and taking it back where the command cannot be finished."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from app.atomic_write import clear_unfinished, write_atomically
from app.domain.refusal import Refused
from app.services.study.output_path import Replace, check_output

_MOST_KEPT = 50_000_000
"""Bytes of a file that is replaced, to be put back."""


def write_file(
    path: Path, content: bytes, replace: Replace = "own", study: Path | None = None, reads: Iterable[Path | int] = ()
) -> None:
    """Write a file.

    Raises:
        Refused: the file cannot be written, or must not be replaced.
    """
    target = check_output(path, replace, study, reads)
    clear_unfinished(target.path)
    try:
        write_atomically(target.path, content, new=target.is_new)
    except FileExistsError:
        raise Refused("over_file", path=str(path)) from None
    except OSError as error:
        raise Refused("unwritable", path=str(path), problem=(error.strerror or "an error").lower()) from None


def way_back_of(path: Path) -> Callable[[], object]:
    """Return what gives a file the content that it has now, or takes it away where there is none yet.

    The file is opened and closed: it must have been checked that it is no study, whose locks that would drop.

    Nothing is done where it is no ordinary file, cannot be read, or is too large to be kept.
    """
    try:
        if not os.path.lexists(path):
            return lambda: path.unlink(missing_ok=True)
        if path.is_file() and path.stat().st_size <= _MOST_KEPT:
            return partial(write_atomically, path, path.read_bytes())
    except OSError:
        pass
    return lambda: None
