"""What a protocol must know of a fact, whatever the other facts are."""

from datetime import date

import pytest

from app.domain.facts import planner_facts as f
from app.domain.planning.name_checks import check_day, check_kept
from app.domain.refusal import Refused
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import WHY, booked, changed, chosen, d, decided, done, missed, moved, stopped

ON = "2026-12-14"


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        (changed(ON, "ZZZ"), "regimen"),
        (stopped("second_line", ON), "phase"),
        (chosen("colour", True, ON), "choice"),
        (chosen("staged", "perhaps", ON), "choice_value"),
        (decided("SP-R01", ON, "surgery"), "outcome"),
        (decided("SP-P03", ON, "response"), "no_decision"),
        (done("SP-S06", ON), "enrolment_is_recorded"),
        (missed("SP-S06", ON), "enrolment_is_recorded"),
    ],
)
def test_what_the_protocol_does_not_know_is_refused(fact: f.Fact, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        check_kept(SCANPAN, fact)
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "key",
    [
        "", "#", "zzz", "SP-C02#x", "SP-C02#", "SP-C02", "SP-C02#2/3", "SP-C02#2.1", "SP-C01#1", "SP-C03#1",
        "SP-C03#1.x", "SP-C03#x.8", "SP-C03#1.8/2", "SP-C04#1", "SP-C04#1.1/x", "SP-R01#", "SP-R01 ", "SP-O01@3",
        "U#0", "U#x", "U#", "U#1000", "SP-C02#" + "9" * 5000, "SP-C02#\u0662", "SP-R03#\u00b2",
    ],
)  # fmt: skip
def test_a_key_of_no_calendar_is_refused(key: str) -> None:
    with pytest.raises(Refused) as refused:
        check_kept(SCANPAN, moved(key, ON))
    assert refused.value.kind == "unknown_visit"


@pytest.mark.parametrize(
    "key",
    ["SP-C01", "SP-C02#7", "SP-C03#7.8", "SP-C04#7.8/2", "SP-R03#2", "SP-O05#14@2", "SP-P01/2", "U#3", "SP-L01#36"],
)
def test_a_key_off_the_path_is_known(key: str) -> None:
    check_kept(SCANPAN, done(key, ON))


def test_only_an_arranged_day_may_be_to_come() -> None:
    check_day(booked("SP-C01", ON), d("2026-12-13"))
    check_day(moved("SP-C01", ON), d("2026-12-13"))
    check_day(done("SP-C01", ON), d(ON))
    for fact in (done("SP-C01", ON), f.Died(d(ON)), f.Stopped("preop_chemo", date(2026, 12, 14), WHY)):
        with pytest.raises(Refused):
            check_day(fact, d("2026-12-13"))
