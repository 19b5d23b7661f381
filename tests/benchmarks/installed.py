"""The installed program next to this checkout: its start, its memory and its size. The checkout is the floor."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.start import ROOT, Home
from tests.benchmarks.study_file import TODAY, Tell

STARTS, LONGEST = 9, 60.0
SOURCE = [sys.executable, "-m", "app"]


class InstalledHome(Home):
    """A home of its own for one of the two, its caches kept from one start to the next."""

    def __init__(self, folder: Path) -> None:
        """An empty home."""
        folder.mkdir(mode=0o700)
        super().__init__(folder)
        self.folder = folder
        self.environment |= {"XDG_RUNTIME_DIR": str(folder), "LC_ALL": "C.UTF-8"}

    @contextmanager
    def window(
        self, program: list[str], study: Path | None = None
    ) -> Iterator[tuple[float, float, subprocess.Popen[bytes]]]:
        """Open the window on a study, or the demo study: the seconds to its first paint and to the filled list."""
        log = self.folder / f"shown-{time.monotonic_ns()}"
        environment = {**self.environment, "STUDYDAY_STALLS": str(log)}
        study = study or self.folder / "demo" / "demo.studyday"
        command = [*program, "-f", str(study), "--today", TODAY.isoformat()]
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        try:
            moments = _moments(log, start, process)
            yield moments["FirstPaint"] - start, moments["TodayPage"] - start, process
        finally:
            # Killed, it would leave a study that the next start checks completely.
            process.terminate()
            process.wait()

    def seconds(self, command: list[str]) -> float:
        """How long a command takes at the terminal."""
        start = time.monotonic()
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - start


def _moments(log: Path, start: float, process: "subprocess.Popen[bytes]") -> dict[str, float]:
    """When the window was painted first, and when its list was filled, by the log that it keeps."""
    while time.monotonic() - start < LONGEST:
        lines = log.read_text("utf-8").rpartition("\n")[0].splitlines() if log.exists() else []
        found: dict[str, float] = {}
        for line in map(json.loads, lines):
            name, _space, count = str(line["shown"]).partition(" ")
            if "ms" not in line and (name == "FirstPaint" or int(count or 0) > 0):
                found.setdefault(name, float(line["at"]))
        if {"FirstPaint", "TodayPage"} <= found.keys():
            return found
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        time.sleep(0.01)
    raise RuntimeError(f"{process.args!r} showed nothing")


def _resident(process: "subprocess.Popen[bytes]") -> float:
    """Megabytes, once the program rests."""
    time.sleep(1)
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def _size(path: Path) -> float:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file() and not one.is_symlink()]
    return sum(one.stat().st_size for one in files) / 1e6


def run(program: Path, tell: Tell) -> None:
    """Both in turns: the first window, the filled list, a story at the terminal; then memory and size."""
    with tempfile.TemporaryDirectory() as folder:
        both = {
            "installed": ([str(program)], InstalledHome(Path(folder) / "installed")),
            "source": (SOURCE, InstalledHome(Path(folder) / "source")),
        }
        story = str(ROOT / "resources" / "examples" / "scanpan.json")
        best: dict[tuple[str, str], float] = {}
        resident: dict[str, float] = {}
        for name, (command, home) in both.items():
            home.seconds([*command, "--today", TODAY.isoformat(), "demo", str(home.folder / "demo")])
            with home.window(command) as (_painted, _filled, process):
                resident[name] = _resident(process)
        for _turn in range(STARTS):
            for name, (command, home) in both.items():
                with home.window(command) as (painted, filled, _process):
                    told = {"first": painted, "filled": filled}
                told["story"] = home.seconds([*command, "rehearse", story, "--json"])
                for what, seconds in told.items():
                    best[name, what] = min(best.get((name, what), seconds), seconds)
    for what, said, reach in (
        ("first", "first painted window of the installed program", 1.3),
        ("filled", "Today filled with the demo study, installed", 1.0),
        ("story", "a story rehearsed, installed", 1.3),
    ):
        ours, floor = best["installed", what], best["source", what]
        tell(said, ours, floor, ours / floor, reach)
    ours, floor = resident["installed"], resident["source"]
    print(f"resident, installed: {ours:.0f} MB, from source {floor:.0f} MB, {ours / floor:.2f}x")
    print(f"size of the program's folder: {_size(program.parent):.0f} MB")
    for built in sorted((ROOT / "dist").glob("studyday[_-]*")):
        if built.suffix != ".sha256":
            print(f"size of {built.name}: {_size(built):.0f} MB")
