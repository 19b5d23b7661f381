"""The machine as the program sees it, the log, and the report of a bug."""

import json
import os
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


def test_the_log_has_a_line_for_each_event_and_is_put_aside_when_it_is_long(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "LARGEST_LOG", 50)
    bootstrap.log("command", command="note", exit=0)
    bootstrap.log("command", command="undo", exit=2)
    old, new = (state / "studyday.log.1").read_text("utf-8"), (state / "studyday.log").read_text("utf-8")
    assert json.loads(old) == {"at": "2026-11-23T06:45:01+00:00", "event": "command", "command": "note", "exit": 0}
    assert json.loads(new)["command"] == "undo"


def test_a_log_that_cannot_be_written_is_no_error(state: Path) -> None:
    state.write_text("a file where the folder should be")
    bootstrap.log("command")


def test_a_report_names_places_and_no_values(state: Path) -> None:
    try:
        raise KeyError("LI-001")
    except KeyError as bug:
        path = bootstrap.report_bug(bug)
    text = path.read_text("utf-8")
    assert path.parent == state
    assert "KeyError" in text
    assert "test_bootstrap.py:" in text
    assert "LI-001" not in text


def test_a_report_goes_to_the_temporary_folder_where_the_users_cannot_be_written(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.write_text("a file where the folder should be")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    assert bootstrap.report_bug(ValueError()).parent == tmp_path / "temporary"


STUDY = b"SQLite format 3\x00" + bytes(4080)


def test_a_log_is_never_added_to_another_file(state: Path) -> None:
    state.mkdir()
    study = state / "s.studyday"
    study.write_bytes(STUDY)
    os.link(study, state / "studyday.log")
    bootstrap.log("command")
    assert study.read_bytes() == STUDY


@pytest.mark.skipif(os.name == "nt", reason="no such pipes")
def test_a_pipe_in_the_place_of_the_log_does_not_stop_the_work(state: Path) -> None:
    state.mkdir()
    os.mkfifo(state / "studyday.log")
    bootstrap.log("command")
    assert [path.name for path in state.iterdir()] == ["studyday.log"]


def test_a_log_is_not_put_aside_over_another_file(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "LARGEST_LOG", 50)
    bootstrap.log("command", command="note", exit=0)
    (state / "studyday.log.1").write_bytes(STUDY)
    bootstrap.log("command", command="undo", exit=2)
    assert (state / "studyday.log.1").read_bytes() == STUDY
    assert len((state / "studyday.log").read_text("utf-8").splitlines()) == 1


def test_the_report_of_a_bug_replaces_no_file(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    first = bootstrap.report_bug(RuntimeError())
    first.write_bytes(STUDY)
    second = bootstrap.report_bug(RuntimeError())
    assert (first.parent, second.parent) == (state, tmp_path / "temporary")
    assert first.read_bytes() == STUDY
    assert second.read_text("utf-8").splitlines()[1] == "RuntimeError"
