"""The facts without those that a later one has replaced: the planner finds the same in them, however many there were.

A visit may be booked and moved as often as somebody likes, and a choice made again; only the last of each counts. So
does only the last of being lost and being found.
"""

from collections.abc import Hashable, Iterable

from app.domain.facts.planner_facts import Booked, Chosen, Fact, FoundAgain, Lost, Moved


class LatestFacts:
    """Facts that are added one after another; a replaced one is left out, the others keep their order."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        """Begin with these."""
        self._facts: dict[Hashable, Fact] = {}
        self._added = 0
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> None:
        """Add the fact that was recorded next."""
        self._added += 1
        name = self._name(fact)
        self._facts.pop(name, None)
        self._facts[name] = fact

    def _name(self, fact: Fact) -> Hashable:
        match fact:
            case Booked() | Moved():
                return type(fact), fact.visit
            case Chosen():
                return Chosen, fact.choice
            case Lost() | FoundAgain():
                return Lost
        return self._added

    def __call__(self) -> list[Fact]:
        """Return those that count, in their order."""
        return list(self._facts.values())
