"""What every page knows: the study that is open, the day, how to ask the file, and the one message of a change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.domain.refusal import Refused
from app.ui.session.worker import Answer, FileWorker, Job, Stopped
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.commands.undo_last import Mended
    from app.services.queries.overview import StudyView
    from app.services.study.environment import Environment
    from app.services.study.study import Study

T = TypeVar("T")
LOOK_AT_CLOCK_MS = 20_000
OnError = Callable[[str], object]
"""What is called with the words of a known failure."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The one message: what is no longer as it was. `codes`: whose; None: everything, as at midnight.

    `by` asked for it; `text` says it in the status bar; `undoable`: it is a change that Undo takes back.
    """

    codes: frozenset[str] | None
    by: QObject | None = None
    text: str = ""
    undoable: bool = False

    def touches(self, code: str) -> bool:
        """Whether it may concern a participant."""
        return self.codes is None or code in self.codes


def of_study(work: Callable[["Study", Job], T]) -> Callable[["Study | None", Job], T]:
    """The work on an open study; without one it is refused."""

    def job(study: "Study | None", ticket: Job) -> T:
        if study is None:
            raise Refused("no_study_open")
        return work(study, ticket)

    return job


def unreported(_error: BaseException) -> str:
    """Reports nothing."""
    return ""


class StudySession(QObject):
    """Between the pages and the file. All of its work on the file is done by one worker."""

    changed = Signal(object)
    """A `Changed`: the only message by which pages learn of anything."""
    opened = Signal()
    closed = Signal()
    troubled = Signal(str, str)
    """Something went wrong that nobody waited for: the words, and (for a bug) where its report lies."""
    busy = Signal(object)
    """The ticket that people wait for, or None."""
    progressed = Signal(int, int)

    def __init__(
        self,
        circumstances: "Environment",
        today: date | None = None,
        report: Callable[[BaseException], object] = unreported,
        parent: QObject | None = None,
    ) -> None:
        """A desk without a study. `today`: reckon as of this day whatever the clock says.

        `report` writes the report of a bug and gives the place where it lies.
        """
        super().__init__(parent)
        self._report = report
        self.circumstances = circumstances
        self._told_today = today
        self.today = today or circumstances.today()
        self.path: Path | None = None
        self.is_demo = False
        self.look: StudyView | None = None
        self.worker = FileWorker(self)
        self.worker.answered.connect(self._answered)
        self.worker.began.connect(self._began)
        self.worker.progressed.connect(self._progressed)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_AT_CLOCK_MS)
        self._clock.timeout.connect(self.look_at_clock)
        self._clock.start()

    # Asking

    def ask(
        self,
        work: Callable[["Study", Job], T],
        then: Callable[[T], object],
        refused: OnError | None = None,
        owner: QObject | None = None,
        label: str = "",
    ) -> Job:
        """Have the worker read something; `then` gets the answer, unless `owner` is gone by then.

        `refused` gets a known failure in words; without it the window shows it. `label`: shown when it takes a second.
        """
        return self._send(of_study(work), then, refused, owner, label, writes=False)

    def change(
        self,
        work: Callable[["Study", Job], T],
        then: Callable[[T], object],
        refused: OnError | None = None,
        owner: QObject | None = None,
        codes: Sequence[str] | None = (),
        text: str | Callable[[T], str] = "",
        undoable: bool = True,
        label: str = "",
    ) -> Job:
        """Have the worker change the file; afterwards `then` is called and everybody gets the one message."""
        from app.services.queries.overview import look_of

        def changing(study: "Study", ticket: Job) -> "tuple[T, StudyView]":
            done = work(study, ticket)
            return done, look_of(study, self.today)

        def after(found: "tuple[T, StudyView]") -> None:
            done, self.look = found
            said = text if isinstance(text, str) else text(done)
            whose = None if codes is None else frozenset(codes)
            if owner is None or isValid(owner):
                then(done)
            self.changed.emit(Changed(whose, owner, said, undoable))

        return self._send(of_study(changing), after, refused, None, label, writes=True)

    def _send(
        self,
        job: Callable[["Study | None", Job], T],
        then: Callable[[T], object],
        refused: OnError | None,
        owner: QObject | None,
        label: str,
        writes: bool,
    ) -> Job:
        def done(answer: Answer) -> None:
            if owner is not None and not isValid(owner):
                return
            if answer.error is None:
                then(answer.value)
            else:
                self._failed(answer.error, refused)

        return self.worker.submit(Job(job, done, label, writes))

    def _answered(self, answer: Answer) -> None:
        if answer.ticket.label:
            self.busy.emit(None)
        answer.ticket.done(answer)

    def _began(self, ticket: Job) -> None:
        if ticket.label:
            self.busy.emit(ticket)

    def _progressed(self, ticket: Job, done: int, total: int) -> None:
        if ticket.label:
            self.progressed.emit(done, total)

    def _failed(self, error: BaseException, refused: OnError | None) -> None:
        from app.ui.session.error_text import known_text

        if isinstance(error, Stopped):
            return
        said = known_text(error)
        if said is None:
            self.tell_bug(error)
            if refused is not None:
                refused(_("The program made a mistake; nothing was saved. What you typed is still here."))
        elif refused is not None:
            refused(said)
        else:
            self.troubled.emit(said, "")

    def tell_bug(self, error: BaseException) -> None:
        """Say in the window that the program made a mistake, and where its report lies."""
        self.troubled.emit(_("The program made a mistake; what is in the file is as it was."), str(self._report(error)))

    # The study

    def open(self, path: Path, demo: bool = False, make: bool = False, name: str = "", refused: OnError | None = None,
             writing: bool = True, anywhere: bool = False) -> None:  # fmt: skip
        """Open a study file in the place of the one before, or make a new one there."""

        told = self._told_today

        def opening_it(study: "Study | None", ticket: Job) -> "tuple[Study, StudyView]":
            from app.services.commands.study_file import leave, open_study
            from app.services.queries import overview

            if study is not None:
                leave(study)
            self.worker.study = None
            found = open_study(path, self.circumstances, make, name, writing, anywhere)
            self.worker.study = found
            return found, overview.look_of(found, told or found.today())

        self._send(opening_it, lambda found: self._now_open(path, demo, found[1]), refused, None, _("Opening"), True)

    def make_demo(self, folder: Path, then: Callable[[Path], object], refused: OnError) -> Job:
        """Make the demo study in a folder of its own, unless it is there; `then` gets its file."""

        def making(_study: "Study | None", ticket: Job) -> Path:

            from app.services.commands.demo import demo_file

            return demo_file(folder, self.circumstances, ticket.progress)

        return self._send(making, then, refused, None, _("Making the demo study"), False)

    def _now_open(self, path: Path, demo: bool, look: "StudyView") -> None:
        self.path, self.is_demo, self.look = path, demo, look
        self.today = look.today
        self.opened.emit()
        self.changed.emit(Changed(None))

    def look_at_clock(self) -> None:
        """When the day has changed (midnight, or the computer slept) everything is reckoned for the new one."""
        today = self._told_today or self.circumstances.today(self.look.zone if self.look is not None else "")
        if today == self.today:
            return
        self.today = today
        if self.look is None:
            return
        self.refresh_look()

    def refresh_look(self) -> None:
        """Read anew what the window shows of the study as a whole, and tell everybody."""
        from app.services.queries.overview import look_of

        def seen(look: "StudyView") -> None:
            self.look = look
            self.changed.emit(Changed(None))

        today = self.today
        self.ask(lambda study, _ticket: look_of(study, today), seen)

    @property
    def can_write(self) -> bool:
        """Whether anything can be recorded."""
        return self.look is not None and not self.look.read_only

    def undo(self, owner: QObject | None = None) -> None:
        """Take the last command back."""
        self._mend("undo", owner)

    def redo(self, owner: QObject | None = None) -> None:
        """Bring back what was undone last."""
        self._mend("redo", owner)

    def _mend(self, which: str, owner: QObject | None) -> None:
        from app.services.commands.undo_last import mend_last

        today = self.today
        self._send(
            of_study(lambda study, _ticket: mend_last(study, which, today)), self._mended, None, owner, "", writes=True
        )

    def _mended(self, done: "Mended") -> None:
        self.look = done.look
        self.changed.emit(Changed(frozenset(done.codes) if done.codes else None, None, done.text))

    def end(self) -> None:
        """Close the study and end the worker; nothing that was asked is lost."""
        self._clock.stop()

        def leaving(study: "Study | None", _ticket: Job) -> None:
            from app.services.commands.study_file import leave

            if study is not None:
                leave(study)
            self.worker.study = None

        self.worker.submit(Job(leaving, lambda _answer: None, writes=True))
        self.worker.end()
