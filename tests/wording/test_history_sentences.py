"""The lines of a history, with old and new values."""

import pytest

from app.domain.facts.kind import Json
from app.domain.facts.past_facts import past_facts
from app.domain.facts.records import NewFact, Recorded, provisional
from app.wording.history_sentences import past_text


def fact(seq: int, kind: str, about: int = 0, **fields: Json) -> Recorded:
    return provisional(NewFact(kind, fields, 1, about), seq)


def corrected(seq: int, about: int, why: str, **changes: Json) -> Recorded:
    fields: dict[str, Json] = {f"set.{name}": value for name, value in changes.items()}
    return provisional(NewFact("correction", {"void": False, **fields, "reason": why}, 1, about), seq)


def lines(*records: Recorded) -> list[str]:
    return [past_text(one) for one in past_facts(records)]


DONE = fact(3, "performed", visit="SP-C01", on="2026-11-30")


def test_a_corrected_day_is_shown_old_and_new_in_both_lines() -> None:
    assert lines(DONE, corrected(17, 3, "wrong day", on="2026-12-01")) == [
        "SP-C01 done on Mon 30 Nov 2026 -> Tue 1 Dec 2026 [the new value holds; corrected by 17: wrong day]",
        "fact 3 corrected: SP-C01 done on Mon 30 Nov 2026 -> Tue 1 Dec 2026; reason: wrong day",
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "changes", "said"),
    [
        ("booked", {"visit": "SP-C01", "on": "2026-11-30", "at": "09:30"}, {"at": "10:15"},
         "booked SP-C01 for Mon 30 Nov 2026, 09:30 -> 10:15"),
        ("booked", {"visit": "SP-C01", "on": "2026-11-30"}, {"at": "10:15"},
         "booked SP-C01 for Mon 30 Nov 2026, none -> 10:15"),
        ("booked", {"visit": "SP-C01", "on": "2026-11-30", "at": "09:30"}, {"at": None},
         "booked SP-C01 for Mon 30 Nov 2026, 09:30 -> none"),
        ("missed", {"visit": "SP-C01", "on": "2026-11-30", "reason": "ill"}, {"reason": "holiday"},
         "SP-C01 missed on Mon 30 Nov 2026: ill -> holiday"),
        ("missed", {"visit": "SP-C01", "on": "2026-11-30", "reason": "ill"}, {"visit": "SP-C02#2"},
         "SP-C01 -> SP-C02#2 missed on Mon 30 Nov 2026: ill"),
    ],
)  # fmt: skip
def test_each_changed_field_is_shown_old_and_new(
    kind: str, fields: dict[str, Json], changes: dict[str, Json], said: str
) -> None:
    first, second = lines(provisional(NewFact(kind, fields, 1), 5), corrected(6, 5, "typing error", **changes))
    assert first == f"{said} [the new value holds; corrected by 6: typing error]"
    assert second == f"fact 5 corrected: {said}; reason: typing error"


def test_two_corrections_show_the_first_value_and_the_one_that_holds() -> None:
    first, _one, last = lines(DONE, corrected(4, 3, "a", on="2026-12-01"), corrected(5, 3, "b", on="2026-12-02"))
    assert first == "SP-C01 done on Mon 30 Nov 2026 -> Wed 2 Dec 2026 [the new value holds; corrected by 4: a, 5: b]"
    assert last == "fact 3 corrected: SP-C01 done on Tue 1 Dec 2026 -> Wed 2 Dec 2026; reason: b"


def test_an_undo_says_what_it_takes_back() -> None:
    undo, redo = fact(4, "correction", 3, void=True), fact(5, "correction", 4, void=True)
    assert lines(DONE, undo) == [
        "SP-C01 done on Mon 30 Nov 2026 [taken back by 4]",
        "fact 3 taken back: SP-C01 done on Mon 30 Nov 2026",
    ]
    assert lines(DONE, undo, redo)[2] == "fact 3 counts again: SP-C01 done on Mon 30 Nov 2026"


def test_a_field_that_the_sentence_does_not_have_follows_with_its_name() -> None:
    event = fact(3, "adverse_event", term="nausea", grade=2, on="2026-12-01", serious=False)
    first, _correction = lines(event, corrected(4, 3, "letter", action="dose_reduced"))
    assert "none -> dose reduced" in first


def test_a_line_stays_one_line() -> None:
    note = fact(3, "note", text="a\nb")
    assert all("\n" not in line for line in lines(note, corrected(4, 3, "c\nd", text="e\nf")))
