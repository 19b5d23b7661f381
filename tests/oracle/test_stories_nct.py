"""Lives of NCT06873178 participants, each with the days that were worked out by hand.

All were enrolled on Monday 2026-06-22 in China, unless a story says otherwise, so that cycle 1 begins on Monday 06-29.
Closed in that autumn: the weekends, 25 September, 1 to 7 October; Sunday 20 September and Saturday 10 October are open.
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
    naive,
    operated,
    program,
    refused,
    stop,
    story,
    told_differently,
    withdrawn,
)

ENROLLED = {"enrolled_on": "2026-06-22"}
FOUR = ["2026-06-29", "2026-07-13", "2026-07-27", "2026-08-10"]


def life(today: str, regimen: str, facts: Facts, **more: Any) -> dict[str, Any]:
    """A story of this trial."""
    return story("nct06873178", today, regimen, facts, **{**ENROLLED, **more})


def given(*dates: str) -> Facts:
    """First days of cycles of the first regimen."""
    return days("CJ-C01", "CJ-C02", list(dates))


def test_an_uneventful_forecast() -> None:
    expected = {
        "CJ-S00": "dates 2026-06-22 2026-06-22 2026-06-22 2026-06-22 status performed",
        "CJ-S01": "dates 2026-06-22 2026-06-22 2026-06-22 2026-06-22 status performed",
        "CJ-S02": "dates 2026-06-15 2026-05-25 2026-06-22 2026-06-22",
        # the pathology is routine care
        "CJ-S03": "dates 2026-06-15 2026-04-23 2026-06-22 2026-06-15",
        "CJ-S04": "dates 2026-06-19 2026-06-08 2026-06-22 2026-06-22",
        "CJ-C01": "dates 2026-06-29 2026-06-22 2026-07-06 2026-06-29 basis recorded",
        # cycle 4 begins on 08-10 and ends on 08-24: 4 days before it, -3/+3, and the day before it, -2/+28
        "CJ-R01#4": "dates 2026-08-20 2026-08-17 2026-08-23 2026-08-20",
        "CJ-R02": "dates 2026-08-23 2026-08-21 2026-09-20 2026-08-24",
        "CJ-R01#8": "absent",
        "CJ-R04": "absent",
        "CJ-C02#6": "dates 2026-09-07 2026-09-07 2026-09-10 2026-09-07",
        "CJ-C02#7": "absent",
        # the later of 09-07 + 28 d and 08-24 + 10 d; National Day
        "CJ-P02": "dates 2026-10-05 2026-09-28 2026-11-02 2026-10-08",
        # counted from 10-08
        "CJ-P01": "dates 2026-10-01 2026-09-24 2026-10-07 2026-09-30",
        "CJ-O01": "target 2026-10-09",
        "CJ-O31#30": "dates 2026-11-07 2026-11-07 2026-11-14 2026-11-09",
        "CJ-O31#90": "target 2027-01-06",
        "CJ-A01": "dates 2026-11-19 2026-11-05 2026-12-31 2026-11-19",
        # 12 - 6 cycles
        "CJ-A02#6": "target 2027-01-28",
        "CJ-A02#7": "absent",
        "CJ-A03": "dates 2027-01-28 2027-01-28 2027-02-25 2027-01-28",
        # one month after 01-28 is a Sunday
        "CJ-F01#1": "dates 2027-02-28 2027-02-21 2027-03-07 2027-03-01",
        "CJ-F01#24": "target 2029-01-28",
        "CJ-F01#25": "absent",
        "CJ-F02#3": "target 2027-01-08",
        "CJ-F02#60": "target 2031-10-08",
    }
    assert told_differently(life("2026-06-22", "FFX", []), expected) == []


def test_gemcitabine_and_nab_paclitaxel_with_interim_imaging() -> None:
    expected = {
        # cycle 1 day 1 + 53 d: one day of June, 31 of July, the 21st of August
        "CJ-R04": "dates 2026-08-21 2026-08-17 2026-08-23 2026-08-21 status planned",
        # cycle 4 begins on 09-21 and ends on 10-19: 4 days before it; the day before it, -2/+56
        "CJ-R01#4": "dates 2026-10-15 2026-10-12 2026-10-18 2026-10-15",
        "CJ-R02": "dates 2026-10-18 2026-10-16 2026-12-13 2026-10-19",
        "CJ-C02#4": "target 2026-09-21",
        "CJ-C02#5": "absent",
        # day 15 of cycle 4 lies in the holidays, 10-05, and is given on the nearest open day of 10-04..10-07: none; the
        # nearest one is Thursday 10-08
        "CJ-C03#4.15": "dates 2026-10-05 2026-10-04 2026-10-07 2026-10-08",
        # the later of 10-08 + 28 d and 10-19 + 10 d
        "CJ-P02": "target 2026-11-05",
        "CJ-A02#2": "target 2027-01-14",
        "CJ-A02#3": "absent",
    }
    # a length that the site sets is the length
    site = {"values": {"CJ-R02.after": "P28D"}}
    assert told_differently(life("2026-06-22", "AG", [], site=site), {"CJ-R02": "latest 2026-11-15"}) == []
    choices = {"interim_scan": True}
    assert told_differently(life("2026-06-22", "AG", [], choices=choices), expected) == []
    assert told_differently(life("2026-06-22", "AG", []), {"CJ-R04": "absent"}) == []
    # regimens of 14 days have their imaging in the eighth week anyway
    assert told_differently(life("2026-06-22", "FFX", [], choices=choices), {"CJ-R04": "absent"}) == []
    stopped = life("2026-07-10", "AG", [done("CJ-C01", "2026-06-29"), stop("chemo", "2026-07-10")], choices=choices)
    expected = {
        "CJ-R04": "status cancelled",
        "CJ-R01#4": "status cancelled",
        # an early stop: 06-29 + 14 d, 0/+14
        "CJ-R02": "dates 2026-07-13 2026-07-13 2026-07-27 2026-07-13",
        "CJ-P02": "target 2026-07-27",
    }
    assert told_differently(stopped, expected) == []


def test_progression_then_nalirifox_then_surgery() -> None:
    facts = [
        *given(*FOUR),
        *[done("CJ-R01#4", "2026-08-20"), done("CJ-R02", "2026-08-21"), decided("CJ-R02", "progression", "2026-08-21")],
    ]
    expected = {
        "CJ-R01#4": "status performed window_result inside",
        "CJ-R02": "status performed window_result inside",
        **dict.fromkeys(("CJ-C02#5", "CJ-C02#6"), "status cancelled"),
        **dict.fromkeys(("CJ-P01", "CJ-P02", "CJ-O01", "CJ-A01", "CJ-A03", "CJ-F01#1", "CJ-F02#3"), "status awaiting"),
        "CJ-D01": "absent",
    }
    assert told_differently(life("2026-08-21", "FFX", facts), expected) == []
    # stopped without a second line: follow-up is counted from the last infusion, 08-10
    ended = life("2026-08-24", "FFX", [*facts, stop("chemo", "2026-08-24")])
    expected = {
        "CJ-A03": "dates 2026-08-10 2026-08-10 2026-09-07 2026-08-10",
        "CJ-F01#1": "target 2026-09-10",
        "CJ-P02": "status awaiting",
    }
    assert told_differently(ended, expected) == []
    facts += [changed("NAL", "2026-08-25"), done("CJ-D01", "2026-08-26", "13:30")]
    expected = {
        "CJ-D01": "dates 2026-08-25 2026-08-25 2026-09-08 2026-08-25 window_result inside",
        "CJ-D03#1.3": "target 2026-08-28 due_at 2026-08-28T11:30:00+08:00",
        "CJ-D03#1.15": "dates 2026-09-09 2026-09-09 2026-09-12 2026-09-09",
        "CJ-D02#2": "dates 2026-09-23 2026-09-23 2026-09-26 2026-09-23",
        # day 15 of cycle 2 on the last day of the holidays
        "CJ-D03#2.15": "dates 2026-10-07 2026-10-07 2026-10-10 2026-10-08",
        # cycle 2 ends on 10-21; 4 days before it is a Saturday, the open days round it are 10-16 and 10-19
        "CJ-R03#2": "dates 2026-10-17 2026-10-14 2026-10-20 2026-10-16",
        "CJ-D02#4": "target 2026-11-18",
        "CJ-R03#4": "target 2026-12-12",
        # four cycles beyond the first
        "CJ-D02#5": "target 2026-12-16",
        "CJ-D02#6": "absent",
        "CJ-P02": "status awaiting",
    }
    assert told_differently(life("2026-08-26", "FFX", facts), expected) == []
    facts += [
        *[done("CJ-D03#1.15", "2026-09-09"), done("CJ-D02#2", "2026-09-23"), done("CJ-D03#2.15", "2026-10-08")],
        *[done("CJ-R03#2", "2026-10-16"), decided("CJ-R03#2", "response", "2026-10-19")],
    ]
    expected = {
        "CJ-D02#3": "status cancelled",
        "CJ-R03#4": "status cancelled",
        # the later of 10-08 + 28 d and 10-16 + 10 d
        "CJ-P02": "dates 2026-11-05 2026-10-29 2026-12-03 2026-11-05 status planned",
        "CJ-A01": "target 2026-12-17",
        # 2 x 28 d of NALIRIFOX; the second day 15 is the last dose
        "CJ-A04#1.15": "target 2026-12-31",
        "CJ-A02#2": "target 2027-01-14",
        "CJ-A02#3": "absent",
        "CJ-A03": "target 2027-01-28",
    }
    assert told_differently(life("2026-10-19", "FFX", facts), expected) == []
    facts.append(operated("CJ-P02", "2026-11-05", "total_pancreatectomy", "resection"))
    expected = {
        "CJ-O07": "dates 2026-11-12 2026-11-11 2026-11-13 2026-11-12 basis recorded",
        "CJ-O30": "dates 2026-12-05 2026-12-02 2026-12-12 2026-12-04",
        "CJ-O31#30": "dates 2026-12-05 2026-12-05 2026-12-12 2026-12-07",
        "CJ-F02#3": "dates 2027-02-05 2027-01-22 2027-02-19 2027-02-04",
    }
    assert told_differently(life("2026-11-05", "FFX", facts), expected) == []


def test_no_surgery_at_the_evaluation() -> None:
    facts = [
        *[*given(*FOUR, "2026-08-24"), done("CJ-R01#4", "2026-08-20")],
        *[done("CJ-R02", "2026-08-24"), decided("CJ-R02", "no_surgery", "2026-08-24")],
    ]
    expected = {
        **dict.fromkeys(
            ("CJ-P01", "CJ-P02", "CJ-O01", "CJ-O31#90", "CJ-A01", "CJ-A02#4", "CJ-F02#3"), "status cancelled"
        ),
        # cancelled, they keep their dates: six cycles were planned, the last of them on 09-07
        "CJ-P02": "dates 2026-10-05 2026-09-28 2026-11-02 2026-10-08 status cancelled",
        # cycles go on, always four beyond the last
        "CJ-C02#6": "target 2026-09-07 status planned",
        # 09-21 + 14 d is in the holidays: the 8th of October, the last day of the window
        "CJ-C02#8": "dates 2026-10-05 2026-10-05 2026-10-08 2026-10-08 status planned",
        "CJ-C02#9": "target 2026-10-22",
        "CJ-C02#10": "absent",
        # cycle 8 ends on 10-22
        "CJ-R01#8": "dates 2026-10-18 2026-10-15 2026-10-21 2026-10-19 status planned",
        **dict.fromkeys(("CJ-A03", "CJ-F01#1", "CJ-F01#24"), "target - status awaiting"),
    }
    assert told_differently(life("2026-08-24", "FFX", facts), expected) == []
    facts += [done("CJ-C02#6", "2026-09-07"), done("CJ-C02#7", "2026-09-21"), stop("chemo", "2026-09-28")]
    expected = {
        # cycle 8 was not begun
        "CJ-C02#8": "status cancelled",
        "CJ-R01#8": "status cancelled",
        "CJ-R02": "target 2026-08-23 status performed window_result inside",
        "CJ-A03": "dates 2026-09-21 2026-09-21 2026-10-19 2026-09-21",
        "CJ-F01#1": "dates 2026-10-21 2026-10-14 2026-10-28 2026-10-21",
        "CJ-F01#24": "target 2028-09-21",
        "CJ-P02": "status cancelled",
    }
    assert told_differently(life("2026-09-28", "FFX", facts), expected) == []


def test_after_no_surgery_progression_still_opens_a_second_line_but_a_response_is_refused() -> None:
    facts = [
        *[*given(*FOUR), done("CJ-R02", "2026-08-24"), decided("CJ-R02", "no_surgery", "2026-08-24")],
        *[done("CJ-C02#5", "2026-08-24"), done("CJ-C02#6", "2026-09-07"), done("CJ-C02#7", "2026-09-21")],
        *[done("CJ-C02#8", "2026-10-08"), done("CJ-R01#8", "2026-10-19")],
    ]
    assert refused(life("2026-10-20", "FFX", [*facts, decided("CJ-R01#8", "response", "2026-10-20")]))
    facts += [decided("CJ-R01#8", "progression", "2026-10-20"), changed("AG", "2026-10-22")]
    expected = {
        "CJ-C02#9": "status cancelled",
        "CJ-R01#12": "status cancelled",
        "CJ-D01": "target 2026-10-22 status due",
        # two cycles of 28 days end on 12-17
        "CJ-R03#2": "dates 2026-12-13 2026-12-10 2026-12-16 2026-12-14",
        "CJ-P02": "status cancelled",
        "CJ-A03": "status awaiting",
    }
    assert told_differently(life("2026-10-22", "FFX", facts), expected) == []
    facts += [done("CJ-D01", "2026-10-22"), done("CJ-D03#1.8", "2026-10-29"), stop("adjusted", "2026-11-03")]
    expected = {
        # no retiming: the cycle was not begun
        "CJ-R03#2": "status cancelled",
        "CJ-A03": "target 2026-10-29",
        "CJ-F01#1": "target 2026-11-29",
        "CJ-P02": "status cancelled",
    }
    assert told_differently(life("2026-11-03", "FFX", facts), expected) == []


def test_an_evaluation_after_cycle_6_and_a_stop_after_continue() -> None:
    facts = [*given(*FOUR, "2026-08-24", "2026-09-07"), done("CJ-R01#4", "2026-08-20")]
    late = life("2026-09-20", "FFX", [*facts, done("CJ-R02", "2026-09-20")])
    # a Sunday on which one works
    assert told_differently(late, {"CJ-R02": "window_result inside"}) == []
    later = life("2026-09-22", "FFX", [*facts, done("CJ-R02", "2026-09-22")])
    assert told_differently(later, {"CJ-R02": "window_result late by 2 d"}) == []
    facts += [done("CJ-R02", "2026-08-24"), decided("CJ-R02", "continue", "2026-08-24")]
    expected = {
        "CJ-R01#8": "dates 2026-10-18 2026-10-15 2026-10-21 2026-10-19",
        "CJ-C02#10": "target 2026-11-05",
        "CJ-P02": "status awaiting",
        "CJ-A03": "status awaiting",
    }
    assert told_differently(life("2026-09-08", "FFX", facts), expected) == []
    facts.append(stop("chemo", "2026-09-10"))
    expected = {
        # 09-07 + 14 d, 0/+14
        "CJ-R01#8": "dates 2026-09-21 2026-09-21 2026-10-05 2026-09-21 status planned",
        "CJ-C02#7": "status cancelled",
        "CJ-P02": "status awaiting",
    }
    assert told_differently(life("2026-09-10", "FFX", facts), expected) == []
    facts += [done("CJ-R01#8", "2026-09-21"), decided("CJ-R01#8", "response", "2026-09-22")]
    # the later of 09-07 + 28 d and 09-21 + 10 d
    expected = {"CJ-P02": "dates 2026-10-05 2026-09-28 2026-11-02 2026-10-08", "CJ-R01#8": "window_result inside"}
    assert told_differently(life("2026-09-22", "FFX", facts), expected) == []


def test_a_withdrawal_tells_the_last_medication() -> None:
    facts = given(*FOUR[:3])
    assert "last" in refused(life("2026-08-03", "FFX", [*facts, withdrawn("all", "2026-08-03")]))
    assert refused(life("2026-08-03", "FFX", [*facts, withdrawn("treatment", "2026-08-03")]))
    assert refused(life("2026-08-03", "FFX", [*facts, withdrawn("treatment", "2026-08-03", "nothing")]))
    expected = {
        **dict.fromkeys(("CJ-C02#4", "CJ-R01#4", "CJ-R02", "CJ-P02", "CJ-A01", "CJ-F02#3"), "status cancelled"),
        # the dates of before the withdrawal: after a sixth cycle on 09-07
        "CJ-P02": "status cancelled target 2026-10-05",
        "CJ-A03": "dates 2026-07-27 2026-07-27 2026-08-24 2026-07-27",
        "CJ-F01#1": "dates 2026-08-27 2026-08-20 2026-09-03 2026-08-27",
    }
    for last in ("2026-07-27", "2026-07-29", "none"):
        told = life("2026-08-03", "FFX", [*facts, withdrawn("treatment", "2026-08-03", last)])
        assert told_differently(told, expected) == []
    told = life("2026-08-03", "FFX", [*facts, withdrawn("all", "2026-08-03", "2026-07-27")])
    expected = {"CJ-C02#4": "status cancelled", "CJ-F01#1": "status cancelled", "CJ-C03#3.3": "status overdue"}
    assert told_differently(told, expected) == []
    # before anything was given
    told = life("2026-06-25", "FFX", [withdrawn("treatment", "2026-06-25", "none")])
    assert told_differently(told, {"CJ-C01": "status cancelled", "CJ-A03": "status awaiting"}) == []
    assert refused(life("2026-08-03", "FFX", [*facts, withdrawn("all", "2026-07-20", "2026-07-13")]))


def test_withdrawn_from_treatment_and_then_from_all() -> None:
    facts = [*given(*FOUR[:2]), withdrawn("treatment", "2026-07-20", "2026-07-13"), done("CJ-F01#1", "2026-08-13")]
    facts.append(withdrawn("all", "2026-09-01", "2026-07-13"))
    expected = {
        "CJ-A03": "target 2026-07-13 latest 2026-08-10 status overdue",
        "CJ-F01#1": "target 2026-08-13 status performed window_result inside",
        "CJ-F01#2": "target 2026-09-13 status cancelled",
    }
    assert told_differently(life("2026-09-01", "FFX", facts), expected) == []
    assert refused(life("2026-09-20", "FFX", [*facts, booked("CJ-F01#2", "2026-09-14")]))


def test_a_retrospective_case() -> None:
    facts = [
        *given(*FOUR),
        *[done("CJ-R02", "2026-08-24"), decided("CJ-R02", "response", "2026-08-24"), done("CJ-P02", "2026-09-30")],
    ]
    told = life("2026-10-19", "FFX", facts, choices={"cohort": "retrospective"})
    plain = "dates - - - - status performed judged - window_result -"
    visits = ("CJ-C01", "CJ-C02#2", "CJ-C02#3", "CJ-C02#4", "CJ-R02", "CJ-P02", "CJ-S01")
    assert told_differently(told, dict.fromkeys(visits, plain)) == []
    assert set(program(told)) == set(naive(told)) == {*visits, "CJ-S00"}


def test_a_death_learnt_by_telephone() -> None:
    facts = [*given(*FOUR[:3]), withdrawn("treatment", "2026-08-03", "2026-07-27")]
    learnt = {"kind": "contact", "on": "2026-09-01", "alive": "no"}
    expected = {
        # closed on 08-24, before anybody was called
        "CJ-A03": "latest 2026-08-24 status overdue",
        **dict.fromkeys(("CJ-F01#1", "CJ-F01#2", "CJ-F01#24"), "status awaiting"),
    }
    assert told_differently(life("2026-09-05", "FFX", [*facts, learnt]), expected) == []
    for alive in ("yes", "unknown"):
        told = life("2026-09-05", "FFX", [*facts, {**learnt, "alive": alive}])
        # its window was to 09-03
        assert told_differently(told, {"CJ-F01#1": "status overdue", "CJ-F01#2": "status planned"}) == []
    known = life("2026-09-05", "FFX", [*facts, learnt, {"kind": "died", "on": "2026-08-30"}])
    assert told_differently(known, {"CJ-A03": "status overdue", "CJ-F01#1": "status cancelled"}) == []
    assert "perhaps" in refused(life("2026-09-05", "FFX", [*facts, {**learnt, "alive": "perhaps"}]))


def test_an_interim_scan_that_was_missed_keeps_its_own_days_though_treatment_ended_before_any_dose() -> None:
    facts: Facts = [missed("CJ-R04", "2026-08-21"), decided("CJ-R02", "progression", "2026-10-20")]
    person = {"choices": {"interim_scan": True}}
    # cycle 1 was planned for 06-29; 53 days later is 08-21, -4/+2
    own = "dates 2026-08-21 2026-08-17 2026-08-23 2026-08-21"
    told = life("2026-11-02", "AG", facts, **person)
    assert told_differently(told, {"CJ-R04": f"{own} status missed", "CJ-C01": "status cancelled"}) == []
    # the patient came after all
    facts.append(done("CJ-R04", "2026-08-25"))
    held = "status performed window_result late by 2 d"
    assert told_differently(life("2026-11-02", "AG", facts, **person), {"CJ-R04": held}) == []


def test_a_stop_long_before_the_withdrawal_puts_off_no_cancelled_dose() -> None:
    facts = [
        stop("chemo", "2026-06-23"),
        booked("CJ-P02", "2026-07-20"),
        # the adjuvant dose is due 42 days after that, on Monday 08-31: bloods of the Friday before
        done("CJ-A05#1.1", "2026-08-28"),
        withdrawn("treatment", "2026-08-29", "none"),
    ]
    expected = {
        # not 12 days after the 6th cycle, which was planned for 09-07 and cancelled in June
        "CJ-A01": "dates 2026-08-31 2026-08-17 2026-10-12 2026-08-31 status cancelled",
        "CJ-A05#1.1": "status performed window_result inside target 2026-08-30",
        "CJ-A05#1.1/2": "absent",
    }
    assert told_differently(life("2026-08-31", "FFX", facts), expected) == []


def test_treatment_that_goes_on_without_surgery_puts_off_no_cancelled_adjuvant_dose() -> None:
    facts = [*given(*FOUR), booked("CJ-P02", "2026-09-01")]
    # 42 days after that; the 6th cycle is on 09-07
    own = "dates 2026-10-13 2026-09-29 2026-11-24 2026-10-13"
    assert told_differently(life("2026-08-24", "FFX", facts), {"CJ-A01": f"{own} status planned"}) == []
    facts += [done("CJ-R02", "2026-08-24"), decided("CJ-R02", "no_surgery", "2026-08-24")]
    # 4 cycles beyond the 4th: the 8th is on 10-08, after National Day, and 12 days later is 10-20
    expected = {"CJ-A01": f"{own} status cancelled", "CJ-C02#8": "proposed 2026-10-08"}
    assert told_differently(life("2026-08-24", "FFX", facts), expected) == []


def test_an_operation_that_a_withdrawal_cancels_keeps_the_day_that_a_stop_had_given_it() -> None:
    facts = [*given(*FOUR[:3]), stop("chemo", "2026-08-03")]
    # stopped before cycle 4: the evaluation 14 days after the dose of 07-27, the operation 28 days after it, which is
    # later than the evaluation and 10 days; treatment after it 42 days later
    own = {
        "CJ-R02": "dates 2026-08-10 2026-08-10 2026-08-24 2026-08-10",
        "CJ-P02": "dates 2026-08-24 2026-08-17 2026-09-21 2026-08-24",
        "CJ-A01": "dates 2026-10-05 2026-09-21 2026-11-16 2026-10-08",
    }
    planned = {key: f"{dates} status planned" for key, dates in own.items()}
    assert told_differently(life("2026-08-05", "FFX", facts), planned) == []
    facts.append(withdrawn("treatment", "2026-08-05", "2026-07-27"))
    cancelled = {key: f"{dates} status cancelled" for key, dates in own.items()}
    assert told_differently(life("2026-08-05", "FFX", facts), cancelled) == []
