"""Every fact with what became of it."""

from app.services.queries.history import history, visit_history
from tests.services.ward import Ward, refused


def test_facts_of_one_participant_are_in_their_order(ward: Ward) -> None:
    rows = history(ward.study, "LI-001")
    assert {row.participant for row in rows} == {"LI-001"}
    numbers = [row.record.seq for row in rows]
    assert numbers == sorted(numbers)
    assert len(rows) < len(history(ward.study))


def test_a_fact_taken_back_no_longer_counts_and_is_still_told(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    number = ward.last
    ward.undo()
    row = next(row for row in history(ward.study, "LI-001") if row.record.seq == number)
    assert (row.record.kind, row.stands) == ("performed", False)


def test_a_corrected_fact_counts_and_names_its_correction(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    number = ward.last
    ward.correct(number, on="2026-12-01")
    row = next(row for row in history(ward.study, "LI-001") if row.record.seq == number)
    assert (row.stands, row.corrected_by) == (True, (ward.last,))
    assert (row.record.text("on"), row.past.now.text("on")) == ("2026-11-30", "2026-12-01")


def test_the_history_of_a_visit_has_its_facts_and_their_corrections_alone(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    performed = ward.last
    ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    ward.correct(performed, on="2026-12-01")
    assert [row.record.seq for row in visit_history(ward.study, "LI-001", "SP-C01")] == [performed, ward.last]


def test_a_visit_that_a_correction_renamed_keeps_its_history(ward: Ward) -> None:
    ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    number = ward.last
    ward.correct(number, visit="SP-C02#3")
    for visit in ("SP-C02#2", "SP-C02#3"):
        assert number in [row.record.seq for row in visit_history(ward.study, "LI-001", visit)]


def test_the_history_of_nobody_is_refused(ward: Ward) -> None:
    refused("no_participant", history, ward.study, "LI-777")


def test_what_counts_can_be_mended_and_an_undo_cannot_be_taken_back(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    done = ward.last
    ward.correct(done, on="2026-12-01")
    corrected = ward.last
    ward.undo()
    ward.do("note", visit="SP-C01", text="port painful")
    note = ward.last
    ward.undo()
    rows = {row.record.seq: (row.may_be_corrected, row.may_be_taken_back) for row in history(ward.study, "LI-001")}
    assert rows[done] == (True, True)
    assert rows[corrected] == (False, False)
    assert rows[corrected + 1] == (False, False)
    assert rows[note] == (False, False)
    ward.redo()
    assert next(row.may_be_corrected for row in history(ward.study, "LI-001") if row.record.seq == note)


def test_a_correction_that_counts_can_be_taken_back_and_not_corrected(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.correct(ward.last, on="2026-12-01")
    row = history(ward.study, "LI-001")[-1]
    assert (row.may_be_corrected, row.may_be_taken_back) == (False, True)
