"""The dialog in which a story is tried: what its rehearsal says, to be read, copied and saved. Nothing is recorded."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QVBoxLayout, QWidget

from app.services.commands.save_story import StoryForm, save_tried
from app.services.queries.tried_story import TriedStory, try_story
from app.ui.session.error_text import error_text, story_error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, dialog_foot
from app.ui.widgets.chosen_files import JSON, YAML, named_file
from app.ui.widgets.flow import flow_of
from app.ui.widgets.job_bar import JobBar
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Elided
from app.ui.widgets.text_area import TextArea
from app.wording.language import gettext as _
from app.wording.language import marked
from app.wording.visible import visible_line

if TYPE_CHECKING:
    from app.services.study.study import Study

WIDE, HIGH = 960, 620
"""The usual size at a text size of 100 %."""
_FORMS: Mapping[StoryForm, tuple[str, str]] = {
    "text": (marked("As &text…"), "txt"),
    "json": (marked("For other &programs, as JSON…"), "json"),
    "sheets": (marked("&Visit sheets, as PDF…"), "pdf"),
    "calendar": (marked("The participant's &calendar, as PDF…"), "pdf"),
}
"""How each form is called in the menu, and the ending of its file."""


class StoryDialog(QDialog):
    """Shows the rehearsal of a story, by the protocol that it names or by a protocol file."""

    def __init__(self, session: StudySession, path: Path, parent: QWidget | None = None) -> None:
        """Try the story of that file at once."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Try a story"))
        self._session, self._path = session, path
        self._protocol: Path | None = None
        self.tried: TriedStory | None = None
        self.banner = Banner(self)
        self.file, self.by = Elided("", "strong", parent=self), Elided("", "muted", parent=self)
        self.text = TextArea(_("What the rehearsal of the story says"), self, columns=True)
        self.job_bar = JobBar(session.worker, self)
        self.other_button = Button(_("&Other story…"), self._ask_other, parent=self)
        self.protocol_button = Button(_("&By a protocol file…"), self._ask_protocol, parent=self)
        self.named_button = Button(_("By the protocol that it &names"), partial(self._go_by, None), parent=self)
        self.again_button = Button(_("Try a&gain"), self.try_it, parent=self)
        self.copy_button = Button(_("&Copy"), self.copy, parent=self)
        self.save_button = Button(_("&Save"), icon="chevron-down", parent=self)
        self.close_button = Button(_("Close"), self.reject, parent=self)
        self._build()
        self.finished.connect(lambda _result: self.job_bar.leave())
        self.try_it()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self.banner, self.file, self.by):
            column.addWidget(widget)
        column.addWidget(flow_of(self.other_button, self.protocol_button, self.named_button, self.again_button))
        column.addWidget(self.text, 1)
        menu = QMenu(self.save_button)
        for form, (name, _ending) in _FORMS.items():
            menu.addAction(_(name)).triggered.connect(lambda _on=False, form=form: self._ask_path(form))
        self.save_button.setMenu(menu)
        foot = dialog_foot(self.copy_button, self.save_button, self.close_button)
        foot.insertWidget(0, self.job_bar, 1)
        column.addLayout(foot)
        room = self.screen().availableGeometry().size()
        self.resize(min(tokens.px(WIDE), room.width()), min(tokens.px(HIGH), room.height() - 32))

    # Trying

    def try_it(self) -> None:
        """Read the story, also after somebody has corrected it in an editor, and plan it."""
        path, protocol = self._path, self._protocol
        self.banner.hide()
        self._know(None)
        self.file.setText(visible_line(str(path)))
        by = _("By the protocol that the story names") if protocol is None else visible_line(str(protocol))
        self.by.setText(_("{protocol}; nothing is recorded.").format(protocol=by))
        self.named_button.setVisible(protocol is not None)
        self.job_bar.leave()

        def work(_study: "Study | None", job: Job) -> TriedStory:
            return try_story(path, protocol, job.progress)

        job = self._session.run(
            work, lambda found: self._tried(job, found), lambda error: self._failed(job, error), self
        )
        self.job_bar.follow(job, _("Planning…"))

    def _tried(self, job: Job, found: TriedStory) -> None:
        if job is self.job_bar.job:
            self._know(found)
            if found.faults:
                self.banner.tell("\n".join(visible_line(str(one)) for one in found.faults), "notice")

    def _failed(self, job: Job, error: BaseException) -> None:
        if job is self.job_bar.job:
            self.banner.tell(story_error_text(error))

    def _know(self, tried: TriedStory | None) -> None:
        """Show what was found; None while nothing is."""
        self.tried = tried
        self.text.setPlainText(tried.text if tried is not None else "")
        for button in (self.copy_button, self.save_button):
            button.setEnabled(tried is not None)

    def _ask_other(self) -> None:
        typed, _kind = QFileDialog.getOpenFileName(self, _("Story"), str(self._path.parent), JSON)
        if typed:
            self._path = Path(typed)
            self.try_it()

    def _ask_protocol(self) -> None:
        near = self._protocol or self._path
        typed, _kind = QFileDialog.getOpenFileName(self, _("Protocol file"), str(near.parent), YAML)
        if typed:
            self._go_by(Path(typed))

    def _go_by(self, protocol: Path | None) -> None:
        """Plan by a protocol file, or with None by the shipped protocol that the story names."""
        self._protocol = protocol
        self.try_it()

    # Keeping what was found

    def copy(self) -> None:
        """Put the lines on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.banner.tell(_("Copied."), "plain")

    def _ask_path(self, form: StoryForm) -> None:
        ending = _FORMS[form][1]
        what = "" if form in ("text", "json") else f"-{form}"
        proposed = self._path.with_name(f"{self._path.stem}-rehearsed{what}.{ending}")
        typed, _kind = QFileDialog.getSaveFileName(self, _("Save"), str(proposed), f"{ending.upper()} (*.{ending})")
        if typed:
            self.save_to(form, Path(typed), asked=True)

    def save_to(self, form: StoryForm, path: Path, asked: bool = False) -> None:
        """Save what was found. `asked`: somebody has agreed that a file of that name is replaced."""
        tried = self.tried
        if tried is None:
            return
        target, replace = named_file(path, _FORMS[form][1], asked)

        def work(study: "Study | None", _job: Job) -> None:
            save_tried(tried, form, target, replace, study.path if study is not None else None)

        said = _("Saved: {path}").format(path=visible_line(str(target)))
        self._session.run(
            work,
            lambda _done: self.banner.tell(said, "notice"),
            lambda error: self.banner.tell(error_text(error)),
            self,
        )
