"""What is shown while one waits for the file: what is done, how far it has come, and a button to stop."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.session.worker import Answer, FileWorker, Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.text import Label
from app.wording.language import gettext as _


def progress_bar() -> QProgressBar:
    """Return a bar that says how far something has come; it runs until that is known."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedHeight(tokens.px(10))
    bar.setAccessibleName(_("How far it has come"))
    bar.setRange(0, 0)
    return bar


def show_progress(bar: QProgressBar, done: int, total: int) -> None:
    """Show how many pieces are done."""
    bar.setRange(0, max(total, 1))
    bar.setValue(done)


class JobBar(QWidget):
    """Follows one job, which can be stopped as long as it writes nothing; its room is kept while there is none."""

    def __init__(self, worker: FileWorker, parent: QWidget | None = None) -> None:
        """Show nothing as long as no job is followed."""
        super().__init__(parent)
        self.job: Job | None = None
        self.label, self.bar = Label("", "muted"), progress_bar()
        self.stop_button = Button(_("S&top"), self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        worker.progressed.connect(self._progressed)
        worker.answered.connect(self._answered)
        self.hide()

    def follow(self, job: Job, label: str) -> None:
        """Show a job, in those words."""
        self.job = job
        self.label.setText(label)
        self.bar.setRange(0, 0)
        self.stop_button.setEnabled(job.may_be_stopped)
        self.show()

    def stop(self) -> None:
        """Stop the job, whose answer is then that a person stopped it."""
        if self.job is not None:
            self.job.give_up()
            self.label.setText(_("Stopping…"))
            self.stop_button.setEnabled(False)

    def leave(self) -> None:
        """Stop the job, whose answer nobody waits for any more."""
        if self.job is not None:
            self.job.stop()

    def _progressed(self, job: Job, done: int, total: int) -> None:
        if job is self.job:
            show_progress(self.bar, done, total)
            self.stop_button.setEnabled(job.may_be_stopped and not job.given_up)

    def _answered(self, answer: Answer) -> None:
        if answer.job is self.job:
            self.job = None
            self.hide()
