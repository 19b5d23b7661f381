"""What is typed about a site as the fields of its fact."""

from app.domain.facts.study_record import SiteRow, UnitContact
from app.ui.pages.study.site_questions import site_fields, site_questions

LUND = SiteRow("Lund", "SE", "", None, UnitContact("013-1", "", "38.5: call"))
USUAL = [5, 6]


def test_a_new_site_is_asked_for_its_name_and_what_is_empty_is_left_out() -> None:
    assert site_questions(None)[0].field.name == "name"
    typed = {"name": "Lund", "country": "SE", "closed_weekdays": USUAL, "paper": "a4", "day_phone": None}
    assert site_fields(typed, None) == {"name": "Lund", "country": "SE", "closed_weekdays": None, "paper": None}


def test_a_known_site_shows_what_it_has_and_may_be_emptied() -> None:
    shown = {one.field.name: one.default for one in site_questions(LUND)}
    assert "name" not in shown
    assert (shown["day_phone"], shown["closed_weekdays"], shown["paper"]) == ("013-1", USUAL, "a4")
    typed = {**shown, "day_phone": None, "closed_weekdays": [6], "paper": "letter"}
    fields = site_fields(typed, LUND)
    assert (fields["name"], fields["day_phone"], fields["fever_rule"]) == ("Lund", "", "38.5: call")
    assert (fields["closed_weekdays"], fields["paper"]) == ([6], "letter")


def test_a_site_that_has_said_its_weekend_and_paper_says_them_again() -> None:
    lund = SiteRow("Lund", "SE", "", frozenset({4}), paper="letter")
    fields = site_fields({"country": "SE", "closed_weekdays": USUAL, "paper": "a4"}, lund)
    assert (fields["closed_weekdays"], fields["paper"]) == (USUAL, "a4")
