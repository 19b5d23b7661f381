from pathlib import Path

import pytest

from app.protocols.lint.run import check
from tests.protocols.tiny import WIDE, chemo, linted, visit, write


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
