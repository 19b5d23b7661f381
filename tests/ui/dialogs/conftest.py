"""A study file made once, and a room with a copy of it for each test."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.session import proposal_jobs
from app.ui.session.session import StudySession
from app.ui.style import theme, tokens
from tests.services.ward import Ward
from tests.ui.conftest import Clock
from tests.ui.dialogs.room import Room

MakeRoom = Callable[..., Room]


@pytest.fixture(scope="session")
def study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """LI-001 of ScanPan and CJ-001 of NCT06873178, both only enrolled."""
    ward = Ward(tmp_path_factory.mktemp("dialogs"))
    ward.enrol()
    ward.enrol_cn()
    ward.rebuilt()
    ward.study.close()
    return ward.path


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    """Light colours and usual text; set again only where a test has changed them, as that takes long."""
    usual(qapp)
    yield
    usual(qapp)


def usual(qapp: QApplication) -> None:
    """Light colours and usual text."""
    if tokens.is_dark() or tokens.scale() != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, dark=False)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Previews are asked for at the last key, without the moment before it."""
    monkeypatch.setattr(proposal_jobs, "WAIT_MS", 5)


@pytest.fixture
def make_room(
    qtbot: QtBot, tmp_path: Path, study_file: Path, session: StudySession, clock: Clock
) -> Iterator[MakeRoom]:
    """Makes the room; `before`: what was recorded there, `today`: the day."""
    made: list[Room] = []

    def make(before: Callable[[Ward], object] | None = None, today: str = "", writing: bool = True) -> Room:
        ward = Ward(tmp_path, study_file)
        if today:
            ward.go_to(date.fromisoformat(today))
        if before is not None:
            before(ward)
        ward.study.close()
        clock.now = datetime.fromisoformat(f"{ward.today}T08:00:00+00:00")
        made.append(Room(qtbot, session, ward.path).open(writing))
        return made[-1]

    yield make
    for room in made:
        room.close()


@pytest.fixture
def room(make_room: MakeRoom) -> Room:
    """The room on Sun 20 Dec 2026."""
    return make_room()
