"""The table of kinds is sound: names, bounds, options, and what the planner reads of it."""

import dataclasses

import pytest

from app.domain.facts.kind import About, Kind, Type
from app.domain.facts.kinds import KINDS, PLANNED_KINDS
from app.domain.facts.participant_record import FACTS, NAMES

ALL = list(KINDS.values())


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.id)
def test_a_kind_is_sound(kind: Kind) -> None:
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    for field in kind.fields:
        assert field.name.isidentifier()
        assert (field.type is Type.ONE_OF) == bool(field.options), field.name
        assert len(set(field.options)) == len(field.options)
        if field.type in (Type.WHOLE, Type.NUMBER):
            assert field.low < field.high, field.name
        if field.ahead:
            assert field.type is Type.DAY
        assert kind.field(field.name) is field
    assert kind.field("no_such_field") is None


def test_what_is_said_of_kinds_holds() -> None:
    assert {kind.id for kind in ALL if kind.for_good} == {
        "study_made", "printed", "agenda_printed", "restored", "migrated", "redaction",
    }  # fmt: skip
    assert {kind.id for kind in ALL if kind.about is About.FACT} == {"correction", "redaction"}
    assert {kind.id for kind in ALL if kind.alive} == {"performed", "operation", "treatment", "progression"}
    assert {(kind.id, field.name) for kind in ALL for field in kind.fields if field.inner} == {
        ("enrolled", "hash"),
        ("performed", "judged"),
        ("correction", "cleared"),
    }
    assert {(kind.id, field.name) for kind in ALL for field in kind.fields if field.ahead} == {
        ("booked", "on"), ("moved", "to"), ("day_closed", "on"), ("day_opened", "on"),
        ("agenda_printed", "first"), ("agenda_printed", "last"),
    }  # fmt: skip


@pytest.mark.parametrize("name", PLANNED_KINDS)
def test_the_planner_has_a_fact_with_the_fields_that_are_planned(name: str) -> None:
    made = FACTS[name]
    kind = KINDS[name]
    known = {field.name for field in dataclasses.fields(made)}
    planned = {field.name for field in kind.fields if field.planned}
    assert planned <= known
    assert known - planned <= {"judged"}
    for field in dataclasses.fields(made):
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        found = kind.field(field.name)
        assert found is not None
        assert found.required == required
    assert NAMES[made] == name


def test_only_kinds_that_plan_are_facts_of_the_planner() -> None:
    assert set(FACTS) == set(PLANNED_KINDS) == {kind.id for kind in ALL if kind.plans}
