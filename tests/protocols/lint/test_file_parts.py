from pathlib import Path

import pytest

from tests.protocols.tiny import CHEMO, CHEMO_VISITS, WIDE, linted, visit, write


def test_a_condition_without_answers(tmp_path: Path) -> None:
    more = visit("V2", f"from: enrolment, {WIDE}", "when: {arm: []}")
    top = "choices: {arm: {question: Q, default: true}}\n"
    assert linted(write(tmp_path, visits=more, top=top)) == [(20, 3, "unreachable"), (25, 17, "never-applies")]


def test_sources_that_are_not_listed(tmp_path: Path) -> None:
    assert linted(write(tmp_path, visits="    source: [P, L]\n", top="sources: {P: Protocol}\n")) == [
        (20, 17, "unknown-source")
    ]


@pytest.mark.parametrize("field", ["last_dose", "treatment_end"])
@pytest.mark.parametrize(("order", "found"), [("[C, D]", []), ("[D, C]", ["course-order"])])
def test_courses_that_an_anchor_names_against_their_order(
    tmp_path: Path, field: str, order: str, found: list[str]
) -> None:
    second = CHEMO_VISITS.replace("  D", "  E").replace(
        "from: enrolment, offset: P7D", "from: enrolment, offset: P90D"
    ) + visit("END", f"from: over, {WIDE}")
    course = CHEMO[CHEMO.index("  C:") :].replace("  C:", "  D:").replace(": D", ": E")
    text = CHEMO_VISITS + second + CHEMO + course + f"anchors: {{over: {{{field}: {order}}}}}\n"
    assert [kind for _line, _column, kind in linted(write(tmp_path, visits=text)) if kind == "course-order"] == found


def test_an_operation_that_answers_a_choice_twice(tmp_path: Path) -> None:
    # nothing on the pancreas and an ablation is both; a resection is only one of them
    choice = "choices: {arm: {question: Q, default: true, by_procedure: {none: false, ABLATION: true}}}\n"
    asked = "    when: {arm: true}\n"
    for liver, found in (("ablation", [(21, 73, "two-answers")]), ("resection", [])):
        none = f"none: {{name: N, pancreas: [none], liver: [{liver}]}}"
        procedures = f"procedures: {{{none}, ABLATION: {{name: A, liver: [ablation]}}}}\n"
        assert linted(write(tmp_path, visits=asked, top=choice + procedures)) == found


@pytest.mark.parametrize(
    ("timing", "found"),
    [
        ("window: {before: P0D, after: P3D}", []),
        ("offset: P0D, window: {before: P0D, after: P3D}", []),
        ("offset: P3D, window: {before: P0D, after: P3D}", ["ignored-offset"]),
        ("any_day: {first: P1D, last: P5D}", ["ignored-offset"]),
    ],
)
def test_a_next_cycle_that_says_when_it_is_due(tmp_path: Path, timing: str, found: list[str]) -> None:
    rows = CHEMO_VISITS.replace("from: next_cycle, window: {before: P0D, after: P3D}", f"from: next_cycle, {timing}")
    kinds = [kind for _line, _column, kind in linted(write(tmp_path, visits=rows + CHEMO))]
    assert [kind for kind in kinds if kind == "ignored-offset"] == found
