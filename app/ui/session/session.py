"""The open study as every page knows it: its view, the day, jobs for the file, and the one message of a change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.domain.refusal import Doubted, Refused
from app.ui.session.error_text import is_known
from app.ui.session.known_participants import KnownParticipants
from app.ui.session.worker import Answer, FileWorker, Job, Stopped
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.commands.study_file import Rescued
    from app.services.commands.undo_last import UndoResult
    from app.services.queries.overview import StudyView
    from app.services.study.environment import Environment
    from app.services.study.study import Study

T = TypeVar("T")
CLOCK_INTERVAL_MS = 20_000
OnError = Callable[[BaseException], object]
"""Called with the error that ended a job, complete; `error_text` has its words."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The one message after a change. `codes`: whose data changed; None: everybody's, as at midnight.

    `by` asked for the change; `text` is shown in the status bar; `undoable`: Undo can take it back.
    `redoable`: it was an undo, and Redo can bring it back. `saved`: a file that was written and can be opened.
    """

    codes: frozenset[str] | None
    by: QObject | None = None
    text: str = ""
    undoable: bool = False
    redoable: bool = False
    saved: Path | None = None

    def touches(self, code: str) -> bool:
        """Whether the change may concern a participant."""
        return self.codes is None or code in self.codes


def of_study(work: Callable[["Study", Job], T]) -> Callable[["Study | None", Job], T]:
    """Return the work for the worker; it is refused while no study is open."""

    def checked(study: "Study | None", job: Job) -> T:
        if study is None:
            raise Refused("no_study_open")
        return work(study, job)

    return checked


def _load(_study: "Study | None", _job: Job) -> None:
    from app.services.commands import study_file  # noqa: F401 - this loads them, and what they need
    from app.services.queries import overview  # noqa: F401


def _prove_visits(study: "Study | None", _job: Job) -> None:
    from app.services.study.visit_cache import prove_visits

    if study is not None:
        prove_visits(study)


def unreported(_error: BaseException) -> str:
    """Report nothing."""
    return ""


class StudySession(QObject):
    """The connection of pages and dialogs to the study file. One worker does all work on the file."""

    changed = Signal(object)
    """A `Changed`: the only message by which pages learn of anything."""
    opening = Signal()
    """The worker begins to read the file, which takes nothing from this thread: what is needed next can be made."""
    opened = Signal()
    closed = Signal()
    doubted = Signal(object, object)
    """A `Doubted`, and the function that does it all the same."""
    failed = Signal(object, str)
    """An error that no page or dialog handles, and (for a bug) the path of its report."""
    busy = Signal(object)
    """The job that people wait for, or None."""
    progressed = Signal(int, int)

    def __init__(
        self,
        environment: "Environment",
        today: date | None = None,
        report: Callable[[BaseException], object] = unreported,
        parent: QObject | None = None,
    ) -> None:
        """Start without a study. `today`: plan as of this day whatever the clock says.

        `report` writes the report of a bug and returns its path.
        """
        super().__init__(parent)
        self._report = report
        self.environment = environment
        self._fixed_today = today
        self.today = today or environment.today()
        self.path: Path | None = None
        self.is_demo = False
        self.view: StudyView | None = None
        self.participants = KnownParticipants()
        # Before any page hears of it.
        self.changed.connect(self._forget)
        self.closed.connect(self.participants.forget)
        self.worker = FileWorker(self)
        self.worker.answered.connect(self._answered)
        self.worker.began.connect(self._began)
        self.worker.progressed.connect(self._progressed)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_INTERVAL_MS)
        self._clock.timeout.connect(self.check_clock)
        self._clock.start()

    def _forget(self, changed: Changed) -> None:
        self.participants.forget(changed.codes)

    # Asking

    def ask(
        self,
        work: Callable[["Study", Job], T],
        then: Callable[[T], object],
        on_error: OnError | None = None,
        owner: QObject | None = None,
        label: str = "",
        on_given_up: Callable[[], object] | None = None,
    ) -> Job:
        """Have the worker read something; `then` gets the answer, unless `owner` is deleted by then.

        `on_error` gets the error in place of an answer; without it the window shows a known failure. A bug is reported
        in the window in any case. `label`: shown in the status bar when the job takes a second. `on_given_up`: called
        when a person stops it there; without it that is a known failure.
        """
        return self._send(of_study(work), then, on_error, owner, label, False, on_given_up)

    def run(
        self,
        work: Callable[["Study | None", Job], T],
        then: Callable[[T], object],
        on_error: OnError | None = None,
        owner: QObject | None = None,
        label: str = "",
    ) -> Job:
        """Have the worker do what needs no study, as `ask` does; while one is open, `work` gets it all the same."""
        return self._send(work, then, on_error, owner, label, writes=False)

    def change(
        self,
        work: Callable[["Study", Job], T],
        then: Callable[[T], object],
        on_error: OnError | None = None,
        owner: QObject | None = None,
        codes: Sequence[str] | None = (),
        text: str | Callable[[T], str] = "",
        undoable: bool = True,
        label: str = "",
        saved: Path | None = None,
    ) -> Job:
        """Have the worker change the file; afterwards `then` is called and everybody gets the one message.

        `saved`: a file next to the study that was written, which can be opened from the message.
        """
        from app.services.queries.overview import study_view

        def changing(study: "Study", job: Job) -> "tuple[T, StudyView]":
            done = work(study, job)
            return done, study_view(study, self.today)

        def after(found: "tuple[T, StudyView]") -> None:
            done, self.view = found
            said = text if isinstance(text, str) else text(done)
            whose = None if codes is None else frozenset(codes)
            if owner is None or isValid(owner):
                then(done)
            self.changed.emit(Changed(whose, owner, said, undoable, saved=saved))

        return self._send(of_study(changing), after, on_error, None, label, writes=True)

    def _send(
        self,
        work: Callable[["Study | None", Job], T],
        then: Callable[[T], object],
        on_error: OnError | None,
        owner: QObject | None,
        label: str,
        writes: bool,
        on_given_up: Callable[[], object] | None = None,
    ) -> Job:
        def done(answer: Answer) -> None:
            if owner is not None and not isValid(owner):
                return
            if answer.error is None:
                then(answer.value)
            elif isinstance(answer.error, Stopped) and not answer.job.given_up:
                pass  # something else was asked in its place, or nobody is there to see it
            elif isinstance(answer.error, Stopped) and on_given_up is not None:
                on_given_up()
            else:
                self._failed(answer.error, on_error)

        return self.worker.submit(Job(work, done, label, writes))

    def _answered(self, answer: Answer) -> None:
        if answer.job.label:
            self.busy.emit(None)
        answer.job.done(answer)

    def _began(self, job: Job) -> None:
        if job.label:
            self.busy.emit(job)

    def _progressed(self, job: Job, done: int, total: int) -> None:
        if job.label:
            self.progressed.emit(done, total)

    def _failed(self, error: BaseException, on_error: OnError | None) -> None:
        is_bug = not is_known(error)
        if is_bug:
            self.report_bug(error)
        if on_error is not None:
            on_error(error)
        elif not is_bug:
            self.failed.emit(error, "")

    def report_bug(self, error: BaseException) -> None:
        """Write the report of a bug and have the window say so."""
        self.failed.emit(error, str(self._report(error)))

    # The study

    def open(self, path: Path, demo: bool = False, make: bool = False, name: str = "", on_error: OnError | None = None,
             writing: bool = True, anywhere: bool = False) -> None:  # fmt: skip
        """Open a study file instead of the one before, or make a new one there."""
        fixed_today = self._fixed_today

        def leave_and_open(study: "Study | None", job: Job) -> "tuple[Study, StudyView]":
            from app.services.commands.study_file import leave, open_study
            from app.services.queries import overview

            if study is not None:
                leave(study)
            self.worker.study = None
            found = open_study(path, self.environment, make, name, writing, anywhere, job.progress)
            self.worker.study = found
            return found, overview.study_view(found, fixed_today or found.today())

        self.worker.submit(Job(_load, lambda _answer: self.opening.emit()))
        self._send(
            leave_and_open, lambda found: self._now_open(path, demo, found[1]), on_error, None, _("Opening"), True
        )
        # While the window makes its first page, which asks for them.
        self.worker.submit(Job(_prove_visits, lambda _answer: None))

    def make_demo(self, folder: Path, then: Callable[[Path], object], on_error: OnError) -> Job:
        """Make the demo study in a folder of its own, unless it exists; `then` gets its file."""

        def make(_study: "Study | None", job: Job) -> Path:
            from app.services.commands.demo import demo_file

            return demo_file(folder, self.environment, job.progress)

        return self._send(make, then, on_error, None, _("Making the demo study"), False)

    def rescue(self, path: Path, target: Path, then: Callable[["Rescued"], object], on_error: OnError) -> Job:
        """Make a new study of what can be read of a damaged file, which may be the open one; `then` gets what it is."""

        def make(study: "Study | None", _job: Job) -> "Rescued":
            from app.services.commands.study_file import rescue, rescue_open

            if study is not None and study.path == path:
                return rescue_open(study, target, self.today)
            return rescue(path, target, self.environment, self.today)

        return self._send(make, then, on_error, None, _("Rescuing what can be read"), False)

    def _now_open(self, path: Path, demo: bool, view: "StudyView") -> None:
        self.path, self.is_demo, self.view = path, demo or view.demo, view
        self.today = view.today
        self.opened.emit()
        self.changed.emit(Changed(None))

    def check_clock(self) -> None:
        """Plan everything for the new day when the day has changed: at midnight, or while the computer slept."""
        today = self._fixed_today or self.environment.today(self.view.zone if self.view is not None else "")
        if today == self.today:
            return
        self.today = today
        if self.view is None:
            return
        self.refresh_view()

    def refresh_view(self) -> None:
        """Read the view of the study again, and tell every page that everything may have changed."""
        from app.services.queries.overview import study_view

        def show(view: "StudyView") -> None:
            self.view = view
            self.changed.emit(Changed(None))

        today = self.today
        self.ask(lambda study, _job: study_view(study, today), show)

    @property
    def can_write(self) -> bool:
        """Whether anything can be recorded."""
        return self.view is not None and not self.view.read_only

    @property
    def can_print(self) -> bool:
        """Whether pages can be printed: where that is recorded, and of a damaged study, in which each page says so."""
        return self.view is not None and (not self.view.read_only or self.view.damaged)

    def undo(self, owner: QObject | None = None, command: int | None = None) -> None:
        """Take the last command back, or the one of that number."""
        self._mend("undo", owner, command=command)

    def take_back(self, command: int, preview: Callable[[], object], owner: QObject) -> None:
        """Undo that command at once where it is the last one and moves no other visit; else have it previewed."""
        from app.services.commands.undo_last import may_undo_at_once

        def answered(at_once: bool) -> None:
            self.undo(command=command) if at_once else preview()

        today = self.today
        self.ask(lambda study, _job: may_undo_at_once(study, command, today), answered, owner=owner)

    def redo(self, owner: QObject | None = None) -> None:
        """Repeat the command that was undone last."""
        self._mend("redo", owner)

    def _mend(self, which: str, owner: QObject | None, sure: bool = False, command: int | None = None) -> None:
        from app.services.commands.undo_last import undo_last

        today = self.today

        def failed(error: BaseException) -> None:
            if isinstance(error, Doubted):
                self.doubted.emit(error, lambda: self._mend(which, owner, True, command))
            elif is_known(error):
                self.failed.emit(error, "")

        def mend(study: "Study", job: Job) -> "UndoResult":
            job.preparing(0, 1)
            return undo_last(study, which, today, sure, command, job.preparing)

        label = _("Taking back") if which == "undo" else _("Doing again")
        self._send(of_study(mend), partial(self._mended, which), failed, owner, label, writes=True)

    def _mended(self, which: str, done: "UndoResult") -> None:
        self.view = done.view
        codes, redoable = frozenset(done.codes) if done.codes else None, which == "undo" and bool(done.view.redo)
        self.changed.emit(Changed(codes, None, done.text, redoable=redoable))

    def end(self) -> None:
        """Close the study and end the worker after everything that was to be written."""
        self._clock.stop()

        def leaving(study: "Study | None", _job: Job) -> None:
            from app.services.commands.study_file import leave

            if study is not None:
                leave(study)
            self.worker.study = None

        self.worker.submit(Job(leaving, lambda _answer: None, writes=True))
        self.worker.end()
