"""What a person should look at about a participant: the visits with a problem, each remark with its remedy."""

from app.services.queries.participant import ParticipantView, participant_view
from app.ui.pages.participant.text import NOTICES_TAB, tab_names
from app.ui.visit.remarks import all_remarks, visits_with_remarks
from tests.services.ward import TODAY, Ward


def view_of(*facts: tuple[str, dict[str, object]]) -> ParticipantView:
    ward = Ward.in_memory()
    ward.enrol()
    for kind, fields in facts:
        ward.do(kind, **fields)
    return participant_view(ward.study, "LI-001", TODAY)


def test_a_booking_outside_its_window_is_a_remark_with_the_name_of_the_visit_and_its_remedy() -> None:
    # Cycle 1 may begin until Mon 14 Dec 2026; the booking is a week later.
    view = view_of(("booked", {"visit": "SP-C01", "on": "2026-12-21"}))
    (text, remedy) = next(one for one in all_remarks(view) if one[0].startswith("Preoperative cycle 1 day 1: "))
    assert "outside" in text
    assert remedy == ("Choose another day", "booked", "SP-C01")
    assert "SP-C01" in [entry.key for entry in visits_with_remarks(view)]


def test_a_visit_that_was_held_without_its_decision_is_one_too() -> None:
    view = view_of(("performed", {"visit": "SP-R01", "on": "2026-12-18"}))
    found = dict(all_remarks(view))
    said = "Reassessment 1: Held, but what was decided is not recorded."
    assert found[said] == ("Decide…", "decided", "SP-R01")
    assert tab_names(view)[NOTICES_TAB] == f"Notices  {len(view.notices) + len(visits_with_remarks(view))}"
