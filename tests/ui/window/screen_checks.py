"""What `test_screens` lets run on a screen of a given size: the real window as it comes up the first time."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMessageBox, QScrollArea, QWidget

from app.domain.calendar.visit_scope import visits_in_scope
from app.domain.facts.kind import Menu
from app.domain.facts.kinds import KINDS, kinds_in
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.pages.enrolment.page import EnrolmentPage
from app.ui.pages.enrolment.steps import STEPS
from app.ui.shell.window_geometry import TITLE_BAR
from tests.ui.conftest import Make
from tests.ui.nurse import Nurse

WIDTH, HEIGHT, SCALE = int(os.environ["TEST_WIDTH"]), int(os.environ["TEST_HEIGHT"]), float(os.environ["TEST_SCALE"])
CODE, VISIT = "LI-001", "SP-C02#3"


@pytest.fixture(autouse=True)
def _screen(qapp: QApplication) -> None:
    size = QGuiApplication.primaryScreen().size()
    assert (size.width(), size.height()) == (WIDTH, HEIGHT), "the screen is the one that was asked for"


@pytest.fixture
def first(make_nurse: Make) -> Iterator[Nurse]:
    """The first window that somebody ever sees, without a study."""
    nurse = make_nurse()
    nurse.files.open_last(None, False)
    come_up(nurse)
    yield nurse
    nurse.window.set_look("light", 1.0)


@pytest.fixture
def working(make_nurse: Make, study_path: Path) -> Iterator[Nurse]:
    """The window with the study."""
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    come_up(nurse)
    yield nurse
    nurse.window.set_look("light", 1.0)


def come_up(nurse: Nurse) -> None:
    """As at the first start, with text of that size."""
    nurse.window.set_look("light", SCALE)
    nurse.window.preferences.geometry = None
    nurse.window.restore_geometry()
    nurse.settle()


def faults(window: QWidget) -> list[str]:
    """What of a window with its frame, or of its buttons, cannot be brought onto the screen."""
    room, frame = window.screen().availableGeometry(), window.frameGeometry()
    # The frame of this platform has no title bar, so room for one is asked for as well.
    fits = room.contains(frame) and window.height() + TITLE_BAR <= room.height()
    found = [] if fits else [f"{type(window).__name__} at {frame.getRect()} on {room.getRect()}"]
    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible() and one.window() is window]
    assert buttons
    return found + [f"{type(window).__name__}: {one.text() or one.accessibleName()}" for one in buttons if lost(one)]


def lost(button: QAbstractButton) -> bool:
    """Whether a part of it stays out of sight, also after everything around it was scrolled to it."""
    over = button.parentWidget()
    while over is not None:
        if isinstance(over, QScrollArea):
            over.ensureWidgetVisible(button, 4, 4)
        over = over.parentWidget()
    QApplication.processEvents()
    seen = button.visibleRegion().boundingRect()
    on_screen = QRect(button.mapToGlobal(QPoint(0, 0)), button.size())
    whole = seen.width() >= button.width() - 1 and seen.height() >= button.height() - 1
    return not (whole and button.screen().availableGeometry().contains(on_screen))


def all_fits(nurse: Nurse, window: QWidget) -> None:
    """What was just shown is laid out in the next turns of the event loop."""
    found: list[str] = []

    def is_right() -> bool:
        found[:] = faults(window)
        return not found

    with suppress(AssertionError):
        nurse.wait(is_right)
    assert found == []


def test_the_first_window(first: Nurse) -> None:
    assert first.window.start.offers.isVisible()
    all_fits(first, first.window)


def test_every_page(working: Nurse) -> None:
    for page in ("today", "participants", "enrol"):
        working.go(page)
        all_fits(working, working.window)
    working.open_participant(CODE, VISIT)
    all_fits(working, working.window)


@pytest.mark.parametrize("protocol", ["scanpan", "nct06873178"])
def test_the_enrolment_page_with_all_its_questions(working: Nurse, protocol: str) -> None:
    working.go("enrol")
    page = working.window.page("enrol")
    assert isinstance(page, EnrolmentPage)
    working.wait(lambda: page.form is not None)
    before = page.form
    assert before is not None
    before.set_fields({"protocol": protocol})
    working.wait(lambda: page.form is not before)
    for step in STEPS:
        page.show_step(step)
        all_fits(working, working.window)
    page.discard()


@pytest.mark.parametrize("kind", sorted(kind.id for kind in KINDS.values() if kind.is_change))
def test_every_dialog_of_a_change(working: Nurse, kind: str) -> None:
    view = working.open_participant(CODE).view
    assert view is not None
    visit = ""
    if kind not in kinds_in(Menu.PARTICIPANT):
        known = visits_in_scope(KINDS[kind].visits, view.protocol, view.calendar)
        visit = next((one.key for one in known if one.key == VISIT), known[0].key)
    working.window.dialogs.open(kind, CODE, visit)
    dialog = working.dialog()
    dialog.form.form._unfold()
    all_fits(working, dialog)
    dialog.form.form.set_fields({"reason": "x", "text": "x", "term": "x", "what": "x", "cause": "x"})
    if dialog.has_typed():
        dialog.reject()
        working.wait(lambda: bool(dialog.findChildren(QMessageBox)))
        all_fits(working, dialog.findChildren(QMessageBox)[0])
    working.leave(dialog)


def test_the_other_dialogs(working: Nurse) -> None:
    working.window.commanded.emit("keys")
    working.window.commanded.emit("about")
    working.window.dialogs.open("print", CODE, VISIT)
    working.wait(lambda: bool(working.window.findChildren(PrintDialog)))
    printing = working.window.findChildren(PrintDialog)[0]
    working.wait(lambda: printing.printout is not None)
    dialogs = [one for one in working.window.findChildren(QDialog) if one.isVisible()]
    assert len(dialogs) == 3
    for dialog in dialogs:
        all_fits(working, dialog)
