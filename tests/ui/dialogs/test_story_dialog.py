"""Trying a story in the window: what the terminal prints, its refusals, by which protocol, and keeping it."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.services.queries.tried_story import try_story
from app.ui.dialogs.story_dialog import StoryDialog
from app.ui.session.worker import Job
from tests.protocols.tiny import write
from tests.ui.nurse import Nurse

STORY: dict[str, Any] = {
    "protocol": "scanpan",
    "today": "2026-12-20",
    "participant": {"code": "LI-091", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"},
    "facts": [{"kind": "performed", "visit": "SP-C01", "on": "2026-12-16"}],
}


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., Path]:
    """Writes the story, some of it otherwise."""

    def write_story(**other: object) -> Path:
        path = tmp_path / "told.json"
        path.write_text(json.dumps({**STORY, **other}), encoding="utf-8")
        return path

    return write_story


def tried(nurse: Nurse, path: Path) -> StoryDialog:
    """The dialog, with the story tried."""
    dialog = StoryDialog(nurse.session, path, nurse.window)
    dialog.open()
    answered(nurse, dialog)
    return dialog


def answered(nurse: Nurse, dialog: StoryDialog) -> None:
    """Wait until nothing is asked of the worker any more."""
    nurse.wait(lambda: dialog.job_bar.job is None)


def test_it_says_what_the_terminal_prints_and_records_nothing(reader: Nurse, told: Callable[..., Path]) -> None:
    path = told()
    dialog = tried(reader, path)
    assert dialog.text.toPlainText() == try_story(path).text
    assert not dialog.banner.isVisible()
    assert dialog.by.text() == "By the protocol that the story names; nothing is recorded."
    assert dialog.text.isReadOnly()
    dialog.copy()
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()


def test_a_wrong_story_says_fact_and_remedy_as_the_terminal_does(reader: Nurse, told: Callable[..., Path]) -> None:
    first, early = STORY["facts"][0], {"kind": "performed", "visit": "SP-C02#2", "on": "2026-12-15"}
    dialog = tried(reader, told(facts=[first, early]))
    said = dialog.banner.text.text()
    assert said.startswith("Fact 2, on: ")
    assert "“sure”: true" in said
    assert dialog.text.toPlainText() == ""
    assert not dialog.save_button.isEnabled()
    # Corrected in an editor.
    told(facts=[first, {**early, "sure": True}])
    dialog.again_button.click()
    answered(reader, dialog)
    assert not dialog.banner.isVisible()
    assert dialog.save_button.isEnabled()


@pytest.mark.parametrize("name", ["none.json", ".", "study.studyday"])
def test_what_is_no_story_says_so(reader: Nurse, tmp_path: Path, name: str) -> None:
    path = reader.session.path if name == "study.studyday" else tmp_path / name
    assert path is not None
    said = tried(reader, path).banner.text.text()
    why = {"none.json": "no such file", ".": "no ordinary file", "study.studyday": "it is the study that is open"}
    assert why[name] in said
    assert "standard input" not in said


def test_a_protocol_file_plans_it_until_the_named_one_is_wanted_again(
    reader: Nurse, told: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = {name: one for name, one in STORY["participant"].items() if name != "regimen"}
    dialog = tried(reader, told(protocol="tiny", participant=person, facts=[]))
    assert "unknown protocol “tiny”" in dialog.banner.text.text().lower()
    assert dialog.named_button.isHidden()
    folder = tmp_path / "protocol"
    folder.mkdir()
    protocol = write(folder)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(protocol), ""))
    dialog.protocol_button.click()
    answered(reader, dialog)
    assert not dialog.banner.isVisible()
    assert dialog.text.toPlainText().startswith("LI-091")
    dialog.named_button.click()
    answered(reader, dialog)
    assert dialog.banner.isVisible()


def test_it_is_kept_as_text_json_and_paper(
    reader: Nurse, told: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = tried(reader, told())
    proposed: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return name, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    for action in dialog.save_button.menu().actions():
        dialog.banner.hide()
        action.trigger()
        reader.wait(dialog.banner.isVisible)
        assert dialog.banner.text.text().startswith("Saved: ")
    assert proposed == [
        "told-rehearsed.txt",
        "told-rehearsed.json",
        "told-rehearsed-sheets.pdf",
        "told-rehearsed-calendar.pdf",
    ]
    assert (tmp_path / "told-rehearsed-calendar.pdf").read_bytes().startswith(b"%PDF")
    dialog.banner.hide()
    dialog.save_to("json", tmp_path / "told.json", asked=True)
    reader.wait(dialog.banner.isVisible)
    assert json.loads((tmp_path / "told.json").read_text("utf-8")) == STORY


def test_it_can_be_stopped(reader: Nurse, told: Callable[..., Path]) -> None:
    # The worker is kept busy until the story has been stopped.
    go_on = threading.Event()
    reader.session.worker.submit(Job(lambda _study, _job: go_on.wait(), lambda _answer: None))
    dialog = StoryDialog(reader.session, told(), reader.window)
    dialog.open()
    assert dialog.job_bar.isVisible()
    dialog.job_bar.stop_button.click()
    go_on.set()
    reader.settle()
    answered(reader, dialog)
    assert dialog.banner.text.text() == "Stopped before it was done; nothing was changed."
    assert dialog.tried is None
    assert not dialog.job_bar.isVisible()


def test_it_fits_a_small_screen_with_large_text(reader: Nurse, told: Callable[..., Path]) -> None:
    reader.window.set_look("light", 2.0)
    dialog = tried(reader, told())
    assert dialog.minimumSizeHint().width() <= 911
    assert dialog.minimumSizeHint().height() <= 480
    reader.window.set_look("light", 1.0)
