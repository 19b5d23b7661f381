"""A real calendar and a timeline that shows it."""

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.queries.rehearsal import Rehearsal
from app.ui.style import theme
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline import stories
from tests.ui.timeline.stories import BOOKED, mark_at


@pytest.fixture(scope="session")
def story() -> Rehearsal:
    """A participant of the shipped example, in preoperative chemotherapy."""
    return stories.example()


@pytest.fixture(autouse=True)
def colours(qapp: QApplication) -> Iterator[None]:
    """Light colours and plain text size, whatever a test before left behind."""
    theme.apply(qapp, dark=False)
    yield
    theme.apply(qapp, dark=False)


@pytest.fixture
def timeline(qtbot: QtBot, story: Rehearsal) -> Timeline:
    """The timeline as it stands on a participant's page, with the focus."""
    found = stories.shown(qtbot)
    stories.show(found, story)
    found.activateWindow()
    found.setFocus()
    qtbot.waitUntil(found.hasFocus)
    return found


@pytest.fixture
def wide(timeline: Timeline) -> Timeline:
    """Days of a width that the mouse can hit."""
    timeline.select(BOOKED)
    for _ in range(3):
        timeline.zoom_at(1.4, mark_at(timeline, BOOKED).x())
    timeline.select(BOOKED)
    return timeline
