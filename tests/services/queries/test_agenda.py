"""The agenda of a study in the morning."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from app.services.commands import print_documents
from app.services.queries.agenda import agenda, morning
from app.services.queries.agenda_filter import Filter, filtered
from app.wording.agenda import agenda_status, left_text, next_step
from tests.services.ward import TODAY, Ward


def test_the_morning_names_the_visits_at_which_something_is_decided(ward: Ward) -> None:
    found = morning(ward.study, TODAY, 14)
    assert ("scanpan", "SP-R01") in found.deciding
    assert ("scanpan", "SP-C01") not in found.deciding
    assert any(row.participant == "LI-001" for row in (*found.agenda.pressing, *found.agenda.now))


# What was performed on a day that a person has to look at


def pressing(ward: Ward, on: str = "") -> dict[str, tuple[str, str]]:
    """What presses of LI-001 by visit: the words, and how long ago."""
    found = agenda(ward.study, date.fromisoformat(on) if on else ward.today)
    mine = [row for row in found.pressing if row.participant == "LI-001" and row.entry.performed]
    return {row.entry.key: (agenda_status(row), left_text(row)) for row in mine}


def given(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")


ORDER = {"SP-C03#1.8": ("recorded out of order (not after SP-C01)", "21 days ago")}


def test_a_dose_recorded_before_the_one_before_it_is_to_be_looked_at(ward: Ward) -> None:
    given(ward)
    assert pressing(ward) == {}
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-27")
    assert pressing(ward, "2026-12-18") == ORDER


def test_a_decision_on_its_class_ends_the_row_and_undo_brings_it_back(ward: Ward) -> None:
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-27")
    ward.do("deviation_classed", visit="SP-C03#1.8", deviation="performed_before", **{"class": "minor"})
    assert pressing(ward, "2026-12-18") == {}
    ward.undo()
    assert pressing(ward, "2026-12-18") == ORDER
    ward.redo()
    assert pressing(ward, "2026-12-18") == {}


def test_a_decision_on_another_row_of_the_visit_does_not_end_it(ward: Ward) -> None:
    # On 27 November it is early as well; somebody has only looked at that.
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-27")
    ward.do("deviation_classed", visit="SP-C03#1.8", deviation="early", **{"class": "minor"})
    assert pressing(ward, "2026-12-18") == ORDER


def test_a_correction_ends_the_row_and_a_wrong_one_opens_it_again(ward: Ward) -> None:
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-27")
    ward.do("deviation_classed", visit="SP-C03#1.8", deviation="performed_before", **{"class": "minor"})
    ward.correct(ward.seq("performed", "SP-C03#1.8"), on="2026-11-26")
    assert pressing(ward, "2026-12-18")["SP-C03#1.8"][0] == "recorded out of order (not after SP-C01)"
    ward.correct(ward.seq("performed", "SP-C03#1.8"), on="2026-12-07")
    assert pressing(ward) == {}


def test_a_dose_too_near_the_last_is_said_with_the_days(ward: Ward) -> None:
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on="2026-12-09")
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-14")
    assert pressing(ward) == {
        "SP-C03#1.15": ("recorded too near the last dose (5 days after SP-C03#1.8)", "6 days ago"),
    }


def test_a_visit_on_a_day_closed_afterwards_is_to_be_looked_at(ward: Ward) -> None:
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on="2026-12-07")
    assert pressing(ward) == {}
    ward.close_day("2026-12-07", reason="strike")
    assert pressing(ward)["SP-C03#1.8"] == ("recorded on a closed day", "13 days ago")
    ward.do("deviation_classed", visit="SP-C03#1.8", **{"class": "allowed"})
    assert pressing(ward) == {}


def test_two_reasons_are_settled_one_by_one(ward: Ward) -> None:
    # Sunday 29 November, the day before day 1.
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-29")
    said = pressing(ward)["SP-C03#1.8"][0]
    assert said == "recorded on a closed day; recorded out of order (not after SP-C01)"
    ward.do("deviation_classed", visit="SP-C03#1.8", deviation="performed_closed", **{"class": "allowed"})
    assert pressing(ward)["SP-C03#1.8"][0] == "recorded out of order (not after SP-C01)"


def test_what_is_overdue_comes_before_what_was_recorded_long_ago(ward: Ward) -> None:
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-27")
    found = agenda(ward.study, date(2027, 1, 15))
    looked_at = [bool(row.entry.unclassed) for row in found.pressing]
    assert looked_at == sorted(looked_at)
    assert looked_at.count(True) == 1 < len(looked_at)


def test_on_the_day_itself_it_is_among_what_is_for_today(ward: Ward) -> None:
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on=ward.today.isoformat())
    ward.do("performed", visit="SP-C03#1.15", on=ward.today.isoformat())
    found = agenda(ward.study, ward.today)
    assert "SP-C03#1.15" in [row.entry.key for row in found.now]
    assert "SP-C03#1.15" not in pressing(ward)
    step = next(next_step(row.entry, ward.today, False) for row in found.now if row.entry.key == "SP-C03#1.15")
    assert step == "deviation_classed"


def test_a_print_of_some_days_has_those_performed_on_them(ward: Ward) -> None:
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-27")
    for first, there in (("2026-11-27", True), ("2026-11-28", False)):
        found = agenda(ward.study, ward.today, date.fromisoformat(first), date(2026, 12, 1))
        assert ("SP-C03#1.8" in [row.entry.key for row in found.pressing]) is there


def test_the_printed_list_and_its_filter_have_it(ward: Ward) -> None:
    given(ward)
    ward.do("performed", visit="SP-C03#1.8", on="2026-11-27")
    for chosen in (Filter(), Filter(participant="LI-001"), Filter(text="sp-c03")):
        content = print_documents.visit_list(ward.study, ward.today, chosen=chosen).content
        paper = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        assert "recorded out of order (not after Preoperative cycle 1 day 1)" in " ".join(paper.split())


def test_a_booking_left_behind_stays_in_a_filtered_list(ward: Ward) -> None:
    ward.do("booked", visit="SP-C03#1.8", on="2026-12-22", at="10:00")
    ward.do("performed", visit="SP-C01", on="2026-12-18")
    whole = agenda(ward.study, ward.today)
    assert [row.entry.key for row in whole.rebooking] == ["SP-C03#1.8"]
    assert filtered(whole, Filter(participant="LI-001")).rebooking == whole.rebooking
