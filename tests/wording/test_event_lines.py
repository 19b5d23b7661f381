"""A fact as a line of a participant's events: its words, and what became of it."""

import json

import pytest

from app.domain.facts.kinds import KINDS
from app.domain.facts.past_facts import past_facts
from app.domain.facts.records import NewFact, Recorded, provisional
from app.services.queries.rehearsal import rehearse
from app.wording import event_lines as words
from app.wording.protocol_names import Names, names_in

PERSON = {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG"}
PLANNED = rehearse(json.dumps({"protocol": "scanpan", "today": "2026-12-20", "participant": PERSON, "facts": []}))
NAMES = names_in(PLANNED.calendar, PLANNED.protocol)
ON = {"on": "2026-12-07"}


def fact(kind: str, about: int = 0, seq: int = 1, /, **fields: object) -> Recorded:
    return provisional(NewFact(kind, fields, 1, about), seq)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "fields", "title", "amount", "rest"),
    [
        (
            "performed",
            {"visit": "SP-C01", **ON, "at": "10:15", "reason": "late bus"},
            "Preoperative cycle 1 day 1",
            "10:15",
            "late bus",
        ),
        ("booked", {"visit": "SP-C01", **ON, "at": "09:30"}, "Preoperative cycle 1 day 1", "Mon 7 Dec 2026, 09:30", ""),
        (
            "decided",
            {"visit": "SP-R01", **ON, "outcome": "response"},
            "Reassessment 1",
            "Response or stable disease",
            "",
        ),
        (
            "specimen",
            {"visit": "SP-S02", **ON, "specimen": "metastasis_tissue", "taken": True, "mg": 104, "label": "T1"},
            "Tissue of a liver metastasis",
            "taken, 104 mg",
            "Baseline CT, tube T1",
        ),
        (
            "complication",
            {**ON, "what": "bile leak", "grade": "IIIa", "popf": "B"},
            "Bile leak",
            "Clavien-Dindo IIIa, POPF B",
            "",
        ),
        ("adverse_event", {**ON, "term": "sepsis", "grade": 3, "serious": True}, "Sepsis", "grade 3, serious: yes", ""),
        ("contact", {**ON, "reached": False}, "Contact", "not reached", ""),
        (
            "contact",
            {**ON, "reached": True, "how": "telephone", "detail": "her husband"},
            "Telephone",
            "reached",
            "her husband",
        ),
        ("note", {"text": "port\npainful", "visit": "SP-S02"}, "Port painful", "", "on Baseline CT"),
        ("died", {**ON}, "Death", "", ""),
        ("died", {**ON, "cause": "sepsis"}, "Sepsis", "", ""),
        ("included", {**ON}, "Inclusion", "", ""),
        ("lost", {**ON, "reason": "moved abroad"}, "Moved abroad", "", ""),
        ("printed", {"what": "sheet", "visits": ["SP-S02"], "head": "1:ab"}, "Visit sheet", "", "for Baseline CT"),
    ],
)
def test_a_line_says_what_happened_how_much_and_the_rest(
    kind: str, fields: dict[str, object], title: str, amount: str, rest: str
) -> None:
    record = fact(kind, **fields)
    said = words.title_text(record, NAMES), words.amount_text(record, NAMES), words.rest_text(record, NAMES)
    assert said == (title, amount, rest)


def test_every_kind_of_a_participant_has_a_group_and_only_one() -> None:
    grouped = [kind for _name, kinds in words.GROUPS.values() for kind in kinds]
    mine = [kind.id for kind in KINDS.values() if kind.subject != "study"]
    assert sorted(grouped) == sorted(mine)
    assert (words.group_of("of tomorrow"), words.group_name(words.OTHER)) == (words.OTHER, "Other")


def test_a_correction_is_said_with_old_and_new_value_at_the_fact_and_in_its_own_line() -> None:
    leak = fact("complication", **ON, what="leak", grade="II")
    mended = fact("correction", 1, 2, **{"void": False, "set.grade": "IIIa", "reason": "drained"})
    first, second = past_facts([leak, mended])
    assert words.corrected_text(first) == "corrected: Clavien-Dindo grade: II → IIIa"
    assert words.correction_title(second) == "Complication: Leak"
    assert words.correction_amount(second) == "II → IIIa"
    assert words.correction_rest(second) == "Clavien-Dindo grade: II → IIIa · drained"
    assert words.step_text(first) == "Recorded: complication: leak, Clavien-Dindo II, from Mon 7 Dec 2026"
    assert words.step_text(second) == "Corrected: Clavien-Dindo grade: II → IIIa. Reason: drained"


def test_several_values_and_long_ones_are_counted_where_the_amount_is() -> None:
    leak = fact("complication", **ON, what="leak", grade="II")
    both = fact("correction", 1, 2, **{"void": False, "set.grade": "IIIa", "set.popf": "B"})
    assert words.correction_amount(past_facts([leak, both])[1]) == "2 values corrected"
    moved = fact("correction", 1, 2, **{"void": False, "set.on": "2026-12-08"})
    assert words.correction_amount(past_facts([leak, moved])[1]) == "1 value corrected"


def test_what_was_taken_back_given_away_or_came_is_said() -> None:
    note = fact("note", text="x")
    gone = fact("correction", 1, 2, void=True, reason="wrong")
    assert words.fate_text(past_facts([note, gone])[0]) == "taken back: wrong"
    assert words.correction_amount(past_facts([note, gone])[1]) == "taken back"
    assert words.step_text(past_facts([note, gone])[1]) == "Taken back. Reason: wrong"
    names = Names(people={2: "LI-002"})
    away = past_facts([note, gone], {2: 2})
    assert words.fate_text(away[0], names) == "belongs to LI-002: wrong"
    assert words.step_text(away[1], names) == "Belongs to LI-002. Reason: wrong"
    came = past_facts([fact("note", 7, 9, text="x")], {9: 2})[0]
    assert words.fate_text(came, names) == "recorded for LI-002 before, as fact 7"


def test_an_undo_of_an_undo_and_of_a_correction_have_their_words() -> None:
    note = fact("note", text="x")
    mended = fact("correction", 1, 2, **{"void": False, "set.text": "y"})
    undone = fact("correction", 2, 3, void=True)
    again = fact("correction", 3, 4, void=True)
    steps = [words.step_text(one) for one in past_facts([note, mended, undone, again])]
    assert steps[1:] == ["Corrected: Note: x → y", "Correction: Taken back", "Correction: Counts again"]
