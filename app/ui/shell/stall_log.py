"""A log of the times in which the window could not answer, in the file that ``STUDYDAY_STALLS`` names."""

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TextIO

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStackedWidget, QWidget

from app.atomic_write import open_log

VARIABLE = "STUDYDAY_STALLS"
TICK_MS = 20
NOTED_MS = 50
"""Longer gaps are logged."""
LOOKED_INTO_MS = 100
"""At this length of a gap, at twice this length and so on, the log also notes the stack of each thread."""
FIRST_PAINT = "FirstPaint"
_START = '{"at": '
_DEEPEST = 14
_MOST_GROUPS = 8
_TICKS_BETWEEN = 4


class StallLog(QObject):
    """Ticks in the window's event loop; in a gap between two ticks nothing could be typed or painted.

    The file has a line of JSON for each gap (`at`, `ms`, `cpu`, `shown`, `where`) and for each other thing shown (`at`,
    `shown`). `at` is the monotonic clock of the computer, in seconds; `cpu`: how much of the gap the program itself
    worked, all threads together, in milliseconds. The window's first paint is `FirstPaint`.
    """

    def __init__(self, file: TextIO, shown: Callable[[], str], parent: QObject | None = None) -> None:
        """Begin at once. `shown` returns in a few words what the screen shows."""
        super().__init__(parent)
        self._file, self._shown = file, shown
        self._seen, self._ticks = "", 0
        # Until the first list is filled, every tick looks for it, so that the log tells when.
        self._filling = True
        self._stacks: list[dict[str, list[str]]] = []
        self._last, self._used = time.monotonic(), time.process_time()
        self._ended = threading.Event()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._thread = threading.Thread(target=self._watch, name="stalls", daemon=True)
        self._thread.start()

    def _tick(self) -> None:
        now = time.monotonic()
        gap, self._last = (now - self._last) * 1000 - TICK_MS, now
        if gap > NOTED_MS:
            used = (time.process_time() - self._used) * 1000
            stacks, self._stacks = self._stacks, []
            self._write({"at": now, "ms": round(gap), "cpu": round(used), "shown": self._seen, "where": stacks})
        self._ticks += 1
        if self._filling or self._ticks % _TICKS_BETWEEN == 0:
            self._note_shown(now)
        self._last, self._used = time.monotonic(), time.process_time()

    def _note_shown(self, now: float) -> None:
        shown = self._shown()
        if shown != self._seen:
            self._seen = shown
            self._filling = self._filling and shown.rpartition(" ")[2] in ("", "0")
            self._write({"at": now, "shown": shown})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the window's first paint."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._write({"at": time.monotonic(), "shown": FIRST_PAINT})
        return False

    def _write(self, line: dict[str, object]) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()

    def _watch(self) -> None:
        """Note, on a thread of its own, the stacks of the other threads while the window does not tick."""
        last, looks_at = self._last, LOOKED_INTO_MS
        while not self._ended.wait(TICK_MS / 1000):
            if last != self._last:
                last, looks_at = self._last, LOOKED_INTO_MS
            if (time.monotonic() - last) * 1000 > looks_at:
                self._stacks.append(_stacks())
                looks_at *= 2

    def end(self) -> None:
        """Stop ticking, and close the file."""
        self._timer.stop()
        self._ended.set()
        self._thread.join()
        self._file.close()


def _stacks() -> dict[str, list[str]]:
    """Return the stack of each other thread, innermost call last."""
    names = {one.ident: one.name for one in threading.enumerate() if one is not threading.current_thread()}
    return {names[ident]: _lines(frame) for ident, frame in sys._current_frames().items() if ident in names}


def _lines(frame: FrameType) -> list[str]:
    found = [one for one in traceback.extract_stack(frame) if not one.filename.startswith("<frozen")]
    return [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in found[-_DEEPEST:]]


def watch(window: QWidget) -> StallLog | None:
    """Log the window's stalls from now on, where the environment names a file."""
    path = os.environ.get(VARIABLE, "")
    if not path:
        return None
    try:
        file = open_log(Path(path), _START)  # it is closed when the program ends
    except OSError as error:
        print(f"studyday: {VARIABLE}: {path}: {error.strerror}. Name a new file.", file=sys.stderr)  # noqa: T201
        return None
    found = StallLog(file, lambda: shown_in(window), window)
    window.installEventFilter(found)
    QApplication.instance().aboutToQuit.connect(found.end)  # type: ignore[union-attr]
    return found


def shown_in(window: QWidget) -> str:
    """Return the dialog over the window, else its page with the number of lines in the page's longest list."""
    over = QApplication.activeModalWidget()
    if over is not None:
        return type(over).__name__
    stack = window.findChild(QStackedWidget)
    page = stack.currentWidget() if stack is not None else None
    return f"{type(page).__name__} {_lines_of(page)}" if page is not None else ""


def _lines_of(page: QWidget) -> int:
    """Return the number of lines in the longest visible list."""
    models = [one.model() for one in page.findChildren(QAbstractItemView) if one.isVisible()]
    return max((_lines_in(one) for one in models), default=0)


def _lines_in(model: QAbstractItemModel) -> int:
    rows = model.rowCount()
    return rows + sum(model.rowCount(model.index(row, 0)) for row in range(min(rows, _MOST_GROUPS)))
