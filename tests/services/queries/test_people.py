"""The list of participants."""

from app.domain.facts.participant_record import Stage
from app.services.queries.people import people
from tests.services.ward import Ward


def test_participants_come_by_code_in_natural_order(empty_ward: Ward) -> None:
    for code in ("LI-10", "LI-9", "AB-1"):
        empty_ward.enrol(code=code)
    assert [row.code for row in people(empty_ward.study)] == ["AB-1", "LI-9", "LI-10"]


def test_a_row_says_protocol_day_and_regimen_as_they_count(ward: Ward) -> None:
    ward.correct(ward.seq("enrolled"), on="2026-11-24")
    row = next(row for row in people(ward.study) if row.code == "CJ-001")
    assert (row.protocol != "", row.regimen, str(row.enrolled_on)) == (True, "AG", "2026-11-24")


def test_the_stage_follows_the_ends(ward: Ward) -> None:
    def stage() -> Stage:
        return next(row.stage for row in people(ward.study) if row.code == "LI-001")

    before = stage()
    ward.do("lost", on="2026-12-18", reason="moved away")
    away = stage()
    ward.do("found_again", on="2026-12-19")
    again = stage()
    ward.do("died", on="2026-12-20")
    assert away not in (before, stage())
    assert (again, stage() == before) == (before, False)


def test_an_enrolment_taken_back_leaves_nobody(empty_ward: Ward) -> None:
    empty_ward.enrol()
    empty_ward.undo()
    assert people(empty_ward.study) == []
