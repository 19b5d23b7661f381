"""From the start of a process to the first painted window and to the filled list of Today, and what is resident then.

The floor is a bare window of the same library. A study is opened in three ways: after the program was killed; in the
morning, properly closed on the day before; and again on the same day. The first two check the file completely.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.calendar.entry_codec import COLUMNS
from app.services.commands import study_file
from app.services.commands.demo import FILE, make_demo
from app.services.study.visit_cache import VERSION
from tests.benchmarks.study_file import NURSE, TODAY, Tell, new_study, visit_row

if TYPE_CHECKING:
    from app.services.study.study import Study

ROOT = Path(__file__).parents[2]
STARTS = 9
REACH = 6
PATIENTS, VISITS, DAYS = 1000, 67, 880
"""A thousand patients, the visits that each has to come, and the days over which they are spread."""
WAYS = {"killed": "after it was killed", "morning": "closed the day before", "again": "again on the same day"}

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, told)
def told():
    print("there", flush=True)
    sys.stdin.read()
    app.exit()
app = QApplication(sys.argv[:1])
window = Window()
window.setCentralWidget(QLabel("A bare window"))
window.resize(1280, 800)
window.show()
app.exec()
"""
WATCHING = """
import time
from PySide6.QtCore import QEvent, QTimer
from app.ui.shell import application
class Window(application.MainWindow):
    filled = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if moment == "painted":
            QTimer.singleShot(0, reached)
    def _opened(self):
        self.opened_at = time.thread_time()
        super()._opened()
        if moment == "filled":
            page = self.page("today")
            page.counted.connect(self._count)
            page.list.viewport().installEventFilter(self)
    def _count(self, _number):
        self.filled = True
    def eventFilter(self, watched, event):
        if self.filled and event.type() == QEvent.Type.Paint:
            self.filled = False
            QTimer.singleShot(0, lambda: filled_since(self.opened_at))
        return False
application.MainWindow = Window
"""
"""A part of a program: the window is one that calls `reached` when it was painted, or `filled_since` when the list of
Today was, with the thread's seconds when the study was open; `moment` is painted or filled."""
_OURS = f"""
import sys
from app import startup
startup.before_window()
moment, way, days = sys.argv.pop(1), sys.argv.pop(1), int(sys.argv.pop(1))
{WATCHING}
def reached():
    print("there", flush=True)
    sys.stdin.read()
    sys.stdout.flush()
    import os
    os._exit(0) if way == "killed" else application.QApplication.exit(0)
def filled_since(opened_at):
    reached()
from app import bootstrap
from datetime import timedelta
now = bootstrap.now
bootstrap.now = lambda: now() + timedelta(days)
from app.__main__ import main
sys.exit(main())
"""


class Home:
    """A home of its own for the processes, its caches and what is compiled kept from one start to the next."""

    def __init__(self, folder: Path) -> None:
        """An empty home."""
        folders = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
        self.environment = {
            **{one: value for one, value in os.environ.items() if not one.startswith(("QT_", "STUDYDAY_", "PYTHON"))},
            **folders, "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT),
        }  # fmt: skip

    @contextmanager
    def started(self, command: list[str]) -> Iterator[tuple[float, subprocess.Popen[str]]]:
        """Start a process; the seconds until it said that it is there, and the process, which waits."""
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env=self.environment,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            taken = time.perf_counter() - start
            if said != "there\n":
                raise RuntimeError(f"{command}: {said}")
            yield taken, process
        finally:
            process.stdin.close()
            process.wait()
            process.stdout.close()

    def seconds(self, command: list[str]) -> float:
        """How long it takes to be there."""
        with self.started(command) as (taken, _process):
            return taken


def bare() -> list[str]:
    """The process of a bare window."""
    return [sys.executable, "-c", _BARE]


def ours(moment: str, file: Path, way: str = "killed", days: int = 0) -> list[str]:
    """The program's process on a study, so many days from now, that is ended in that way (see `WAYS`)."""
    return [sys.executable, "-c", _OURS, moment, way, str(days), "-f", str(file), "--today", TODAY.isoformat()]


def demo_in(folder: Path) -> Path:
    """The file of a new demo study in that folder."""
    make_demo(folder, NURSE, TODAY)
    return folder / FILE


def start_up(home: Home, folder: Path, tell: Tell) -> None:
    """All starts in turns with the bare window; the first two of each are not counted."""
    files = {"demo": demo_in(folder / "demo"), "thousand": folder / "thousand.studyday"}
    with new_study(PATIENTS) as study:
        due = fill(study)
        path = study.path
        study.close()
        shutil.copyfile(path, files["thousand"])
    copies = {(name, way): folder / f"{name}-{way}.studyday" for name in files for way in WAYS}
    for (name, _way), copy in copies.items():
        shutil.copyfile(files[name], copy)
    times: dict[tuple[str, str], list[float]] = {}
    for turn in range(STARTS + 2):
        commands = {("bare", ""): bare(), ("painted", ""): ours("painted", files["demo"])}
        for (name, way), copy in copies.items():
            commands[name, way] = ours("filled", copy, way, turn if way == "morning" else 0)
        for key, command in commands.items():
            times.setdefault(key, []).append(home.seconds(command))
    counted = {key: found[2:] for key, found in times.items()}
    _must_list(files["thousand"], due)
    _tell(tell, "first painted window", counted["painted", ""], counted["bare", ""], 2.5)
    said = {"demo": "the demo study", "thousand": f"{PATIENTS:,} patients, {due:,} lines"}
    for name, way in copies:
        what = f"Today filled with {said[name]}, {WAYS[way]}"
        _tell(tell, what, counted[name, way], counted["bare", ""], REACH)


def _tell(tell: Tell, what: str, taken: list[float], floor: list[float], reach: float) -> None:
    """The medians and their ratio, then the middle halves of both."""
    median, bare_median = statistics.median(taken), statistics.median(floor)
    tell(what, median, bare_median, median / bare_median, reach)
    (first, _, last), (low, _, high) = statistics.quantiles(taken, n=4), statistics.quantiles(floor, n=4)
    spread = f"half of {len(taken)} starts within {first * 1000:.0f}-{last * 1000:.0f} ms"
    best = f"the best {min(taken) * 1000:.0f} ms, {min(taken) / min(floor):.1f}x the best floor"
    print(f"  {spread}, floor {low * 1000:.0f}-{high * 1000:.0f} ms; {best}", flush=True)


def _must_list(path: Path, due: int) -> None:
    """Fail where the list of Today has another number of lines."""
    study = study_file.open_file(path, NURSE, TODAY)
    shown = _lines(study)
    study.close()
    if shown != due:
        raise RuntimeError(f"The list was to have {due:,} lines and has {shown:,}.")


def fill(study: "Study") -> int:
    """Each patient's derived visits spread over the days to come; how many the list of Today has.

    They are added as the program does it: those without their digests would be planned again at the first start.
    """
    rows: list[dict[str, Any]] = []
    for number in sorted(range(PATIENTS * VISITS), key=lambda one: one % PATIENTS):
        day = TODAY + timedelta(number * 37 % DAYS)
        rows.append(visit_row(1 + number % PATIENTS, f"SP-C03#{number // PATIENTS}", day.isoformat()))
    with study.store.transaction():
        study.store.visits.restart(VERSION, TODAY.isoformat(), "2099-01-01")
        study.store.visits.add([tuple(row[name] for name in COLUMNS) for row in rows])
    return _lines(study)


def _lines(study: "Study") -> int:
    from app.services.queries.agenda import agenda

    found = agenda(study, TODAY, last=TODAY + timedelta(14))
    return sum(map(len, (found.rebooking, found.pressing, found.now, found.coming, found.waiting)))


def memory(home: Home, demo: Path) -> None:
    """What is resident once the list is filled and the program rests."""
    sizes = []
    for command in (ours("filled", demo), bare()):
        with home.started(command) as (_taken, process):
            time.sleep(1)
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        sizes.append(next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024)
    resident, floor = sizes
    print(
        f"resident with the demo study: {resident:.0f} MB, floor {floor:.0f} MB, {resident / floor:.1f}x (reach 3x)",
        flush=True,
    )
