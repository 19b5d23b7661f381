"""Every command that writes, under a mask that hides nothing: what it makes is closed to others from the first byte.

After every call into C that can make a file, all files are looked at, so that none is open to others even for the time
between two statements.
"""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import pytest

from app import bootstrap
from app.cli.main import run
from app.services.study.environment import Environment
from tests.faults.client import ROOT
from tests.storage.study_files import tampering

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")

TODAY = "2026-11-23"
SITE = ("site", "Uppsala", "--country", "SE", "--zone", "Europe/Stockholm")
ENROL = ("enrol", "--code", "LI-001", "--on", TODAY, "--protocol", "scanpan", "--country", "SE", "--regimen", "MFFX")
PERSON = {"code": "LI-009", "enrolled_on": TODAY, "country": "SE", "regimen": "MFFX"}
STORY = {"protocol": "scanpan", "today": TODAY, "participant": PERSON, "facts": []}
MAKING = (
    "open",
    "mkdir",
    "link",
    "rename",
    "replace",
    "symlink",
    "backup",
    "execute",
    "executemany",
    "commit",
    "close",
    "setValue",
    "sync",
)
"""The calls into C after which a file may be there that was not."""


def moment() -> datetime:
    return datetime(2026, 11, 23, 9, tzinfo=UTC)


HERE = Environment("anna", "WARD-3", "Europe/Stockholm", moment)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home for everything, with a study of one participant, under a mask that takes nothing away."""
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "own" / name.lower()))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.json").write_text(json.dumps(STORY), "utf-8")
    (tmp_path / "story.json").chmod(0o600)
    before = os.umask(0)
    for words in (("new",), SITE, ENROL):
        assert give(*words) == 0
    yield tmp_path
    os.umask(before)


def give(*words: str, file: str = "study.studyday") -> int:
    return int(run(["-f", file, "--today", TODAY, *words], HERE, bootstrap.log))


def open_ones(folder: Path) -> set[str]:
    """The files and folders below that the group or everybody may use in any way, with their modes."""
    found = set()
    for path in folder.rglob("*"):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            continue
        if mode & 0o077 and not stat.S_ISLNK(mode):
            found.add(f"{path.relative_to(folder)} {stat.S_IMODE(mode):o}")
    return found


@contextmanager
def watched(folder: Path) -> Iterator[set[str]]:
    """Gather what is open to others after any call that may have made a file."""
    found: set[str] = set()
    looking = False

    def look(_frame: FrameType, event: str, called: object) -> None:
        nonlocal looking
        if event == "c_return" and getattr(called, "__name__", "") in MAKING and not looking:
            looking = True
            found.update(open_ones(folder))
            looking = False

    sys.setprofile(look)
    try:
        yield found
    finally:
        sys.setprofile(None)


def test_the_watch_sees_a_file_that_is_open_for_a_moment(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with watched(tmp_path) as found:
            handle = os.open(tmp_path / "a", os.O_CREAT | os.O_WRONLY, 0o644)
            os.fchmod(handle, 0o600)
            os.close(handle)
    finally:
        os.umask(before)
    assert found == {"a 644"}


IN_EVERY_RUN: tuple[tuple[str, ...], ...] = (
    ("note", "LI-001", "well"),
    ("backup", "--to", "disk/far"),
    ("agenda",),
    ("print", "sheet", "LI-001", "SP-P01", "-o", "sheet.pdf"),
)
IN_THE_NIGHT: tuple[tuple[str, ...], ...] = (
    ("closed", "add", "2026-12-24"),
    ("site", "Lund", "--country", "SE"),
    ("screen", "LI-002", "--on", TODAY, "--protocol", "scanpan", "--outcome", "pending"),
    ("enrol", "--code", "LI-003", "--on", TODAY, "--protocol", "scanpan", "--country", "SE", "--regimen", "MFFX"),
    ("undo",),
    ("backup",),
    ("verify",),
    ("print", "agenda", "--to", "2027-03-31", "-o", "agenda.pdf"),
    ("print", "calendar", "LI-001", "-o", "calendar.pdf"),
)


@pytest.mark.parametrize(
    "words",
    [*IN_EVERY_RUN, *(pytest.param(words, marks=pytest.mark.slow) for words in IN_THE_NIGHT)],
    ids=lambda words: " ".join(words),
)
def test_nothing_is_open_to_others_while_a_command_writes(home: Path, words: tuple[str, ...]) -> None:
    with watched(home) as found:
        assert give(*words) == 0
    assert found == set()
    assert open_ones(home) == set()


def test_nothing_is_open_to_others_while_a_study_is_made(home: Path) -> None:
    with watched(home) as found:
        assert give("new", file="deep/down/other.studyday") == 0
    assert found == set()
    assert (home / "deep/down/other.studyday").is_file()


def test_nothing_is_open_to_others_while_a_backup_is_restored(home: Path) -> None:
    with watched(home) as found:
        assert give("restore", "study.studyday", "again/again.studyday") == 0
    assert found == set()
    assert (home / "again/again.studyday").is_file()


@pytest.mark.parametrize("damaged", [False, True])
def test_nothing_is_open_to_others_while_a_study_is_rescued(home: Path, damaged: bool) -> None:
    if damaged:
        with tampering(home / "study.studyday") as connection:
            connection.execute("UPDATE fact SET who = 'somebody' WHERE kind = 'enrolled'")
    with watched(home) as found:
        assert give("rescue", "study.studyday", "again/rescued.studyday") == 0
    assert found == set()
    assert (home / "again/rescued.studyday").is_file()


WINDOW = """
import os, sys, time
from pathlib import Path
os.umask(0)
import app.private_files
app.private_files.set_mask()  # as the program does first of all
from tests.faults.test_file_modes import watched
from app.ui.shell.preferences import Preferences
home = Path(sys.argv[1])
with watched(home) as found:
    made = Preferences(home / "settings" / "desktop.ini")
    made.look = "dark"
    made.study = home / "s.studyday"
    made._settings.sync()
    made.text_scale = 1.5
    made._settings.sync()
print(sorted(found), sorted(str(one.relative_to(home)) for one in home.rglob("*")))
"""


def test_nothing_is_open_to_others_while_the_window_keeps_its_settings(tmp_path: Path) -> None:
    script = [sys.executable, "-c", WINDOW, str(tmp_path)]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "[] ['settings', 'settings/desktop.ini']\n", done.stderr
    assert stat.S_IMODE((tmp_path / "settings/desktop.ini").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "settings").stat().st_mode) == 0o700


def test_nothing_is_open_to_others_while_a_story_is_printed(home: Path) -> None:
    with watched(home) as found:
        assert int(run(["rehearse", "story.json", "--print", "sheets", "-o", "s.pdf"], HERE, bootstrap.log)) == 0
    assert found == set()
    assert (home / "s.pdf").is_file()


@pytest.mark.slow
def test_nothing_is_open_to_others_while_the_demo_study_is_made(home: Path) -> None:
    with watched(home) as found:
        assert int(run(["--today", TODAY, "demo", "shown/demo"], HERE, bootstrap.log)) == 0
    assert found == set()
    assert list((home / "shown/demo").glob("*.studyday"))


def test_a_report_of_a_bug_is_closed_to_others(home: Path) -> None:
    with watched(home) as found:
        path = bootstrap.report_bug(ValueError("x"))
    assert found == set()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_study_that_others_could_read_is_closed_to_them_and_that_is_said(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backups = home / "study-backups"
    for path in (home / "study.studyday", backups, *backups.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    capsys.readouterr()
    assert give("agenda") == 0
    assert f"Other users of this computer could read {home / 'study.studyday'}" in capsys.readouterr().err
    assert open_ones(home) == set()
    assert give("agenda") == 0
    assert capsys.readouterr().err == ""


def test_a_file_of_another_study_among_the_backups_keeps_its_mode(home: Path) -> None:
    other = home / "study-backups" / "letters.txt"
    other.write_text("")
    other.chmod(0o644)
    assert give("agenda") == 0
    assert stat.S_IMODE(other.stat().st_mode) == 0o644


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o705, 0o777])
def test_a_folder_that_is_open_to_others_is_named_once(
    home: Path, mode: int, capsys: pytest.CaptureFixture[str]
) -> None:
    home.chmod(mode)
    capsys.readouterr()
    assert give("agenda") == 0
    said = capsys.readouterr().err
    assert f"look into the folder {home}." in said
    assert "chmod go=" in said
    assert give("agenda") == 0
    assert capsys.readouterr().err == ""
    assert stat.S_IMODE(home.stat().st_mode) == mode


def test_a_new_study_in_an_open_folder_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "shared").mkdir(0o755)
    assert give("new", file="shared/s.studyday") == 0
    assert f"look into the folder {home / 'shared'}." in capsys.readouterr().err
