"""Undo and redo of the last command, as the window does them."""

from app.services.commands.undo_last import undo_last
from app.services.queries.overview import study_view
from tests.services.ward import TODAY, Ward


def test_the_window_knows_what_undo_and_redo_would_do(ward: Ward) -> None:
    study = ward.study
    assert study_view(study, TODAY).undo == "enrolment"
    ward.do("booked", visit="SP-C01", on="2026-12-21")
    seen = study_view(study, TODAY)
    assert (seen.undo, seen.redo, seen.participants) == ("booked, SP-C01", "", ("CJ-001", "LI-001"))
    done = undo_last(study, "undo", TODAY)
    assert (done.text, done.codes) == ("Undone: booked, SP-C01", ("LI-001",))
    assert (done.view.undo, done.view.redo) == ("enrolment", "booked, SP-C01")
    done = undo_last(study, "redo", TODAY)
    assert (done.text, done.view.undo, done.view.redo) == ("Done again: booked, SP-C01", "booked, SP-C01", "")
