"""The log of stalls is added to a log of stalls, and to no other file."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.shell import stall_log


@pytest.fixture
def window(qapp: QApplication) -> QWidget:
    return QWidget()


@pytest.mark.parametrize("content", [b"SQLite format 3\x00" + bytes(4080), b'{"protocol": "scanpan"}', b"Dear Eva"])
def test_another_file_is_left_as_it_is_and_named(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "s.studyday"
    path.write_bytes(content)
    monkeypatch.setenv(stall_log.VARIABLE, str(path))
    assert stall_log.watch(window) is None
    assert path.read_bytes() == content
    assert capsys.readouterr().err == (
        f"studyday: STUDYDAY_STALLS: {path}: it is another file than a log. Name a new file.\n"
    )


def test_a_log_of_stalls_is_added_to(window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "stalls"
    path.write_text('{"at": 1.0, "shown": "TodayPage 4"}\n')
    monkeypatch.setenv(stall_log.VARIABLE, str(path))
    log = stall_log.watch(window)
    assert log is not None
    log.end()
    QApplication.instance().aboutToQuit.disconnect(log.end)  # type: ignore[union-attr]
    assert path.read_text().startswith('{"at": 1.0, "shown": "TodayPage 4"}\n')
