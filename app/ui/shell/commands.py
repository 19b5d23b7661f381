"""What each command of the menu does."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from app import __version__
from app.ui.shell import study_files
from app.ui.shell.window_geometry import place_on
from app.ui.style import tokens
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.ui.shell.main_window import MainWindow


def run_command(window: "MainWindow", command: str) -> None:
    """Do it; what is not in the table is a kind of fact about the chosen visit or participant."""
    known = _COMMANDS.get(command)
    if known is not None:
        known(window)
    else:
        _record(window, command)


_OF_PARTICIPANT = frozenset(
    {
        "unscheduled",
        "contact",
        "adverse_event",
        "regimen_changed",
        "stopped",
        "withdrawn",
        "lost",
        "died",
        "print_calendar",
    }
)


def _record(window: "MainWindow", kind: str) -> None:
    chosen = window.selection()
    if chosen is not None:
        window.actions_asked.start(kind, chosen[0], "" if kind in _OF_PARTICIPANT else chosen[1])


def _open_participant(window: "MainWindow") -> None:
    chosen = window.selection()
    if chosen is not None:
        window.open_participant(*chosen)


def _find(window: "MainWindow") -> None:
    window.top.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
    window.top.finder.selectAll()


def _keys(window: "MainWindow") -> None:
    from app.ui.dialogs.keys_dialog import KeysDialog

    KeysDialog(window.menus.sections(), window).open()


def _about(window: "MainWindow") -> None:
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("About Studyday"))
    box.setText(f"Studyday {__version__}")
    box.setInformativeText(
        _("Plans, keeps and prints the visits of participants in a study. It advises no dose and no treatment.")
        + f"\n\n{window.desk.path or ''}"
    )
    box.open()


def _back_up(window: "MainWindow") -> None:
    def back_up(study: object, _ticket: object) -> str:
        from app.services.commands.backup import back_up as make

        return str(make(study, None).path)  # type: ignore[arg-type]

    window.desk.change(
        back_up, lambda _path: None, codes=[], text=lambda path: _("Backed up: {path}").format(path=path),
        undoable=False, label=_("Backing up"),
    )  # fmt: skip


def _scaled(step: int) -> Callable[["MainWindow"], None]:
    def act(window: "MainWindow") -> None:
        place = tokens.SCALES.index(window.preferences.text_scale)
        wanted = tokens.SCALES[max(0, min(len(tokens.SCALES) - 1, place + step))] if step else 1.0
        window.set_look(window.preferences.look, wanted)

    return act


def _colours(look: str) -> Callable[["MainWindow"], None]:
    return lambda window: window.set_look(look, window.preferences.text_scale)


def _reset_place(window: "MainWindow") -> None:
    window.preferences.place = None
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.setGeometry(place_on(None, [window.screen().availableGeometry()]))


def _going(page: str) -> Callable[["MainWindow"], None]:
    return lambda window: window.go(page)


_COMMANDS: Mapping[str, Callable[["MainWindow"], object]] = {
    "new": lambda window: study_files.ask_new(window),
    "open": lambda window: study_files.ask_open(window),
    "open_read_only": lambda window: study_files.ask_open(window, writing=False),
    "demo": lambda window: study_files.open_demo(window),
    "back_up": _back_up,
    "print_list": lambda window: window.actions_asked.print_list(),
    "quit": lambda window: window.close(),
    "undo": lambda window: window.desk.undo(),
    "redo": lambda window: window.desk.redo(),
    "find": _find,
    "open_participant": _open_participant,
    "go_enrol": _going("enrol"),
    "go_today": _going("today"),
    "go_participants": _going("participants"),
    "refresh": lambda window: window.desk.refresh_look(),
    "larger": _scaled(1),
    "smaller": _scaled(-1),
    "usual": _scaled(0),
    "look_system": _colours("system"),
    "look_light": _colours("light"),
    "look_dark": _colours("dark"),
    "reset_place": _reset_place,
    "keys": _keys,
    "about": _about,
}
