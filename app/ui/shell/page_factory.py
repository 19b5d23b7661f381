"""How each page is made and what the window does with what it asks for; the pages know nothing of each other."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.ui.shell.main_window import MainWindow


def _today(window: "MainWindow") -> QWidget:
    from app.ui.pages.today.page import TodayPage

    page = TodayPage(window.desk)
    page.asked.connect(window.actions_asked.start)
    page.opened.connect(window.open_participant)
    page.printed.connect(window.actions_asked.print_list)
    page.counted.connect(window.side.buttons["today"].set_count)
    return page


def _participants(window: "MainWindow") -> QWidget:
    from app.ui.pages.participants.page import ParticipantsPage

    page = ParticipantsPage(window.desk)
    page.opened.connect(window.open_participant)

    def enrol(code: str, protocol: str) -> None:
        from app.ui.pages.enrolment.page import EnrolPage

        shown = window.page("enrol")
        if code and isinstance(shown, EnrolPage):
            shown.start({"code": code, "protocol": protocol})
        window.go("enrol")

    page.enrolling.connect(enrol)
    return page


def _participant(window: "MainWindow") -> QWidget:
    from app.ui.pages.participant.page import ParticipantPage

    page = ParticipantPage(window.desk)
    page.asked.connect(window.actions_asked.start)

    def moved(code: str, visit: str, day: date) -> None:
        window.actions_asked.start("moved", code, visit, {"to": day})

    page.moved.connect(moved)
    return page


def _enrol(window: "MainWindow") -> QWidget:
    from app.ui.pages.enrolment.page import EnrolPage

    page = EnrolPage(window.desk)
    page.enrolled.connect(window.open_participant)
    page.left.connect(lambda: window.go("today"))
    page.start()
    return page


MAKERS: Mapping[str, Callable[["MainWindow"], QWidget]] = {
    "today": _today,
    "participants": _participants,
    "participant": _participant,
    "enrol": _enrol,
}
"""How a page is made, by its name."""
