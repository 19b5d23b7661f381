"""How the backups of a study are, and when somebody should see to them."""

import shutil
from dataclasses import replace
from datetime import timedelta

from app.services.commands.backup import back_up
from app.services.commands.verify import verify
from app.services.queries.backup_state import backup_state, state_rows, trouble_text
from tests.services.ward import Ward


def later(ward: Ward, hours: float) -> None:
    """The same study so many hours later."""
    moment = ward.now + timedelta(hours=hours)
    ward.study.environment = replace(ward.environment, clock=lambda: moment)


def test_a_new_study_is_in_no_trouble_and_an_older_one_without_a_backup_is(file_ward: Ward) -> None:
    state = backup_state(file_ward.study)
    assert (state.made, state.kept, state.overdue, state.since) == (None, 0, "", file_ward.study.head().seq)
    later(file_ward, 25)
    assert backup_state(file_ward.study).overdue == "folder"
    file_ward.study.backups.folder.mkdir()
    assert trouble_text(backup_state(file_ward.study)) == f"There is no good backup in {state.folder}."


def test_a_backup_is_old_when_it_lacks_what_was_recorded_a_day_ago(file_ward: Ward) -> None:
    made = back_up(file_ward.study, None)
    later(file_ward, 72)
    state = backup_state(file_ward.study)
    assert (state.overdue, state.kept, state.facts, state.since) == ("", 1, made.seq, 0), "nothing was recorded since"
    assert state.size == made.path.stat().st_size
    file_ward.do("note", text="later")
    state = backup_state(file_ward.study)
    assert trouble_text(state) == ("The last good backup is of Sun 20 Dec 2026, 09:00; 1 fact was recorded since.")
    later(file_ward, 23)
    assert backup_state(file_ward.study).overdue == ""
    shutil.rmtree(made.path.parent)
    later(file_ward, 25)
    assert trouble_text(backup_state(file_ward.study)) == f"The folder of the backups, {state.folder}, is not there."


def test_a_damaged_backup_does_not_count(file_ward: Ward) -> None:
    first = back_up(file_ward.study, None)
    file_ward.do("note", text="later")
    later(file_ward, 1)
    second = back_up(file_ward.study, None)
    second.path.write_bytes(b"no study")
    state = backup_state(file_ward.study)
    assert (state.path, state.since, state.kept) == (first.path, 1, 2)


def test_its_rows_say_when_the_study_was_verified(file_ward: Ward) -> None:
    back_up(file_ward.study, None)
    rows = dict(state_rows(backup_state(file_ward.study)))
    number = file_ward.study.head().seq
    assert rows["Study verified"] == "not yet on this computer"
    assert rows["Verified"] == f"read back when it was made: {number} facts, equal to the study"
    verify(file_ward.study)
    rows = dict(state_rows(backup_state(file_ward.study)))
    said = f"Sun 20 Dec 2026, 09:00 by nurse: 2 participants, {number} facts, as recorded"
    assert rows["Study verified"] == said
