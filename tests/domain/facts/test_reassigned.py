"""Which facts can have been recorded of the wrong participant."""

from app.domain.facts.kinds import KINDS
from app.domain.facts.reassigned import hands_over, may_be_reassigned, takes_place
from app.domain.facts.records import NewFact, provisional


def test_all_but_the_way_into_the_study_and_what_is_printed_or_classed_can_be() -> None:
    own = {"screened", "enrolled", "included", "consent", "deviation_classed", "printed"}
    of_participants = {kind.id for kind in KINDS.values() if kind.subject == "participant"}
    assert {kind for kind in KINDS if may_be_reassigned(kind)} == of_participants - own


def test_only_a_command_of_its_own_hands_a_fact_over() -> None:
    given = provisional(NewFact("correction", {"void": True, "cleared": True}, 1, 5), 6)
    undone = provisional(NewFact("correction", {"void": True}, 1, 5), 6)
    of_study = provisional(NewFact("correction", {"void": True, "cleared": True}, 0, 5), 6)
    assert [hands_over(one) for one in (given, undone, of_study)] == [True, False, False]
    instead = provisional(NewFact("note", {"text": "x"}, 2, 5), 7)
    assert [takes_place(one) for one in (instead, given)] == [True, False]
