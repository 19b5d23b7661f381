from dataclasses import replace
from datetime import date, timedelta
from gettext import NullTranslations
from typing import Any

import pytest

from app.domain.calendar.entries import Entry, Problem, ProblemKind, Status
from app.domain.protocol.timing import EachOutcome, EveryCycle, Repeat, Series
from app.wording import language, names
from tests.documents.calendars import DOSE, MONTHLY, SURGERY, TODAY, dose, entry, protocol


def named(name: str, key: str, repeat: Repeat | None = None, **changes: Any) -> Entry:
    return entry(key, replace(SURGERY, name=name, plain="", repeat=repeat), **changes)


def test_tokens_are_replaced_by_the_occurrences_own() -> None:
    assert names.visit_name(dose(6, TODAY)) == "Cycle 6 day 1"
    pump = entry("DOSE#6.3", DOSE, cycle=6, day=3, day_kind="pump_disconnect")
    assert names.visit_name(pump) == "Pump disconnection, cycle 6"


@pytest.mark.parametrize("name", ["{0.key}", "{cycle.__class__}", "{entry}", "50% {", "}{", "{cycle!r}"])
def test_nothing_else_in_braces_is_read(name: str) -> None:
    assert names.visit_name(named(name, "V")) == name


@pytest.mark.parametrize(
    ("entry_", "text"),
    [
        (named("Monthly follow-up", "F#7", Series(number="months"), number=7), "Monthly follow-up, month 7"),
        (named("DGE check POD 14 and 21", "O#14", Series(number="days"), number=14), "DGE check POD 14 and 21, day 14"),
        (named("Weekly call", "W#3", Series(number="weeks"), number=3), "Weekly call, week 3"),
        (named("Reassessment", "R#2", Series(), number=2), "Reassessment, number 2"),
        (named("Reassessment", "R#2", EachOutcome(), number=2), "Reassessment, number 2"),
        (named("Assessment", "R#4", EveryCycle("chemo"), number=4, cycle=4), "Assessment, cycle 4"),
        (named("Bloods", "B#3.15", cycle=3, day=15), "Bloods, cycle 3 day 15"),
        (named("Month {number}", "F#7", Series(number="months"), number=7), "Month 7"),
        (named("Surgery", "S"), "Surgery"),
    ],
)
def test_a_repeated_visit_is_told_apart(entry_: Entry, text: str) -> None:
    assert names.visit_name(entry_) == text


def test_a_name_is_said_in_the_language_of_the_moment() -> None:
    class Loud(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper().replace("{N}", "{n}")

    visit = named("Weekly call", "W#4", Series(number="weeks"), number=4)
    assert names.visit_name(visit) == "Weekly call, week 4"
    with language.spoken(Loud()):
        assert names.visit_name(visit) == "Weekly call, WEEK 4"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("V@2", "Check (second operation)"),
        ("V/2", "Check (repeat)"),
        ("V/3", "Check (repeat 2)"),
        ("V@2/2", "Check (second operation) (repeat)"),
    ],
)
def test_a_second_operation_and_a_repeat_are_said(key: str, text: str) -> None:
    assert names.visit_name(named("Check", key)) == text


def test_plain_names_fall_back_to_the_name() -> None:
    assert names.plain_name(dose(6, TODAY)) == "Treatment at the day unit"
    assert names.plain_name(entry("DOSE#6.3", DOSE, day_kind="pump_disconnect")) == "Pump taken off"
    assert names.plain_name(entry("MONTHLY#7", MONTHLY, number=7)) == "Monthly contact"
    assert names.plain_name(named("Bloods", "B#3.1", cycle=3, day=1)) == "Bloods, cycle 3 day 1"


def test_epoch_name() -> None:
    assert names.epoch_name(protocol(), dose(1, TODAY)) == "Preoperative chemotherapy"
    assert names.epoch_name(protocol(), entry("X", replace(SURGERY, epoch="gone"))) == "gone"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "planned"),
        ({"basis": "forecast"}, "forecast"),
        ({"booked": TODAY, "basis": "forecast"}, "planned, booked"),
        ({"moved": TODAY, "status": Status.DUE}, "due, moved"),
        ({"booked": date(2027, 2, 1), "moved": TODAY}, "planned, moved"),
        ({"status": Status.OVERDUE}, "overdue"),
        ({"status": Status.PERFORMED, "performed": TODAY}, "done"),
        ({"status": Status.PERFORMED, "performed": TODAY, "outdated": True}, "done, outdated"),
        ({"status": Status.CANCELLED, "booked": TODAY}, "cancelled"),
        ({"status": Status.AWAITING}, "waiting for a date"),
    ],
)
def test_status(changes: dict[str, Any], text: str) -> None:
    assert names.status_text(entry(**changes)) == text


def test_every_status_has_a_word() -> None:
    assert all(names.status_text(entry(status=status)) for status in Status)


@pytest.mark.parametrize(("days", "text"), [(None, ""), (0, "inside"), (-2, "early by 2 d"), (3, "late by 3 d")])
def test_window_result(days: int | None, text: str) -> None:
    assert names.window_result_text(entry(window_result=days)) == text


@pytest.mark.parametrize("status", [Status.PLANNED, Status.DUE])
@pytest.mark.parametrize("kind", ["booking_closed", "booking_outside", "too_near", "before_basis"])
def test_a_booking_that_was_left_behind_needs_rebooking(status: Status, kind: ProblemKind) -> None:
    on = TODAY + timedelta(3)
    booked = named("Bloods", "B#3", status=status, assumed=on, booked=on)
    assert names.status_text(booked).endswith(", booked")
    left = replace(booked, problems=(Problem("B#3", kind, {"on": on, "why": "site", "days": 1}),))
    assert names.status_text(left) == "needs rebooking"
