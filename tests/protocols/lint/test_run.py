from pathlib import Path

import pytest

from app.protocols.lint.run import WAIVABLE, check
from tests.protocols.tiny import CHEMO, CHEMO_VISITS, INVENTED, TINY, WIDE, chemo, linted, visit, write


def test_tiny_protocols_are_clean(tmp_path: Path) -> None:
    assert check(write(tmp_path)) == []
    assert check(chemo(tmp_path)) == []
    assert (TINY + CHEMO_VISITS).count("\n") == 34
    assert CHEMO.count("\n") == 15


def test_the_invented_protocol_is_clean_with_its_waivers() -> None:
    assert check(INVENTED) == []


def test_a_refused_file_gives_its_errors(tmp_path: Path) -> None:
    (finding,) = check(write(tmp_path, ("from: enrolment, offset", "from: enrolmnt, offset")))
    assert finding.kind == "unknown-anchor"
    assert finding.level == "error"
    assert "Did you mean `enrolment`?" in str(finding)


NONE = ("window: {before: P2D, after: P2D}}", "window: {before: P2D, after: P2D}, roll: none}")


def test_waivers(tmp_path: Path) -> None:
    meant = "waivers: {closed-weekday: It is meant}\n"
    assert linted(write(tmp_path, NONE, visits="    " + meant)) == []
    assert linted(write(tmp_path, NONE, top=meant)) == []


def test_waivers_that_waive_nothing(tmp_path: Path) -> None:
    assert linted(write(tmp_path, visits="    waivers: {closed-weekday: It is meant}\n")) == [(20, 15, "unused-waiver")]
    (finding,) = check(write(tmp_path, top="waivers: {closed-weekdy: It is meant}\n"))
    assert (finding.line, finding.column, finding.kind) == (20, 11, "unused-waiver")
    assert "Did you mean `closed-weekday`?" in str(finding)
    both = write(
        tmp_path, NONE, visits="    waivers: {closed-weekday: Meant}\n", top="waivers: {closed-weekday: Meant}\n"
    )
    assert linted(both) == [(21, 11, "unused-waiver")]


CLOSED = "offset: P3D, window: {before: P0D, after: P0D}, roll: none"

WEEKDAY = "waivers: {closed-weekday: On the ward}"

WAITS = visit("OP", "from: enrolment, window: {before: P0D, after: P28D}, waits: true")


@pytest.mark.parametrize(
    ("waiver", "timing", "unused"),
    [
        ("closed-weekday", f"from: OP, offset: P3D, {WIDE}, roll: none", False),
        ("closed-weekday", f"from: OP, offset: P3D, {WIDE}", True),
        ("closed-window", f"from: OP, offset: P3D, {WIDE}", False),
        ("closed-window", f"from: OP, offset: P3D, {WIDE}, roll: none", True),
        ("closed-weekday", f"from: enrolment, offset: P2D, {WIDE}, roll: none, not_before: [{{from: OP}}]", False),
        ("pump-weekend", f"from: OP, offset: P3D, {WIDE}, roll: none", True),
    ],
)
def test_a_waiver_behind_a_visit_that_waits(tmp_path: Path, waiver: str, timing: str, unused: bool) -> None:
    """Nobody can know on which weekday such a visit falls."""
    more = WAITS + visit("POD", timing, f"waivers: {{{waiver}: On the ward}}")
    assert linted(write(tmp_path, visits=more)) == [(30, 15, "unused-waiver")] * unused


def test_a_waiver_further_behind_a_visit_that_waits(tmp_path: Path) -> None:
    more = WAITS + visit("POD", f"from: OP, offset: P3D, {WIDE}") + visit("END", "from: POD, " + CLOSED, WEEKDAY)
    assert linted(write(tmp_path, visits=more)) == []
    on_top = "waivers: {closed-weekday: On the ward}\n"
    assert linted(write(tmp_path, visits=more.replace(f"    {WEEKDAY}\n", ""), top=on_top)) == []
    assert linted(write(tmp_path, visits=WAITS, top=on_top)) == [(25, 11, "unused-waiver")]


def test_a_waiver_of_a_visit_that_the_default_path_has_not(tmp_path: Path) -> None:
    demand = "  ILL:\n    name: Ill\n    epoch: only\n    repeat: {on_demand: true}\n"
    marks = "    marks: {event: assumed, offset: assumed, window: assumed}\n"
    each = visit("WELL", "from: ILL, " + CLOSED, "repeat: {each: true}", WEEKDAY)
    assert linted(write(tmp_path, visits=demand + marks + each)) == []
    # a visit without a timing of its own never keeps a day
    assert linted(write(tmp_path, visits=demand + marks + f"    {WEEKDAY}\n")) == [(25, 15, "unused-waiver")]
    arm = visit("B", "from: enrolment, " + CLOSED, "when: {arm: b}", WEEKDAY)
    top = "choices: {arm: {question: Q, default: a, values: [a, b]}}\n"
    assert linted(write(tmp_path, visits=arm, top=top)) == []


def test_every_kind_is_tried_here() -> None:
    text = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [kind for kind in sorted(WAIVABLE) if f'"{kind}"' not in text] == []


def test_half_windows_are_refused(tmp_path: Path) -> None:
    assert linted(write(tmp_path, ("before: P2D, after: P2D", "before: P2D"))) == [(18, 44, "missing-field")]
