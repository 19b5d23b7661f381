"""This checkout next to another one: the same commands on the same large study, each in a process of its own.

The study is made from the other checkout's demo study, so that both can open it; each works in a copy. What both do
once (a first opening of the day, a migration, the planned visits) is done before anything is measured.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.services.commands.demo import FILE
from tests.benchmarks.big_study import grow

HERE = Path(__file__).parents[2]
TODAY = "2026-11-23"
PARTICIPANTS = 1000
"""61,000 facts; 5,000 participants have the 305,000 of a large study after years."""
TURNS = 3
CHANGES = 100
WHO = "LI-001"
STEPS: Sequence[tuple[str, Sequence[str], float]] = (
    ("note", ("note", WHO, "SP-C01", "a note"), 0.4),
    ("undo of a note", ("undo",), 0.4),
    ("record", ("record", WHO, "SP-C01", "--on", TODAY), 0.4),
    ("agenda after a change", ("agenda",), 0.5),
    ("undo", ("undo",), 0.4),
    ("close one day", ("closed", "add", "2026-12-14"), 0.3),
    ("agenda after that", ("agenda",), 0.5),
    ("undo of that", ("undo",), 0.4),
)
"""What is done in turn, and the most of the other checkout's processor time that it may take."""


@dataclass(frozen=True)
class Spent:
    """What a process has spent: seconds of processor time, and the most memory in megabytes."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Checkout:
    """One checkout with a home and a copy of the study of its own."""

    source: Path
    home: Path

    @property
    def study(self) -> Path:
        """Its copy of the study."""
        return self.home / "study.studyday"

    def run(self, *arguments: str) -> Spent:
        """Run one command in a process of its own.

        Raises:
            SystemExit: it is refused.
        """
        environment = {**os.environ, "PYTHONPATH": str(self.source)}
        environment |= {f"XDG_{room}_HOME": str(self.home / room) for room in ("CACHE", "STATE", "DATA", "CONFIG")}
        command = [sys.executable, "-m", "app", *arguments]
        with subprocess.Popen(
            command, env=environment, cwd=self.home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            said = process.stderr.read().decode() if process.stderr is not None else ""
            _pid, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{self.source}: {' '.join(arguments)}: {said}")
        return Spent(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)

    def work(self, *arguments: str) -> Spent:
        """Run one command on the study."""
        return self.run("-f", str(self.study), "--today", TODAY, *arguments)

    def disk(self) -> int:
        """Return the bytes of the study and all that lies around it."""
        around = (self.study, *self.home.glob(".study*"), *self.home.glob("study*-backups/*"))
        return sum(path.stat().st_size for path in around)


def run(other: Path, participants: int = PARTICIPANTS) -> None:
    """Print a line for each step: this checkout, the other one, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Checkout(HERE, Path(folder, "ours")), Checkout(other.resolve(), Path(folder, "theirs"))
        _make(theirs, ours, participants)
        for one in (ours, theirs):
            one.work("participants")
            one.work("agenda")
        for line in _lines(ours, theirs):
            print(line, flush=True)
        _grows(ours)


def _make(theirs: Checkout, ours: Checkout, participants: int) -> None:
    for one in (ours, theirs):
        one.home.mkdir()
    theirs.run("demo", "--today", TODAY, str(theirs.home / "demo"))
    shutil.copyfile(theirs.home / "demo" / FILE, theirs.study)
    grow(theirs.study, participants)
    shutil.copyfile(theirs.study, ours.study)
    print(
        f"{participants:,} participants, {theirs.study.stat().st_size / 1e6:.0f} MB; this checkout and {theirs.source}"
    )


def _lines(ours: Checkout, theirs: Checkout) -> Iterator[str]:
    spent: dict[str, tuple[list[Spent], list[Spent]]] = {name: ([], []) for name, _command, _reach in STEPS}
    for _turn in range(TURNS):
        for name, command, _reach in STEPS:
            for one, found in zip((ours, theirs), spent[name], strict=True):
                found.append(one.work(*command))
    for name, _command, reach in STEPS:
        mine, other = (_least(found) for found in spent[name])
        times, memory = mine.seconds / other.seconds, mine.megabytes / other.megabytes
        yield (
            f"{name:22} {mine.seconds:6.2f} s {other.seconds:6.2f} s {times:5.2f}x (reach {reach}x)"
            f"  {mine.megabytes:5.0f} MB {other.megabytes:5.0f} MB {memory:5.2f}x"
        )


def _least(found: Sequence[Spent]) -> Spent:
    return Spent(min(one.seconds for one in found), min(one.megabytes for one in found))


def _grows(ours: Checkout) -> None:
    for number in range(CHANGES):
        ours.work("note", WHO, "SP-C01", f"note {number}")
    times = ours.disk() / ours.study.stat().st_size
    print(f"disk after {CHANGES} changes at the terminal: {times:.2f}x the file (reach 3x)", flush=True)
