"""What the window says first when the one before has ended without being closed."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from app.run_marks import UncleanEnd
from app.ui.dialogs.text_dialog import TextDialog
from app.ui.shell.last_end import tell_of_unclean_ends
from app.ui.widgets.buttons import Button
from tests.ui.nurse import Nurse

STARTED = datetime(2026, 11, 27, 8, tzinfo=UTC)


def test_nothing_is_said_after_a_proper_end(reader: Nurse) -> None:
    assert tell_of_unclean_ends(reader.window, []) is None


def test_it_stays_until_it_is_closed_whatever_is_opened_meanwhile(nurse: Nurse, study_path: Path) -> None:
    banner = tell_of_unclean_ends(nurse.window, [UncleanEnd(STARTED, None)])
    assert banner is not None
    nurse.open(study_path)
    nurse.wait(banner.isVisible)
    assert banner.property("note") == "notice"
    assert banner.text.text() == (
        "The last time, the window of Studyday ended without being closed. All that was saved is in the study; what "
        "was typed and not saved is lost."
    )
    assert banner.findChildren(Button) == []
    nurse.click(banner._close)
    assert not banner.isVisible()


def test_the_last_report_can_be_read_and_copied(nurse: Nurse, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"report {name}\nwindow.py:12 show\n", encoding="utf-8")
    ends = [UncleanEnd(STARTED, tmp_path / "a"), UncleanEnd(STARTED, tmp_path / "b"), UncleanEnd(STARTED, None)]
    banner = tell_of_unclean_ends(nurse.window, ends)
    assert banner is not None
    (button,) = banner.findChildren(Button)
    assert button.text() == "Show the report"
    nurse.click(button)
    dialog = nurse.window.findChildren(TextDialog)[0]
    nurse.click(dialog.copy_button)
    assert QGuiApplication.clipboard().text() == "report b\nwindow.py:12 show"
    nurse.leave(dialog)


def test_a_report_that_is_gone_is_said(nurse: Nurse, tmp_path: Path) -> None:
    nurse.window.dialogs.show_report(tmp_path / "gone")
    dialog = nurse.window.findChildren(TextDialog)[0]
    assert "No such file or directory" in dialog.details.toPlainText()
    nurse.leave(dialog)
