"""Decisions, withdrawal, loss and death on the pathway."""

from app.domain.facts import planner_facts as f
from tests.domain.stories import (
    calendar,
    decided,
    died,
    done,
    found_again,
    lost,
    proposed,
    statuses,
    target,
    window,
    withdrawn,
)

GOING_ON = [
    done("SP-C01", "2026-11-30"),
    done("SP-C02#5", "2027-01-25"),
    done("SP-R01", "2027-02-01"),
    decided("SP-R01", "2027-02-01", "continue"),
]


def test_continuing_treatment_goes_on_and_the_operation_waits() -> None:
    story = calendar(*GOING_ON, today="2027-02-01")
    assert "SP-R02" not in story.by_key
    assert statuses(story, "SP-R04", "SP-P01", "SP-P03", "SP-O08", "SP-A01", "SP-F24") == ["awaiting"] * 6
    # 4 cycles beyond the fifth
    assert [key for key in story.by_key if key.startswith("SP-C02")][-1] == "SP-C02#9"
    again = story.by_key["SP-R03#1"]
    assert (target(again), window(again), again.basis) == ("2027-04-01", "2027-03-25..2027-04-15", "recorded")


def test_reassessed_every_two_months_until_there_is_a_response() -> None:
    facts = [
        *GOING_ON,
        done("SP-R03#1", "2027-04-01"),
        decided("SP-R03#1", "2027-04-01", "continue"),
        done("SP-C02#9", "2027-05-17"),
    ]
    story = calendar(*facts, today="2027-05-17")
    assert target(story.by_key["SP-R03#2"]) == "2027-06-01"
    assert [key for key in story.by_key if key.startswith("SP-C02")][-1] == "SP-C02#13"
    facts += [done("SP-R03#2", "2027-06-01"), decided("SP-R03#2", "2027-06-01", "response")]
    story = calendar(*facts, today="2027-06-01")
    # last dose 05-17 + 28 d = 06-14, conference 06-04 + 7 d = 06-11; conference 3 days after the reassessment
    assert statuses(story, "SP-C02#10") == ["cancelled"]
    assert [target(story.by_key[key]) for key in ("SP-R04", "SP-P03")] == ["2027-06-04", "2027-06-14"]
    assert "SP-R03#3" not in story.by_key


def test_palliative_care_ends_the_way_to_surgery_and_keeps_contact() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01"), decided("SP-R01", "2027-02-01", "palliative")]
    story = calendar(*facts, today="2027-02-01")
    assert statuses(story, "SP-C02#2", "SP-R02", "SP-P03", "SP-O08", "SP-A01", "SP-F24") == ["cancelled"] * 6
    # screening stays, and so do the bloods and the pump of the dose that was given
    assert statuses(story, "SP-S08", "SP-C04#1.1", "SP-C03#1.3") == ["overdue"] * 3
    contacts = {key: entry for key, entry in story.by_key.items() if key.startswith("SP-N01")}
    assert [(key, target(entry)) for key, entry in contacts.items()] == [
        ("SP-N01#6", "2027-08-01"),
        ("SP-N01#12", "2028-02-01"),
        ("SP-N01#18", "2028-08-01"),
        ("SP-N01#24", "2029-02-01"),
    ]
    # 2027-08-01 is a Sunday; 30 days either way
    first = contacts["SP-N01#6"]
    assert (window(first), proposed(first)) == ("2027-07-02..2027-08-31", "2027-08-02")


def test_withdrawal_from_treatment_before_the_operation_is_a_decision_against_it() -> None:
    story = calendar(done("SP-C01", "2026-11-30"), withdrawn("treatment", "2026-12-05"), today="2026-12-05")
    assert statuses(story, "SP-C02#2", "SP-R01", "SP-P03", "SP-F24") == ["cancelled"] * 4
    assert target(story.by_key["SP-N01#6"]) == "2027-06-05"


def safety_contact(*facts: f.Fact, today: str) -> tuple[str | None, str | None, str | None]:
    """Target, window and proposed day of the safety contact; nothing where there is none."""
    entry = calendar(*facts, today=today).by_key.get("SP-N02")
    return (None, None, None) if entry is None else (target(entry), window(entry), proposed(entry))


def test_a_safety_contact_follows_treatment_that_ended_without_an_operation() -> None:
    first = done("SP-C01", "2026-11-30")
    palliative = decided("SP-R01", "2027-02-01", "palliative")
    # the dose of 11-30 + 30 d = 12-30 is past when it is decided: the day of the decision
    assert safety_contact(first, palliative, today="2027-02-01") == (
        "2027-02-01",
        "2027-02-01..2027-02-08",
        "2027-02-01",
    )
    # a dose of 01-11 recorded later: 02-10
    later = done("SP-C02#2", "2027-01-11")
    assert safety_contact(first, palliative, later, today="2027-02-01")[0] == "2027-02-10"
    # withdrawn on 12-05: 12-30
    left = withdrawn("treatment", "2026-12-05")
    assert safety_contact(first, left, today="2026-12-05")[:2] == ("2026-12-30", "2026-12-30..2027-01-06")
    # 03-08 + 30 d = 04-07, after the decision of the conference on 03-30
    doses = [done("SP-C02#8", "2027-03-08"), decided("SP-R04", "2027-03-30", "no_surgery")]
    assert safety_contact(*doses, today="2027-03-30")[0] == "2027-04-07"


def test_no_safety_contact_without_a_dose_or_with_an_operation() -> None:
    nothing = (None, None, None)
    assert safety_contact(decided("SP-R01", "2027-02-01", "palliative"), today="2027-02-01") == nothing
    assert safety_contact(done("SP-C01", "2026-11-30"), today="2027-02-01") == nothing
    operated = [done("SP-C01", "2026-11-30"), done("SP-P03", "2027-04-05"), withdrawn("treatment", "2027-04-20")]
    assert safety_contact(*operated, today="2027-04-20") == nothing
    # whoever leaves the study is not called
    gone = [done("SP-C01", "2026-11-30"), withdrawn("treatment", "2026-12-05"), withdrawn("all", "2026-12-07")]
    assert statuses(calendar(*gone, today="2026-12-07"), "SP-N02") == ["cancelled"]


def test_withdrawal_from_treatment_after_the_operation_keeps_follow_up() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-P03", "2027-04-05"), withdrawn("treatment", "2027-04-20")]
    story = calendar(*facts, today="2027-04-20")
    assert statuses(story, "SP-A01", "SP-A03", "SP-F24") == ["cancelled", "cancelled", "planned"]
    assert "SP-N01#6" not in story.by_key


def test_withdrawal_from_the_study_cancels_visits_whose_window_had_not_closed() -> None:
    # SP-S01 closed on 11-23 and stays to be resolved; SP-S08 closes on 11-30, the day of the withdrawal
    story = calendar(done("SP-C01", "2026-11-30"), withdrawn("all", "2026-11-30"), today="2026-12-05")
    assert statuses(story, "SP-S01", "SP-S08", "SP-C02#2", "SP-F24") == ["overdue"] + ["cancelled"] * 3
    # the pump of a dose that was given has to come off
    assert statuses(story, "SP-C03#1.3") == ["overdue"]


def test_only_death_cancels_the_disconnection_of_a_running_pump() -> None:
    story = calendar(done("SP-C01", "2026-11-30"), died("2026-11-30"), today="2026-12-05")
    assert statuses(story, "SP-C03#1.3", "SP-F24") == ["cancelled", "cancelled"]
    assert statuses(story, "SP-S01", "SP-C01") == ["overdue", "performed"]


def test_being_found_again_takes_being_lost_back() -> None:
    given = done("SP-C01", "2026-11-30")
    away = calendar(given, lost("2026-12-01"), today="2026-12-05")
    assert statuses(away, "SP-C02#2", "SP-F24") == ["cancelled", "cancelled"]
    back = calendar(given, lost("2026-12-01"), found_again("2026-12-04"), today="2026-12-05")
    assert back == calendar(given, today="2026-12-05")
