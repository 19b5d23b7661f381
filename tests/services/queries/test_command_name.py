"""Commands in words: participant, visit, kind and day."""

from collections.abc import Callable

import pytest

from app.services.queries.command_name import command_name
from app.services.queries.overview import study_view
from tests.services.ward import Ward

OPERATED = {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "other", "liver": "none"}
DOSE = "LI-001, Preoperative cycle 1 day 1"


@pytest.mark.parametrize(
    ("do", "said"),
    [
        (lambda ward: ward.do("performed", visit="SP-C01", on="2026-11-30"), f"{DOSE}: visit done, Mon 30 Nov 2026"),
        (lambda ward: ward.do("moved", visit="SP-C01", to="2026-12-22", reason="ill"),
         f"{DOSE}: moved, Tue 22 Dec 2026"),
        (lambda ward: ward.do("note", visit="SP-C01", text="port"), f"{DOSE}: note"),
        (lambda ward: ward.do("note", text="moved house"), "LI-001: note"),
        (lambda ward: ward.do("adverse_event", term="nausea", grade=1, on="2026-12-02", serious=False),
         "LI-001: adverse event, Wed 2 Dec 2026"),
        (lambda ward: ward.do("operation", **OPERATED),
         "LI-001, Surgery or ablation: operation, Fri 18 Dec 2026 and 1 more"),
        (lambda ward: ward.do("unscheduled", on="2026-12-22", reason="fever"),
         "LI-001, Unscheduled visit 1: unscheduled visit, Tue 22 Dec 2026 and 1 more"),
        (lambda ward: ward.do("withdrawn", scope="all", on="2026-12-10", reason="wish"),
         "LI-001: withdrawal, Thu 10 Dec 2026"),
    ],
)  # fmt: skip
def test_undo_names_participant_visit_kind_and_day(ward: Ward, do: Callable[[Ward], object], said: str) -> None:
    do(ward)
    assert study_view(ward.study, ward.today).undo == said


def test_a_corrected_fact_is_named_by_the_day_that_holds(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.correct(ward.last, on="2026-12-01")
    name = study_view(ward.study, ward.today).undo
    assert name == f"{DOSE}: correction of visit done, Mon 30 Nov 2026"
    ward.undo()
    assert study_view(ward.study, ward.today).undo == f"{DOSE}: visit done, Mon 30 Nov 2026"


def test_a_command_about_the_study_is_named_by_what_it_says(ward: Ward) -> None:
    ward.close_day("2026-12-23", reason="staff day")
    assert study_view(ward.study, ward.today).undo == "Wed 23 Dec 2026 closed: staff day"


def test_at_the_terminal_the_key_of_the_visit_follows_its_name(ward: Ward) -> None:
    ward.do("note", visit="SP-C01", text="port")
    facts = ward.facts(ward.last - 1)
    assert command_name(ward.study, facts, ward.today) == "LI-001, Preoperative cycle 1 day 1 (SP-C01): note"
