"""Where a study file lies, and what happens by itself when it is opened and closed."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app import paths
from app.services.commands import study_file
from app.services.commands.backup import back_up
from app.wording.file_warnings import file_warning_text
from app.wording.refusals import refusal_text
from tests.services.ward import Ward, nurse, refused
from tests.storage.study_files import PAGE, raw

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


_KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from app.services.commands import study_file
from tests.services.ward import nurse
study = study_file.open_file(Path(sys.argv[1]), nurse(), date(2026, 11, 23))
if sys.argv[2] == "changing":
    study.store.connection.execute("PRAGMA cache_size = 10")
    study.store.connection.execute("BEGIN IMMEDIATE")
    for number in range(200):
        study.store.remember(f"name {number}", "x" * 4000)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
@pytest.mark.parametrize(
    ("doing", "said"),
    [
        (
            "nothing",
            "The last time, the program ended before it had closed this study. All that was saved is there; there is "
            "nothing to do",
        ),
        (
            "changing",
            "The last time, the program ended while it was changing this study. The change was not finished and was "
            "taken back; all that was saved before is there. Look in the history for what you did last, and do it "
            "again if it is not there",
        ),
    ],
)
def test_the_next_opening_says_once_that_a_process_was_killed(tmp_path: Path, doing: str, said: str) -> None:
    path = tmp_path / "study.studyday"
    study_file.new(path, nurse(), TODAY).close()
    root = Path(__file__).resolve().parents[3]
    surroundings = {**os.environ, "PYTHONPATH": str(root), "HOME": str(tmp_path)}
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path), doing], env=surroundings, check=False)
    assert killed.returncode == -signal.SIGKILL
    folder = study_file.backups_folder(path)
    folder.mkdir(exist_ok=True)
    unfinished = folder / ".study-20261123T080000Z-1.studyday.part"
    unfinished.write_bytes(b"half a backup")
    of_another = folder / ".other-20261123T080000Z-1.studyday.part"
    of_another.write_bytes(b"half a backup")
    for expected in ([said], []):
        study = study_file.open_file(path, nurse(), TODAY)
        told = [file_warning_text(one) for one in study.warnings if one.kind in ("not_closed", "change_taken_back")]
        assert told == expected
        assert study.store.remembered("name 0") == ""
        assert (unfinished.exists(), of_another.exists()) == (False, True)
        study.close()


def test_nothing_is_said_of_a_study_that_was_closed(tmp_path: Path) -> None:
    path = tmp_path / "study.studyday"
    study_file.new(path, nurse(), TODAY).close()
    study = study_file.open_file(path, nurse(), TODAY)
    assert [one.kind for one in study.warnings if one.kind != "folder_open_to_others"] == []
    study.close()


def test_a_second_name_of_a_study_is_said_until_it_is_gone(tmp_path: Path) -> None:
    path, other = tmp_path / "study.studyday", tmp_path / "other.studyday"
    study_file.new(path, nurse(), TODAY).close()
    other.hardlink_to(path)
    for opened, said in ((path, ["second_name"]), (other, ["second_name"]), (other, [])):
        if not said:
            path.unlink()
        study = study_file.open_file(opened, nurse(), TODAY)
        assert [one.kind for one in study.warnings if one.kind == "second_name"] == said
        study.close()


def test_the_unfinished_name_of_a_new_study_is_no_second_one(tmp_path: Path) -> None:
    path = tmp_path / "study.studyday"
    study_file.new(path, nurse(), TODAY).close()
    (tmp_path / ".study.studyday.part").hardlink_to(path)
    study = study_file.open_file(path, nurse(), TODAY)
    assert "second_name" not in [one.kind for one in study.warnings]
    study.close()


@pytest.mark.parametrize("nameless", [".", "..", "/"])
def test_a_folder_without_a_name_is_no_study(tmp_path: Path, nameless: str) -> None:
    refused("not_a_study", study_file.open_file, Path(nameless), nurse(), TODAY)
    refused("nothing_to_read", study_file.rescue, Path(nameless), tmp_path / "new.studyday", nurse(), TODAY)


def test_a_study_whose_backups_could_have_no_name_is_not_begun(tmp_path: Path) -> None:
    made = tmp_path / "s.studyday"
    study_file.new(made, nurse(), TODAY).close()
    before = sorted(tmp_path.iterdir())
    long = tmp_path / ("s" * 220 + ".studyday")
    assert refused("name_too_long", study_file.new, long, nurse(), TODAY).values == {"path": str(long)}
    refused("name_too_long", study_file.restore, made, long, nurse(), TODAY)
    refused("name_too_long", study_file.rescue, made, long, nurse(), TODAY)
    assert sorted(tmp_path.iterdir()) == before


def test_a_backup_or_a_damaged_file_that_does_not_exist_is_refused_by_its_name(tmp_path: Path) -> None:
    there, new = tmp_path / "gone.studyday", tmp_path / "new.studyday"
    for made_of in (study_file.restore, study_file.rescue):
        found = refused("file_missing", made_of, there, new, nurse(), date(2026, 12, 1))
        assert found.values == {"path": str(there)}
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    "content", [b"", b"x" * 9000, b"SQLite format 3\0" + bytes(9000)], ids=["empty", "text", "cut"]
)
def test_a_file_of_which_nothing_can_be_read_has_the_remedy_for_what_was_asked(
    file_ward: Ward, tmp_path: Path, content: bytes
) -> None:
    bad, new = tmp_path / "bad.studyday", tmp_path / "new.studyday"
    bad.write_bytes(content)
    found = refused("other_backup", study_file.restore, bad, new, nurse(), date(2026, 12, 1))
    assert refusal_text(found).startswith(f"{bad} cannot be restored: it is no study file, or damaged. Use another")
    found = refused("nothing_to_read", study_file.rescue, bad, new, nurse(), date(2026, 12, 1))
    assert refusal_text(found) == f"nothing of {bad} can be read. Restore a backup with `restore`"
    kept = study_file.backups_folder(bad)
    made = back_up(file_ward.study, kept)
    named = kept / made.path.name.replace(file_ward.study.path.stem, "bad", 1)
    for one in (made.path, made.path.with_name(f"{made.path.name}.json")):
        one.rename(one.with_name(one.name.replace(file_ward.study.path.stem, "bad", 1)))
    found = refused("nothing_to_read", study_file.rescue, bad, new, nurse(), date(2026, 12, 1))
    assert refusal_text(found).endswith(f"with `restore`. The newest good backup is {named}")
    assert not new.exists()


def test_damaged_pages_that_were_made_again_are_said_once(file_ward: Ward) -> None:
    file_ward.study.close()
    content = file_ward.path.read_bytes()
    with raw(file_ward.path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'fact_kind'").fetchone()
    start = (page - 1) * PAGE
    inside = content[start : start + PAGE]
    assert b"holidays_taken" in inside
    file_ward.path.write_bytes(
        content[:start] + inside.replace(b"holidays_taken", b"holidays_token", 1) + content[start + PAGE :]
    )
    said = []
    for _time in range(2):
        file_ward.study = study_file.open_file(file_ward.path, file_ward.environment, file_ward.today)
        said.append([one.kind for one in file_ward.study.warnings])
        file_ward.study.close()
    assert said == [["pages_made_again"], []]
    file_ward.study = study_file.open_file(file_ward.path, file_ward.environment, file_ward.today)
