"""Backups that are made without being asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.services.commands import backup, correct, record, study_file
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


def at_work(ward: Ward, minutes: int) -> None:
    """One command at the terminal, so many minutes after eight: a note."""
    environment = replace(ward.environment, clock=lambda: ward.now + timedelta(minutes=minutes))
    with study_file.session(ward.path, environment, ward.today) as study:
        record.change(study, "LI-001", "note", {"text": f"telephoned, minute {minutes}"}, ward.today)


def minutes_of(ward: Ward) -> list[int]:
    return [round((one.at - ward.now).total_seconds() / 60) for one in backups_of(ward.path)]


def test_commands_back_up_what_has_changed_ten_minutes_apart(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.enrol()
    ward.study.close()
    for minute in (0, 1, 9, 10, 12, 19, 20, 45):
        at_work(ward, minute)
    # The first is that of the first opening of the day, before its note.
    assert minutes_of(ward) == [0, 10, 20, 45]
    note = backups.read_note(backups_of(ward.path)[-1].path)
    assert note is not None
    with study_file.session(ward.path, ward.environment, ward.today) as study:
        assert (note.seq, note.digest) == (study.head().seq, study.head().digest.hex())


def test_a_command_that_changes_nothing_is_not_backed_up_however_old_the_last_backup_is(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.study.close()
    start = ward.now
    for minute in (0, 30, 60):
        ward.now = start + timedelta(minutes=minute)
        with study_file.session(ward.path, ward.environment, ward.today):
            pass
    ward.now = start
    assert minutes_of(ward) == [0]


@pytest.mark.parametrize(
    ("minutes", "made"), [(0, [0, 1, 2, 3, 4, 5]), (1, [0, 1, 2, 3, 4, 5]), (2, [0, 2, 4]), (60, [0])]
)
def test_how_many_minutes_lie_between_backups_is_a_setting(tmp_path: Path, minutes: int, made: list[int]) -> None:
    ward = Ward(tmp_path)
    ward.enrol()
    ward.study.close()
    ward.environment = replace(ward.environment, backup_minutes=minutes)
    for minute in range(6):
        at_work(ward, minute)
    assert sorted(set(minutes_of(ward))) == made


def test_after_the_clock_was_set_back_a_change_is_backed_up(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.enrol()
    ward.study.close()
    at_work(ward, 90)
    at_work(ward, 30)
    assert minutes_of(ward) == [30, 90]


def test_leaving_the_window_backs_up_what_has_changed_at_once(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.enrol()
    ward.study.close()
    study = study_file.open_study(ward.path, ward.environment)
    record.change(study, "LI-001", "note", {"text": "telephoned"}, ward.today)
    head = study.head()
    ward.now += timedelta(minutes=1)
    study_file.leave(study)
    assert [one.seq for one in backups_of(ward.path)] == [head.seq - 1, head.seq]


def test_a_redaction_is_backed_up_before_it_however_young_the_last_backup_is(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.enrol()
    ward.study.close()
    at_work(ward, 0)
    environment = replace(ward.environment, clock=lambda: ward.now + timedelta(minutes=1))
    with study_file.session(ward.path, environment, ward.today) as study:
        moved = {"visit": "SP-C02#2", "to": date(2026, 12, 30), "reason": "Eva Ek is away"}
        record.change(study, "LI-001", "moved", moved, ward.today)
        head = study.head()
        correct.save_correction(study, correct.propose_redaction(study, head.seq, ["reason"], "a name", ward.today))
    assert minutes_of(ward) == [0, 1]
    assert backups_of(ward.path)[-1].seq == head.seq


def test_a_backup_that_cannot_be_made_hinders_nobody(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.study.close()
    backups.folder_of(ward.path).write_text("a file where the folder should be", "utf-8")
    with study_file.session(ward.path, ward.environment, ward.today) as study:
        ward.study = study
        ward.enrol()
    assert [notice.kind for notice in study.notices] == ["no_room_for_backups", "no_room_for_backups"]
    with study_file.session(ward.path, ward.environment, ward.today) as study:
        assert list(study.subjects()) == ["LI-001"]


def looks(ward: Ward, *moments: tuple[int, bool]) -> list[int]:
    """A window that stays open looks at its backups so many minutes after eight; before some looks a note is taken."""
    start = ward.now
    study = study_file.open_study(ward.path, ward.environment)
    for minute, is_changed in moments:
        ward.now = start + timedelta(minutes=minute)
        if is_changed:
            record.change(study, "LI-001", "note", {"text": f"minute {minute}"}, ward.today)
        assert backup.back_up_while_open(study) is None
    study.close()
    return [round((one.at - start).total_seconds() / 60) for one in backups_of(ward.path)]


def test_a_study_that_stays_open_is_backed_up_some_minutes_after_a_change(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.enrol()
    ward.study.close()
    # One at the opening; a change after four minutes waits until ten have gone; without a change there is none.
    assert looks(ward, (2, False), (4, True), (9, False), (10, False), (40, False)) == [0, 10]


def test_the_first_change_of_another_day_is_backed_up_at_once(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.enrol()
    ward.study.close()
    night = 15 * 60 + 55
    # From 8:00 on Sunday: a change at 23:55, which is backed up then, and one at 0:01 on Monday.
    assert looks(ward, (night, True), (night + 6, True), (night + 7, True), (night + 60, False)) == [
        0, night, night + 6, night + 60,
    ]  # fmt: skip


def test_what_keeps_an_open_study_from_being_backed_up_is_said_and_the_study_goes_on(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    ward.study.close()
    backups.folder_of(ward.path).write_text("a file where the folder should be", "utf-8")
    study = study_file.open_file(ward.path, ward.environment, ward.today)
    refused = backup.back_up_while_open(study)
    assert refused is not None
    assert refused.kind == "no_room_for_backups"
    ward.study = study
    ward.enrol()
    study.close()
