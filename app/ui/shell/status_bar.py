"""The status bar: the last command with its undo, the job under way, and the number of participants."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.job_bar import progress_bar, show_progress
from app.ui.widgets.text import Elided, Label, tip
from app.wording.language import counted
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.overview import StudyView

BUSY_AFTER_MS = 1_000


class StatusBar(QFrame):
    """Shows a job only when it takes a second, with a button to stop it where that is safe."""

    undone = Signal()

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "true")
        self._job: Job | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(12)
        self.done = Elided("", "small")
        row.addWidget(self.done, 1)
        self._saved: Path | None = None
        self.open_button = Button(_("Open"), self._open, "link")
        self.open_button.setAccessibleName(_("Open the saved file"))
        self.open_button.hide()
        row.addWidget(self.open_button)
        self.undo_button = Button(_("Undo (Ctrl+Z)"), self.undone.emit, "link")
        self.undo_button.hide()
        row.addWidget(self.undo_button)
        self.redo_button = Button(_("Redo (Ctrl+Y)"), session.redo, "link")
        self.redo_button.hide()
        row.addWidget(self.redo_button)
        self.busy = Elided("", "small")
        self.bar = progress_bar()
        self.bar.setFixedWidth(tokens.px(140))
        self.stop_button = Button(_("Stop"), self._stop, "link")
        self._study = Label("", "small")
        for widget in (self.busy, self.bar, self.stop_button, self._study):
            row.addWidget(widget)
        self._busy_shown(False)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BUSY_AFTER_MS)
        self._later.timeout.connect(lambda: self._busy_shown(self._job is not None))
        session.busy.connect(self._busy)
        session.progressed.connect(self._progressed)

    def tell(self, text: str, undoable: bool, redoable: bool = False, saved: Path | None = None) -> None:
        """Show what was done, until the next command; after an undo with the button that brings it back.

        `saved`: a file that was written, which a button opens.
        """
        self.done.setText(text)
        self._saved = saved
        self.open_button.setVisible(saved is not None)
        self.undo_button.setVisible(undoable)
        self.redo_button.setVisible(redoable)

    def _open(self) -> None:
        """Open the saved file with the program that the computer has for it."""
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    def show_study(self, view: "StudyView") -> None:
        """Show the number of participants; the head of the record, as paper has it, is in the tooltip."""
        self._study.setText(counted("{n} participant", "{n} participants", len(view.participants)))
        self._study.setToolTip(tip(f"{_('record')} {view.head}"))

    def clear(self) -> None:
        """Show that no study is open."""
        self.tell("", False)
        self._study.setText("")
        self._study.setToolTip("")

    def _busy(self, job: Job | None) -> None:
        self._job = job
        if job is None:
            self._later.stop()
            self._busy_shown(False)
            return
        self.busy.setText(f"{job.label}…")
        self.bar.setRange(0, 0)
        self._later.start()

    def _progressed(self, done: int, total: int) -> None:
        show_progress(self.bar, done, total)
        self._may_stop()

    def _busy_shown(self, shown: bool) -> None:
        self.busy.setVisible(shown)
        self.bar.setVisible(shown)
        self._may_stop()

    def _may_stop(self) -> None:
        """Show the button while the job can be stopped."""
        job = self._job
        self.stop_button.setVisible(not self.bar.isHidden() and job is not None and job.may_be_stopped)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.give_up()
            self.busy.setText(_("Stopping…"))
