"""The menu bar: one table has every command with its key, and gives the list of keys for F1 as well."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.domain.facts.kind import Menu
from app.domain.facts.kinds import kinds_in
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.language import gettext as _
from app.wording.language import marked

if TYPE_CHECKING:
    from app.ui.dialogs.keys_dialog import Section


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `keys` work on every page; `needs`: ``study``, ``write``, ``print``, ``visit``, or nothing.

    `also`: further words by which the search finds it.
    """

    id: str
    text: str
    keys: str = ""
    needs: str = ""
    checkable: bool = False
    also: str = ""


_LINE = Command("", "")
_MENUS: Mapping[str, Sequence[Command | Menu]] = {
    marked("&File"): (
        Command("new", marked("&New study…")),
        Command("open", marked("&Open study…"), "Ctrl+O"),
        Command("open_read_only", marked("Open to &read only…")),
        Command("demo", marked("&Demo study")),
        _LINE,
        Command("back_up", marked("&Back up now"), "", "write", also=marked("backup copy save")),
        Command("restore", marked("Mak&e a study from a backup…"), "", "study", also=marked("restore")),
        Command("rescue", marked("Re&scue what can be read…")),
        Command(
            "check_file", marked("&Check the file…"), "", "study", also=marked("verify the study, a head from paper")
        ),
        Command("add_protocol", marked("&Add a protocol…"), "", "write"),
        Command(
            "try_story", marked("&Try a story…"), also=marked("rehearse, example patient, scenario, JSON, protocol")
        ),
        Command("planning", marked("Plannin&g rules…"), "", "study"),
        Command("print_list", marked("&Print list of visits…"), "Ctrl+Shift+P", "print"),
        Command("print_day", marked("Print the sheets of a da&y…"), "Ctrl+Shift+D", "print"),
        Command("print_deviations", marked("Print the deviation &log…"), "", "print"),
        Command("print_confirmation", marked("Print what is to be con&firmed…"), "", "print"),
        Command("print_delegation", marked("Print an empty delegat&ion log…"), "", "print"),
        _LINE,
        Command("quit", marked("&Quit"), "Ctrl+Q"),
    ),
    marked("&Edit"): (
        Command("undo", marked("&Undo"), "Ctrl+Z", "write"),
        Command("redo", marked("&Redo"), "Ctrl+Y", "write"),
        _LINE,
        Command("find", marked("&Find everywhere…"), "Ctrl+K", "study"),
        Command("find_on_page", marked("Find on the &page…"), "Ctrl+F", "study"),
    ),
    marked("&Visit"): (
        Menu.VISIT,
        _LINE,
        Command(
            "older", marked("Go t&hrough older visits…"), "Ctrl+Shift+V", "study", also=marked("overdue, not recorded")
        ),
        Command("print", marked("&Print…"), "Ctrl+P", "print"),
        Command("open_participant", marked("Op&en the participant"), "Ctrl+I", "visit"),
    ),
    marked("&Participant"): (
        Command("screen", marked("Screenin&g…"), "", "write"),
        Command("identified", marked("Identi&fied, not screened…"), "", "write"),
        Command("go_enrol", marked("&New participant…"), "Ctrl+E", "study"),
        Menu.PARTICIPANT,
        _LINE,
        Command("events_of", marked("Events and &history"), "Ctrl+H", "visit"),
        Command("print_calendar", marked("&Print calendar…"), "", "visit"),
        Command("print_adverse-events", marked("Print an empty ad&verse event log…"), "", "visit"),
        Command("print_medication", marked("Print an empty &medication log…"), "", "visit"),
        Command("save_story", marked("Save as a stor&y…"), "", "visit", also=marked("scenario, rehearse, JSON")),
    ),
    marked("&Study"): (
        Command(
            "section_site",
            marked("&Site, telephones and paper…"),
            "",
            "study",
            also=marked("phone numbers, country, time zone, closed weekdays, fever, printer"),
        ),
        Command(
            "closed_days",
            marked("&Closed days…"),
            "Ctrl+Shift+L",
            "study",
            also=marked("public holidays, open days, vacation, close the clinic"),
        ),
        Command(
            "section_values",
            marked("&Values and questions…"),
            "",
            "study",
            also=marked("settings, windows, preferred weekday, confirm, confirmations"),
        ),
        Command("section_consent", marked("C&onsent forms…"), "", "study", also=marked("versions of the consent form")),
        Command(
            "backups", marked("&Backups…"), "", "study", also=marked("test a restore, verify, second place, USB stick")
        ),
    ),
    marked("V&iew"): (
        Command("go_today", marked("&Today"), "Alt+1", "study"),
        Command("go_participants", marked("&Participants"), "Alt+2", "study"),
        Command("go_calendar", marked("C&alendar"), "Alt+3", "study"),
        Command("go_monitor", marked("&Monitor"), "Alt+4", "study"),
        Command("go_study", marked("Stud&y"), "Alt+6", "study"),
        Command("refresh", marked("&Refresh"), "F5", "study"),
        _LINE,
        Command("larger", marked("&Larger text"), "Ctrl++", also=marked("zoom in, font size")),
        Command("smaller", marked("&Smaller text"), "Ctrl+-", also=marked("zoom out, font size")),
        Command("usual", marked("&Usual text size"), "Ctrl+0"),
        _LINE,
        Command("look_system", marked("Colours as the &computer"), checkable=True),
        Command("look_light", marked("L&ight colours"), checkable=True),
        Command("look_dark", marked("&Dark colours"), checkable=True, also=marked("night, theme")),
        _LINE,
        Command("reset_place", marked("Reset &window layout")),
    ),
    marked("&Help"): (
        Command("keys", marked("&Keys"), "F1"),
        Command("about", marked("&About Studyday")),
    ),
}
"""The menus of the bar; a `Menu` is the place of the kinds of facts that it offers."""
_LIST_KEYS = (
    ("↑ ↓", marked("choose a visit")),
    ("Enter", marked("the next step: mark done, book or decide")),
    ("Space", marked("mark done")),
    ("R", marked("book or rebook")),
    ("M", marked("move")),
    ("W", marked("a week later")),
    ("N", marked("note")),
    ("E", marked("record an event")),
    ("P", marked("print the sheet")),
    ("O", marked("open the participant")),
    ("Ctrl+Page Down, Ctrl+Page Up", marked("the next and the previous tab")),
    ("Q", marked("go through the older visits that nobody recorded")),
    ("U", marked("on a line of Done today: take it back")),
)
_EVENT_KEYS = (
    ("C, Enter", marked("correct the line")),
    ("T", marked("take it back")),
    ("E", marked("record an event")),
    ("Menu", marked("everything that can be done to the line")),
)
_DEVIATION_KEYS = (
    ("Enter", marked("decide on the class in the row")),
    ("1 2 3", marked("allowed by protocol, minor, important")),
    ("Ctrl+Enter", marked("save the decision")),
    ("N", marked("the next one that is not classed; in the form, save first")),
    ("O", marked("open the participant")),
)
_LOG_KEYS = (
    ("Enter", marked("open the participant")),
    ("C", marked("correct the fact of the line")),
    ("T", marked("take it back")),
    ("Menu", marked("everything that can be done to it")),
)
_TIMELINE_KEYS = (
    ("← →", marked("choose the visit before or after")),
    ("↑ ↓", marked("choose a visit in the lane above or below")),
    ("Alt+← Alt+→", marked("move the visit a day; Enter shows what that changes")),
    ("+ −", marked("nearer, farther")),
    ("Home", marked("today")),
    ("Page Up, Page Down", marked("scroll")),
)
_CALENDAR_KEYS = (
    ("← → ↑ ↓", marked("go to a day")),
    ("Tab", marked("choose the next visit of the day; after the last one, leave the days")),
    ("Enter", marked("the list of the day")),
    ("B, R, M", marked("book or move the chosen visit, to the day at which the keyboard is")),
    ("Page Up, Page Down", marked("the month or week before or after")),
    ("Home", marked("today")),
    ("W, L", marked("a week or the month; a list by period")),
)
_PEOPLE_KEYS = (
    ("Enter", marked("open the participant")),
    ("G", marked("go on: consent, screening, inclusion")),
    ("P", marked("print the participant's calendar")),
    ("K", marked("record a contact")),
)
_GUIDE_KEYS = (
    ("Ctrl+Enter", marked("the next step; after the last one record everything and print the calendar")),
    ("Ctrl+S", marked("stop here: record the steps so far")),
    ("Alt+← Alt+→", marked("the step before, the next step")),
    ("Alt+M", marked("all criteria are met; exceptions are typed")),
)
_DIALOG_KEYS = (
    ("Ctrl+Enter", marked("save")),
    ("Esc", marked("close without saving")),
    ("t, +2, 3 apr, 3/4", marked("days as one types them: today, in two days, by name, day before month")),
)


def menu_bar() -> list[tuple[str, tuple[Command, ...]]]:
    """Return the menus with their commands, including those for kinds of facts."""
    return [(title, tuple(command for part in parts for command in _commands(part))) for title, parts in _MENUS.items()]


def _commands(part: Command | Menu) -> tuple[Command, ...]:
    if isinstance(part, Command):
        return (part,)
    return tuple(Command(kind, KIND_WORDS[kind].menu, KIND_WORDS[kind].keys, "visit") for kind in kinds_in(part))


class Menus:
    """The menu bar of a window."""

    def __init__(self, window: QMainWindow, run: Callable[[str], object]) -> None:
        """`run` is called with the id of a command."""
        self.actions: dict[str, QAction] = {}
        self._needs: dict[str, str] = {}
        self._also: dict[str, str] = {}
        self._may: dict[str, bool] = {}
        for title, commands in menu_bar():
            menu = window.menuBar().addMenu(_(title))
            for command in commands:
                self._add(menu, command, run)
        # Other systems have a second key for redo.
        self.actions["redo"].setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.actions["larger"].setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])

    def _add(self, menu: QMenu, command: Command, run: Callable[[str], object]) -> None:
        if not command.id:
            menu.addSeparator()
            return
        action = menu.addAction(_(command.text))
        action.setCheckable(command.checkable)
        action.setStatusTip(_(command.text).replace("&", "").rstrip("…"))
        if command.keys:
            action.setShortcut(QKeySequence(command.keys))
        action.triggered.connect(lambda _checked=False: run(command.id))
        self.actions[command.id] = action
        self._needs[command.id], self._also[command.id] = command.needs, command.also

    def allow(self, study: bool, write: bool, visit: bool, prints: bool) -> None:
        """Enable the commands that can be done now; `name_undo` enables undo and redo."""
        may = {"": True, "study": study, "write": write, "print": prints, "visit": visit and study}
        if may == self._may:
            return
        self._may = may
        for name, action in self.actions.items():
            if name not in ("undo", "redo"):
                action.setEnabled(may[self._needs[name]])

    def needs(self, command: str) -> str:
        """Return what a command needs, as its row of the table says."""
        return self._needs[command]

    def also(self, command: str) -> str:
        """Return further words by which a command is found; empty where its text says all."""
        return _(self._also[command]) if self._also[command] else ""

    def name_undo(self, undo: str, redo: str, can_write: bool) -> None:
        """Show in the menu which command undo and redo would take back or repeat."""
        for name, said, plain in (("undo", undo, _("&Undo")), ("redo", redo, _("&Redo"))):
            action = self.actions[name]
            action.setText(f"{plain} {said.replace('&', '&&')}" if said else plain)
            action.setEnabled(bool(said) and can_write)

    def check_look(self, look: str) -> None:
        """Tick the colours in use."""
        for one in ("system", "light", "dark"):
            self.actions[f"look_{one}"].setChecked(one == look)

    def sections(self) -> "list[Section]":
        """Return every key with its command, by where it works, for the list of keys."""
        found: list[Section] = [
            (_("In a list of visits"), [(keys, _(text)) for keys, text in _LIST_KEYS]),
            (_("In a list of events"), [(keys, _(text)) for keys, text in _EVENT_KEYS]),
            (_("In the list of deviations"), [(keys, _(text)) for keys, text in _DEVIATION_KEYS]),
            (_("In the history and the logs"), [(keys, _(text)) for keys, text in _LOG_KEYS]),
            (_("On the timeline"), [(keys, _(text)) for keys, text in _TIMELINE_KEYS]),
            (_("In the calendar"), [(keys, _(text)) for keys, text in _CALENDAR_KEYS]),
            (_("In the list of participants"), [(keys, _(text)) for keys, text in _PEOPLE_KEYS]),
            (_("For a new participant"), [(keys, _(text)) for keys, text in _GUIDE_KEYS]),
            (_("In a dialog"), [(keys, _(text)) for keys, text in _DIALOG_KEYS]),
        ]
        for title, commands in menu_bar():
            pairs = [(one.keys, _(one.text).replace("&", "").rstrip("…")) for one in commands if one.keys]
            if pairs:
                found.append((_(title).replace("&", ""), pairs))
        return found
