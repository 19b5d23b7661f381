"""A machine that pauses at any moment: ``pytest -p tests.ui.slow_machine tests/ui tests/end2end``.

The thread of the study file pauses before and after each job, and the test before each key, click and look at the
window. A test that asserts what came about only because the one was quicker than the other fails here sooner or
later. The pauses are drawn from the name of the test and ``STUDYDAY_PAUSES``, a number: a failure comes back with it.
"""

import os
import time
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.session.worker import Answer, FileWorker, Job

SECONDS = (0.0, 0.0, 0.003, 0.03, 0.16, 0.35)
"""About the 150 ms after which a form asks for its preview: shorter, equal, longer."""
MORE_MS = (0, 0, 20)
"""How much longer the window's events are taken than the test asks: more than one answer may come in that time."""
ACTIONS = ("keyClick", "keyClicks", "keyPress", "mouseClick", "mouseDClick", "mouseMove", "mousePress", "mouseRelease")
file_pauses, test_pauses = Random(), Random()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Draw the pauses of each test by itself."""
    number = os.environ.get("STUDYDAY_PAUSES", "1")
    file_pauses.seed(f"file {number} {item.nodeid}")
    test_pauses.seed(f"test {number} {item.nodeid}")


def pytest_configure(config: pytest.Config) -> None:
    """Put the pauses in."""
    answer = FileWorker._answer

    def answer_slowly(worker: FileWorker, job: Job) -> Answer:
        time.sleep(file_pauses.choice(SECONDS))
        found = answer(worker, job)
        time.sleep(file_pauses.choice(SECONDS))
        return found

    wait = QTest.qWait

    def wait_long(milliseconds: int) -> None:
        wait(milliseconds + test_pauses.choice(MORE_MS))

    changes: list[tuple[type, str, Any]] = [
        (FileWorker, "_answer", answer_slowly),
        (QTest, "qWait", staticmethod(after_a_pause(wait_long))),
        (QtBot, "wait", after_a_pause(QtBot.wait)),
        *((QTest, name, staticmethod(after_a_pause(getattr(QTest, name)))) for name in ACTIONS),
    ]
    for owner, name, changed in changes:
        setattr(owner, name, changed)


def after_a_pause(action: Callable[..., Any]) -> Callable[..., Any]:
    """Return the action, begun late."""

    def begin_late(*arguments: Any, **more: Any) -> Any:
        time.sleep(test_pauses.choice(SECONDS))
        return action(*arguments, **more)

    return begin_late
