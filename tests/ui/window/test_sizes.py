"""On small screens, with large text, in both themes: no word is cut, and nothing lies outside the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QPushButton, QWidget

from app.ui.widgets.text import Elided
from tests.ui.window.nurse import Nurse

SMALLEST, LAPTOP = (911, 512), (1366, 768)
LOOKS = [(SMALLEST, 1.0, "light"), (SMALLEST, 2.0, "dark"), (LAPTOP, 1.0, "dark"), (LAPTOP, 2.0, "light")]
PAGES = ("start", "today", "participants", "participant", "enrol")
MOST_LOOKS = 20


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
    """On each page in that size and look, with everything wrong with any of them told at once."""
    wrong = []
    for page in PAGES:
        show(sized, page)
        found = faults(sized, page)
        for _again in range(MOST_LOOKS):
            if not found:
                break
            # A form that was just made is laid out in the next turns of the event loop.
            QTest.qWait(50)
            found = faults(sized, page)
        wrong += found
    assert wrong == []


def faults(nurse: Nurse, page: str) -> list[str]:
    """What is wrong with the page as it stands on the screen."""
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


def test_the_reckoning_finds_what_is_cut(reader: Nurse) -> None:
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


def test_the_pages_names_give_way_to_their_icons_in_a_narrow_window(reader: Nurse) -> None:
    button = reader.window.side_bar.buttons["participants"]
    reader.window.resize(1366, 768)
    reader.settle()
    wide = reader.window.side_bar.width()
    assert button.text() == "Participants"
    reader.window.resize(911, 512)
    reader.settle()
    assert button.text() == ""
    assert button.accessibleName() == "Participants, 10"
    assert "Participants" in button.toolTip()
    assert reader.window.side_bar.width() < wide / 2


def test_the_commands_for_the_text_size_stop_at_their_ends(reader: Nurse) -> None:
    sizes = []
    for _step in range(6):
        reader.window.commanded.emit("larger")
        sizes.append(reader.window.preferences.text_scale)
    assert sizes == [1.15, 1.3, 1.5, 1.75, 2.0, 2.0]
    reader.window.commanded.emit("smaller")
    assert reader.window.preferences.text_scale == 1.75
    reader.window.commanded.emit("usual")
    assert reader.window.preferences.text_scale == 1.0
    reader.window.commanded.emit("smaller")
    assert reader.window.preferences.text_scale == 1.0
