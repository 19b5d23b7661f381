"""The log of survival, compared with the facts of three participants by hand."""

from pathlib import Path

import pytest

from app.services.commands import enrol
from app.services.queries.survival import survival_table
from tests.services.ward import PERSON, Ward

OPERATION = {"visit": "SP-P03", "pancreas": "pancreatoduodenectomy", "liver": "resection"}


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    """Three of ScanPan: one died after a recurrence, one is lost after a progression, one was only included."""
    ward = Ward(tmp_path)
    ward.site()
    ward.go_to("2027-12-01")
    for code, on in (("LI-001", "2026-11-23"), ("LI-002", "2026-11-02"), ("LI-003", "2027-11-30")):
        enrol.enrol(ward.study, {**PERSON, "code": code, "on": on}, ward.today, sure=True)
    return ward


def rows(ward: Ward, code: str) -> dict[str, tuple[object, ...]]:
    """The start, what ended it, the end, the days and the months of each count."""
    names = ("start", "ended_by", "end", "days", "months")
    found = [one for one in survival_table(ward.study, ward.today).rows if one.participant == code]
    return {one.cell("endpoint").text: tuple(one.cell(name).value for name in names) for one in found}


def test_a_death_after_a_recurrence(ward: Ward) -> None:
    # 23 Nov 2026 to 20 Nov 2027 is 362 days; to 13 Sep 2027 294; from the operation on 12 Apr 2027 to then 154.
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("stopped", phase="preop_chemo", on="2027-03-01", reason="toxicity")
    ward.do("operation", on="2027-04-12", **OPERATION)
    ward.do("progression", what="recurrence", on="2027-09-13", site="liver")
    ward.do("died", on="2027-11-20")
    assert rows(ward, "LI-001") == {
        "OS": ("2026-11-23", "death", "2027-11-20", 362, 11.9),
        "PFS": ("2026-11-23", "recurrence", "2027-09-13", 294, 9.7),
        "DFS": ("2027-04-12", "recurrence", "2027-09-13", 154, 5.1),
    }


def test_a_loss_after_a_progression(ward: Ward) -> None:
    # 2 Nov 2026 to 1 Feb 2027 is 91 days; the last sign of life is a call on 15 Mar 2027, 133 days after the start.
    ward.do("performed", "LI-002", visit="SP-C01", on="2026-11-09")
    ward.do("progression", "LI-002", what="progression", on="2027-02-01", site="liver")
    ward.do("contact", "LI-002", on="2027-03-15", reached=True, alive="yes")
    ward.do("contact", "LI-002", on="2027-05-03", reached=False)
    ward.do("lost", "LI-002", on="2027-06-01", reason="no answer")
    assert rows(ward, "LI-002") == {
        "OS": ("2026-11-02", "censored", "2027-03-15", 133, 4.4),
        "PFS": ("2026-11-02", "progression", "2027-02-01", 91, 3.0),
        "DFS": (None, "not_started", None, None, None),
    }


def test_somebody_who_was_only_included(ward: Ward) -> None:
    assert rows(ward, "LI-003") == {
        "OS": ("2027-11-30", "censored", "2027-11-30", 0, 0.0),
        "PFS": ("2027-11-30", "censored", "2027-11-30", 0, 0.0),
        "DFS": (None, "not_started", None, None, None),
    }


def test_what_is_taken_back_no_longer_ends_a_count(ward: Ward) -> None:
    ward.do("died", "LI-003", on="2027-12-01")
    assert rows(ward, "LI-003")["OS"][1:3] == ("death", "2027-12-01")
    ward.undo()
    assert rows(ward, "LI-003")["OS"][1] == "censored"


def test_the_log_of_one_participant_says_what_is_counted(ward: Ward) -> None:
    table = survival_table(ward.study, ward.today, "LI-003")
    assert {one.participant for one in table.rows} == {"LI-003"}
    assert any("PFS" in note and "SP-S06" in note and note.endswith("assumed.") for note in table.notes)


def test_nobody_is_last_known_alive_before_the_day_on_which_a_recurrence_was_found(ward: Ward) -> None:
    """A scan of 13 September shows a recurrence: time without disease never outlasts the time alive."""
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("progression", what="progression", on="2027-09-13", site="lung")
    # 23 Nov 2026 to 13 Sep 2027 is 294 days
    assert rows(ward, "LI-001")["OS"] == ("2026-11-23", "censored", "2027-09-13", 294, 9.7)
    assert rows(ward, "LI-001")["PFS"] == ("2026-11-23", "progression", "2027-09-13", 294, 9.7)


@pytest.mark.parametrize(("answer", "alive"), [("given", 120), ("declined", 120), ("not_needed", 7)])
def test_an_answer_to_a_new_form_shows_life(ward: Ward, answer: str, alive: int) -> None:
    """23 November to 30 November is 7 days, to 23 March 120."""
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    given = {"language": "Swedish", "copy": True} if answer == "given" else {"reason": "no new risk"}
    ward.do("consent", answer=answer, on="2027-03-23", version="2", **given)
    assert rows(ward, "LI-001")["OS"][3] == alive
