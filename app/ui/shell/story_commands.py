"""What the window does with stories: tries one that is in a file, and saves a participant as one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.ui.session.error_text import error_text
from app.ui.shell.main_window import MainWindow
from app.ui.widgets.chosen_files import JSON, named_file
from app.wording.language import gettext as _
from app.wording.visible import visible_line

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.session.worker import Job


def try_story(window: MainWindow) -> None:
    """Ask for the file of a story, and show what its rehearsal says; nothing is recorded."""
    typed, _kind = QFileDialog.getOpenFileName(window, _("Story"), str(_folder(window)), JSON)
    if typed:
        show_story(window, Path(typed))


def show_story(window: MainWindow, path: Path) -> None:
    """Show what the rehearsal of the story in a file says."""
    from app.ui.dialogs.story_dialog import StoryDialog

    dialog = StoryDialog(window.session, path, window)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.open()


def save_story(window: MainWindow) -> None:
    """Ask for a name, and write the participant who is chosen as a story, which can be tried at once."""
    chosen = window.selection()
    if chosen is None:
        return
    from app.ui.dialogs.print_dialog import file_name

    code = chosen[0]
    proposed = _folder(window) / f"{file_name(code)}.json"
    typed, _kind = QFileDialog.getSaveFileName(window, _("Save as a story"), str(proposed), "JSON (*.json)")
    if typed:
        save_story_to(window, code, Path(typed), asked=True)


def save_story_to(window: MainWindow, code: str, path: Path, asked: bool = False) -> None:
    """Write a participant as a story. `asked`: somebody has agreed that a file of that name is replaced."""
    target, replace = named_file(path, "json", asked)
    today = window.session.today

    def work(study: "Study", job: "Job") -> None:
        from app.services.commands.save_story import save_story

        save_story(study, code, target, today, replace, job.progress)

    def say(_done: None) -> None:
        said = _("{code} was saved as a story: {path}").format(code=code, path=visible_line(str(target)))
        window.banner.tell(said, "notice", [(_("Try it"), lambda: show_story(window, target))])

    window.session.ask(work, say, lambda error: window.banner.tell(error_text(error)), window, _("Saving the story"))


def _folder(window: MainWindow) -> Path:
    path = window.session.path
    return path.parent if path is not None else Path.home()
