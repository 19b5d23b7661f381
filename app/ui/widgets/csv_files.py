"""Saves what a page lists for a spreadsheet: asks for the name, writes it on the worker, and says where it is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.widgets.chosen_files import named_file
from app.ui.widgets.notes import Banner
from app.wording.language import gettext as _
from app.wording.visible import visible_line

if TYPE_CHECKING:
    from app.services.study.output_path import Replace
    from app.services.study.study import Study

Write = Callable[["Study", Path, "Replace", Job], int]
"""Writes the file, or refuses to replace one, and returns the number of its lines."""


def ask_csv_path(parent: QWidget, proposed: str) -> Path | None:
    """Ask for the file, whose name is proposed; None where nobody wants one."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    start = str(Path(folder) / proposed)
    name, _kind = QFileDialog.getSaveFileName(parent, _("Save for a spreadsheet"), start, "CSV (*.csv)")
    return Path(name) if name else None


def save_csv(
    session: StudySession, banner: Banner, path: Path, asked: bool, write: Write, lines: Callable[[int], str]
) -> None:
    """Write the file and tell it in the banner of the page; `lines` says how many there are.

    `asked`: somebody has agreed that a file of that name is replaced.
    """
    target, replace = named_file(path, "csv", asked)

    def said(count: int) -> None:
        text = _("Saved {lines} to {path}").format(lines=lines(count), path=visible_line(str(target)))
        banner.tell(text, "notice")

    session.ask(
        lambda study, job: write(study, target, replace, job),
        said,
        lambda error: banner.tell(error_text(error)),
        banner,
        _("Saving the list"),
    )
