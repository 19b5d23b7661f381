"""What a form asks: as many questions as the kind has fields that a person types."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.facts.kind import Subject, Type
from app.domain.facts.kinds import KINDS
from app.services.queries.participant import ParticipantView
from app.ui.forms.questions import TODAY, questions_of
from tests.ui.forms.asking import VISIT, question
from tests.ui.forms.conftest import TODAY as DAY


def names(kind: str, look: ParticipantView | None, visit: str = "") -> list[str]:
    return [one.field.name for one in questions_of(kind, look, visit)]


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS.values() if kind.subject is Subject.PARTICIPANT])
def test_no_internal_field_is_asked_and_the_visit_only_where_none_is_given(kind: str, look: ParticipantView) -> None:
    internal = {field.name for field in KINDS[kind].fields if field.internal or field.type is Type.PLAIN}
    assert not internal & set(names(kind, look))
    assert "visit" not in names(kind, look, VISIT)
    has_visit = KINDS[kind].field("visit") is not None and kind != "unscheduled"
    assert ("visit" in names(kind, look)) is has_visit
    assert all(one.label and one.label[0] == one.label[0].upper() for one in questions_of(kind, look))


@pytest.mark.parametrize(
    ("kind", "visit", "expected"),
    [
        ("booked", VISIT, ["on", "at", "reason"]),
        ("moved", VISIT, ["to", "reason"]),
        ("performed", VISIT, ["on", "at", "reason"]),
        ("performed", "SP-C03#1.8", ["on", "at", "reason"]),
        ("decided", "SP-R01", ["outcome", "on", "reason"]),
        ("unscheduled", "", ["on", "at", "reason", "repeats"]),
        ("chosen", "", ["choice", "value", "on", "reason"]),
        ("died", "", ["on", "cause"]),
        ("note", VISIT, ["text"]),
    ],
)
def test_the_questions_of_a_kind(kind: str, visit: str, expected: list[str], look: ParticipantView) -> None:
    assert names(kind, look, visit) == expected


def test_an_enrolled_participant_is_not_asked_for_code_and_protocol(look: ParticipantView) -> None:
    assert {"code", "protocol"} <= set(names("screened", None))
    assert not {"code", "protocol"} & set(names("screened", look))


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("performed", TODAY),
        ("contact", TODAY),
        ("withdrawn", TODAY),
        ("booked", None),
        ("unscheduled", None),
        ("died", None),
        ("complication", None),
        ("adverse_event", None),
        ("progression", None),
    ],
)
def test_today_stands_there_only_for_what_happens_today(kind: str, default: object, look: ParticipantView) -> None:
    assert question(kind, "on", look, VISIT).default == default


def test_a_missed_visit_was_missed_on_its_day(look: ParticipantView) -> None:
    past = look.calendar.by_key["SP-C01"]
    assert past.assumed is not None
    assert past.assumed < DAY
    assert question("missed", "on", look, "SP-C01").default == past.assumed


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS.values() if kind.subject is Subject.PARTICIPANT])
def test_nothing_clinical_is_answered_beforehand(kind: str, look: ParticipantView) -> None:
    given = {one.field.name for one in questions_of(kind, look) if one.default is not None}
    assert given <= {"on"}


def test_the_month_opens_where_the_visit_stands(look: ParticipantView) -> None:
    assert question("moved", "to", look, VISIT).start == look.calendar.by_key[VISIT].assumed


def test_the_last_dose_recorded_is_proposed_as_the_last_medication(look: ParticipantView) -> None:
    nothing = question("withdrawn", "last_medication_on", look)
    assert (nothing.start, nothing.hint) == (None, "No dose is recorded. Write none where none was given.")
    entries = look.calendar.entries
    dose = next(entry for entry in entries if entry.key == "SP-C01")
    given = tuple(replace(one, performed=date(2026, 12, 1)) if one is dose else one for one in entries)
    proposed = question(
        "withdrawn", "last_medication_on", replace(look, calendar=replace(look.calendar, entries=given))
    )
    assert (proposed.start, proposed.default) == (date(2026, 12, 1), None), "proposed, and not answered beforehand"
    assert proposed.hint == "The last dose recorded was on Tue 1 Dec 2026. Write none where none was given."


def test_a_contact_that_learns_of_a_death_asks_for_its_day_last(look: ParticipantView) -> None:
    asked = names("contact", look)
    assert asked.index("alive") < asked.index("died_on") == len(asked) - 1
    when = question("contact", "died_on", look).when
    assert when is not None
    assert (when.holds({"alive": "no"}), when.holds({"alive": "yes"})) == (True, False)
    # the day of an extra visit comes first
    assert names("unscheduled", look)[0] == "on"
