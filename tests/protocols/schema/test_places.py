"""Every remedy that names a replacement is followed: the file with the replacement loads."""

from pathlib import Path

import pytest

from app.protocols.loader import load
from app.protocols.schema.places import Place, fields_at, owner_of
from app.protocols.schema.protocol_file import ProtocolFile
from tests.protocols.tiny import chemo, refused, visit

WINDOW = "window: {before: P2D, after: P2D}"
SERIES = visit("S", "from: enrolment, window: {before: P1D, after: P1D}", "repeat: {cycles: C}", title='"S {number}"')
EARLY = visit(
    "E", "from: D1, window: {before: P1D, after: P1D}", "early_end: [{course: C, when: stopped, then: cancel}]"
)


@pytest.mark.parametrize(
    ("good", "bad", "wrong", "right"),
    [
        ("offset: P7D", "offset: 7", "7", "P7D"),
        ("offset: P7D", "offset: 21", "21", "P21D"),
        ("offset: P7D", "offset: -7", "-7", "-P7D"),
        ("offset: P7D", "offset: [P7D]", "[P7D]", "P14D"),
        ("before: P2D", "before: 3", "3", "P3D"),
        ("before: P2D", "before: 0", "0", "P0D"),
        (WINDOW, 'window: "±3"', '"±3"', "{before: P3D, after: P3D}"),
        (WINDOW, 'window: "+-5"', '"+-5"', "{before: P5D, after: P5D}"),
        (WINDOW, 'window: "+/- 2 days"', '"+/- 2 days"', "{before: P2D, after: P2D}"),
        (WINDOW, "window: 4", "4", "{before: P4D, after: P4D}"),
        (WINDOW, "window: [P3D, P3D]", "[P3D, P3D]", "{before: P3D, after: P3D}"),
        (WINDOW, "window: P9D", "P9D", "{before: P9D, after: P9D}"),
        (WINDOW, "window: {before: P2D, after: P2D}, preferred: 1", "1", "{before: P1D, after: P1D}"),
        ("{P14D: 4}", "{P14D: P4W}", "P4W", "4"),
        ("cycle_days: 14", "cycle_days: P14D", "P14D", "14"),
        ("cycle_days: 14", "cycle_days: P2W", "P2W", "14"),
        ("{day: 8,", "{day: P8D,", "P8D", "8"),
        ("window: {before: 0, after: 3}", "window: {before: P0D, after: 3}", "P0D", "0"),
        ("window: {before: 0, after: 3}", "window: 3", "3", "{before: 0, after: 3}"),
        ('version: "1"', "version: 1.10", "1.10", '"1.10"'),
        ("repeat: {cycles: C}", "repeat: {every: P8W}", "every: P8W", "series: [{every: P8W, count: 4}]"),
        ("repeat: {cycles: C}", "repeat: P8W", "P8W", "{series: [{every: P8W, count: 4}]}"),
        ("then: cancel", "then: 14", "14", "{from: enrolment, offset: P14D}"),
        ("cycles: {count: {P14D: 4}}", "cycles: 4", "4", "{count: {P14D: 6, P28D: 4}}"),
    ],
)
def test_a_replacement_that_is_named_is_accepted(tmp_path: Path, good: str, bad: str, wrong: str, right: str) -> None:
    visits = SERIES + EARLY
    load(chemo(tmp_path, visits=visits))
    finding = next(one for one in refused(chemo(tmp_path, (good, bad), visits=visits)) if one.kind == "wrong-kind")
    assert right in finding.remedy, finding
    assert finding.remedy.rstrip("`").endswith((right, f"{right}` instead")), finding
    replaced = bad.replace(wrong, right, 1)
    load(chemo(tmp_path, (good, replaced), visits=visits))


def test_a_field_of_an_inner_part_is_sent_there(tmp_path: Path) -> None:
    path = chemo(tmp_path, ("repeat: {cycles: C}", "repeat: {cycles: C, for: P1Y}"), visits=SERIES)
    found = [one for one in refused(path) if one.kind == "unknown-field"]
    assert "It belongs inside, as `series: [{every: P3M, count: 8}]`" in found[0].remedy
    assert owner_of(ProtocolFile, (), "colour") == ""


def test_a_number_is_no_id(tmp_path: Path) -> None:
    found = refused(chemo(tmp_path, ("id: tiny", "id: 5")))
    assert found[0].remedy == "Write an id: begin with a letter; then letters, digits, `-` and `_`"


def test_what_is_needed_is_not_to_be_left_out(tmp_path: Path) -> None:
    needed = refused(chemo(tmp_path, ("title: A tiny trial", "title:")))
    assert needed[0].remedy == "Fill it in"
    spare = refused(chemo(tmp_path, ("offered: [R]", "offered:")))
    assert spare[0].remedy == "Fill it in or leave the field out"


def test_the_place_of_a_field_knows_its_types() -> None:
    place = Place.at(ProtocolFile, ("visits", "V1", "timing", "offset"))
    assert (place.name, place.required, place.remedy(7)) == ("offset", False, "Write a number of days as P7D")
    assert fields_at(ProtocolFile, ("visits", "V1", "timing", "window")) == {"before", "after", "after_cycles"}
