"""Every start-up trick of `app/startup.py` with and without it, in fresh processes, in turns.

The unit is processor time of the process, so that a busy machine changes little. A trick is undone by a line of code
that runs in the process before the program does; a delayed import is undone by importing its modules there.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.services.commands.demo import FILE, make_demo
from app.startup import (
    COLLECTION_PAUSED,
    COLLECTION_SELDOM,
    DELAYED_IMPORTS,
    IMPORT_HOOK,
    PAGE_AHEAD,
    PRELOADING,
    START_FROZEN,
    DelayedImport,
    Trick,
)
from tests.architecture.imports import app_imports
from tests.benchmarks.start import WATCHING, Home
from tests.benchmarks.study_file import NURSE, TODAY

ROOT = Path(__file__).parents[2]
STARTS = 9
SMALL_GAIN = 30
"""Milliseconds; a smaller gain is measured over three times as many starts, as a busy machine hides it."""
STORY = str(ROOT / "resources" / "examples" / "scanpan.json")

_BEGIN = """
import gc, os, sys, time
from importlib import import_module
from app import startup
def reached(at_that_moment=0.0):
    spent = at_that_moment or time.process_time()
    sys.stdout.flush()
    os.write(3, f"{spent * 1000:.3f}".encode())
    os._exit(0)
def loading(modules):
    start = time.process_time()
    for one in modules:
        import_module(one)
    return time.process_time() - start
def collecting():
    start = time.process_time()
    gc.collect()
    return time.process_time() - start
"""
_TERMINAL = """
from app.__main__ import main
main()
reached()
"""
_WINDOW = f"""
startup.before_window()
{{undone}}
moment = {{moment!r}}
def filled_since(opened_at):
    {{there}}
{WATCHING}
startup.before_window = lambda: None
from app.__main__ import main
main()
"""


@dataclass(frozen=True)
class Measured:
    """The medians of one trick, in milliseconds of processor time."""

    what: str
    moment: str
    with_it: float
    without: float
    stated: int

    @property
    def gain(self) -> float:
        """Return what the trick saves."""
        return self.without - self.with_it

    def __str__(self) -> str:
        """Return a line for the terminal."""
        times = f"{self.with_it:.0f} ms with it, {self.without:.0f} ms without"
        return f"{self.what}, until {self.moment}: {times}, gain {self.gain:.0f} ms (stated: {self.stated} ms)"


class Bench:
    """Starts the program's processes in a home of their own, on a demo study."""

    def __init__(self, folder: Path) -> None:
        """Make the home and the study."""
        make_demo(folder / "demo", NURSE, TODAY)
        self.folder = folder
        self.study = ["-f", str(folder / "demo" / FILE), "--today", TODAY.isoformat()]
        self.environment = Home(folder).environment

    def code(self, moment: str, undone: str = "", there: str = "reached()") -> list[str]:
        """Return the command of a process that says how long it took until the moment."""
        arguments, program = {
            "a story is rehearsed": (["rehearse", STORY, "--json"], f"{undone}\n{_TERMINAL}"),
            "a note is saved": (
                [*self.study, "note", "LI-001", "SP-C01", "a note", "--sure"],
                f"{undone}\n{_TERMINAL}",
            ),
            "the window is painted": (self.study, _WINDOW.format(undone=undone, moment="painted", there=there)),
            "Today is filled": (self.study, _WINDOW.format(undone=undone, moment="filled", there=there)),
        }[moment]
        return [sys.executable, "-c", f"{_BEGIN}\nsys.argv = ['studyday', *{arguments!r}]\n{program}"]

    def spent(self, command: list[str]) -> float:
        """Run a process and return the milliseconds that it reports."""
        with tempfile.TemporaryFile() as report:
            subprocess.run(
                ["bash", "-c", 'exec "$@" 3>&0 </dev/null', "bash", *command],
                stdin=report, stdout=subprocess.DEVNULL, check=True, cwd=ROOT, env=self.environment, timeout=120,
            )  # fmt: skip
            report.seek(0)
            return float(report.read())

    def compare(self, first: list[str], second: list[str], starts: int) -> tuple[float, float]:
        """Return the medians of two processes, started in turns; the first start of each is not counted."""
        pairs = [(self.spent(first), self.spent(second)) for _turn in range(starts + 1)][1:]
        one, other = zip(*pairs, strict=True)
        return statistics.median(one), statistics.median(other)


def starts_for(gain_ms: int) -> int:
    """Return how many starts show a gain of so many milliseconds."""
    return STARTS if gain_ms >= SMALL_GAIN else 3 * STARTS


def measure_trick(bench: Bench, trick: Trick) -> Measured:
    """Return the times with and without one trick."""
    filled, since_opened = "Today is filled", "reached(time.thread_time() - opened_at)"
    with_it, without = {
        IMPORT_HOOK.name: (
            bench.code(filled),
            bench.code(filled, "sys.modules['builtins'].__import__ = sys.modules['builtins'].__feature_import__"),
        ),
        COLLECTION_PAUSED.name: (bench.code(filled), bench.code(filled, "gc.enable()")),
        START_FROZEN.name: (
            bench.code(filled, there="gc.collect(); startup.resume_collection(); reached(collecting())"),
            bench.code(filled, there="gc.collect(); reached(collecting())"),
        ),
        PRELOADING.name: (
            bench.code(filled, there="loading(startup.PRELOADED); reached(loading(startup.PRELOADED))"),
            bench.code(filled, there="reached(loading(startup.PRELOADED))"),
        ),
        PAGE_AHEAD.name: (
            bench.code(filled, there=since_opened),
            bench.code(filled, "startup.MADE_AHEAD = ()", there=since_opened),
        ),
        COLLECTION_SELDOM.name: (
            bench.code("a note is saved"),
            bench.code("a note is saved", "startup.before_command = lambda: None"),
        ),
    }[trick.name]
    return Measured(
        trick.name, trick.moment, *bench.compare(with_it, without, starts_for(trick.gain_ms)), trick.gain_ms
    )


def measure_delay(bench: Bench, entry: DelayedImport) -> Measured:
    """Return the times with an entry's imports delayed, and with them at the start."""
    eager = f"loading({modules_of(entry)!r})"
    times = bench.compare(bench.code(entry.moment), bench.code(entry.moment, eager), starts_for(entry.gain_ms))
    return Measured(f"{entry.importer} delays {', '.join(entry.imported)}", entry.moment, *times, entry.gain_ms)


def modules_of(entry: DelayedImport) -> list[str]:
    """Return the modules that are imported inside functions under that entry."""

    def covered(module: str, names: Sequence[str]) -> bool:
        return any(module == name or module.startswith(f"{name}.") for name in names)

    imports = (one for one in app_imports() if one.delayed and covered(one.importer, [entry.importer]))
    return sorted({one.imported for one in imports if covered(one.imported, entry.imported)})


def run() -> None:
    """Print all of them."""
    from app.startup import TRICKS

    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for trick in TRICKS:
            print(measure_trick(bench, trick), flush=True)
        for entry in DELAYED_IMPORTS:
            print(measure_delay(bench, entry), flush=True)
