"""Backups in a second place, made wherever the program makes one in its own folder."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.services.commands import record, study_file
from app.services.commands.second_backup import (
    back_up_now,
    back_up_second,
    back_up_second_while_open,
    set_second_place,
    stop_second_place,
)
from app.storage.sqlite.backups import backups_of, read_note
from tests.services.ward import Ward


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def copies(ward: Ward, stick: Path) -> list[int]:
    """The last fact of each backup in the second place that is what was written."""
    folder = stick / f"{ward.path.stem}-backups"
    notes = [read_note(one.path) for one in backups_of(ward.path, folder)]
    return [one.seq for one in notes if one is not None and not ward.study.backups.problem(one.path)]


def at_work(ward: Ward, minutes: int) -> None:
    """One command at the terminal, so many minutes after eight."""
    environment = replace(ward.environment, clock=lambda: ward.now + timedelta(minutes=minutes))
    with study_file.session(ward.path, environment, ward.today) as study:
        record.change(study, "LI-001", "note", {"text": f"telephoned, minute {minutes}"}, ward.today)


def test_choosing_it_makes_a_backup_there_and_a_folder_of_its_own(file_ward: Ward, stick: Path) -> None:
    made = set_second_place(file_ward.study, stick)
    assert made.path.parent == stick / f"{file_ward.path.stem}-backups"
    assert copies(file_ward, stick) == [file_ward.study.head().seq]


def test_commands_at_the_terminal_and_leaving_the_window_fill_it(file_ward: Ward, stick: Path) -> None:
    first = set_second_place(file_ward.study, stick).seq
    file_ward.study.close()
    for minute in (1, 5, 12):
        at_work(file_ward, minute)
    # Ten minutes lie between two: the one of the choice, and that of minute 12.
    file_ward.study = study_file.open_study(file_ward.path, file_ward.environment)
    assert copies(file_ward, stick) == [first, first + 3]
    file_ward.study.environment = replace(file_ward.environment, clock=lambda: file_ward.now + timedelta(minutes=13))
    file_ward.do("note", text="at the end")
    study_file.leave(file_ward.study)
    file_ward.study = study_file.open_study(file_ward.path, file_ward.environment)
    assert copies(file_ward, stick) == [first, first + 3, first + 4]


def test_what_has_nothing_new_is_not_made_twice(file_ward: Ward, stick: Path) -> None:
    set_second_place(file_ward.study, stick)
    assert back_up_second(file_ward.study) is None
    back_up_now(file_ward.study)
    assert len(copies(file_ward, stick)) == 1


def test_the_places_that_cannot_be_it_are_refused(file_ward: Ward, tmp_path: Path, stick: Path) -> None:
    own = file_ward.study.backups.folder
    own.mkdir(exist_ok=True)
    file = tmp_path / "file"
    file.touch()
    for place, kind in ((own, "second_is_first"), (own.parent, "second_is_first"), (file, "not_folder"),
                        (stick / "none", "no_folder")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            set_second_place(file_ward.study, place)
        assert refused.value.kind == kind
    with pytest.raises(Refused) as refused:
        stop_second_place(file_ward.study)
    assert refused.value.kind == "second_none", "nothing of it was remembered"


def test_what_is_asked_for_now_says_that_the_second_place_is_away(file_ward: Ward, stick: Path) -> None:
    folder = set_second_place(file_ward.study, stick).path.parent
    assert back_up_now(file_ward.study)[1] is None
    shutil.rmtree(stick)
    made, kept = back_up_now(file_ward.study)
    assert made.path.is_file()
    assert kept is not None
    assert (kept.kind, kept.values["path"]) == ("second_gone", str(folder))
    assert not stick.exists()


def test_what_keeps_it_from_being_written_is_returned_or_noted(
    file_ward: Ward, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = set_second_place(file_ward.study, stick).path.parent
    file_ward.do("note", text="later")
    full = Refused("disk_full", path=str(folder))

    def refuse(*_rest: object) -> None:
        raise full

    monkeypatch.setattr("app.services.commands.second_backup.back_up", refuse)
    file_ward.study.environment = replace(file_ward.environment, clock=lambda: file_ward.now + timedelta(hours=1))
    assert back_up_second_while_open(file_ward.study) is full


def test_at_the_terminal_a_place_that_is_away_for_a_day_is_named_after_a_command(file_ward: Ward, stick: Path) -> None:
    set_second_place(file_ward.study, stick)
    file_ward.study.close()
    shutil.rmtree(stick)
    told = []
    for hours in (1, 26):
        environment = replace(file_ward.environment, clock=lambda: file_ward.now + timedelta(hours=hours))  # noqa: B023
        with study_file.session(file_ward.path, environment, file_ward.today) as study:
            record.change(study, "LI-001", "note", {"text": f"after {hours} hours"}, file_ward.today)
        told.append([one.kind for one in study.notices])
    file_ward.study = study_file.open_study(file_ward.path, file_ward.environment)
    assert told == [[], ["second_gone"]]


def test_when_it_is_no_more_wanted_its_copies_stay(file_ward: Ward, stick: Path) -> None:
    first = set_second_place(file_ward.study, stick)
    assert stop_second_place(file_ward.study) == first.path.parent
    file_ward.do("note", text="later")
    assert back_up_second(file_ward.study) is None
    assert copies(file_ward, stick) == [first.seq]
