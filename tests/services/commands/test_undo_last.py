"""Undo and redo of the last command, as the window does them."""

import dataclasses

from app.services.commands.undo_last import may_undo_at_once, undo_last
from app.services.queries.overview import study_view
from tests.services.ward import TODAY, Ward, refused

ENROLLED = "CJ-001: enrolment, Mon 23 Nov 2026"
BOOKED = "LI-001, Preoperative cycle 1 day 1: booked, Mon 21 Dec 2026"
# The first dose from Mon 30 Nov three weeks later: all 58 visits that count from it or from doses after it go too.
UNDONE = f"Undone, LI-001: 58 visits move ({BOOKED})"
DONE_AGAIN = f"Done again, LI-001: 58 visits move ({BOOKED})"


def test_the_window_knows_what_undo_and_redo_would_do(ward: Ward) -> None:
    study = ward.study
    assert study_view(study, TODAY).undo == ENROLLED
    ward.do("booked", visit="SP-C01", on="2026-12-21")
    seen = study_view(study, TODAY)
    assert (seen.undo, seen.redo, seen.participants) == (BOOKED, "", ("CJ-001", "LI-001"))
    done = undo_last(study, "undo", TODAY)
    assert (done.text, done.codes) == (UNDONE, ("LI-001",))
    assert (done.view.undo, done.view.redo) == (ENROLLED, BOOKED)
    done = undo_last(study, "redo", TODAY)
    assert (done.text, done.view.undo, done.view.redo) == (DONE_AGAIN, BOOKED, "")


def test_a_command_of_another_day_is_asked_about(ward: Ward) -> None:
    ward.do("booked", visit="SP-C01", on="2026-12-21")
    ward.go_to("2026-12-21")
    state = ward.state()
    found = refused("not_own", undo_last, ward.study, "undo", ward.today)
    assert (found.values["what"], found.values["who"], found.values["on"]) == (BOOKED, "nurse", TODAY)
    assert ward.state() == state
    assert undo_last(ward.study, "undo", ward.today, sure=True).text == UNDONE
    # The undo itself is one's own of today, so that it can be taken back at once.
    assert undo_last(ward.study, "redo", ward.today).text == DONE_AGAIN


def test_a_command_of_somebody_else_is_asked_about(ward: Ward) -> None:
    ward.do("booked", visit="SP-C01", on="2026-12-21")
    ward.study.environment = dataclasses.replace(ward.environment, who="berit")
    assert refused("not_own", undo_last, ward.study, "undo", TODAY).values["who"] == "nurse"
    undo_last(ward.study, "undo", TODAY, sure=True)
    ward.study.environment = ward.environment
    assert refused("not_own", undo_last, ward.study, "redo", TODAY).values["who"] == "berit"
    undo_last(ward.study, "redo", TODAY, sure=True)
    assert study_view(ward.study, TODAY).undo == BOOKED


def test_what_moves_by_it_is_said(ward: Ward) -> None:
    # The first dose from Mon 30 Nov a week later: the doses after it and what counts from them go with it, and back.
    at_first = ward.dates()
    ward.do("booked", visit="SP-C01", on="2026-12-07")
    ward.do("note", visit="SP-C01", text="asked for a taxi")
    later = ward.dates()
    assert undo_last(ward.study, "undo", TODAY).text.startswith("Undone: LI-001, ")
    done = undo_last(ward.study, "undo", TODAY)
    moved = sum(later[visit] != day for visit, day in at_first.items())
    assert moved > 20
    what = "(LI-001, Preoperative cycle 1 day 1: booked, Mon 7 Dec 2026)"
    assert done.text == f"Undone, LI-001: {moved} visits move {what}"
    assert undo_last(ward.study, "redo", TODAY).text == f"Done again, LI-001: {moved} visits move {what}"


def test_one_of_several_commands_is_taken_back_alone(ward: Ward) -> None:
    ward.do("performed", visit="SP-S01", on="2026-11-23")
    first = ward.study.store.facts()[-1].command
    ward.do("performed", visit="SP-S02", on="2026-11-23")
    # The last is undone at once; the one before it only after it was seen.
    assert not may_undo_at_once(ward.study, first, TODAY)
    assert may_undo_at_once(ward.study, first + 1, TODAY)
    undo_last(ward.study, "undo", TODAY, command=first)
    done = {entry.key for entry in ward.calendar().entries if entry.performed}
    assert "SP-S02" in done
    assert "SP-S01" not in done


def test_what_moves_others_or_is_of_somebody_else_is_not_undone_at_once(ward: Ward) -> None:
    # A week late: everything after it comes a week later.
    ward.do("performed", visit="SP-C01", on="2026-12-07")
    assert not may_undo_at_once(ward.study, ward.study.store.facts()[-1].command, TODAY)
    ward.do("performed", visit="SP-S02", on="2026-11-23")
    number = ward.study.store.facts()[-1].command
    assert may_undo_at_once(ward.study, number, TODAY)
    ward.study.environment = dataclasses.replace(ward.study.environment, who="another")
    assert not may_undo_at_once(ward.study, number, TODAY)
