"""The commands of stories: one that is tried from the menu, with and without a study, and a participant as one."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.paths import resources
from app.ui.dialogs.story_dialog import StoryDialog
from tests.ui.conftest import Make
from tests.ui.nurse import Nurse, buttons

EXAMPLE = resources() / "examples" / "nct06873178.json"


def shown(nurse: Nurse) -> StoryDialog:
    """The dialog that opened, with its story tried."""
    nurse.wait(lambda: nurse.window.findChild(StoryDialog) is not None)
    dialog = nurse.window.findChild(StoryDialog)
    assert isinstance(dialog, StoryDialog)
    nurse.wait(lambda: dialog.job_bar.job is None)
    return dialog


def test_a_story_is_tried_although_no_study_is_open(make_nurse: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    nurse = make_nurse()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(EXAMPLE), ""))
    assert nurse.action("try_story").isEnabled()
    nurse.action("try_story").trigger()
    assert shown(nurse).text.toPlainText().startswith("BJ-001")


def test_the_chosen_participant_is_saved_and_tried(
    make_nurse: Make, study_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = make_nurse(study_path, writing=False)
    nurse.wait_for_today()
    target = tmp_path / "kept"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(target), ""))
    code = (nurse.window.selection() or ("", ""))[0]
    nurse.action("save_story").trigger()
    nurse.wait(lambda: buttons(nurse.window.banner).get("Try it") is not None)
    told = json.loads((tmp_path / "kept.json").read_text("utf-8"))
    assert told["participant"]["code"] == code
    nurse.click(buttons(nurse.window.banner)["Try it"])
    assert shown(nurse).text.toPlainText().startswith(code)


def test_what_cannot_be_written_is_said(reader: Nurse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: ("/nowhere/a.json", ""))
    reader.action("save_story").trigger()
    reader.wait(reader.window.banner.isVisible)
    assert "/nowhere" in reader.window.banner.text.text()
    reader.window.banner.hide()
