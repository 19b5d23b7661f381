"""The fields of a booking stay where they are while days are chosen."""

import pytest
from PySide6.QtCore import QPoint

from tests.ui.nurse import Nurse


@pytest.mark.parametrize("visit", ["SP-C02#3", "SP-C02#4", "SP-R01"])
def test_the_time_stays_in_its_place_whatever_day_is_chosen(nurse: Nurse, visit: str) -> None:
    nurse.window.dialogs.open("booked", "LI-001", visit)
    dialog = nurse.dialog()
    picker = dialog.picker
    assert picker is not None
    nurse.wait(lambda: bool(picker._days))
    nurse.settle()
    time = dialog.form.form.editor("at")
    dialog.form.form.set_fields({"on": None})
    places = set()
    for on in [None, *sorted(picker._days)]:
        if on is not None:
            picker.choose(on)
        nurse.wait(lambda: not dialog.preview.under_way)
        nurse.settle()
        places.add(time.mapTo(dialog, QPoint(0, 0)).y())
    nurse.leave(dialog)
    assert len(places) == 1
