from pathlib import Path

import pytest

from tests.protocols.tiny import Edit, chemo, places, refused, write


@pytest.mark.parametrize(
    ("edit", "line", "column", "kind"),
    [
        (("from: enrolment, offset", "from: enrolmnt, offset"), 18, 20, "unknown-anchor"),
        (("from: enrolment, offset", "from: next_cycle, offset"), 18, 20, "not-a-course-row"),
        (("enrolment_visit: IN", "enrolment_visit: OUT"), 8, 18, "unknown-visit"),
        (("Check\n    epoch: only", "Check\n    epoch: olny"), 17, 12, "unknown-epoch"),
        (("  - {id: only, name: Only}", "  - {id: only, name: O}\n  - {id: only, name: P}"), 8, 10, "repeated-id"),
    ],
)
def test_references_that_lead_nowhere(tmp_path: Path, edit: Edit, line: int, column: int, kind: str) -> None:
    assert places(refused(write(tmp_path, edit))) == [(line, column, kind)]


@pytest.mark.parametrize(
    ("more", "line", "column", "kind"),
    [
        ("    when: {arm: a}\n", 20, 12, "unknown-choice"),
        ("    again_for: V2\n", 20, 16, "unknown-visit"),
        ("    repeat: {cycles: C}\n", 20, 22, "unknown-course"),
        ("    repeat: {series: [{every: P7D, count: 3}], until: V9}\n", 20, 55, "unknown-visit"),
        ("    repeat: {series: [{every: P7D, count: 3}], until: lft}\n", 20, 55, "unknown-visit"),
        ("    repeat: {at: [P7D], start: P1M}\n", 20, 13, "wrong-value"),
        ("    repeat: {each: true, on_demand: true}\n", 20, 13, "wrong-value"),
        ("    repeat: {on_demand: true}\n", 16, 5, "wrong-value"),
        ("    repeat: {each: true}\n", 20, 20, "unknown-visit"),
        ("anchors: {a: {treatment_end: [C]}}\n", 20, 31, "unknown-course"),
        ("    repeat: {series: [{every: P0D, count: 3}]}\n", 20, 31, "no-step"),
        ("    repeat: {series: [{every: P7D, count: 3, for: P1M}]}\n", 20, 46, "count-and-for"),
        ("    on_performed: {end: [C]}\n", 20, 26, "unknown-course"),
        ("    on_performed: {skip: [V1, V2]}\n", 20, 31, "unknown-visit"),
        ("    on_performed: {turn: left}\n", 20, 26, "unknown-turn"),
        ("    on_performed: {cancel: {epochs: [x]}}\n", 20, 38, "unknown-epoch"),
        ("    early_end: [{course: C, when: stopped, then: cancel}]\n", 20, 26, "unknown-course"),
        ("    days: [{day: 1}, {day: 1}]\n", 20, 28, "order"),
        ("    activities: [{text: T, when: {arm: a}}]\n", 20, 35, "unknown-choice"),
        ("anchors: {a: {visit: V2}}\n", 20, 22, "unknown-visit"),
        ("anchors: {V1: {visit: IN}}\n", 20, 11, "taken-name"),
        ("anchors: {dose: {visit: IN}}\n", 20, 11, "taken-name"),
        ("anchors: {a: {cycle_end: C}}\n", 20, 26, "unknown-course"),
        ("anchors: {a: {last_dose: [C]}}\n", 20, 27, "unknown-course"),
        ("anchors: {a: {turn: left}}\n", 20, 21, "unknown-turn"),
        ("offered: [R]\n", 20, 11, "unknown-regimen"),
        ("decisions: {V1: {forecast: x, outcomes: {y: {label: Y}}}}\n", 20, 28, "unknown-outcome"),
        ("specimens: [{id: B, name: B, visit: V1, left_out_after: [cut]}]\n", 20, 58, "unknown-procedure"),
        ("choices: {a: {question: Q, default: true, by_procedure: {cut: false}}}\n", 20, 58, "unknown-procedure"),
        ("choices: {a: {question: Q, default: true, by_timing: {metachronous: x}}}\n", 20, 69, "unknown-answer"),
        ("decisions: {V2: {forecast: y, outcomes: {y: {label: Y}}}}\n", 20, 13, "unknown-visit"),
        ("regimen_change: {after_turn: left}\n", 20, 30, "unknown-turn"),
        ("withdrawal: {operation: V9, before: {}, stop: []}\n", 20, 25, "unknown-visit"),
        ("choices: {c: {question: Q, default: x, values: [y]}}\n", 20, 37, "unknown-answer"),
        ("choices: {c: {question: Q, default: x}}\n", 20, 37, "unknown-answer"),
        ("choices: {c: {question: Q, default: true, values: [y]}}\n", 20, 37, "unknown-answer"),
        ("recorded_only: {c: true}\n", 20, 17, "unknown-choice"),
        ("specimens: [{id: S, name: S, visit: V9}]\n", 20, 37, "unknown-visit"),
        ("questionnaires: [{id: S, name: S, visits: [V9]}]\n", 20, 44, "unknown-visit"),
    ],
)
def test_further_references(tmp_path: Path, more: str, line: int, column: int, kind: str) -> None:
    assert places(refused(write(tmp_path, visits=more))) == [(line, column, kind)]


def test_answers_that_a_choice_has_not(tmp_path: Path) -> None:
    more = "    when: {arm: [a, c]}\nchoices: {arm: {question: Q, default: a, values: [a, b]}}\n"
    (finding,) = refused(write(tmp_path, visits=more))
    assert (finding.line, finding.column, finding.kind) == (20, 17, "unknown-answer")
    assert "`c` is no answer to `arm`" in finding.message


def test_a_visit_in_two_courses(tmp_path: Path) -> None:
    more = "  E:\n    name: Other\n    first: V1\n    next: D2\n    within: D3\n    cycles: {fill: P28D}\n"
    assert places(refused(chemo(tmp_path, top=more))) == [(53, 11, "shared-row"), (54, 13, "shared-row")]
