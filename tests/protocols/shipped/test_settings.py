"""The settings of the shipped protocols, with their marks and sources."""

from app.domain.protocol.settings import Setting, settings_of
from app.domain.protocol.site_values import value_keys
from app.protocols.library import shipped_protocol


def test_every_setting_is_one_that_a_site_may_set_and_each_is_listed_once() -> None:
    for name in ("scanpan", "nct06873178"):
        protocol = shipped_protocol(name)
        keys = [one.key for one in settings_of(protocol)]
        assert len(keys) == len(set(keys))
        assert set(keys) <= set(value_keys(protocol))


def test_a_setting_has_the_mark_and_the_source_of_its_row() -> None:
    found = {one.key: one for one in settings_of(shipped_protocol("nct06873178"))}
    assert found["CJ-R01.offset"] == Setting("CJ-R01.offset", "-P4D", "assumed", ("R3",))
    assert found["CJ-R02.after"] == Setting("CJ-R02.after", "P0D + 2 cycles", "assumed", ("R3",))
    assert found["CJ-R01.every"] == Setting("CJ-R01.every", 4, "verified", ("R3",))
    assert found["CJ-P02.not_before"] == Setting("CJ-P02.not_before", "P10D", "assumed", ("R3",))
    assert found["choices.interim_scan"] == Setting("choices.interim_scan", False, "assumed")
    assert found["cycles.chemo"] == Setting("cycles.chemo", "6 x P14D, 4 x P28D", "assumed", ("R3",))
    assert found["delays.ask"] == Setting("delays.ask", "P14D", "assumed")
    assert (found["AG.cycle_days"].value, found["AG.cycle_days"].mark) == (28, "verified")
    assert found["MFFX.1.pump_hours"].value == 46
