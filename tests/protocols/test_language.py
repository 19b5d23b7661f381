"""What the protocol language says, on small protocols written as text; every expected day is worked out by hand.

Everybody enrols on Monday 2026-11-23 unless told otherwise, and weekends are closed, with no holidays.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from app.domain.calendar.entries import Calendar, Entry
from app.domain.dates import ClosedDays
from app.domain.facts import planner_facts as f
from app.domain.planning.edit_checks import replay
from app.domain.planning.planner import plan
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.exchange.scenario import read_scenario
from app.protocols.loader import load
from app.services.queries.rehearsal import rehearse_scenario
from tests.domain.stories import (
    booked,
    d,
    decided,
    done,
    missed,
    moved,
    problem_kinds,
    proposed,
    reason_kinds,
    statuses,
    stopped,
    target,
    window,
)
from tests.protocols.tiny import Edit, refused, visit, write

INVENTED = Path(__file__).parents[1] / "protocols" / "invented.yaml"
WIDE = "window: {before: P3D, after: P3D}"
TURN = "decisions: {V1: {forecast: y, outcomes: {y: {label: Y}, n: {label: N, turn: left}}}}\n"
LEFT = TURN + "turns: {left: {}}\n"


class Trial:
    """Writes the tiny protocol with these changes and plans it; enrolment is IN, and V1 is 7 days after it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version: ProtocolVersion

    def write(self, *edits: Edit, visits: str = "", top: str = "") -> "Trial":
        self.version = load(write(self.folder, *edits, visits=visits, top=top)).protocol
        return self

    def calendar(
        self,
        *facts: f.Fact,
        today: str = "2026-11-23",
        enrolled: str = "2026-11-23",
        choices: Mapping[str, str | bool] | None = None,
        closed: tuple[int, ...] = (5, 6),
    ) -> Calendar:
        regimen = self.version.offered[0] if self.version.offered else ""
        person = f.Participant("T-1", d(enrolled), "SE", regimen, dict(choices or {}))
        site = f.Site(ClosedDays(frozenset(closed)))
        taken = replay(self.version, site, person, facts, d(today))
        return plan(self.version, site, person, taken, d(today))


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


def course(first: str, cycles: str, *days: str, length: int = 28, more: str = "") -> str:
    """A course `C` of a regimen `R` of its own, its rows D1, D2 and D3; nothing is offered."""
    listed = "".join(f"      - {{{day}}}\n" for day in days)
    within = "    within: D3\n" if len(days) > 1 else ""
    row = visit("D3", "from: cycle_day, roll: nearest", title='"Cycle {cycle} day {day}"') if within else ""
    return (
        visit("D1", first, title="First")
        + visit("D2", "from: next_cycle, window: {before: P0D, after: P3D}, roll: forward", title="Next")
        + row
        + f"regimens:\n  R:\n    name: Regimen\n    cycle_days: {length}\n    days:\n{listed}"
        + f"courses:\n  C:\n    name: Course\n    first: D1\n    next: D2\n{within}    regimen: R\n"
        + f"    cycles: {{{cycles}}}\n{more}"
    )


FIRST = "from: enrolment, offset: P7D, window: {before: P0D, after: P7D}, roll: forward"
INFUSION = "day: 1, kind: infusion, what: X, window: {before: 0, after: 3}"


def days_of(calendar: Calendar, prefix: str) -> dict[str, str | None]:
    """The targets of the visits whose key begins so."""
    return {key: target(entry) for key, entry in calendar.by_key.items() if key.partition("#")[0] == prefix}


def shown(calendar: Calendar, *keys: str) -> list[str | None]:
    """The targets of these visits."""
    return [target(calendar.by_key[key]) for key in keys]


# Whenever there is cause for it, and once for each


ILLNESS = (
    "  ILL:\n    name: Illness {number}\n    epoch: only\n    repeat: {on_demand: true}\n"
    "    marks: {event: assumed, offset: assumed, window: assumed}\n"
)
RECOVERED = visit("WELL", f"from: ILL, offset: P28D, {WIDE}", "repeat: {each: true}")


def test_a_visit_on_demand_is_there_once_somebody_gives_it_a_day(trial: Trial) -> None:
    trial.write(visits=ILLNESS)
    none = trial.calendar()
    assert "ILL#1" not in none.by_key
    assert "ILL#1" in none.keys
    assert "ILL#2" not in none.keys
    for given, status in ((booked("ILL#1", "2026-12-03"), "planned"), (done("ILL#1", "2026-12-03"), "performed")):
        found = trial.calendar(given, today="2026-12-03" if status == "performed" else "2026-11-23")
        entry = found.by_key["ILL#1"]
        assert (entry.assumed, entry.status, entry.target, entry.window, entry.number) == (
            d("2026-12-03"), status, None, None, 1,
        )  # fmt: skip
        assert entry.window_result is None
        assert {"ILL#1", "ILL#2"} <= found.keys
        assert "ILL#2" not in found.by_key


def test_a_visit_on_demand_has_the_next_number_only(trial: Trial) -> None:
    trial.write(visits=ILLNESS)
    with pytest.raises(Refused, match="off_path"):
        trial.calendar(done("ILL#2", "2026-12-03"), today="2026-12-03")
    found = trial.calendar(done("ILL#1", "2026-12-03"), moved("ILL#2", "2027-01-04"), today="2026-12-03")
    assert found.by_key["ILL#2"].assumed == d("2027-01-04")
    assert "ILL#3" in found.keys


def test_a_visit_on_demand_that_the_path_cancels_can_have_no_more(trial: Trial) -> None:
    turn = TURN + "turns: {left: {cancel: {visits: [ILL]}}}\n"
    trial.write(visits=ILLNESS, top=turn)
    found = trial.calendar(booked("ILL#1", "2026-12-03"), decided("V1", "2026-11-23", "n"))
    assert found.by_key["ILL#1"].status == "cancelled"
    assert "ILL#2" not in found.keys


def test_the_visit_at_which_a_decision_cancels_its_epoch_stays_itself(trial: Trial) -> None:
    top = "decisions: {V1: {forecast: y, outcomes: {y: {label: Y}, n: {label: N, cancel: {epochs: [only]}}}}}\n"
    after = visit("V2", f"from: V1, offset: P7D, {WIDE}")
    trial.write(visits=after, top=top)
    found = trial.calendar(decided("V1", "2026-11-30", "n"), today="2026-11-30").by_key
    # V1 is 7 days after Monday 11-23; it was decided there, and that it was held is still to be recorded
    assert (found["V1"].status, found["V2"].status, found["V2"].target) == ("due", "cancelled", d("2026-12-07"))


def test_once_for_each_occurrence_of_a_visit_on_demand(trial: Trial) -> None:
    trial.write(visits=ILLNESS + RECOVERED)
    assert days_of(trial.calendar(), "WELL") == {}
    # ill on Thursday 12-03 and Monday 01-11: 28 days later are 12-31 and 02-08
    found = trial.calendar(done("ILL#1", "2026-12-03"), booked("ILL#2", "2027-01-11"), today="2026-12-03")
    assert days_of(found, "WELL") == {"WELL#1": "2026-12-31", "WELL#2": "2027-02-08"}
    assert [found.by_key[key].basis for key in ("WELL#1", "WELL#2")] == ["recorded", "forecast"]
    assert window(found.by_key["WELL#1"]) == "2026-12-28..2027-01-03"


def test_any_day_after_each_occurrence(trial: Trial) -> None:
    trial.write(visits=ILLNESS + visit("WELL", "from: ILL, any_day: {first: P1D, last: P7D}", "repeat: {each: true}"))
    found = trial.calendar(done("ILL#1", "2026-12-03"), booked("ILL#2", "2027-01-11"), today="2026-12-03")
    assert [window(found.by_key[key]) for key in ("WELL#1", "WELL#2")] == [
        "2026-12-04..2026-12-10", "2027-01-12..2027-01-18",
    ]  # fmt: skip


def test_once_for_each_occurrence_of_a_series(trial: Trial) -> None:
    series = visit("QOL", f"from: enrolment, {WIDE}", "repeat: {at: [P3M, P6M], number: months}")
    after = visit("CALL", f"from: QOL, offset: P14D, {WIDE}", "repeat: {each: true}")
    trial.write(visits=after + series)
    # month 3 is Tuesday 02-23, and 14 days later 03-09; month 6 is Sunday 05-23, so Monday 05-24, and then 06-07
    assert days_of(trial.calendar(), "CALL") == {"CALL#3": "2027-03-09", "CALL#6": "2027-06-07"}
    # counted from the day on which it happened
    found = trial.calendar(done("QOL#3", "2027-02-26"), today="2027-02-26")
    assert days_of(found, "CALL") == {"CALL#3": "2027-03-12", "CALL#6": "2027-06-07"}


def test_once_for_each_cycle_that_a_visit_repeats_with(trial: Trial) -> None:
    scan = visit("SCAN", "from: s, window: {before: P3D, after: P3D}", "repeat: {cycles: C, every: 2, first: 2}")
    read = visit("READ", f"from: SCAN, offset: P7D, {WIDE}", "repeat: {each: true}")
    trial.write(
        visits=scan + read + course(FIRST, "count: {P28D: 4}", INFUSION), top="anchors: {s: {cycle_start: C}}\n"
    )
    # cycle 2 on 12-28, cycle 4 on 2027-02-22; a week later
    assert days_of(trial.calendar(), "READ") == {"READ#2": "2027-01-04", "READ#4": "2027-03-01"}


# Series


def test_a_series_begins_so_long_after_its_anchor(trial: Trial) -> None:
    text = visit(
        "V2", f"from: enrolment, {WIDE}", "repeat: {start: P2M, series: [{every: P1M, count: 3}], number: months}"
    )
    # the first step begins 2 months after 11-23: months 3, 4 and 5
    found = trial.write(visits=text).calendar()
    assert days_of(found, "V2") == {"V2#3": "2027-02-23", "V2#4": "2027-03-23", "V2#5": "2027-04-23"}


def test_a_series_of_months_is_clipped_at_the_end_of_short_ones(trial: Trial) -> None:
    text = visit("V2", f"from: enrolment, {WIDE}", "repeat: {series: [{every: P1M, count: 4}], number: months}")
    # each counted from 31 October, never from the one before
    found = trial.write(visits=text).calendar(enrolled="2026-10-31")
    assert list(days_of(found, "V2").values()) == ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]


def test_a_series_ends_with_a_turn(trial: Trial) -> None:
    text = visit("V2", f"from: enrolment, {WIDE}", "repeat: {series: [{every: P1W, count: 4}], until: left}")
    trial.write(visits=text, top=LEFT)
    assert list(days_of(trial.calendar(), "V2").values()) == ["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21"]
    # the turn is taken on Monday 12-14: what is due on that day stays, what is due later is gone
    found = trial.calendar(decided("V1", "2026-12-14", "n"), today="2026-12-14")
    assert list(days_of(found, "V2")) == ["V2#1", "V2#2", "V2#3"]
    # the other outcome ends nothing
    assert len(days_of(trial.calendar(decided("V1", "2026-12-14", "y"), today="2026-12-14"), "V2")) == 4


def test_a_series_ends_with_a_visit_but_for_what_was_given_a_day(trial: Trial) -> None:
    text = visit("V2", f"from: enrolment, {WIDE}", "repeat: {series: [{every: P1W, count: 4}], until: OFF}")
    trial.write(visits=text + visit("OFF", "from: enrolment, any_day: {first: P1D, last: P60D}"))
    found = trial.calendar(booked("V2#4", "2026-12-21"), done("OFF", "2026-12-10"), today="2026-12-10")
    assert list(days_of(found, "V2")) == ["V2#1", "V2#2", "V2#4"]
    # planned and not performed, it ends nothing
    assert len(days_of(trial.calendar(booked("OFF", "2026-12-10")), "V2")) == 4


def test_a_series_without_end_goes_on_until_death(trial: Trial) -> None:
    text = visit(
        "V2", f"from: enrolment, {WIDE}", "repeat: {series: [{every: P1M}], number: months, beyond: P2M, until: died}"
    )
    trial.write(visits=text)
    # two months beyond 2027-01-23, which is on the day
    assert list(days_of(trial.calendar(today="2027-01-23"), "V2")) == ["V2#1", "V2#2", "V2#3", "V2#4"]
    # died on 2027-01-10: two months from then are 03-10, so month 3 (02-23) is the last; it is cancelled
    found = trial.calendar(f.Died(d("2027-01-10")), today="2027-01-23")
    assert list(days_of(found, "V2")) == ["V2#1", "V2#2", "V2#3"]
    assert [found.by_key[key].status for key in ("V2#1", "V2#2", "V2#3")] == ["overdue", "cancelled", "cancelled"]


def test_every_8_weeks_for_12_months_then_every_12(trial: Trial) -> None:
    text = visit(
        "V2", f"from: enrolment, {WIDE}", "repeat: {series: [{every: P8W, for: P12M}, {every: P12W, count: 2}]}"
    )
    # 12 months hold six times 56 days (336); then 336 + 84 = 420 and 504
    assert list(days_of(trial.write(visits=text).calendar(), "V2").values()) == [
        "2027-01-18", "2027-03-15", "2027-05-10", "2027-07-05", "2027-08-30", "2027-10-25", "2028-01-17", "2028-04-10",
    ]  # fmt: skip


# Courses


TABLETS = ("day: 1, kind: oral_start, what: X", "day: 14, kind: oral_stop, what: X")
END = visit("END", f"from: over, offset: P30D, {WIDE}")
OVER = "anchors: {over: {treatment_end: [C]}}\n"


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        # two cycles of 21 days on 11-30 and 12-21. Tablets to the last day of the cycle: 12-21 + 20 d = 01-10, + 30 d
        (("day: 1, kind: oral_start, what: X",), "2027-02-09"),
        # tablets to day 14: 12-21 + 13 d = 01-03
        (TABLETS, "2027-02-02"),
        # an infusion is over on its own day: 12-21
        (("day: 1, kind: infusion, what: X",), "2027-01-20"),
    ],
)
def test_the_end_of_treatment_is_the_last_dose_or_the_last_tablet(
    trial: Trial, days: tuple[str, ...], wanted: str
) -> None:
    trial.write(visits=END + course(FIRST, "count: {P21D: 2}", *days, length=21), top=OVER)
    assert shown(trial.calendar(), "END") == [wanted]


def test_a_stop_is_the_end_of_treatment_unless_the_tablets_were_over_before(trial: Trial) -> None:
    trial.write(visits=END + course(FIRST, "count: {P21D: 2}", *TABLETS, length=21), top=OVER)
    begun = done("D1", "2026-11-30")
    # the tablets of cycle 1 last until 12-13; stopped on 12-08
    assert shown(trial.calendar(begun, stopped("C", "2026-12-08"), today="2026-12-08"), "END") == ["2027-01-07"]
    # stopped on 12-18, when none were taken any more: 12-13 + 30 d
    assert shown(trial.calendar(begun, stopped("C", "2026-12-18"), today="2026-12-18"), "END") == ["2027-01-12"]
    # stopped before the first: no treatment has an end
    assert shown(trial.calendar(stopped("C", "2026-11-27"), today="2026-11-27"), "END") == [None]


def test_an_outcome_is_the_end_of_treatment(trial: Trial) -> None:
    decision = "decisions: {V1: {forecast: y, outcomes: {y: {label: Y}, n: {label: N, end: [C]}}}}\n"
    trial.write(visits=END + course(FIRST, "count: {P21D: 2}", *TABLETS, length=21), top=OVER + decision)
    found = trial.calendar(done("D1", "2026-11-30"), decided("V1", "2026-12-04", "n"), today="2026-12-04")
    assert shown(found, "END") == ["2027-01-03"]


def test_days_of_some_cycles_only(trial: Trial) -> None:
    days = (
        "day: 1, kind: treatment, what: X, gap: 13",
        "day: 8, kind: visit, what: Check, window: {before: 1, after: 1}, cycles: {last: 2}",
        "day: 15, kind: treatment, what: X, gap: 10, cycles: {first: 2, last: 5, every: 2}",
    )
    found = trial.write(visits=course(FIRST, "count: {P28D: 6}", *days)).calendar()
    # cycles on 11-30, 12-28, 01-25, 02-22, ...: the check in cycles 1 and 2, the second dose in 2 and 4 (6 is beyond 5)
    assert days_of(found, "D3") == {
        "D3#1.8": "2026-12-07", "D3#2.8": "2027-01-04", "D3#2.15": "2027-01-11", "D3#4.15": "2027-03-08",
    }  # fmt: skip
    assert [found.by_key[key].day_kind for key in ("D1", "D3#1.8", "D3#2.15")] == ["treatment", "visit", "treatment"]
    assert window(found.by_key["D3#1.8"]) == "2026-12-06..2026-12-08"


def test_a_dose_that_is_no_infusion_keeps_its_gap_and_can_be_omitted_and_a_visit_cannot(trial: Trial) -> None:
    days = (
        "day: 1, kind: treatment, what: X, gap: 13",
        "day: 8, kind: visit, what: Check",
        "day: 15, kind: treatment, what: X, gap: 10, window: {before: 0, after: 4}",
    )
    trial.write(visits=course(FIRST, "count: {P28D: 2}", *days))
    # day 15 is done on 12-18, four days late: 13 days later is 12-31, later than cycle 2 on 12-28
    facts = [done("D1", "2026-11-30"), done("D3#1.15", "2026-12-18")]
    entry = trial.calendar(*facts, today="2026-12-18").by_key["D2#2"]
    assert (target(entry), proposed(entry)) == ("2026-12-28", "2026-12-31")
    omitted = f.Omitted("D3#1.15", d("2026-12-14"), "x")
    assert trial.calendar(facts[0], omitted, today="2026-12-14").by_key["D3#1.15"].status == "omitted"
    with pytest.raises(Refused, match="only_infusions"):
        trial.calendar(facts[0], f.Omitted("D3#1.8", d("2026-12-07"), "x"), today="2026-12-14")


def test_a_course_without_days_within_its_cycles(trial: Trial) -> None:
    days = "day: 1, kind: treatment, what: 2 Gy, gap: 1, window: {before: 0, after: 4}"
    found = trial.write(visits=course(FIRST, "count: {P1D: 7}", days, length=1)).calendar()
    # a fraction each weekday from Monday 11-30; the sixth after the weekend
    assert [proposed(entry) for key, entry in found.by_key.items() if key[:2] in ("D1", "D2")] == [
        "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("until", "wanted"),
    [
        # cycles on 11-30, 12-28, 01-25, ..., each with a day 15. Up to 60 days after 11-23 (01-22): two cycles
        ("offset: P60D", ["D1", "D3#1.15", "D2#2", "D3#2.15"]),
        # 45 days (01-07): day 15 of the second, 01-11, falls away
        ("offset: P45D", ["D1", "D3#1.15", "D2#2"]),
        # 35 days is 12-28 itself: on that day it is over
        ("offset: P35D", ["D1", "D3#1.15"]),
        ("offset: P36D", ["D1", "D3#1.15", "D2#2"]),
        # nothing but day 1 of the first is left when it is over before it begins
        ("offset: P5D", ["D1"]),
        # two months (01-23), in calendar months
        ("offset: P2M", ["D1", "D3#1.15", "D2#2", "D3#2.15"]),
    ],
)
def test_a_course_that_is_over_on_a_day(trial: Trial, until: str, wanted: list[str]) -> None:
    cycles = f"fill: P364D, until: {{from: enrolment, {until}}}"
    days = (INFUSION, "day: 15, kind: infusion, what: X, window: {before: 1, after: 2}")
    found = trial.write(visits=course(FIRST, cycles, *days)).calendar()
    assert [key for key in found.by_key if key[:2] in ("D1", "D2", "D3")] == wanted


def test_what_was_given_after_the_course_was_over_stays(trial: Trial) -> None:
    # over 36 days after V1: after 11-30 on 01-05, so the second cycle is on; after 11-23 it would end with the first
    cycles = "fill: P364D, until: {from: V1, offset: P36D}"
    trial.write(visits=course(FIRST, cycles, INFUSION))
    assert "D2#2" in trial.calendar().by_key
    facts = [done("D1", "2026-11-30"), done("D2#2", "2026-12-28"), done("V1", "2026-11-20")]
    assert trial.calendar(*facts, today="2026-12-28").by_key["D2#2"].status == "performed"
    assert "D2#2" not in trial.calendar(facts[0], facts[2], today="2026-12-28").by_key


def test_every_nth_cycle(trial: Trial) -> None:
    scan = visit("SCAN", f"from: s, offset: -P1D, {WIDE}", "repeat: {cycles: C, every: 3, first: 2}")
    top = "anchors: {s: {cycle_start: C}}\n"
    trial.write(visits=scan + course(FIRST, "count: {P28D: 8}", INFUSION), top=top)
    # cycles 2, 5 and 8: 28, 112 and 196 days after 11-30, a day before
    assert days_of(trial.calendar(), "SCAN") == {
        "SCAN#2": "2026-12-27", "SCAN#5": "2027-03-21", "SCAN#8": "2027-06-13",
    }  # fmt: skip
    # a cycle that is a week late takes its scan with it, and the later ones
    found = trial.calendar(done("D1", "2026-12-07"), today="2026-12-07")
    assert shown(found, "SCAN#2", "SCAN#5") == ["2027-01-03", "2027-03-28"]


# A scenario need not name a regimen


SCENARIO = """{"protocol": "tiny", "today": "2026-11-23", "facts": [],
 "participant": {"code": "T-1", "enrolled_on": "2026-11-23", "country": "SE"%s}}"""


@pytest.mark.parametrize("visits", ["", course(FIRST, "count: {P28D: 2}", INFUSION)])
def test_a_regimen_may_be_left_out_when_none_is_offered(trial: Trial, visits: str) -> None:
    trial.write(visits=visits)
    found = rehearse_scenario(read_scenario(SCENARIO % ""), trial.version).calendar
    assert shown(found, "V1") == ["2026-11-30"]
    assert ("D2#2" in found.by_key) == bool(visits)
    with pytest.raises(Refused, match="regimen"):
        rehearse_scenario(read_scenario(SCENARIO % ', "regimen": "R"'), trial.version)


def test_a_regimen_must_be_named_when_some_are_offered(trial: Trial) -> None:
    trial.write(visits=course(FIRST, "count: {P28D: 2}", INFUSION), top="offered: [R]\n")
    with pytest.raises(Refused, match="regimen"):
        rehearse_scenario(read_scenario(SCENARIO % ""), trial.version)
    told = rehearse_scenario(read_scenario(SCENARIO % ', "regimen": "R"'), trial.version)
    assert shown(told.calendar, "D2#2") == ["2026-12-28"]


# Offsets and windows


@pytest.mark.parametrize(
    ("offset", "enrolled", "wanted", "suggested"),
    [
        ("P6W", "2026-11-23", "2027-01-04", "2027-01-04"),
        # a Sunday: the Monday after is nearer than the Friday before
        ("P6M", "2026-11-23", "2027-05-23", "2027-05-24"),
        # a Saturday
        ("P89D", "2026-11-23", "2027-02-20", "2027-02-19"),
        # 31 December + 2 months is the last of February
        ("P2M", "2026-12-31", "2027-02-28", "2027-03-01"),
        ("P1Y", "2028-02-29", "2029-02-28", "2029-02-28"),
        # a month first, then days: 30 November + 3 months = 28 February, + 1 day
        ("P3M1D", "2026-11-30", "2027-03-01", "2027-03-01"),
        ("-P2W", "2026-11-23", "2026-11-09", "2026-11-09"),
    ],
)
def test_weeks_and_months(trial: Trial, offset: str, enrolled: str, wanted: str, suggested: str) -> None:
    entry = (
        trial.write(("offset: P7D", f"offset: {offset}")).calendar(enrolled=enrolled, today="2028-03-01").by_key["V1"]
    )
    assert (target(entry), proposed(entry)) == (wanted, suggested)


@pytest.mark.parametrize(
    ("limits", "wanted"),
    [
        ("window: {before: P2D, after: P10D}", "2026-11-28..2026-12-10"),
        ("window: {before: P0D, after: P2W}", "2026-11-30..2026-12-14"),
        ("window: {before: P1M, after: P0D}", "2026-10-30..2026-11-30"),
        ("window: none", None),
    ],
)
def test_windows_need_not_be_alike_on_both_sides(trial: Trial, limits: str, wanted: str | None) -> None:
    found = trial.write(("window: {before: P2D, after: P2D}", limits)).calendar()
    assert window(found.by_key["V1"]) == wanted


def test_without_a_window_nothing_is_early_or_late(trial: Trial) -> None:
    trial.write(("window: {before: P2D, after: P2D}", "window: none"))
    entry = trial.calendar(done("V1", "2026-12-24"), today="2026-12-24").by_key["V1"]
    assert (entry.judged, entry.window_result) == (None, None)
    # open, it is overdue from the day after its own
    days = [trial.calendar(today=today).by_key["V1"].status for today in ("2026-11-29", "2026-11-30", "2026-12-01")]
    assert days == ["planned", "due", "overdue"]


NESTED = "offset: P13D, window: {before: P3D, after: P3D}, preferred: {before: P2D, after: P0D}"


def nested(trial: Trial, preferred: str = "before: P2D, after: P0D") -> Trial:
    """V1 on Sunday 2026-12-06, permitted from Thursday 12-03 to Wednesday 12-09."""
    text = NESTED.replace("before: P2D, after: P0D", preferred)
    return trial.write(("offset: P7D, window: {before: P2D, after: P2D}", text))


def test_a_day_in_the_preferred_window_comes_first(trial: Trial) -> None:
    # Monday is nearer to the Sunday, and Friday is preferred
    entry = nested(trial).calendar().by_key["V1"]
    assert (target(entry), proposed(entry), window(entry)) == ("2026-12-06", "2026-12-04", "2026-12-03..2026-12-09")
    assert entry.preferred is not None
    assert (entry.preferred.earliest, entry.preferred.latest) == (d("2026-12-04"), d("2026-12-06"))


def test_without_an_open_preferred_day_any_permitted_one_will_do(trial: Trial) -> None:
    # preferred is the weekend alone
    entry = nested(trial, "before: P1D, after: P0D").calendar().by_key["V1"]
    assert (proposed(entry), problem_kinds(entry)) == ("2026-12-07", [])


@pytest.mark.parametrize(
    ("on", "result"), [("2026-12-04", 0), ("2026-12-09", 0), ("2026-12-10", 1), ("2026-12-02", -1)]
)
def test_a_performed_day_is_judged_by_the_permitted_window(trial: Trial, on: str, result: int) -> None:
    entry = nested(trial).calendar(done("V1", on), today="2026-12-10").by_key["V1"]
    assert entry.window_result == result


def test_any_day_from_the_first_to_the_seventh(trial: Trial) -> None:
    trial.write(visits=visit("OUT", "from: V1, any_day: {first: P1D, last: P7D}"))
    entry = trial.calendar().by_key["OUT"]
    # V1 on Monday 11-30
    assert (target(entry), window(entry), proposed(entry)) == (None, "2026-12-01..2026-12-07", "2026-12-01")
    facts = [done("V1", "2026-12-02"), done("OUT", "2026-12-10")]
    late = trial.calendar(*facts, today="2026-12-10").by_key["OUT"]
    # V1 on Wednesday 12-02: until 12-09
    assert (window(late), late.window_result) == ("2026-12-03..2026-12-09", 1)
    # V1 on Friday 11-27: the first open day after it is Monday
    assert proposed(trial.calendar(done("V1", "2026-11-27"), today="2026-11-27").by_key["OUT"]) == "2026-11-30"


@pytest.mark.parametrize(
    ("floor", "wanted", "suggested"),
    [
        # four weeks before 11-30 is 11-02, and not before enrolment on 11-23
        ("from: enrolment", "2026-11-23..2026-11-30", "2026-11-23"),
        ("from: enrolment, offset: P4D", "2026-11-27..2026-11-30", "2026-11-27"),
        # a bound that lies before the window changes nothing
        ("from: enrolment, offset: -P60D", "2026-11-02..2026-11-30", "2026-11-02"),
    ],
)
def test_any_day_but_not_before(trial: Trial, floor: str, wanted: str, suggested: str) -> None:
    timing = f"from: V1, any_day: {{first: -P28D, last: P0D}}, not_before: [{{{floor}}}]"
    entry = trial.write(visits=visit("PRE", timing)).calendar().by_key["PRE"]
    assert (window(entry), proposed(entry)) == (wanted, suggested)


def test_what_may_come_before_its_anchor_is_not_out_of_order_when_it_does(trial: Trial) -> None:
    trial.write(visits=visit("PRE", "from: V1, any_day: {first: -P21D, last: P0D}"))
    # V1 on Friday 12-18: from 11-27 on, so Thursday 11-26 is a day early, and that is all
    found = trial.calendar(done("PRE", "2026-11-26"), done("V1", "2026-12-18"), today="2026-12-18").by_key["PRE"]
    assert (window(found), found.window_result, problem_kinds(found)) == ("2026-11-27..2026-12-18", -1, [])
    # after V1 it is late
    late = trial.calendar(done("V1", "2026-12-01"), done("PRE", "2026-12-03"), today="2026-12-18").by_key["PRE"]
    assert late.window_result == 2


def test_any_day_between_two_anchors(trial: Trial) -> None:
    timing = "from: V1, any_day: {first: {from: enrolment, offset: P2D}, last: -P1D}"
    trial.write(visits=visit("PRE", timing))
    assert window(trial.calendar().by_key["PRE"]) == "2026-11-25..2026-11-29"
    # the last day moves with V1
    assert window(trial.calendar(booked("V1", "2026-12-02")).by_key["PRE"]) == "2026-11-25..2026-12-01"


# Several anchors, arms, several days


def test_the_later_of_several_anchors(trial: Trial) -> None:
    timing = (
        f"from: V1, offset: P14D, {WIDE}, not_before: [{{from: V2, offset: P3D}}, {{from: enrolment, offset: P1W}}]"
    )
    trial.write(visits=visit("V2", f"from: enrolment, offset: P10D, {WIDE}") + visit("V3", timing))
    # V1 + 14 d = 12-14; V2 (12-03) + 3 d and enrolment + 7 d come before
    assert shown(trial.calendar(), "V3") == ["2026-12-14"]
    # V2 on 12-17: 12-20 is later
    assert shown(trial.calendar(booked("V2", "2026-12-17")), "V3") == ["2026-12-20"]


def test_a_window_that_opens_on_the_day_of_another_visit(trial: Trial) -> None:
    timing = f"from: V1, offset: P14D, {WIDE}, opens_not_before: [{{from: V2, offset: P10D}}]"
    trial.write(visits=visit("V2", f"from: enrolment, offset: P10D, {WIDE}") + visit("V3", timing))
    # V1 + 14 d = 12-14, from 12-11 to 12-17; V2 (12-03) + 10 d = 12-13, and the target stays
    entry = trial.calendar().by_key["V3"]
    assert (target(entry), window(entry), reason_kinds(entry)) == (
        "2026-12-14", "2026-12-13..2026-12-17", ["counted_from", "opens"],
    )  # fmt: skip
    # V2 on 11-30: 12-10 lies before the window, which is left alone
    assert window(trial.calendar(booked("V2", "2026-11-30")).by_key["V3"]) == "2026-12-11..2026-12-17"
    # V2 on 12-10: 12-20 lies after it, and its last day is left
    late = trial.calendar(booked("V2", "2026-12-10")).by_key["V3"]
    assert (window(late), proposed(late)) == ("2026-12-17..2026-12-17", "2026-12-17")


def test_a_window_that_opens_late_has_two_ends(tmp_path: Path) -> None:
    timing = "from: V1, offset: P14D, window: none, opens_not_before: [{from: enrolment}]"
    (finding,) = refused(write(tmp_path, visits=visit("V3", timing)))
    assert "pens_not_before needs a window with before and after" in finding.message


def test_the_first_of_several_visits_that_has_a_date(trial: Trial) -> None:
    waits = visit("OP2", "from: V1, window: {before: P0D, after: P9D}, waits: true, roll: forward")
    after = visit("V3", f"from: op, offset: P30D, {WIDE}")
    trial.write(visits=waits + after, top="anchors: {op: {first_dated: [OP2, V1]}}\n")
    # from V1 on 11-30 while the other has no date
    assert shown(trial.calendar(), "OP2", "V3") == [None, "2026-12-30"]
    assert shown(trial.calendar(booked("OP2", "2026-12-08")), "V3") == ["2027-01-07"]


def test_what_stands_behind_a_visit_that_waits(trial: Trial) -> None:
    waits = visit("OP", "from: enrolment, window: {before: P0D, after: P28D}, waits: true, roll: forward")
    after = visit(
        "POD", "from: OP, window: {before: P0D, after: P0D}, roll: none", "repeat: {at: [P1D, P5D], number: days}"
    )
    trial.write(visits=waits + after)
    assert [trial.calendar().by_key[key].status for key in ("OP", "POD#1", "POD#5")] == ["awaiting"] * 3
    # operated on Tuesday 12-08: days 1 and 5 are Wednesday and Sunday, and keep their day
    found = trial.calendar(done("OP", "2026-12-08"), today="2026-12-08")
    assert [proposed(found.by_key[key]) for key in ("POD#1", "POD#5")] == ["2026-12-09", "2026-12-13"]
    assert problem_kinds(found.by_key["POD#5"]) == ["closed_day"]
    again = trial.calendar(booked("OP", "2026-12-08"), missed("OP", "2026-12-08"), today="2026-12-08")
    assert again.by_key["POD#1"].target is None


def test_arms(trial: Trial) -> None:
    more = visit("A", f"from: enrolment, offset: P21D, {WIDE}", "when: {arm: a}")
    more += visit("B", f"from: enrolment, offset: P42D, {WIDE}", "when: {arm: [b, c]}")
    trial.write(visits=more, top="choices: {arm: {question: Q, default: a, values: [a, b, c]}}\n")
    keys = [[key for key in trial.calendar(choices=choice).by_key if key in "AB"] for choice in ({}, {"arm": "b"})]
    assert keys == [["A"], ["B"]]
    # answered anew
    assert "B" in trial.calendar(f.Chosen("arm", "c", d("2026-11-23"))).by_key


def test_a_course_of_one_arm_takes_what_hangs_on_it_along(trial: Trial) -> None:
    arm = "    when: {arm: a}\n"
    end = visit("V2", f"from: last, offset: P30D, {WIDE}")
    top = "anchors: {last: {last_dose: [C]}}\nchoices: {arm: {question: Q, default: a, values: [a, b]}}\n"
    trial.write(visits=end + course(FIRST, "count: {P28D: 2}", INFUSION, more=arm), top=top)
    # the last dose is on 12-28
    assert shown(trial.calendar(), "V2") == ["2027-01-27"]
    other = trial.calendar(choices={"arm": "b"})
    assert "D1" not in other.by_key
    assert shown(other, "V2") == [None]


def test_a_visit_of_several_days(trial: Trial) -> None:
    timing = "from: V1, offset: P7D, window: {before: P3D, after: P3D}, roll: forward"
    trial.write(visits=visit("CURVE", timing, "days: [{day: 1}, {day: 2}, {day: 4}]"))
    # V1 on 11-30: from Monday 12-07, so Tuesday and Thursday
    found = trial.calendar()
    assert shown(found, "CURVE#1", "CURVE#2", "CURVE#4") == ["2026-12-07", "2026-12-08", "2026-12-10"]
    assert [window(found.by_key[key]) for key in ("CURVE#1", "CURVE#4")] == [
        "2026-12-04..2026-12-10", "2026-12-10..2026-12-10",
    ]  # fmt: skip
    # the first day on Thursday 12-10 takes the others along: the fourth is a Sunday
    later = trial.calendar(booked("CURVE#1", "2026-12-10"))
    assert [proposed(later.by_key[key]) for key in ("CURVE#2", "CURVE#4")] == ["2026-12-11", "2026-12-13"]


def test_a_series_of_visits_of_several_days(trial: Trial) -> None:
    text = visit(
        "V2", f"from: enrolment, {WIDE}", "days: [{day: 1}, {day: 3}]", "repeat: {at: [P2W, P4W], number: weeks}"
    )
    # Mondays 12-07 and 12-21, and the Wednesdays after them
    assert days_of(trial.write(visits=text).calendar(), "V2") == {
        "V2#2.1": "2026-12-07", "V2#2.3": "2026-12-09", "V2#4.1": "2026-12-21", "V2#4.3": "2026-12-23",
    }  # fmt: skip


# The invented trial, which uses all of it at once


@pytest.fixture(scope="module")
def invented() -> dict[str, Entry]:
    """Enrolled on Monday 2026-11-23 with WEEKLY: cycles of 21 days."""
    version = load(INVENTED).protocol
    person = f.Participant("T-1", date(2026, 11, 23), "SE", "WEEKLY", {})
    return dict(plan(version, f.Site(ClosedDays()), person, (), date(2026, 11, 23)).by_key)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("T1", "2026-11-30"),
        # 84 days are four cycles: 11-30, 12-21, 01-11, 02-01; day 8 of the last is Monday 02-08, + 30 d
        ("T3#4.8", "2027-02-08"),
        ("END", "2027-03-10"),
        # the last dose + 28 d
        ("OP1", "2027-03-08"),
        # the operation + 8 weeks, five weekdays, the last on Friday 05-07; + 30 d
        ("R1", "2027-05-03"),
        ("R2#5", "2027-05-07"),
        ("SKIN", "2027-06-06"),
        # the operation + 4 months; cycle 2 four weeks later; its second dose 14 days after that
        ("K1", "2027-07-08"),
        ("K2#2", "2027-08-05"),
        ("K3#2.15", "2027-08-19"),
        ("CALLS#3", "2027-02-28"),
        ("CALLS#14", "2028-01-30"),
        ("D29", "2026-12-28"),
        ("DAY57", "2027-01-25"),
        # follow-up 1 is 8 weeks after the operation, on Monday 05-03
        ("POST#1", "2027-05-17"),
    ],
)
def test_the_invented_trial(invented: Mapping[str, Entry], key: str, wanted: str) -> None:
    assert target(invented[key]) == wanted


def test_the_upkeep_of_the_invented_trial_is_over_18_months_after_the_first_infusion(
    invented: Mapping[str, Entry],
) -> None:
    # until 2028-05-30; from Thursday 2027-07-08 every 28 days: the 12th on 2028-05-11, the 13th would be on 06-08
    assert target(invented["K2#12"]) == "2028-05-11"
    assert "K2#13" not in invented
    assert {"K3#1.8", "K3#2.8", "K3#2.15", "K3#4.15", "K3#6.15"} == {key for key in invented if key.startswith("K3#")}


def test_the_invented_trial_looks_at_the_veins_after_enrolment(invented: Mapping[str, Entry]) -> None:
    # four weeks before the operation on 03-08 is 02-08, long after enrolment
    assert window(invented["LOOK"]) == "2027-02-08..2027-03-07"


# Courses that end early, on files of their own: cycle 1 on Monday 2026-11-30, a cycle is 28 days


OPEN = "open_ended: 4"
LAST = "anchors: {last: {last_dose: [C]}, start: {cycle_start: C}, end: {treatment_end: [C]}}\n"
FOLLOW_UP = visit("FU", f"from: last, offset: P30D, {WIDE}")
GIVEN = done("D1", "2026-12-02")


def left(scope: str, on: str) -> f.Fact:
    return f.Withdrawn(scope, d(on), "a reason")


def test_withdrawal_from_treatment_ends_every_course_in_a_protocol_without_an_operation(trial: Trial) -> None:
    trial.write(visits=FOLLOW_UP + course(FIRST, "count: {P28D: 4}", INFUSION), top=LAST)
    found = trial.calendar(GIVEN, left("treatment", "2026-12-10"), today="2026-12-11")
    assert statuses(found, "D1", "D2#2", "D2#3", "D2#4") == ["performed", "cancelled", "cancelled", "cancelled"]
    assert target(found.by_key["FU"]) == "2027-01-01", "30 days after 2 December"
    untouched = trial.calendar(GIVEN, today="2026-12-11")
    assert target(untouched.by_key["FU"]) == "2027-03-26", "three cycles after 2 December is 24 February, + 30 days"


def test_what_is_counted_from_the_end_of_treatment_without_an_end_waits(trial: Trial) -> None:
    more = (
        FOLLOW_UP + visit("EOT", f"from: end, offset: P7D, {WIDE}") + visit("AFTER", f"from: FU, offset: P1M, {WIDE}")
    )
    trial.write(visits=more + course(FIRST, OPEN, INFUSION), top=LAST)
    waiting = trial.calendar(GIVEN, today="2026-12-11")
    assert shown(waiting, "FU", "EOT", "AFTER") == [None, None, None]
    assert statuses(waiting, "FU", "EOT", "AFTER") == ["awaiting", "awaiting", "awaiting"]
    assert target(waiting.by_key["D2#2"]) == "2026-12-30", "the cycles themselves are forecast"
    over = trial.calendar(GIVEN, stopped("C", "2026-12-10"), today="2026-12-11")
    assert shown(over, "FU", "EOT", "AFTER") == ["2027-01-01", "2026-12-09", "2027-02-01"]


def test_treatment_without_an_end_that_is_over_on_a_known_day_has_a_last_dose(trial: Trial) -> None:
    limit = "open_ended: 4, until: {from: IN, offset: P60D}"
    trial.write(visits=FOLLOW_UP + course(FIRST, limit, INFUSION), top=LAST)
    # 30 November and 28 December; the third, 25 January, lies after 22 January
    assert target(trial.calendar().by_key["FU"]) == "2027-01-27"


def test_a_decision_ends_treatment_without_an_end(trial: Trial) -> None:
    ends = "decisions: {V1: {forecast: go, outcomes: {go: {label: Go}, halt: {label: Halt, end: [C]}}}}\n"
    trial.write(visits=FOLLOW_UP + course(FIRST, OPEN, INFUSION), top=LAST + ends)
    assert target(trial.calendar(GIVEN, decided("V1", "2026-12-09", "go"), today="2026-12-11").by_key["FU"]) is None
    halted = trial.calendar(GIVEN, decided("V1", "2026-12-09", "halt"), today="2026-12-11")
    assert target(halted.by_key["FU"]) == "2027-01-01"


def test_a_follow_up_of_a_course_that_was_given_up_counts_from_the_last_dose_given(trial: Trial) -> None:
    ends = (
        "decisions: {V1: {forecast: go, outcomes: {go: {label: Go}, "
        "halt: {label: Halt, give_up: [C], cancel: {visits: [OP]}}}}}\n"
    )
    operation = visit("OP", f"from: last, offset: P28D, {WIDE}")
    trial.write(visits=FOLLOW_UP + operation + course(FIRST, "count: {P28D: 4}", INFUSION), top=LAST + ends)
    halted = trial.calendar(GIVEN, decided("V1", "2026-12-09", "halt"), today="2026-12-11")
    assert target(halted.by_key["FU"]) == "2027-01-01", "30 days after the dose of 2 December"
    assert target(halted.by_key["OP"]) == "2027-03-24", (
        "cancelled with it, 28 days after the dose planned on 24 February"
    )
    never = trial.calendar(decided("V1", "2026-12-09", "halt"), today="2026-12-11")
    assert target(never.by_key["FU"]) is None


def test_the_visits_of_cycles_that_were_not_begun_end_with_their_course(trial: Trial) -> None:
    lab = visit("LAB", f"from: start, {WIDE}", "repeat: {cycles: C}", title='"Lab {number}"')
    call = visit("CALL", f"from: LAB, offset: P1D, {WIDE}", "repeat: {each: true}", title='"Call {number}"')
    trial.write(visits=lab + call + course(FIRST, OPEN, INFUSION), top=LAST)
    found = trial.calendar(GIVEN, stopped("C", "2026-12-10"), today="2026-12-11")
    assert statuses(found, "LAB#1", "LAB#2", "LAB#4") == ["overdue", "cancelled", "cancelled"]
    assert statuses(found, "CALL#1", "CALL#2") == ["overdue", "cancelled"]
    taken = trial.calendar(GIVEN, done("LAB#2", "2026-12-09"), stopped("C", "2026-12-10"), today="2026-12-11")
    assert statuses(taken, "LAB#2", "LAB#3") == ["performed", "cancelled"]


def test_a_rule_of_the_visit_itself_takes_the_place_of_that(trial: Trial) -> None:
    rule = "early_end: [{course: C, when: stopped, then: {from: last, offset: P14D}}]"
    lab = visit("LAB", f"from: start, {WIDE}", "repeat: {cycles: C, first: 2}", rule, title='"Lab {number}"')
    trial.write(visits=lab + course(FIRST, OPEN, INFUSION), top=LAST)
    found = trial.calendar(GIVEN, stopped("C", "2026-12-10"), today="2026-12-11")
    assert statuses(found, "LAB#2", "LAB#3") == ["planned", "cancelled"]
    assert target(found.by_key["LAB#2"]) == "2026-12-16"


@pytest.mark.parametrize("repeat", ["{on_demand: true}", "{series: [{every: P7D, count: 3}]}"])
def test_every_performed_occurrence_of_a_visit_has_its_effect(trial: Trial, repeat: str) -> None:
    timing = "" if "demand" in repeat else f"    timing: {{from: enrolment, offset: P7D, {WIDE}}}\n"
    gone = (
        f"  ET:\n    name: ET {{number}}\n    epoch: only\n{timing}    repeat: {repeat}\n"
        "    on_performed: {turn: gone}\n    marks: {event: assumed, offset: assumed, window: assumed}\n"
    )
    trial.write(visits=gone, top="turns: {gone: {cancel: {visits: [V1]}}}\n")
    assert statuses(trial.calendar(today="2026-11-27"), "V1") == ["planned"]
    assert statuses(trial.calendar(done("ET#1", "2026-11-26"), today="2026-11-27"), "V1") == ["cancelled"]
    assert statuses(trial.calendar(missed("ET#1", "2026-11-26"), today="2026-11-27"), "V1") == ["planned"]


def test_a_series_ends_with_a_visit_on_demand(trial: Trial) -> None:
    series = visit("S", f"from: enrolment, {WIDE}", "repeat: {series: [{every: P7D, count: 5}], until: ILL}")
    trial.write(visits=series + ILLNESS)
    assert "S#5" in trial.calendar().by_key
    found = trial.calendar(done("ILL#1", "2026-12-08"), today="2026-12-08").by_key
    # 30 November and 7 December; 14 December lies after the illness
    assert {key for key in found if key.startswith("S#")} == {"S#1", "S#2"}
