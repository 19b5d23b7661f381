"""A centre's own offsets, windows, gaps and numbers of cycles, and values that cannot be set."""

from dataclasses import replace

import pytest

from app.domain.dates import Period
from app.domain.protocol.site_values import known_value_key, with_values
from app.domain.refusal import Refused
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import SiteDays, calendar, done, proposed, target, window

START = "2026-11-23"


@pytest.mark.parametrize(
    ("values", "key", "wanted", "opens_closes"),
    [
        ({"SP-C01.offset": "P3D"}, "SP-C01", "2026-11-26", "2026-11-19..2026-12-10"),
        ({"SP-C01.offset": "P1W"}, "SP-C01", "2026-11-30", "2026-11-23..2026-12-14"),
        ({"SP-C01.offset": 10}, "SP-C01", "2026-12-03", "2026-11-26..2026-12-17"),
        ({"SP-C01.before": "P0D"}, "SP-C01", "2026-11-30", "2026-11-30..2026-12-14"),
        ({"SP-C01.after": "P21D"}, "SP-C01", "2026-11-30", "2026-11-23..2026-12-21"),
        ({"SP-C01.after": 2}, "SP-C01", "2026-11-30", "2026-11-23..2026-12-02"),
        # enrolment is on a Monday; two weeks earlier
        ({"SP-S07.offset": "-P14D"}, "SP-S07", "2026-11-09", "2026-11-02..2026-11-16"),
        # 9 weeks after 11-30 instead of 2 months
        ({"SP-R01.offset": "P9W"}, "SP-R01", "2027-02-01", "2027-02-01..2027-02-15"),
        # a window of calendar months round 2028-04-05
        ({"SP-F12.before": "P1M"}, "SP-F12", "2028-04-05", "2028-03-05..2028-05-05"),
        ({"SP-C04.before": "P3D", "SP-C04.after": "P0D"}, "SP-C04#2.1", "2026-12-13", "2026-12-10..2026-12-13"),
        # the windows of a regimen's days
        ({"MFFX.1.after": "P5D"}, "SP-C02#2", "2026-12-14", "2026-12-14..2026-12-19"),
        ({"MFFX.1.before": 1}, "SP-C02#2", "2026-12-14", "2026-12-13..2026-12-17"),
        ({"MFFX.3.after": "P1D"}, "SP-C03#2.3", "2026-12-16", "2026-12-16..2026-12-17"),
    ],
)
def test_a_site_value_takes_the_place_of_the_protocols(
    values: dict[str, object], key: str, wanted: str, opens_closes: str
) -> None:
    entry = calendar(today=START, site=SiteDays(values=values)).by_key[key]
    assert (target(entry), window(entry)) == (wanted, opens_closes)


def test_a_length_set_by_the_site_has_no_cycles_added() -> None:
    visit = SCANPAN.visits["SP-R01"]
    assert visit.timing is not None
    longer = replace(visit, timing=replace(visit.timing, after_cycles=2))
    protocol = replace(SCANPAN, visits={**SCANPAN.visits, "SP-R01": longer})
    after = with_values(protocol, {"SP-R01.after": "P28D"}).visits["SP-R01"].timing
    before = with_values(protocol, {"SP-R01.before": "P3D"}).visits["SP-R01"].timing
    assert after is not None
    assert before is not None
    assert (after.after, after.after_cycles, before.after_cycles) == (Period(days=28), 0, 2)


def test_a_gap_of_a_regimen_holds_its_infusions_apart() -> None:
    # AG day 8 (Monday 12-07) and day 15 (12-14) with at least 9 days between: Wednesday 12-16, still in its window
    found = calendar(today=START, regimen="AG", site=SiteDays(values={"AG.15.gap": "P9D"})).by_key
    assert (proposed(found["SP-C03#1.8"]), proposed(found["SP-C03#1.15"])) == ("2026-12-07", "2026-12-16")


def test_the_window_of_a_day_within_a_cycle_is_the_regimens() -> None:
    site = SiteDays(values={"AG.8.before": "P0D", "AG.8.after": "P4D"})
    found = calendar(done("SP-C01", "2026-11-30"), today="2026-11-30", regimen="AG", site=site).by_key
    assert window(found["SP-C03#1.8"]) == "2026-12-07..2026-12-11"
    assert window(found["SP-C03#1.15"]) == "2026-12-13..2026-12-16"


@pytest.mark.parametrize(("number", "last"), [(1, "SP-C01"), (5, "SP-C02#5"), (12, "SP-C02#12")])
def test_the_number_of_cycles_is_the_sites(number: int, last: str) -> None:
    found = calendar(today=START, site=SiteDays(values={"cycles.preop_chemo": number})).by_key
    assert [key for key in found if key.startswith(("SP-C01", "SP-C02"))][-1] == last


def test_several_values_hold_together_and_the_protocol_itself_stays() -> None:
    before = SCANPAN
    changed = with_values(before, {"SP-C01.after": "P21D", "SP-C01.before": "P1D", "return_to_weekday": True})
    timing, old = changed.visits["SP-C01"].timing, before.visits["SP-C01"].timing
    assert timing is not None
    assert old is not None
    assert (timing.before, timing.after) == (Period(days=1), Period(days=21))
    assert (old.before, old.after, before.return_to_weekday) == (Period(days=7), Period(days=14), False)
    assert changed.return_to_weekday
    assert with_values(before, {}) is before


@pytest.mark.parametrize(
    "key",
    [
        "",
        "SP-C01",
        "SP-C01.",
        "SP-C01.late",
        "SP-X01.after",
        "SP-C01.after.after",
        "SP-C02#2.after",
        "AG.2.after",
        "AG.1.offset",
        "AG.x.gap",
        "XX.1.gap",
        "cycles.chemo",
        "cycles.",
        "cycles",
        "return_to_weekdays",
        "return_to_weekday.after",
    ],
)
def test_a_key_that_the_protocol_does_not_have_is_refused(key: str) -> None:
    with pytest.raises(Refused) as caught:
        with_values(SCANPAN, {key: "P1D"})
    assert (caught.value.kind, caught.value.place, caught.value.values["key"]) == ("value_key", "site.values", key)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("sp-r01.AFTER", "SP-R01.after"),
        (" SP\u2013R01.after ", "SP-R01.after"),
        ("ag.8.GAP", "AG.8.gap"),
        ("AG.\u0668.gap", "AG.8.gap"),
        ("Cycles.preop chemo", "cycles.preop_chemo"),
        ("Return-To-Weekday", "return_to_weekday"),
        ("\u0420-R01.after", "\u0420-R01.after"),
    ],
)
def test_a_key_is_known_however_it_is_typed(typed: str, key: str) -> None:
    assert known_value_key(SCANPAN, typed) == key


def test_a_near_key_is_named() -> None:
    with pytest.raises(Refused) as caught:
        with_values(SCANPAN, {"SP-R1.after": "P1D"})
    assert caught.value.values["near"] == "SP-R01.after"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("SP-C01.after", "7"),
        ("SP-C01.after", "7D"),
        ("SP-C01.after", "P"),
        ("SP-C01.after", ""),
        ("SP-C01.after", "PT46H"),
        ("SP-C01.after", "-P7D"),
        ("SP-C01.after", -7),
        ("SP-C01.after", 1.5),
        ("SP-C01.after", True),
        ("SP-C01.after", None),
        ("SP-C01.after", ["P7D"]),
        ("SP-C01.after", {"days": 7}),
        ("SP-C01.after", "P\u0661D"),
        ("SP-C01.after", 10**30),
        ("SP-C01.after", "P999999D"),
        ("SP-C01.offset", "P1D2M"),
        ("SP-C01.offset", False),
        ("AG.1.gap", "P1M"),
        ("AG.1.gap", "-P1D"),
        ("AG.1.before", "1"),
        ("cycles.preop_chemo", 0),
        ("cycles.preop_chemo", -1),
        ("cycles.preop_chemo", 100),
        ("cycles.preop_chemo", 2.0),
        ("cycles.preop_chemo", "4"),
        ("cycles.preop_chemo", True),
        ("return_to_weekday", "true"),
        ("return_to_weekday", 1),
        ("return_to_weekday", None),
    ],
)
def test_a_value_that_its_key_cannot_take_is_refused(key: str, value: object) -> None:
    with pytest.raises(Refused) as caught:
        with_values(SCANPAN, {key: value})
    assert (caught.value.kind, caught.value.values["key"]) == ("value", key)


@pytest.mark.parametrize("key", ["SP-C02.offset", "SP-L01.offset", "SP-N01.offset", "SP-O05.offset"])
def test_a_visit_of_a_cycle_or_a_series_has_no_offset_to_set(key: str) -> None:
    with pytest.raises(Refused) as caught:
        with_values(SCANPAN, {key: "P1D"})
    assert caught.value.kind == "value_offset"
