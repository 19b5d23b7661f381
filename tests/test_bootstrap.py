"""The machine as the program sees it, the log, and the report of a bug."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import bootstrap, paths
from app.domain.refusal import Refused

MOMENT = datetime(2026, 11, 23, 6, 45, 1, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for the log and the reports, and a clock that stands still."""
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(bootstrap, "now", lambda: MOMENT)
    return tmp_path / "state"


@pytest.mark.parametrize(("named", "zone"), [("Asia/Shanghai", "Asia/Shanghai"), (":UTC", "UTC")])
def test_the_zone_is_the_one_that_the_computer_names(named: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", named)
    found = bootstrap.environment()
    assert (found.zone, found.clock()) == (zone, MOMENT)


def test_a_user_without_a_name_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert bootstrap.environment().who == "unknown"


@pytest.mark.parametrize(
    ("given", "minutes"), [("0", 0), ("5", 5), ("1440", 1440), ("", 10), ("-1", 10), ("soon", 10), ("99999", 10)]
)
def test_the_minutes_between_backups_are_set_by_the_environment(
    given: str, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYDAY_BACKUP_MINUTES", given)
    assert bootstrap.environment().backup_minutes == minutes
    monkeypatch.delenv("STUDYDAY_BACKUP_MINUTES")
    assert bootstrap.environment().backup_minutes == 10


def test_without_a_display_no_window_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(Refused, match="no_display"):
        bootstrap.desktop(bootstrap.environment(), bootstrap.log, None, False, None)


def test_the_log_has_a_line_for_each_event_with_its_moment(state: Path) -> None:
    bootstrap.log("command", command="note", exit=0)
    bootstrap.log("desktop", exit=2)
    lines = [json.loads(line) for line in (state / "studyday.log").read_text("utf-8").splitlines()]
    assert lines == [
        {"at": "2026-11-23T06:45:01+00:00", "event": "command", "command": "note", "exit": 0},
        {"at": "2026-11-23T06:45:01+00:00", "event": "desktop", "exit": 2},
    ]


def test_a_log_that_cannot_be_written_is_no_error(state: Path) -> None:
    state.write_text("a file where the folder should be")
    bootstrap.log("command")
    assert state.read_text() == "a file where the folder should be"


def test_a_report_names_places_and_no_values(state: Path) -> None:
    try:
        raise KeyError("LI-001")
    except KeyError as bug:
        path = bootstrap.report_bug(bug)
    text = path.read_text("utf-8")
    assert path.parent == state
    assert text.startswith("Studyday made a mistake. ")
    assert text.index("Please send this file") < text.index("For the developers:") < text.index("KeyError")
    assert "test_bootstrap.py:" in text
    assert "LI-001" not in text


def test_a_report_goes_to_the_temporary_folder_where_the_users_cannot_be_written(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.write_text("a file where the folder should be")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    assert bootstrap.report_bug(ValueError()).parent == tmp_path / "temporary"


STUDY = b"SQLite format 3\x00" + bytes(4080)


def test_the_report_of_a_bug_replaces_no_file(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    first = bootstrap.report_bug(RuntimeError())
    first.write_bytes(STUDY)
    second = bootstrap.report_bug(RuntimeError())
    assert (first.parent, second.parent) == (state, tmp_path / "temporary")
    assert first.read_bytes() == STUDY
    assert "RuntimeError" in second.read_text("utf-8").splitlines()
