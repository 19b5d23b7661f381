"""The backups of the page Study: how they are, backing up, a restore on trial, and the complete check of the study."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.commands.backup import back_up
from app.services.commands.second_backup import back_up_now, set_second_place, stop_second_place
from app.services.commands.try_restore import TriedRestore, try_restore
from app.services.commands.verify import Verified, repair_cached_visits, verified_lines, verify
from app.services.queries.backup_state import BackupState, backup_state, state_rows, trouble_text
from app.ui.pages.study.section import Section
from app.ui.session.error_text import error_text
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, rule
from app.ui.widgets.flow import flow_of
from app.ui.widgets.job_bar import progress_bar, show_progress
from app.ui.widgets.notes import Banner
from app.ui.widgets.scroll_column import ColumnContent, ScrollColumn
from app.ui.widgets.text import Label, Wrapped
from app.wording.backup_words import backup_line, tried_lines
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.pages.study.preview import StudyPreview
    from app.ui.session.session import StudySession
    from app.ui.session.worker import Job

_WIDEST = 760
"""The widest column, at a text size of 100 %."""
Work = Callable[["Study", "Job"], tuple[str, Sequence[str]]]
"""Returns the tone of a note and its lines."""


class Backups(Section):
    """What is known of the backups, and the buttons to make one, to try one, and to verify the study."""

    restored = Signal()
    """A study is to be made from a backup."""

    def __init__(self, session: "StudySession", preview: "StudyPreview", parent: QWidget | None = None) -> None:
        """Show nothing until the file has answered."""
        super().__init__(session, preview, parent)
        self._job: Job | None = None
        self.state: BackupState | None = None
        self.trouble, self.found = Banner(), Banner()
        self._rows = QGridLayout()
        self._texts: list[Label] = []
        self._from: QWidget | None = None
        self.back_up_button = Button(_("&Back up now"), self.back_up, "primary")
        self.elsewhere_button = Button(_("Back up into an&other folder…"), self.back_up_elsewhere)
        self.second_button = Button(_("Choose a secon&d place…"), self.choose_second)
        self.no_second_button = Button(_("Stop &using the second place"), self.stop_second)
        self.restore_button = Button(_("&Make a study from a backup…"), self.restored.emit)
        self.try_button = Button(_("&Try to restore the last one"), self.try_restore)
        self.verify_button = Button(_("Che&ck the study completely"), self.verify)
        self.cancel_button = Button(_("Cancel"), self.cancel)
        self.head = QLineEdit()
        self.head.setAccessibleName(_("Head of the chain at the foot of a printed page"))
        self.head.setPlaceholderText("1234 · ab12 cd34")
        self.doing = Label("", "muted")
        self.bar = progress_bar()
        self._build()
        self.first = self.back_up_button
        # Backups come and go without a change of the study.
        self.reads_whenever_shown = True
        session.worker.progressed.connect(self._progressed)

    def _build(self) -> None:
        inside, area = ColumnContent(narrowest=216), ScrollColumn()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._rows.setColumnStretch(1, 1)
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(8)
        column.addWidget(self.trouble)
        column.addLayout(self._rows)
        column.addWidget(
            flow_of(
                self.back_up_button,
                self.try_button,
                self.second_button,
                self.no_second_button,
                self.elsewhere_button,
                self.restore_button,
            )
        )
        column.addWidget(rule())
        label = Label(_("A head from paper, to check the study against (optional)"), "muted")
        label.setWordWrap(True)
        label.setBuddy(self.head)
        self.head.setMaximumWidth(tokens.px(320))
        column.addWidget(label)
        column.addWidget(self.head)
        column.addWidget(flow_of(self.verify_button))
        column.addWidget(self.doing)
        column.addWidget(self.bar)
        column.addWidget(flow_of(self.cancel_button))
        column.addWidget(self.found)
        column.addStretch(1)
        area.hold(inside)
        inside.setMaximumWidth(tokens.px(_WIDEST))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.allow()

    # What is known

    def read(self) -> None:
        """Ask how the backups are."""

        def read(study: "Study", _job: "Job") -> BackupState:
            return backup_state(study)

        self._session.ask(read, self._show, lambda error: self.found.tell(error_text(error)), owner=self)

    def _show(self, state: BackupState) -> None:
        self.state = state
        rows = state_rows(state)
        while len(self._texts) < 2 * len(rows):
            number = len(self._texts) // 2
            name, text = Label("", "muted"), Wrapped()
            self._rows.addWidget(name, 2 * number, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(text, 2 * number, 1)
            self._rows.addWidget(rule(), 2 * number + 1, 0, 1, 2)
            self._texts += [name, text]
        for number, label in enumerate(self._texts):
            label.setText(rows[number // 2][number % 2] if number < 2 * len(rows) else "")
        said = trouble_text(state)
        if said:
            self.trouble.tell(said, "notice", closable=False)
        else:
            self.trouble.hide()
        self.allow()

    # What can be done

    def back_up(self, folder: Path | None = None) -> None:
        """Back the study up now, into its own folder of backups or another one."""

        def work(study: "Study", job: "Job") -> tuple[str, Sequence[str]]:
            kept = None
            if folder is None:
                made, kept = back_up_now(study, job.progress)
            else:
                made = back_up(study, folder, job.progress)
            said = [backup_line(made.path, made.seq)]
            return ("done", said) if kept is None else ("notice", [*said, error_text(kept)])

        self._do(_("Backing up…"), work)

    def back_up_elsewhere(self) -> None:
        """Ask for another folder, such as one on another disk, and back the study up into it."""
        typed = QFileDialog.getExistingDirectory(self, _("Back up into this folder"), str(Path.home()))
        if typed:
            self.back_up(Path(typed))

    def choose_second(self) -> None:
        """Ask for a folder, such as on a USB stick, in which each backup is made too from now on."""
        typed = QFileDialog.getExistingDirectory(self, _("Second place for the backups"), str(Path.home()))
        if not typed:
            return

        def work(study: "Study", job: "Job") -> tuple[str, Sequence[str]]:
            made = set_second_place(study, Path(typed), job.progress)
            what = backup_line(made.path, made.seq)
            return "done", [what, _("From now on each backup is made there too.")]

        self._do(_("Backing up…"), work)

    def stop_second(self) -> None:
        """Make no more backups in the second place."""

        def work(study: "Study", _job: "Job") -> tuple[str, Sequence[str]]:
            folder = stop_second_place(study)
            return "done", [_("No backup is made in {path} any more; those that are there stay.").format(path=folder)]

        self._do(_("Saving"), work)

    def try_restore(self) -> None:
        """Restore the newest good backup on trial."""
        today = self._session.today

        def work(study: "Study", job: "Job") -> tuple[str, Sequence[str]]:
            found: TriedRestore = try_restore(study, None, today, job.progress)
            said = tried_lines(
                Path(found.backup), found.made_at, found.facts, found.participants, found.is_of_study, found.since
            )
            return ("done" if found.is_of_study else "alarm"), said

        self._do(_("Restoring on trial…"), work)

    def verify(self) -> None:
        """Check every fact of the study, and the planned visits."""
        head, today = self.head.text().strip(), self._session.today

        def work(study: "Study", job: "Job") -> tuple[str, Sequence[str]]:
            found: Verified = verify(study, head, job.progress)
            mended = found.broken is None and repair_cached_visits(study, today, job.progress)
            holds = found.broken is None and not study.branches
            return ("done" if holds else "alarm"), verified_lines(study, found, mended, on_screen=True)

        self._do(_("Checking every fact…"), work, self.head.clear)

    def _do(self, label: str, work: Work, then: Callable[[], object] = lambda: None) -> None:
        if self._job is not None:
            return

        def done(found: tuple[str, Sequence[str]]) -> None:
            self._end("\n".join(found[1]), found[0])
            then()
            self.read()

        def failed(error: BaseException) -> None:
            self._end(error_text(error), "alarm")
            self.read()

        self.found.hide()
        self._from = QApplication.focusWidget()
        self.doing.setText(label)
        self.bar.setRange(0, 0)
        self._job = self._session.ask(work, done, failed, owner=self)
        self.allow()
        self.cancel_button.setFocus()

    def cancel(self) -> None:
        """Stop what is under way; nothing of it is kept."""
        if self._job is not None:
            self._job.stop()
            self._end(_("Stopped; nothing of it was kept."), "plain")

    def _end(self, text: str, tone: str) -> None:
        """Say how it ended, and give the keyboard back to the button that began it."""
        self._job = None
        self.found.tell(text, tone)
        self.allow()
        if self._from is not None and self._from.isVisible():
            self._from.setFocus()

    def _progressed(self, job: "Job", done: int, total: int) -> None:
        if job is self._job:
            show_progress(self.bar, done, total)

    def allow(self) -> None:
        """Enable what can be done now."""
        busy = self._job is not None
        for widget in (self.doing, self.bar):
            widget.setVisible(busy)
        self.cancel_button.setVisible(busy)
        has_backup = self.state is not None and self.state.path is not None
        self.back_up_button.setEnabled(not busy and self._session.can_write)
        self.try_button.setEnabled(not busy and has_backup)
        for button in (self.elsewhere_button, self.second_button, self.no_second_button):
            button.setEnabled(not busy and self._session.can_write)
        self.no_second_button.setVisible(self.state is not None and self.state.second is not None)
        self.restore_button.setEnabled(not busy)
        self.verify_button.setEnabled(not busy)
        self.head.setEnabled(not busy)

    def go_on(self) -> None:
        """Check the study where a head is typed."""
        if self.head.text().strip():
            self.verify()

    def leave_study(self) -> None:
        """Forget what was found of another study."""
        super().leave_study()
        self.cancel()
        self.state = None
        self.found.hide()
        self.trouble.hide()
        self.allow()

    # What is typed

    def has_typed(self) -> bool:
        """Whether a head is typed."""
        return bool(self.head.text().strip())

    def discard(self) -> None:
        """Forget it."""
        self.head.clear()
