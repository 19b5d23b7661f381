from pathlib import Path

from app.domain.protocol import version as p
from app.domain.protocol.decisions import CourseChange, Effect, RegimenChangeRule, Selection, Withdrawal
from tests.protocols.tiny import chemo, places, refused


def test_a_plan_needs_a_number_for_each_cycle_length(tmp_path: Path) -> None:
    more = "decisions: {V1: {forecast: y, outcomes: {y: {label: Y, plan: [{course: C, count: {P21D: 2}}]}}}}\n"
    assert places(refused(chemo(tmp_path, top=more))) == [(50, 75, "no-count")]


def test_decisions(invented: p.ProtocolVersion) -> None:
    decision = invented.decisions["RESCAN"]
    assert decision.outcomes["operate"].course_changes == (CourseChange("later", {14: 6, 21: 4, 28: 3}, "changed"),)
    assert invented.decisions["HEART"].from_number == 4
    assert decision.labels == {"operate": "Operation", "wait": "Wait"}
    assert invented.milestones["no_operation"].cancel == Selection(("surgery", "after"), ("SCAN",), ("LIFE", "CARE"))
    assert invented.withdrawal == Withdrawal("OP1", Effect(milestone="no_operation"))
    assert invented.regimen_change == RegimenChangeRule(True, "second_line", 1)
