"""The desktop program: the window is painted first, then the study is read."""

import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app import __version__
from app.ui.session.session import StudySession
from app.ui.shell import study_files
from app.ui.shell.main_window import MainWindow
from app.ui.shell.preferences import Preferences
from app.ui.shell.preload import Preload
from app.ui.shell.single_instance import Caller
from app.ui.style import theme, tokens
from app.ui.widgets import wheel_guard

if TYPE_CHECKING:
    from app.services.study.environment import Environment

_LEAKING = "6.12.0"
COLLECT_AFTER_MS = 5_000
LISTEN_AFTER_MS = 200
UNPAINTED_MS = 1_000
"""The window is painted before its room of the library is loaded."""
STALLS = "STUDYDAY_STALLS"
"""The variable that names a file for the stalls."""


def make_application(preferences: Preferences) -> QApplication:
    """The application with its look."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Studyday")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("studyday")
    app.setWindowIcon(theme.window_icon())
    theme.apply(app, preferences.dark, preferences.text_scale)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _follow(app, preferences))
    return app


def _follow(app: QApplication, preferences: Preferences) -> None:
    """When the computer's colours change, and they are followed, ours do."""
    if preferences.look == "system" and tokens.is_dark() != preferences.dark:
        theme.apply(app, preferences.dark, preferences.text_scale)


def run_desktop(
    circumstances: "Environment",
    log: Callable[..., None],
    report: Callable[[BaseException], object],
    study: Path | None = None,
    demo: bool = False,
    today: date | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit code.

    `report` writes the report of a bug. `study`: the file to open instead of the one that was open last. `demo`: open
    the demo study. `today`: reckon as of this day instead of by the clock.
    """
    refusal = unfit_qt()
    if refusal:
        print(f"studyday: {refusal}", file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 2
    preferences = Preferences()
    app = make_application(preferences)
    caller = Caller(study, demo, preferences)
    if caller.raises_the_other():
        return 0
    desk = StudySession(circumstances, today, report)
    window = MainWindow(desk, preferences)
    sys.excepthook = wheel_guard.bug_hook(lambda error: _bug(desk, log, error))
    _watch_stalls(window)
    Preload(desk, window)
    QTimer.singleShot(COLLECT_AFTER_MS, window, _collect)
    window.place()
    window.show()
    _OncePainted(window, lambda: _begin(window, study, demo))
    QTimer.singleShot(LISTEN_AFTER_MS, window, lambda: caller.listen(window))
    code = app.exec()
    desk.end()
    caller.end()
    log("desktop", exit=code)
    return code


class _OncePainted(QObject):
    """Does something when the window has been painted first; where nothing is painted, a moment later."""

    def __init__(self, window: MainWindow, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then: Callable[[], object] | None = then
        window.installEventFilter(self)
        QTimer.singleShot(UNPAINTED_MS, self, self._go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listen until the first paint."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go)
        return False

    def _go(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


def _begin(window: MainWindow, study: Path | None, demo: bool) -> None:
    """Open what is asked for, else what was open last, else show how to begin."""
    if demo:
        study_files.open_demo(window)
        return
    path = study or window.preferences.study or study_files.default_path()
    if study is not None or path.exists():
        study_files.open_path(window, path, demo=path.parent == study_files.demo_folder())


def _watch_stalls(window: MainWindow) -> None:
    """Note when the window cannot answer, where that is asked for."""
    if os.environ.get(STALLS):
        from app.ui.shell import stall_log

        stall_log.watch(window)


def _collect() -> None:
    """Look for garbage again, not among what was made at the start and stays."""
    gc.freeze()
    gc.enable()


def _bug(desk: StudySession, log: Callable[..., None], error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt):
        QApplication.quit()
        return
    log("bug", kind=type(error).__name__)
    desk.tell_bug(error)


def unfit_qt() -> str:
    """Why this release of Qt for Python cannot be used with this Python; empty where it can."""
    import PySide6

    # 6.12.0 gives up a reference to None with every call, and Python before 3.12 ends when none is left.
    if PySide6.__version__ == _LEAKING and sys.version_info < (3, 12):
        return f"PySide6 {_LEAKING} ends the program after some minutes on this Python. Install another release of it."
    return ""
