"""The notes on visits, as paper has them."""

from app.services.queries.notes import notes_by_visit, notes_of_study
from tests.services.ward import Ward

PORT = "port painful (nurse, Sun 20 Dec 2026)"


def test_notes_are_found_by_participant_and_visit(ward: Ward) -> None:
    ward.do("note", visit="SP-C01", text="port\npainful")
    ward.do("note", text="moved house")
    ward.do("note", "CJ-001", visit="CJ-C01", text="taxi")
    assert notes_of_study(ward.study) == {
        ("LI-001", "SP-C01"): [PORT],
        ("CJ-001", "CJ-C01"): ["taxi (nurse, Sun 20 Dec 2026)"],
    }
    assert notes_by_visit(ward.study.enrolled("LI-001").records) == {"SP-C01": [PORT]}


def test_a_note_is_printed_as_it_counts_now(ward: Ward) -> None:
    ward.do("note", visit="SP-C01", text="port swollen")
    first = ward.last
    ward.correct(first, text="port painful")
    assert notes_of_study(ward.study) == {("LI-001", "SP-C01"): [PORT]}


def test_a_note_that_was_taken_back_is_not_printed(ward: Ward) -> None:
    ward.do("note", visit="SP-C01", text="port")
    ward.undo()
    assert notes_of_study(ward.study) == {}
