"""The commands of the menu and what each does to the window."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit

from app import paths
from app.domain.facts.kind import Menu
from app.domain.facts.kinds import kinds_in
from app.domain.facts.log_names import DEVIATIONS
from app.ui.dialogs.keys_dialog import KeysDialog
from app.ui.dialogs.text_dialog import TextDialog
from app.ui.session.error_text import error_text
from app.ui.session.session import Changed
from app.ui.shell import file_commands, story_commands
from app.ui.shell.main_window import MainWindow
from app.ui.shell.searching import Searching
from app.ui.shell.study_files import StudyFiles
from app.ui.shell.window_geometry import geometry_on
from app.ui.style import tokens
from app.wording.language import gettext as _
from app.wording.program_details import detail_lines

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.session.worker import Job


def _record(window: MainWindow, kind: str) -> None:
    chosen = window.selection()
    if chosen is not None:
        code, visit = chosen
        is_of_visit = kind not in kinds_in(Menu.PARTICIPANT) and not kind.startswith("print_")
        window.dialogs.open(kind, code, visit if is_of_visit else "")


def _print(window: MainWindow) -> None:
    """Show what the page can print; a page without such a menu prints the sheet of the chosen visit."""
    show: Callable[[], object] | None = getattr(window.stack.currentWidget(), "show_print_menu", None)
    if show is not None:
        show()
    else:
        _record(window, "print")


def _open_participant(window: MainWindow) -> None:
    chosen = window.selection()
    if chosen is not None:
        window.open_participant(*chosen)


def _events_of(window: MainWindow) -> None:
    """Show all that was recorded of the participant who is chosen."""
    chosen = window.selection()
    if chosen is None:
        return
    from app.ui.pages.participant.page import ParticipantPage
    from app.ui.pages.participant.text import EVENTS_TAB

    window.open_participant(chosen[0])
    page = window.page("participant")
    if isinstance(page, ParticipantPage):
        page.tabs.choose(EVENTS_TAB)


def _find_on_page(window: MainWindow) -> None:
    """Go to the search box of the page; one without such a box is searched with everything else."""
    box = getattr(window.stack.currentWidget(), "search", None)
    if isinstance(box, QLineEdit) and box.isVisible() and box.isEnabled():
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()
    else:
        _find(window)


def _find(window: MainWindow) -> None:
    window.top_bar.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
    window.top_bar.finder.selectAll()


def _closed_days(window: MainWindow) -> None:
    from app.ui.pages.study.page import CLOSED_DAYS, StudyPage

    window.go("study")
    page = window.page("study")
    if isinstance(page, StudyPage):
        page.show_section(CLOSED_DAYS)
        page.closed_days.focus_form()


def _backups(window: MainWindow, head: bool = False) -> None:
    """Show the backups; with `head`, go to the field for a head from paper."""
    from app.ui.pages.study.page import BACKUPS, StudyPage

    window.go("study")
    page = window.page("study")
    if isinstance(page, StudyPage):
        page.show_section(BACKUPS)
        (page.backups.head if head else page.backups.first).setFocus()


def _keys(window: MainWindow) -> None:
    KeysDialog(window.menus.sections(), window).open()


def _about(window: MainWindow) -> None:
    from app.services.commands.about import program_details

    path = window.session.path or window.preferences.study or paths.default_study()
    what = _(
        "Studyday plans, keeps and prints the visits of participants in a study. It advises no dose and no treatment."
    )
    lines = detail_lines(program_details(path, window.session.environment))
    TextDialog(_("About Studyday"), what, lines, window).open()


def _back_up(window: MainWindow) -> None:
    def back_up(study: "Study", job: "Job") -> str:
        from app.services.commands.second_backup import back_up_now

        made, kept = back_up_now(study, job.progress)
        return str(made.path) if kept is None else f"{made.path}; {error_text(kept)}"

    def say(path: str) -> None:
        window.session.changed.emit(Changed(frozenset(), text=_("Backed up: {path}").format(path=path)))

    # A backup is no change of the study, so it can be stopped.
    window.session.ask(back_up, say, owner=window, label=_("Backing up"))


def _screen(window: MainWindow) -> None:
    """Go on with the chosen participant at the step of the screening, else with somebody new."""
    chosen = window.selection()
    window.go("enrol")
    go_on: Callable[[str, str], object] | None = getattr(window.page("enrol"), "go_on_with", None)
    if chosen is not None and go_on is not None:
        go_on(chosen[0], "screening")


def _scaled(step: int) -> Callable[[MainWindow], None]:
    def act(window: MainWindow) -> None:
        index = tokens.SCALES.index(window.preferences.text_scale)
        wanted = tokens.SCALES[max(0, min(len(tokens.SCALES) - 1, index + step))] if step else 1.0
        window.set_look(window.preferences.look, wanted)

    return act


def _colours(look: str) -> Callable[[MainWindow], None]:
    return lambda window: window.set_look(look, window.preferences.text_scale)


def _reset_geometry(window: MainWindow) -> None:
    window.preferences.geometry = None
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.setGeometry(geometry_on(None, [window.screen().availableGeometry()]))


def _section(window: MainWindow, name: str) -> None:
    """Show a section of the page Study, with the keyboard where work in it begins."""
    from app.ui.pages.study.page import StudyPage

    window.go("study")
    page = window.page("study")
    if isinstance(page, StudyPage):
        page.show_section(name)
        page.section.first.setFocus()


GO, SECTION = "go_", "section_"
"""What the command that goes to a page, or to a section of the page Study, begins with; its name follows."""


class Commands(QObject):
    """Does what is commanded in a window, from its menu, its keys or its finder."""

    def __init__(self, window: MainWindow, files: StudyFiles) -> None:
        """Do each command of that window from now on."""
        super().__init__(window)
        self._window = window
        self._of_files: Mapping[str, Callable[[], object]] = {
            "new": files.ask_new,
            "open": files.ask_open,
            "open_read_only": lambda: files.ask_open(writing=False),
            "demo": files.open_demo,
            "rescue": files.ask_rescue,
        }
        window.commanded.connect(self.run)
        Searching(window)

    def run(self, command: str) -> None:
        """Do a command: of a table, `go_` and the name of a page, or a kind of fact about the visit or participant."""
        if command in self._of_files:
            self._of_files[command]()
        elif command in _OF_WINDOW:
            _OF_WINDOW[command](self._window)
        elif command.startswith(GO):
            self._window.go(command.removeprefix(GO))
        elif command.startswith(SECTION):
            _section(self._window, command.removeprefix(SECTION))
        else:
            _record(self._window, command)


_OF_WINDOW: Mapping[str, Callable[[MainWindow], object]] = {
    "back_up": _back_up,
    "planning": file_commands.planning,
    "add_protocol": file_commands.add_protocol,
    "try_story": story_commands.try_story,
    "save_story": story_commands.save_story,
    "settle_loss": file_commands.settle_loss,
    "check_file": lambda window: _backups(window, head=True),
    "accept_file": file_commands.go_on,
    "restore": file_commands.restore,
    "restore_lacking": file_commands.restore_lacking,
    "print": _print,
    "print_list": lambda window: window.dialogs.print_list(window.stack.currentWidget()),
    "print_day": lambda window: window.dialogs.print_list(window.stack.currentWidget(), "print_day"),
    "print_deviations": lambda window: window.dialogs.print_log(DEVIATIONS),
    "print_confirmation": lambda window: window.dialogs.open("print_confirmation", ""),
    "print_delegation": lambda window: window.dialogs.open("print_delegation", ""),
    "older": lambda window: window.dialogs.older_visits(window.stack.currentWidget()),
    "closed_days": _closed_days,
    "backups": _backups,
    "screen": _screen,
    "identified": lambda window: window.dialogs.identified(),
    "quit": lambda window: window.close(),
    "undo": lambda window: window.session.undo(),
    "redo": lambda window: window.session.redo(),
    "find": _find,
    "find_on_page": _find_on_page,
    "open_participant": _open_participant,
    "events_of": _events_of,
    "refresh": lambda window: window.session.refresh_view(),
    "larger": _scaled(1),
    "smaller": _scaled(-1),
    "usual": _scaled(0),
    "look_system": _colours("system"),
    "look_light": _colours("light"),
    "look_dark": _colours("dark"),
    "reset_place": _reset_geometry,
    "keys": _keys,
    "about": _about,
}
