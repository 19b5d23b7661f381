"""Adding a protocol file in the window: its findings, what it would plan, and nothing added while it has errors."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.protocols.library import shipped_ids
from app.ui.dialogs.protocol_dialog import ProtocolDialog
from tests.protocols.tiny import write
from tests.ui.conftest import Make
from tests.ui.nurse import Nurse


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder for protocol files."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def opened(nurse: Nurse, path: Path) -> ProtocolDialog:
    """The dialog, with the file checked."""
    dialog = ProtocolDialog(nurse.session, path, nurse.window)
    dialog.open()
    nurse.wait(lambda: dialog.said.text() != "Checking…")
    return dialog


def taken(nurse: Nurse) -> list[str]:
    """The protocols of the study, in the order in which they were added."""
    return [one.id for one in nurse.of_file(lambda study: list(study.facts.protocols.values()))]


def test_a_file_without_errors_is_shown_with_its_calendar_and_added(nurse: Nurse, files: Path) -> None:
    dialog = opened(nurse, write(files))
    before = taken(nurse)
    assert dialog.add_button.isEnabled()
    assert dialog.preview.toPlainText().startswith("An invented participant: ")
    assert "tiny" not in before
    dialog.add_button.click()
    nurse.wait(lambda: not nurse.window.findChildren(ProtocolDialog))
    assert taken(nurse) == [*before, "tiny"]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("id: tiny", "id: 5", "Error in line "),
        ("id: tiny", "idd: tiny", "Error in line "),
        ("id: tiny", "id: [", "Error in line "),
    ],
)
def test_a_file_with_errors_says_line_and_remedy_and_cannot_be_added(
    nurse: Nurse, files: Path, was: str, now: str, said: str
) -> None:
    before = taken(nurse)
    dialog = opened(nurse, write(files, (was, now)))
    assert not dialog.add_button.isEnabled()
    assert dialog.findings.toPlainText().startswith(said)
    assert dialog.preview.toPlainText() == "No calendar can be shown until the errors are corrected."
    dialog.add()
    nurse.settle()
    assert taken(nurse) == before


def test_a_corrected_file_is_checked_again(nurse: Nurse, files: Path) -> None:
    path = write(files, ("id: tiny", "id: 5"))
    dialog = opened(nurse, path)
    assert not dialog.add_button.isEnabled()
    path.write_text(path.read_text("utf-8").replace("id: 5", "id: tiny"), "utf-8")
    dialog.again_button.click()
    nurse.wait(dialog.add_button.isEnabled)


def test_a_file_that_goes_wrong_after_the_check_is_not_added(nurse: Nurse, files: Path) -> None:
    path = write(files)
    dialog = opened(nurse, path)
    before = taken(nurse)
    path.write_text("id: 5\n", "utf-8")
    dialog.add_button.click()
    nurse.wait(dialog.banner.isVisible)
    assert dialog.isVisible()
    assert taken(nurse) == before


def test_a_protocol_that_the_study_has_is_refused(nurse: Nurse) -> None:
    dialog = opened(nurse, shipped_ids()["scanpan"])
    dialog.add_button.click()
    nurse.wait(dialog.banner.isVisible)
    assert "is in the study already" in dialog.banner.text.text()


@pytest.mark.parametrize("name", ["none.yaml", "."])
def test_what_is_no_file_is_said(nurse: Nurse, tmp_path: Path, name: str) -> None:
    dialog = opened(nurse, tmp_path / name)
    assert not dialog.add_button.isEnabled()
    assert dialog.findings.toPlainText()


def test_nothing_is_added_to_a_study_that_is_only_read(make_nurse: Make, study_path: Path, files: Path) -> None:
    nurse = make_nurse(study_path, writing=False)
    dialog = opened(nurse, write(files))
    assert "the file can be added" in dialog.said.text()
    assert not dialog.add_button.isEnabled()


def test_it_fits_a_small_screen_with_large_text(nurse: Nurse, files: Path) -> None:
    nurse.window.set_look("light", 2.0)
    dialog = opened(nurse, write(files, ("id: tiny", "id: 5")))
    assert dialog.minimumSizeHint().width() <= 911
    assert dialog.minimumSizeHint().height() <= 480
    nurse.window.set_look("light", 1.0)


def test_the_menu_asks_for_the_file(nurse: Nurse, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(files)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(path), ""))
    nurse.action("add_protocol").trigger()
    (dialog,) = nurse.window.findChildren(ProtocolDialog)
    nurse.wait(dialog.add_button.isEnabled)
    assert dialog.file.text() == str(path)
