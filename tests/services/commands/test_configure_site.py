"""What was said of the site and its days, and taken back."""

from datetime import date

from app.services.commands import configure_site
from tests.services.ward import Ward, refused


def test_what_was_said_of_a_day_is_taken_back(ward: Ward) -> None:
    ward.close_day("2026-12-28")
    assert ward.dates()["SP-C02#2"] == "2026-12-29"
    ward.set_study(configure_site.usual_day_facts(ward.study, date(2026, 12, 28)))
    assert ward.dates()["SP-C02#2"] == "2026-12-28"
    ward.check_cached_visits()


def test_clearing_a_day_is_a_command_of_its_own_that_undo_takes_back(ward: Ward) -> None:
    ward.close_day("2026-12-28")
    ward.set_study(configure_site.usual_day_facts(ward.study, date(2026, 12, 28)))
    ward.undo()
    assert ward.dates()["SP-C02#2"] == "2026-12-29"
    ward.redo()
    assert ward.dates()["SP-C02#2"] == "2026-12-28"
    ward.check_cached_visits()


def test_clearing_a_value_ends_what_could_be_brought_back(ward: Ward) -> None:
    ward.value("SP-R01.after", "P21D")
    ward.do("note", text="x")
    ward.undo()
    ward.set_study(configure_site.clear_value_facts(ward.study, "", "SP-R01.after"))
    refused("nothing_to_redo", ward.redo)
    ward.undo()
    assert ward.study.facts.site_values("scanpan") == {"SP-R01.after": "P21D"}
