"""The words of the flow of participants."""

from app.wording.flow import all_centres, flow_notes, no_centre


def test_rows_and_steps_are_named() -> None:
    assert (all_centres(), no_centre()) == ("all centres", "no centre")
    assert any("Started: a dose was given." in note for note in flow_notes())
