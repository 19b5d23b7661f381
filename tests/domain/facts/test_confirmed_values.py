"""Whether what was confirmed still holds."""

import pytest

from app.domain.facts.confirmed_values import changed_since_confirmed
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.study_record import StudyRecord


def value(key: str, to: Json) -> NewFact:
    return NewFact("value_set", {"protocol": "p", "key": key, "value": to})


def confirmed(key: str, as_it_was: Json = None) -> NewFact:
    return NewFact("value_confirmed", {"protocol": "p", "key": key, "value": as_it_was})


Q = "questions.q"


@pytest.mark.parametrize(
    ("told", "key", "concerns", "changed"),
    [
        ([confirmed("A.after")], "A.after", (), False),
        ([], "A.after", (), False),
        ([value("A.after", "P2D"), confirmed("A.after", "P2D")], "A.after", (), False),
        ([confirmed("A.after"), value("A.after", "P2D")], "A.after", (), True),
        ([confirmed("A.after"), value("B.after", "P2D")], "A.after", (), False),
        ([confirmed("A.after", "P2D")], "A.after", (), True),
        ([confirmed(Q, "as in A"), confirmed("A.after")], Q, ("A.after",), False),
        ([confirmed(Q), confirmed("A.after"), value("A.after", "P2D")], Q, ("A.after",), True),
        ([confirmed(Q), value("A.after", 3), confirmed("A.after", 3)], Q, ("A.after",), True),
        ([confirmed(Q), value("B.after", 3)], Q, ("A.after",), False),
    ],
)
def test_a_value_that_was_set_or_cleared_since(
    told: list[NewFact], key: str, concerns: tuple[str, ...], changed: bool
) -> None:
    records: list[Recorded] = [provisional(fact, number) for number, fact in enumerate(told, start=1)]
    assert changed_since_confirmed(StudyRecord.of(records), "p", key, concerns) is changed
