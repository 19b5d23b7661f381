"""A day of opening and closing leaves nothing behind: no thread, no timer, no window."""

import gc
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from app.ui.dialogs.keys_dialog import KeysDialog
from app.ui.session.session import StudySession
from app.ui.shell.preferences import Preferences
from app.ui.widgets.text import Elided, Label
from tests.ui.conftest import MORNING, Clock, copied, go_home, stand_before
from tests.ui.nurse import Key, Nurse

TIMES = 5
"""What leaves something behind leaves it each time, so a few times show it as well as many."""


def counted() -> tuple[int, int, int]:
    """Threads, timers and windows that are there now."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    timers = [one for one in gc.get_objects() if isinstance(one, QTimer) and isValid(one)]
    windows = QApplication.topLevelWidgets()
    return threading.active_count(), len(timers), len(windows)


def test_windows(make_session: Callable[[], StudySession], preferences: Preferences) -> None:
    session = make_session()

    def once() -> None:
        nurse = stand_before(session, preferences, None)
        for page in ("today", "participants", "participant", "calendar", "enrol", "monitor", "study"):
            nurse.window.page(page)
        go_home(nurse)

    once()
    before = counted()
    for _time in range(TIMES):
        once()
    assert counted() == before


def test_sessions_and_their_files(
    make_session: Callable[[], StudySession], preferences: Preferences, template: Path, tmp_path: Path, clock: Clock
) -> None:
    clock.now = MORNING
    path = copied(template, tmp_path / "many")

    def once() -> None:
        session = StudySession(make_session().environment)
        nurse = stand_before(session, preferences, path)
        go_home(nurse)
        session.end()
        session.deleteLater()

    once()
    threads = threading.active_count()
    ours = {one.name for one in threading.enumerate()}
    for _time in range(4):
        once()
    # `make_session` keeps one thread for each of its own sessions until the test ends, and the file's are gone.
    assert {one.name for one in threading.enumerate()} == ours
    assert threading.active_count() == threads + 4


def test_dialogs(nurse: Nurse) -> None:
    nurse.choose("LI-001", "SP-C02#3")

    def once(key: Key) -> None:
        nurse.press(key, nurse.today.list)
        nurse.leave(nurse.dialog())

    for key in (Key.Key_Return, Key.Key_M):
        once(key)
    before = counted()
    for number in range(TIMES):
        once(Key.Key_Return if number % 2 else Key.Key_M)
    assert counted() == before
    assert nurse.window.findChildren(QDialog) == []


def test_pages_that_are_gone_to_and_fro(nurse: Nurse) -> None:
    def once() -> None:
        for page in ("participants", "enrol", "today"):
            nurse.go(page)
        nurse.open_participant("LI-001")
        nurse.open_participant("CJ-001")

    once()
    nurse.settle()
    before, widgets = counted(), len(QApplication.allWidgets())
    for _time in range(8):
        once()
    nurse.settle()
    assert counted() == before
    assert len(QApplication.allWidgets()) <= widgets


def test_the_list_of_keys(nurse: Nurse) -> None:
    def once() -> None:
        nurse.window.commanded.emit("keys")
        nurse.leave(nurse.window.findChildren(KeysDialog)[0])

    once()
    before = counted()
    for _time in range(TIMES):
        once()
    assert counted() == before


def test_calls_into_qt_give_up_no_reference_to_none(nurse: Nurse) -> None:
    """A release of Qt for Python gave up one with every call, and the program ended when none was left."""
    label, cut = Label("", parent=nurse.window), Elided("", parent=nurse.window)
    before = sys.getrefcount(None)
    for number in range(300):
        label.setText(str(number))
        cut.setText(str(number))
        cut.setToolTip("")
    after = sys.getrefcount(None)
    assert abs(after - before) < 100
