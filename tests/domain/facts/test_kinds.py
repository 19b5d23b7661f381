"""The table of kinds is sound: names, bounds, options, and what the planner reads of it."""

import dataclasses
from typing import get_args

import pytest

from app.domain.facts import planner_facts as f
from app.domain.facts.kind import FirstDay, Kind, Menu, Subject, Type, VisitScope
from app.domain.facts.kinds import KINDS, kind_of, kinds_in, logs
from app.domain.refusal import Refused

ALL = list(KINDS.values())
PLANNED = [kind.id for kind in ALL if kind.planner_fact is not None]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.id)
def test_a_kind_is_sound(kind: Kind) -> None:
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    for field in kind.fields:
        assert field.name.isidentifier()
        # A day may have words that are given in its place.
        assert field.type is Type.DAY or (field.type is Type.ONE_OF) == bool(field.options), field.name
        assert len(set(field.options)) == len(field.options)
        if field.type in (Type.WHOLE, Type.NUMBER):
            assert field.low < field.high, field.name
        if field.may_be_future:
            assert field.type is Type.DAY
        assert kind.field(field.name) is field
    assert kind.field("no_such_field") is None


def test_what_is_said_of_kinds_holds() -> None:
    assert {kind.id for kind in ALL if kind.permanent} == {
        "study_made", "printed", "agenda_printed", "log_printed", "deviations_printed", "restored", "migrated",
        "rescued", "planning_accepted", "loss_settled", "redaction",
    }  # fmt: skip
    assert {kind.id for kind in ALL if kind.subject is Subject.FACT} == {"correction", "redaction"}
    assert {kind.id for kind in ALL if kind.requires_participation} == {
        "performed", "operation", "treatment", "progression", "complication", "adverse_event", "questionnaire",
        "specimen", "contact", "consent",
    }  # fmt: skip
    assert {(kind.id, field.name) for kind in ALL for field in kind.fields if field.internal} == {
        ("enrolled", "hash"),
        ("performed", "judged"),
        ("restored", "left_out"),
        ("planning_accepted", "reprint"),
        ("performed", "judged_by"),
        ("performed", "judged_from"),
        ("missed", "window"),
        ("omitted", "window"),
        ("printed", "days"),
        ("deviation_classed", "row"),
        ("deviation_classed", "number"),
        ("deviation_classed", "frozen"),
        ("correction", "cleared"),
    }
    assert {(kind.id, field.name) for kind in ALL for field in kind.fields if field.may_be_future} == {
        ("booked", "on"), ("moved", "to"), ("day_closed", "on"), ("day_opened", "on"), ("consent_form", "on"),
        ("agenda_printed", "first"), ("agenda_printed", "last"),
    }  # fmt: skip


@pytest.mark.parametrize("name", PLANNED)
def test_the_planner_has_a_fact_with_the_fields_that_are_planned(name: str) -> None:
    kind = KINDS[name]
    made = kind.planner_fact
    assert made is not None
    known = {field.name for field in dataclasses.fields(made)}
    planned = {field.name for field in kind.fields if field.planned}
    assert planned <= known
    assert known - planned <= f.JUDGEMENT
    for field in dataclasses.fields(made):
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        found = kind.field(field.name)
        assert found is not None
        assert found.required == required


def test_every_fact_of_the_planner_has_one_kind() -> None:
    assert [KINDS[name].planner_fact for name in PLANNED] == list(get_args(f.Fact))
    # a contact is an event, which the planner reads only where it says whether somebody is alive
    assert {kind.id for kind in ALL if kind.plans} == set(PLANNED) - {"contact"}
    told = KINDS["contact"]
    assert (told.plans_with({"on": "2027-01-01"}), told.plans_with({"alive": "no"})) == (False, True)


def test_a_kind_is_found_by_its_name() -> None:
    assert kind_of("performed") is KINDS["performed"]
    assert kind_of("Adverse-Event ") is KINDS["adverse_event"]
    for name in ("perform", "", "x" * 1000):
        with pytest.raises(Refused) as caught:
            kind_of(name)
        assert caught.value.kind == "fact_kind"
        assert len(str(caught.value.values["value"])) <= 40


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.id)
def test_what_a_kind_names_is_among_its_fields(kind: Kind) -> None:
    typed = [field.name for field in kind.typed_fields]
    assert set(kind.positional) <= set(typed)
    assert len(set(typed)) == len(typed)
    for field in kind.fields:
        for when in (field.required_when, field.asked_when):
            if when is not None:
                other = kind.field(when.name)
                assert other is not None
                assert when.value in (*other.options, True, False)
        assert not field.free or field.options_from is not None, field.name


def test_which_kinds_a_person_records_about_an_enrolled_participant() -> None:
    about = {kind.id for kind in ALL if kind.subject is Subject.PARTICIPANT}
    assert about - {kind.id for kind in ALL if kind.is_change} == {"screened", "enrolled", "printed"}
    assert all(kind.subject is Subject.PARTICIPANT for kind in ALL if kind.is_change or kind.offers)


def test_which_kinds_change_the_calendar_without_the_planner_reading_them() -> None:
    assert {kind.id for kind in ALL if kind.changes_calendar and not kind.plans} == {
        "booking_cancelled", "treatment", "questionnaire", "contact", "unscheduled",
    }  # fmt: skip


def test_which_kinds_say_that_their_visit_was_performed() -> None:
    assert {kind.id for kind in ALL if kind.happens_at_visit} == {"performed", "operation", "treatment"}
    assert KINDS["operation"].says_performed({})
    assert not KINDS["performed"].says_performed({})
    contact = KINDS["contact"]
    assert [contact.says_performed({"reached": one}) for one in (True, False)] == [True, False]


def test_which_kinds_arrange_a_visit_and_which_field_has_the_day() -> None:
    assert {kind.id for kind in ALL if kind.arranges_visit} == {"booked", "moved"}
    assert {kind.id for kind in ALL if kind.is_change and kind.day_field != "on"} == {"moved"}
    assert {kind.id for kind in ALL if kind.is_judged} == {"performed"}


def test_the_day_with_which_a_form_begins() -> None:
    found = {day: {kind.id for kind in ALL if kind.is_change and kind.first_day is day} for day in FirstDay}
    assert found[FirstDay.DUE] == {"performed"}
    assert found[FirstDay.PLANNED] == {"missed", "omitted"}
    assert found[FirstDay.VISIT] == {"operation", "treatment", "specimen", "questionnaire"}
    assert found[FirstDay.TYPED] == {
        "booked", "booking_cancelled", "moved", "complication", "adverse_event", "progression", "note",
        "unscheduled", "died", "deviation_classed",
    }  # fmt: skip


def test_the_visits_that_a_form_offers() -> None:
    found = {scope: {kind.id for kind in ALL if kind.visits is scope} for scope in VisitScope}
    assert found[VisitScope.OPEN] == {"booked", "booking_cancelled", "moved", "performed", "missed", "omitted"}
    assert found[VisitScope.UNDECIDED] == {"decided"}
    assert found[VisitScope.DOSES] == {"treatment"}


def test_menus_have_their_kinds_in_order() -> None:
    assert kinds_in(Menu.VISIT) == (
        "performed", "booked", "moved", "missed", "omitted", "decided", "note", "deviation_classed",
    )  # fmt: skip
    assert kinds_in(Menu.PARTICIPANT) == (
        "included", "consent", "unscheduled", "contact", "adverse_event", "regimen_changed", "stopped", "withdrawn",
        "lost", "died",
    )  # fmt: skip
    assert kinds_in(Menu.PLAN) == ("included", "consent", "decided", "regimen_changed", "stopped", "chosen")
    assert kinds_in(Menu.EVENTS) == (
        "operation", "treatment", "specimen", "complication", "adverse_event", "safety_report", "progression",
        "questionnaire",
        "contact", "unscheduled", "note",
    )  # fmt: skip
    assert kinds_in(Menu.ENDS) == ("withdrawn", "lost", "found_again", "died")


def test_logs_have_their_kinds_in_order() -> None:
    found = logs()
    assert list(found) == [
        "screening", "consents", "operations", "treatments", "specimens", "complications",
        "adverse-events", "safety-reports",
        "progressions", "questionnaires", "contacts", "notes", "unscheduled", "withdrawals", "printed",
        "identified",
    ]  # fmt: skip
    assert found["screening"] == ("screened", "enrolled", "included")
    assert found["withdrawals"] == ("withdrawn", "lost", "found_again", "died")
    assert found["printed"] == ("printed", "agenda_printed", "deviations_printed", "log_printed")


def test_which_kinds_can_be_corrected() -> None:
    assert {kind.id for kind in ALL if not kind.is_correctable} == {
        "study_made", "printed", "agenda_printed", "log_printed", "deviations_printed", "restored", "migrated",
        "rescued", "fact_lost", "planning_accepted", "loss_settled", "redaction",
        "correction",
        "protocol_taken", "holidays_taken",
    }  # fmt: skip
