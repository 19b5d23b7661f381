"""The one thread that owns the study file: jobs go in, answers come back on the thread of the window."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from app.services.study.study import Study


class Stopped(Exception):  # noqa: N818 - an answer to a person who stopped it, not an error
    """A job was stopped before it was done; nothing of it was kept."""


@dataclass(eq=False)
class Job:
    """A job on its way. `label`: what it does, in words; empty for what nobody waits for."""

    work: Callable[["Study | None", "Job"], Any]
    done: Callable[["Answer"], None]
    label: str = ""
    writes: bool = False
    stopped: threading.Event = field(default_factory=threading.Event)
    worker: "FileWorker | None" = None

    def stop(self) -> None:
        """Stop it where that is safe: before it began, or at its next step when it only reads."""
        if not self.writes:
            self.stopped.set()

    def progress(self, done: int, total: int) -> None:
        """Tell how far it has come.

        Raises:
            Stopped: it is to end here.
        """
        if self.stopped.is_set():
            raise Stopped
        if self.worker is not None:
            self.worker.progressed.emit(self, done, total)


@dataclass(frozen=True, eq=False)
class Answer:
    """What a job gave: a value, or the exception that ended it."""

    ticket: Job
    value: Any = None
    error: BaseException | None = None


class FileWorker(QObject):
    """Runs jobs one after another in their order. Jobs that were stopped while they waited are not begun."""

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

    def submit(self, ticket: Job) -> Job:
        """Put a job at the end of the queue."""
        ticket.worker = self
        self._jobs.put(ticket)
        return ticket

    def end(self) -> None:
        """Let what was asked to be written be finished, close the file, and end the thread; nobody reads on."""
        self._ending = True
        if (running := self._running) is not None:
            running.stop()
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (ticket := self._jobs.get()) is not None:
            if ticket.stopped.is_set() or (self._ending and not ticket.writes):
                answer = Answer(ticket, error=Stopped())
            else:
                self._running = ticket
                self.began.emit(ticket)
                answer = self._answer(ticket)
                self._running = None
            self.answered.emit(answer)
        if self.study is not None:
            self.study.close()

    def _answer(self, ticket: Job) -> Answer:
        try:
            return Answer(ticket, ticket.work(self.study, ticket))
        except BaseException as error:  # noqa: BLE001 - every end of a job is told on the thread of the window
            return Answer(ticket, error=error)
