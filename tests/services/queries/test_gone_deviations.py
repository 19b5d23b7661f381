"""Why a numbered deviation is one no more: said in the log, whatever took it out of the record.

LI-001, cycle 1 begun on 30 November 2026: day 8 is 7 December, and may be given on 6 to 9 December.
"""

from datetime import date

import pytest

from app.services.queries.deviation_log import deviation_table
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import deviations
from app.services.study.study import Study
from tests.services.ward import Ward

DAY_8 = "SP-C03#1.8"


@pytest.fixture
def ward(begun_ward: Ward) -> Ward:
    """The same study with day 8 given too late, and decided on."""
    begun_ward.do("performed", visit=DAY_8, on="2026-12-11", reason="no chair")
    begun_ward.do("deviation_classed", visit=DAY_8, **{"class": "important"})
    return begun_ward


def gone(ward: Ward, visit: str = DAY_8) -> Deviation:
    (found,) = (one for one in deviations(ward.study, ward.today) if one.visit == visit and one.gone)
    return found


def test_a_correction_is_named_with_its_values_and_reason(ward: Ward) -> None:
    ward.correct(ward.seq("performed", DAY_8), why="read from the wrong line", on="2026-12-08")
    found = gone(ward)
    correction = max(one.seq for one in ward.study.store.facts())
    assert found.remark.startswith(f"it no longer follows since fact {correction} (nurse, Sun 20 Dec 2026): fact ")
    assert "Fri 11 Dec 2026 -> Tue 8 Dec 2026" in found.remark
    assert found.remark.endswith("; reason: read from the wrong line")
    assert found.reason == "no chair", "the reason that it had when it followed"


def test_an_undo_is_named(ward: Ward) -> None:
    ward.undo(next(one.command for one in ward.study.store.facts() if one.text("visit") == DAY_8))
    said = gone(ward).remark
    assert "taken back" in said
    assert "Fri 11 Dec 2026" in said


def test_the_last_of_several_changes_is_named(ward: Ward) -> None:
    """It goes, comes back and goes again; what is recorded of others in between has nothing to do with it."""
    seq = ward.seq("performed", DAY_8)
    ward.correct(seq, why="first", on="2026-12-08")
    ward.correct(seq, why="second", on="2026-12-11")
    for number in range(6):
        ward.do("note", text=f"note {number}")
    ward.correct(seq, why="third", on="2026-12-09")
    for number in range(6):
        ward.do("note", text=f"more {number}")
    assert gone(ward).remark.endswith("; reason: third")


def test_what_was_recorded_late_is_named(ward: Ward) -> None:
    """Day 15 is 14 December, and may be given until the 16th: nobody recorded it until the 20th."""
    ward.do("deviation_classed", visit="SP-C03#1.15", **{"class": "minor"})
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-14")
    assert "Mon 14 Dec 2026" in gone(ward, "SP-C03#1.15").remark


def test_a_value_of_the_site_is_no_fact_of_the_participant(ward: Ward) -> None:
    ward.do("deviation_classed", visit="SP-C03#1.15", **{"class": "minor"})
    ward.value("AG.15.after", "P30D")
    found = gone(ward, "SP-C03#1.15")
    assert found.remark == (
        "it no longer follows since something of the site or the study changed, as a window or a closed day"
    )
    assert (found.reason, found.number) == ("", 2)


def test_the_log_has_it_as_a_cell(ward: Ward) -> None:
    ward.correct(ward.seq("performed", DAY_8), on="2026-12-08")
    rows = {str(one.cells["visit"].text): one for one in deviation_table(ward.study, ward.today).rows}
    assert rows[DAY_8].cells["remark"].text == gone(ward).remark


def test_few_plans_are_made_for_it(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    ward.correct(ward.seq("performed", DAY_8), on="2026-12-08")
    for number in range(20):
        ward.do("note", text=f"note {number}")
    plans: list[date] = []
    planned = Study.plan

    def counted(study: Study, case: object, today: date, facts: object = None) -> object:
        plans.append(today)
        return planned(study, case, today, facts)  # type: ignore[arg-type]

    monkeypatch.setattr(Study, "plan", counted)
    assert gone(ward).why_gone
    # 21 commands: 1, 3, 7, 15 and 22 back, then at most 3 halvings, the row once more, and the calendar of today
    assert len(plans) <= 10
