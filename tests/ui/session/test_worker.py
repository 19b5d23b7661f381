"""The thread that owns the file: its jobs in their order, stopped where that is safe, and nothing lost at the end."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.domain.refusal import Refused
from app.ui.session import worker
from app.ui.session.worker import Answer, FileWorker, Job, Stopped


class Bench:
    """A worker with what it answered."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.worker = FileWorker()
        self.worker.answered.connect(lambda answer: answer.job.done(answer))
        self.answers: list[Answer] = []
        self.threads: set[int] = set()
        self.gate = threading.Event()

    def ask(self, work: Any, writes: bool = False) -> Job:
        return self.worker.submit(Job(work, self._done, writes=writes))

    def _done(self, answer: Answer) -> None:
        self.threads.add(threading.get_ident())
        self.answers.append(answer)

    def hold(self) -> Job:
        """A job that keeps the worker until the gate is opened."""
        return self.ask(lambda _study, _job: self.gate.wait(10))

    def wait(self, count: int) -> list[Answer]:
        self.qtbot.waitUntil(lambda: len(self.answers) == count)
        return self.answers


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    found = Bench(qtbot)
    yield found
    found.gate.set()
    found.worker.end()
    found.worker.deleteLater()


def test_jobs_are_done_in_their_order_on_one_thread_and_answered_on_that_of_the_window(bench: Bench) -> None:
    done: list[int] = []
    threads: set[int] = set()

    def job(number: int) -> Any:
        def work(_study: object, _job: Job) -> int:
            done.append(number)
            threads.add(threading.get_ident())
            return number * number

        return work

    for number in range(20):
        bench.ask(job(number))
    assert [answer.value for answer in bench.wait(20)] == [number * number for number in range(20)]
    assert done == list(range(20))
    assert len(threads) == 1
    assert bench.threads == {threading.get_ident()}
    assert threads.isdisjoint(bench.threads)


def test_a_job_stopped_before_its_turn_is_not_begun(bench: Bench) -> None:
    begun: list[str] = []
    bench.hold()
    stopped = bench.ask(lambda _study, _job: begun.append("stopped"))
    bench.ask(lambda _study, _job: begun.append("kept"))
    stopped.stop()
    bench.gate.set()
    answers = bench.wait(3)
    assert begun == ["kept"]
    assert isinstance(answers[1].error, Stopped)
    assert answers[2].error is None


def test_a_job_that_writes_cannot_be_stopped(bench: Bench) -> None:
    begun: list[str] = []
    bench.hold()
    bench.ask(lambda _study, _job: begun.append("written"), writes=True).stop()
    bench.gate.set()
    assert bench.wait(2)[1].error is None
    assert begun == ["written"]


@pytest.mark.parametrize(("done", "stops"), [(1, True), (2, False)], ids=["working it out", "writing"])
def test_a_job_that_writes_is_stopped_only_while_it_works_out_what(bench: Bench, done: int, stops: bool) -> None:
    told = threading.Event()

    def work(_study: object, job: Job) -> str:
        job.preparing(done, 2)
        told.set()
        bench.gate.wait(10)
        if done < 2:
            job.preparing(2, 2)
        job.progress(1, 1)
        return "written"

    job = bench.ask(work, writes=True)
    assert told.wait(10)
    assert job.may_be_stopped is stops
    job.stop()
    bench.gate.set()
    answer = bench.wait(1)[0]
    assert isinstance(answer.error, Stopped) is stops
    assert answer.value == (None if stops else "written")


def test_what_is_being_prepared_is_written_when_the_worker_ends(bench: Bench) -> None:
    told = threading.Event()
    written: list[str] = []

    def work(_study: object, job: Job) -> None:
        job.preparing(1, 2)
        told.set()
        bench.gate.wait(10)
        job.preparing(2, 2)
        written.append("written")

    bench.ask(work, writes=True)
    assert told.wait(10)
    bench.gate.set()
    bench.worker.end()
    assert written == ["written"]


def test_a_job_that_reads_ends_at_its_next_step(bench: Bench) -> None:
    steps: list[int] = []
    started = threading.Event()

    def work(_study: object, job: Job) -> None:
        for number in range(1000):
            job.progress(number, 1000)
            steps.append(number)
            started.set()
            bench.gate.wait(10)

    job = bench.ask(work)
    assert started.wait(10)
    job.stop()
    bench.gate.set()
    assert isinstance(bench.wait(1)[0].error, Stopped)
    assert steps == [0]


@pytest.mark.parametrize("error", [Refused("no_study_open"), RuntimeError("boom"), SystemExit(3)])
def test_every_end_of_a_job_is_handed_back(bench: Bench, error: BaseException) -> None:
    def work(_study: object, _job: Job) -> None:
        raise error

    bench.ask(work)
    bench.ask(lambda _study, _job: "after")
    answers = bench.wait(2)
    assert answers[0].error is error
    assert answers[1].value == "after"


def writing(number: int, written: list[int]) -> Any:
    return lambda _study, _job: written.append(number)


def test_the_end_waits_for_what_was_asked_and_joins_the_thread(qtbot: QtBot) -> None:
    before = threading.enumerate()
    worker = FileWorker()
    written: list[int] = []
    for number in range(50):
        worker.submit(Job(writing(number, written), lambda _answer: None, writes=True))
    worker.end()
    assert written == list(range(50))
    assert threading.enumerate() == before


def test_the_end_closes_the_file(qtbot: QtBot) -> None:
    class File:
        closed = False

        def close(self) -> None:
            self.closed = True

    worker, file = FileWorker(), File()
    worker.study = file  # type: ignore[assignment]  # all that the end needs of a study
    worker.end()
    assert file.closed


def test_progress_is_reported_on_the_thread_of_the_window(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every step, as the window paints for each: what comes sooner than 50 ms after a report is left out."""
    steps: list[tuple[int, int, bool]] = []
    window = QThread.currentThread()
    moments = iter((7.0, 7.04, 7.06, 7.10, 7.101))
    monkeypatch.setattr(worker, "monotonic", lambda: next(moments))
    bench.worker.progressed.connect(lambda _t, n, all_: steps.append((n, all_, QThread.currentThread() is window)))
    bench.ask(lambda _study, job: [job.progress(number, 5) for number in (1, 2, 3, 4, 5)])
    bench.wait(1)
    assert steps == [(1, 5, True), (3, 5, True), (5, 5, True)]
