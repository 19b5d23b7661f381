"""A nurse's morning with the real program on a display: keys and clicks, and what the file says of it afterwards."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.end2end.journey import display as displays
from tests.end2end.journey.display import Display, display
from tests.end2end.journey.program import Home, Program, facts, until
from tests.end2end.journey.ward import TODAY, make_ward

LONGEST_STALL_MS = 200
"""Counted is the time that the program itself used meanwhile: a busy computer is not its fault."""


@pytest.fixture(scope="module", autouse=True)
def programs() -> None:
    """A developer may be without a display server; a machine that checks everything may not."""
    absent = displays.missing()
    if absent and os.environ.get("CI") == "true":
        pytest.fail(f"missing for the journey: {', '.join(absent)}; packaging/setup installs them")
    if absent:
        pytest.skip(f"missing: {', '.join(absent)}")


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Display]:
    """A display for all of them; its pictures are kept where STUDYDAY_JOURNEY_OUT says."""
    asked = os.environ.get("STUDYDAY_JOURNEY_OUT", "")
    with display(Path(asked) if asked else tmp_path_factory.mktemp("pictures")) as found:
        yield found


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study as it is before the morning."""
    path = tmp_path_factory.mktemp("ward") / "ward.studyday"
    make_ward(path)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def study(home: Home, ward: Path) -> Path:
    """A copy of the study for one test."""
    return Path(shutil.copy(ward, home.folder / "ward.studyday"))


@contextmanager
def opened(home: Home, screen: Display, study: Path) -> Iterator[Program]:
    """The program with its first list filled and the keyboard in it."""
    program = Program(home, screen, study, TODAY.isoformat())
    try:
        program.wait_for("TodayPage", least=5)
        program.focus("Studyday")
        yield program
    finally:
        program.kill()


def in_dialog(program: Program, title: str, work: Callable[[], object]) -> None:
    """Work in the dialog that comes, save it, and wait until the page is back."""
    page = before_dialog(program, title)
    work()
    program.picture(title.lower())
    program.keys("ctrl+Return")
    program.wait_for(page)
    program.focus("Studyday")


def before_dialog(program: Program, title: str) -> str:
    """Wait for a dialog; the page under it."""
    page = [str(line["shown"]) for line in program.lines() if "ms" not in line and "Page" in str(line["shown"])][-1]
    program.wait_for("ChangeDialog")
    program.focus(f"{title} –")
    return page.partition(" ")[0]


def fill(program: Program, *fields: str) -> None:
    """Type into one field after another; keys in angle brackets are pressed."""
    for field in fields:
        if field.startswith("<"):
            program.keys(*field.strip("<>").split())
        else:
            program.keys("ctrl+a")
            program.type(field)


def new_facts(home: Home, study: Path, before: int) -> list[tuple[str, Any, Any, bool]]:
    """The kind of each fact since then, its visit, its day, and whether it stands."""
    found = [(one["kind"], one["fields"], one["stands"]) for one in facts(home, study)[before:]]
    return [(kind, has.get("visit"), has.get("on") or has.get("to"), stands) for kind, has, stands in found]


def stalls_of(program: Program) -> list[dict[str, Any]]:
    """The long ones since the first list was filled."""
    lines = program.lines()
    filled = next(
        number for number, line in enumerate(lines) if str(line["shown"]) > "TodayPage 0" and "ms" not in line
    )
    return [line for line in lines[filled + 1 :] if line.get("ms", 0) > LONGEST_STALL_MS]


@dataclass(frozen=True)
class Morning:
    """What was left of a morning: the exit code, what was printed, the long stalls, and the facts that came."""

    code: int
    errors: str
    stalls: list[dict[str, Any]]
    facts: list[tuple[str, Any, Any, bool]]
    verified: int


@pytest.fixture(scope="module")
def morning(screen: Display, ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Morning:
    """A nurse records, takes back, does again, books, moves, enrols, finds, looks up the keys and goes home."""
    home = Home(tmp_path_factory.mktemp("morning") / "home")
    study = Path(shutil.copy(ward, home.folder / "ward.studyday"))
    before = len(facts(home, study))
    with opened(home, screen, study) as program:
        program.picture("today")
        _record(program)
        _arrange(program)
        _enrol(program)
        _look_up(program)
        code, errors, stalls = program.quit(), program.errors(), stalls_of(program)
    return Morning(
        code, errors, stalls, new_facts(home, study, before), home.run("-f", str(study), "verify").returncode
    )


def _record(program: Program) -> None:
    """Today's first visit, taken back and done again."""
    rows = int(program.shown().partition(" ")[2])
    program.keys("Down", "Up", "Return")
    in_dialog(program, "Mark done", lambda: fill(program, "t"))
    program.picture("recorded")
    program.keys("ctrl+z")
    program.wait_for("TodayPage", least=rows)
    program.picture("undone")
    program.keys("ctrl+y")
    program.wait_for("TodayPage", least=5)
    program.picture("done again")


def _arrange(program: Program) -> None:
    """The other first dose: booked, then moved with all that follows, but for one visit that is held."""
    program.keys("o")
    program.wait_for("ParticipantPage", least=60)
    program.picture("participant")
    program.keys("b")
    in_dialog(program, "Book", lambda: fill(program, "<Tab>", "27 nov", "<Tab>", "9:30"))
    program.picture("booked")
    program.keys("m")
    in_dialog(program, "Move", lambda: fill(program, "1 dec", "<Tab>", "no chair free", "<Tab Down Down space>"))
    program.picture("moved")


def _enrol(program: Program) -> None:
    program.keys("ctrl+e")
    program.wait_for("EnrolmentPage")
    fill(program, "LI-004", "<Tab Tab>", "SE", "<Tab>")
    program.type("mFO")
    program.keys("ctrl+Return")
    program.keys("ctrl+Return")
    program.keys("ctrl+Return")
    program.picture("to be enrolled")
    program.keys("ctrl+s")
    program.wait_for("ParticipantPage", least=60)
    program.picture("enrolled")


def _look_up(program: Program) -> None:
    program.keys("ctrl+k")
    program.type("li2")
    program.picture("found")
    program.keys("Return")
    program.wait_for("ParticipantPage", least=60)
    program.keys("F1")
    program.wait_for("KeysDialog")
    program.focus("Keys")
    program.picture("keys")
    program.keys("Escape")
    program.wait_for("ParticipantPage")


@pytest.mark.slow
def test_a_morning_ends_well_and_prints_nothing(morning: Morning) -> None:
    assert (morning.code, morning.errors, morning.verified) == (0, "", 0)


@pytest.mark.slow
def test_the_file_has_exactly_what_was_done(morning: Morning) -> None:
    """The correction that took the visit back was itself taken back."""
    today = TODAY.isoformat()
    assert morning.facts == [
        ("performed", "SP-C01", today, True),
        ("correction", None, None, False),
        ("correction", None, None, True),
        ("booked", "SP-C01", "2026-11-27", True),
        ("moved", "SP-C01", "2026-12-01", True),
        ("moved", "SP-C04#2.1", "2026-12-10", True),
        ("enrolled", None, today, True),
    ]


@pytest.mark.slow
def test_the_window_always_answers(morning: Morning) -> None:
    """Told of a machine that does nothing else: how long something takes is no matter of the usual run."""
    long = [one for one in morning.stalls if one["cpu"] > LONGEST_STALL_MS]
    assert not long, "\n".join(map(_stall_text, long))


def _stall_text(stall: dict[str, Any]) -> str:
    places = [" < ".join(reversed(one.get("MainThread", [])[-6:])) for one in stall["where"]]
    return "\n    ".join([f"{stall['ms']} ms, of which {stall['cpu']} ms of work, on {stall['shown']}", *places])


def test_a_second_start_brings_the_first_to_the_front(home: Home, screen: Display, study: Path) -> None:
    with opened(home, screen, study) as program, _in_front(program):
        covered = program.picture("covered")
        other_name = study.with_name("other name.studyday")
        os.link(study, other_name)
        again = program.again(other_name)
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
        program.rest()
        assert covered.read_bytes() != program.picture("in front").read_bytes()
        assert program.shown().startswith("TodayPage")
        assert program.quit() == 0
        assert program.errors() == ""


@contextmanager
def _in_front(program: Program) -> Iterator[None]:
    """Another program's window over everything."""
    code = (
        "import sys\nfrom PySide6.QtWidgets import QApplication, QLabel\n"
        "app = QApplication([])\nlabel = QLabel('Another program')\nlabel.setGeometry(0, 0, 1366, 768)\n"
        "label.setWindowTitle('Another program')\nlabel.show()\napp.exec()\n"
    )
    other = subprocess.Popen([sys.executable, "-c", code], env=program.environment)
    try:
        until(lambda: program.windows("Another program"), "another program")
        program.xdotool("windowraise", program.windows("Another program")[0])
        program.rest()
        yield
    finally:
        other.terminate()
        other.wait()


def test_without_a_display_it_says_so(home: Home, study: Path) -> None:
    done = home.run("-f", str(study))
    assert done.returncode == 2
    assert "display" in done.stderr


def test_after_a_kill_it_starts_again(home: Home, screen: Display, study: Path) -> None:
    """Ended with kill -9 while a dialog is open and after something was saved."""
    before = len(facts(home, study))
    with opened(home, screen, study) as program:
        program.keys("Return")
        in_dialog(program, "Mark done", lambda: fill(program, "t"))
        program.keys("Return")
        before_dialog(program, "Mark done")
        program.type("2")
        program.kill()
    ended, closed = (home.run("-f", str(study), "participants") for _time in range(2))
    said = ended.stderr.splitlines()
    assert len(said) == 2, said
    assert "the window of Studyday ended without being closed" in said[0]
    assert "All that was saved is there" in said[1]
    assert closed.stderr == ""
    with opened(home, screen, study) as program:
        program.picture("after a kill")
        assert program.quit() == 0
        assert program.errors() == ""
    assert new_facts(home, study, before) == [("performed", "SP-C01", TODAY.isoformat(), True)]
    assert home.run("-f", str(study), "verify").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(6))
def test_a_kill_at_any_moment_loses_nothing_that_was_saved(turn: int, home: Home, screen: Display, study: Path) -> None:
    """The kill comes at another moment of saving each time."""
    before = len(facts(home, study))
    with opened(home, screen, study) as program:
        program.keys("Return")
        before_dialog(program, "Mark done")
        program.xdotool("key", "ctrl+Return")
        program.xdotool("sleep", str(turn * 0.02))
        program.kill()
    assert home.run("-f", str(study), "verify").returncode == 0
    assert new_facts(home, study, before) in ([], [("performed", "SP-C01", TODAY.isoformat(), True)])
