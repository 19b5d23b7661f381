"""Opening and making study files from the window."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.ui.shell.main_window import MainWindow

_KIND = "Studyday (*.studyday);;* (*)"


def default_path() -> Path:
    """The study file that is meant when none is named."""
    from app.paths import data_dir

    return data_dir() / "study.studyday"


def demo_folder() -> Path:
    """The folder of the demo study, apart from every real one."""
    from app.paths import data_dir

    return data_dir() / "demo"


def open_path(window: "MainWindow", path: Path, writing: bool = True, demo: bool = False) -> None:
    """Open a study file; where that fails the start page says why and what can be done."""
    window.wanted = (path, demo)
    window.desk.open(path, demo, refused=lambda text: _refused(window, text, path), writing=writing)


def _refused(window: "MainWindow", text: str, path: Path) -> None:
    window.desk.look = None
    window.start.show_refusal(text, path)
    window.go("start")
    window.desk.closed.emit()


def open_again(window: "MainWindow") -> None:
    """Try the same file again."""
    path, demo = window.wanted
    if path is not None:
        open_path(window, path, demo=demo)


def open_demo(window: "MainWindow") -> None:
    """Open the demo study; the first time it is made, which takes some seconds."""
    window.start.banner.tell(
        _("The demo study is being made: twenty invented patients. It takes some seconds."), "plain", closable=False
    )
    window.desk.make_demo(
        demo_folder(),
        lambda path: open_path(window, path, demo=True),
        lambda text: window.start.banner.tell(text),
    )


def make_study(window: "MainWindow", name: str) -> None:
    """Make a new study in the user's own folder, or where another is there already, ask for a place."""
    path = default_path()
    if path.exists():
        ask_new(window, name)
    else:
        _make(window, path, name)


def ask_new(window: "MainWindow", name: str = "") -> None:
    """Make a new study at a place that is asked for."""
    from PySide6.QtWidgets import QFileDialog

    found, _kind = QFileDialog.getSaveFileName(
        window, _("New study"), str(default_path().with_name("new.studyday")), _KIND
    )
    if found:
        path = Path(found)
        _make(window, path if path.suffix else path.with_suffix(".studyday"), name)


def _make(window: "MainWindow", path: Path, name: str) -> None:
    window.wanted = (path, False)
    window.desk.open(path, make=True, name=name, refused=lambda text: _not_made(window, text))


def _not_made(window: "MainWindow", text: str) -> None:
    window.start.banner.tell(text)
    window.banner.tell(text)


def ask_open(window: "MainWindow", writing: bool = True) -> None:
    """Open a file that is asked for."""
    from PySide6.QtWidgets import QFileDialog

    found, _kind = QFileDialog.getOpenFileName(window, _("Open a study"), str(default_path().parent), _KIND)
    if found:
        open_path(window, Path(found), writing)
