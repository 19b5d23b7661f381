"""From “New participant” to the printed calendar within a minute: how many keys it takes, and that nobody waits.

After each key the window has only to answer what it was just asked; then the next field has the keyboard. The time of
each answer is printed by ``pytest -m slow -s tests/end2end/test_minute.py`` and never compared.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtWidgets import QApplication

from app.services.study.environment import Environment
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.pages.enrolment.page import EnrolmentPage
from app.ui.session.session import StudySession
from app.ui.shell.preferences import Preferences
from app.ui.style import theme
from tests.end2end import task_ward
from tests.end2end.hands import Hands
from tests.ui.conftest import MORNING, go_home, stand_before
from tests.ui.nurse import Nurse

MOST_KEYS = 12
"""In a study that has one protocol and one site; the first participant of a new study takes 21."""


@dataclass
class Minute:
    """The nurse at work, with the time of each answer."""

    nurse: Nurse
    hands: Hands = field(default_factory=Hands)
    waits: list[tuple[str, float]] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys, and let the window answer what it was asked."""
        for key in keys:
            self.hands.press(key)
            self._answered(key)

    def type(self, text: str) -> None:
        """Type a text into the field that has the keyboard."""
        self.hands.type(text)
        self._answered(text)

    def choose(self, letter: str) -> None:
        """Choose from the list that has the keyboard by the first letter of the answer."""
        self.hands.keys += 1
        self.hands.type_ahead(letter)
        self._answered(letter)

    def until(self, holds: Callable[[], object]) -> None:
        """Let the window go on until what the last key asked for is there; its time counts to that key."""
        begun = perf_counter()
        self.nurse.wait(holds)
        what, wait = self.waits.pop()
        self.waits.append((what, wait + perf_counter() - begun))

    def _answered(self, what: str) -> None:
        begun = perf_counter()
        # A first answer may ask for more, such as the preview of what was filled in.
        for _time in range(2):
            self.nurse.settle()
        QApplication.processEvents()
        self.waits.append((what, perf_counter() - begun))


@pytest.fixture
def minute(
    qapp: QApplication, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Minute]:
    """A nurse before the window with three participants, at Today."""
    for name in ("state_dir", "data_dir", "config_dir"):
        monkeypatch.setattr(f"app.paths.{name}", lambda name=name: tmp_path / "own" / name)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Documents").mkdir()
    theme.apply(qapp, dark=False)
    session = StudySession(Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: MORNING))
    preferences = Preferences(tmp_path / "desktop.ini")
    preferences.look = "light"
    nurse = stand_before(session, preferences, task_ward.make_ward(tmp_path_factory.mktemp("minute")))
    nurse.wait_for_today()
    yield Minute(nurse)
    go_home(nurse)
    session.end()
    session.deleteLater()


@pytest.mark.slow
def test_from_new_participant_to_the_printed_calendar_no_step_waits(minute: Minute) -> None:
    nurse = minute.nurse
    begun = perf_counter()
    minute.press("Ctrl+E")
    page = nurse.window.page("enrol")
    assert isinstance(page, EnrolmentPage)
    # The protocol of the study and its site are filled in.
    minute.until(lambda: page.form is not None and page.form.has_keyboard("code") and page.form.asks("regimen"))
    assert page.form is not None
    minute.type("LI-077")
    while not page.form.has_keyboard("regimen"):
        minute.press("Tab")
        assert minute.hands.keys < MOST_KEYS
    minute.choose("m")
    assert page.form.fields()["regimen"] == "MFFX"
    minute.press(*["Ctrl+Return"] * 4)
    minute.until(lambda: any(one.printout is not None for one in nurse.window.findChildren(PrintDialog)))
    minute.hands.save_file(lambda: minute.hands.press("Alt+P"), by_mouse=False)
    nurse.wait(nurse.no_dialog)
    nurse.settle()
    taken = perf_counter() - begun
    assert [one.text("code") for one in nurse.facts("enrolled")][-1] == "LI-077"
    assert nurse.facts("printed")[-1].text("what") == "calendar"
    assert minute.hands.clicks == 0
    assert minute.hands.keys <= MOST_KEYS
    print(f"\n{minute.hands.keys} keys; {taken:.1f} s of the machine in all")
    for what, wait in minute.waits:
        print(f"  {what:12} {wait * 1000:6.0f} ms")
