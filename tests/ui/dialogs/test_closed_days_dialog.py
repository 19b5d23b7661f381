"""In the window, days that the site closes or opens: the effect first, then saving, and taking it back."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.dialogs.closed_days_dialog import ClosedDaysDialog
from app.ui.forms.fact_form import FactForm
from tests.ui.conftest import Make
from tests.ui.nurse import Key, Nurse, texts

MONDAY, TUESDAY, WEDNESDAY = date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 3)


def opened(nurse: Nurse) -> ClosedDaysDialog:
    nurse.action("closed_days").trigger()
    found: list[ClosedDaysDialog] = []

    def is_there() -> bool:
        found[:] = [one for one in nurse.window.findChildren(ClosedDaysDialog) if one.form is not None]
        return bool(found)

    nurse.wait(is_there)
    return found[0]


def form_of(dialog: ClosedDaysDialog) -> FactForm:
    assert dialog.form is not None
    return dialog.form


def shown(nurse: Nurse, dialog: ClosedDaysDialog, **fields: object) -> None:
    """Fill in the form and have the effect shown."""
    form_of(dialog).set_fields(fields)
    nurse.click(dialog.show_button)
    nurse.wait(lambda: dialog.proposal is not None)


def saved(nurse: Nurse, dialog: ClosedDaysDialog, days: int) -> None:
    """Save what is shown; so many days are in the list then."""
    nurse.click(dialog.save_button)
    nurse.wait(lambda: dialog.days.rowCount() == days)


def test_a_range_is_closed_after_its_effect_on_everybody_was_shown_and_taken_away_again(nurse: Nurse) -> None:
    dialog = opened(nurse)
    assert not dialog.save_button.isVisible()
    shown(nurse, dialog, on=TUESDAY, to=WEDNESDAY, reason="the ward moves")
    assert nurse.facts("day_closed") == []
    assert dialog.said.text().startswith("To be saved: 2 days closed. ")
    rows = [dialog.moves.cells(number) for number in range(dialog.moves.rowCount())]
    assert len({code for code, *_more in rows}) > 1
    assert all(
        "2 Mar" not in after and "3 Mar" not in after for _c, _v, _before, after, what, _w in rows if "m" in what
    )
    saved(nurse, dialog, 2)
    assert dialog.days.cells(0) == ("Tue 2 Mar 2027", "closed", "every site", "the ward moves")
    assert [one.day("on") for one in nurse.facts("day_closed")] == [TUESDAY, WEDNESDAY]
    assert not dialog.has_typed()
    before = rows

    dialog.list.selectAll()
    nurse.click(dialog.take_away_button)
    nurse.wait(lambda: dialog.proposal is not None)
    assert dialog.said.text().startswith("To be saved: 2 days are as usual again. ")
    assert dialog.moves.rowCount() == len(before)
    saved(nurse, dialog, 0)


def test_a_booked_visit_stays_and_is_said_to_be_on_a_closed_day(nurse: Nurse) -> None:
    dialog = opened(nurse)
    shown(nurse, dialog, on=date(2027, 2, 15), reason="strike")
    row = next(cells for cells in map(dialog.moves.cells, range(dialog.moves.rowCount())) if cells[0] == "LI-001")
    assert row[2:4] == ("Mon 15 Feb", "Mon 15 Feb")
    assert row[5] == "closed: a day that the site has closed"
    assert "is on a closed day" in dialog.said.text()
    nurse.leave(dialog)


def test_only_one_site_is_opened_by_the_keyboard(nurse: Nurse) -> None:
    dialog = opened(nurse)
    day = form_of(dialog).day_edit("on")
    assert day is not None
    assert day.line.hasFocus()
    QTest.keyClicks(day.line, "6 mar 2027")
    form_of(dialog).set_fields({"closed": False, "site": "Beijing"})
    nurse.press(Key.Key_Return, ctrl=True)
    nurse.wait(lambda: dialog.proposal is not None)
    assert dialog.save_button.hasFocus()
    nurse.press(Key.Key_Return, ctrl=True)
    nurse.wait(lambda: dialog.days.rowCount() == 1)
    assert dialog.days.cells(0) == ("Sat 6 Mar 2027", "open", "Beijing", "")
    dialog.list.setFocus()
    dialog.list.selectRow(0)
    nurse.press(Key.Key_Delete)
    nurse.wait(lambda: dialog.proposal is not None)
    assert dialog.said.text().startswith("To be saved: Sat 6 Mar 2027 is as usual again. ")
    nurse.press(Key.Key_Return, ctrl=True)
    nurse.wait(lambda: dialog.days.rowCount() == 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Fill in the first day."),
        ({"on": WEDNESDAY, "to": TUESDAY}, "Tue 2 Mar 2027 lies before Wed 3 Mar 2027. Correct one of the days."),
        ({"on": MONDAY, "to": date(2028, 3, 1)}, "At most 366 days can be closed at once. Shorten the stretch."),
    ],
)
def test_a_refusal_is_said_at_its_field_and_what_was_typed_stays(
    reader: Nurse, fields: dict[str, object], said: str
) -> None:
    dialog = opened(reader)
    form_of(dialog).set_fields(fields)
    reader.click(dialog.show_button)
    reader.wait(lambda: said in texts(form_of(dialog)))
    assert dialog.proposal is None
    assert {name: one for name, one in form_of(dialog).fields().items() if name in fields} == fields


def test_a_day_that_cannot_be_read_is_refused_at_its_field(reader: Nurse) -> None:
    dialog = opened(reader)
    form_of(dialog).set_fields({"on": MONDAY, "to": "soon"})
    reader.click(dialog.show_button)
    reader.wait(lambda: any("soon" in text for text in texts(form_of(dialog))))
    assert dialog.proposal is None


def test_what_is_typed_after_the_effect_was_shown_takes_it_away(reader: Nurse) -> None:
    dialog = opened(reader)
    shown(reader, dialog, on=TUESDAY)
    form_of(dialog).set_fields({"to": WEDNESDAY})
    assert dialog.proposal is None
    assert dialog.show_button.isVisible()
    assert not dialog.save_button.isVisible()
    assert not dialog.said.isVisible()
    assert dialog.has_typed()


def test_an_unlikely_day_is_asked_about_before_it_is_saved(nurse: Nurse) -> None:
    dialog = opened(nurse)
    shown(nurse, dialog, on=date(2067, 3, 1))
    assert dialog.sure.isVisible()
    nurse.click(dialog.save_button)
    nurse.settle()
    assert nurse.facts("day_closed") == []
    assert dialog.sure.box.hasFocus()
    nurse.press(Key.Key_Space, dialog.sure.box)
    saved(nurse, dialog, 1)


def test_a_study_open_for_reading_shows_the_list_alone(make_nurse: Make, study_path: Path) -> None:
    nurse = make_nurse(study_path, writing=False)
    dialog = opened(nurse)
    assert dialog.banner.isVisible()
    assert not dialog.show_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.proposal is None
    nurse.leave(dialog)
