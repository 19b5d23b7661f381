"""Backups that are made without being asked for."""

from datetime import UTC, datetime
from pathlib import Path

from app.services.commands import study_file
from app.storage.sqlite import backups
from app.storage.sqlite.backups import backups_of
from tests.services.commands.test_study_file import TODAY
from tests.services.ward import Ward, nurse


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
