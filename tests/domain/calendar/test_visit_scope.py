"""Which visits a kind of fact can be about."""

import pytest

from app.domain.calendar.visit_scope import check_scope, visit_meant, visits_in_scope
from app.domain.facts.kind import VisitScope
from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import calendar, done

TODAY = "2026-11-30"


def test_the_operation_of_the_protocol_is_the_only_one_offered() -> None:
    found = visits_in_scope(VisitScope.OPERATIONS, SCANPAN, calendar(today=TODAY))
    assert [one.key for one in found] == ["SP-P03"]


def test_a_dose_is_offered_on_infusions_alone() -> None:
    found = [one.key for one in visits_in_scope(VisitScope.DOSES, SCANPAN, calendar(today=TODAY))]
    assert {"SP-C01", "SP-C02#2"} <= set(found)
    assert not any(key.startswith(("SP-S", "SP-P", "SP-F", "SP-R")) for key in found)


@pytest.mark.parametrize(
    ("kind", "chosen", "meant"),
    [
        ("operation", "SP-P03", "SP-P03"),
        ("operation", "SP-C01", "SP-P03"),
        ("operation", "", "SP-P03"),
        ("treatment", "SP-C02#2", "SP-C02#2"),
        ("treatment", "SP-P03", ""),
        ("note", "SP-S01", "SP-S01"),
    ],
)
def test_a_new_fact_is_about_the_chosen_visit_or_the_only_one_that_fits(kind: str, chosen: str, meant: str) -> None:
    assert visit_meant(KINDS[kind], SCANPAN, calendar(today=TODAY), chosen) == meant


@pytest.mark.parametrize(
    ("kind", "visit", "refusal"),
    [
        ("operation", "SP-C01", "not_operation"),
        ("operation", "SP-P01", "not_operation"),
        ("operation", "SP-S01", "not_operation"),
        ("treatment", "SP-P03", "not_dose"),
        ("treatment", "SP-S01", "not_dose"),
    ],
)
def test_a_visit_of_another_kind_is_refused(kind: str, visit: str, refusal: str) -> None:
    with pytest.raises(Refused) as caught:
        check_scope(KINDS[kind], SCANPAN, calendar(today=TODAY), visit)
    assert (caught.value.kind, caught.value.place) == (refusal, "visit")


@pytest.mark.parametrize(("kind", "visit"), [("operation", "SP-P03"), ("treatment", "SP-C01"), ("specimen", "SP-S01")])
def test_a_visit_of_the_kind_is_taken(kind: str, visit: str) -> None:
    check_scope(KINDS[kind], SCANPAN, calendar(done("SP-C01", "2026-11-30"), today=TODAY), visit)
