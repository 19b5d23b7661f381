"""On small screens, with large text, in both themes: no word is cut, and nothing lies outside the window."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QPushButton, QWidget

from app.services.commands import record
from app.ui.pages.participant.text import TABS
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Elided
from tests.ui.conftest import MORNING, Make
from tests.ui.nurse import Nurse

SMALLEST, LAPTOP = (911, 512), (1366, 768)
LOOKS = [(SMALLEST, 1.0, "light"), (SMALLEST, 2.0, "dark"), (LAPTOP, 1.0, "dark"), (LAPTOP, 2.0, "light")]
PAGES = ("start", "today", "participants", "participant", "calendar", "enrol", "monitor", "study")


@pytest.fixture(params=LOOKS, ids=lambda one: f"{one[0][0]}x{one[0][1]} at {one[1]:.0%} {one[2]}")
def sized(reader: Nurse, request: pytest.FixtureRequest) -> Iterator[Nurse]:
    """The window in a size and a look."""
    (width, height), scale, look = request.param
    reader.open_participant("LI-005", "SP-C02#2")
    reader.window.set_look(look, scale)
    reader.window.resize(width, height)
    reader.settle()
    yield reader
    reader.window.set_look("light", 1.0)
    reader.settle()


def show(nurse: Nurse, page: str) -> QWidget:
    if page == "start":
        nurse.window.stack.setCurrentWidget(nurse.window.start)
    else:
        nurse.window.go(page)
    nurse.settle()
    nurse.wait(lambda: nurse.window.pages[page].isVisible())
    return nurse.window.pages[page]


def test_nothing_is_cut_outside_or_forced(sized: Nurse) -> None:
    """All faults of all pages in that size and look are reported at once."""
    wrong = []
    for page in PAGES:
        show(sized, page)
        wrong += lasting_faults(sized, page)
    sized.window.go("participant")
    for tab in TABS:
        sized.participant.tabs.choose(tab)
        sized.settle()
        wrong += lasting_faults(sized, f"participant, {tab}")
    for section in sized.study.sections:
        sized.study.show_section(section)
        sized.settle()
        wrong += lasting_faults(sized, f"study, {section}")
    assert wrong == []


def lasting_faults(nurse: Nurse, page: str) -> list[str]:
    """Return the faults that stay: a form that was just made is laid out in the next turns of the event loop."""
    found: list[str] = []

    def is_right() -> bool:
        found[:] = faults(nurse, page)
        return not found

    with suppress(AssertionError):
        nurse.wait(is_right)
    return found


@pytest.fixture
def shared_path(study_path: Path) -> Path:
    """A study in a folder with a long name that is open to others, which is said in the banner of the window."""
    folder = study_path.parent / "ward 3 – studies of the department of surgery, shared with the ward's other nurses"
    folder.mkdir()
    folder.chmod(0o755)
    return Path(shutil.move(study_path, folder / study_path.name))


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
@pytest.mark.parametrize("size", [SMALLEST, LAPTOP], ids=str)
def test_a_long_banner_forces_and_hides_nothing(make_nurse: Make, shared_path: Path, size: tuple[int, int]) -> None:
    nurse = make_nurse(shared_path, width=size[0], height=size[1])
    nurse.wait_for_today()
    nurse.window.set_look("light", 2.0)
    nurse.window.resize(*size)
    nurse.settle()
    banner = nurse.window.banner
    wrong = []
    for page in PAGES[1:]:
        show(nurse, page)
        wrong += lasting_faults(nurse, page)
    assert wrong == []
    assert (nurse.window.width(), nurse.window.height()) == size
    assert banner.isVisible()
    assert "look into the folder" in banner.accessibleName()
    assert banner.height() <= size[1] // 3
    assert reads_completely(banner)
    nurse.click(banner._close)
    nurse.window.go("today")
    fields = {"visit": "SP-C01", "text": "came by bus"}
    nurse.change(lambda study: record.change(study, "LI-001", "note", fields, MORNING.date()), "LI-001")
    assert not banner.isVisible(), "what was read is not said again after each change"


def reads_completely(banner: Banner) -> bool:
    """Whether every line of the message can be scrolled to."""
    area = banner._scrolled
    return banner.text.height() <= area.viewport().height() + area.verticalScrollBar().maximum()


def faults(nurse: Nurse, page: str) -> list[str]:
    """Return what is wrong with the page on the screen."""
    window = nurse.window
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    forced = [f"{page} forces {least.toTuple()}"] if least.width() > 911 or least.height() > 512 else []
    cut = [f"{page} cuts {one.text()!r}" for one in window.findChildren(QLabel) if is_cut(one)]
    squeezed = [f"{page} cuts the button {one.text()}" for one in window.findChildren(QPushButton) if is_squeezed(one)]
    outside = [
        f"{page}: {type(one).__name__} at {placed(one).getRect()}"
        for one in window.findChildren(QWidget)
        if one.isVisible() and one.window() is window and lies_outside(one)
    ]
    return [*forced, *cut, *squeezed, *outside]


def is_cut(label: QLabel) -> bool:
    """Whether somebody would miss a part of the text."""
    if not label.isVisible() or not label.text() or label.visibleRegion().isEmpty():
        return False
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    needed = max(label.fontMetrics().horizontalAdvance(line) for line in label.text().splitlines() or [""])
    if isinstance(label, Elided):
        return needed > room.width() and not (label.toolTip() and label.accessibleName() == label.text())
    return needed > room.width() or label.fontMetrics().height() > room.height() + 1


def is_squeezed(button: QPushButton) -> bool:
    return button.isVisible() and bool(button.text()) and button.sizeHint().width() > button.width() + 1


def lies_outside(widget: QWidget) -> bool:
    return not is_scrolled(widget) and not widget.window().rect().contains(placed(widget))


def placed(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), widget.rect().topLeft()), widget.size())


def is_scrolled(widget: QWidget) -> bool:
    """Whether it can be scrolled into sight."""
    over = widget.parentWidget()
    while over is not None:
        above = over.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is over:
            return True
        over = above
    return False


def test_a_text_that_is_cut_is_found(reader: Nurse) -> None:
    label = QLabel("a text that needs some room", reader.window)
    label.show()
    label.resize(20, 20)
    assert is_cut(label)
    label.adjustSize()
    assert not is_cut(label)
    label.setWordWrap(True)
    label.resize(60, 12)
    assert is_cut(label)
    label.hide()
    label.deleteLater()
