"""Cancelled visits keep the days that they had before, whatever is recorded afterwards."""

from app.domain.calendar.entries import Status
from app.domain.facts.planner_facts import Participant
from app.domain.planning.kept_days import ends_of
from app.domain.planning.planner import plan
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import (
    SiteDays,
    booked,
    calendar,
    chosen,
    d,
    decided,
    died,
    done,
    found_again,
    lost,
    moved,
    problem_kinds,
    proposed,
    stopped,
    target,
    window,
)

# MFFX: cycles of 14 days from Monday 30 November, the eighth on 8 March; reassessment from 30 January on, restaging
# on 22 March, conference on the 25th, operation on 5 April. Restaging is 14 days after the last dose.
FIRST = done("SP-C01", "2026-11-30")
LATE = done("SP-C02#2", "2026-12-16")
PALLIATIVE = decided("SP-R01", "2027-02-01", "palliative")
PERSON = Participant("T-001", d("2026-11-23"), "SE", "MFFX")
STOP = stopped("preop_chemo", "2026-12-20")


def test_a_dose_entered_after_a_decision_moves_nothing_that_was_cancelled() -> None:
    for facts in ([FIRST, PALLIATIVE], [FIRST, PALLIATIVE, LATE], [FIRST, PALLIATIVE, LATE, died("2027-03-01")]):
        found = calendar(*facts, today="2027-03-02").by_key
        keys = ("SP-C02#3", "SP-C02#8", "SP-C04#3.1", "SP-R04", "SP-P03", "SP-O03", "SP-F24")
        assert {found[key].status for key in keys} == {Status.CANCELLED}
        expected = ["2026-12-28", "2027-03-08", "2026-12-27", "2027-03-25", "2027-04-05", "2027-04-10", "2029-04-05"]
        assert [target(found[key]) for key in keys] == expected
        assert proposed(found["SP-C04#3.1"]) == "2026-12-28", "Sunday after Christmas: the day of the dose"


def test_what_is_not_cancelled_counts_from_what_was_entered() -> None:
    found = calendar(FIRST, STOP, LATE, today="2026-12-21").by_key
    assert (target(found["SP-C02#3"]), target(found["SP-R02"])) == ("2026-12-28", "2026-12-30")


def test_a_dose_entered_before_the_stop_counts() -> None:
    found = calendar(FIRST, LATE, STOP, today="2026-12-21").by_key
    assert target(found["SP-C02#3"]) == "2026-12-30"


def test_visits_have_the_days_that_were_expected_when_no_dose_was_ever_recorded() -> None:
    # nothing is the last dose any more, so the restaging itself, at which it was decided, waits
    found = calendar(decided("SP-R02", "2027-03-22", "palliative"), today="2027-03-22").by_key
    keys = ("SP-R02", "SP-R04", "SP-P01", "SP-P03", "SP-A01", "SP-F03")
    assert [target(found[key]) for key in keys] == [
        None, "2027-03-25", "2027-03-29", "2027-04-05", "2027-05-31", "2027-07-05",
    ]  # fmt: skip
    assert [found[key].status for key in keys] == [Status.AWAITING, *[Status.CANCELLED] * 5]
    assert window(found["SP-P01"]) == "2027-03-25..2027-04-04"


def test_of_two_ends_each_keeps_what_it_cancelled() -> None:
    # the stop cancels the cycles as they were, the decision what the late dose has moved since
    facts = [FIRST, STOP, LATE, decided("SP-R02", "2026-12-30", "palliative")]
    found = calendar(*facts, done("SP-C03#2.3", "2026-12-18"), today="2027-01-04").by_key
    assert target(found["SP-C02#3"]) == "2026-12-28"
    # the conference 3 days after the restaging of 30 December; the operation 28 days after 16 December
    assert (target(found["SP-R04"]), target(found["SP-P03"])) == ("2027-01-02", "2027-01-13")


def test_a_booking_of_a_cancelled_visit_is_its_day_and_leaves_the_target() -> None:
    facts = [booked("SP-P03", "2027-04-07"), FIRST, PALLIATIVE, LATE]
    surgery = calendar(*facts, today="2027-02-02").by_key["SP-P03"]
    assert (target(surgery), proposed(surgery), surgery.assumed) == ("2027-04-05", "2027-04-05", d("2027-04-07"))


def test_nothing_is_kept_of_what_is_open_again() -> None:
    facts = [FIRST, lost("2026-12-20"), LATE, found_again("2026-12-22")]
    found = calendar(*facts, today="2026-12-22").by_key
    assert (target(found["SP-C02#3"]), found["SP-C02#3"].status) == ("2026-12-30", Status.PLANNED)


def test_what_belongs_to_a_dose_entered_after_the_death_stays_where_it_was() -> None:
    # cycle 2, of Monday 12-14, was given on the 16th, the day of death; its bloods, to the 16th, are cancelled with it
    found = calendar(FIRST, died("2026-12-16"), LATE, today="2026-12-17").by_key
    bloods, pump = found["SP-C04#2.1"], found["SP-C03#2.3"]
    assert (target(bloods), bloods.basis, bloods.status) == ("2026-12-13", "forecast", Status.CANCELLED)
    assert (target(pump), pump.basis, pump.status) == ("2026-12-16", "forecast", Status.CANCELLED)


def test_bloods_for_a_dose_that_was_cancelled_are_as_good_as_they_were() -> None:
    # bloods of 12-11 for 12-14; the decision cancels that dose, and the one before it, entered late, moves nothing
    facts = [done("SP-C04#2.1", "2026-12-11"), stopped("preop_chemo", "2026-12-12"), done("SP-C01", "2026-12-04")]
    found = calendar(*facts, today="2026-12-14").by_key
    assert (target(found["SP-C04#2.1"]), problem_kinds(found["SP-C04#2.1"])) == ("2026-12-13", [])
    assert "SP-C04#2.1/2" not in found


def test_bloods_that_were_outdated_stay_so() -> None:
    facts = [done("SP-C04#2.1", "2026-12-11"), moved("SP-C02#2", "2026-12-21"), stopped("preop_chemo", "2026-12-14")]
    found = calendar(*facts, done("SP-C01", "2026-12-04"), today="2026-12-14").by_key
    assert problem_kinds(found["SP-C04#2.1"]) == ["outdated"]
    assert (target(found["SP-C04#2.1/2"]), found["SP-C04#2.1/2"].status) == ("2026-12-20", Status.CANCELLED)


def test_a_choice_cancels_nothing() -> None:
    facts = [FIRST, PALLIATIVE, chosen("long_term", True, "2027-02-02"), LATE]
    found = calendar(*facts, today="2027-02-02").by_key
    assert (target(found["SP-F24"]), found["SP-N02"].target) == ("2029-04-05", d("2027-02-01"))


def test_an_end_is_what_may_have_cancelled_visits_that_moved_afterwards() -> None:
    palliative, again = decided("SP-R02", "2026-12-30", "palliative"), decided("SP-R04", "2027-01-04", "no_surgery")
    facts = [FIRST, STOP, LATE, palliative, again, lost("2027-01-05"), done("SP-C03#2.3", "2026-12-18")]
    # the stop, the first of two decisions for the same turn, and the loss, after which something was entered
    assert [(end.place, end.departed) for end in ends_of(SCANPAN, facts)] == [(1, False), (3, False), (5, False)]
    # nothing has moved since the loss: what it cancelled has its days still
    assert [(end.place, end.departed) for end in ends_of(SCANPAN, facts[:6])] == [(1, False), (3, True)]
    assert ends_of(SCANPAN, [FIRST, LATE, died("2027-01-05")]) == []


def test_of_very_many_ends_the_last_ones_are_looked_at() -> None:
    # nobody is stopped so often; each is one more plan, and a file says nothing so often in earnest
    assert [end.place for end in ends_of(SCANPAN, [STOP] * 60)] == list(range(10, 60))


def test_hundreds_of_ends_are_planned() -> None:
    facts = [stopped(f"phase-{number}", "2026-12-20") for number in range(400)]
    assert plan(SCANPAN, SiteDays().site(d("2026-12-20")), PERSON, [*facts, STOP], d("2026-12-20")).by_key
