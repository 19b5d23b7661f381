"""A mark of each run of the window, by which the next start knows that one did not end properly.

The mark is a file in the folder of reports. The process holds it as long as it lives, and removes it at a proper end.
When the system ends the process for a fault, Python writes into the mark where the program was.
"""

import contextlib
import faulthandler
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from app import __version__, paths
from app.bounded_read import read_file
from app.operating_system import hold, is_abandoned, release
from app.private_files import make_folder, new_text_file
from app.wording.reports import crash_report

_MARK = re.compile(r"studyday-run-[0-9-]+\.txt", re.ASCII)
_START = "studyday "
_STARTED = re.compile(r"started (\S+)\Z")
_FRAME = re.compile(r'\s*File "(?:.*[/\\])?([^"/\\]*)", line (\d+|\?\?\?) in (.*)')
_TOLD = re.compile(r"(Fatal Python error|Windows fatal exception|Current thread|Thread) ?[^/\\]*")
_LARGEST = 1_000_000
"""Bytes that are read of a mark."""


@dataclass(frozen=True, slots=True)
class UncleanEnd:
    """A run that did not end properly: when it had been started, and its report where there was anything to say."""

    started: datetime
    report: Path | None


class RunMark:
    """The mark of this run; where none can be made, there is none and nothing else changes."""

    def __init__(self, moment: datetime) -> None:
        """Make the mark of a run that begins at that moment."""
        self._path = paths.state_dir() / f"studyday-run-{moment:%Y%m%d-%H%M%S-%f}.txt"
        self._ended = contextlib.ExitStack()
        with contextlib.suppress(OSError):
            make_folder(self._path.parent)
            file = new_text_file(self._path)
            lock = hold(file.fileno())
            for step in (partial(release, lock), partial(self._path.unlink, missing_ok=True), file.close):
                self._ended.callback(step)  # they are done in the other order
            python, system = platform.python_version(), sys.platform
            file.write(f"studyday {__version__}, Python {python}, {system}, started {moment.isoformat()}\n")
            file.flush()
            faulthandler.enable(file)
            self._ended.callback(faulthandler.disable)

    def end(self) -> None:
        """Take the mark away: the run has ended properly."""
        with contextlib.suppress(OSError):
            self._ended.close()


def take_unclean_ends(moment: datetime) -> list[UncleanEnd]:
    """Return the runs that did not end properly and are not told yet, the oldest first; they are told only once."""
    return [found for path in _marks() if (found := _taken(path, moment)) is not None]


def _marks() -> Iterator[Path]:
    try:
        yield from sorted(path for path in paths.state_dir().iterdir() if _MARK.fullmatch(path.name))
    except OSError:
        return


def _taken(path: Path, moment: datetime) -> UncleanEnd | None:
    """Take the mark of a run that has ended; None where it still runs, or the file is something else."""
    try:
        if path.is_symlink() or not is_abandoned(path):
            return None
        first, *rest = read_file(path, _LARGEST).decode("utf-8", "replace").splitlines() or [""]
        found = _STARTED.search(first)
        if found is None or not first.startswith(_START):
            return None
        started = datetime.fromisoformat(found[1])
        path.unlink()  # on Windows this fails while the process lives
    except (OSError, ValueError):
        return None
    return UncleanEnd(started, _reported(first, rest, moment))


def _reported(first: str, rest: list[str], moment: datetime) -> Path | None:
    """Write the report of what the system left, if anything: places in the program, without the folders."""
    places = list(_places(rest))
    if not places:
        return None
    path = paths.state_dir() / f"studyday-crash-{moment:%Y%m%d-%H%M%S-%f}.txt"
    with contextlib.suppress(OSError), new_text_file(path) as file:
        file.write(crash_report([first, *places]))
        return path
    return None


def _places(lines: list[str]) -> Iterator[str]:
    for line in lines:
        frame = _FRAME.fullmatch(line)
        told = _TOLD.match(line)
        if frame is not None:
            yield f"  {frame[1]}:{frame[2]} {frame[3]}"
        elif told is not None:
            yield told[0].rstrip()
