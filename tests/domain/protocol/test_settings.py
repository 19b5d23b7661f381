"""Every setting of a protocol version, with its value and its mark."""

from app.domain.protocol.settings import Setting, held_and_written, keys_of_timing, settings_of
from app.domain.protocol.site_values import value_keys, with_values
from tests.domain.scanpan import SCANPAN


def test_every_setting_is_one_that_a_site_may_set_and_each_is_listed_once() -> None:
    keys = [one.key for one in settings_of(SCANPAN)]
    assert len(keys) == len(set(keys))
    assert set(keys) <= set(value_keys(SCANPAN))


def test_a_setting_has_its_value_as_the_site_has_it() -> None:
    values = {"SP-R01.after": "P21D", "cycles.preop_chemo": 6, "choices.staged": True}
    found = {one.key: one for one in settings_of(with_values(SCANPAN, values))}
    assert {key: found[key].value for key in values} == values
    assert found["cycles.postop_chemo"].value == "fill P56D"
    assert found["SP-P03.not_before"] == Setting("SP-P03.not_before", "P7D")
    # a row of a course has no offset of its own, and a series has its own distances
    assert not {"SP-C02.offset", "SP-N01.offset", "SP-O05.offset"} & found.keys()


def test_what_is_confirmed_as_it_is_cannot_be_set() -> None:
    found = {one.key: one for one in held_and_written(SCANPAN)}
    assert len(found) == len(SCANPAN.visits) + len(SCANPAN.forms)
    assert not {*found} & {*value_keys(SCANPAN)}
    assert not any(one.is_settable for one in found.values())


def test_the_settings_that_a_target_and_a_window_follow_from() -> None:
    assert keys_of_timing(SCANPAN, "SP-R01", "", 0) == (["SP-R01.offset"], ["SP-R01.before", "SP-R01.after"])
    # a dose has the window of its day in the cycle
    assert keys_of_timing(SCANPAN, "SP-C02", "AG", 1) == (["AG.cycle_days"], ["AG.1.before", "AG.1.after"])
    assert keys_of_timing(SCANPAN, "SP-P03", "", 0)[0] == ["SP-P03.offset", "SP-P03.not_before"]
