"""What the window says of the study file: what it lacks, with buttons for what is to be done, and its check."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.domain.facts.records import NewFact
from app.services.commands.study_file import leave, open_study
from app.services.study.environment import Environment
from tests.ui.conftest import Clock, Make
from tests.ui.nurse import Nurse, buttons


@pytest.fixture
def lacking(make_nurse: Make, environment: Environment, clock: Clock, study_path: Path, tmp_path: Path) -> Nurse:
    """A window on an older copy of a study that was backed up after a note."""
    shutil.copy2(study_path, tmp_path / "older")
    study = open_study(study_path, environment)
    with study.store.transaction():
        study.append(study.today(), [NewFact("note", {"text": "a note"}, subject=1)])
    leave(study)
    clock.now += timedelta(minutes=1)
    shutil.copy2(tmp_path / "older", study_path)
    return make_nurse(study_path)


def question(nurse: Nurse) -> QMessageBox:
    nurse.wait(lambda: nurse.window.findChild(QMessageBox) is not None)
    box = nurse.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    return box


def test_what_the_file_lacks_is_said_until_it_is_settled(lacking: Nurse) -> None:
    banner = lacking.window.banner
    assert banner.isVisible()
    said = banner.text.text()
    assert "ends at fact 137, and lacks fact 138 of the backup" in said
    assert "An older copy was put in its place" in said
    assert "`" not in said
    lacking.click(buttons(banner)["Go on with this file…"])
    box = question(lacking)
    next(one for one in box.buttons() if one.text().replace("&", "") == "Go on with this file").click()
    lacking.wait(lambda: lacking.session.view is not None and not lacking.session.view.lacking)
    lacking.wait(lambda: not banner.isVisible())


def test_a_study_is_made_from_the_backup_and_opened(
    lacking: Nurse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "again.studyday"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest: (str(target), ""))
    lacking.click(buttons(lacking.window.banner)["Make a study from the backup…"])
    lacking.wait(lambda: lacking.session.path == target)
    assert lacking.session.view is not None
    assert lacking.session.view.lacking == ()
    assert not lacking.window.banner.isVisible()


def test_a_study_is_made_from_a_chosen_backup_and_opened(
    nurse: Nurse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (backup,) = nurse.of_file(lambda study: study.backups.listed())
    target = tmp_path / "again"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_rest: (str(backup.path), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest: (str(target), ""))
    nurse.action("restore").trigger()
    nurse.wait(lambda: nurse.session.path == target.with_suffix(".studyday"))
    assert nurse.session.view is not None
    assert len(nurse.session.view.participants) == 10
