from pathlib import Path

import pytest

from app.protocols.lint import KINDS, check
from tests.protocols.tiny import CHEMO, CHEMO_VISITS, TINY, chemo, linted, visit, write

HERE = Path(__file__).parent
WIDE = "window: {before: P2D, after: P2D}"
TURN = "decisions: {V1: {forecast: y, outcomes: {y: {label: Y}, n: {label: N, turn: left}}}}\nturns: {left: {}}\n"


def test_tiny_protocols_are_clean(tmp_path: Path) -> None:
    assert check(write(tmp_path)) == []
    assert check(chemo(tmp_path)) == []
    assert (TINY + CHEMO_VISITS).count("\n") == 34
    assert CHEMO.count("\n") == 15


def test_the_invented_protocol_is_clean_with_its_waivers() -> None:
    assert check(HERE / "invented.yaml") == []


def test_a_refused_file_gives_its_errors(tmp_path: Path) -> None:
    (finding,) = check(write(tmp_path, ("from: enrolment, offset", "from: enrolmnt, offset")))
    assert finding.kind == "unknown-anchor"
    assert finding.level == "error"
    assert "Did you mean `enrolment`?" in str(finding)


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


def test_a_turn_that_is_taken(tmp_path: Path) -> None:
    more = visit("V2", f"from: t, {WIDE}")
    assert linted(write(tmp_path, visits=more, top="anchors: {t: {turn: left}}\n" + TURN)) == []


def test_conditions_that_exclude_each_other(tmp_path: Path) -> None:
    more = visit("V2", f"from: enrolment, {WIDE}", "when: {arm: a}") + visit(
        "V3", f"from: V2, {WIDE}", "when: {arm: b}"
    )
    top = "choices: {arm: {question: Q, default: a, values: [a, b]}}\n"
    assert linted(write(tmp_path, visits=more, top=top)) == [(26, 3, "unreachable")]


def test_a_condition_without_answers(tmp_path: Path) -> None:
    more = visit("V2", f"from: enrolment, {WIDE}", "when: {arm: []}")
    top = "choices: {arm: {question: Q, default: true}}\n"
    assert linted(write(tmp_path, visits=more, top=top)) == [(20, 3, "unreachable"), (25, 17, "never-applies")]


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


def test_decisions_that_never_come_up(tmp_path: Path) -> None:
    more = "    repeat: {at: [P7D, P14D], number: days}\n"
    decision = "decisions: {V1: {from_number: 15, forecast: y, outcomes: {y: {label: Y}}}}\n"
    no_offset = ("offset: P7D, ", "")
    assert linted(write(tmp_path, no_offset, visits=more, top=decision)) == [(21, 31, "never-decided")]
    assert linted(write(tmp_path, top=decision)) == [(20, 31, "never-decided")]


def test_sources_that_are_not_listed(tmp_path: Path) -> None:
    assert linted(write(tmp_path, visits="    source: [P, L]\n", top="sources: {P: Protocol}\n")) == [
        (20, 17, "unknown-source")
    ]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("{series: [{every: P7D}]}", [(25, 23, "endless-series")]),
        ("{series: [{every: P7D}], until: died}", []),
        ("{series: [{every: P7D}], beyond: P1M}", []),
        ("{series: [{every: P7D}, {every: P9D, count: 2}], until: died}", [(25, 37, "unreachable-stretch")]),
        ("{series: [{every: P5D, count: 3}]}", []),
        ("{series: [{every: P4D, count: 3}]}", [(23, 37, "windows-overlap")]),
        ("{at: [P1D, P30D, P33D], number: days}", [(23, 37, "windows-overlap")]),
        ("{at: [P1D, P6D], number: months}", [(25, 5, "same-number")]),
        ("{series: [{every: P7D, count: 3}], number: weeks}", []),
    ],
)
def test_series(tmp_path: Path, more: str, found: list[tuple[int, int, str]]) -> None:
    text = visit("V2", f"from: enrolment, roll: nearest, {WIDE}", f"repeat: {more}").replace("roll: nearest, ", "")
    found = [(line, 30 if kind == "windows-overlap" else column, kind) for line, column, kind in found]
    places = linted(write(tmp_path, visits=text))
    assert [(line, 30 if kind == "windows-overlap" else column, kind) for line, column, kind in places] == found


def test_the_overlap_says_how_long(tmp_path: Path) -> None:
    text = visit(
        "V2", "from: enrolment, window: {before: P2W, after: P2W}", "repeat: {series: [{every: P1M, count: 3}]}"
    )
    (finding,) = check(write(tmp_path, visits=text))
    assert (finding.line, finding.column, finding.kind) == (23, 39, "windows-overlap")
    assert "share 1 day." in str(finding)


def test_an_offset_beside_a_series(tmp_path: Path) -> None:
    assert linted(write(tmp_path, visits="    repeat: {at: [P7D, P14D]}\n")) == [(18, 39, "ignored-offset")]


def test_a_series_on_any_day(tmp_path: Path) -> None:
    text = visit("V2", "from: enrolment, any_day: {first: P1D, last: P9D}", "repeat: {at: [P7D, P14D]}")
    assert linted(write(tmp_path, visits=text)) == [(23, 40, "windows-overlap")]


def test_windows_longer_than_the_cycle(tmp_path: Path) -> None:
    assert linted(chemo(tmp_path, ("before: P0D, after: P3D", "before: P7D, after: P7D"))) == [
        (28, 40, "windows-overlap")
    ]
    text = visit("V2", "from: s, window: {before: P14D, after: P14D}", "repeat: {cycles: C, every: 2, first: 2}")
    top = "anchors: {s: {cycle_start: C}}\n"
    assert linted(chemo(tmp_path, visits=text, top=top)) == [(38, 31, "windows-overlap")]


def test_infusions_whose_windows_overlap(tmp_path: Path) -> None:
    path = chemo(tmp_path, ("window: {before: 1, after: 2}", "window: {before: 5, after: 2}"))
    assert linted(path) == [(30, 3, "windows-overlap")]


def test_preferred_windows(tmp_path: Path) -> None:
    old = "window: {before: P2D, after: P2D}"
    inside = write(tmp_path, (old, f"{old}, preferred: {{before: P1D, after: P2D}}"))
    assert linted(inside) == []
    outside = write(tmp_path, (old, f"{old}, preferred: {{before: P3D, after: P1D}}"))
    assert linted(outside) == [(18, 99, "preferred-outside")]
    none = write(tmp_path, (old, "window: none, preferred: {before: P0D, after: P1D}"))
    assert linted(none) == [(18, 78, "preferred-outside"), (18, 90, "preferred-outside")]


def test_windows_that_end_before_they_begin(tmp_path: Path) -> None:
    old = "offset: P7D, window: {before: P2D, after: P2D}"
    one = write(tmp_path, (old, "any_day: {first: P9D, last: P1D}"))
    assert (18, 40, "empty-window") in linted(one)
    two = write(
        tmp_path, (old, "any_day: {first: {from: V2, offset: P9D}, last: P1D}"), visits=visit("V2", f"from: IN, {WIDE}")
    )
    assert (18, 5, "empty-window") in linted(two)


@pytest.mark.parametrize(
    ("name", "offset", "kinds"),
    [
        ("Day 17", "P16D", []),
        ("Day 17", "P17D", ["name-and-offset"]),
        ("Check on day 1", "P0D", []),
        ("Day -7", "-P7D", []),
        ("Day -7", "P7D", ["name-and-offset"]),
        ("POD 5", "P5D", []),
        ("POD 5", "P4D", ["name-and-offset"]),
        ("Postoperative day 30", "P30D", []),
        ("Postoperative day 30", "P29D", ["name-and-offset"]),
        ("30-day check", "P30D", []),
        ("90-day check", "P30D", ["name-and-offset"]),
        ("Week 6", "P42D", []),
        ("Week 6", "P6M", ["name-and-offset"]),
        ("Month 3", "P3M", []),
        ("Month 3", "P13W", []),
        ("Month 3", "P4M", ["name-and-offset"]),
        ("12-month visit", "P1Y", []),
        ("Cycle 1 day 1", "P7D", []),
        ("Visit 3", "P7D", []),
        ("Daylight 3", "P7D", []),
        ("Check {name}", "P7D", ["unknown-placeholder"]),
    ],
)
def test_names_that_say_another_day(tmp_path: Path, name: str, offset: str, kinds: list[str]) -> None:
    path = write(tmp_path, ("name: Check", f'name: "{name}"'), ("offset: P7D", f"offset: {offset}"))
    assert [(line, column) for line, column, _ in linted(path)] == [(16, 11)] * len(kinds)
    assert [kind for *_, kind in linted(path)] == kinds


def test_days_may_count_from_zero(tmp_path: Path) -> None:
    name = ("name: Check", "name: Day 7")
    assert linted(write(tmp_path, name)) == [(16, 11, "name-and-offset")]
    assert linted(write(tmp_path, name, top="day_one: 0\n")) == []


@pytest.mark.parametrize(
    ("title", "repeat", "kinds"),
    [
        ("POD 14 and 21", "{at: [P14D, P21D], number: days}", []),
        ("POD 14 and 22", "{at: [P14D, P21D], number: days}", ["name-and-offset"]),
        ('"POD {number}"', "{at: [P14D, P21D], number: days}", []),
        ('"POD {number}"', "{at: [P14D, P21D]}", ["name-and-offset"]),
        ('"Month {number}"', "{series: [{every: P1M, count: 3}], number: months}", []),
        ('"Week {number}"', "{series: [{every: P1M, count: 3}], number: months}", ["name-and-offset"]),
        ("3-month contact", "{series: [{every: P3M, count: 4}], number: months}", []),
        ("2-month contact", "{series: [{every: P3M, count: 4}], number: months}", ["name-and-offset"]),
    ],
)
def test_names_of_series(tmp_path: Path, title: str, repeat: str, kinds: list[str]) -> None:
    text = visit("V2", f"from: enrolment, {WIDE}", f"repeat: {repeat}", title=title)
    assert linted(write(tmp_path, visits=text)) == [(21, 11, kind) for kind in kinds]


def test_days_of_a_cycle(tmp_path: Path) -> None:
    text = visit("V2", f"from: s, offset: P14D, {WIDE}", "repeat: {cycles: C, every: 4}", title="Cycle {cycle} day 15")
    top = "anchors: {s: {cycle_start: C}}\n"
    assert linted(chemo(tmp_path, visits=text.replace("Cycle {cycle} day 15", '"Cycle {cycle} day 15"'), top=top)) == []
    assert linted(chemo(tmp_path, visits=text.replace("Cycle {cycle} day 15", "Cycle day 14"), top=top)) == [
        (36, 11, "name-and-offset")
    ]


def test_a_fixed_day_that_meets_a_weekend(tmp_path: Path) -> None:
    (finding,) = check(
        write(tmp_path, ("window: {before: P2D, after: P2D}}", "window: {before: P2D, after: P2D}, roll: none}"))
    )
    assert (finding.line, finding.column, finding.kind, finding.level) == (18, 5, "closed-weekday", "warning")
    assert "enrolment on Sat, Sun" in finding.message


def test_a_window_without_an_open_day(tmp_path: Path) -> None:
    (finding,) = check(
        write(
            tmp_path,
            ("offset: P7D, window: {before: P2D, after: P2D}", "offset: P3D, window: {before: P0D, after: P0D}"),
        )
    )
    assert finding.kind == "closed-window"
    assert "enrolment on Wed, Thu" in finding.message
    forward = ("window: {before: P2D, after: P2D}}", "window: {before: P2D, after: P0D}, roll: forward}")
    (finding,) = check(write(tmp_path, forward))
    assert "enrolment on Sat, Sun" in finding.message


def test_several_days(tmp_path: Path) -> None:
    path = write(
        tmp_path, ("before: P2D, after: P2D", "before: P3D, after: P3D"), visits="    days: [{day: 1}, {day: 3}]\n"
    )
    (finding,) = check(path)
    assert finding.kind == "closed-weekday"
    # Seven days after enrolment; Saturday and Sunday move to Friday and Monday.
    assert "enrolment on Thu, Fri, Sat" in finding.message


def test_pumps_that_come_off_on_a_weekend(tmp_path: Path) -> None:
    path = chemo(tmp_path, ("{day: 8, kind: infusion", "{day: 3, kind: pump_disconnect"))
    (finding,) = check(path)
    assert (finding.line, finding.column, finding.kind) == (30, 3, "pump-weekend")
    assert "R day 3 when its infusion is on Thu, Fri" in finding.message


def test_infusions_without_an_open_day(tmp_path: Path) -> None:
    path = chemo(
        tmp_path,
        (
            "day: 8, kind: infusion, what: X, when_held: omit, window: {before: 1, after: 2}",
            "day: 6, kind: infusion, what: X",
        ),
    )
    (finding,) = check(path)
    assert (finding.line, finding.column, finding.kind) == (30, 3, "infusion-weekend")
    assert "R day 6 when day 1 is on Mon, Tue" in finding.message


def test_a_path_beyond_the_calendar(tmp_path: Path) -> None:
    more = "".join(visit(f"Y{n}", f"from: {'V1' if n == 0 else f'Y{n - 1}'}, offset: P100Y, {WIDE}") for n in range(90))
    (finding,) = check(write(tmp_path, visits=more))
    assert (finding.line, finding.column, finding.kind, finding.level) == (9, 1, "cannot-plan", "error")


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


def test_every_kind_is_tried_here() -> None:
    text = Path(__file__).read_text("utf-8")
    assert [kind for kind in sorted(KINDS) if f'"{kind}"' not in text] == []


def test_half_windows_are_refused(tmp_path: Path) -> None:
    assert linted(write(tmp_path, ("before: P2D, after: P2D", "before: P2D"))) == [(18, 44, "missing-field")]
