"""The inspector says what is wrong with a visit, with a button that opens the dialog for it."""

from datetime import date

import pytest

from app.services.commands import print_documents, record
from app.services.study.study import Study
from app.ui.dialogs.print_dialog import PrintDialog
from tests.ui.nurse import Nurse, buttons, texts
from tests.ui.stories import TODAY

CHOSEN = ("LI-001", "SP-C02#3")


@pytest.mark.parametrize(
    ("chosen", "text", "button", "kind", "visit"),
    [
        (
            ("LI-006", "SP-C02#2"),
            "Booked outside the window: Wed 17 Feb 2027 is 1 day before it opens.",
            "Choose another day",
            "booked",
            "SP-C02#2",
        ),
        (("LI-005", "SP-C02#2"), "Not ready: ", "Choose a day", "booked", "SP-C04#2.1/2"),
        (("LI-005", "SP-C02#2"), "Moved outside the window: ", "Choose another day", "moved", "SP-C02#2"),
        (
            ("LI-002", "SP-C04#1.15"),
            "Counted from an unrecorded day: record Preoperative cycle 1 day 15 infusion (Mon 1 Feb 2027).",
            "Record it",
            "performed",
            "SP-C03#1.15",
        ),
    ],
)
def test_a_remedy_opens_the_dialog_that_mends_it(
    reader: Nurse, chosen: tuple[str, str], text: str, button: str, kind: str, visit: str
) -> None:
    reader.choose(*chosen)
    assert any(one.startswith(text) for one in texts(reader.today.inspector))
    reader.click(buttons(reader.today.inspector)[button])
    dialog = reader.dialog()
    assert (dialog.kind, dialog.view.code, dialog.visit) == (kind, chosen[0], visit)
    reader.leave(dialog)


def test_bloods_that_are_too_old_lead_to_their_repeat(reader: Nurse) -> None:
    page = reader.open_participant("LI-005", "SP-C04#2.1")
    reader.wait(lambda: page.selected == "SP-C04#2.1")
    assert any(one.startswith("Outdated: done on Fri 12 Feb 2027") for one in texts(page.inspector))
    reader.click(buttons(page.inspector)["Choose a day"])
    dialog = reader.dialog()
    assert (dialog.kind, dialog.visit) == ("booked", "SP-C04#2.1/2")
    reader.leave(dialog)


def test_a_decision_that_is_not_recorded_is_asked_for(reader: Nurse) -> None:
    page = reader.open_participant("LI-004", "SP-R01")
    reader.wait(lambda: page.selected == "SP-R01")
    assert "Held, but what was decided is not recorded." in texts(page.inspector)
    reader.click(buttons(page.inspector)["Decide…"])
    dialog = reader.dialog()
    assert (dialog.kind, dialog.visit) == ("decided", "SP-R01")
    reader.leave(dialog)


def test_a_sheet_printed_before_the_day_changed_is_said_to_be_outdated(nurse: Nurse) -> None:
    notice = "The printed sheet is outdated: the visit's day or window is another since."

    def keep(study: Study) -> None:
        print_documents.keep_print(study, print_documents.sheets(study, "LI-001", ["SP-C02#3"], TODAY), TODAY)

    nurse.change(keep, "LI-001")
    nurse.choose(*CHOSEN)
    nurse.settle()
    assert notice not in texts(nurse.today.inspector)
    fields = {"visit": "SP-C02#3", "on": date(2027, 2, 16), "at": "09:30"}
    nurse.change(lambda study: record.change(study, "LI-001", "booked", fields, TODAY), "LI-001")
    nurse.wait(lambda: notice in texts(nurse.today.inspector))
    nurse.click(buttons(nurse.today.inspector)["Print again"])
    nurse.wait(lambda: bool(nurse.window.findChildren(PrintDialog)))
    nurse.leave(nurse.window.findChildren(PrintDialog)[0])
