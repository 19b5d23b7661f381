from pathlib import Path

import pytest

from app.protocols.lint.run import check
from tests.protocols.tiny import WIDE, chemo, linted, visit, write

TURN = "decisions: {V1: {forecast: y, outcomes: {y: {label: Y}, n: {label: N, turn: left}}}}\nturns: {left: {}}\n"


def test_circular_timing_names_the_chain(tmp_path: Path) -> None:
    more = visit("V2", f"from: V3, {WIDE}") + visit("V3", f"from: a, {WIDE}") + "anchors: {a: {visit: V2}}\n"
    (finding,) = check(write(tmp_path, visits=more))
    assert (finding.line, finding.column, finding.kind, finding.level) == (23, 20, "circular-timing", "error")
    assert "`V2` -> `V3` -> `V2`" in finding.message


@pytest.mark.parametrize(
    "timing",
    [
        f"from: V2, {WIDE}",
        f"from: enrolment, {WIDE}, not_before: [{{from: V2}}]",
        "from: enrolment, any_day: {first: P0D, last: {from: V2}}",
    ],
)
def test_a_visit_counted_from_itself(tmp_path: Path, timing: str) -> None:
    assert [kind for *_, kind in linted(write(tmp_path, visits=visit("V2", timing)))] == ["circular-timing"]


def test_a_course_in_a_circle(tmp_path: Path) -> None:
    top = "anchors: {end: {last_dose: [C]}}\n"
    more = visit("V2", f"from: end, {WIDE}")
    edit = ("from: enrolment, offset: P7D, window: {before: P0D", "from: V2, offset: P7D, window: {before: P0D")
    path = chemo(tmp_path, edit, visits=more, top=top)
    assert linted(path) == [(23, 20, "circular-timing")]


def test_a_series_after_its_own_outcome_is_no_circle(tmp_path: Path) -> None:
    more = visit("V2", f"from: a, offset: P28D, {WIDE}", "repeat: {each_outcome: true}")
    top = (
        "anchors: {a: {after_outcome: {at: [V1, V2], outcome: y}}}\n"
        "decisions:\n  V1: {forecast: y, outcomes: {y: {label: Y}}}\n  V2: {forecast: y, outcomes: {y: {label: Y}}}\n"
    )
    assert linted(write(tmp_path, visits=more, top=top)) == []


def test_unreachable_visits_say_why(tmp_path: Path) -> None:
    more = visit("V2", f"from: t, {WIDE}") + visit("V3", f"from: V2, {WIDE}") + visit("V4", f"from: change, {WIDE}")
    top = (
        "anchors: {t: {turn: left}, change: {regimen_change: true}}\n"
        "turns: {left: {}}\nregimen_change: {allowed: false}\n"
    )  # fmt: skip
    found = check(write(tmp_path, visits=more, top=top))
    assert [(f.line, f.column, f.kind) for f in found] == [
        (20, 3, "unreachable"), (25, 3, "unreachable"), (30, 3, "unreachable"), (36, 9, "unused-turn"),
    ]  # fmt: skip
    assert "nothing takes the turn `left`" in found[0].message
    assert "counted from `V2`" in found[1].message
    assert "the regimen can never be changed" in found[2].message


def test_the_end_of_the_courses_that_a_path_has(tmp_path: Path) -> None:
    """No path has course E, and the end of C is one all the same."""
    rows = visit("E1", f"from: t, {WIDE}") + visit("E2", f"from: next_cycle, {WIDE}") + visit("E3", "from: cycle_day")
    more = rows + visit("V2", f"from: over, offset: P30D, {WIDE}")
    course = "  E: {name: E, first: E1, next: E2, within: E3, cycles: {fill: P28D}}\n"
    top = course + "anchors: {t: {turn: left}, over: {treatment_end: [C, E]}}\nturns: {left: {}}\n"
    found = linted(chemo(tmp_path, visits=more, top=top))
    assert [(line, kind) for line, _, kind in found] == [
        (35, "unreachable"), (40, "unreachable"), (45, "unreachable"), (72, "unused-turn"),
    ]  # fmt: skip


def test_a_turn_that_is_taken(tmp_path: Path) -> None:
    more = visit("V2", f"from: t, {WIDE}")
    assert linted(write(tmp_path, visits=more, top="anchors: {t: {turn: left}}\n" + TURN)) == []


def test_conditions_that_exclude_each_other(tmp_path: Path) -> None:
    more = visit("V2", f"from: enrolment, {WIDE}", "when: {arm: a}") + visit(
        "V3", f"from: V2, {WIDE}", "when: {arm: b}"
    )
    top = "choices: {arm: {question: Q, default: a, values: [a, b]}}\n"
    assert linted(write(tmp_path, visits=more, top=top)) == [(26, 3, "unreachable")]


def test_decisions_that_never_come_up(tmp_path: Path) -> None:
    more = "    repeat: {at: [P7D, P14D], number: days}\n"
    decision = "decisions: {V1: {from_number: 15, forecast: y, outcomes: {y: {label: Y}}}}\n"
    no_offset = ("offset: P7D, ", "")
    assert linted(write(tmp_path, no_offset, visits=more, top=decision)) == [(21, 31, "never-decided")]
    assert linted(write(tmp_path, top=decision)) == [(20, 31, "never-decided")]


ARMS = "choices: {arm: {question: Q, default: a, values: [a, b, c]}, more: {question: Q, default: false}}\n"


@pytest.mark.parametrize(
    ("basis", "own", "found"),
    [
        ("", "", []),
        ("when: {arm: a}", "when: {arm: a}", []),
        ("when: {arm: [a, b]}", "when: {arm: b}", []),
        ("when: {arm: [a, b, c]}", "", []),
        ("when: {arm: a}", "", ["conditional-anchor"]),
        ("when: {arm: a}", "when: {arm: [a, b]}", ["conditional-anchor"]),
        ("when: {more: true}", "when: {arm: a}", ["conditional-anchor"]),
        ("when: {arm: a}", "when: {arm: [b, c]}", []),
        ("when: {more: true, arm: a}", "when: {arm: a, more: true}", []),
    ],
)
def test_a_visit_counted_from_one_that_its_paths_may_lack(
    tmp_path: Path, basis: str, own: str, found: list[str]
) -> None:
    rows = visit("V2", f"from: enrolment, {WIDE}", basis) + visit("V3", f"from: V2, {WIDE}", own)
    kinds = [kind for _line, _column, kind in linted(write(tmp_path, visits=rows, top=ARMS))]
    assert [kind for kind in kinds if kind == "conditional-anchor"] == found
