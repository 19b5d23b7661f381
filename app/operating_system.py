"""What differs between Linux and Windows, in this module alone."""

import contextlib
import sys
from pathlib import Path


def on_windows() -> bool:
    """Whether this is Windows, where files have no modes: who may read one follows from the folder that it is in."""
    return sys.platform == "win32"


def identity_of(path: Path) -> tuple[int, int] | None:
    """Return device and file number: the same for every name of one file; None where there is no file."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def allow_others_in_front() -> None:
    """Let another window of this user come to the front; Windows asks the program that was started last."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)
