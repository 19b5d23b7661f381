"""In the window, those identified and not screened: added, corrected, taken back."""

from datetime import date

from PySide6.QtWidgets import QMessageBox

from app.ui.forms.fact_form import FactForm
from app.ui.pages.study.identified import Identified
from tests.ui.nurse import Nurse, texts

FRIDAY = date(2027, 2, 12)


def opened(nurse: Nurse) -> Identified:
    nurse.window.go("study")
    nurse.study.show_section("identified")
    found = nurse.study.identified
    nurse.wait(lambda: found.box.form is not None)
    return found


def form_of(found: Identified) -> FactForm:
    assert found.box.form is not None
    return found.box.form


def test_a_line_is_added_at_once_corrected_with_a_reason_and_taken_back(nurse: Nurse) -> None:
    found = opened(nurse)
    preview = nurse.study.preview
    form_of(found).set_fields({"protocol": "scanpan", "on": FRIDAY, "count": 4, "failed_for": "declined"})
    nurse.click(found.save_button)
    nurse.wait(lambda: found.lines.rowCount() == 1)
    assert found.lines.cells(0) == ("Fri 12 Feb 2027", "4", "declined", "", "ScanPan")
    nurse.wait(lambda: "ScanPan: identified and not screened: declined: 4" in found.numbers.text())

    found.list.selectRow(0)
    nurse.click(found.correct_button)
    assert form_of(found).fields()["count"] == 4
    form_of(found).set_fields({"count": 3})
    nurse.click(found.save_button)
    assert [text for text in texts(form_of(found)) if text.startswith("Fill in")] == ["Fill in “Why it is corrected”."]
    form_of(found).set_fields({"why_corrected": "counted twice"})
    nurse.click(found.save_button)
    nurse.wait(lambda: preview.proposal is not None)
    nurse.click(preview.save_button)
    nurse.wait(lambda: found.lines.cells(0)[1] == "3")
    correction = nurse.facts("correction")[-1]
    assert (correction.fields["set.count"], correction.text("reason")) == (3, "counted twice")
    assert found.corrected is None

    found.list.selectRow(0)
    nurse.click(found.take_back_button)
    nurse.wait(lambda: preview.proposal is not None)
    nurse.click(preview.save_button)
    nurse.wait(lambda: found.lines.rowCount() == 0)
    assert found.lines.rowCount() == 0
    assert any("Nobody was identified and not screened yet." in text for text in texts(found))


def test_what_is_typed_is_asked_about_before_another_line_is_corrected(nurse: Nurse) -> None:
    found = opened(nurse)
    form_of(found).set_fields({"protocol": "scanpan", "on": FRIDAY, "count": 2, "failed_for": "unfit"})
    nurse.click(found.save_button)
    nurse.wait(lambda: found.lines.rowCount() == 1)
    form_of(found).set_fields({"count": 7})
    found.list.selectRow(0)
    nurse.click(found.correct_button)
    box = found.findChild(QMessageBox)
    assert box is not None
    assert form_of(found).fields()["count"] == 7
    nurse.click(next(one for one in box.buttons() if one.text() == "Throw it away"))
    assert form_of(found).fields()["count"] == 2
    assert found.about.text().startswith("Correct: ")
    nurse.click(found.new_button)
    assert found.about.text() == "A new line; nothing is recorded about a person"


def test_a_number_out_of_range_is_said_at_its_field(reader: Nurse) -> None:
    found = opened(reader)
    form_of(found).set_fields({"protocol": "scanpan", "on": FRIDAY, "count": 0, "failed_for": "unfit"})
    reader.click(found.save_button)
    reader.wait(lambda: any("9999" in text for text in texts(form_of(found))))
    assert reader.study.banner.isHidden()
    found.discard()
