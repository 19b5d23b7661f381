"""The naive planner against values worked out by hand from the rules."""

import random
from typing import Any

import pytest

from .lives import life
from .naive import Refusal, reckon
from .stories import Facts, booked, decided, done, stop, withdrawn


def calendar(
    facts: Facts,
    today: str = "2026-11-23",
    *,
    protocol: str = "scanpan",
    country: str = "SE",
    regimen: str = "MFFX",
    choices: dict[str, Any] | None = None,
    site: dict[str, Any] | None = None,
) -> dict[str, dict[str, Any]]:
    """The entries by key of a patient enrolled on Monday 2026-11-23."""
    scenario: dict[str, Any] = {
        "protocol": protocol,
        "today": today,
        "participant": {
            "code": "T-001",
            "enrolled_on": "2026-11-23",
            "country": country,
            "regimen": regimen,
            "choices": choices or {},
        },
        "facts": facts,
    }
    if site is not None:
        scenario["site"] = site
    return {entry["visit"]: entry for entry in reckon(scenario)["entries"]}


def moved(visit: str, to: str) -> dict[str, Any]:
    """A day set by a person."""
    return {"kind": "moved", "visit": visit, "to": to, "reason": "wish"}


WORKED = [
    ("SP-C01", "2026-11-30", "2026-11-23", "2026-12-14", "2026-11-30"),
    ("SP-C04#3.1", "2026-12-27", "2026-12-25", "2026-12-28", "2026-12-28"),
    ("SP-C03#3.3", "2026-12-30", "2026-12-30", "2026-12-30", "2026-12-30"),
    ("SP-R01", "2027-01-30", "2027-01-30", "2027-02-13", "2027-02-01"),
    ("SP-C02#8", "2027-03-08", "2027-03-08", "2027-03-11", "2027-03-08"),
    ("SP-S02", "2026-11-09", "2026-10-26", "2026-11-23", "2026-11-23"),
    ("SP-R02", "2027-03-22", "2027-03-15", "2027-03-29", "2027-03-22"),
    ("SP-R04", "2027-03-25", "2027-03-25", "2027-04-01", "2027-03-25"),
    ("SP-P01", "2027-03-29", "2027-03-25", "2027-04-04", "2027-03-30"),
    ("SP-P03", "2027-04-05", "2027-03-29", "2027-05-03", "2027-04-05"),
    ("SP-O03", "2027-04-10", "2027-04-10", "2027-04-11", "2027-04-10"),
    ("SP-O08", "2027-07-04", "2027-07-04", "2027-07-18", "2027-07-05"),
    ("SP-F24", "2029-04-05", "2029-03-06", "2029-05-05", "2029-04-05"),
]


def test_the_worked_example() -> None:
    # the tables of the rules; the only problem of these is the Saturday on which the patient is on the ward
    entries = calendar([])
    assert len(entries) == 67
    for key, target, earliest, latest, proposed in WORKED:
        entry = entries[key]
        assert (entry["target"], entry["earliest"], entry["latest"]) == (target, earliest, latest), key
        assert entry["proposed"] == proposed, key
        assert entry["problem_kinds"] == (["closed_day"] if key == "SP-O03" else []), key
    # what is counted from enrolment is recorded, the rest a forecast; consent counts as performed
    assert entries["SP-C01"]["basis"] == "recorded"
    assert entries["SP-C02#2"]["basis"] == "forecast"
    assert entries["SP-S06"]["status"] == "performed"
    assert entries["SP-S06"]["window_result"] == "inside"
    # the last day of a window is due: S02 is open from 10-26 to 11-23
    assert entries["SP-S02"]["status"] == "due"
    assert entries["SP-C02#2"]["status"] == "planned"


def test_entries_come_by_day_and_bloods_before_their_dose() -> None:
    output = reckon(
        {
            "protocol": "scanpan",
            "today": "2026-11-23",
            "participant": {"code": "T-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "MFFX"},
            "facts": [],
        }
    )
    keys = [entry["visit"] for entry in output["entries"]]
    # both on 2026-12-28: the same-day bloods SP-C04#3.1 come before the dose that they are counted back from
    assert keys.index("SP-C04#3.1") + 1 == keys.index("SP-C02#3")
    assert keys[-1] == "SP-F24"


def test_the_preferred_weekday_too_far_back() -> None:
    # cycle 1 on a Tuesday, cycle 2 on Monday 01-11: base Monday 02-08, the Tuesday before lies 6 days back
    facts = [
        done("SP-C01", "2026-12-01"),
        done("SP-C03#1.8", "2026-12-08"),
        done("SP-C03#1.15", "2026-12-15"),
        done("SP-C02#2", "2027-01-11"),
    ]
    assert calendar(facts, "2027-01-11", regimen="AG")["SP-C02#3"]["target"] == "2027-02-08"


@pytest.mark.parametrize(
    ("second", "third"),
    [
        ("2026-12-15", "2026-12-29"),  # Tuesday: nothing to return to
        ("2026-12-17", "2026-12-29"),  # Thursday: base 12-31, two days back is 12 days after the dose
        ("2026-12-18", "2027-01-01"),  # Friday: base 01-01, the Tuesday is only 11 days after the dose
    ],
)
def test_return_to_the_preferred_weekday(second: str, third: str) -> None:
    facts = [done("SP-C01", "2026-12-01"), done("SP-C02#2", second)]
    on = {"values": {"return_to_weekday": True}}
    assert calendar(facts, "2026-12-20", site=on)["SP-C02#3"]["target"] == third
    # unless the site switches it on, the cycle always lasts its 14 days
    off = calendar([*facts[:1], done("SP-C02#2", "2026-12-17")], "2026-12-20")
    assert off["SP-C02#3"]["target"] == "2026-12-31"


def test_the_pump_ends_after_46_hours() -> None:
    # 10:15 + 46 h = 08:15 two days later
    entry = calendar([done("SP-C01", "2026-11-30", "10:15")], "2026-11-30")["SP-C03#1.3"]
    assert entry["due_at"] == "2026-12-02T08:15:00+01:00"
    # over the change to summer time on 2027-03-28 the clock shows an hour more
    entry = calendar([done("SP-C01", "2027-03-26", "10:15")], "2027-03-26")["SP-C03#1.3"]
    assert entry["due_at"] == "2027-03-28T09:15:00+02:00"
    assert calendar([done("SP-C01", "2026-11-30")], "2026-11-30")["SP-C03#1.3"]["due_at"] is None
    # the arrival starts nothing
    assert calendar([done("SP-C01", "2026-11-30", at="10:15")], "2026-11-30")["SP-C03#1.3"]["due_at"] is None


def test_a_late_dose_pushes_the_next() -> None:
    # day 8 (target 12-07) moved to 12-11: day 15 (target 12-14, window 12-13..12-16) not before 12-17, late
    entries = calendar([done("SP-C01", "2026-11-30"), moved("SP-C03#1.8", "2026-12-11")], "2026-12-01", regimen="AG")
    late = entries["SP-C03#1.15"]
    assert (late["target"], late["latest"], late["proposed"]) == ("2026-12-14", "2026-12-16", "2026-12-17")
    assert late["problem_kinds"] == ["outside_window"]
    # a booking on 12-16 is five days after it: too near, though inside the window
    facts = [done("SP-C01", "2026-11-30"), moved("SP-C03#1.8", "2026-12-11"), booked("SP-C03#1.15", "2026-12-16")]
    assert calendar(facts, "2026-12-01", regimen="AG")["SP-C03#1.15"]["problem_kinds"] == ["too_near"]
    # omitted, day 8 no longer counts, and its bloods are cancelled
    facts = [
        done("SP-C01", "2026-11-30"),
        {"kind": "omitted", "visit": "SP-C03#1.8", "on": "2026-12-07", "reason": "x"},
    ]
    entries = calendar(facts, "2026-12-07", regimen="AG")
    assert entries["SP-C03#1.15"]["proposed"] == "2026-12-14"
    assert entries["SP-C04#1.8"]["status"] == "cancelled"
    assert entries["SP-C04#1.15"]["status"] == "planned"


def test_outdated_bloods_are_repeated() -> None:
    # drawn on Friday 11-27 for Monday 11-30; the dose goes to 12-07, so its bloods belong to 12-04..12-07
    facts = [done("SP-C04#1.1", "2026-11-27"), moved("SP-C01", "2026-12-07")]
    entries = calendar(facts, "2026-11-28")
    first = entries["SP-C04#1.1"]
    assert first["judged"] == {"earliest": "2026-11-27", "latest": "2026-11-30"}
    assert first["window_result"] == "inside"
    assert first["problem_kinds"] == ["outdated"]
    second = entries["SP-C04#1.1/2"]
    assert (second["target"], second["proposed"], second["status"]) == ("2026-12-06", "2026-12-04", "planned")
    # drawn again on 12-04, then the dose to 12-14: a third; given at last on 12-14 nothing more is added
    facts += [done("SP-C04#1.1/2", "2026-12-04"), moved("SP-C01", "2026-12-14")]
    entries = calendar(facts, "2026-12-05")
    assert entries["SP-C04#1.1/2"]["problem_kinds"] == ["outdated"]
    assert entries["SP-C04#1.1/3"]["earliest"] == "2026-12-11"
    facts += [done("SP-C04#1.1/3", "2026-12-13"), done("SP-C01", "2026-12-14")]
    assert "SP-C04#1.1/4" not in calendar(facts, "2026-12-14")
    # moved back before anything was drawn again: the first draw is good once more
    facts = [done("SP-C04#1.1", "2026-11-27"), moved("SP-C01", "2026-12-07"), moved("SP-C01", "2026-11-30")]
    entries = calendar(facts, "2026-11-28")
    assert entries["SP-C04#1.1"]["problem_kinds"] == []
    assert "SP-C04#1.1/2" not in entries


def test_a_repeat_with_a_fact_keeps_its_place() -> None:
    facts = [done("SP-C04#1.1", "2026-11-27"), moved("SP-C01", "2026-12-07"), moved("SP-C01", "2026-11-30")]
    assert "SP-C04#1.1/2" not in calendar(facts, "2026-11-28")
    facts.insert(2, booked("SP-C04#1.1/2", "2026-12-04"))
    assert calendar(facts, "2026-11-28")["SP-C04#1.1/2"]["booked"] == "2026-12-04"


def test_a_cancelled_dose_keeps_no_gap_to_one_that_was_given() -> None:
    # cycle 2 on Friday 01-08: base of cycle 3 Friday 02-05; Tuesday 02-02 is 11 days after day 15 (01-22), never
    # recorded; the stop cancels it
    on = {"values": {"return_to_weekday": True}}
    facts = [done("SP-C01", "2026-12-01"), done("SP-C02#2", "2027-01-08"), done("SP-C02#3", "2027-02-05")]
    assert calendar(facts, "2027-02-06", regimen="AG", site=on)["SP-C02#3"]["target"] == "2027-02-05"
    stopped = [*facts, stop("preop_chemo", "2027-02-06")]
    assert calendar(stopped, "2027-02-06", regimen="AG", site=on)["SP-C02#3"]["target"] == "2027-02-02"


def test_a_second_operation() -> None:
    first = [done("SP-P03", "2027-04-05")]
    entries = calendar(first, "2027-04-05", choices={"staged": True})
    assert entries["SP-P04"]["status"] == "awaiting"
    assert entries["SP-P04"]["target"] is None
    assert "SP-O01@2" not in entries
    assert entries["SP-O08"]["target"] == "2027-07-04"
    # with a date it becomes the last surgery: 05-10 + 56 d, + 24 months; each operation has its own reviews
    entries = calendar([*first, booked("SP-P04", "2027-05-10")], "2027-04-05", choices={"staged": True})
    assert entries["SP-P04"]["status"] != "awaiting"
    assert entries["SP-O01@2"]["target"] == "2027-05-11"
    assert entries["SP-O05#14@2"]["target"] == "2027-05-24"
    assert entries["SP-O01"]["target"] == "2027-04-06"
    assert entries["SP-O08"]["target"] == "2027-07-04"
    assert entries["SP-O07@2"]["target"] == "2027-06-09"
    assert entries["SP-O08@2"]["target"] == "2027-08-08"
    assert entries["SP-A01"]["target"] == "2027-07-05"
    assert entries["SP-F24"]["target"] == "2029-05-10"
    # missed, it waits again
    facts = [
        *first,
        booked("SP-P04", "2027-05-10"),
        {"kind": "missed", "visit": "SP-P04", "on": "2027-05-10", "reason": "x"},
    ]
    entries = calendar(facts, "2027-05-10", choices={"staged": True})
    assert entries["SP-P04"]["status"] == "awaiting"
    assert entries["SP-O08"]["target"] == "2027-07-04"


def operated(pancreas: str, liver: str) -> dict[str, Any]:
    """The operation of Monday 5 April."""
    return {"kind": "operation", "visit": "SP-P03", "on": "2027-04-05", "pancreas": pancreas, "liver": liver}


def chosen(value: bool) -> dict[str, Any]:
    """Whether part of the pancreas is removed, as somebody says after the operation."""
    return {"kind": "chosen", "choice": "pancreatic_resection", "value": value, "on": "2027-04-06"}


@pytest.mark.parametrize(
    ("facts", "followed"),
    [
        ([operated("total_pancreatectomy", "resection")], True),
        ([operated("none", "resection")], False),
        # the record sets the choice, and a choice is changeable later
        ([operated("total_pancreatectomy", "resection"), chosen(False)], False),
        ([operated("none", "resection"), chosen(True)], True),
        # ablation alone has no rows about gastric emptying, whatever is chosen
        ([operated("none", "ablation"), chosen(True)], False),
    ],
)
def test_the_last_word_on_the_pancreas_says_whether_gastric_emptying_is_checked(facts: Facts, followed: bool) -> None:
    found = calendar(facts, "2027-04-06")
    assert ("SP-O05#14" in found, "SP-O05#21" in found) == (followed, followed)


def test_a_visit_of_the_second_operation_does_not_follow_the_first() -> None:
    # operations on 04-05 and 06-14; what is due on 06-17, three days after the second, took place on its day
    both = [done("SP-P03", "2027-04-05"), done("SP-P04", "2027-06-14")]
    facts = [*both, done("SP-O02@2", "2027-06-14")]
    found = calendar(facts, "2027-06-20", choices={"staged": True})
    assert (found["SP-O02@2"]["target"], found["SP-O02@2"]["problem_kinds"]) == ("2027-06-17", ["done_before"])


def test_a_response_told_after_the_operation_dates_the_operation() -> None:
    # last dose 12-14 + 28 d = 01-11; reassessed on Friday 02-05, so the conference is due on Monday 02-08, and the
    # operation 7 days later
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14"), done("SP-R01", "2027-01-29")]
    facts += [decided("SP-R01", "continue", "2027-01-29"), done("SP-R03#1", "2027-02-05"), done("SP-P03", "2027-02-10")]
    assert calendar(facts, "2027-02-11")["SP-P03"]["target"] is None
    found = calendar([*facts, decided("SP-R03#1", "response", "2027-02-11")], "2027-02-11")
    assert (found["SP-P03"]["target"], found["SP-P03"]["judged"]) == ("2027-02-15", None)


def test_an_operation_ends_the_preoperative_phase() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-P03", "2027-04-06")]
    entries = calendar(facts, "2027-04-06")
    # nothing moved the forecast: judged by the window of the worked example
    assert entries["SP-P03"]["judged"] == {"earliest": "2027-03-29", "latest": "2027-05-03"}
    assert entries["SP-C02#2"]["status"] == "cancelled"
    assert entries["SP-C04#2.1"]["status"] == "cancelled"
    # the given dose keeps its bloods and its disconnection open
    assert entries["SP-C04#1.1"]["status"] == "overdue"
    assert entries["SP-C03#1.3"]["status"] == "overdue"
    for key in ("SP-R01", "SP-R02", "SP-R04"):
        assert entries[key]["status"] == "cancelled"
    # SP-R02 keeps its date, 03-22; the operation is counted from the later of 11-30 + 28 d and 03-22 + 10 d
    assert entries["SP-R02"]["target"] == "2027-03-22"
    assert entries["SP-P03"]["target"] == "2027-04-01"


def test_continue_and_response() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#6", "2027-02-08"), done("SP-R01", "2027-02-01")]
    facts.append(decided("SP-R01", "continue", "2027-02-01"))
    entries = calendar(facts, "2027-02-08")
    assert "SP-R02" not in entries
    for key in ("SP-R04", "SP-P01", "SP-P03", "SP-O08", "SP-A01", "SP-A02#4", "SP-F24"):
        assert (entries[key]["status"], entries[key]["target"]) == ("awaiting", None), key
    # 4 cycles beyond the sixth
    assert "SP-C02#10" in entries
    assert "SP-C02#11" not in entries
    # SP-R01 + 2 months, -7/+14
    repeat = entries["SP-R03#1"]
    assert (repeat["target"], repeat["earliest"], repeat["latest"]) == ("2027-04-01", "2027-03-25", "2027-04-15")
    again = [*facts, done("SP-R03#1", "2027-04-01"), decided("SP-R03#1", "continue", "2027-04-01")]
    assert calendar(again, "2027-04-01")["SP-R03#2"]["target"] == "2027-06-01"
    # response: the last given infusion is the last dose; the conference 04-01 + 3 d is a Sunday and proposed on Monday
    # 04-05; operation = the later of 02-08 + 28 d and 04-05 + 7 d
    good = [*facts, done("SP-R03#1", "2027-04-01"), decided("SP-R03#1", "response", "2027-04-01")]
    entries = calendar(good, "2027-04-01")
    assert entries["SP-C02#7"]["status"] == "cancelled"
    assert (entries["SP-R04"]["target"], entries["SP-R04"]["proposed"]) == ("2027-04-04", "2027-04-05")
    assert entries["SP-P03"]["target"] == "2027-04-12"
    # an operation booked while it waits dates what hangs on it, not itself
    entries = calendar([*facts, booked("SP-P03", "2027-05-03")], "2027-02-08")
    assert entries["SP-P03"]["target"] is None
    assert entries["SP-P03"]["status"] == "planned"
    assert entries["SP-O08"]["target"] == "2027-08-01"


def test_palliative_care() -> None:
    facts = [done("SP-C01", "2026-11-30", "10:15"), decided("SP-R01", "palliative", "2026-12-01")]
    entries = calendar(facts, "2026-12-01")
    # outstanding treatment is cancelled, the pump of the given dose and the deciding visit are not
    assert entries["SP-C02#2"]["status"] == "cancelled"
    assert entries["SP-C03#1.3"]["status"] == "planned"
    assert entries["SP-R01"]["status"] == "planned"
    assert entries["SP-R02"]["status"] == "cancelled"
    assert entries["SP-F24"]["status"] == "cancelled"
    assert entries["SP-F24"]["target"] == "2029-04-05"
    assert entries["SP-S08"]["status"] == "overdue"
    assert [entries[f"SP-N01#{month}"]["target"] for month in (6, 12, 18, 24)] == [
        "2027-06-01",
        "2027-12-01",
        "2028-06-01",
        "2028-12-01",
    ]


def test_a_change_of_regimen_fills_the_phase() -> None:
    # three cycles of 14 d given; 42 + 28 + 28 + 28 = 126 is the first sum of at least 112
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14"), done("SP-C02#3", "2026-12-28")]
    facts.append({"kind": "regimen_changed", "on": "2026-12-28", "to": "AG"})
    entries = calendar(facts, "2026-12-28")
    assert "SP-C03#3.3" in entries
    assert "SP-C03#4.8" in entries
    assert entries["SP-C02#4"]["target"] == "2027-01-11"
    assert entries["SP-C02#5"]["target"] == "2027-02-08"
    assert "SP-C02#6" in entries
    assert "SP-C02#7" not in entries
    assert "SP-A02#2" in entries
    assert "SP-A02#3" not in entries


def test_stopped_before_the_operation() -> None:
    # last dose 12-14: restaging 12-28, operation the later of 01-11 and 12-28 + 10 d; SP-R01 (01-30) comes after it
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14"), stop("preop_chemo", "2026-12-20")]
    entries = calendar(facts, "2026-12-20")
    assert entries["SP-C02#3"]["status"] == "cancelled"
    assert entries["SP-C02#3"]["target"] == "2026-12-28"
    assert entries["SP-R01"]["status"] == "cancelled"
    assert entries["SP-R02"]["target"] == "2026-12-28"
    assert entries["SP-P03"]["target"] == "2027-01-11"
    # before any dose what hangs on it waits
    entries = calendar([stop("preop_chemo", "2026-11-23")])
    for key in ("SP-R01", "SP-R02", "SP-R04", "SP-P03", "SP-O08"):
        assert entries[key]["status"] == "awaiting", key


def test_stopped_after_the_operation() -> None:
    operated = [done("SP-C01", "2026-11-30"), done("SP-P03", "2027-04-05")]
    entries = calendar([*operated, stop("postop_chemo", "2027-04-20")], "2027-04-20")
    assert entries["SP-A01"]["status"] == "cancelled"
    assert entries["SP-A03"]["status"] == "cancelled"
    assert entries["SP-F24"]["status"] == "planned"
    # after one dose on 05-31 the end-of-treatment visit is counted from it
    entries = calendar([*operated, done("SP-A01", "2027-05-31"), stop("postop_chemo", "2027-06-10")], "2027-06-10")
    assert entries["SP-A02#2"]["status"] == "cancelled"
    assert (entries["SP-A03"]["status"], entries["SP-A03"]["target"]) == ("planned", "2027-06-28")


def test_withdrawal() -> None:
    given = [done("SP-C01", "2026-11-30")]
    # before the operation as no_surgery decided on that day
    entries = calendar([*given, withdrawn("treatment", "2026-12-05")], "2026-12-05")
    assert entries["SP-C02#2"]["status"] == "cancelled"
    assert entries["SP-R01"]["status"] == "cancelled"
    assert entries["SP-N01#6"]["target"] == "2027-06-05"
    # after it as stopped: follow-up stays
    entries = calendar([*given, done("SP-P03", "2027-04-05"), withdrawn("treatment", "2027-04-20")], "2027-04-20")
    assert entries["SP-A01"]["status"] == "cancelled"
    assert entries["SP-F24"]["status"] == "planned"
    assert "SP-N01#6" not in entries
    # all: S01 closed on 11-23 and stays open, S08 closed on 11-30 and is cancelled from that day on;
    # the bloods and the disconnection of the given dose stay
    entries = calendar([*given, withdrawn("all", "2026-11-30")], "2026-12-05")
    assert entries["SP-S01"]["status"] == "overdue"
    assert entries["SP-S08"]["status"] == "cancelled"
    assert entries["SP-C04#1.1"]["status"] == "overdue"
    assert entries["SP-C03#1.3"]["status"] == "overdue"
    assert entries["SP-F24"]["status"] == "cancelled"
    # only death cancels them
    died = {"kind": "died", "on": "2026-11-30"}
    assert calendar([*given, died], "2026-12-05")["SP-C03#1.3"]["status"] == "cancelled"
    # found again, as if nothing had been
    gone = [{"kind": "lost", "on": "2026-12-01", "reason": "x"}, {"kind": "found_again", "on": "2026-12-04"}]
    assert calendar([*given, *gone], "2026-12-05") == calendar(given, "2026-12-05")


NCT: dict[str, Any] = {"protocol": "nct06873178", "country": "CN"}


def test_the_other_trial() -> None:
    # FFX: 6 cycles before, 12 - 6 after; cycle 4 begins on 01-11 and ends on 01-25
    entries = calendar([], regimen="FFX", **NCT)
    assert "CJ-C02#6" in entries
    assert "CJ-C02#7" not in entries
    assert "CJ-A02#6" in entries
    assert "CJ-A02#7" not in entries
    # 4 days before it, -3/+3; 1 day before it, -2/+28
    assert [entries["CJ-R01#4"][name] for name in ("target", "earliest", "latest")] == [
        "2027-01-21",
        "2027-01-18",
        "2027-01-24",
    ]
    assert [entries["CJ-R02"][name] for name in ("target", "earliest", "latest")] == [
        "2027-01-24",
        "2027-01-22",
        "2027-02-21",
    ]
    # end of treatment is the last adjuvant dose
    assert entries["CJ-A03"]["target"] == entries["CJ-A02#6"]["proposed"]
    assert "CJ-F01#24" in entries
    assert "CJ-F01#25" not in entries
    assert [key for key in entries if key.startswith("CJ-F02")][-1] == "CJ-F02#60"


def test_monthly_contacts_go_on() -> None:
    # no operation; last dose on Tuesday 2026-12-01. Three months from 2029-01-01 is 04-01: month 28, not month 29
    facts = [done("CJ-C01", "2026-12-01"), decided("CJ-R02", "no_surgery", "2026-12-10"), stop("chemo", "2026-12-12")]
    entries = calendar(facts, "2029-01-01", regimen="FFX", **NCT)
    assert entries["CJ-A03"]["target"] == "2026-12-01"
    assert entries["CJ-F01#1"]["target"] == "2027-01-01"
    assert entries["CJ-F01#28"]["target"] == "2029-04-01"
    assert "CJ-F01#29" not in entries
    assert entries["CJ-F02#3"]["status"] == "cancelled"


def test_stopped_before_cycle_4() -> None:
    facts = [done("CJ-C01", "2026-12-01"), stop("chemo", "2026-12-10")]
    entries = calendar(facts, "2026-12-10", regimen="FFX", **NCT)
    assert entries["CJ-R01#4"]["status"] == "cancelled"
    seen = entries["CJ-R02"]
    assert (seen["target"], seen["earliest"], seen["latest"]) == ("2026-12-15", "2026-12-15", "2026-12-29")
    # the later of 12-29 and 12-15 + 10 d; one cycle given, so 12 - 1 follow
    assert entries["CJ-P02"]["target"] == "2026-12-29"
    assert "CJ-A02#11" in entries
    assert "CJ-A02#12" not in entries


def test_progression_and_a_new_regimen() -> None:
    facts = [done("CJ-C01", "2026-12-01"), decided("CJ-R02", "progression", "2027-02-01")]
    entries = calendar(facts, "2027-02-01", regimen="FFX", **NCT)
    assert entries["CJ-C02#2"]["status"] == "cancelled"
    assert entries["CJ-R01#4"]["status"] == "cancelled"
    assert entries["CJ-P02"]["status"] == "awaiting"
    assert entries["CJ-F01#1"]["status"] == "awaiting"
    assert "CJ-D01" not in entries
    facts.append({"kind": "regimen_changed", "on": "2027-02-02", "to": "AG"})
    entries = calendar(facts, "2027-02-02", regimen="FFX", **NCT)
    assert (entries["CJ-D01"]["target"], entries["CJ-D01"]["latest"]) == ("2027-02-02", "2027-02-16")
    assert entries["CJ-D01"]["basis"] == "recorded"
    # cycle 2 on 03-02 ends on 03-30, cycle 4 on 04-27 ends on 05-25
    assert [key for key in entries if key.startswith("CJ-D02")] == ["CJ-D02#2", "CJ-D02#3", "CJ-D02#4"]
    # each 4 days before the end
    assert entries["CJ-R03#2"]["target"] == "2027-03-26"
    assert entries["CJ-R03#4"]["target"] == "2027-05-21"
    facts += [done("CJ-D01", "2027-02-02"), done("CJ-D02#2", "2027-03-02")]
    assert "CJ-D02#6" in calendar(facts, "2027-03-02", regimen="FFX", **NCT)
    # stopped: the first outstanding assessment 14 d after the last given infusion
    entries = calendar([*facts, stop("adjusted", "2027-03-05")], "2027-03-05", regimen="FFX", **NCT)
    assert entries["CJ-R03#2"]["target"] == "2027-03-16"
    assert entries["CJ-R03#4"]["status"] == "cancelled"
    # response: the later of 03-02 + 28 d and 03-30 + 10 d; then 2 x 28 d of the new regimen
    facts += [done("CJ-R03#2", "2027-03-30"), decided("CJ-R03#2", "response", "2027-03-30")]
    entries = calendar(facts, "2027-03-30", regimen="FFX", **NCT)
    assert entries["CJ-D02#3"]["status"] == "cancelled"
    assert entries["CJ-R03#4"]["status"] == "cancelled"
    assert entries["CJ-P02"]["target"] == "2027-04-09"
    assert [key for key in entries if key.startswith("CJ-A02")] == ["CJ-A02#2"]
    assert "CJ-A04#1.8" in entries


def test_a_retrospective_case() -> None:
    entries = calendar([done("CJ-C01", "2026-11-30")], "2026-12-01", choices={"cohort": "retrospective"}, **NCT)
    assert sorted(entries) == ["CJ-C01", "CJ-S00", "CJ-S01"]
    entry = entries["CJ-C01"]
    assert [entry[word] for word in ("target", "earliest", "latest", "proposed", "judged", "window_result")] == [
        None
    ] * 6


def test_problems_of_what_hangs_on_another() -> None:
    # day 1 of cycle 1 not recorded, its day lies before today
    entries = calendar([], "2026-12-02")
    assert entries["SP-C02#2"]["problem_kinds"] == ["unrecorded_anchor"]
    # missed, the chain goes on from the day on which it should have been
    facts: Facts = [{"kind": "missed", "visit": "SP-C01", "on": "2026-11-30", "reason": "x"}]
    entries = calendar(facts, "2026-12-02")
    assert entries["SP-C02#2"]["target"] == "2026-12-14"
    assert entries["SP-C02#2"]["problem_kinds"] == ["missed_anchor"]
    assert entries["SP-C03#1.3"]["status"] == "cancelled"
    # the patient came after all
    entries = calendar([*facts, done("SP-C01", "2026-12-01")], "2026-12-02")
    assert entries["SP-C01"]["status"] == "performed"
    assert entries["SP-C03#1.3"]["status"] == "planned"
    # Christmas Day is closed, and beyond the window of day 1 of cycle 2
    entries = calendar([booked("SP-C02#2", "2026-12-25")])
    assert entries["SP-C02#2"]["problem_kinds"] == ["booking_closed", "booking_outside"]


@pytest.mark.parametrize(
    "fact",
    [
        done("SP-X01", "2026-11-23"),
        done("SP-R03#1", "2026-11-23"),
        done("SP-C02#9", "2026-11-23"),
        done("SP-S06", "2026-11-23"),
        done("SP-C01", "2026-12-24"),
        {"kind": "vanished", "on": "2026-11-23"},
        {"kind": "omitted", "visit": "SP-R01", "on": "2026-11-23", "reason": "x"},
        decided("SP-R02", "continue", "2026-11-23"),
        decided("SP-P03", "response", "2026-11-23"),
        {"kind": "chosen", "choice": "pet_ct", "value": True, "on": "2026-11-23"},
        {"kind": "regimen_changed", "on": "2026-11-23", "to": "S1"},
        stop("adjuvant", "2026-11-23"),
        withdrawn("some", "2026-11-23"),
        booked("SP-C01", "2026-02-30"),
    ],
)
def test_refused(fact: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        calendar([fact])


def test_refused_together() -> None:
    died = {"kind": "died", "on": "2026-12-01"}
    missed = {"kind": "missed", "visit": "SP-C01", "on": "2026-11-30", "reason": "x"}
    twice = [decided("SP-R01", "response", "2026-12-01"), decided("SP-R01", "continue", "2026-12-01")]
    for facts in (
        [died, done("SP-C01", "2026-12-02")],
        [done("SP-C01", "2026-11-30"), missed],
        [missed, missed],
        twice,
    ):
        with pytest.raises(Refusal):
            calendar(facts, "2026-12-05")
    with pytest.raises(Refusal):
        calendar([{"kind": "regimen_changed", "on": "2026-12-01", "to": "AG"}], "2026-12-05", **NCT)


def test_lives_are_legal() -> None:
    for seed in range(6):
        for protocol in ("scanpan", "nct06873178"):
            output = reckon(life(random.Random(seed), protocol))
            assert output["entries"]


def given(*days: str) -> list[dict[str, Any]]:
    """The first doses, on these days."""
    return [done("SP-C01" if n == 1 else f"SP-C02#{n}", on) for n, on in enumerate(days, start=1)]


FIVE = ("2026-11-30", "2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25")


def test_the_next_dose_before_the_result_of_a_reassessment() -> None:
    # reassessment 1 is due from 30 January; the sixth dose, of 8 February, is the next one
    assert "before_result" in calendar(given(*FIVE), today="2027-01-30")["SP-C02#6"]["problem_kinds"]
    assert "before_result" not in calendar(given(*FIVE), today="2027-01-29")["SP-C02#6"]["problem_kinds"]
    assert "before_result" not in calendar(given(*FIVE[:4]), today="2027-01-30")["SP-C02#6"]["problem_kinds"]
    scanned = [*given(*FIVE), done("SP-R01", "2027-02-01")]
    kinds = calendar(scanned, today="2027-02-02")["SP-C02#6"]["problem_kinds"]
    # the result is there, its outcome is not
    assert kinds == ["undecided"]
    settled = [*scanned, decided("SP-R01", "response", "2027-02-01")]
    assert calendar(settled, today="2027-02-02")["SP-C02#6"]["problem_kinds"] == []


def test_a_performed_dose_is_judged_by_its_day() -> None:
    entries = calendar(given("2026-11-30", "2026-12-06"), today="2026-12-20")
    # a Sunday, six days after the first dose; twelve are kept
    assert entries["SP-C02#2"]["problem_kinds"] == ["done_closed", "done_near"]


@pytest.mark.parametrize(
    ("second", "kinds"),
    [("2026-11-30", ["done_before"]), ("2026-12-01", ["done_near"]), ("2026-12-14", [])],
)
def test_a_dose_on_the_day_of_the_one_before_is_out_of_order(second: str, kinds: list[str]) -> None:
    entries = calendar(given("2026-11-30", second), today="2026-12-20")
    assert entries["SP-C02#2"]["problem_kinds"] == kinds


def test_a_dose_before_one_of_its_cycle_is_out_of_order() -> None:
    # Day 15 was given, on 14 December; day 8 on the 15th, after all.
    facts = [done("SP-C01", "2026-11-30"), done("SP-C03#1.8", "2026-12-15"), done("SP-C03#1.15", "2026-12-14")]
    entries = calendar([*facts[:2], {**facts[2], "sure": True}], today="2026-12-20", regimen="AG")
    assert entries["SP-C03#1.15"]["problem_kinds"] == ["done_before"]


def test_a_booked_day_that_passed_is_overdue() -> None:
    entries = calendar([booked("SP-R01", "2027-02-01")], today="2027-02-02")
    assert entries["SP-R01"]["status"] == "overdue"


SURGERY = done("SP-P03", "2027-04-05")


@pytest.mark.parametrize(
    "facts",
    [
        given("2026-11-30", "2026-11-27"),
        [*given("2026-11-30"), done("SP-C02#3", "2026-12-14"), done("SP-C02#2", "2026-12-15")],
        [*given("2026-11-30"), done("SP-C03#1.3", "2026-11-29")],
        [SURGERY, done("SP-O02", "2027-04-04")],
        [done("SP-F06", "2027-04-04"), SURGERY],
    ],
)
def test_an_order_that_cannot_be_is_refused_unless_somebody_is_sure(facts: Facts) -> None:
    with pytest.raises(Refusal, match="cannot be"):
        calendar(facts, "2027-12-31")
    calendar([*facts[:-1], {**facts[-1], "sure": True}], "2027-12-31")


@pytest.mark.parametrize(
    "facts",
    [
        given("2026-11-30", "2026-11-30"),
        [done("SP-C02#2", "2026-12-14"), *given("2026-11-30")],
        [*given("2026-11-30"), done("SP-C03#1.3", "2026-11-30")],
        [SURGERY, done("SP-O02", "2027-04-05"), done("SP-P01", "2027-04-06")],
        [*given("2026-11-30"), done("SP-C04#1.1", "2026-12-01")],
    ],
)
def test_an_order_that_can_be_is_not(facts: Facts) -> None:
    calendar(facts, "2027-12-31")


@pytest.mark.parametrize(
    ("fact", "values", "possible"),
    [
        (done("SP-S02", "2026-11-10"), {}, True),
        (done("SP-C01", "2026-11-20"), {"SP-C01.before": "P14D"}, False),
        (done("SP-C04#1.1", "2026-11-20"), {"SP-C01.offset": "P0D"}, True),
        (done("SP-C04#1.1", "2026-11-20"), {}, False),
        (booked("SP-C02#2", "2026-11-20"), {}, False),
    ],
)
def test_before_the_enrolment_lies_no_treatment(fact: dict[str, Any], values: dict[str, str], possible: bool) -> None:
    if possible:
        assert calendar([fact], "2026-12-01", site={"values": values})[fact["visit"]]["performed"] == fact["on"]
    else:
        with pytest.raises(Refusal, match="before the enrolment"):
            calendar([fact], "2026-12-01", site={"values": values})
