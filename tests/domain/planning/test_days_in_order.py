"""The days of one event are in the order in which they can have been, or somebody is asked."""

import pytest

from app.domain.facts.kind import Json
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.planning.days_in_order import doubts_of_death_after_news, doubts_of_order_within

EVENT: dict[str, Json] = {"on": "2026-12-15", "aware_on": "2026-12-16", "aware_at": "10:00", "serious": True}
FROZEN: dict[str, Json] = {"on": "2026-12-17", "earliest": "2026-11-23", "latest": "2026-12-14"}
NEVER: dict[str, Json] = {"on": None, "earliest": "2026-11-09", "latest": "2026-11-23"}


def event(**changes: Json) -> Recorded:
    return provisional(NewFact("adverse_event", {**EVENT, **changes}, 1), 26)


def doubts(
    kind: str, fields: dict[str, Json], names: set[str] | None = None, **of_event: Json
) -> list[tuple[str, ...]]:
    found = doubts_of_order_within(KINDS[kind], fields, [event(**of_event)], names)
    return [(one.place, str(one.values["on"]), str(one.values["held"]), str(one.values["follows"])) for one in found]


@pytest.mark.parametrize(
    ("kind", "fields", "found"),
    [
        ("adverse_event", {"on": "2026-12-15", "aware_on": "2026-12-14"},
         [("aware_on", "2026-12-14", "2026-12-15", "began")]),
        ("adverse_event", {"on": "2026-12-15", "aware_on": "2026-12-15"}, []),
        ("adverse_event", {"on": "2026-12-15"}, []),
        ("deviation_classed", {"frozen": FROZEN, "found_on": "2026-12-16"},
         [("found_on", "2026-12-16", "2026-12-17", "happened")]),
        ("deviation_classed", {"frozen": FROZEN, "found_on": "2026-12-17", "reported_on": "2026-12-18"}, []),
        ("deviation_classed", {"frozen": FROZEN, "found_on": "2026-12-20", "reported_on": "2026-12-19",
                               "signed_on": "2026-12-18"},
         [("reported_on", "2026-12-19", "2026-12-20", "found"), ("signed_on", "2026-12-18", "2026-12-20", "found")]),
        # What was never done is a deviation from the day after its window on.
        ("deviation_classed", {"frozen": NEVER, "signed_on": "2026-11-23"},
         [("signed_on", "2026-11-23", "2026-11-24", "happened")]),
        ("deviation_classed", {"frozen": NEVER, "signed_on": "2026-11-24"}, []),
        ("deviation_classed", {"signed_on": "2026-11-01"}, []),
        ("safety_report", {"event": 26, "on": "2026-12-15"}, [("on", "2026-12-15", "2026-12-16", "aware")]),
        ("safety_report", {"event": 26, "on": "2026-12-16", "at": "09:59"}, [("at", "09:59", "10:00", "aware")]),
        ("safety_report", {"event": 26, "on": "2026-12-16", "at": "10:00"}, []),
        ("safety_report", {"event": 26, "on": "2026-12-16"}, []),
        ("safety_report", {"event": 27, "on": "2026-12-01"}, []),
        ("performed", {"on": "2026-12-01"}, []),
    ],
)  # fmt: skip
def test_a_day_before_one_that_it_follows_is_doubted(
    kind: str, fields: dict[str, Json], found: list[tuple[str, ...]]
) -> None:
    assert doubts(kind, fields) == found


def test_without_the_day_of_awareness_a_report_follows_the_event() -> None:
    told: dict[str, Json] = {"event": 26, "on": "2026-12-14"}
    assert doubts("safety_report", told, aware_on=None) == [("on", "2026-12-14", "2026-12-15", "began")]


def test_only_what_was_changed_is_looked_at() -> None:
    fields: dict[str, Json] = {"on": "2026-12-15", "aware_on": "2026-12-14"}
    assert doubts("adverse_event", fields, {"detail"}) == []
    assert len(doubts("adverse_event", fields, {"on"})) == len(doubts("adverse_event", fields, {"aware_on"})) == 1


@pytest.mark.parametrize(("died", "asked"), [("2026-12-10", False), ("2026-12-12", False), ("2026-12-13", True)])
def test_nobody_tells_of_a_death_before_it(died: str, asked: bool) -> None:
    facts = [NewFact("contact", {"on": "2026-12-12"}, 1), NewFact("died", {"on": died}, 1)]
    assert bool([*doubts_of_death_after_news(facts)]) is asked
    assert not [*doubts_of_death_after_news(facts[1:])]
