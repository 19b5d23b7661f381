"""In the window, versions of the consent form, and who is to be asked."""

from datetime import date

from app.ui.forms.fact_form import FactForm
from app.ui.pages.study.consent_forms import ConsentForms
from tests.ui.nurse import Key, Nurse, texts


def opened(nurse: Nurse) -> ConsentForms:
    nurse.window.go("study")
    nurse.study.show_section("consent")
    found = nurse.study.consent
    nurse.wait(lambda: found.box.form is not None)
    return found


def form_of(found: ConsentForms) -> FactForm:
    assert found.box.form is not None
    return found.box.form


def test_a_version_is_added_and_those_who_are_to_be_asked_are_listed(nurse: Nurse) -> None:
    found = opened(nurse)
    preview = nurse.study.preview
    form_of(found).set_fields(
        {"protocol": "scanpan", "version": "3.0", "on": date(2027, 2, 10), "concerns": "everybody", "reason": "MRI"}
    )
    nurse.click(found.save_button)
    nurse.wait(lambda: preview.proposal is not None)
    assert preview.said.text() == "Version 3.0 of the consent form"
    nurse.click(preview.save_button)
    nurse.wait(lambda: found.people.rowCount() > 0 and found.lines.rowCount() == 1)
    assert found.lines.cells(0) == ("3.0", "Wed 10 Feb 2027", "everybody", "ScanPan")
    row = next(number for number, one in enumerate(found.people.rows) if one.participant == "LI-001")
    assert found.people.cells(row)[1] == "3.0"
    assert " " in found.people.cells(row)[2], "the visit has its name"
    assert not found.has_typed()
    found.asked.selectRow(row)
    nurse.click(found.open_button)
    nurse.wait(lambda: nurse.participant.view is not None and nurse.participant.view.code == "LI-001")

    found = opened(nurse)
    found.list.setFocus()
    found.list.selectRow(0)
    nurse.press(Key.Key_Delete)
    nurse.wait(lambda: preview.proposal is not None)
    assert preview.said.text().startswith("Taken back: consent form of scanpan, version 3.0, applies from ")
    nurse.press(Key.Key_Return, ctrl=True)
    nurse.wait(lambda: found.lines.rowCount() == 0 and found.people.rowCount() == 0)


def test_what_is_missing_is_said_at_its_field(reader: Nurse) -> None:
    found = opened(reader)
    form_of(found).set_fields({"protocol": "scanpan"})
    reader.click(found.save_button)
    said = texts(form_of(found))
    assert "Fill in the version of the form." in said
    found.discard()
