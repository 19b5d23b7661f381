"""What the box at the top finds in a window: participants, days, visits, events, and every command of the menu.

A command that cannot be given now is found as well, and says why. What was chosen last is offered while nothing is
typed.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.domain.facts.typed_days import read_day
from app.domain.refusal import Refused
from app.domain.search import Search
from app.domain.search_index import Found, Indexed, IndexedEvent, IndexedSetting, IndexedVisit
from app.ui.search.index_keeper import IndexKeeper
from app.ui.search.rows import FoundRow
from app.ui.session.error_text import error_text
from app.ui.shell.main_window import MainWindow
from app.wording.dates import day_long
from app.wording.language import gettext as _
from app.wording.typed_days import understood
from app.wording.visible import visible_line

MOST = 6
MOST_RECENT = 8


class Searching(QObject):
    """The search everywhere of one window."""

    def __init__(self, window: MainWindow) -> None:
        """Let the window's finder find from now on."""
        super().__init__(window)
        self._window = window
        self._recent: list[FoundRow] = []
        self.keeper = IndexKeeper(window.session)
        finder = window.top_bar.finder
        finder.set_source(self.rows, self.keeper.wake)
        finder.took.connect(self._took)
        self.keeper.renewed.connect(finder.show_again)
        window.session.changed.connect(finder.show_again)
        window.session.closed.connect(self._recent.clear)
        window.session.opened.connect(self._recent.clear)

    def rows(self, typed: str) -> list[FoundRow]:
        """Return what a text finds; what was chosen last for an empty one."""
        from app.wording.search_words import nothing_found

        self.keeper.wake()
        if Search(typed).is_empty and not typed.strip():
            return self._recent or [_sentence(_("Type a code, a visit, a day, words of an event, or a command."))]
        found = self.keeper.found(typed, MOST)
        rows = [
            *self._participants(found),
            *self._days(typed),
            *self._visits(found, typed),
            *self._events(found),
            *self._commands(typed),
            *self._settings(found),
        ]
        if not self.keeper.is_complete:
            rows.append(_sentence(_("Visits and events are still being read…")))
        elif not rows:
            rows.append(
                _sentence(_("{nothing} Days and commands are found as well.").format(nothing=nothing_found(typed)))
            )
        return rows

    def _took(self, row: FoundRow) -> None:
        """Say what is done, and remember it."""
        if row.why_not:
            self._window.status_bar.tell(_("Not now: {why}").format(why=row.why_not), False)
            return
        self._window.status_bar.tell(row.said or row.line, False)
        self._recent[:] = [row, *(one for one in self._recent if one.same != row.same)][:MOST_RECENT]

    # Groups

    def _participants(self, found: Found) -> Iterator[FoundRow]:
        group = _("Participants")
        for one in found.participants:
            said = _("Opened {code}").format(code=one.code)
            yield FoundRow(group, "", one.note, one.code, partial(self._open, one), said=said)
        if found.more_participants:
            yield _sentence(_("and more: type more of the code"), group)

    def _open(self, one: Indexed) -> None:
        """Open a participant; one who was only screened has no calendar and is found on the page of all."""
        if one.visits or not self.keeper.is_complete:
            self._window.open_participant(one.code)
        else:
            self._window.go("participants")

    def _days(self, typed: str) -> Iterator[FoundRow]:
        """Yield the day that somebody may have typed, as the fields for days read it."""
        today = self._window.session.today
        try:
            found = read_day(typed, "find", today)
        except Refused as refused:
            yield from self._other_days(refused)
            return
        yield self._day(found.day, understood(found, today))

    def _day(self, on: date, text: str) -> FoundRow:
        return FoundRow(_("Day"), text, _("its visits"), choose=partial(self._show_day, on), said=text)

    def _other_days(self, refused: Refused) -> Iterator[FoundRow]:
        """Yield both days where two may be meant, or why what was typed like a day is none."""
        if refused.kind == "date_two_ways":
            for name in ("one", "other"):
                on = refused.values.get(name)
                if isinstance(on, date):
                    yield self._day(on, day_long(on))
        elif refused.kind in ("date_impossible", "date_weekday"):
            yield _sentence(error_text(refused), _("Day"))

    def _show_day(self, on: date) -> None:
        self._window.go("calendar")
        self._ask_page("calendar", "show_day", on)

    def _visits(self, found: Found, typed: str) -> Iterator[FoundRow]:
        from app.wording.search_words import visit_day

        group = _("Visits")
        for one in found.visits:
            said = _("Opened {code}, {visit}").format(code=one.participant, visit=one.title.name)
            opens = partial(self._open_visit, one)
            yield FoundRow(group, one.title.name, visit_day(one), one.participant, opens, said=said)
        if found.more_visits:
            lists = partial(self._list_visits, typed)
            yield FoundRow(group, _("More: list the visits with these words"), choose=lists)

    def _open_visit(self, one: IndexedVisit) -> None:
        self._window.open_participant(one.participant, one.key)

    def _events(self, found: Found) -> Iterator[FoundRow]:
        from app.wording.search_words import event_day

        group = _("Events")
        for one in found.events:
            said = _("Opened {code}").format(code=one.participant)
            opens = partial(self._open_event, one)
            yield FoundRow(group, one.text, event_day(one), one.participant, opens, said=said)
        if found.more_events:
            yield _sentence(_("and more: add a word or a code"), group)

    def _open_event(self, one: IndexedEvent) -> None:
        self._window.open_participant(one.participant)
        self._ask_page("participant", "show_event", one.number)

    def _list_visits(self, words: str) -> None:
        self._window.go("calendar")
        self._ask_page("calendar", "show_words", words)

    def _settings(self, found: Found) -> Iterator[FoundRow]:
        for one in found.settings:
            yield FoundRow(_("Values and questions"), one.text, one.now, choose=partial(self._open_setting, one))

    def _open_setting(self, one: IndexedSetting) -> None:
        self._window.go("study")
        self._ask_page("study", "show_value", one.key)

    def _ask_page(self, page: str, what: str, about: object) -> None:
        """Ask a page for what it offers to others by that name."""
        asked: Callable[[object], object] | None = getattr(self._window.page(page), what, None)
        if asked is not None:
            asked(about)

    def _commands(self, typed: str) -> Iterator[FoundRow]:
        search = Search(typed)
        if search.is_empty:
            return
        menus = self._window.menus
        found = menus.actions.items()
        hits = [(name, action) for name, action in found if search.finds(_text_of(action), menus.also(name))]

        def order(hit: tuple[str, QAction]) -> tuple[bool, bool, bool]:
            text = _text_of(hit[1])
            return not search.is_exactly(text), not search.finds(text), not hit[1].isEnabled()

        hits.sort(key=order)
        for name, action in hits[:MOST]:
            why_not = "" if action.isEnabled() else self._why_not(name)
            text, key = _text_of(action), action.shortcut().toString()
            yield FoundRow(_("Commands"), text, key, choose=action.trigger, why_not=why_not, said=text)

    def _why_not(self, command: str) -> str:
        """Return why a command cannot be given now."""
        session = self._window.session
        if session.view is None:
            return _("open a study first")
        if command in ("undo", "redo") and session.can_write:
            return _("there is nothing to undo") if command == "undo" else _("nothing was undone")
        if self._window.menus.needs(command) == "visit":
            return _("choose a visit or a participant first")
        why = session.view.read_only
        needs_print = self._window.menus.needs(command) == "print"
        return _("what is printed is recorded, and {why}").format(why=why) if needs_print else why


def _text_of(action: QAction) -> str:
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _sentence(text: str, group: str = "") -> FoundRow:
    return FoundRow(group, visible_line(text))
