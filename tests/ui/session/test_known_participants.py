"""What is known of participants, and until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from app.services.queries.participant import ParticipantView
from app.ui.session.known_participants import MOST, KnownParticipants

TODAY, TOMORROW = date(2026, 12, 20), date(2026, 12, 21)


@dataclass(frozen=True)
class Read:
    """As much of a participant's view as is looked at."""

    code: str
    calendar: SimpleNamespace
    says: str = ""


def read(code: str, says: str = "") -> ParticipantView:
    return cast(ParticipantView, Read(code, SimpleNamespace(today=TODAY), says))


@pytest.fixture
def known() -> KnownParticipants:
    found = KnownParticipants()
    for code in ("LI-001", "LI-002"):
        found.keep(read(code))
    return found


def codes(known: KnownParticipants, *asked: str) -> list[str]:
    return [code for code in asked if known.of(code, TODAY) is not None]


def test_who_was_read_is_known_on_that_day(known: KnownParticipants) -> None:
    assert codes(known, "LI-001", "LI-002", "LI-003") == ["LI-001", "LI-002"]
    assert known.of("LI-001", TOMORROW) is None


def test_what_says_the_same_stays_the_same_object(known: KnownParticipants) -> None:
    first = known.of("LI-001", TODAY)
    assert known.keep(read("LI-001")) is first
    other = read("LI-001", "a note")
    assert known.keep(other) is other
    assert known.of("LI-001", TODAY) is other


@pytest.mark.parametrize(
    ("forget", "left"),
    [
        (lambda known: known.forget({"LI-001", "LI-003"}), ["LI-002"]),
        (lambda known: known.forget(frozenset()), ["LI-001", "LI-002"]),
        (lambda known: known.forget(), []),
    ],
)
def test_whom_a_change_concerns_must_be_read_again(
    known: KnownParticipants, forget: Callable[[KnownParticipants], None], left: list[str]
) -> None:
    forget(known)
    assert codes(known, "LI-001", "LI-002") == left


def test_only_those_read_last_are_known(known: KnownParticipants) -> None:
    known.keep(read("LI-001"))
    for number in range(MOST - 1):
        known.keep(read(f"CJ-{number}"))
    assert codes(known, "LI-001", "LI-002", "CJ-0") == ["LI-001", "CJ-0"]
