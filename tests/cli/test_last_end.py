"""What a command says first after the window has ended without being closed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli.last_end import tell_of_unclean_end
from app.services.study.environment import Environment

MOMENT = datetime(2026, 11, 27, 17, 5, tzinfo=UTC)
NURSE = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: MOMENT)
MARK = "studyday 0.1.0, Python 3.11.7, linux, started 2026-11-27T08:00:00+00:00\n"
SAID = (
    "studyday: The last time, the window of Studyday ended without being closed. All that was saved is in the study; "
    "what was typed and not saved is lost."
)


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("app.paths.state_dir", lambda: tmp_path)
    return tmp_path


def test_it_is_said_once_in_one_line(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        (state / f"studyday-run-20261127-080000-00000{number}.txt").write_text(MARK)
    tell_of_unclean_end(NURSE)
    assert capsys.readouterr() == ("", f"{SAID}\n")
    tell_of_unclean_end(NURSE)
    assert capsys.readouterr() == ("", "")


def test_the_report_is_named(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (state / "studyday-run-20261127-080000-000000.txt").write_text(f"{MARK}Fatal Python error: Aborted\n")
    tell_of_unclean_end(NURSE)
    (report,) = state.iterdir()
    assert capsys.readouterr().err == f"{SAID} There is a report of it that you can send. {report}\n"
