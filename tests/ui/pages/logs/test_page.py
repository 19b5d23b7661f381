"""The logs in the window: one is chosen, searched, opened, printed, and saved for a spreadsheet."""

import csv
import io
from pathlib import Path

from app.domain.facts.log_names import log_names
from app.services.commands import record
from app.ui.dialogs.print_dialog import PrintDialog
from tests.ui.nurse import Key, Nurse, texts
from tests.ui.stories import TODAY


def show(nurse: Nurse, name: str) -> None:
    nurse.go("logs")
    nurse.logs.which.setCurrentIndex(nurse.logs.which.findData(name))
    nurse.wait(lambda: nurse.logs.model.table.name == name)
    nurse.settle()


def fall_ill(nurse: Nurse) -> None:
    given = {"term": "Nausea", "grade": 2, "on": TODAY, "serious": False}
    nurse.change(lambda study: record.change(study, "LI-001", "adverse_event", given, TODAY), "LI-001")


def test_every_log_is_offered_and_shown(nurse: Nurse) -> None:
    nurse.press(Key.Key_4, alt=True)
    nurse.wait(lambda: nurse.window.stack.currentWidget() is nurse.logs)
    assert [nurse.logs.which.itemData(number) for number in range(nurse.logs.which.count())] == list(log_names())
    for name in log_names():
        show(nurse, name)
    assert "Nothing was recorded." in texts(nurse.logs)


def test_a_line_appears_when_it_is_recorded_and_is_found(nurse: Nurse) -> None:
    show(nurse, "adverse-events")
    fall_ill(nurse)
    nurse.wait(lambda: nurse.logs.model.rows)
    assert "1 line" in texts(nurse.logs)
    nurse.logs.search.setText("headache")
    assert "No line fits. Empty the box to see all." in texts(nurse.logs)
    assert not nurse.logs.open_button.isEnabled()
    nurse.logs.search.setText("nausea")
    assert nurse.logs.selection() == ("LI-001", "")
    nurse.logs.open_button.click()
    nurse.wait(lambda: nurse.window.stack.currentWidget() is nurse.participant)


def test_a_log_is_printed(nurse: Nurse) -> None:
    show(nurse, "survival")
    nurse.logs.print_button.click()
    found: list[PrintDialog] = []

    def is_laid_out() -> bool:
        found[:] = [one for one in nurse.window.findChildren(PrintDialog) if one.printout is not None]
        return bool(found)

    nurse.wait(is_laid_out)
    (dialog,) = found
    assert dialog.proposed_name().startswith("survival-")
    assert "Survival log" in dialog._document.getAllText(0).text()
    nurse.leave(dialog)


def test_a_log_is_saved_for_a_spreadsheet_and_replaces_only_what_was_agreed_to(nurse: Nurse, tmp_path: Path) -> None:
    fall_ill(nurse)
    show(nurse, "adverse-events")
    out = tmp_path / "events"
    nurse.logs.save_to(out, asked=True)
    saved = tmp_path / "events.csv"
    nurse.wait(lambda: nurse.logs.banner.isVisible())
    head, row = csv.reader(io.StringIO(saved.read_text("utf-8-sig"), newline=""))
    assert dict(zip(head, row, strict=True))["CTCAE term"] == "Nausea"
    saved.write_text("mine")
    nurse.logs.banner.hide()
    nurse.logs.save_to(out, asked=True)
    nurse.wait(lambda: nurse.logs.banner.isVisible())
    assert saved.read_text() == "mine"
    nurse.logs.save_to(saved, asked=True)
    nurse.wait(lambda: saved.read_text("utf-8-sig") != "mine")
