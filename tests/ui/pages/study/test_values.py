"""In the window, values and questions: narrowed, changed with a preview, confirmed several at a time."""

from PySide6.QtWidgets import QMessageBox

from app.services.commands import configure_site
from app.ui.dialogs.print_dialog import PrintDialog
from app.ui.forms.fact_form import FactForm
from app.ui.pages.study.page import StudyPage
from app.ui.pages.study.values import Values
from tests.ui.nurse import Key, Nurse, texts
from tests.ui.stories import TODAY


def opened(nurse: Nurse) -> StudyPage:
    nurse.window.go("study")
    page = nurse.study
    page.show_section("values")
    nurse.wait(lambda: page.values.model.every)
    return page


def form_of(values: Values) -> FactForm:
    found = values.value_box.form
    assert found is not None
    return found


def choose(values: Values, key: str) -> None:
    """Choose a row as a click does."""
    row = next(number for number, one in enumerate(values.model.rows) if one.key == key)
    values.list.table.selectRow(row)


def chips(values: Values) -> dict[str, str]:
    """The counts of the chips by their words."""
    return dict(button.text().rsplit(" ", 1) for button, *_more in values.list._chips)


def test_several_are_confirmed_by_name_and_day(nurse: Nurse) -> None:
    values = opened(nurse).values
    before = int(chips(values)["To confirm"])
    assert values.confirm_button.text() == "C&onfirm"
    assert not values.confirm_button.isEnabled()
    values.list.search.setText("SP-R01")
    values.list.table.setFocus()
    choose(values, "SP-R01.before")
    nurse.press(Key.Key_Space)
    nurse.press(Key.Key_Down)
    nurse.press(Key.Key_Space)
    assert [one.key for one in values.model.ticked_rows()] == ["SP-R01.before", "SP-R01.after"]
    assert values.all.isChecked()
    assert values.has_typed()
    form = values.confirm_box.form
    assert form is not None
    form.set_fields({"by": "Dr Holm", "on": "1 feb 2027", "reason": "letter"})
    form.focus_first()
    nurse.press(Key.Key_Return, ctrl=True)
    nurse.wait(lambda: len(values.model.ticked_rows()) == 0 and chips(values)["Confirmed"] == "2")
    assert int(chips(values)["To confirm"]) == before - 2
    assert [(one.text("key"), one.text("by"), one.text("on")) for one in nurse.facts("value_confirmed")] == [
        ("SP-R01.before", "Dr Holm", "2027-02-01"),
        ("SP-R01.after", "Dr Holm", "2027-02-01"),
    ]
    assert not values.has_typed(), "the name stays for the next ones, and is no loss"
    nurse.click(values.list._chips[1][0])
    assert values.model.cell(1, 4) == "confirmed by Dr Holm on Mon 1 Feb 2027, letter"


def test_a_changed_value_is_previewed_and_then_to_be_confirmed_again(nurse: Nurse) -> None:
    nurse.change(
        lambda study: configure_site.save_study(
            study,
            configure_site.propose_study(
                study, configure_site.confirm_facts(study, "scanpan", ["SP-R01.after"], "", TODAY, "Dr Holm"), TODAY
            ),
        )
    )
    page = opened(nurse)
    values = page.values
    before = values.model.count(True)
    nurse.click(values.list._chips[1][0])
    choose(values, "SP-R01.after")
    assert form_of(values).fields()["value"] == "P14D"
    form_of(values).set_fields({"value": "3 weeks", "reason": "as agreed"})
    nurse.click(values.change_button)
    nurse.wait(lambda: page.preview.proposal is not None)
    assert page.preview.said.text() == "SP-R01.after set to 3 weeks"
    nurse.click(page.preview.save_button)
    nurse.wait(lambda: nurse.session.view is not None and values.model.count(True) == before - 1)
    (fact,) = nurse.facts("value_set")
    assert (fact.text("value"), fact.text("reason")) == ("P3W", "as agreed")
    nurse.click(values.list._chips[0][0])
    choose(values, "SP-R01.after")
    assert "changed after it was confirmed by Dr Holm on Mon 15 Feb 2027" in values.more.text()
    nurse.click(values.clear_button)
    nurse.wait(lambda: page.preview.proposal is not None)
    assert page.preview.said.text() == "SP-R01.after is the protocol's own again"


def test_a_wrong_value_is_refused_at_its_field_as_at_the_terminal(reader: Nurse) -> None:
    values = opened(reader).values
    values.list.search.setText("SP-R01")
    choose(values, "SP-R01.after")
    form_of(values).set_fields({"value": "soon"})
    reader.click(values.change_button)
    said = "The site value “SP-R01.after” cannot be “soon”. Write a duration such as P14D, P2M or -P7D."
    reader.wait(lambda: said in texts(form_of(values)))
    values.discard()
    assert not values.has_typed()
    values.list.search.clear()


def test_another_row_is_chosen_only_after_it_was_asked_about_what_is_typed(reader: Nurse) -> None:
    values = opened(reader).values
    values.list.search.setText("SP-R02")
    choose(values, "SP-R02.after")
    form_of(values).set_fields({"value": "9 days"})
    choose(values, "SP-R02.before")
    box = values.findChild(QMessageBox)
    assert box is not None
    assert values.row is not None
    assert values.row.key == "SP-R02.after"
    values.list.search.setText("SP-P03")
    assert form_of(values).fields()["value"] == "9 days", "narrowing the list loses nothing"
    values.list.search.setText("SP-R02")
    reader.click(next(one for one in box.buttons() if one.text() == "Throw it away"))
    assert values.row.key == "SP-R02.before"
    values.list.search.clear()


def test_a_protocol_is_chosen_with_its_chip_and_the_list_is_printed(reader: Nurse) -> None:
    values = opened(reader).values
    counts = chips(values)
    assert int(counts["ScanPan"]) + int(counts["NCT06873178"]) == int(counts["To confirm"])
    chip = next(button for button, _confirmed, protocol in values.list._chips if protocol == "nct06873178")
    reader.click(chip)
    assert {one.protocol for one in values.model.rows} == {"nct06873178"}
    reader.click(chip)
    assert len(values.model.rows) == int(counts["To confirm"])
    values.list.search.setText("no such thing")
    assert values.list.none.text() == "No line fits. Empty the box to see all."
    values.list.search.clear()
    reader.click(values.print_button)
    reader.wait(lambda: bool(reader.window.findChildren(PrintDialog)))


def test_what_is_ticked_is_confirmed_from_the_list_by_keys_alone(nurse: Nurse) -> None:
    values = opened(nurse).values
    before = len(nurse.facts("value_confirmed"))
    nurse.click(values.list._chips[0][0])
    values.list.search.setText("SP-C01")
    values.list.table.setFocus()
    values.list.table.selectRow(0)
    key = values.model.rows[0].key
    nurse.press(Key.Key_Return, values.list.table, ctrl=True)
    nurse.settle()
    assert nurse.study.preview.proposal is None, "nothing is ticked, and the value is as it was"
    assert values.value_box.isAncestorOf(nurse.window.focusWidget())
    values.list.table.setFocus()
    nurse.press(Key.Key_Space, values.list.table)
    nurse.press(Key.Key_Return, values.list.table, ctrl=True)
    nurse.wait(lambda: len(nurse.facts("value_confirmed")) > before)
    # A question is confirmed with the values that it asks for.
    assert key in [one.text("key") for one in nurse.facts("value_confirmed")[before:]]
    assert values.model.ticked_rows() == []
