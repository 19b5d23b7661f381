from pathlib import Path

from tests.protocols.tiny import chemo, linted, write


def test_names_that_nothing_uses(tmp_path: Path) -> None:
    top = (
        "choices: {arm: {question: Q, default: true}}\n"
        "anchors: {a: {visit: V1}}\n"
        "regimens: {R: {name: R, cycle_days: 7, days: [{day: 1, kind: infusion, what: X}]}}\n"
    )
    path = write(
        tmp_path, ("  - {id: only, name: Only}", "  - {id: only, name: Only}\n  - {id: none, name: None}"), top=top
    )
    assert linted(path) == [
        (8, 10, "unused-epoch"), (21, 11, "unused-choice"), (22, 11, "unused-anchor"), (23, 12, "unused-regimen"),
    ]  # fmt: skip


def test_a_course_row_without_visits(tmp_path: Path) -> None:
    path = chemo(
        tmp_path, ("{day: 8, kind: infusion, what: X, when_held", "{day: 8, kind: clinic_check, what: X, when_held")
    )
    assert linted(path) == [(30, 3, "unused-row")]


def test_a_procedure_that_nothing_asks_for(tmp_path: Path) -> None:
    top = "procedures: {spare: {name: S, liver: [none]}, asked: {name: A, liver: [other]}}\n"
    assert linted(write(tmp_path, visits="    left_out_after: [asked]\n", top=top)) == [(21, 14, "unused-procedure")]
