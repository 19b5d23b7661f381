"""A restore on trial: a backup is made a study of, verified, counted, and thrown away."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.services.commands.backup import back_up
from app.services.commands.try_restore import try_restore
from app.services.queries.backup_state import backup_state
from tests.services.ward import TODAY, Ward, refused


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.rglob("*"))


def test_the_newest_backup_is_said_to_be_equal_up_to_its_last_fact(
    file_ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "temporary"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    made = back_up(file_ward.study, None)
    file_ward.do("note", text="later")
    file_ward.do("note", text="later still")
    before, head = names(file_ward.folder), str(file_ward.study.head())
    found = try_restore(file_ward.study, None, TODAY)
    assert (found.backup, found.facts, found.participants) == (made.path, made.seq, 2)
    assert (found.is_of_study, found.since) == (True, 2)
    assert found.head.startswith(f"{made.seq} · {made.digest[:4]} ")
    assert found.made_at is not None
    assert f"{found.made_at:%Y-%m-%d %H:%M}" == "2026-12-20 09:00", "by the clocks of the site"
    assert names(file_ward.folder) == before
    assert str(file_ward.study.head()) == head
    assert list(room.iterdir()) == []
    tried = backup_state(file_ward.study).tried
    assert tried is not None
    assert (tried.who, tried.facts, tried.participants) == ("nurse", made.seq, 2)


def test_a_backup_of_another_study_is_not_equal(file_ward: Ward, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Ward(tmp_path / "other")
    other.enrol()
    found = try_restore(file_ward.study, back_up(other.study, None).path, TODAY)
    assert (found.participants, found.is_of_study, found.since) == (1, False, 0)
    other.study.close()


def test_a_damaged_backup_and_none_at_all_are_refused(file_ward: Ward) -> None:
    refused("backup_none", try_restore, file_ward.study, None, TODAY)
    made = back_up(file_ward.study, None).path
    made.write_bytes(made.read_bytes()[: 3 * 4096])
    refused("backup_none", try_restore, file_ward.study, None, TODAY)
    with pytest.raises(Refused):
        try_restore(file_ward.study, made, TODAY)


def test_it_can_be_stopped_and_leaves_nothing(file_ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "temporary"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    back_up(file_ward.study, None)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        try_restore(file_ward.study, None, TODAY + timedelta(0), stop)
    assert list(room.iterdir()) == []
