"""What differs between Linux and Windows, in this module alone.

What Qt, SQLite and the kept libraries make alike is not here. Functions that need a module of one system import it
themselves, so that every module of the program can be loaded on both.
"""

import contextlib
import os
import sys
from pathlib import Path, PurePath
from time import sleep

NOT_FOLLOWING = getattr(os, "O_NOFOLLOW", 0)
NOT_WAITING = getattr(os, "O_NONBLOCK", 0)
"""A pipe is not waited for."""
AS_BYTES = getattr(os, "O_BINARY", 0)
"""Windows would put a sign before each line break."""

_GONE_WITH_PROCESS = getattr(os, "O_TEMPORARY", 0)
"""Windows removes such a file when its last handle is closed, also by the end of a process."""

_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *(f"{one}{n}" for one in ("COM", "LPT") for n in "0123456789¹²³"))
)
_NOT_IN_NAMES = frozenset('<>"|?*:')
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds between attempts to replace a file that a scanner or a synchroniser is looking at."""
_REMOTE_DRIVE = 4
"""Windows' number for a network drive, ``DRIVE_REMOTE``."""


def on_windows() -> bool:
    """Whether this is Windows, where files have no modes: who may read one follows from the folder that it is in."""
    return sys.platform == "win32"


# Files


def identity_of(path: Path) -> tuple[int, int] | None:
    """Return device and file number: the same for every name of one file; None where there is no file."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def number_of_names(path: Path) -> int:
    """Return how many names a file has, each a hard link to it; 0 where there is no file."""
    with contextlib.suppress(OSError):
        return path.stat().st_nlink
    return 0


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder; Windows sees to that itself."""
    if on_windows():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(part: Path, path: Path) -> None:
    """Put a finished file in the place of a path.

    On Windows that fails while another program has the old file open, if only for a moment, so it is tried again.

    Raises:
        OSError: it cannot be done; both are as they were.
    """
    for pause in _PAUSES if on_windows() else ():
        with contextlib.suppress(PermissionError):
            part.replace(path)
            return
        sleep(pause)
    part.replace(path)


def remove_file(path: Path) -> None:
    """Remove a file; on Windows again and again for a moment, as long as another program has it open.

    Raises:
        OSError: it cannot be removed.
    """
    for pause in _PAUSES if on_windows() else ():
        with contextlib.suppress(PermissionError):
            path.unlink()
            return
        sleep(pause)
    path.unlink()


def clock_step_ns() -> int:
    """Return the smallest difference between two times of a file, in nanoseconds."""
    return 100 if on_windows() else 1


def unfit_name(path: PurePath) -> str:
    """Return the part of a path that Windows would understand otherwise than it is written; empty elsewhere.

    Such are the names of devices, of a stream inside a file, and ends that it leaves out.
    """
    if not on_windows():
        return ""
    named = path.parts[1:] if path.anchor else path.parts
    return next((part for part in named if part not in (".", "..") and _is_unfit(part)), "")


def _is_unfit(part: str) -> bool:
    stem = part.partition(".")[0].rstrip(" ").upper()
    return stem in _DEVICES or part[-1:] in (" ", ".") or not _NOT_IN_NAMES.isdisjoint(part)


def is_network_drive(path: Path) -> bool:
    """Whether Windows knows the drive of a path as one on the network; elsewhere the list of mounts tells it."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE)
    return False


# A process that writes holds a lock on what is unfinished. The lock ends with the process, however that ends.


def hold(handle: int) -> int | None:
    """Lock an open file or folder until `release` gets the handle returned; None where the system needs no lock."""
    if on_windows():  # there an open file cannot be removed
        return None
    import fcntl

    lock = os.dup(handle)
    with contextlib.suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def hold_folder(folder: Path) -> int | None:
    """Lock a folder as `hold` locks a file. Windows locks none: there a file next to it goes with the process.

    Raises:
        OSError: it cannot be opened, or that file be made.
    """
    if on_windows():
        return os.open(_held_by(folder), os.O_RDWR | os.O_CREAT | _GONE_WITH_PROCESS, 0o600)
    handle = os.open(folder, os.O_RDONLY)
    try:
        return hold(handle)
    finally:
        os.close(handle)


def release(lock: int | None) -> None:
    """Give up what `hold` has locked."""
    if lock is not None:
        os.close(lock)


def is_abandoned(path: Path) -> bool:
    """Whether no process holds that unfinished file or folder any more.

    Raises:
        OSError: it cannot be opened.
    """
    if on_windows():
        return not _held_by(path).exists()
    import fcntl

    handle = os.open(path, os.O_RDONLY | NOT_FOLLOWING | NOT_WAITING)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _held_by(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.held")


# The computer


def zone_name() -> str:
    """Return the computer's time zone as an IANA name; UTC where it is unknown."""
    named = os.environ.get("TZ", "").lstrip(":")
    if "/" in named or named == "UTC":
        return named
    if on_windows():
        return _zone_of_windows()
    parts = Path("/etc/localtime").resolve().parts
    return "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else "UTC"


def _zone_of_windows() -> str:
    """Return the IANA name of the zone in the registry, by the table of Unicode's CLDR that babel has."""
    with contextlib.suppress(ImportError, LookupError, OSError, ValueError):
        from babel.localtime import get_localzone

        return str(getattr(get_localzone(), "key", "")) or "UTC"
    return "UTC"


def allow_others_in_front() -> None:
    """Let another window of this user come to the front; Windows asks the program that was started last."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)


def show_without_console(text: str) -> None:
    """Show a text in a box of the system's own and wait until it is closed: the window may not be there yet."""
    if sys.platform == "win32":
        import ctypes

        warning = 0x30
        ctypes.windll.user32.MessageBoxW(None, text, "Studyday", warning)
