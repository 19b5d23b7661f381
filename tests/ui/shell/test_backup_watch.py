"""The backups of a study whose window stays open: made by themselves, or what keeps them from it is said."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.services.commands import record
from app.services.commands.second_backup import set_second_place
from app.storage.sqlite.backups import StudyBackups
from app.ui.shell.backup_watch import BackupWatch
from tests.ui.conftest import MORNING, Clock
from tests.ui.nurse import Nurse, buttons
from tests.ui.stories import TODAY


def test_a_window_that_stays_open_for_days_backs_up_by_itself(nurse: Nurse, clock: Clock) -> None:
    watch = nurse.window.findChild(BackupWatch)
    assert watch is not None
    folder = nurse.of_file(lambda study: study.backups.folder)
    assert len(list(folder.glob("*.studyday"))) == 1, "the one of the opening"
    clock.now = MORNING + timedelta(days=1, minutes=1)
    nurse.session.check_clock()
    note = {"visit": "SP-C01", "text": "came by bus"}
    tomorrow = TODAY + timedelta(1)
    nurse.change(lambda study: record.change(study, "LI-001", "note", note, tomorrow), "LI-001")
    assert watch._soon.isActive(), "once the change has settled"
    watch.look()
    nurse.wait(lambda: len(list(folder.glob("*.studyday"))) == 2)
    nurse.settle()
    assert not watch.banner.isVisible()


def test_a_banner_says_what_keeps_it_from_backing_up(
    nurse: Nurse, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = nurse.window.findChild(BackupWatch)
    assert watch is not None
    folder = nurse.of_file(lambda study: study.backups.folder)
    full = Refused("disk_full", path=str(folder))

    def refuse(*_rest: object) -> None:
        raise full

    monkeypatch.setattr(StudyBackups, "make", refuse)
    clock.now = MORNING + timedelta(days=1)
    note = {"visit": "SP-C01", "text": "came by bus"}
    nurse.change(lambda study: record.change(study, "LI-001", "note", note, TODAY), "LI-001")
    watch.look()
    nurse.wait(watch.banner.isVisible)
    assert watch.banner.text.text().startswith("No backup could be made: ")
    assert str(folder) in watch.banner.text.text()
    assert {"Back up now", "Show the backups"} <= set(buttons(watch.banner))


def test_a_window_that_stays_open_backs_up_in_the_second_place_and_says_that_it_is_away(
    nurse: Nurse, clock: Clock, tmp_path: Path
) -> None:
    watch = nurse.window.findChild(BackupWatch)
    assert watch is not None
    place = tmp_path / "stick"
    place.mkdir()
    folder = nurse.of_file(lambda study: set_second_place(study, place).path.parent)
    clock.now = MORNING + timedelta(minutes=11)
    note = {"visit": "SP-C01", "text": "came by bus"}
    nurse.change(lambda study: record.change(study, "LI-001", "note", note, TODAY), "LI-001")
    watch.look()
    nurse.wait(lambda: len(list(folder.glob("*.studyday"))) == 2)
    # The worker does one thing after the other: now it has also written the note of the backup.
    nurse.of_file(lambda _study: None)
    shutil.rmtree(place)
    nurse.change(lambda study: record.change(study, "LI-001", "note", {**note, "text": "by tram"}, TODAY), "LI-001")
    clock.now = MORNING + timedelta(days=1, minutes=20)
    nurse.session.check_clock()
    watch.look()
    nurse.wait(watch.banner.isVisible)
    assert f"The second place for backups, {folder}, is not there." in watch.banner.text.text()
    assert not place.exists()
