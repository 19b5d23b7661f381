"""What is shown while one waits for the file: what is done, how far it has come, and a button to stop."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.session.worker import FileWorker, Job
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
    """Follows one job that only reads, which can be stopped; its room is kept while there is none."""

    def __init__(self, worker: FileWorker, stopped: Callable[[], object], parent: QWidget | None = None) -> None:
        """`stopped` is called when somebody has stopped the job; it gets no answer then."""
        super().__init__(parent)
        self.job: Job | None = None
        self._stopped = stopped
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
        self.hide()

    def follow(self, job: Job, label: str) -> None:
        """Show a job, in those words."""
        self.job = job
        self.label.setText(label)
        self.bar.setRange(0, 0)
        self.show()

    def end(self) -> None:
        """Show nothing: the job is answered."""
        self.job = None
        self.hide()

    def stop(self) -> None:
        """Stop the job; nothing of it is kept."""
        if self.job is not None:
            self.job.stop()
            self.end()
            self._stopped()

    def _progressed(self, job: Job, done: int, total: int) -> None:
        if job is self.job:
            show_progress(self.bar, done, total)
