"""Every setting of a protocol version, with its value and its mark."""

from app.domain.protocol.settings import Setting, settings_of
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
