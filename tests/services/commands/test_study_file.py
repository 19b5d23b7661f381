"""Where a study file lies, and what happens by itself when it is opened and closed."""

from datetime import date
from pathlib import Path

import pytest

from app import paths
from app.services.commands import study_file
from tests.services.ward import nurse, refused

TODAY = date(2026, 11, 23)


def test_the_default_file_lies_in_the_users_own_data_folder() -> None:
    assert paths.default_study().parent == paths.data_dir()
    assert paths.default_study().suffix == ".studyday"


@pytest.mark.parametrize(
    "folder",
    ["OneDrive", "OneDrive - Region Östergötland", "Dropbox", "Google Drive", "iCloud Drive", "Nextcloud/work"],
)
def test_a_new_study_in_a_synchronised_folder_is_refused_unless_it_is_meant(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "study.studyday"
    found = refused("doubtful_place", study_file.new, path, nurse(), TODAY)
    assert str(found.values["folder"]) in folder
    assert not path.parent.exists()
    study_file.new(path, nurse(), TODAY, anywhere=True).close()
    assert path.is_file()


@pytest.mark.parametrize(
    ("path", "doubtful"),
    [("/srv/share/a", "/srv/share"), ("/srv/my files/a", "/srv/my files"), ("/srv/other/a", ""), ("/home/a", "")],
)
def test_a_network_drive_is_known_by_its_file_system(tmp_path: Path, path: str, doubtful: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nhost:/x /srv/share nfs4 rw 0 0\n//host/y /srv/my\\040files cifs rw 0 0\n", "utf-8"
    )
    assert study_file._network(Path(path), mounts) == doubtful


def test_without_a_list_of_mounts_every_folder_will_do(tmp_path: Path) -> None:
    assert study_file._network(tmp_path, tmp_path / "none") == ""
