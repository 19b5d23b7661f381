"""In the window, the backups: how they are, making one, a restore on trial, the complete check."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.services.commands import record
from app.ui.pages.study.backups import Backups
from app.ui.shell.backup_watch import BackupWatch
from tests.ui.conftest import Clock
from tests.ui.nurse import Nurse, buttons, texts
from tests.ui.stories import TODAY


def opened(nurse: Nurse) -> Backups:
    nurse.action("backups").trigger()
    found = nurse.study.backups
    nurse.wait(lambda: found.state is not None)
    return found


def ended(nurse: Nurse, found: Backups, says: str) -> None:
    nurse.wait(lambda: found._job is None and says in found.found.text.text())


def test_a_backup_is_made_and_tried(nurse: Nurse) -> None:
    found = opened(nurse)
    assert found.back_up_button.hasFocus()
    assert found.state is not None
    kept, since = found.state.kept, found.state.since
    note = {"visit": "SP-C01", "text": "came by bus"}
    nurse.change(lambda study: record.change(study, "LI-001", "note", note, TODAY), "LI-001")
    nurse.wait(lambda: found.state is not None and found.state.since == since + 1)
    nurse.click(found.back_up_button)
    ended(nurse, found, " facts.")
    nurse.wait(lambda: found.state is not None and found.state.kept == kept + 1)
    assert any("nothing was recorded since" in text for text in texts(found))
    assert found.back_up_button.hasFocus()
    nurse.click(found.try_button)
    ended(nurse, found, "can be restored: ")
    assert found.found.text.text().endswith("It is equal to this study.")
    nurse.wait(lambda: any("by nurse: " in text for text in texts(found)))


@pytest.mark.parametrize(
    ("head", "said"),
    [("", "Every fact is as it was recorded"), ("1:00000000", "fact 1 is another than the one"), ("x", "is no head")],
)
def test_the_file_is_checked_against_a_head_from_paper(nurse: Nurse, head: str, said: str) -> None:
    nurse.action("check_file").trigger()
    found = nurse.study.backups
    nurse.wait(lambda: found.state is not None)
    assert found.head.hasFocus()
    found.head.setText(head)
    assert found.has_typed() == bool(head)
    nurse.click(found.verify_button)
    ended(nurse, found, said)
    assert found.head.text() == ("x" if head == "x" else ""), "what was refused stays to be corrected"
    nurse.study.discard()


def test_a_backup_goes_into_another_folder(nurse: Nurse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = opened(nurse)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_rest: str(tmp_path))
    nurse.click(found.elsewhere_button)
    ended(nurse, found, str(tmp_path))
    assert len(list(tmp_path.glob("*.studyday"))) == 1


def test_a_second_place_is_chosen_filled_missed_and_given_up(
    nurse: Nurse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = opened(nurse)
    assert not found.no_second_button.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_rest: str(tmp_path))
    nurse.click(found.second_button)
    ended(nurse, found, "From now on each backup is made there too.")
    nurse.wait(found.no_second_button.isVisible)
    folder = tmp_path / nurse.of_file(lambda study: study.backups.folder).name
    assert len(list(folder.glob("*.studyday"))) == 1
    assert any(text.startswith(f"{folder}, last ") for text in texts(found))
    note = {"visit": "SP-C01", "text": "came by tram"}
    nurse.change(lambda study: record.change(study, "LI-001", "note", note, TODAY), "LI-001")
    nurse.wait(lambda: any(f"{folder}, last " in text and "1 fact was recorded since" in text for text in texts(found)))
    shutil.move(folder, tmp_path / "drawer")
    nurse.click(found.back_up_button)
    ended(nurse, found, f"The second place for backups, {folder}, is not there. Plug it in, or choose another one")
    shutil.move(tmp_path / "drawer", folder)
    nurse.click(found.back_up_button)
    nurse.wait(lambda: any(f"{folder}, last " in text and "nothing was recorded" in text for text in texts(found)))
    assert len(list(folder.glob("*.studyday"))) == 2
    nurse.wait(found.no_second_button.isEnabled)
    nurse.click(found.no_second_button)
    ended(nurse, found, f"No backup is made in {folder} any more; those that are there stay.")
    nurse.wait(lambda: not found.no_second_button.isVisible())


def test_the_folder_of_the_backups_is_no_second_place(nurse: Nurse, monkeypatch: pytest.MonkeyPatch) -> None:
    found = opened(nurse)
    own = nurse.of_file(lambda study: study.backups.folder)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_rest: str(own))
    nurse.click(found.second_button)
    ended(nurse, found, "Choose a folder on another disk")
    assert not found.no_second_button.isVisible()


def test_what_is_under_way_can_be_stopped(nurse: Nurse) -> None:
    found = opened(nurse)
    found.verify()
    assert found.cancel_button.isVisible()
    nurse.click(found.cancel_button)
    assert found.found.text.text() == "Stopped; nothing of it was kept."
    assert not found.bar.isVisible()
    nurse.settle()
    assert found.verify_button.isEnabled()


def test_a_banner_says_that_the_backups_are_gone_and_makes_one(nurse: Nurse, clock: Clock) -> None:
    watch = nurse.window.findChild(BackupWatch)
    assert watch is not None
    watch.look()
    nurse.settle()
    assert not watch.banner.isVisible()
    folder = nurse.of_file(lambda study: study.backups.folder)
    shutil.rmtree(folder)
    watch.look()
    nurse.wait(watch.banner.isVisible)
    assert watch.banner.text.text() == f"The folder of the backups, {folder}, is not there."
    nurse.click(buttons(watch.banner)["Show the backups"])
    found = nurse.study.backups
    nurse.wait(lambda: found.trouble.isVisible())
    nurse.click(buttons(watch.banner)["Back up now"])
    nurse.wait(lambda: not watch.banner.isVisible())
    assert len(list(folder.glob("*.studyday"))) == 1
