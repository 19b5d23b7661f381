"""An X display of its own, and a camera for it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NEEDED = ("Xvfb", "xdotool")
WIDE, HIGH = 1366, 768
_CAMERA = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
for line in sys.stdin:
    app.processEvents()
    saved = app.primaryScreen().grabWindow(0).save(line.rstrip("\\n"))
    print("taken" if saved else "failed", flush=True)
"""


def missing() -> list[str]:
    """The programs that are not there."""
    return [name for name in NEEDED if shutil.which(name) is None]


@dataclass
class Display:
    """A display that is running. `name` is what DISPLAY is set to."""

    name: str
    folder: Path
    camera: subprocess.Popen[str]
    taken: int = 0

    def picture(self, what: str) -> Path:
        """Keep what stands on the display."""
        self.taken += 1
        path = self.folder / f"{self.taken:02}-{what}.png"
        assert self.camera.stdin is not None
        assert self.camera.stdout is not None
        self.camera.stdin.write(f"{path}\n")
        self.camera.stdin.flush()
        assert self.camera.stdout.readline().strip() == "taken", f"no picture {path}"
        return path


@contextmanager
def display(folder: Path) -> Iterator[Display]:
    """Start a display on a free number; pictures go to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDE}x{HIGH}x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        name = f":{number}"
        with _camera(name) as camera:
            yield Display(name, folder, camera)
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _camera(name: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
    camera = subprocess.Popen(
        [sys.executable, "-c", _CAMERA], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        yield camera
    finally:
        assert camera.stdin is not None
        camera.stdin.close()
        camera.wait()
        assert camera.stdout is not None
        camera.stdout.close()
