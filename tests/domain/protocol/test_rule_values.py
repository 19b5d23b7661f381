"""A site's own rules: lengths of cycles, answers, orders of visits, pumps and delays."""

import pytest

from app.domain.protocol.rule_values import rule_keys, rule_value
from app.domain.protocol.site_values import value_keys, with_values
from app.domain.refusal import Refused
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import SiteDays, calendar, done, proposed, target

START = "2026-11-23"


def with_site(key: str, value: object) -> SiteDays:
    return SiteDays(values={key: value})


def test_every_key_has_a_value_and_takes_it_back() -> None:
    for key in rule_keys(SCANPAN):
        assert rule_value(SCANPAN, key) is not None, key
        assert with_values(SCANPAN, {key: rule_value(SCANPAN, key)}) == SCANPAN, key
        assert key in value_keys(SCANPAN)
    assert rule_value(SCANPAN, "SP-R01.after") is None


def test_a_regimen_of_28_days_with_two_equal_halves_can_have_cycles_of_14_days() -> None:
    # doses on days 1 and 15 of 4 cycles from 11-30, or on day 1 of 8 cycles: the same days
    days = [f"SP-C03#{n}.15" for n in range(1, 5)]
    four = calendar(today=START, regimen="NAL").by_key
    eight = calendar(today=START, regimen="NAL", site=with_site("NAL.cycle_days", 14)).by_key
    assert [target(four[key]) for key in days] == [target(eight[f"SP-C02#{n}"]) for n in (2, 4, 6, 8)]
    assert "SP-C02#5" not in four
    assert (target(eight["SP-C02#8"]), "SP-C03#1.15" in eight, "SP-C03#8.3" in eight) == ("2027-03-08", False, True)


def test_where_participants_come_and_what_they_bring_is_the_sites() -> None:
    site = SiteDays(
        values={"SP-C02.place": "Day ward, floor 3", "SP-R01.bring": " your list of medicines ", "SP-C01.place": 52}
    )
    planned, usual = calendar(today=START, site=site).by_key, calendar(today=START).by_key
    assert [planned[key].visit.place for key in ("SP-C01", "SP-C02#2", "SP-C02#8", "SP-R01")] == [
        "52", "Day ward, floor 3", "Day ward, floor 3", "",
    ]  # fmt: skip
    assert planned["SP-R01"].visit.bring == "your list of medicines"
    assert [target(one) for one in planned.values()] == [target(one) for one in usual.values()]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        # day 15 of AG has another gap than day 1, so a cycle of 14 days has no room for it
        ("AG.cycle_days", 14),
        ("MFFX.cycle_days", 2),
        ("MFFX.cycle_days", 0),
        ("MFFX.cycle_days", "P14D"),
        ("MFFX.cycle_days", True),
        ("MFFX.1.pump_hours", 0),
        ("MFFX.1.pump_hours", 46.5),
        ("choices.staged", "yes"),
        ("choices.staged", 1),
        ("SP-P03.not_before", "-P1D"),
        ("delays.ask", "P1M"),
        ("open_pump_day", "true"),
        ("SP-C01.place", True),
        ("SP-C01.place", "Ward 52\nfloor 3"),
        ("SP-C01.bring", "x" * 121),
    ],
)
def test_a_value_that_its_key_cannot_take_is_refused(key: str, value: object) -> None:
    with pytest.raises(Refused) as caught:
        with_values(SCANPAN, {key: value})
    assert (caught.value.kind, caught.value.values["key"]) == ("value", key)


@pytest.mark.parametrize(
    "key", ["SP-R01.every", "SP-R02.not_before", "AG.1.pump_hours", "choices.arm", "XX.cycle_days"]
)
def test_a_rule_that_the_protocol_does_not_have_is_refused(key: str) -> None:
    with pytest.raises(Refused) as caught:
        with_values(SCANPAN, {key: 1})
    assert caught.value.kind in ("value_key", "value_offset")


def test_a_longer_cycle_moves_the_next_one() -> None:
    found = calendar(done("SP-C01", "2026-11-30"), today="2026-11-30", site=with_site("MFFX.cycle_days", 21)).by_key
    # as many cycles as fill 112 days: 6 of 21
    assert (target(found["SP-C02#2"]), [key for key in found if key.startswith("SP-C02")][-1]) == (
        "2026-12-21",
        "SP-C02#6",
    )


def test_the_operation_may_keep_another_distance_from_the_conference() -> None:
    # conference on 03-25: 28 days later is 04-22, later than 04-05
    found = calendar(today=START, site=with_site("SP-P03.not_before", "P28D")).by_key
    assert target(found["SP-P03"]) == "2027-04-22"


def test_an_answer_of_the_site_holds_unless_the_participant_has_another() -> None:
    site = with_site("choices.long_term", True)
    assert "SP-L01#36" in calendar(today=START, site=site).by_key
    assert "SP-L01#36" not in calendar(today=START, site=site, choices={"long_term": False}).by_key


def test_a_pump_runs_as_long_as_the_site_says() -> None:
    given = done("SP-C01", "2026-11-30")
    assert (
        calendar(given, today="2026-11-30", site=with_site("MFFX.1.pump_hours", 48)).by_key["SP-C03#1.3"].pump_hours
        == 48
    )
    assert proposed(calendar(given, today="2026-11-30").by_key["SP-C03#1.3"]) == "2026-12-02"
