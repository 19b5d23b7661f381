"""Opening and making study files from the window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from app import paths
from app.ui.session.error_text import error_text
from app.ui.shell.main_window import MainWindow
from app.wording.language import gettext as _
from app.wording.visible import visible_line

if TYPE_CHECKING:
    from app.services.commands.study_file import Rescued

_KIND = "Studyday (*.studyday);;* (*)"


def demo_folder() -> Path:
    """Return the folder of the demo study, apart from every real one."""
    return paths.data_dir() / "demo"


def demo_study() -> Path:
    """Return the file of the demo study, which need not have been made yet."""
    return demo_folder() / "demo.studyday"


class StudyFiles(QObject):
    """Opens and makes study files for a window; what fails is said on its start page."""

    def __init__(self, window: MainWindow) -> None:
        """Handle what the window's start page asks for."""
        super().__init__(window)
        self._window, self._session = window, window.session
        self._last_tried: tuple[Path | None, bool] = (None, False)
        window.start.made.connect(self.make)
        window.start.retried.connect(self.open_again)

    def open(self, path: Path, writing: bool = True, demo: bool = False) -> None:
        """Open a study file; where that fails the start page says why and what can be done."""

        def leave_and_open() -> None:
            self._last_tried = (path, demo)
            self._window.start.show_opening(path.name)
            self._session.open(path, demo, on_error=lambda error: self._not_opened(error, path), writing=writing)

        self._window.lose_drafts(leave_and_open)

    def _not_opened(self, error: BaseException, path: Path) -> None:
        self._session.view = None
        self._window.start.show_refusal(error_text(error), path)
        self._window.go("start")
        self._session.closed.emit()

    def open_again(self) -> None:
        """Try the last file again."""
        path, demo = self._last_tried
        if path is not None:
            self.open(path, demo=demo)

    def open_demo(self) -> None:
        """Open the demo study; the first time it is made, which takes some seconds."""
        self._window.lose_drafts(self._make_demo)

    def _make_demo(self) -> None:
        banner = self._window.start.banner
        self._window.start.show_opening(_("the demo study"))
        banner.tell(
            _("The demo study is being made: twenty invented patients. It takes some seconds."), "plain", closable=False
        )
        self._session.make_demo(
            demo_folder(),
            lambda path: self.open(path, demo=True),
            self._demo_not_made,
        )

    def _demo_not_made(self, error: BaseException) -> None:
        self._window.start.show_offers()
        self._window.start.banner.tell(error_text(error))

    def open_last(self, study: Path | None, demo: bool) -> None:
        """Open what the command line asks for, else the study that was open last, else show how to begin."""
        if demo:
            self.open_demo()
            return
        path = self._last_study(study)
        if path is not None:
            self.open(path, demo=path.parent == demo_folder())

    def announce_last(self, study: Path | None, demo: bool) -> None:
        """Show what `open_last` will open, before the window is painted for the first time."""
        path = self._last_study(study)
        if demo or path is not None:
            self._window.start.show_opening(_("the demo study") if demo or path is None else path.name)

    def _last_study(self, study: Path | None) -> Path | None:
        path = study or self._window.preferences.study or paths.default_study()
        return path if study is not None or path.exists() else None

    def make(self, name: str) -> None:
        """Make a new study in the user's own folder; where one exists there, ask for another path."""
        path = paths.default_study()
        if path.exists():
            self.ask_new(name)
        else:
            self._make(path, name)

    def ask_new(self, name: str = "") -> None:
        """Make a new study at a path that is asked for."""
        from PySide6.QtWidgets import QFileDialog

        found, _kind = QFileDialog.getSaveFileName(
            self._window, _("New study"), str(paths.default_study().with_name("new.studyday")), _KIND
        )
        if found:
            path = Path(found)
            self._make(path if path.suffix else path.with_suffix(".studyday"), name)

    def ask_rescue(self) -> None:
        """Make a new study, at a path that is asked for, of what can be read of the open study or a chosen file."""
        from PySide6.QtWidgets import QFileDialog

        view, damaged = self._session.view, self._session.path
        if view is None or not view.damaged or damaged is None:
            found, _kind = QFileDialog.getOpenFileName(
                self._window, _("Rescue from a damaged study"), str(paths.default_study().parent), _KIND
            )
            if not found:
                return
            damaged = Path(found)
        target, _kind = QFileDialog.getSaveFileName(
            self._window, _("New study"), str(damaged.with_name(f"{damaged.stem}-rescued.studyday")), _KIND
        )
        if target:
            path = Path(target)
            self.rescue(damaged, path if path.suffix else path.with_suffix(".studyday"))

    def rescue(self, damaged: Path, target: Path) -> None:
        """Make a new study of what can be read of a damaged file, and list what cannot."""
        self._session.rescue(damaged, target, self._rescued, self._not_made)

    def _rescued(self, made: "Rescued") -> None:
        from app.wording.damage import rescued_lines

        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Rescued"))
        first, *more = rescued_lines(str(made.path), made.facts, made.lost)
        box.setText(visible_line(first))
        box.setInformativeText(visible_line(more[0]) if len(more) == 1 else visible_line(more[-1]))
        box.setDetailedText("\n".join(map(visible_line, more[:-1])))
        box.open()

    def _make(self, path: Path, name: str) -> None:
        def leave_and_make() -> None:
            self._last_tried = (path, False)
            self._session.open(path, make=True, name=name, on_error=self._not_made)

        # The name that was typed on the start page is the new study's.
        self._window.lose_drafts(leave_and_make, self._window.start if name else None)

    def _not_made(self, error: BaseException) -> None:
        text = error_text(error)
        self._window.start.banner.tell(text)
        self._window.banner.tell(text)

    def ask_open(self, writing: bool = True) -> None:
        """Open a file that is asked for."""
        from PySide6.QtWidgets import QFileDialog

        found, _kind = QFileDialog.getOpenFileName(
            self._window, _("Open a study"), str(paths.default_study().parent), _KIND
        )
        if found:
            self.open(Path(found), writing)
