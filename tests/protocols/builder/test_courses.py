from pathlib import Path

import pytest

from app.domain.dates import Period
from app.domain.protocol import version as p
from app.domain.protocol.anchors import (
    Bound,
    VisitDay,
)
from app.protocols.loader import load
from tests.protocols.tiny import Edit, chemo, places, refused


def test_courses(invented: p.ProtocolVersion) -> None:
    before, later = invented.course("before"), invented.course("later")
    assert (before.cycles.fill, before.extend_by, before.regimen, before.bloods) == (84, 3, "initial", "T4")
    assert later.cycles == p.Cycles(count={14: 8, 21: 6, 28: 5}, less="before", at_least={14: 2, 21: 2, 28: 2})
    assert later.bloods == ""
    rays, upkeep = invented.course("rays"), invented.course("upkeep")
    assert (rays.within, rays.regimen) == ("", "RAYS")
    assert upkeep.cycles == p.Cycles(fill=364, until=Bound("first_dose", VisitDay("T1"), Period(18)))


def test_chemo_loads(tmp_path: Path) -> None:
    assert load(chemo(tmp_path)).protocol.course("C").cycles.count == {14: 4}


@pytest.mark.parametrize(
    ("edit", "line", "column", "kind"),
    [
        (("{count: {P14D: 4}}", "{count: {P28D: 4}}"), 49, 14, "no-count"),
        (("{count: {P14D: 4}}", "{count: {P14D: 4, P1M: 2}}"), 49, 31, "months"),
        (("{count: {P14D: 4}}", "{fill: P2M}"), 49, 20, "months"),
        (("next: D2", "next: D1"), 0, 0, "shared-row"),
        (("first: D1", "first: D9"), 46, 12, "unknown-visit"),
        (("from: next_cycle", "from: enrolment"), 28, 20, "course-row"),
        (("from: next_cycle", "from: dose"), 28, 20, "not-a-course-row"),
        (("{day: 1, kind", "{day: 2, kind"), 40, 15, "day-one"),
        (("{day: 8, kind: infusion", "{day: 1, kind: infusion"), 41, 15, "repeated-day"),
        (("{day: 8, kind: infusion", "{day: 15, kind: infusion"), 41, 15, "beyond-cycle"),
        (("{day: 1, kind: infusion", "{day: 1, kind: pump_disconnect"), 40, 0, "no-infusion-before"),
        (("offered: [R]\n", ""), 0, 0, "none-offered"),
        (("name: Course", "name: Course\n    regimen: S"), 46, 14, "unknown-regimen"),
        (("name: Within", "name: {infuson: W}"), 31, 12, "unknown-day-kind"),
        (("    within: D3\n", ""), 44, 3, "no-within"),
        (("{count: {P14D: 4}}", "{fill: P56D, until: {from: V9}}"), 49, 40, "unknown-anchor"),
        (("kind: infusion, what: X, window: {before: 0, after: 3}}", "kind: visit, what: X}"), 40, 15, "day-one"),
        (("{day: 1, kind", "{day: 1, cycles: {first: 2}, kind"), 40, 18, "day-one"),
    ],
)
def test_courses_that_do_not_fit(tmp_path: Path, edit: Edit, line: int, column: int, kind: str) -> None:
    found = places(refused(chemo(tmp_path, edit)))
    assert kind in [each[2] for each in found]
    if line and column:
        assert (line, column, kind) in found


def test_a_course_with_a_regimen_of_its_own_needs_none_offered(tmp_path: Path) -> None:
    path = chemo(tmp_path, ("offered: [R]", "offered: []"), ("name: Course", "name: Course\n    regimen: R"))
    assert load(path).protocol.offered == ()
