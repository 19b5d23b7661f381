from pathlib import Path

import pytest

from app.protocols.lint.run import check
from tests.protocols.tiny import WIDE, chemo, linted, visit, write


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
        ("Check {number", "P7D", ["unknown-placeholder"]),
        ("Check number}", "P7D", ["unknown-placeholder"]),
        ("Check {the number}", "P7D", ["unknown-placeholder"]),
        ("Check {number} }", "P7D", ["unknown-placeholder"]),
    ],
)
def test_names_that_say_another_day(tmp_path: Path, name: str, offset: str, kinds: list[str]) -> None:
    path = write(tmp_path, ("name: Check", f'name: "{name}"'), ("offset: P7D", f"offset: {offset}"))
    assert [(line, column) for line, column, _ in linted(path)] == [(16, 11)] * len(kinds)
    assert [kind for *_, kind in linted(path)] == kinds


@pytest.mark.parametrize(
    ("own", "other", "said"),
    [
        ("U", "V9", "`U` names extra visits"),
        ("u", "V9", "`u` names extra visits"),
        ("Ab-1", "AB-1", "`AB-1` and `Ab-1` differ by letter case alone"),
    ],
)
def test_a_key_of_a_visit_is_that_of_no_other(tmp_path: Path, own: str, other: str, said: str) -> None:
    steps = "".join(visit(one, f"from: enrolment, offset: P7D, {WIDE}") for one in (own, other))
    found = [one for one in check(write(tmp_path, visits=steps)) if one.kind == "taken-id"]
    assert [(one.message, one.level) for one in found] == [(said, "error")]


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
