"""Preferences that somebody has damaged are as none, and those that were set are there the next time."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings

from app.ui.shell.preferences import Preferences

GARBAGE = ("", "null", "@Invalid()", "1 2 3", "1 2 3 four", "1,2,3,4", "\\x0", "-", "9" * 60, "1e999", "nan", "inf")


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_in_the_file_of_preferences_is_as_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "desktop.ini"
    lines = [f"{name}={text}" for name in ("look", "text_scale", "place", "maximized", "by_participant")]
    path.write_text("[General]\n" + "\n".join(lines) + "\n", "utf-8")
    found = Preferences(path)
    assert found.look == "system"
    assert found.text_scale in (1.0, 2.0)
    assert found.geometry is None
    assert found.maximized is False
    assert found.by_participant is False


def test_a_place_beyond_all_numbers_is_none(tmp_path: Path) -> None:
    path = tmp_path / "desktop.ini"
    path.write_text(f"[General]\nplace={'9' * 30} 0 100 100\n", "utf-8")
    assert Preferences(path).geometry is None


@pytest.mark.parametrize("content", [b"\x00\xff\xfe" * 40, b"[[[[\n====\n", b"[General]\nplace"])
def test_a_damaged_file_of_preferences(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desktop.ini"
    path.write_bytes(content)
    found = Preferences(path)
    assert (found.look, found.text_scale, found.geometry, found.study) == ("system", 1.0, None, None)


def test_what_is_preferred_is_there_the_next_time(tmp_path: Path) -> None:
    first = Preferences(tmp_path / "desktop.ini")
    first.by_participant = True
    first.look, first.text_scale, first.study = "dark", 1.5, tmp_path / "ä, b.studyday"
    first.geometry, first.maximized = QRect(-3, 40, 900, 600), True
    del first
    found = Preferences(tmp_path / "desktop.ini")
    assert (found.look, found.text_scale, found.dark) == ("dark", 1.5, True)
    assert (found.study, found.geometry, found.maximized) == (tmp_path / "ä, b.studyday", QRect(-3, 40, 900, 600), True)
    assert found.by_participant


def test_preferences_that_cannot_be_written_are_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = Preferences(tmp_path / "file" / "desktop.ini")
    found.look = "dark"
    assert found.look == "dark"


def test_what_a_newer_version_has_set_is_kept_by_an_older_one(tmp_path: Path) -> None:
    """Upgraded, taken back for a day, and upgraded again: nothing that was set is lost."""
    path = tmp_path / "desktop.ini"
    path.write_text(
        "[General]\nlook=sepia\nlanguage=sv\nplace=1 2 300 400 5\ntext_scale=1.3\n\n[columns]\ntoday=1, 2, 3\n", "utf-8"
    )
    older = Preferences(path)
    assert (older.look, older.text_scale, older.geometry) == ("system", 1.3, None)
    older.study, older.maximized = tmp_path / "b.studyday", True
    del older
    newer = QSettings(str(path), QSettings.Format.IniFormat)
    kept = {name: newer.value(name) for name in newer.allKeys()}
    assert kept == {
        "look": "sepia", "language": "sv", "place": "1 2 300 400 5", "text_scale": "1.3",
        "columns/today": ["1", "2", "3"], "study": str(tmp_path / "b.studyday"), "maximized": "yes",
    }  # fmt: skip


def test_settings_of_the_first_version_are_read(tmp_path: Path) -> None:
    path = tmp_path / "desktop.ini"
    path.write_text(
        "[General]\nlook=dark\ntext_scale=1.5\nstudy=/srv/a.studyday\nplace=10 20 900 600\nmaximized=no\n", "utf-8"
    )
    found = Preferences(path)
    assert (found.look, found.text_scale, found.study) == ("dark", 1.5, Path("/srv/a.studyday"))
    assert (found.geometry, found.maximized) == (QRect(10, 20, 900, 600), False)
