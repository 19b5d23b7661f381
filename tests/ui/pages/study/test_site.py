"""In the window, a site is described: what that moves first, then saving."""

from PySide6.QtWidgets import QMessageBox

from app.ui.forms.fact_form import FactForm
from app.ui.pages.study.page import StudyPage
from tests.ui.nurse import Nurse, texts


def opened(nurse: Nurse) -> StudyPage:
    nurse.window.go("study")
    page = nurse.study
    page.show_section("site")
    nurse.wait(lambda: page.site.sites.rows)
    return page


def form_of(page: StudyPage) -> FactForm:
    found = page.site.box.form
    assert found is not None
    return found


def test_telephones_and_paper_are_saved_without_a_visit_moving_and_weekdays_with_their_preview(nurse: Nurse) -> None:
    page = opened(nurse)
    assert page.site.about.text() == "Linköping"
    form_of(page).set_fields({"day_phone": "013-555 01 20", "paper": "letter"})
    nurse.click(page.site.show_button)
    nurse.wait(lambda: page.preview.proposal is not None)
    assert page.preview.effect.text() == "No visit changes."
    nurse.click(page.preview.save_button)
    nurse.wait(lambda: page.site.sites.rows[0].paper == "letter" and not page.has_typed())
    fact = nurse.facts("site_set")[-1]
    assert (fact.text("day_phone"), fact.text("paper"), fact.text("time_zone")) == (
        "013-555 01 20", "letter", "Europe/Stockholm",
    )  # fmt: skip
    assert "closed_weekdays" not in fact.fields
    form_of(page).set_fields({"closed_weekdays": [0, 5, 6]})
    nurse.click(page.site.show_button)
    nurse.wait(lambda: page.preview.proposal is not None)
    assert page.preview.moves.rowCount() > 10
    nurse.click(page.preview.cancel_button)
    assert page.has_typed()
    page.discard()


def test_a_wrong_country_is_said_at_its_field(reader: Nurse) -> None:
    page = opened(reader)
    form_of(page).set_fields({"country": "Atlantis"})
    reader.click(page.site.show_button)
    said = "Unknown country “Atlantis”. Write its two letters, as SE, FI or CN."
    reader.wait(lambda: said in texts(form_of(page)))
    page.discard()


def test_a_country_is_known_by_its_name_in_any_case(reader: Nurse) -> None:
    page = opened(reader)
    assert "Sweden" in [str(page.site.sites.index(row, 1).data()) for row in range(page.site.sites.rowCount())]
    for typed, letters in (("finland", "FI"), ("FI", "FI"), ("China", "CN")):
        form_of(page).set_fields({"country": typed})
        assert form_of(page).fields()["country"] == letters
    page.discard()


def test_a_site_that_is_never_open_is_refused_at_its_weekdays(reader: Nurse) -> None:
    page = opened(reader)
    form_of(page).set_fields({"closed_weekdays": list(range(7))})
    reader.click(page.site.show_button)
    reader.wait(lambda: page.site.box.form is not None and any("open" in one for one in texts(form_of(page))))
    assert page.banner.isHidden()
    page.discard()


def test_another_site_is_described_and_what_is_typed_is_asked_about_before_it_is_left(nurse: Nurse) -> None:
    page = opened(nurse)
    nurse.click(page.site.new_button)
    assert page.site.about.text() == "A new site"
    form_of(page).set_fields({"name": "Lund", "country": "SE"})
    page.site.list.selectRow(1)
    box = page.site.findChild(QMessageBox)
    assert box is not None
    nurse.click(next(one for one in box.buttons() if one.text() == "Go on typing"))
    assert form_of(page).fields()["name"] == "Lund"
    nurse.click(page.site.show_button)
    nurse.wait(lambda: page.preview.proposal is not None)
    nurse.click(page.preview.save_button)
    nurse.wait(lambda: [one.name for one in page.site.sites.rows][-1] == "Lund")
    nurse.wait(lambda: page.site.about.text() == "Lund")
    page.site.list.selectRow(1)
    assert page.site.about.text() == "Beijing"
