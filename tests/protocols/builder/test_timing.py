from pathlib import Path

import pytest

from app.domain.dates import Period, Roll
from app.domain.protocol import version as p
from app.domain.protocol.anchors import (
    Bound,
    Enrolment,
    VisitDay,
)
from app.domain.protocol.timing import EachOf, EachOutcome, EveryCycle, OnDemand, Series, Stretch
from tests.protocols.tiny import places, refused, timing, visit, write

WINDOW = "window: {before: P1D, after: P1D}"


def test_timings(invented: p.ProtocolVersion) -> None:
    first = timing(invented, "T1")
    assert (first.name, first.offset, first.before, first.after) == (
        "enrolment",
        Period(0, 7),
        Period(0, 3),
        Period(0, 10),
    )
    assert (first.preferred_before, first.preferred_after, first.roll) == (Period(), Period(0, 4), Roll.FORWARD)
    within = timing(invented, "T3")
    assert (within.offset, within.before, within.after, within.roll) == (None, None, None, Roll.NEAREST)
    following = timing(invented, "T2")
    assert (following.offset, following.before, following.after) == (Period(), Period(), Period(0, 3))
    board = timing(invented, "BOARD")
    assert (board.offset, board.before, board.after) == (Period(0, 7), None, None)
    assert timing(invented, "OP2").waits
    assert timing(invented, "OP1").not_before[0].offset == Period(0, 10)
    assert timing(invented, "BEFORE").opens_not_before == (Bound("BOARD", VisitDay("BOARD"), Period(0, -7)),)
    assert invented.visits["CARE"].after_milestone == "no_operation"


def test_any_day(invented: p.ProtocolVersion) -> None:
    base = timing(invented, "BASE")
    assert base.offset is None
    assert base.first == Bound("enrolment", Enrolment(), Period(0, -28))
    call = timing(invented, "CALL")
    assert call.last == Bound("T1", VisitDay("T1"), Period(0, -1))
    assert timing(invented, "LOOK").not_before == (Bound("enrolment", Enrolment(), Period(0, 1)),)


def test_repeats(invented: p.ProtocolVersion) -> None:
    visits = invented.visits
    assert visits["HEART"].repeat == EveryCycle("before", 2, 2)
    assert visits["RESCAN"].repeat == EachOutcome()
    assert visits["WARD"].repeat == Series(at=(Period(0, 1), Period(0, 3), Period(0, 5)), number="days")
    assert visits["FOLLOW"].repeat == Series(
        stretches=(Stretch(Period(0, 56), lasting=Period(12)), Stretch(Period(0, 84), count=5))
    )
    assert visits["MONTHLY"].repeat == Series(
        stretches=(Stretch(Period(1)),), number="months", beyond=Period(3), until="died"
    )
    assert visits["CALLS"].repeat == Series(
        stretches=(Stretch(Period(1), 12),), number="months", until="no_operation", start=Period(2)
    )
    assert (visits["ILL"].timing, visits["ILL"].repeat) == (None, OnDemand())
    assert [visits[name].repeat for name in ("WELL", "POST")] == [EachOf("ILL"), EachOf("FOLLOW")]


def test_once_for_each_of_a_visit_that_happens_once(tmp_path: Path) -> None:
    more = visit("V2", f"from: V1, {WINDOW}", "repeat: {each: true}")
    assert places(refused(write(tmp_path, visits=more))) == [(25, 20, "not-repeated")]


@pytest.mark.parametrize("anchor", ["V1", "enrolment"])
def test_once_for_each_outcome_of_a_day_on_which_nothing_is_decided(tmp_path: Path, anchor: str) -> None:
    more = visit("V2", f"from: {anchor}, {WINDOW}", "repeat: {each_outcome: true}")
    assert places(refused(write(tmp_path, visits=more))) == [(25, 28, "not-repeated")]
