import pytest

from app.domain.protocol.settings import Setting, SettingValue
from app.protocols.library import shipped_protocol
from app.wording.setting_words import setting_text, setting_value

SCANPAN = shipped_protocol("scanpan")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("SP-R01.after", "Reassessment 1: window, after the target"),
        ("SP-C02.before", "Preoperative cycle n day 1: window, before the target"),
        ("AG.8.gap", "nab-paclitaxel + gemcitabine, day 8: least distance from the dose before"),
        ("SP-R01.bring", "Reassessment 1: what they bring"),
        ("AG.cycle_days", "nab-paclitaxel + gemcitabine: length of a cycle in days"),
        ("cycles.preop_chemo", "Preoperative chemotherapy: number of cycles, or what they fill"),
        ("choices.staged", "Is treatment planned in two operations?"),
        ("return_to_weekday", "a cycle returns to the weekday of the first"),
        ("nothing.known", "nothing: known"),
    ],
)
def test_what_a_setting_is(key: str, text: str) -> None:
    assert setting_text(SCANPAN, key) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("P14D", "14 days"), ("-P7D", "−7 days"), ("fill P112D", "fill 112 days"), (True, "yes"), (False, "no"), (6, "6")],
)
def test_the_value_of_a_setting(value: SettingValue, text: str) -> None:
    assert setting_value(Setting("key", value)) == text
