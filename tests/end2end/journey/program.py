"""The desktop program as a process on a display, worked with by keys and clicks."""

import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.end2end.journey.display import Display

ROOT = Path(__file__).parents[3]
PROGRAM = shlex.split(os.environ.get("STUDYDAY_PROGRAM", "")) or [sys.executable, "-m", "app"]
"""What is started: the program of this checkout, or the installed one that STUDYDAY_PROGRAM names."""
LONGEST = 60.0
"""So many seconds anything may take to appear."""
RESTS, LOOK_SECONDS = 3, 0.1
"""A window rests when so many looks in a row find it asleep; together they last longer than the program's timers."""


def until(holds: Callable[[], object], what: str, longest: float = LONGEST) -> None:
    """Wait until something holds."""
    end = time.monotonic() + longest
    while not holds():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.02)


class Home:
    """A home of its own: what the program keeps is neither found there before nor left elsewhere."""

    def __init__(self, folder: Path) -> None:
        """An empty home."""
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "STUDYDAY_", "XDG_"))},
            **{f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "CACHE", "DATA", "STATE")},
            "XDG_RUNTIME_DIR": str(folder),
            "TMPDIR": str(folder),
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
        }
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            self.environment.pop(name, None)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The program at a terminal, without a display."""
        return subprocess.run(
            [*PROGRAM, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env=self.environment,
        )


class Program:
    """A window that was started."""

    def __init__(self, home: Home, display: Display, file: Path, today: str) -> None:
        """Start it; `wait_for` tells when it is there."""
        self.home, self.display, self.file = home, display, file
        self.stalls_file = home.folder / f"stalls-{time.monotonic_ns()}"
        self._errors = home.folder / f"errors-{time.monotonic_ns()}"
        on_display = {"DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"}
        self.environment = {**home.environment, **on_display, "STUDYDAY_STALLS": str(self.stalls_file)}
        self._arguments = ["-f", str(file), "--today", today]
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [*PROGRAM, *self._arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=errors,
                stderr=errors,
            )

    def again(self, file: Path) -> subprocess.CompletedProcess[str]:
        """Start the same once more, to its end, with the file that is meant named so."""
        command = [*PROGRAM, "-f", str(file), *self._arguments[2:]]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=LONGEST
        )

    # What is shown

    def lines(self) -> list[dict[str, Any]]:
        """What was noted of stalls and of what is shown."""
        if not self.stalls_file.exists():
            return []
        whole = self.stalls_file.read_text(encoding="utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def shown(self) -> str:
        """What is shown now."""
        told = [str(line["shown"]) for line in self.lines() if "ms" not in line]
        return told[-1] if told else ""

    def wait_for(self, shown: str, least: int = 0) -> None:
        """Wait for a page or a dialog; `least`: so many lines in its list."""

        def there() -> bool:
            assert self.process.poll() is None, f"the program ended: {self.errors()}"
            name, _space, count = self.shown().partition(" ")
            return name == shown and int(count or 0) >= least

        until(there, f"{shown}, but {self.shown()} is shown")
        self.rest()

    def rest(self) -> None:
        """Wait until the window asks for nothing: `RESTS` looks in a row find every thread asleep and no time used.

        A thread that waits for a processor is not asleep, so a busy computer only makes this wait longer.
        """
        quiet = 0
        before = self._time_used()
        end = time.monotonic() + LONGEST
        while quiet < RESTS and time.monotonic() < end:
            time.sleep(LOOK_SECONDS)
            now = self._time_used()
            quiet = quiet + 1 if now - before <= 1 and not self._running() else 0
            before = now

    def _time_used(self) -> int:
        """Return the processor time of the process in hundredths of a second; 0 once it has ended."""
        fields = self._stat(Path(f"/proc/{self.process.pid}"))
        return int(fields[11]) + int(fields[12]) if fields else 0

    def _running(self) -> bool:
        """Whether a thread of the process runs, waits for a processor, or waits for the disk."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*")
        return any(fields[0] in "RD" for fields in map(self._stat, threads) if fields)

    @staticmethod
    def _stat(folder: Path) -> list[str]:
        """Return what the system says of a process or thread, from its state on; nothing once it has ended."""
        try:
            return (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            return []

    def errors(self) -> str:
        """What it printed."""
        return self._errors.read_text(encoding="utf-8", errors="replace")

    # Hands

    def xdotool(self, *arguments: str) -> str:
        """One command of xdotool."""
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=LONGEST
        )
        return done.stdout.strip()

    def windows(self, title: str) -> list[str]:
        """The windows on the display with that in their title."""
        return self.xdotool("search", "--onlyvisible", "--name", title).split()

    def focus(self, title: str) -> None:
        """Give the keyboard to a window, as a window manager does when it appears."""
        until(lambda: self.windows(title), f"a window “{title}”")
        self.xdotool("windowfocus", "--sync", self.windows(title)[-1])
        self.rest()

    def keys(self, *names: str) -> None:
        """Press keys one after another."""
        self.xdotool("key", "--delay", "25", *names)
        self.rest()

    def type(self, text: str) -> None:
        """Type a text."""
        self.xdotool("type", "--delay", "15", text)
        self.rest()

    def click(self, x: int, y: int) -> None:
        """Press the left button at a place of the display."""
        self.xdotool("mousemove", str(x), str(y), "click", "1")
        self.rest()

    def picture(self, what: str) -> Path:
        """Keep what is shown."""
        return self.display.picture(what)

    # The end

    def quit(self) -> int:
        """Close the window by its key; the exit code."""
        self.focus("Studyday")
        self.keys("ctrl+q")
        return self.process.wait(timeout=LONGEST)

    def kill(self) -> None:
        """End it with kill -9, where it still runs."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def facts(home: Home, file: Path) -> list[dict[str, Any]]:
    """Every fact of the file, as the terminal tells it."""
    done = home.run("-f", str(file), "history", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found
