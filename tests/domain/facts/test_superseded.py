"""Facts that a later one has replaced are left out, the others keep their order."""

from datetime import date

from app.domain.facts.planner_facts import Booked, Chosen, Fact, FoundAgain, Lost, Missed, Moved, Performed
from app.domain.facts.superseded import LatestFacts

FIRST, SECOND, THIRD = date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 9)


def test_the_last_of_bookings_moves_and_choices_is_left_and_everything_else() -> None:
    facts: list[Fact] = [
        Booked("SP-C01", FIRST, "09:00"),
        Moved("SP-C01", SECOND, "fever"),
        Booked("SP-C02#2", FIRST),
        Missed("SP-C01", FIRST, "fever"),
        Booked("SP-C01", THIRD),
        Chosen("staged", True, FIRST),
        Performed("SP-C01", THIRD),
        Moved("SP-C01", THIRD, "asked"),
        Chosen("staged", False, SECOND),
        Chosen("eortc", True, SECOND),
    ]
    assert LatestFacts(facts)() == [facts[index] for index in (2, 3, 4, 6, 7, 8, 9)]
    assert LatestFacts()() == []


def test_of_being_lost_and_found_only_the_last_counts() -> None:
    facts: list[Fact] = [Lost(FIRST, "moved"), Performed("SP-C01", FIRST), FoundAgain(SECOND), Lost(THIRD, "moved")]
    assert LatestFacts(facts)() == [facts[1], facts[3]]
    assert LatestFacts(facts[:3])() == [facts[1], facts[2]]
