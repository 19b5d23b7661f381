"""The days of a printed list and the sheets of a day are chosen in the dialog, by keyboard, and follow the filter."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.services.queries.agenda_filter import Filter
from app.ui.dialogs.print_days_bar import PrintDaysBar
from app.ui.dialogs.print_dialog import PrintDialog, ask_print
from tests.documents.calendars import words_of
from tests.ui.nurse import Key, Nurse


def shown(nurse: Nurse, what: str = "print_list", chosen: Filter | None = None) -> tuple[PrintDialog, PrintDaysBar]:
    dialog = ask_print(nurse.session, what, "", [], nurse.window, chosen)
    nurse.wait(lambda: dialog.printout is not None or dialog.banner.isVisible())
    assert dialog.days_bar is not None
    return dialog, dialog.days_bar


def days(dialog: PrintDialog) -> tuple[object, object]:
    assert dialog.printout is not None
    fields = dialog.printout.fact.fields
    return fields["first"], fields["last"]


def test_the_days_are_chosen_by_the_arrow_keys(reader: Nurse) -> None:
    # The day of the stories is Monday 15 February 2027.
    dialog, bar = shown(reader)
    assert days(dialog) == ("2027-02-15", "2027-02-15")
    bar.days.setFocus()
    wanted = [("2027-02-16", "2027-02-16"), ("2027-02-15", "2027-02-21"), ("2027-02-22", "2027-02-28")]
    for first, last in wanted:
        reader.press(Key.Key_Down, bar.days)
        assert dialog.printout is None
        assert not dialog.save_button.isEnabled()
        reader.wait(lambda: dialog.printout is not None)
        assert days(dialog) == (first, last)
        assert bar.days.hasFocus()
    assert dialog.printout is not None
    assert dialog.printout.about == "Mon 22 – Sun 28 Feb 2027"
    assert dialog.proposed_name() == "visits-2027-02-22-to-2027-02-28.pdf"
    assert not bar.sheets_box.isEnabled()
    reader.leave(dialog)


def test_those_done_or_missed_are_listed_too_where_that_is_wanted(reader: Nurse) -> None:
    dialog, bar = shown(reader)
    bar.show_days(date(2027, 2, 8), date(2027, 2, 14))
    bar.chosen.emit()
    reader.wait(lambda: dialog.printout is not None and days(dialog) == ("2027-02-08", "2027-02-14"))
    assert dialog.printout is not None
    assert "those done among them" not in words_of(dialog.printout.content)
    bar.done_box.setChecked(True)
    assert not dialog.save_button.isEnabled(), "the pages of before are not printed for another choice"
    reader.wait(dialog.save_button.isEnabled)
    assert dialog.printout is not None
    assert "those done among them" in words_of(dialog.printout.content)
    assert days(dialog) == ("2027-02-08", "2027-02-14")
    reader.leave(dialog)


def test_typed_days(reader: Nurse) -> None:
    dialog, bar = shown(reader)
    assert not bar.first.isVisible()
    bar.days.setCurrentIndex(4)
    assert bar.first.isVisible()
    reader.type_in(bar.first.line, "1 mar")
    reader.wait(lambda: dialog.printout is not None)
    assert days(dialog) == ("2027-03-01", "2027-03-01")
    assert bar.sheets_box.isEnabled()
    reader.type_in(bar.last.line, "5 mar")
    reader.wait(lambda: dialog.printout is not None and days(dialog) == ("2027-03-01", "2027-03-05"))
    assert not bar.sheets_box.isEnabled()
    bar.last.set_value("28 feb")
    reader.wait(dialog.banner.isVisible)
    assert "lies before Mon 1 Mar 2027" in dialog.banner.text.text()
    assert not dialog.save_button.isEnabled()
    bar.last.set_value("some day")
    reader.wait(lambda: bar.last.line.property("wrong") == "true")
    assert not dialog.save_button.isEnabled()
    reader.leave(dialog)


@pytest.mark.parametrize("chosen", [None, Filter(text="LI-001")])
def test_the_sheets_of_the_day_that_is_filtered(nurse: Nurse, tmp_path: Path, chosen: Filter | None) -> None:
    dialog, bar = shown(nurse, "print_list", chosen)
    assert dialog.printout is not None
    assert dialog.printout.others == ()
    bar.sheets_box.setFocus()
    nurse.press(Key.Key_Space, bar.sheets_box)
    nurse.wait(lambda: dialog.printout is not None or dialog.banner.isVisible())
    assert dialog.printout is not None, dialog.banner.text.text()
    people = len(dialog.printout.others)
    assert people > 0
    assert dialog.proposed_name() == "sheets-2027-02-15.pdf"
    assert ("only “LI-001”" in dialog.printout.about) == (chosen is not None)
    dialog.save_to(tmp_path / "day.pdf")
    nurse.wait(lambda: (tmp_path / "day.pdf").exists() and len(nurse.facts("printed")) == people)
    assert nurse.facts("agenda_printed")[-1].fields.get("filter") == ({"find": "LI-001"} if chosen else None)


def test_the_menu_opens_the_sheets_of_today_with_the_filter_of_the_page(reader: Nurse) -> None:
    reader.today.search.setText("LI-002")
    reader.action("print_day").trigger()
    reader.wait(lambda: bool(reader.window.findChildren(PrintDialog)))
    (dialog,) = reader.window.findChildren(PrintDialog)
    reader.wait(lambda: dialog.printout is not None or dialog.banner.isVisible())
    assert dialog.days_bar is not None
    assert dialog.days_bar.sheets_wanted()
    assert dialog._chosen == Filter(text="LI-002")
    assert dialog.windowTitle() == "Print – Sheets of a day"
    reader.leave(dialog)


def test_every_label_is_plain_text_and_the_keys_of_the_bar_differ(reader: Nurse) -> None:
    dialog, bar = shown(reader)
    labels = bar.findChildren(QLabel)
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in labels)
    texts = [*(one.text() for one in labels if one.buddy() is not None), bar.sheets_box.text()]
    keys = [text[text.index("&") + 1].casefold() for text in texts]
    assert len(keys) == len(set(keys)) == 4
    reader.leave(dialog)
