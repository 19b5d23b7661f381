"""Orders that cannot be, and orders that are asked about. The operation is expected on Monday 5 April 2027."""

import pytest

from app.domain.facts import planner_facts as f
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import NewFact
from app.domain.planning.order_checks import check_after_operation, doubt_of_order, first_operation
from app.domain.refusal import Refused
from tests.domain.stories import calendar, d, done

TODAY = "2027-12-31"
FIRST = done("SP-C01", "2026-11-30")
LEAK = NewFact("complication", {"on": "2027-02-10", "what": "bile leak", "grade": "II"}, 1)
NAUSEA = NewFact("adverse_event", {"on": "2027-02-10", "term": "nausea", "grade": 1}, 1)


def doubt(before: list[f.Fact], after: list[f.Fact], *records: NewFact) -> dict[str, object]:
    """The values of the doubt about a change from these facts to those; empty for none."""
    found = doubt_of_order(calendar(*before, today=TODAY), calendar(*after, today=TODAY), records)
    return {"kind": found.kind, **found.values} if found is not None else {}


def test_a_visit_recorded_before_the_one_that_it_follows_is_asked_about() -> None:
    assert doubt([FIRST], [FIRST, done("SP-C02#2", "2026-11-30")]) == {
        "kind": "out_of_order",
        "visit": "SP-C02#2",
        "on": d("2026-11-30"),
        "other": "SP-C01",
        "held": d("2026-11-30"),
    }


def test_so_is_the_operation_that_is_recorded_after_a_visit_that_follows_it() -> None:
    visit = done("SP-O05#14", "2027-04-19")
    found = doubt([visit], [visit, done("SP-P03", "2027-04-20")])
    assert (found["visit"], found["other"], found["held"]) == ("SP-O05#14", "SP-P03", d("2027-04-20"))
    assert doubt([visit], [visit, done("SP-P03", "2027-04-05")]) == {}


def test_what_was_out_of_order_before_is_not_asked_about_again() -> None:
    early = [FIRST, done("SP-C02#2", "2026-11-30")]
    assert doubt(early, [*early, done("SP-S03", "2026-12-01")]) == {}
    # The same visit, out of order with another one.
    moved_on = [*early, done("SP-C02#3", "2026-11-30")]
    assert doubt(early, moved_on)["visit"] == "SP-C02#3"


@pytest.mark.parametrize("on", ["2026-12-11", "2026-12-12", "2027-01-20"])
def test_a_day_that_is_only_near_closed_or_late_is_not_asked_about(on: str) -> None:
    assert doubt([FIRST], [FIRST, done("SP-C02#2", on)]) == {}


@pytest.mark.parametrize(
    ("record", "operated", "asked"),
    [
        (LEAK, "2027-02-11", True),
        (LEAK, "2027-02-10", False),
        (LEAK, "2027-02-01", False),
        (NAUSEA, "2027-03-01", False),
    ],
)
def test_an_operation_after_its_complication_is_asked_about(record: NewFact, operated: str, asked: bool) -> None:
    found = doubt([FIRST], [FIRST, done("SP-P03", operated)], record)
    assert bool(found) is asked
    if asked:
        assert (found["kind"], found["event"], found["held"]) == ("out_of_order", "complication", d(operated))


@pytest.mark.parametrize(("on", "refused"), [("2027-03-31", True), ("2027-04-05", False), ("2027-04-09", False)])
def test_a_complication_before_the_first_operation_is_refused(on: str, refused: bool) -> None:
    after = calendar(done("SP-P03", "2027-04-05"), today=TODAY)
    if refused:
        with pytest.raises(Refused) as told:
            check_after_operation(KINDS["complication"], {"on": on}, after)
        assert (told.value.kind, told.value.place) == ("before_operation", "on")
        assert told.value.values["operated"] == d("2027-04-05")
    else:
        check_after_operation(KINDS["complication"], {"on": on}, after)
    check_after_operation(KINDS["adverse_event"], {"on": on}, after)


def test_before_any_operation_nothing_is_said_of_complications() -> None:
    open_still = calendar(today=TODAY)
    assert first_operation(open_still) is None
    check_after_operation(KINDS["complication"], {"on": "2027-01-04"}, open_still)
