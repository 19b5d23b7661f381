"""What a keystroke finds among the participants, visits and events of a study."""

from datetime import date, timedelta

import pytest

from app.domain.search_index import MOST_NEAR, Indexed, IndexedEvent, IndexedSetting, IndexedVisit, SearchIndex, Title

TODAY = date(2027, 3, 1)
CT = Title("CT of the chest", ("Contrast", "SP-R01"))
DOSE = Title("Cycle 3 day 8 infusion", ("C3D8", "Grade toxicity by CTCAE", "SP-C03#3.8"))


def visit(code: str, title: Title, days: int | None, settled: str = "") -> IndexedVisit:
    """A visit so many days from today; None: without a day."""
    return IndexedVisit(code, title.also[-1], title, TODAY + timedelta(days) if days is not None else None, settled)


def event(code: str, number: int, text: str, days: int) -> IndexedEvent:
    return IndexedEvent(code, number, "", text, TODAY + timedelta(days))


INDEX = SearchIndex(
    [
        Indexed(
            "LI-003", "ScanPan",
            (visit("LI-003", CT, 40), visit("LI-003", CT, -2), visit("LI-003", DOSE, 1), visit("LI-003", CT, None)),
            (event("LI-003", 7, "Complication: leak, grade I", -9), event("LI-003", 8, "Note: leak is dry", -1)),
        ),
        Indexed("LI-030", "ScanPan", (visit("LI-030", CT, 1, "performed"), visit("LI-030", DOSE, -5, "missed"))),
        Indexed("李-1", "", (), (event("李-1", 9, "Note: Düsseldorf, 患者", -3),)),
    ]
)  # fmt: skip


def codes(typed: str, most: int | None = None) -> list[str]:
    return [one.code for one in INDEX.found(typed, TODAY, most).participants]


def visits(typed: str, most: int | None = None) -> list[tuple[str, str, int | None]]:
    found = INDEX.found(typed, TODAY, most).visits
    return [(one.participant, one.title.name[:2], (one.on - TODAY).days if one.on else None) for one in found]


def events(typed: str, most: int | None = None) -> list[int]:
    return [one.number for one in INDEX.found(typed, TODAY, most).events]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("li3", ["LI-003", "LI-030"]),
        ("LI-30", ["LI-030"]),
        ("li-oo3", ["LI-003"]),
        ("LIOO3", ["LI-003"]),
        ("L1-003", ["LI-003"]),
        ("李", ["李-1"]),
        ("leak", []),
        ("", []),
        (" - ", []),
        ("<b>", []),
    ],
)
def test_participants_are_found_by_their_codes_and_by_near_forms(typed: str, found: list[str]) -> None:
    assert codes(typed) == found


def test_the_code_that_was_typed_comes_first() -> None:
    index = SearchIndex([Indexed("LI-03-1"), Indexed("LI-3")])
    assert [one.code for one in index.found("li3", TODAY, 1).participants] == ["LI-3"]
    assert index.found("li3", TODAY, 1).more_participants
    assert not index.found("li3", TODAY, 2).more_participants


def test_visits_come_by_the_distance_of_their_day_and_settled_ones_later() -> None:
    # -2 and 40 are open, 1 is done, and one has no day; CTCAE is no CT and comes after.
    assert visits("ct") == [
        ("LI-003", "CT", -2), ("LI-003", "CT", 40), ("LI-030", "CT", 1), ("LI-003", "CT", None),
        ("LI-003", "Cy", 1), ("LI-030", "Cy", -5),
    ]  # fmt: skip
    assert visits("ct", 3) == visits("ct")[:3]
    assert INDEX.found("ct", TODAY, 3).more_visits


def test_a_word_may_be_in_the_code_and_another_in_the_visit() -> None:
    assert visits("li-30 ct") == [("LI-030", "CT", 1), ("LI-030", "Cy", -5)]
    assert visits("chest li-003") == [("LI-003", "CT", -2), ("LI-003", "CT", 40), ("LI-003", "CT", None)]
    assert visits("C3D8") == [("LI-003", "Cy", 1), ("LI-030", "Cy", -5)]
    assert visits("c3d8 li-oo3") == [("LI-003", "Cy", 1)]
    assert visits("contrast li-9") == []
    assert visits("LI-003") == []


def test_events_are_found_by_their_words_the_latest_first() -> None:
    assert events("leak") == [8, 7]
    assert events("leak", 1) == [8]
    assert events("grade leak") == [7]
    assert events("li-003 dry") == [8]
    assert events("li-030 leak") == []
    assert events("dusseldorf") == [9]
    assert events("患者") == [9]
    assert events("leak zzz") == []
    assert events("LI-003") == []


def test_among_many_participants_the_nearest_visit_is_found() -> None:
    people = [Indexed(f"LI-{n:03}", "", (visit(f"LI-{n:03}", CT, n - 100),)) for n in range(3 * MOST_NEAR)]
    index = SearchIndex(people)
    assert [one.participant for one in index.found("ct", TODAY, 3).visits] == ["LI-100", "LI-099", "LI-101"]
    assert [one.participant for one in index.found("li ct", TODAY, 2).visits] == ["LI-100", "LI-099"]
    assert len(index.found("li ct", TODAY).visits) == 3 * MOST_NEAR
    assert [one.participant for one in index.found("li-7 ct", TODAY).visits] == [
        "LI-079", "LI-078", "LI-077", "LI-076", "LI-075", "LI-074", "LI-073", "LI-072", "LI-071", "LI-070", "LI-007",
    ]  # fmt: skip


def test_values_are_found_by_their_key_and_their_words() -> None:
    after = IndexedSetting("ScanPan", "SP-R01.after", "Reassessment 1: window, after the target", "21 days")
    every = IndexedSetting("ScanPan", "CJ-R01.every", "Periodic assessment: every so many cycles", "2")
    index = SearchIndex([Indexed("LI-001")], [after, every])
    assert index.found("sp-r01.after", TODAY).settings == (after,)
    assert index.found("assessment cycles", TODAY).settings == (every,)
    found = index.found("r1", TODAY, 1)
    assert (found.settings, found.more_settings) == ((after,), True)
    assert index.found("LI-001", TODAY).settings == ()


def test_an_index_of_nobody_finds_nothing() -> None:
    found = SearchIndex([]).found("ct " * 5_000, TODAY, 5)
    assert (found.participants, found.visits, found.events) == ((), (), ())
