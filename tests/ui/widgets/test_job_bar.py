"""What is shown while one waits for the file, and the button that stops it."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.ui.session.worker import Answer, FileWorker, Job, Stopped
from app.ui.widgets.job_bar import JobBar


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[FileWorker]:
    found = FileWorker()
    yield found
    found.end()
    found.deleteLater()


def test_it_says_how_far_a_job_is_and_stops_it(qtbot: QtBot, worker: FileWorker) -> None:
    bar = JobBar(worker)
    qtbot.addWidget(bar)
    go_on = threading.Event()
    answers: list[Answer] = []

    def work(_study: object, job: Job) -> None:
        job.progress(3, 3)
        go_on.wait(10)
        job.progress(3, 3)

    bar.follow(worker.submit(Job(work, answers.append)), "Counting…")
    worker.answered.connect(lambda answer: answer.job.done(answer))
    assert (bar.isHidden(), bar.label.text()) == (False, "Counting…")
    qtbot.waitUntil(lambda: bar.bar.value() == 3)
    bar.stop_button.click()
    assert (bar.label.text(), bar.stop_button.isEnabled()) == ("Stopping…", False)
    go_on.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert isinstance(answers[0].error, Stopped)
    assert answers[0].job.given_up
    assert (bar.isHidden(), bar.job) == (True, None)


def test_what_is_being_written_cannot_be_stopped(qtbot: QtBot, worker: FileWorker) -> None:
    bar = JobBar(worker)
    qtbot.addWidget(bar)
    bar.follow(worker.submit(Job(lambda _study, _job: None, lambda _answer: None, writes=True)), "Saving…")
    assert not bar.stop_button.isEnabled()
    qtbot.waitUntil(bar.isHidden)
