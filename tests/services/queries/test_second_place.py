"""How the second place for backups is: there or not, what it lacks, and when somebody should see to it."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.services.commands.second_backup import back_up_second_at_end, set_second_place
from app.services.queries.backup_state import backup_state, state_rows, trouble_text
from app.services.queries.second_place import SecondPlace, second_place
from tests.services.ward import Ward


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def later(ward: Ward, hours: float) -> None:
    """The same study so many hours later."""
    moment = ward.now + timedelta(hours=hours)
    ward.study.environment = replace(ward.environment, clock=lambda: moment)


def found(ward: Ward) -> SecondPlace:
    state = second_place(ward.study)
    assert state is not None
    return state


def test_without_one_the_row_says_what_that_means(file_ward: Ward) -> None:
    state = backup_state(file_ward.study)
    assert state.second is None
    assert (
        dict(state_rows(state))["Second place"] == "none; a broken disk would take the study and its backups together"
    )


def test_its_row_names_the_place_the_last_backup_and_the_disk(file_ward: Ward, stick: Path) -> None:
    set_second_place(file_ward.study, stick)
    folder = stick / f"{file_ward.path.stem}-backups"
    said = f"{folder}, last Sun 20 Dec 2026, 09:00, nothing was recorded since, on the same disk as the study"
    assert dict(state_rows(backup_state(file_ward.study)))["Second place"] == said
    shutil.move(stick, stick.with_name("drawer"))
    file_ward.do("note", text="later")
    said = f"{folder}, not there now, last Sun 20 Dec 2026, 09:00, 1 fact was recorded since"
    assert dict(state_rows(backup_state(file_ward.study)))["Second place"] == said


def test_a_stick_that_is_away_is_trouble_only_when_it_lacks_something_for_a_day(file_ward: Ward, stick: Path) -> None:
    set_second_place(file_ward.study, stick)
    shutil.move(stick, stick.with_name("drawer"))
    later(file_ward, 200)
    assert found(file_ward).trouble == "", "nothing was recorded since"
    later(file_ward, 23)
    file_ward.do("note", text="later")
    assert (found(file_ward).there, found(file_ward).trouble) == (False, "")
    later(file_ward, 25)
    assert found(file_ward).trouble == "gone"
    folder = stick / f"{file_ward.path.stem}-backups"
    assert trouble_text(backup_state(file_ward.study)).endswith(
        f"The second place for backups, {folder}, is not there. The last good backup in the second place is of "
        "Sun 20 Dec 2026, 09:00; 1 fact was recorded since."
    )


def test_an_empty_folder_in_its_place_is_not_taken_for_it(file_ward: Ward, stick: Path) -> None:
    """Where a stick is not plugged in, its mount point may be there and empty."""
    set_second_place(file_ward.study, stick)
    shutil.move(stick, stick.with_name("drawer"))
    stick.mkdir()
    file_ward.do("note", text="later")
    assert back_up_second_at_end(file_ward.study) is None
    assert list(stick.iterdir()) == []
    assert not found(file_ward).there


def test_a_damaged_copy_does_not_count(file_ward: Ward, stick: Path) -> None:
    made = set_second_place(file_ward.study, stick)
    made.path.write_bytes(b"no study")
    assert (found(file_ward).trouble, found(file_ward).made) == ("none", None)
    assert "There is no good backup in the second place" in trouble_text(backup_state(file_ward.study))
    assert back_up_second_at_end(file_ward.study) is not None
    assert found(file_ward).trouble == ""
