"""One window for one study: a second start brings the first window to the front.

A study is known by its file, so every link to it means the same window. What does not answer as a window of this
program, this user and this study never keeps the window away.
"""

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app import paths
from app.operating_system import allow_others_in_front, identity_of, on_windows
from app.ui.shell import study_files, study_socket
from app.ui.shell.preferences import Preferences

if TYPE_CHECKING:
    from app.ui.shell.study_pipe import StudyPipe


class SingleInstance:
    """Finds the window of the study that is to be opened, or listens for the next start."""

    def __init__(self, study: Path | None, demo: bool, preferences: Preferences) -> None:
        self._study = study_files.demo_study() if demo else study or preferences.study or paths.default_study()
        self._window: QWidget | None = None
        self._listening: StudyPipe | study_socket.StudySocket | None = None
        self._name = ""

    def raises_the_other(self) -> bool:
        """Ask the other window to come to the front; return whether there is one."""
        name = name_of(self._study)
        if on_windows():
            from app.ui.shell import study_pipe

            allow_others_in_front()
            place = study_pipe.place_of(name)
            return place is not None and study_pipe.answered(*place)
        path = study_socket.socket_path(name)
        return path is not None and study_socket.answered(path, name)

    def listen(self, window: QWidget) -> None:
        """Bring the window to the front from now on when another start asks for it."""
        self._window = window
        self.follow(self._study)

    def follow(self, study: Path) -> None:
        """Answer for this study, which the window now shows, in the place of the one before."""
        self._study = study
        name = name_of(study)
        if self._window is None or name == self._name:
            return
        self.end()
        self._name, self._listening = name, _listening(name, self._window)
        if self._listening is not None:
            self._listening.called.connect(self._to_the_front)

    def _to_the_front(self) -> None:
        window = self._window
        if window is not None:
            window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

    def end(self) -> None:
        """Stop listening."""
        listening, self._listening, self._name = self._listening, None, ""
        if listening is not None:
            listening.end()


def name_of(study: Path) -> str:
    """Return a name for a study: the same for every link to its file; where there is no file yet, one for its path."""
    device, number = identity_of(study) or (0, 0)
    text = f"{device}:{number}" if number else os.path.normcase(os.path.realpath(study))
    return sha256(text.encode(errors="surrogateescape")).hexdigest()[:24]


def _listening(name: str, window: QWidget) -> "StudyPipe | study_socket.StudySocket | None":
    if on_windows():
        from app.ui.shell import study_pipe

        place = study_pipe.place_of(name)
        return study_pipe.StudyPipe(*place, window) if place is not None else None
    path = study_socket.socket_path(name)
    return study_socket.StudySocket(path, name, window) if path is not None else None
