"""The one thread that owns the study file: it takes jobs and returns their answers on the window's thread."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from app.services.study.study import Study


PROGRESS_APART = 0.05
"""Seconds between two reports of how far a job is: each makes the window paint, for which the worker has to wait."""


class Stopped(Exception):  # noqa: N818 - an answer to a person who stopped it, not an error
    """A job was stopped before it was done; nothing of it was kept."""


@dataclass(eq=False)
class Job:
    """Work for the study file. `label`: what it does, in words; empty where nobody waits for it.

    `given_up`: a person stopped it, and nothing else is asked in its place. `prepares`: it writes, but works out what
    so far, and can still be stopped.
    """

    work: Callable[["Study | None", "Job"], Any]
    done: Callable[["Answer"], None]
    label: str = ""
    writes: bool = False
    stopped: threading.Event = field(default_factory=threading.Event)
    given_up: bool = False
    prepares: bool = False
    worker: "FileWorker | None" = None
    _told: float = 0.0

    @property
    def may_be_stopped(self) -> bool:
        """Whether nothing is written now."""
        return not self.writes or self.prepares

    def stop(self) -> None:
        """Stop the job where that is safe: at its next step when it only reads, or works out what it writes."""
        if self.may_be_stopped:
            self.stopped.set()

    def give_up(self) -> None:
        """Stop the job because a person asked for it, who is told what is missing now."""
        self.given_up = True
        self.stop()

    def progress(self, done: int, total: int) -> None:
        """Report how far the job has come; what comes soon after another report is left out, but never the end.

        Raises:
            Stopped: the job is to end here.
        """
        if self.stopped.is_set() and self.may_be_stopped:
            raise Stopped
        now = monotonic()
        if self.worker is not None and (done >= total or now - self._told >= PROGRESS_APART):
            self._told = now
            self.worker.progressed.emit(self, done, total)

    def preparing(self, done: int, total: int) -> None:
        """Report how far a job that writes has come while nothing is written yet.

        Raises:
            Stopped: the job is to end here.
        """
        self.prepares = True
        self.progress(done, total)
        self.prepares = done < total


@dataclass(frozen=True, eq=False)
class Answer:
    """The result of a job: a value, or the exception that ended it."""

    job: Job
    value: Any = None
    error: BaseException | None = None


class FileWorker(QObject):
    """Runs jobs one after another, in their order. A job that was stopped while it waited is not begun."""

    answered = Signal(object)
    progressed = Signal(object, int, int)
    began = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the thread; it waits for jobs."""
        super().__init__(parent)
        self.study: Study | None = None
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._running: Job | None = None
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="study file", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Job:
        """Put a job at the end of the queue."""
        job.worker = self
        self._jobs.put(job)
        return job

    def end(self) -> None:
        """Finish every job that writes, drop the others, close the file, and end the thread."""
        self._ending = True
        if (running := self._running) is not None and not running.writes:
            running.stop()
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if job.stopped.is_set() or (self._ending and not job.writes):
                answer = Answer(job, error=Stopped())
            else:
                self._running = job
                self.began.emit(job)
                answer = self._answer(job)
                self._running = None
            self.answered.emit(answer)
        if self.study is not None:
            self.study.close()

    def _answer(self, job: Job) -> Answer:
        try:
            return Answer(job, job.work(self.study, job))
        except BaseException as error:  # noqa: BLE001 - the window's thread handles every error of a job
            return Answer(job, error=error)
