"""How far one participant has come."""

from app.domain.calendar.flow import STEPS, Reached, reached, totals
from app.domain.facts.kind import Json
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.records import NewFact, provisional
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import calendar, done


def case(*facts: tuple[str, dict[str, Json]]) -> ParticipantRecord:
    return ParticipantRecord(
        1, tuple(provisional(NewFact(kind, fields, 1), n) for n, (kind, fields) in enumerate(facts))
    )


SCREENED: tuple[str, dict[str, Json]] = (
    "screened",
    {"code": "LI-001", "protocol": "scanpan", "on": "2026-11-20", "outcome": "eligible"},
)
ENROLLED: tuple[str, dict[str, Json]] = ("enrolled", {"code": "LI-001", "on": "2026-11-23", "country": "SE"})


def test_somebody_who_was_only_screened() -> None:
    assert reached(case(SCREENED), None, None) == Reached(screened=True)


def test_steps_follow_from_performed_visits() -> None:
    begun = calendar(done("SP-C01", "2026-11-30"), today="2027-02-08")
    assert reached(case(ENROLLED), SCANPAN, begun) == Reached(
        screened=True, consented=True, included=True, started=True
    )


def test_a_visit_at_which_is_decided_evaluates_without_a_decision() -> None:
    held = calendar(done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01"), today="2027-02-08")
    assert reached(case(ENROLLED), SCANPAN, held).evaluated


def test_a_decision_counts_too() -> None:
    decision: tuple[str, dict[str, Json]] = ("decided", {"visit": "SP-R01", "on": "2027-02-01", "outcome": "response"})
    assert reached(case(ENROLLED, decision), SCANPAN, calendar(today="2027-02-08")).evaluated


def test_totals_count_each_step() -> None:
    found = totals([Reached(), Reached(screened=True), Reached(screened=True, died=True)])
    assert tuple(found) == STEPS
    assert (found["identified"], found["screened"], found["died"], found["followed"]) == (3, 2, 1, 0)
