"""What is remembered of a study file that was checked: then only what was added since is checked, until the next day.

Remembered are the last fact that was checked, the day, and by what the file would show a change: its number on the
disk, its size, and when it and its entry were last changed. It is kept in this user's cache and not in the file, so an
edit of the file cannot say that it was checked, and a copy, a file put back and a file of another computer are checked
completely. Whatever changes the file by way of the operating system changes one of these, also when it sets the time of
the change back, because that changes the entry (Windows tells no such time: there, that is found the next day). What
comes by another way, such as a bad disk, or is done by somebody who edits this memory as well, is found by the first
opening of the next day.

That opening checks the chain from its beginning. Whether the values of the facts can be read is judged once: where the
chain holds, the facts up to the remembered one are the same as then.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from app import __version__
from app.cache import digest, recall, remember
from app.domain.facts.chain_head import Head
from app.domain.facts.readable import rules
from app.operating_system import clock_step_ns

_ROOM, _NAME = "checked", "studies"
MOST_FILES = 50
"""Studies of which it is remembered that they were checked; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as the operating system describes it; a change of its bytes changes one of these."""

    device: int
    number: int
    size: int
    changed_ns: int
    entry_changed_ns: int

    @classmethod
    def of(cls, path: Path) -> "FileState | None":
        """Return the state of a file, without opening it; None where it cannot be seen."""
        try:
            found = path.stat()
        except OSError:
            return None
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Checked:
    """A check: the day (UTC), the last fact that was checked, and the file at the end of that opening.

    `visits`: the planned visits were as they had been written as well.
    """

    day: str
    head: Head
    visits: bool
    state: FileState


def checked_today(path: Path, moment: datetime) -> Checked | None:
    """Return the check of that day if the file is as it was left; None where everything has to be checked."""
    try:
        plain = _known()[_key(path)]
        head = Head(int(plain["head"]["seq"]), bytes.fromhex(plain["head"]["digest"]))
        found = Checked(str(plain["day"]), head, plain["visits"] is True, FileState(**plain["state"]))
    except (KeyError, TypeError, ValueError):
        return None
    return found if found.day == _day(moment) and found.state == FileState.of(path) else None


def readable_before(path: Path) -> Head:
    """Return the last fact up to which all of this file were found to be readable, on whatever day, by today's rules.

    Where the chain holds, the facts up to that digest are the same; number 0 where nothing is known.
    """
    try:
        plain = _known()[_key(path)]
        if plain["rules"] == _rules():
            return Head(int(plain["head"]["seq"]), bytes.fromhex(plain["head"]["digest"]))
    except (KeyError, TypeError, ValueError):
        pass
    return Head(0, b"")


@cache
def _rules() -> str:
    return digest(__version__.encode(), rules().encode())


def remember_checked(path: Path, moment: datetime, head: Head, visits: bool, before: Checked | None) -> None:
    """Remember that the file was checked up to a fact, while nobody else can write it.

    `visits`: so were the planned visits. `before`: what was known at the opening. Where it cannot be remembered, the
    next opening checks everything.
    """
    day, state = _day(moment), FileState.of(path)
    if state is None or before == Checked(day, head, visits, state):
        return
    if before is None or before.state != state:
        state = _with_time_of_its_own(path)
    if state is not None:
        known = {name: one for name, one in _known().items() if name != _key(path)}
        plain: dict[str, Any] = {"day": day, "head": {"seq": head.seq, "digest": head.digest.hex()}, "visits": visits}
        plain |= {"state": asdict(state), "rules": _rules()}
        newest = [*known.items(), (_key(path), plain)][-MOST_FILES:]
        remember(_ROOM, _NAME, dict(newest))


def _with_time_of_its_own(path: Path) -> FileState | None:
    """Set the file's time back by the smallest step and return its state; None where its time is not kept so exactly.

    Clocks of files tick every few milliseconds. A change in the same tick as the last one would leave the same time.
    """
    try:
        found = path.stat()
        wanted = found.st_mtime_ns - clock_step_ns()
        os.utime(path, ns=(found.st_atime_ns, wanted))
    except OSError:
        return None
    state = FileState.of(path)
    return state if state is not None and state.changed_ns == wanted else None


def _known() -> Mapping[str, Any]:
    found = recall(_ROOM, _NAME)
    return found if isinstance(found, dict) else {}


def _key(path: Path) -> str:
    return digest(os.fsencode(path))


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()
