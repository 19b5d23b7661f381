"""Makes the pages and connects their signals to the window; the pages know nothing of each other."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.facts.safety import REPORT_KIND
from app.ui.shell.main_window import MainWindow
from app.ui.shell.no_calendar import has_no_calendar
from app.ui.visit.mends import REDACT

if TYPE_CHECKING:
    from app.services.queries.history import HistoryRow
    from app.ui.pages.study.page import StudyPage


def make_page(window: MainWindow, name: str) -> QWidget:
    """Return a new page, connected to the window."""
    return _MAKERS[name](window)


def _today(window: MainWindow) -> QWidget:
    from app.ui.pages.today.page import TodayPage

    page = TodayPage(window.session, window.preferences.by_participant)
    page.asked.connect(window.dialogs.open)
    page.opened.connect(window.open_participant)
    page.printed.connect(lambda what, days: window.dialogs.print_list(page, what, days))

    page.reported.connect(partial(_reported, window))
    page.event_asked.connect(partial(_show_event, window))

    page.older.connect(lambda: window.dialogs.older_visits(page))

    def arranged(by_participant: bool) -> None:
        window.preferences.by_participant = by_participant

    page.arranged.connect(arranged)
    page.counted.connect(window.side_bar.buttons["today"].set_count)
    return page


def _reported(window: MainWindow, code: str, event: int) -> None:
    """Open the dialog of the initial report on a serious adverse event."""
    window.dialogs.open(REPORT_KIND, code, "", {"what": "initial", "event": event})


def _participants(window: MainWindow) -> QWidget:
    from app.ui.pages.participants.page import ParticipantsPage

    page = ParticipantsPage(window.session)
    page.opened.connect(window.open_participant)

    def go_on(code: str) -> None:
        from app.ui.pages.enrolment.page import EnrolmentPage

        shown = window.page("enrol")
        window.go("enrol")
        if code and isinstance(shown, EnrolmentPage):
            shown.go_on_with(code)

    page.going_on.connect(go_on)
    page.asked.connect(window.dialogs.open)
    return page


def _calendar(window: MainWindow) -> QWidget:
    from app.ui.pages.calendar.page import CalendarPage

    page = CalendarPage(window.session)
    page.asked.connect(window.dialogs.open)
    page.asked_on.connect(window.dialogs.open)
    page.opened.connect(window.open_participant)
    page.printed.connect(lambda what, days: window.dialogs.print_list(page, what, days))
    return page


def _participant(window: MainWindow) -> QWidget:
    from app.ui.pages.participant.page import ParticipantPage

    page = ParticipantPage(window.session)
    page.asked.connect(window.dialogs.open)
    page.reported.connect(partial(_reported, window))

    def moved(code: str, visit: str, day: date) -> None:
        window.dialogs.open("moved", code, visit, {"to": day})

    page.moved.connect(moved)
    return page


def _enrol(window: MainWindow) -> QWidget:
    from app.ui.pages.enrolment.page import EnrolmentPage

    page = EnrolmentPage(window.session)
    page.enrolled.connect(window.open_participant)
    page.printing.connect(lambda code: window.dialogs.open("print_calendar", code))
    page.identified.connect(window.dialogs.identified)
    page.left.connect(lambda: window.go("today"))
    page.start()
    return page


def _monitor(window: MainWindow) -> QWidget:
    from app.ui.pages.monitor.page import MonitorPage

    page = MonitorPage(window.session)
    page.asked.connect(window.dialogs.open)
    page.opened.connect(window.open_participant)
    page.printed.connect(window.dialogs.print_log)
    page.signing.connect(window.dialogs.sign)
    page.mending.connect(partial(_mend, window))
    page.fact_asked.connect(partial(_show_fact, window))
    page.confirming.connect(lambda: window.dialogs.open("print_confirmation", ""))
    page.counted.connect(window.side_bar.buttons["monitor"].set_count)
    return page


def _mend(window: MainWindow, mend: str, row: "HistoryRow") -> None:
    """Open the dialog that mends a fact; what is taken back of the study is previewed on its page."""
    if row.participant:
        window.dialogs.open(mend, row.participant, str(row.record.seq))
    elif mend == REDACT:
        window.dialogs.redact_of_study(row.record.seq)
    else:
        _study_page(window).take_back(row.record)


def _show_fact(window: MainWindow, row: "HistoryRow") -> None:
    """Show a fact among the events of its participant, or where the study shows such facts."""
    if row.participant:
        _show_event(window, row.participant, row.record.seq)
    else:
        _study_page(window).show_kind((row.past.of or row.record).kind)


def _show_event(window: MainWindow, code: str, fact: int) -> None:
    """Show the line of a fact among the events of its participant."""
    from app.ui.pages.participant.page import ParticipantPage

    window.open_participant(code)
    page = window.page("participant")
    if isinstance(page, ParticipantPage) and not has_no_calendar(window.session.view, code):
        page.show_event(fact)


def _study_page(window: MainWindow) -> "StudyPage":
    from app.ui.pages.study.page import StudyPage

    window.go("study")
    page = window.page("study")
    assert isinstance(page, StudyPage)  # noqa: S101 - the page of that name
    return page


def _study(window: MainWindow) -> QWidget:
    from app.ui.pages.study.page import StudyPage

    page = StudyPage(window.session)
    page.consent.opened.connect(window.open_participant)
    page.backups.restored.connect(lambda: window.commanded.emit("restore"))
    page.values.printed.connect(lambda: window.dialogs.open("print_confirmation", ""))
    return page


_MAKERS: Mapping[str, Callable[[MainWindow], QWidget]] = {
    "today": _today,
    "participants": _participants,
    "calendar": _calendar,
    "participant": _participant,
    "enrol": _enrol,
    "monitor": _monitor,
    "study": _study,
}
