"""Where a study file lies, and what happens by itself when it is opened and closed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app import paths
from app.domain.facts.chain_head import Broken
from app.services.commands import study_file
from app.services.commands.verify import repair_cached_visits, verify
from app.services.study.environment import Environment
from app.storage.sqlite import backups
from app.storage.sqlite.backups import backups_of
from tests.services.ward import Ward, refused

TODAY = date(2026, 11, 23)


def nurse(at: datetime = datetime(2026, 11, 23, 6, 45, tzinfo=UTC)) -> Environment:
    """A nurse at that moment."""
    return Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: at)


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


def test_the_first_opening_of_a_day_makes_a_backup_and_the_second_none(tmp_path: Path) -> None:
    path = tmp_path / "study.studyday"
    study_file.new(path, nurse(), TODAY).close()
    for hour in (7, 9):
        with study_file.session(path, nurse(datetime(2026, 11, 24, hour, tzinfo=UTC)), TODAY):
            pass
    assert [(one.at.day, one.at.hour, one.seq) for one in backups_of(path)] == [(24, 7, 1)]


def test_closing_backs_up_what_has_changed(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.study.close()
    with study_file.session(ward.path, ward.environment, ward.today) as study:
        ward.study = study
        ward.enrol()
        head = study.head()
    newest = backups_of(ward.path)[-1]
    note = backups.read_note(newest.path)
    assert note is not None
    assert (note.seq, note.digest) == (head.seq, head.digest.hex())
    with study_file.session(ward.path, ward.environment, ward.today):
        pass
    assert backups_of(ward.path)[-1] == newest


def test_a_backup_that_cannot_be_made_hinders_nobody(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.study.close()
    backups.folder_of(ward.path).write_text("a file where the folder should be", "utf-8")
    with study_file.session(ward.path, ward.environment, ward.today) as study:
        ward.study = study
        ward.enrol()
    assert [notice.kind for notice in study.notices] == ["unwritable", "unwritable"]
    with study_file.session(ward.path, ward.environment, ward.today) as study:
        assert list(study.subjects()) == ["LI-001"]


def test_verify_knows_a_printed_head(ward: Ward) -> None:
    head = str(ward.study.head())
    ward.do("note", text="later")
    assert verify(ward.study, head).broken is None
    number, _, digits = head.partition(" · ")
    wrong = f"{number} " + digits.replace(" ", "")[::-1]
    found = verify(ward.study, wrong)
    assert found.broken == Broken(int(number), "other_chain")
    ahead = verify(ward.study, f"{int(number) + 50} {digits}")
    assert ahead.broken is not None
    assert ahead.broken.what == "cut_off"
    refused("head_form", verify, ward.study, "no head")


def test_a_derived_visit_that_was_edited_is_found_and_made_anew(ward: Ward) -> None:
    assert not repair_cached_visits(ward.study, ward.today)
    ward.sqlite.connection.exec_driver_sql("UPDATE visit SET assumed = '2026-12-31' WHERE key = 'SP-C02#2'")
    assert repair_cached_visits(ward.study, ward.today)
    assert not repair_cached_visits(ward.study, ward.today)
    ward.check_cached_visits()


def test_today_follows_the_zone(ward: Ward) -> None:
    """Half past eleven in the evening in Stockholm is the next day in Shanghai."""
    late = nurse(datetime(2026, 11, 23, 22, 30, tzinfo=UTC))
    assert late.today() == date(2026, 11, 23)
    assert late.today("Asia/Shanghai") == date(2026, 11, 23) + timedelta(1)
    assert late.today("No/Where") == date(2026, 11, 23)
