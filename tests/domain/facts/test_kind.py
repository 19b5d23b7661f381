"""What follows from the row of a kind."""

from app.domain.facts import planner_facts as f
from app.domain.facts.kind import (
    Field,
    Kind,
    OptionSource,
    Subject,
    Type,
    When,
    day_field,
    detail_field,
    protocol_field,
    reason_field,
    time_field,
    visit_field,
)


def kind(*fields: Field, **more: object) -> Kind:
    return Kind("invented", Subject.PARTICIPANT, fields, **more)  # type: ignore[arg-type]


def test_a_condition_holds_only_for_that_value_of_that_field() -> None:
    failed = When("outcome", "failure")
    assert failed.holds({"outcome": "failure"})
    assert not failed.holds({"outcome": "eligible"})
    assert not failed.holds({})
    assert not When("outcome", None).holds({})


def test_a_person_types_what_the_program_does_not_fill_and_the_extra_fields_last() -> None:
    found = kind(
        visit_field(assigned=True),
        reason_field(),
        Field("judged", Type.WINDOW, False, internal=True),
        extra=(day_field(), time_field()),
    )
    assert [field.name for field in found.typed_fields] == ["reason", "on", "at"]


def test_the_day_is_the_first_that_is_required() -> None:
    assert kind(Field("ended", Type.DAY, False), Field("to", Type.DAY)).day_field == "to"
    assert kind(reason_field()).day_field == "on"


def test_an_ordinary_kind_changes_no_calendar_and_can_be_corrected() -> None:
    found = kind(day_field())
    assert (found.plans, found.changes_calendar, found.arranges_visit) == (False, False, False)
    assert (found.is_change, found.is_correctable, found.is_judged, found.happens_at_visit) == (
        True, True, False, False,
    )  # fmt: skip


def test_a_kind_of_the_planner_changes_the_calendar() -> None:
    found = kind(visit_field(), day_field(may_be_future=True), planner_fact=f.Booked)
    assert (found.plans, found.changes_calendar, found.arranges_visit) == (True, True, True)
    assert kind(visit_field(), replans=True).changes_calendar
    assert kind(visit_field(), performs_visit=When("reached", True)).changes_calendar


def test_a_visit_is_performed_always_or_under_a_condition() -> None:
    always, sometimes = kind(performs_visit=True), kind(performs_visit=When("reached", True))
    assert (always.says_performed({}), always.happens_at_visit) == (True, True)
    assert [sometimes.says_performed({"reached": one}) for one in (True, False)] == [True, False]
    assert not sometimes.happens_at_visit
    assert not kind().says_performed({"reached": True})


def test_a_kind_with_a_code_or_without_undo_is_no_change_of_an_enrolled_participant() -> None:
    assert not kind(Field("code", Type.CODE)).is_change
    assert not kind(permanent=True).is_change
    assert not Kind("invented", Subject.STUDY, ()).is_change


def test_what_cannot_be_corrected() -> None:
    assert not kind(permanent=True).is_correctable
    assert not kind(indivisible=True).is_correctable
    assert not Kind("invented", Subject.FACT, ()).is_correctable


def test_a_reason_is_asked_for_when_it_is_needed() -> None:
    reduced = When("given", "reduced")
    asked = reason_field(False, needed_when=reduced)
    assert (asked.required_when, asked.asked_when, asked.free) == (reduced, reduced, False)
    always = reason_field(False, common=True, needed_when=reduced, always_asked=True)
    assert (always.required_when, always.asked_when) == (reduced, None)
    assert (always.options_from, always.free) == (OptionSource.REASONS, True)


def test_fields_that_many_kinds_have() -> None:
    assert (detail_field().required, detail_field().long) == (False, True)
    assert visit_field(False).type is Type.VISIT
    found = protocol_field("phase", "the phase", OptionSource.PHASES, planned=True)
    assert (found.type, found.planned, found.options_from) == (Type.TEXT, True, OptionSource.PHASES)
