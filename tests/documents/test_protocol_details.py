from typing import Any

import pytest

from app.documents.protocol_details import (
    asked_for,
    holds,
    questionnaires,
    registry_number,
    source_text,
    specimens,
)
from app.domain.calendar.entries import OperationDone
from tests.documents.calendars import protocol


def test_the_first_registry_number_else_the_id() -> None:
    assert registry_number(protocol()) == "NCT00000000"
    assert registry_number(protocol(about={"registries": [{"name": "R"}, {"name": "S", "id": "S1"}]})) == "S1"
    assert registry_number(protocol(about={})) == "example"


def test_a_source_that_is_not_listed_stays_a_key() -> None:
    listed = protocol(about={"sources": {"P": "The protocol"}})
    assert source_text(listed, "P") == "The protocol"
    assert source_text(listed, "Q") == "Q"
    assert source_text(protocol(about={}), "P") == "P"


def test_questionnaires_depend_on_answers() -> None:
    row = {"name": "QLQ", "version": "3", "visits": ["V1"], "when": {"arm": ["a", "b"]}}
    version = protocol(about={"questionnaires": [row]})
    assert list(questionnaires(version, "V1", {"arm": "b"})) == ["QLQ 3"]
    assert list(questionnaires(version, "V1", {"arm": "c"})) == []
    assert list(questionnaires(version, "V2", {"arm": "b"})) == []


def test_specimens_with_and_without_an_amount() -> None:
    rows = [{"name": "Tumour", "visit": "V1", "amount_mg": 20.0}, {"name": "Blood", "visit": "V1", "amount_mg": None}]
    version = protocol(about={"specimens": rows})
    assert list(specimens(version, "V1", {})) == ["Tumour, 20 mg", "Blood"]


@pytest.mark.parametrize(
    ("when", "answers", "met"),
    [
        ({}, {}, True),
        ({"arm": "a"}, {"arm": "a"}, True),
        ({"arm": "a"}, {}, False),
        ({"arm": ("a", "b")}, {"arm": "b"}, True),
        ({"fit": True}, {"fit": True}, True),
        ({"fit": True}, {"fit": "True"}, False),
        ({"fit": True, "arm": "a"}, {"fit": True, "arm": "b"}, False),
    ],
)
def test_a_condition_is_met_by_the_same_answers(when: Any, answers: Any, met: bool) -> None:
    assert holds(when, answers) == met


def test_what_one_of_two_operations_asks_for_is_asked_for() -> None:
    ablation, resection = OperationDone(("ablated",), {"cut": False}), OperationDone(("cut",), {"cut": True})
    for done, cut, drained in ((ablation, False, False), (resection, True, True), (None, True, True)):
        assert asked_for({"cut": True}, (), {"cut": True}, done) is cut
        assert asked_for({}, ("ablated",), {"cut": True}, done) is drained
    for first, second in ((ablation, resection), (resection, ablation)):
        both = OperationDone(first.procedures, first.answers, (second,))
        assert asked_for({"cut": True}, (), {}, both)
        assert asked_for({}, ("ablated",), {}, both)
    # each of the two is left out after its own operation
    assert not asked_for({"cut": True}, ("cut",), {}, OperationDone(("ablated",), {"cut": False}, (resection,)))
