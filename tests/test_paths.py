"""The folders of the program's own files."""

from pathlib import Path

import pytest

from app import paths


def test_the_shipped_files_are_there() -> None:
    assert (paths.resources() / "protocols" / "scanpan.yaml").is_file()


def test_an_installed_program_finds_them_inside_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "_APP", tmp_path / "app")
    assert paths.resources() == tmp_path / "resources"
    (tmp_path / "app" / "resources").mkdir(parents=True)
    assert paths.resources() == tmp_path / "app" / "resources"


@pytest.mark.skipif("sys.platform != 'linux'", reason="the folders of other systems follow no variables")
@pytest.mark.parametrize("name", ["cache", "state", "data", "config"])
def test_each_folder_is_the_users_own(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    found: Path = getattr(paths, f"{name}_dir")()
    assert found == tmp_path / name / "studyday"
    assert not found.exists()
