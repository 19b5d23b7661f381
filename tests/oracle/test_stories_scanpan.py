"""Lives of ScanPan participants, each with the days that were worked out by hand.

All were included on Monday 2026-11-23 in Sweden, unless a story says otherwise. Closed in those winters: the weekends,
24 to 26 December, 31 December, 1 and 6 January; Easter is on 2027-03-28, with Good Friday 03-26 and Easter Monday
03-29; Ascension Day is Thursday 2027-05-06.
"""

from typing import Any

from .stories import (
    Facts,
    booked,
    changed,
    days,
    decided,
    done,
    missed,
    moved,
    naive,
    omitted,
    operated,
    program,
    refused,
    stop,
    story,
    told_differently,
    withdrawn,
)

ENROLLED = {"enrolled_on": "2026-11-23"}
MONDAYS = [
    *("2026-11-30", "2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08", "2027-02-22", "2027-03-08"),
]


def life(today: str, regimen: str, facts: Facts, **more: Any) -> dict[str, Any]:
    """A story of this trial."""
    return story("scanpan", today, regimen, facts, **{**ENROLLED, **more})


# 8 cycles of 14 days from Monday 11-30; 2 calendar months of it are Saturday 01-30. Restaging 14 days after 03-08,
# conference 3 days later, operation the later of 03-08 + 28 d (04-05) and 03-25 + 7 d (04-01).
UNEVENTFUL = {
    "SP-S00": "dates 2026-11-23 2026-11-23 2026-11-23 2026-11-23 basis recorded status performed",
    # ages of findings: 14 days before inclusion, -14/+14; proposed not before consent
    "SP-S02": "dates 2026-11-09 2026-10-26 2026-11-23 2026-11-23",
    # routine care is not bound to consent
    "SP-S01": "dates 2026-11-09 2026-10-12 2026-11-23 2026-11-09",
    "SP-S08": "dates 2026-11-23 2026-11-09 2026-11-30 2026-11-23",
    "SP-C01": "dates 2026-11-30 2026-11-23 2026-12-14 2026-11-30 basis recorded",
    # Christmas Eve to Boxing Day and the Sunday are closed: bloods on the day of the dose
    "SP-C04#3.1": "dates 2026-12-27 2026-12-25 2026-12-28 2026-12-28",
    "SP-C02#3": "dates 2026-12-28 2026-12-28 2026-12-31 2026-12-28",
    "SP-C03#3.3": "dates 2026-12-30 2026-12-30 2026-12-30 2026-12-30",
    "SP-R01": "dates 2027-01-30 2027-01-30 2027-02-13 2027-02-01",
    "SP-C02#8": "dates 2027-03-08 2027-03-08 2027-03-11 2027-03-08",
    "SP-C02#9": "absent",
    "SP-R02": "dates 2027-03-22 2027-03-15 2027-03-29 2027-03-22",
    "SP-R04": "dates 2027-03-25 2027-03-25 2027-04-01 2027-03-25",
    # 04-05 - 7 d is Easter Monday; the window opens with the conference, not on 03-22
    "SP-P01": "dates 2027-03-29 2027-03-25 2027-04-04 2027-03-30",
    "SP-P02": "dates 2027-03-29 2027-03-08 2027-04-05 2027-03-30",
    "SP-P03": "dates 2027-04-05 2027-03-29 2027-05-03 2027-04-05",
    "SP-O01": "dates 2027-04-06 2027-04-06 2027-04-06 2027-04-06",
    "SP-O02": "dates 2027-04-08 2027-04-08 2027-04-09 2027-04-08",
    "SP-O03": "dates 2027-04-10 2027-04-10 2027-04-11 2027-04-10",
    "SP-O04": "dates 2027-04-12 2027-04-11 2027-04-13 2027-04-12",
    "SP-O05#14": "dates 2027-04-19 2027-04-19 2027-04-20 2027-04-19",
    "SP-O05#21": "dates 2027-04-26 2027-04-26 2027-04-27 2027-04-26",
    "SP-O06": "dates 2027-04-26 2027-04-12 2027-05-10 2027-04-26",
    "SP-O07": "dates 2027-05-05 2027-05-05 2027-05-12 2027-05-05",
    # 25 days are left of April, then 31, 30: 04-05 + 90 d is the 4th of July, a Sunday
    "SP-O08": "dates 2027-07-04 2027-07-04 2027-07-18 2027-07-05",
    "SP-A01": "dates 2027-05-31 2027-05-03 2027-06-28 2027-05-31",
    "SP-A02#4": "dates 2027-07-12 2027-07-12 2027-07-15 2027-07-12",
    "SP-A02#5": "absent",
    "SP-A03": "dates 2027-08-09 2027-08-02 2027-08-23 2027-08-09",
    "SP-F03": "dates 2027-07-05 2027-06-21 2027-07-19 2027-07-05",
    "SP-F06": "dates 2027-10-05 2027-09-21 2027-10-19 2027-10-05",
    "SP-F09": "dates 2028-01-05 2027-12-22 2028-01-19 2028-01-05",
    "SP-F12": "dates 2028-04-05 2028-03-06 2028-05-05 2028-04-05",
    "SP-F18": "dates 2028-10-05 2028-09-05 2028-11-04 2028-10-05",
    "SP-F24": "dates 2029-04-05 2029-03-06 2029-05-05 2029-04-05",
}


def test_an_uneventful_forecast() -> None:
    told = life("2026-11-23", "MFFX", [])
    assert told_differently(told, UNEVENTFUL) == []
    assert len(program(told)) == len(naive(told)) == 67


def test_an_uneventful_life_keeps_its_forecast_to_month_24() -> None:
    outcomes = {"SP-R01": "response", "SP-R02": "response", "SP-R04": "surgery"}
    first = [key for key in program(life("2026-11-23", "MFFX", [])) if key not in ("SP-S00", "SP-S06")]
    proposed = {key: row["proposed"] for key, row in program(life("2026-11-23", "MFFX", [])).items()}
    facts: Facts = []
    for key in first:
        facts.append(done(key, proposed[key]))
        if key in outcomes:
            facts.append(decided(key, outcomes[key], proposed[key]))
    told = life("2029-05-06", "MFFX", facts)
    still = {key: f"{text} status performed window_result inside" for key, text in UNEVENTFUL.items() if " " in text}
    still["SP-S00"] = UNEVENTFUL["SP-S00"]
    # the rule of consent is one for the proposal of what has not been performed
    still["SP-S02"] = (
        "target 2026-11-09 earliest 2026-10-26 latest 2026-11-23 performed 2026-11-23 window_result inside"
    )
    # the dates of every visit are those of the forecast; all are performed inside their windows and counted from
    # what has been performed
    assert told_differently(told, still) == []
    assert {row["status"] for row in program(told).values()} == {"performed"}
    assert {row["basis"] for row in program(told).values()} == {"recorded"}


def test_gemcitabine_and_nab_paclitaxel_with_neutropenia_two_delays_a_fistula_and_late_adjuvant_treatment() -> None:
    facts = [
        *[done("SP-C01", "2026-11-30"), done("SP-C03#1.8", "2026-12-07")],
        omitted("SP-C03#1.15", "2026-12-14", "neutrophils 0.7"),
        # cycle 2 was due on 12-28: bloods of that morning, neutrophils 1.1, a week later
        done("SP-C04#2.1", "2026-12-28"),
        moved("SP-C02#2", "2027-01-04", "neutrophils 1.1"),
        done("SP-C04#2.1/2", "2027-01-04"),
        done("SP-C02#2", "2027-01-04"),
        *[done("SP-C03#2.8", "2027-01-11"), done("SP-C03#2.15", "2027-01-18")],
    ]
    now = life("2027-01-20", "AG", facts)
    expected = {
        "SP-C03#1.8": "dates 2026-12-07 2026-12-06 2026-12-09 2026-12-07 window_result inside",
        "SP-C03#1.15": "status omitted dates 2026-12-14 2026-12-13 2026-12-16 2026-12-14",
        "SP-C04#1.15": "status cancelled",
        # the first bloods keep their result, by the window round 12-27
        "SP-C04#2.1": "performed 2026-12-28 status performed window_result inside",
        # the bloods of 01-04: target Sunday 01-03, open from New Year's Day; the Friday and the weekend are closed
        "SP-C04#2.1/2": "dates 2027-01-03 2027-01-01 2027-01-04 2027-01-04 window_result inside",
        "SP-C02#2": "dates 2026-12-28 2026-12-28 2026-12-31 2026-12-28 moved 2027-01-04 window_result late by 4 d",
        # every later cycle is carried along, day 8 and day 15 too
        "SP-C03#2.8": "target 2027-01-11 window_result inside",
        "SP-C02#3": "dates 2027-02-01 2027-02-01 2027-02-04 2027-02-01 basis recorded status planned",
        "SP-C03#3.15": "target 2027-02-15",
        "SP-C02#4": "target 2027-03-01",
        # 4 cycles fill 112 days; last dose 03-15
        "SP-C02#5": "absent",
        "SP-R01": "target 2027-01-30",
        "SP-R02": "target 2027-03-29",
    }
    assert told_differently(now, expected) == []
    facts += [
        *[done("SP-R01", "2027-02-01"), decided("SP-R01", "response", "2027-02-01")],
        moved("SP-C02#3", "2027-02-08", "fever"),
        *[done("SP-C02#3", "2027-02-08"), done("SP-C03#3.8", "2027-02-15"), done("SP-C03#3.15", "2027-02-22")],
        *[done("SP-C02#4", "2027-03-08"), done("SP-C03#4.8", "2027-03-15"), done("SP-C03#4.15", "2027-03-22")],
        *[done("SP-R02", "2027-04-06"), decided("SP-R02", "response", "2027-04-06")],
        *[done("SP-R04", "2027-04-09"), decided("SP-R04", "surgery", "2027-04-09")],
        done("SP-P03", "2027-04-20"),
        # the fistula heals late: adjuvant treatment in the tenth week, then in the thirteenth
        moved("SP-A01", "2027-07-05", "fistula"),
    ]
    expected = {
        "SP-C02#3": "target 2027-02-01 window_result late by 4 d",
        "SP-C02#4": "target 2027-03-08 window_result inside",
        "SP-R02": "dates 2027-04-05 2027-03-29 2027-04-12 2027-04-05 window_result inside",
        "SP-R04": "dates 2027-04-09 2027-04-09 2027-04-16 2027-04-09 window_result inside",
        # the later of 03-22 + 28 d and 04-09 + 7 d
        "SP-P03": "dates 2027-04-19 2027-04-12 2027-05-17 2027-04-19 window_result inside",
        # 04-20 + 56 d: 10 days of April, 31 of May, the 15th of June
        "SP-A01": "dates 2027-06-15 2027-05-18 2027-07-13 2027-06-15 moved 2027-07-05 status due",
        "SP-A02#2": "target 2027-08-02",
        # 08-16 is its day 15, the last dose
        "SP-A03": "dates 2027-09-13 2027-09-06 2027-09-27 2027-09-13",
        "SP-O08": "dates 2027-07-19 2027-07-19 2027-08-02 2027-07-19",
        "SP-F03": "target 2027-07-20 basis recorded",
    }
    assert told_differently(life("2027-06-16", "AG", facts), expected) == []
    facts.append(done("SP-A01", "2027-07-20"))
    expected = {
        "SP-A01": "performed 2027-07-20 window_result late by 7 d",
        "SP-A02#2": "target 2027-08-17 basis recorded",
        "SP-A02#3": "absent",
        "SP-A03": "target 2027-09-28",
        "SP-F03": "target 2027-07-20",
    }
    assert told_differently(life("2027-07-20", "AG", facts), expected) == []


def test_palliative_care_after_a_repeated_reassessment() -> None:
    facts = [
        *days("SP-C01", "SP-C02", MONDAYS[:5]),
        *[done("SP-R01", "2027-02-01"), decided("SP-R01", "continue", "2027-02-02")],
        done("SP-C02#6", "2027-02-08"),
    ]
    expected = {
        "SP-R02": "absent",
        # 02-01 + 2 months, -7/+14
        "SP-R03#1": "dates 2027-04-01 2027-03-25 2027-04-15 2027-04-01 status planned",
        "SP-R03#2": "absent",
        # four cycles beyond the sixth
        "SP-C02#10": "target 2027-04-05",
        "SP-C02#11": "absent",
        **dict.fromkeys(
            ("SP-R04", "SP-P01", "SP-P03", "SP-A01", "SP-A03", "SP-O08", "SP-F24"), "target - status awaiting"
        ),
    }
    assert told_differently(life("2027-02-08", "FFX", facts, country="FI"), expected) == []
    facts += [
        *[done("SP-C02#7", "2027-02-22"), done("SP-C02#8", "2027-03-08"), done("SP-C02#9", "2027-03-22")],
        *[done("SP-R03#1", "2027-04-01"), decided("SP-R03#1", "palliative", "2027-04-06")],
    ]
    expected = {
        "SP-R03#1": "status performed window_result inside",
        "SP-C02#10": "status cancelled",
        "SP-C02#13": "status cancelled",
        "SP-C02#14": "absent",
        "SP-R04": "status cancelled",
        "SP-P03": "status cancelled",
        "SP-F24": "status cancelled",
        # 03-22 + 30 d is later than the ending
        "SP-N02": "dates 2027-04-21 2027-04-21 2027-04-28 2027-04-21 basis recorded status planned",
        "SP-N01#6": "dates 2027-10-06 2027-09-06 2027-11-05 2027-10-06",
        "SP-N01#12": "target 2028-04-06",
        "SP-N01#18": "target 2028-10-06",
        "SP-N01#24": "target 2029-04-06",
    }
    assert told_differently(life("2027-04-06", "FFX", facts, country="FI"), expected) == []
    # another dose, of 04-05, is recorded afterwards: the safety contact is counted from it (05-05)
    facts.append(done("SP-C02#10", "2027-04-05"))
    expected = {"SP-N02": "target 2027-05-05 latest 2027-05-12", "SP-N01#6": "target 2027-10-06"}
    assert told_differently(life("2027-04-06", "FFX", facts, country="FI"), expected) == []


def test_metachronous_disease_with_ablation_only() -> None:
    told = life("2026-11-23", "MFFX", [], timing="metachronous")
    expected = {
        "SP-O05#14": "absent",
        "SP-O05#21": "absent",
        "SP-O06": "target 2027-04-26",
        "SP-O02": "target 2027-04-08",
    }
    assert told_differently(told, expected) == []
    assert len(program(told)) == len(naive(told)) == 65
    chosen = life("2026-11-23", "MFFX", [], timing="metachronous", choices={"pancreatic_resection": True})
    assert len(program(chosen)) == len(naive(chosen)) == 67
    facts = [*days("SP-C01", "SP-C02", MONDAYS), operated("SP-P03", "2027-04-06", "none", "ablation")]
    expected = {
        "SP-P03": "status performed performed 2027-04-06",
        # no gastric emptying to look at, no specimen
        **dict.fromkeys(("SP-O04", "SP-O05#14", "SP-O05#21", "SP-O06"), "absent"),
        "SP-O01": "target 2027-04-07 basis recorded",
        # its bloods are still drawn
        "SP-O02": "dates 2027-04-09 2027-04-09 2027-04-10 2027-04-09",
        # Ascension Day
        "SP-O07": "dates 2027-05-06 2027-05-06 2027-05-13 2027-05-07",
        "SP-O08": "dates 2027-07-05 2027-07-05 2027-07-19 2027-07-05",
        "SP-A01": "target 2027-06-01",
    }
    assert told_differently(life("2027-04-06", "MFFX", facts, timing="metachronous"), expected) == []


def test_the_liver_first_and_a_second_operation() -> None:
    person = {"choices": {"staged": True}}
    facts = [*days("SP-C01", "SP-C02", MONDAYS), operated("SP-P03", "2027-04-05", "none", "resection")]
    expected = {
        "SP-P04": "target - status awaiting",
        "SP-O06": "target 2027-04-26",
        "SP-O07": "target 2027-05-05",
        "SP-O08": "target 2027-07-04",
        "SP-O05#14": "absent",
        **dict.fromkeys(("SP-O01@2", "SP-O07@2", "SP-O08@2"), "absent"),
        "SP-A01": "target 2027-05-31",
        "SP-F24": "target 2029-04-05",
    }
    assert told_differently(life("2027-04-05", "MFFX", facts, **person), expected) == []
    facts.append(booked("SP-P04", "2027-05-17"))
    second = {
        # each operation has its own reviews; all else is counted from the second one
        "SP-O07": "target 2027-05-05",
        "SP-O08": "target 2027-07-04",
        "SP-O01": "target 2027-04-06",
        "SP-O01@2": "target 2027-05-18",
        "SP-O06@2": "target 2027-06-07",
        "SP-O07@2": "dates 2027-06-16 2027-06-16 2027-06-23 2027-06-16",
        # 14 days of May, 30, 31, and the 15th of August, a Sunday
        "SP-O08@2": "dates 2027-08-15 2027-08-15 2027-08-29 2027-08-16",
        "SP-A01": "target 2027-07-12",
        "SP-F03": "target 2027-08-17",
        "SP-F24": "target 2029-05-17",
    }
    assert told_differently(life("2027-04-05", "MFFX", facts, **person), second) == []
    facts.append(operated("SP-P04", "2027-05-17", "pancreatoduodenectomy", "none"))
    second |= {"SP-O05#14@2": "target 2027-05-31", "SP-O05#21@2": "target 2027-06-07", "SP-A01": "basis recorded"}
    # nothing of the pancreas was resected at the first one
    second["SP-O05#14"] = "absent"
    assert told_differently(life("2027-05-17", "MFFX", facts, **person), second) == []


def test_a_start_on_a_thursday() -> None:
    person = {"enrolled_on": "2026-11-19"}
    facts = [done("SP-C01", "2026-11-26", "14:00"), done("SP-C02#2", "2026-12-10", "14:00")]
    expected = {
        # the pump comes off on a Saturday, 46 hours later, and stays there
        "SP-C03#1.3": "dates 2026-11-28 2026-11-28 2026-11-28 2026-11-28 due_at 2026-11-28T12:00:00+01:00",
        # Christmas Eve; the next open day is the Monday after, beyond the window
        "SP-C02#3": "dates 2026-12-24 2026-12-24 2026-12-27 2026-12-28 status planned",
        # counted from the Monday; no return to the Thursday
        "SP-C02#4": "target 2027-01-11",
        "SP-R01": "dates 2027-01-26 2027-01-26 2027-02-09 2027-01-26",
    }
    assert told_differently(life("2026-12-10", "MFFX", facts, **person), expected) == []
    # with the switch the Thursday before 01-11 is 4 days earlier: too far; after Tuesday 12-29 it is 5 days earlier
    back = {"values": {"return_to_weekday": True}}
    assert told_differently(life("2026-12-10", "MFFX", facts, site=back, **person), expected) == []
    # with cycle 3 on Wednesday 12-30 the base is 01-13, six days too late; on Saturday 12-26, opened, it is 01-09, and
    # Thursday 01-07 is 12 days after the dose
    opened = {"open": ["2026-12-26"], "values": {"return_to_weekday": True}}
    expected = {"SP-C02#3": "proposed 2026-12-26", "SP-C02#4": "target 2027-01-07"}
    assert told_differently(life("2026-12-10", "MFFX", facts, site=opened, **person), expected) == []


def test_a_death_in_cycle_3() -> None:
    died = {"kind": "died", "on": "2026-12-29"}
    facts = [
        *days("SP-C01", "SP-C02", MONDAYS[:2]),
        *[done("SP-C02#3", "2026-12-28", "12:00"), booked("SP-R01", "2027-02-01"), died],
    ]
    expected = {
        "SP-C02#3": "status performed window_result inside",
        # nothing but death cancels the end of a given infusion
        "SP-C03#3.3": "status cancelled due_at 2026-12-30T10:00:00+01:00",
        # what had closed before stays open: bloods to 12-28, pump of cycle 2 on 12-16, the conference's window to 11-23
        "SP-C04#3.1": "status overdue",
        "SP-C03#2.3": "status overdue",
        "SP-S01": "status overdue",
        "SP-C02#4": "status cancelled",
        "SP-R01": "status cancelled booked 2027-02-01",
        "SP-P03": "status cancelled",
        "SP-F24": "status cancelled",
        "SP-N01#6": "absent",
        "SP-N02": "absent",
    }
    assert told_differently(life("2026-12-30", "MFFX", facts), expected) == []
    for fact in (booked("SP-C02#4", "2027-01-11"), done("SP-C04#3.1", "2026-12-30"), done("SP-C03#3.3", "2026-12-30")):
        assert "death" in refused(life("2026-12-30", "MFFX", [*facts, fact]))
    # what took place before is still recorded
    assert program(life("2026-12-30", "MFFX", [*facts, done("SP-C04#3.1", "2026-12-28")]))


def test_a_withdrawal_from_treatment_and_then_from_all() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-C03#1.8", "2026-12-07"), withdrawn("treatment", "2026-12-10")]
    expected = {
        "SP-C03#1.15": "status cancelled",
        "SP-C02#2": "status cancelled",
        "SP-R01": "status cancelled",
        "SP-P03": "status cancelled",
        "SP-F24": "status cancelled",
        # 12-07 + 30 d is Epiphany
        "SP-N02": "dates 2027-01-06 2027-01-06 2027-01-13 2027-01-07",
        "SP-N01#6": "dates 2027-06-10 2027-05-11 2027-07-10 2027-06-10 status planned",
    }
    assert told_differently(life("2026-12-10", "AG", facts), expected) == []
    facts += [done("SP-N02", "2027-01-08"), withdrawn("all", "2027-03-01")]
    expected = {
        "SP-N02": "status performed window_result inside",
        "SP-N01#6": "status cancelled target 2027-06-10",
        "SP-N01#24": "status cancelled",
        "SP-C04#1.8": "status overdue",
    }
    assert told_differently(life("2027-03-02", "AG", facts), expected) == []
    assert refused(life("2027-03-02", "AG", [*facts, booked("SP-N01#6", "2027-06-10")]))
    # withdrawn from all on the day before the contact: that would end a visit which took place
    assert refused(life("2027-03-02", "AG", [*facts[:-1], withdrawn("all", "2027-01-07")]))


def test_gemcitabine_and_capecitabine() -> None:
    told = life("2026-11-23", "GEMCAP", [])
    expected = {
        "SP-C03#1.8": "dates 2026-12-07 2026-12-06 2026-12-09 2026-12-07",
        "SP-C03#1.15": "dates 2026-12-14 2026-12-13 2026-12-16 2026-12-14",
        # tablets are no entries
        **dict.fromkeys(("SP-C03#1.2", "SP-C03#1.22", "SP-C03#1.3", "SP-C02#5", "SP-A02#3"), "absent"),
        "SP-C02#2": "target 2026-12-28",
        # four cycles of 28 days: the last gemcitabine on day 15 of the cycle of 02-22
        "SP-C02#4": "target 2027-02-22",
        "SP-C03#4.15": "target 2027-03-08",
        "SP-R02": "target 2027-03-22",
        "SP-P03": "target 2027-04-05",
        "SP-A02#2": "target 2027-06-28",
        "SP-A03": "target 2027-08-09",
    }
    assert told_differently(told, expected) == []


def test_in_screening() -> None:
    told = in_screening([])
    expected = {
        "SP-S00": "dates 2026-11-23 2026-11-23 2026-11-23 2026-11-23 status performed basis recorded",
        "SP-S06": "dates 2026-12-07 2026-11-23 2026-12-21 2026-12-07 status due basis forecast",
        "SP-S02": "dates 2026-11-23 2026-11-09 2026-12-07 2026-11-23 basis forecast",
        "SP-C01": "dates 2026-12-14 2026-12-07 2026-12-28 2026-12-14 basis forecast",
    }
    assert told_differently(told, expected) == []
    assert len(program(told)) == len(naive(told)) == 67
    # the inclusion is booked two days later; all follows it
    told = in_screening([done("SP-S02", "2026-11-25"), booked("SP-S06", "2026-12-09")], today="2026-11-30")
    expected = {
        "SP-S06": "target 2026-12-07 booked 2026-12-09",
        "SP-S02": "target 2026-11-25 window_result inside status performed",
        "SP-C01": "target 2026-12-16",
        "SP-S03": "target 2026-11-25 latest 2026-12-09",
    }
    assert told_differently(told, expected) == []
    # declined: what is open is cancelled
    told = in_screening([withdrawn("all", "2026-12-01")], today="2026-12-01")
    expected = {"SP-S06": "status cancelled", "SP-C01": "status cancelled", "SP-S00": "status performed"}
    assert told_differently(told, expected) == []
    assert refused(in_screening([withdrawn("all", "2026-11-22")], today="2026-12-01"))
    assert refused(in_screening([done("SP-C01", "2026-12-14")], today="2026-12-14"))
    assert refused(in_screening([done("SP-S06", "2026-12-07")], today="2026-12-07"))
    assert refused({**told, "participant": {"code": "LI-001", "country": "SE", "regimen": "MFFX"}})


def in_screening(facts: Facts, today: str = "2026-11-23") -> dict[str, Any]:
    """A story of somebody who has consented and is not included yet."""
    return story("scanpan", today, "MFFX", facts, consented_on="2026-11-23")


def test_progression_under_the_first_regimen_and_a_stop() -> None:
    facts = [*days("SP-C01", "SP-C02", MONDAYS[:3]), changed("AG", "2026-12-30")]
    expected = {
        # 3 x 14 d were given; 42 + 28 + 28 = 98, a third cycle of AG fills 112
        "SP-C02#4": "target 2027-01-11",
        "SP-C03#4.8": "target 2027-01-18",
        "SP-C02#6": "target 2027-03-08",
        "SP-C02#7": "absent",
        "SP-C03#3.3": "target 2026-12-30",
    }
    assert told_differently(life("2026-12-30", "MFFX", facts), expected) == []
    facts += [done("SP-C02#4", "2027-01-11"), stop("preop_chemo", "2027-01-15")]
    expected = {
        "SP-C03#4.8": "status cancelled",
        "SP-C02#5": "status cancelled",
        # reassessment 1 was to be on 01-30, later than 01-11 + 14 d
        "SP-R01": "status cancelled",
        "SP-R02": "dates 2027-01-25 2027-01-18 2027-02-01 2027-01-25",
        "SP-R04": "dates 2027-01-28 2027-01-28 2027-02-04 2027-01-28",
        # the later of 02-08 and 02-04
        "SP-P03": "target 2027-02-08",
    }
    assert told_differently(life("2027-01-15", "MFFX", facts), expected) == []


def test_an_operation_that_comes_before_restaging() -> None:
    facts = [*days("SP-C01", "SP-C02", MONDAYS[:4]), done("SP-P01", "2027-02-08")]
    # counted back from 04-05, and not before the conference of 03-25
    expected = {"SP-P01": "dates 2027-03-29 2027-03-25 2027-04-04 2027-03-30 window_result early by 45 d"}
    assert told_differently(life("2027-02-08", "MFFX", facts), expected) == []
    facts.append(done("SP-P03", "2027-02-15"))
    expected = {
        # judged by the forecast, 03-29 to 05-03
        "SP-P03": "status performed window_result early by 42 d",
        # what is cancelled keeps its dates
        "SP-R02": "status cancelled dates 2027-03-22 2027-03-15 2027-03-29 2027-03-22",
        "SP-R04": "status cancelled dates 2027-03-25 2027-03-25 2027-04-01 2027-03-25",
        "SP-C02#5": "status cancelled target 2027-01-25",
        # a conference that did not meet keeps nothing closed: 7 days before the operation, -7/+6
        "SP-P01": "target 2027-02-08 earliest 2027-02-01 latest 2027-02-14 window_result inside",
        "SP-O01": "target 2027-02-16 basis recorded",
        "SP-A01": "target 2027-04-12",
    }
    assert told_differently(life("2027-02-15", "MFFX", facts), expected) == []


def test_what_was_missed_keeps_its_own_window_when_what_it_is_counted_from_waits_again() -> None:
    # the visits before the operation of 04-05; Easter Monday is 03-29
    facts = [missed("SP-P01", "2027-03-30"), missed("SP-P02", "2027-03-30"), missed("SP-P03", "2027-04-05")]
    expected = {
        "SP-P03": "dates - - - - status awaiting",
        "SP-P01": "target - earliest 2027-03-25 latest 2027-04-04 status missed",
        "SP-P02": "target - earliest 2027-03-08 latest 2027-04-05 status missed",
    }
    assert told_differently(life("2027-04-06", "MFFX", facts), expected) == []
    facts.append(done("SP-P01", "2027-04-06"))
    assert told_differently(life("2027-04-06", "MFFX", facts), {"SP-P01": "window_result late by 2 d"}) == []


def test_a_reassessment_that_was_missed_keeps_its_own_days_though_treatment_stopped_before_any_dose() -> None:
    facts = [missed("SP-R01", "2027-02-01"), missed("SP-R02", "2027-03-22"), stop("preop_chemo", "2027-03-23")]
    expected = {
        "SP-R01": "dates 2027-01-30 2027-01-30 2027-02-13 2027-02-01 status missed",
        # 14 days after 03-08, the last dose that was planned
        "SP-R02": "dates 2027-03-22 2027-03-15 2027-03-29 2027-03-22 status missed",
        # what hangs on treatment waits
        "SP-P03": "target - status awaiting",
    }
    assert told_differently(life("2027-03-23", "MFFX", facts), expected) == []


def test_a_regimen_may_change_between_consent_and_inclusion() -> None:
    person = {"consented_on": "2026-11-16", "enrolled_on": "2026-11-23"}
    told = life("2026-11-24", "MFFX", [changed("AG", "2026-11-19")], **person)
    # 4 cycles of 28 days
    expected = {"SP-C02#2": "target 2026-12-28", "SP-C02#5": "absent", "SP-C03#1.8": "target 2026-12-07"}
    assert told_differently(told, expected) == []
    assert "consent" in refused(life("2026-11-24", "MFFX", [changed("AG", "2026-11-13")], **person))


def test_reassessments_that_an_operation_cancels_keep_the_days_that_a_stop_had_given_them() -> None:
    # restaging 14 days after the dose of 12-28, the conference 3 days after it
    facts = [*days("SP-C01", "SP-C02", MONDAYS[:3]), stop("preop_chemo", "2027-01-04"), done("SP-P03", "2027-01-25")]
    expected = {
        "SP-R02": "dates 2027-01-11 2027-01-04 2027-01-18 2027-01-11 status cancelled",
        "SP-R04": "dates 2027-01-14 2027-01-14 2027-01-21 2027-01-14 status cancelled",
    }
    assert told_differently(life("2027-01-25", "MFFX", facts), expected) == []
    # stopped before any dose they waited, and had no days
    facts = [stop("preop_chemo", "2026-11-30"), done("SP-P03", "2027-01-25")]
    none = dict.fromkeys(expected, "dates - - - - status cancelled")
    assert told_differently(life("2027-01-25", "MFFX", facts), none) == []
