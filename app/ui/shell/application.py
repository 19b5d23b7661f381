"""The desktop program: it connects the window with its commands, pages and files, and paints it before it reads."""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app import __version__, startup
from app.run_marks import RunMark, take_unclean_ends
from app.ui.session.session import StudySession
from app.ui.shell import page_factory
from app.ui.shell.backup_watch import BackupWatch
from app.ui.shell.bug_hook import bug_hook
from app.ui.shell.commands import Commands
from app.ui.shell.last_end import tell_of_unclean_ends
from app.ui.shell.main_window import MainWindow
from app.ui.shell.preferences import Preferences
from app.ui.shell.preload import Preload
from app.ui.shell.single_instance import SingleInstance
from app.ui.shell.study_files import StudyFiles
from app.ui.shell.termination import Termination
from app.ui.shell.undo_keys import UndoKeys
from app.ui.style import theme, tokens

if TYPE_CHECKING:
    from app.services.study.environment import Environment

_LEAKING = "6.12.0"
COLLECT_AFTER_MS = 5_000
LISTEN_AFTER_MS = 200
UNPAINTED_MS = 1_000
"""A window that is not painted within this time begins its work all the same."""
STALLS = "STUDYDAY_STALLS"
"""The environment variable that names a file for the stall log."""


def make_application(preferences: Preferences) -> QApplication:
    """Return the application with its colours and text size."""
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
    """Change the colours with the computer's, where the user prefers that."""
    if preferences.look == "system" and tokens.is_dark() != preferences.dark:
        theme.apply(app, preferences.dark, preferences.text_scale)


def run_desktop(
    environment: "Environment",
    log: Callable[..., None],
    report: Callable[[BaseException], object],
    study: Path | None = None,
    demo: bool = False,
    today: date | None = None,
) -> int:
    """Open the window, stay until it is closed, and return the exit code.

    `report` writes the report of a bug. `study`: the file to open instead of the one that was open last. `demo`: open
    the demo study. `today`: plan as of this day instead of by the clock.
    """
    refusal = unfit_qt()
    if refusal:
        print(f"studyday: {refusal}", file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 2
    preferences = Preferences()
    app = make_application(preferences)
    instance = SingleInstance(study, demo, preferences)
    if instance.raises_the_other():
        return 0
    unclean_ends, mark = take_unclean_ends(environment.clock()), RunMark(environment.clock())
    session = StudySession(environment, today, report)
    window, files = assemble(session, preferences)
    session.opened.connect(lambda: instance.follow(session.path or Path()))
    sys.excepthook = bug_hook(lambda error: _bug(session, log, error))
    _watch_stalls(window)
    Preload(session, window)
    session.opening.connect(lambda: [window.page(name) for name in startup.MADE_AHEAD])
    QTimer.singleShot(COLLECT_AFTER_MS, window, startup.resume_collection)
    window.restore_geometry()
    tell_of_unclean_ends(window, unclean_ends)
    files.announce_last(study, demo)
    window.show()
    _OncePainted(window, lambda: files.open_last(study, demo))
    QTimer.singleShot(LISTEN_AFTER_MS, window, lambda: instance.listen(window))
    termination, lost = Termination(window), list[object]()
    termination.asked.connect(lambda: lost.extend(window.typed_drafts()))
    termination.asked.connect(lambda: app.exit(0))  # `quit` would first ask whether to lose what is typed
    code = app.exec()
    termination.end()
    session.end()
    instance.end()
    if not lost:
        mark.end()  # else the next start says that something typed was lost
    log("desktop", exit=code)
    return code


def assemble(session: StudySession, preferences: Preferences) -> tuple[MainWindow, StudyFiles]:
    """Return a window of the session in which every page and command works, and its study files."""
    window = MainWindow(session, preferences, page_factory.make_page)
    files = StudyFiles(window)
    Commands(window, files)
    BackupWatch(window)
    UndoKeys(window)
    return window, files


class _OncePainted(QObject):
    """Calls a function after the window's first paint; where nothing is painted, after `UNPAINTED_MS`."""

    def __init__(self, window: MainWindow, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then: Callable[[], object] | None = then
        window.installEventFilter(self)
        QTimer.singleShot(UNPAINTED_MS, self, self._go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go)
        return False

    def _go(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


def _watch_stalls(window: MainWindow) -> None:
    """Log when the window cannot answer, where the environment asks for it."""
    if os.environ.get(STALLS):
        from app.ui.shell import stall_log

        stall_log.watch(window)


def _bug(session: StudySession, log: Callable[..., None], error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt):
        QApplication.quit()
        return
    log("bug", kind=type(error).__name__)
    session.report_bug(error)


def unfit_qt() -> str:
    """Return why this release of Qt for Python cannot be used with this Python; empty where it can."""
    import PySide6

    # 6.12.0 gives up a reference to None with every call, and Python before 3.12 ends when none is left.
    if PySide6.__version__ == _LEAKING and sys.version_info < (3, 12):
        return f"PySide6 {_LEAKING} ends the program after some minutes on this Python. Install another release of it."
    return ""
