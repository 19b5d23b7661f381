"""What became of each fact of a chain."""

from app.domain.facts.kind import Json
from app.domain.facts.past_facts import PastFact, past_facts
from app.domain.facts.records import NewFact, Recorded, provisional


def fact(seq: int, kind: str, about: int = 0, **fields: Json) -> Recorded:
    return provisional(NewFact(kind, fields, 1, about), seq)


DONE = fact(1, "performed", visit="SP-C01", on="2026-11-30")


def corrected(seq: int, on: str, about: int = 1) -> Recorded:
    return provisional(NewFact("correction", {"void": False, "set.on": on, "reason": "typing error"}, 1, about), seq)


def last(*records: Recorded) -> PastFact:
    return past_facts(records)[-1]


def test_a_corrected_fact_has_the_value_that_holds() -> None:
    first, second, third = past_facts([DONE, corrected(2, "2026-12-01"), corrected(3, "2026-12-02")])
    assert (first.record.fields["on"], first.now.fields["on"]) == ("2026-11-30", "2026-12-02")
    assert [one.seq for one in first.corrections] == [2, 3]
    before = [one.of.fields["on"] for one in (second, third) if one.of is not None]
    assert before == ["2026-11-30", "2026-12-01"]


def test_a_correction_that_was_taken_back_changes_nothing() -> None:
    records = [DONE, corrected(2, "2026-12-01"), fact(3, "correction", 2, void=True)]
    first, second, third = past_facts(records)
    assert (first.now, first.corrections) == (DONE, ())
    assert second.taken_back_by == records[2]
    assert (third.of, third.brings_back) == (records[1], False)


def test_a_redo_brings_the_fact_itself_back() -> None:
    undo, redo = fact(2, "correction", 1, void=True), fact(3, "correction", 2, void=True)
    assert past_facts([DONE, undo])[0].taken_back_by == undo
    assert past_facts([DONE, undo, redo])[0].taken_back_by is None
    assert (last(DONE, undo, redo).of, last(DONE, undo, redo).brings_back) == (DONE, True)


def test_a_correction_of_a_fact_that_was_not_read_has_none() -> None:
    assert last(corrected(9, "2026-12-01", about=4)).of is None
