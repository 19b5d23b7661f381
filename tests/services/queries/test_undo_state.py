"""What undo would take back."""

from collections.abc import Sequence
from contextlib import suppress
from random import Random

import pytest

from app.domain.facts.records import Recorded, effect_of_corrections
from app.domain.refusal import Refused
from app.services.commands import correct, print_documents
from app.services.queries import undo_state
from app.services.queries.overview import study_view
from tests.services.ward import TODAY, Ward


def test_undo_is_named_also_behind_many_prints(ward: Ward) -> None:
    """What cannot be undone may fill more than the end of the chain that is looked at first."""
    ward.do("booked", visit="SP-C01", on="2026-12-21")
    printout = print_documents.participant_calendar(ward.study, "LI-001", TODAY)
    for _each in range(420):
        print_documents.keep_print(ward.study, printout, TODAY)
    assert study_view(ward.study, TODAY).undo == "LI-001, Preoperative cycle 1 day 1: booked, Mon 21 Dec 2026"


def by_the_complete_chain(records: Sequence[Recorded]) -> tuple[int | None, list[int]]:
    void, _changes = effect_of_corrections(records)
    return undo_state.last_undoable(records, void), [one.seq for one in undo_state.last_undos(records, void)]


@pytest.mark.parametrize("chance", range(12))
def test_the_end_of_the_chain_says_the_same_as_the_complete_chain(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, chance: int
) -> None:
    monkeypatch.setattr(undo_state, "_TAIL", 2)
    random = Random(chance)
    study = ward.study
    for number in range(40):
        step = random.choice(["note", "note", "undo", "undo", "redo", "undo command", "redo command", "print"])
        last = study.store.last()[0]
        command = random.randint(max(last - 6, 1), last) if step.endswith("command") else None
        with suppress(Refused):  # there is nothing to take back, or the participant is no longer enrolled
            if step == "note":
                ward.do("note", text=f"telephoned {number}")
            elif step == "print":
                printout = print_documents.participant_calendar(study, "LI-001", TODAY)
                print_documents.keep_print(study, printout, TODAY)
            elif step.startswith("undo"):
                correct.save_correction(study, correct.propose_undo(study, command, TODAY), sure=True)
            else:
                correct.save_correction(study, correct.propose_redo(study, command, TODAY), sure=True)
        assert by_the_complete_chain(undo_state.recent_facts(study)) == by_the_complete_chain(study.store.facts())
    assert study.head().seq > 25


def test_undo_and_redo_read_the_participant_and_the_end_of_the_chain(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(500):
        ward.do("note", text=f"telephoned {number}")
    ward.enrol(code="LI-002")
    ward.do("note", code="LI-002", text="telephoned")
    study, read = ward.study, ward.study.store.facts

    def reading(**asked: object) -> list[Recorded]:
        assert asked, "everything is read"
        found = read(**asked)  # type: ignore[arg-type]
        assert len(found) < 450, asked
        return found

    monkeypatch.setattr(study.store, "facts", reading)
    for _ in range(3):
        ward.undo()
        ward.redo()
    correct.save_correction(study, correct.propose_undo(study, study.store.last()[0] - 6, TODAY), sure=True)
