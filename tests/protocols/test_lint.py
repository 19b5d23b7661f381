from pathlib import Path

import pytest

from app.protocols.lint.run import KINDS, check
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


def chain(*steps: str) -> str:
    """Visits S1, S2, ...: the first counted from enrolment, the next from the one before."""
    return "".join(
        visit(f"S{n}", f"from: {f'S{n - 1}' if n > 1 else 'enrolment'}, {step}")
        for n, step in enumerate(steps, start=1)
    )


@pytest.mark.parametrize(
    ("title", "steps", "offset", "kinds"),
    [
        # days: from the visit before, from the one before that, and from enrolment
        ("Day 29", (f"offset: P28D, {WIDE}",), "P28D", []),
        ("Day 57", (f"offset: P28D, {WIDE}",), "P28D", []),
        ("Day 56", (f"offset: P28D, {WIDE}",), "P28D", ["name-and-offset"]),
        ("Day 85", (f"offset: P28D, {WIDE}", f"offset: P4W, {WIDE}"), "P28D", []),
        ("Day 84", (f"offset: P28D, {WIDE}", f"offset: P4W, {WIDE}"), "P28D", ["name-and-offset"]),
        ("Day -7", (f"offset: P7D, {WIDE}",), "-P14D", []),
        # from a visit on any day the chain goes no further, but counts from that
        ("Day 57", ("any_day: {first: P0D, last: P28D}",), "P28D", ["name-and-offset"]),
        ("Day 29", ("any_day: {first: P0D, last: P28D}",), "P28D", []),
        ("Day 57", (f"offset: P28D, {WIDE}, waits: true",), "P28D", ["name-and-offset"]),
        # months on the chain have no number of days
        ("Day 57", (f"offset: P1M, {WIDE}",), "P28D", []),
        ("Week 8", (f"offset: P4W, {WIDE}",), "P4W", []),
        ("Week 9", (f"offset: P4W, {WIDE}",), "P4W", ["name-and-offset"]),
        # months are compared when all of them are months, or a mere length of time is said
        ("Month 7", (f"offset: P1M, {WIDE}",), "P6M", []),
        ("Month 6", (f"offset: P1M, {WIDE}",), "P6M", []),
        ("Month 8", (f"offset: P1M, {WIDE}",), "P6M", ["name-and-offset"]),
        ("Month 7", (f"offset: P28D, {WIDE}",), "P6M", []),
        ("Month 8", (f"offset: P28D, {WIDE}",), "P6M", []),
        ("Month 8", (WIDE,), "P6M", ["name-and-offset"]),
        ("6-month visit", (f"offset: P14D, {WIDE}",), "P6M", []),
        ("6-month visit", (f"offset: P14D, {WIDE}",), "P5M", ["name-and-offset"]),
    ],
)
def test_names_that_count_along_a_chain(
    tmp_path: Path, title: str, steps: tuple[str, ...], offset: str, kinds: list[str]
) -> None:
    named = visit("LAST", f"from: S{len(steps)}, offset: {offset}, {WIDE}", title=title)
    path = write(tmp_path, visits=chain(*steps) + named)
    assert linted(path) == [(21 + 5 * len(steps), 11, kind) for kind in kinds]


def test_a_name_that_counts_from_a_visit_on_any_day(tmp_path: Path) -> None:
    more = visit("D1", "from: enrolment, any_day: {first: P0D, last: P28D}", title="Day 1")
    more += visit("D29", f"from: D1, offset: P28D, {WIDE}", title="Day 29")
    more += visit("D57", f"from: D29, offset: P28D, {WIDE}", title="Day 57")
    assert linted(write(tmp_path, visits=more)) == []


def test_the_finding_says_how_far_the_chain_goes(tmp_path: Path) -> None:
    more = chain(f"offset: P28D, {WIDE}") + visit("LAST", f"from: S1, offset: P28D, {WIDE}", title="Day 60")
    (finding,) = check(write(tmp_path, visits=more))
    assert "is P59D, and the timing says P28D, counted from a visit at P28D" in finding.message


def test_days_of_a_chain_may_count_from_zero(tmp_path: Path) -> None:
    more = chain(f"offset: P28D, {WIDE}") + visit("LAST", f"from: S1, offset: P28D, {WIDE}", title="Day 56")
    assert linted(write(tmp_path, visits=more, top="day_one: 0\n")) == []


def test_names_of_visits_that_are_counted_from_each_other(tmp_path: Path) -> None:
    more = visit("V2", f"from: V3, offset: P9D, {WIDE}", title="Day 10") + visit("V3", f"from: V2, {WIDE}")
    assert [kind for *_, kind in linted(write(tmp_path, visits=more))] == ["circular-timing"]


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
    text = Path(__file__).read_text("utf-8")
    assert [kind for kind in sorted(KINDS) if f'"{kind}"' not in text] == []


def test_half_windows_are_refused(tmp_path: Path) -> None:
    assert linted(write(tmp_path, ("before: P2D, after: P2D", "before: P2D"))) == [(18, 44, "missing-field")]
