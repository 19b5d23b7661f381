"""One fact corrected or taken back as a proposal like any other."""

from datetime import date

from app.domain.facts.records import Recorded
from app.services.commands.mend import propose_mend, save_proposal
from app.services.queries.history import history
from tests.services.ward import Ward


def dose(ward: Ward) -> Recorded:
    """The first dose on Mon 30 Nov 2026; cycle 2 begins 28 days later."""
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    return next(row.record for row in history(ward.study, "LI-001") if row.record.seq == ward.last)


def test_a_correction_moves_what_follows_and_is_saved_as_proposed(ward: Ward) -> None:
    fact = dose(ward)
    found = propose_mend(ward.study, "LI-001", fact, {"on": "2026-12-02"}, "wrong day", ward.today)
    assert found.after is not None
    assert found.after.by_key["SP-C02#2"].assumed == date(2026, 12, 30)
    assert found.changes
    saved = save_proposal(ward.study, found)
    assert [one.fields["set.on"] for one in saved.facts] == ["2026-12-02"]
    assert ward.facts(fact.seq)[0].text("reason") == "wrong day"
    ward.check_cached_visits()


def test_taking_back_keeps_the_reason_and_redo_brings_it_back(ward: Ward) -> None:
    before = ward.document()
    fact = dose(ward)
    after = ward.document()
    save_proposal(ward.study, propose_mend(ward.study, "LI-001", fact, None, " another participant ", ward.today))
    assert ward.document() == before
    assert dict(ward.facts(fact.seq)[0].fields) == {"void": True, "reason": "another participant"}
    ward.redo()
    assert ward.document() == after


def test_every_fact_of_the_command_is_taken_back(ward: Ward) -> None:
    ward.do("operation", visit="SP-P03", on="2026-12-18", pancreas="other", liver="none")
    operation = next(row.record for row in history(ward.study, "LI-001") if row.record.seq == ward.last)
    found = propose_mend(ward.study, "LI-001", operation, None, "not operated", ward.today)
    assert [one.about for one in found.facts] == [operation.seq - 1, operation.seq]


def test_a_corrected_fact_is_taken_back_with_its_correction(ward: Ward) -> None:
    before = ward.document()
    fact = dose(ward)
    ward.correct(fact.seq, on="2026-12-02")
    after = ward.document()
    found = propose_mend(ward.study, "LI-001", fact, None, "not given", ward.today)
    assert [one.about for one in found.facts] == [fact.seq, fact.seq + 1]
    save_proposal(ward.study, found)
    assert ward.document() == before
    ward.redo()
    assert ward.document() == after
