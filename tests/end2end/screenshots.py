"""Pictures of every page and dialog with the demo study: ``python -m tests.end2end.screenshots FOLDER``."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from app.services.commands.demo import make_demo
from app.services.study.environment import Environment

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPixmap
    from PySide6.QtWidgets import QWidget

    from app.services.queries.agenda import Morning
    from app.services.study.study import Study
    from app.ui.dialogs.change.dialog import ChangeDialog
    from app.ui.pages.calendar.head import View
    from app.ui.pages.calendar.page import CalendarPage
    from app.ui.pages.enrolment.page import EnrolmentPage
    from app.ui.pages.monitor.page import MonitorPage
    from app.ui.pages.participant.page import ParticipantPage
    from app.ui.pages.participants.page import ParticipantsPage
    from app.ui.pages.study.page import StudyPage
    from app.ui.pages.today.page import TodayPage

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)
LONGEST = 60.0
"""So many seconds a page or a dialog may take to come."""
QUIET = 0.35
"""A picture is taken when the window has looked the same for so long."""
TITLE_BAR = 28


class PictureMissing(Exception):  # noqa: N818 - said to a person
    """What was to be pictured did not come."""


@dataclass(frozen=True)
class Screen:
    """A screen: the window's size in logical pixels, and how many real ones each has."""

    wide: int
    high: int
    ratio: float = 1.0


SCREENS: Mapping[str, Screen] = {"usual": Screen(1366, 768), "small": Screen(911, 512, 1.5)}
REAL_SIZE = 1366, 768


class Stage:
    """The real window with the demo study, driven from outside."""

    def __init__(self, file: Path, home: Path, screen: Screen, today: date) -> None:
        """A window without a study; `begin` opens the file."""
        from PySide6.QtCore import qInstallMessageHandler
        from PySide6.QtWidgets import QApplication

        from app.ui.session.error_text import error_text
        from app.ui.session.session import StudySession
        from app.ui.shell.application import assemble, make_application
        from app.ui.shell.preferences import Preferences

        qInstallMessageHandler(_say)
        self.file, self.screen, self.today = file, screen, today
        preferences = Preferences(home / "desktop.ini")
        preferences.look = "light"
        self.app: QApplication = make_application(preferences)
        self.app.setCursorFlashTime(0)
        self.session = StudySession(_nurse(today), today)
        self.window, _files = assemble(self.session, preferences)
        self.wrong: list[str] = []
        self.session.failed.connect(lambda error, _report: self.wrong.append(error_text(error)))
        sys.excepthook = self._hook
        self.window.setGeometry(0, 0, screen.wide, screen.high)
        self.window.show()

    def _hook(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        self.wrong.append(f"{kind.__name__}: {error}")
        sys.__excepthook__(kind, error, trace)

    # Waiting

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Let the window work until something holds.

        Raises:
            PictureMissing: it never did.
        """
        from PySide6.QtCore import QEventLoop

        end = time.monotonic() + LONGEST
        while not holds():
            if time.monotonic() > end:
                raise PictureMissing(what)
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)

    def read(self, work: Callable[["Study"], T]) -> T:
        """Have the worker read something, and wait for it."""
        found: list[T] = []
        self.session.ask(lambda study, _job: work(study), found.append)
        self.until(lambda: found, "an answer of the file")
        return found[0]

    def _let_worker_finish(self) -> None:
        from app.ui.session.worker import Job

        done: list[object] = []
        self.session.worker.submit(Job(lambda _study, _job: None, done.append))
        self.until(lambda: done, "an answer of the worker")

    def settle(self) -> None:
        """Wait until nothing is asked of the file and the window has looked the same for a while."""
        before, since = b"", time.monotonic()
        end = since + LONGEST
        while time.monotonic() - since < QUIET:
            self._let_worker_finish()
            now = _bytes_of(self.picture())
            if now != before:
                before, since = now, time.monotonic()
            if time.monotonic() > end:
                raise PictureMissing("a window at rest")

    @cached_property
    def cast(self) -> "Cast":
        """Who is shown, looked for when it is first wanted."""
        return self.read(lambda study: cast_of(study, self.today))

    # Pages

    def begin(self) -> None:
        """Open the study and wait for the first page."""
        self.session.open(self.file, demo=True)
        self.until(lambda: self.session.view is not None, "the study")
        self.today_page()

    def today_page(self) -> "TodayPage":
        """The first page, filled."""
        from app.ui.pages.today.page import TodayPage

        self.window.go("today")
        page = self.window.page("today")
        assert isinstance(page, TodayPage)
        self.until(lambda: page.list.chosen_line() is not None, "the list of today")
        return page

    def monitor(self, tab: str = "deviations") -> "MonitorPage":
        """Show a tab of the page of the monitor."""
        from app.ui.pages.monitor.page import MonitorPage

        self.window.go("monitor")
        page = self.window.page("monitor")
        assert isinstance(page, MonitorPage)
        page.deviations.discard()
        page.tabs.choose(tab)
        shown = page.deviations.list if tab == "deviations" else page.views[tab].list
        self.until(lambda: shown.currentIndex().isValid(), f"the tab {tab}")
        return page

    def calendar(self) -> "CalendarPage":
        """The calendar at the month of today, with a card."""
        from app.ui.pages.calendar.page import CalendarPage

        self.window.go("calendar")
        page = self.window.page("calendar")
        assert isinstance(page, CalendarPage)
        page.show_view("month")
        page.turn(0)
        self.until(lambda: page.grid.day is not None and page.head.count.text(), "the calendar")
        page.choose(self.cast.unbooked)
        self.until(lambda: page.inspector.view is not None, "the card of a visit")
        return page

    def study(self) -> "StudyPage":
        """The settings of the study, with its closed days."""
        from app.ui.pages.study.page import StudyPage

        self.window.commanded.emit("closed_days")
        page = self.window.page("study")
        assert isinstance(page, StudyPage)
        self.until(lambda: page.closed_days.holidays.days.rows, "the closed days")
        return page

    def participants(self) -> "ParticipantsPage":
        """Everybody."""
        from app.ui.pages.participants.page import ParticipantsPage

        self.window.go("participants")
        page = self.window.page("participants")
        assert isinstance(page, ParticipantsPage)
        self.until(lambda: page.list.currentIndex().isValid(), "the list of participants")
        return page

    def participant(self, code: str, visit: str = "") -> "ParticipantPage":
        """One of them."""
        from app.ui.pages.participant.page import ParticipantPage

        self.window.open_participant(code, visit)
        page = self.window.page("participant")
        assert isinstance(page, ParticipantPage)
        self.until(lambda: page.view is not None and page.view.code == code, f"the page of {code}")
        return page

    def enrol(self) -> "EnrolmentPage":
        """The form of enrolment."""
        from app.ui.pages.enrolment.page import EnrolmentPage

        self.window.go("enrol")
        page = self.window.page("enrol")
        assert isinstance(page, EnrolmentPage)
        # A page that is shown again may ask for a new form first.
        self._let_worker_finish()
        self.until(lambda: page.form is not None, "the form of enrolment")
        return page

    # Dialogs

    def dialog(self, kind: str, code: str, visit: str = "", **given: object) -> "ChangeDialog":
        """The dialog of a change, worked out."""
        from app.ui.dialogs.change.dialog import ChangeDialog

        self.window.dialogs.open(kind, code, visit, given)
        self.until(lambda: isinstance(self.over(), ChangeDialog), f"the dialog of “{kind}”")
        dialog = self.over()
        assert isinstance(dialog, ChangeDialog)
        self.until(lambda: not dialog.preview.under_way, f"the preview of “{kind}”")
        return dialog

    def over(self) -> "QWidget | None":
        """What stands over the window: a dialog or a menu."""
        popup = self.app.activePopupWidget()
        if popup is not None:
            return popup
        modal = self.app.activeModalWidget()
        return modal if modal is not None and modal is not self.window and modal.isVisible() else None

    def close_over(self) -> None:
        """Close whatever stands over the window; nothing that was typed is kept."""
        from app.ui.forms.unsaved import FormDialog

        for _turn in range(8):
            over = self.over()
            if over is None:
                return
            over.discard() if isinstance(over, FormDialog) else over.close()
            self.until(partial(self._is_gone, over), "a dialog that closes")

    def _is_gone(self, over: "QWidget") -> bool:
        return self.over() is not over

    # Pictures

    def picture(self) -> "QImage":
        """The window, with what stands over it."""
        picture = self.window.grab()
        over = self.over()
        if over is not None:
            _lay_over(picture, over, self.window)
        found = self.window.top_bar.finder.found
        if found.isVisible():
            _lay_at(picture, found, self.window)
        return picture.toImage()

    def save(self, path: Path, grey: bool = False) -> None:
        """Take the picture when the window is at rest.

        Raises:
            PictureMissing: the window is of another size, empty, or something went wrong.
        """
        from PySide6.QtGui import QImage

        self.settle()
        if self.wrong:
            raise PictureMissing("; ".join(self.wrong))
        picture = self.picture()
        size = picture.width(), picture.height()
        if any(abs(one - wanted) > 1 for one, wanted in zip(size, REAL_SIZE, strict=True)):
            raise PictureMissing(f"a window of {REAL_SIZE}, but it is {size}")
        if len(_colours(picture)) < 4:
            raise PictureMissing("a picture with anything on it")
        if grey:
            picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        if not picture.save(str(path)):
            raise PictureMissing(f"room for {path}")

    def end(self) -> None:
        """Close the window and the file."""
        self.close_over()
        self.enrol().discard()
        self.study().discard()
        self.window.close()
        self.session.end()


def _say(_kind: object, _context: object, text: str) -> None:
    """What Qt says, but for what it says of having no display."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def _nurse(today: date) -> Environment:
    moment = datetime(today.year, today.month, today.day, 6, 45, tzinfo=UTC)
    return Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: moment)


def _bytes_of(picture: "QImage") -> bytes:
    return bytes(picture.constBits())


def _colours(picture: "QImage") -> set[int]:
    wide, high = picture.width(), picture.height()
    return {picture.pixel(x, y) for x in range(0, wide, 7) for y in range(0, high, 7)}


def _lay_over(picture: "QPixmap", over: "QWidget", window: "QWidget") -> None:
    """Paint a dialog in the middle of the window with its title, or a menu where it is."""
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QColor, QPainter
    from PySide6.QtWidgets import QMenu

    if isinstance(over, QMenu):
        _lay_at(picture, over, window)
        return
    painter = QPainter(picture)
    painter.fillRect(window.rect(), QColor(0, 0, 0, 70))
    left = max(0, (window.width() - over.width()) // 2)
    top = max(0, (window.height() - over.height() - TITLE_BAR) // 2)
    bar = QRect(left, top, over.width(), TITLE_BAR)
    painter.fillRect(bar, QColor(70, 78, 86))
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(bar.adjusted(10, 0, -10, 0), int(Qt.AlignmentFlag.AlignVCenter), over.windowTitle())
    painter.drawPixmap(left, top + TITLE_BAR, over.grab())
    painter.drawRect(left, top, over.width() - 1, over.height() + TITLE_BAR - 1)
    painter.end()


def _lay_at(picture: "QPixmap", over: "QWidget", window: "QWidget") -> None:
    """Paint a menu or a list of its own where it is."""
    from PySide6.QtGui import QPainter

    painter = QPainter(picture)
    painter.drawPixmap(window.mapFromGlobal(over.pos()), over.grab())
    painter.end()


# Who is shown


@dataclass(frozen=True)
class Cast:
    """Participants and visits of the demo study at which something is to be seen, found by what they are."""

    due: tuple[str, str]
    booked: tuple[str, str]
    unbooked: tuple[str, str]
    none_left: tuple[str, str]
    decides: tuple[str, str]
    operates: tuple[str, str]
    dose: tuple[str, str]
    moves: tuple[str, str]
    moves_from: date
    done: tuple[str, str]
    left_behind: tuple[str, str]
    codes: Mapping[str, str]
    """A participant for each stage that is told by its name."""


def cast_of(study: "Study", today: date) -> Cast:
    """Look through the demo study."""
    from app.domain.calendar.entries import OPEN, Status
    from app.domain.protocol.regimens import DOSES
    from app.services.queries import booking_days
    from app.services.queries import participant as looking
    from app.services.queries.agenda import morning
    from app.services.queries.people import people

    listed = morning(study, today, 60)
    rows = [*listed.agenda.pressing, *listed.agenda.now, *listed.agenda.coming]
    looks = {one.code: looking.participant_view(study, one.code, today) for one in _enrolled(people(study))}
    entries = [(code, one) for code, view in looks.items() for one in view.calendar.entries]

    def first(what: str, found: Iterator[tuple[str, str]]) -> tuple[str, str]:
        one = next(found, None)
        if one is None:
            raise PictureMissing(f"a participant for: {what}")
        return one

    def none_left() -> Iterator[tuple[str, str]]:
        for row in rows:
            if row.entry.status in OPEN:
                found = booking_days.booking_days(study, row.participant, row.entry.key, today)
                if not found.usable_left:
                    yield row.participant, row.entry.key

    moves = first(
        "a move that carries others along",
        (
            (c, e.key)
            for c, e in entries
            if e.status is Status.PLANNED and e.cycle == 3 and e.day_kind in DOSES and e.day == 1 and e.assumed
        ),
    )
    moves_from = looks[moves[0]].calendar.by_key[moves[1]].assumed
    assert moves_from is not None
    open_rows = [row for row in rows if not _decided_at(listed, row)]
    stages = {row.stage: row.code for row in people(study)}
    return Cast(
        due=first("a visit to record", ((r.participant, r.entry.key) for r in open_rows if (r.days_left or -1) >= 0)),
        booked=first("a booked visit", ((r.participant, r.entry.key) for r in listed.agenda.coming if r.entry.booked)),
        unbooked=first(
            "a visit to book",
            ((r.participant, r.entry.key) for r in listed.agenda.coming if not r.entry.booked and r.entry.window),
        ),
        none_left=first("a visit without a usable day", none_left()),
        decides=first("a decision", ((r.participant, r.entry.key) for r in rows if _decided_at(listed, r))),
        operates=first(
            "an operation", ((c, e.key) for c, e in entries if e.visit.on_performed is not None and e.status in OPEN)
        ),
        dose=first("an infusion", ((r.participant, r.entry.key) for r in rows if r.entry.day_kind in DOSES)),
        moves=moves,
        moves_from=moves_from,
        done=first("a visit that was done", ((c, e.key) for c, e in entries if e.status is Status.PERFORMED)),
        left_behind=first(
            "a booking that was left behind", ((r.participant, r.entry.key) for r in listed.agenda.rebooking)
        ),
        codes={str(stage): code for stage, code in stages.items()},
    )


def _enrolled(people: Sequence[Any]) -> list[Any]:
    return [one for one in people if one.enrolled_on is not None]


def _decided_at(morning: "Morning", row: Any) -> bool:
    return (row.protocol, row.entry.visit.id) in morning.deciding


# What is pictured


Act = Callable[[Stage], object]


def _filtered(stage: Stage) -> None:
    page = stage.today_page()
    page.search.setText("LI")
    next(one for one, chip in page._chip_buttons if chip.category == "dose").click()


def _unfiltered(stage: Stage) -> None:
    from app.ui.pages.today.page import TodayPage

    page = stage.window.page("today")
    assert isinstance(page, TodayPage)
    page.search.clear()
    page._chip_buttons[0][0].click()


def _print_menu(stage: Stage) -> None:
    """What Today can print, with days and counts."""
    stage.today_page().show_print_menu()
    stage.until(stage.over, "the print menu")


def _older(stage: Stage) -> None:
    """The older visits, one at a time."""
    from app.ui.dialogs.older_visits_dialog import OlderVisitsDialog

    page = stage.today_page()
    stage.window.dialogs.older_visits(page)
    stage.until(lambda: isinstance(stage.over(), OlderVisitsDialog), "the dialog of older visits")
    dialog = stage.over()
    assert isinstance(dialog, OlderVisitsDialog)
    stage.until(lambda: dialog.older is not None and not dialog.preview.under_way, "the first older visit")


def _nothing_found(stage: Stage) -> None:
    page = stage.today_page()
    page.search.setText("nobody of that name")


def _finding(stage: Stage) -> None:
    stage.participants().search.setText("HE")


def _closing(stage: Stage) -> None:
    """The days about Christmas before they are closed, with what that moves."""
    page = stage.study()
    assert page.closed_days.box.form is not None
    page.closed_days.box.form.set_fields({"on": date(2026, 12, 22), "to": date(2027, 1, 6), "reason": "Christmas"})
    page.closed_days.show_what_changes()
    stage.until(lambda: page.preview.proposal is not None, "what a closing moves")


def _values(stage: Stage) -> None:
    """What is to be confirmed of the protocols."""
    page = stage.study()
    page.show_section("values")
    stage.until(lambda: page.values.model.every, "the values")
    page.values.model.tick(1)


def _backups(stage: Stage) -> None:
    """The backups, after a restore on trial."""
    page = stage.study()
    page.show_section("backups")
    stage.until(lambda: page.backups.state is not None, "the backups")
    page.backups.back_up()
    stage.until(lambda: page.backups.found.isVisible(), "a backup")
    page.backups.try_restore()
    stage.until(lambda: page.backups.found.isVisible() and page.backups.try_button.isEnabled(), "a restore")


def _enrol_half(stage: Stage) -> None:
    page = stage.enrol()
    assert page.form is not None
    page.form.set_fields({"code": "LI-021", "on": stage.today - timedelta(3)})
    page.form.changed.emit()


def _enrol_full(stage: Stage) -> None:
    _enrol_half(stage)
    page = stage.enrol()
    assert page.form is not None
    if "regimen" in page.form.fields():
        return
    first = page.form
    first.set_fields({"protocol": "scanpan"})
    stage.until(lambda: page.form is not first, "the questions of the protocol")
    page.form.set_fields({"country": "SE", "regimen": "MFFX", "year_of_birth": 1958})
    page.form.changed.emit()


def _enrol_at(step: str, **fields: object) -> Act:
    """A step of the new participant with answers."""

    def act(stage: Stage) -> None:
        _enrol_full(stage)
        page = stage.enrol()
        assert page.form is not None
        page.form.set_fields({"code": "LI-021", **fields})
        page.form.changed.emit()
        next(button for name, button in page.steps.buttons.items() if name == step).click()

    return act


def _enrol_screened(stage: Stage) -> None:
    """All criteria met but for one that is typed."""
    _enrol_at("screening", metastases=6, largest_mm=31, ecog=1, confirmed_by="histology", cohort="limited_liver")(stage)
    form: Any = stage.enrol().form
    editor = form.editor("criteria")
    editor.exceptions.setText("E6 unknown")
    editor.meet_all()


def _enrol_twice(stage: Stage) -> None:
    """A code that is in use already."""
    _enrol_full(stage)
    page = stage.enrol()
    assert page.form is not None
    page.form.set_fields({"code": "LI-001"})
    page.form.changed.emit()


def _participant(code: str) -> Act:
    return lambda stage: stage.participant(code)


def _staged(stage_name: str) -> Act:
    return lambda stage: stage.participant(stage.cast.codes[stage_name])


def _events(code: str) -> Act:
    """The tab of everything recorded of a participant."""

    def act(stage: Stage) -> None:
        page = stage.participant(code)
        page.tabs.choose("events")
        tab = page.events_tab
        stage.until(lambda: tab is not None and tab.table.line() is not None, "the events")

    return act


def _mending(mend: str, code: str) -> Act:
    """The dialog that changes the last fact of a participant for which that can be."""

    def act(stage: Stage) -> None:
        from app.ui.dialogs.change.hand_over_dialog import HandOverDialog
        from app.ui.visit.mends import mends_of

        page = stage.participant(code)
        assert page.view is not None
        rows = [one for one in reversed(page.view.history) if mend in mends_of(one)]
        row = next((one for one in rows if one.record.kind == "operation"), rows[0]) if mend == "reassign" else rows[0]
        stage.window.dialogs.open(mend, code, str(row.record.seq))
        stage.until(lambda: stage.over() is not None, "the dialog")
        dialog = stage.over()
        if isinstance(dialog, HandOverDialog):
            dialog.who.editor.set_value("LI-003")
            stage.until(lambda: not dialog.preview.under_way, "the preview")

    return act


def _zoomed(stage: Stage) -> None:
    page = stage.participant("LI-002")
    for _turn in range(6):
        page.timeline.zoom_in()


def _whole(stage: Stage) -> None:
    stage.participant("LI-002").timeline.fit_all()


def _cancelled(stage: Stage) -> None:
    stage.participant(stage.cast.codes["off_treatment"]).cancelled.setChecked(True)


def _carded(stage: Stage) -> None:
    page = stage.participant("LI-002")
    page.timeline.show_card(page.selected)


def _menu_of(name: str) -> Act:
    def act(stage: Stage) -> None:
        page = stage.participant("LI-002")
        stage.settle()
        button = page.record_button
        menu = button.menu()
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        stage.until(lambda: stage.over() is menu, name)

    return act


def _on_today(kind: str, whom: str, **given: object) -> Act:
    """A dialog over the first page, about a visit of the cast."""

    def act(stage: Stage) -> None:
        stage.today_page()
        code, visit = getattr(stage.cast, whom)
        stage.dialog(kind, code, visit, **given)

    return act


def _of(kind: str, code: str, **given: object) -> Act:
    """A dialog over a participant's page, about the participant."""

    def act(stage: Stage) -> None:
        stage.participant(code)
        stage.dialog(kind, code, "", **given)

    return act


def _impact(held: bool) -> Act:
    def act(stage: Stage) -> None:
        code, visit = stage.cast.moves
        stage.participant(code, visit)
        dialog = stage.dialog("moved", code, visit, to=stage.cast.moves_from + timedelta(7), reason="holiday abroad")
        changes = dialog.frame.impact.table.changes
        stage.until(lambda: changes.rows, "the rows of the impact")
        if held:
            row = next(number for number in range(len(changes.rows)) if changes.may_toggle(number))
            changes.toggle(row)

    return act


def _decided(stage: Stage) -> None:
    """A decision with what it cancels."""
    stage.today_page()
    code, visit = stage.cast.decides
    dialog = stage.dialog("decided", code, visit, outcome="palliative", reason="conference of 23 November")
    stage.until(lambda: dialog.frame.impact.table.changes.rows, "what the decision changes")


def _booked_outside(stage: Stage) -> None:
    """A day on which something speaks against the booking."""
    stage.today_page()
    code, visit = stage.cast.unbooked
    dialog = stage.dialog("booked", code, visit)
    picker = dialog.picker
    assert picker is not None
    stage.until(lambda: picker._days, "the days of the picker")
    picker.choose(max(picker._days))


def _booked(whom: str) -> Act:
    def act(stage: Stage) -> None:
        stage.today_page()
        dialog = stage.dialog("booked", *getattr(stage.cast, whom))
        stage.until(lambda: dialog.picker is not None and dialog.picker._days, "the days of the picker")

    return act


def _late(stage: Stage) -> None:
    """A visit that is recorded on a day outside its window."""
    _on_today("performed", "none_left")(stage)


def _refused(stage: Stage) -> None:
    """A form with what is missing said at its field."""
    _of("adverse_event", "LI-002")(stage)
    dialog = stage.over()
    getattr(dialog, "save")()  # noqa: B009 - a dialog of a change has it


def _doubted(stage: Stage) -> None:
    """A form about which a person is asked for two reasons, with the box to tick."""
    told = {"given": "reduced", "percent": 75, "drug": "gemcitabin", "reason": "told by 570312-1234"}
    _on_today("treatment", "dose", on=stage.session.today, **told)(stage)
    dialog: Any = stage.over()
    dialog.save()
    stage.until(dialog.frame.sure.box.hasFocus, "the question whether it is meant")


def _damaged(stage: Stage) -> None:
    """What is said of a damaged file, and of one that was rescued."""
    from app.domain.facts.chain_head import Broken
    from app.domain.facts.records import NewFact, provisional
    from app.wording.damage import NEXT_IN_WINDOW, LostFact, damage_text, losses_text

    stage.today_page()
    backup = "/home/anna/studies/scanpan-backups/scanpan-20261122T160000Z-431.studyday"
    people = ("LI-001", "LI-003", "LI-007", "LI-010", "CJ-004")
    fields = {"visit": "SP-C02#2", "on": "2026-11-09"}
    lost = [LostFact(provisional(NewFact("performed", fields, 1), 34), "LI-001")]
    damage = damage_text(Broken(34, "edited"), lost, people, (), backup, NEXT_IN_WINDOW)
    said = [f"To read only: {damage}", losses_text(lost, people, ("LI-011",), on_screen=True)]
    remedies = [(name, lambda: None) for name in ("Rescue what can be read…", "What was lost is settled…")]
    stage.window.banner.tell(".\n".join(said) + ".", "notice", remedies)


def _protocol_file(stage: Stage) -> None:
    """A shipped protocol as a file that is to be added."""
    from app.protocols.library import shipped_ids
    from app.ui.dialogs.protocol_dialog import ProtocolDialog

    stage.today_page()
    dialog = ProtocolDialog(stage.session, shipped_ids()["scanpan"], stage.window)
    dialog.open()
    stage.until(lambda: dialog.add_button.isEnabled(), "the findings of a protocol file")


def _story(name: str) -> Act:
    """A story that is tried: an example of the program, or one with a fact that cannot be."""

    def act(stage: Stage) -> None:
        from app.paths import resources
        from app.ui.dialogs.story_dialog import StoryDialog

        stage.today_page()
        path = resources() / "examples" / f"{name}.json"
        if not path.exists():
            told = json.loads((resources() / "examples" / "scanpan.json").read_text("utf-8"))
            told["facts"].append({"kind": "performed", "visit": "SP-C01#2", "on": "2026-11-20"})
            path = stage.file.with_name(f"{name}.json")
            path.write_text(json.dumps(told), "utf-8")
        dialog = StoryDialog(stage.session, path, stage.window)
        dialog.open()
        stage.until(lambda: dialog.job_bar.job is None, "the rehearsal of a story")

    return act


def _long_banner(stage: Stage) -> None:
    """What is said of a file that others can see and whose backups do not count."""
    from app.domain.facts.file_warning import FileWarning, FileWarningKind
    from app.wording.file_warnings import file_warning_text

    stage.today_page()
    folder = "/home/anna/Documents/Department of surgery/Studies of the ward, shared with the other nurses"
    kinds: tuple[FileWarningKind, ...] = ("folder_open_to_others", "backup_changed", "backup_no_note")
    found = [FileWarning(kind, {"path": folder}) for kind in kinds]
    stage.window.banner.tell("\n".join(file_warning_text(one) + "." for one in found), "notice")


def _printed(kind: str, whom: str = "") -> Act:
    def act(stage: Stage) -> None:
        from app.ui.dialogs.print_dialog import PrintDialog

        stage.today_page()
        code, visit = getattr(stage.cast, whom) if whom else ("", "")
        if kind == "print_list":
            stage.window.dialogs.print_list()
        else:
            stage.window.dialogs.open(kind, code, visit)
        stage.until(lambda: isinstance(stage.over(), PrintDialog), "the print preview")
        dialog = stage.over()
        assert isinstance(dialog, PrintDialog)
        stage.until(lambda: dialog.printout is not None, "the pages of the print preview")

    return act


def _command(name: str) -> Act:
    def act(stage: Stage) -> None:
        stage.today_page()
        stage.window.commanded.emit(name)
        stage.until(stage.over, f"the dialog of {name}")

    return act


def _found(stage: Stage) -> None:
    """The box at the top with what was typed; its list is a window of its own."""
    stage.today_page()
    stage.window.commanded.emit("find")
    finder = stage.window.top_bar.finder
    finder.setText("li1")
    finder.textEdited.emit("li1")
    stage.until(finder.found.isVisible, "the list of what was found")


def _deciding(stage: Stage) -> None:
    """The form of a deviation in its row."""
    tab = stage.monitor().deviations
    tab.list.setFocus()
    tab.open_row("minor")
    stage.until(tab.form.isVisible, "the form of a deviation")


def _period(stage: Stage) -> None:
    """What the page of the monitor is narrowed to."""
    stage.monitor("history").ask_period()


def _calendar_view(view: "View") -> Act:
    """The calendar as a week or as a list."""

    def act(stage: Stage) -> None:
        page = stage.calendar()
        page.show_view(view)
        stage.until(lambda: page.selection() is not None, f"the {view}")

    return act


def _list_of_day(stage: Stage) -> None:
    """The list of the fullest day of the month."""
    page = stage.calendar()
    fullest = max(page._model.each_day(), key=lambda day: len(day.rows))
    page.grid.day_opened.emit(fullest)
    stage.until(stage.over, "the list of the day")


PAGES: Mapping[str, Act] = {
    "calendar": lambda stage: stage.calendar(),
    "calendar-week": _calendar_view("week"),
    "calendar-list": _calendar_view("list"),
    "calendar-day": _list_of_day,
    "today": lambda stage: stage.today_page(),
    "today-print-menu": _print_menu,
    "today-filtered": _filtered,
    "today-nothing-fits": _nothing_found,
    "today-find-box": _found,
    "participants": lambda stage: stage.participants(),
    "study-site": lambda stage: stage.study().show_section("site"),
    "study-closed-days": lambda stage: stage.study(),
    "study-closing": _closing,
    "study-values": _values,
    "monitor-deviations": lambda stage: stage.monitor(),
    "monitor-decide": _deciding,
    "monitor-open": lambda stage: stage.monitor("open"),
    "monitor-logs": lambda stage: stage.monitor("logs"),
    "monitor-confirmations": lambda stage: stage.monitor("confirmations"),
    "monitor-history": lambda stage: stage.monitor("history"),
    "study-consent": lambda stage: stage.study().show_section("consent"),
    "study-identified": lambda stage: stage.study().show_section("identified"),
    "study-backups": _backups,
    "participants-narrowed": _finding,
    "enrol-empty": lambda stage: stage.enrol(),
    "enrol-half": _enrol_half,
    "enrol-full": _enrol_full,
    "enrol-consent": _enrol_at("consent", consented=TODAY - timedelta(5), version="2.0", language="Swedish", copy=True),
    "enrol-screening": _enrol_screened,
    "enrol-inclusion": _enrol_at("inclusion", timing="synchronous", metastases=2, outcome="eligible"),
    "enrol-code-in-use": _enrol_twice,
    "participant-begun": _participant("LI-001"),
    "participant-in-treatment": _participant("LI-002"),
    "participant-careless": _participant("LI-003"),
    "participant-restaged": _participant("LI-005"),
    "participant-operated": _participant("LI-007"),
    "participant-two-operations": _participant("LI-008"),
    "participant-follow-up": _participant("LI-010"),
    "participant-palliative": _participant("LI-011"),
    "participant-china": _participant("CJ-004"),
    "participant-died": _staged("died"),
    "participant-lost": _staged("lost"),
    "participant-off-treatment": _staged("off_treatment"),
    "participant-rebooking": lambda stage: stage.participant(*stage.cast.left_behind),
    "today-long-banner": _long_banner,
    "today-damaged": _damaged,
    "participant-cancelled-visits": _cancelled,
    "participant-events": _events("LI-007"),
    "participant-record-menu": _menu_of("the menu of what can be recorded"),
    "timeline-zoomed-in": _zoomed,
    "timeline-whole": _whole,
    "timeline-card": _carded,
}
DIALOGS: Mapping[str, Act] = {
    "dialog-period": _period,
    "dialog-older": _older,
    "dialog-record": _on_today("performed", "due"),
    "dialog-record-late": _late,
    "dialog-book": _booked("unbooked"),
    "dialog-book-outside": _booked_outside,
    "dialog-book-none-left": _booked("none_left"),
    "dialog-rebook": _booked("booked"),
    "dialog-move-empty": _on_today("moved", "unbooked"),
    "dialog-move-cascade": _impact(held=False),
    "dialog-move-held": _impact(held=True),
    "dialog-missed": _on_today("missed", "due"),
    "dialog-omitted": _on_today("omitted", "dose"),
    "dialog-decide": _on_today("decided", "decides"),
    "dialog-decide-chosen": _decided,
    "dialog-chosen": _of("chosen", "LI-002"),
    "dialog-regimen": _of("regimen_changed", "LI-002"),
    "dialog-regimen-filled": _of("regimen_changed", "LI-002", to="AG"),
    "dialog-stop": _of("stopped", "LI-002"),
    "dialog-operation": _on_today("operation", "operates"),
    "dialog-treatment": _of("treatment", "LI-002"),
    "dialog-treatment-doubted": _doubted,
    "dialog-specimen": _of("specimen", "LI-007"),
    "dialog-complication": _of("complication", "LI-007"),
    "dialog-adverse-event": _of("adverse_event", "LI-002"),
    "dialog-adverse-event-refused": _refused,
    "dialog-progression": _of("progression", "LI-005"),
    "dialog-questionnaire": _of("questionnaire", "LI-010"),
    "dialog-contact": _of("contact", "LI-010"),
    "dialog-unscheduled": _of("unscheduled", "LI-002"),
    "dialog-note": _on_today("note", "due"),
    "dialog-withdrawal": _of("withdrawn", "LI-002"),
    "dialog-lost": _of("lost", "LI-010"),
    "dialog-found-again": _of("found_again", "HE-001"),
    "dialog-death": _of("died", "LI-011"),
    "dialog-correct": _mending("correct", "LI-007"),
    "dialog-belongs-to-another": _mending("reassign", "LI-007"),
    "dialog-redact": _mending("redact", "LI-007"),
    "dialog-identified": _command("identified"),
    "dialog-protocol": _protocol_file,
    "dialog-story": _story("scanpan"),
    "dialog-story-wrong": _story("a story with a wrong fact"),
    "dialog-print-sheet": _printed("print", "due"),
    "dialog-print-calendar": _printed("print_calendar", "due"),
    "dialog-print-list": _printed("print_list"),
    "dialog-keys": _command("keys"),
    "dialog-about": _command("about"),
}
EVERY: Mapping[str, Act] = {**PAGES, **DIALOGS}
LARGE = (
    "participant-events", "dialog-belongs-to-another",
    "today", "participant-in-treatment", "participants", "enrol-full", "study-closing", "dialog-record", "dialog-book",
    "dialog-move-cascade", "dialog-adverse-event", "dialog-decide", "dialog-keys",
)  # fmt: skip
GREY = ("today", "participant-in-treatment")


@dataclass(frozen=True)
class Setting:
    """How the window looks while pictures are taken: `names` of what is pictured; `ending`: of the file's name."""

    screen: str
    look: str
    ending: str
    names: tuple[str, ...]
    scale: float = 1.0
    grey: bool = False


SETTINGS = (
    Setting("usual", "light", "light", tuple(EVERY)),
    Setting("usual", "dark", "dark", tuple(EVERY)),
    Setting("usual", "light", "grey", GREY, grey=True),
    Setting("usual", "light", "text200-light", LARGE, 2.0),
    Setting("usual", "dark", "text200-dark", LARGE, 2.0),
    Setting("small", "light", "150-light", LARGE),
    Setting("small", "dark", "150-dark", LARGE),
)


def picture_names() -> list[str]:
    """Every picture that can be taken, start page first."""
    return ["start-light", "start-dark", *(f"{name}-{one.ending}" for one in SETTINGS for name in one.names)]


# Taking them


def take(stage: Stage, folder: Path, wanted: frozenset[str], screen: str) -> dict[str, str]:
    """Take the wanted pictures of one screen; what failed, and why."""
    failed: dict[str, str] = {}

    def one(name: str, act: Callable[[], object], grey: bool = False) -> None:
        stage.wrong.clear()
        try:
            act()
            stage.save(folder / f"{name}.png", grey)
        except (PictureMissing, LookupError, StopIteration, AssertionError, AttributeError, TypeError) as error:
            failed[name] = f"{type(error).__name__}: {error}"
        with _told(failed, name):
            stage.close_over()

    if screen == "usual":
        for look in ("light", "dark"):
            if f"start-{look}" in wanted:
                stage.window.set_look(look, 1.0)
                one(f"start-{look}", lambda: stage.until(stage.window.start.isVisible, "the start page"))
    stage.begin()
    for setting in SETTINGS:
        names = [name for name in setting.names if f"{name}-{setting.ending}" in wanted]
        if setting.screen != screen or not names:
            continue
        stage.window.set_look(setting.look, setting.scale)
        for name in names:
            one(f"{name}-{setting.ending}", partial(EVERY[name], stage), setting.grey)
            with _told(failed, name):
                _tidy(stage, name)
    return failed


@contextmanager
def _told(failed: dict[str, str], name: str) -> Iterator[None]:
    """What goes wrong after a picture is told as its failure too."""
    try:
        yield
    except PictureMissing as error:
        failed.setdefault(name, f"afterwards: {error}")


def _tidy(stage: Stage, name: str) -> None:
    """The pages as they were before."""
    if name.startswith("today"):
        _unfiltered(stage)
        stage.window.banner.hide()
        stage.window.top_bar.finder.found.hide()
        stage.window.top_bar.finder.clear()
    elif name.startswith("participants"):
        stage.participants().search.clear()
    elif name.startswith("enrol"):
        stage.enrol().discard()
        stage.enrol().start()
    elif name.startswith("timeline") or name == "participant-cancelled-visits":
        stage.window.stack.removeWidget(page := stage.window.pages.pop("participant"))
        page.deleteLater()


def part(arguments: argparse.Namespace) -> int:
    """One screen in this process."""
    home = Path(os.environ["XDG_CONFIG_HOME"])
    stage = Stage(arguments.file, home, SCREENS[arguments.part], arguments.today)
    try:
        failed = take(stage, arguments.folder, frozenset(arguments.only), arguments.part)
    finally:
        stage.end()
    for name, why in failed.items():
        print(f"No picture {name}: {why}", file=sys.stderr)
    return 1 if failed else 0


def _environment(home: Path, screen: Screen) -> dict[str, str]:
    """A home of its own and a screen of that size."""
    layout = home / "screen.json"
    size = {"x": 0, "y": 0, "width": REAL_SIZE[0], "height": REAL_SIZE[1], "dpr": 1}
    layout.write_text(json.dumps({"screens": [{"name": "one", "logicalDpi": 96, "logicalBaseDpi": 96, **size}]}))
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
    for folder in folders.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        **folders,
        "HOME": str(home),
        "QT_QPA_PLATFORM": f"offscreen:configfile={layout}",
        "QT_SCALE_FACTOR": str(screen.ratio),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
    }


def _run(command: list[str], environment: Mapping[str, str]) -> int:
    """Whether a part went wrong; a mistake in painting is only ever told, so what is told is looked at too."""
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    sys.stderr.write(done.stderr)
    return int(done.returncode != 0 or "Traceback" in done.stderr)


def every_part(folder: Path, only: Sequence[str], today: date, file: Path | None) -> int:
    """Make the demo study unless another is given, then take the pictures, each screen in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = list(only or picture_names())
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        study = file or make_demo(home / "study", _nurse(today), today)[0]
        code = 0
        for name, screen in SCREENS.items():
            mine = [one for one in wanted if (f"{one}".find("-150-") >= 0) == (name == "small")]
            if mine:
                command = [sys.executable, "-m", "tests.end2end.screenshots", str(folder), "--part", name]
                command += ["--file", str(study), "--today", today.isoformat(), "--only", *mine]
                code = max(code, _run(command, _environment(home, screen)))
    missing = [name for name in wanted if not (folder / f"{name}.png").is_file()]
    for name in missing:
        print(f"No picture {name}.", file=sys.stderr)
    return 1 if missing else code


def main() -> int:
    """Read the arguments."""
    parser = argparse.ArgumentParser(prog="packaging/screenshots", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "try-output" / "screenshots")
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY, help="the day that is pictured")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="take only these pictures")
    parser.add_argument("--part", choices=tuple(SCREENS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help="a study instead of the demo study")
    arguments = parser.parse_args()
    unknown = set(arguments.only) - set(picture_names())
    if unknown:
        parser.error(f"no such picture: {', '.join(sorted(unknown))}. There are: {', '.join(picture_names())}")
    arguments.folder = arguments.folder.absolute()
    return (
        part(arguments)
        if arguments.part
        else every_part(arguments.folder, arguments.only, arguments.today, arguments.file)
    )


if __name__ == "__main__":
    sys.exit(main())
