"""Facts that are accepted or refused, one kind of refusal after another."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.domain.calendar.entries import Status
from app.domain.facts import planner_facts as f
from app.domain.planning.edit_checks import accept, check_participant, replay
from app.domain.planning.fact_index import FactIndex
from app.domain.protocol.decisions import RegimenChangeRule
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from tests.domain.stories import (
    WHY,
    Life,
    booked,
    calendar,
    changed,
    chosen,
    d,
    decided,
    died,
    done,
    found_again,
    life,
    lost,
    missed,
    moved,
    omitted,
    span,
    stopped,
    withdrawn,
)

TODAY = "2027-04-05"


def refusal(*facts: f.Fact) -> Refused:
    """How these facts are refused."""
    with pytest.raises(Refused) as caught:
        life(today=TODAY).told(facts)
    return caught.value


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ([done("SP-C01", "2027-04-06")], "future"),
        ([missed("SP-C01", "2027-04-06")], "future"),
        ([omitted("SP-C01", "2027-04-06")], "future"),
        ([decided("SP-R01", "2027-04-06", "response")], "future"),
        ([chosen("staged", True, "2027-04-06")], "future"),
        ([changed("2027-04-06", "AG")], "future"),
        ([stopped("preop_chemo", "2027-04-06")], "future"),
        ([withdrawn("all", "2027-04-06")], "future"),
        ([lost("2027-04-06")], "future"),
        ([died("2027-04-06")], "future"),
        ([f.Withdrawn("all", d(TODAY), WHY, d("2027-04-06"))], "future"),
        # keys
        ([done("SP-X01", TODAY)], "unknown_visit"),
        ([done("", TODAY)], "unknown_visit"),
        ([done("U#0", TODAY)], "unknown_visit"),
        ([omitted("U#1", TODAY)], "unknown_visit"),
        ([done("SP-C02", TODAY)], "off_path"),
        ([done("SP-C02#9", TODAY)], "off_path"),
        ([done("SP-C02#02", TODAY)], "off_path"),
        ([done("SP-C01#1", TODAY)], "off_path"),
        ([booked("SP-R03#1", TODAY)], "off_path"),
        ([moved("SP-P04", TODAY)], "off_path"),
        ([booked("SP-O01@2", TODAY)], "off_path"),
        ([booked("SP-C04#1.1/2", TODAY)], "off_path"),
        ([decided("SP-R03#1", TODAY, "response")], "off_path"),
        ([done("U#2", TODAY)], "unscheduled_number"),
        ([done("U#1", TODAY), booked("U#3", TODAY)], "unscheduled_number"),
        # results
        ([done("SP-S06", TODAY)], "enrolment_is_recorded"),
        ([missed("SP-S06", TODAY)], "enrolment_is_recorded"),
        ([omitted("SP-C03#1.3", TODAY)], "only_infusions"),
        ([omitted("SP-C04#1.1", TODAY)], "only_infusions"),
        ([omitted("SP-R01", TODAY)], "only_infusions"),
        ([f.Performed("SP-S02", d("2026-11-23"), pump_at="10:15")], "no_pump"),
        ([f.Performed("SP-C03#1.3", d("2026-12-02"), pump_at="10:15")], "no_pump"),
        ([done("SP-C01", "2026-11-30"), done("SP-C01", "2026-12-01")], "two_results"),
        ([done("SP-C01", "2026-11-30"), missed("SP-C01", "2026-11-30")], "two_results"),
        ([done("SP-C01", "2026-11-30"), omitted("SP-C01", "2026-11-30")], "two_results"),
        ([missed("SP-C01", "2026-11-30"), missed("SP-C01", "2026-12-01")], "two_results"),
        ([missed("SP-C01", "2026-11-30"), omitted("SP-C01", "2026-12-01")], "two_results"),
        ([omitted("SP-C01", "2026-11-30"), done("SP-C01", "2026-12-01")], "two_results"),
        ([missed("SP-P03", "2027-04-05"), missed("SP-P03", "2027-04-05")], "two_results"),
        # decisions
        ([decided("SP-P03", TODAY, "response")], "no_decision"),
        ([decided("SP-C01", TODAY, "response")], "no_decision"),
        ([decided("SP-R01", TODAY, "surgery")], "outcome"),
        ([decided("SP-R02", TODAY, "continue")], "outcome"),
        ([decided("SP-R04", TODAY, "response")], "outcome"),
        ([decided("SP-R01", TODAY, "response"), decided("SP-R01", TODAY, "palliative")], "decided_twice"),
        # choices, regimens, phases
        ([chosen("pet_ct", True, TODAY)], "choice"),
        ([chosen("staged", "yes", TODAY)], "choice_value"),
        ([changed(TODAY, "S1")], "regimen"),
        ([stopped("adjuvant", TODAY)], "phase"),
        ([stopped("preop_chemo", TODAY), stopped("preop_chemo", TODAY)], "stopped_twice"),
        # leaving
        ([withdrawn("all", TODAY), withdrawn("all", TODAY)], "withdrawn_twice"),
        ([withdrawn("treatment", TODAY), withdrawn("treatment", TODAY)], "withdrawn_twice"),
        ([withdrawn("all", TODAY), withdrawn("treatment", TODAY)], "withdrawn_twice"),
        ([lost(TODAY), lost(TODAY)], "lost_twice"),
        ([found_again(TODAY)], "not_lost"),
        ([lost(TODAY), found_again(TODAY), found_again(TODAY)], "not_lost"),
        ([died("2027-04-01"), done("SP-C01", "2027-04-02")], "after_death"),
        ([done("SP-C01", "2027-04-02"), died("2027-04-01")], "end_before_visit"),
        ([died("2027-04-01"), died("2027-04-01")], "died_twice"),
    ],
)
def test_an_impossible_fact_is_refused(facts: list[f.Fact], kind: str) -> None:
    refused = refusal(*facts)
    assert (refused.kind, refused.place) == (kind, str(len(facts))), "the last fact is named by its number"


def test_a_protocol_may_keep_its_regimen() -> None:
    start = life(today=TODAY)
    fixed = replace(start, protocol=replace(start.protocol, regimen_change=RegimenChangeRule(False)))
    with pytest.raises(Refused) as caught:
        fixed.told([changed(TODAY, "AG")])
    assert caught.value.kind == "regimen_fixed"


def test_a_refusal_names_its_fact_and_the_earlier_result() -> None:
    refused = refusal(done("SP-C01", "2026-11-30"), booked("SP-R01", "2027-02-01"), done("SP-C01", "2026-12-01"))
    assert (refused.kind, refused.place) == ("two_results", "3")
    assert dict(refused.values) == {"visit": "SP-C01", "first": "performed", "on": d("2026-11-30")}


def person(start: Life, **different: object) -> f.Participant:
    """The participant, with something else about them."""
    return replace(start.person, **different)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("different", "kind", "place"),
    [
        ({"enrolled_on": d("2027-04-06")}, "future", "enrolled_on"),
        ({"regimen": "S1"}, "regimen", "regimen"),
        ({"regimen": ""}, "regimen", "regimen"),
        ({"choices": {"pet_ct": True}}, "choice", "choices"),
        ({"choices": {"staged": "true"}}, "choice_value", "choices"),
    ],
)
def test_a_participant_whom_the_protocol_cannot_plan_is_refused(
    different: dict[str, object], kind: str, place: str
) -> None:
    start = life(today=TODAY)
    with pytest.raises(Refused) as caught:
        check_participant(start.protocol, person(start, **different), start.today)
    assert (caught.value.kind, caught.value.place) == (kind, place)
    with pytest.raises(Refused):
        replay(start.protocol, start.site, person(start, **different), [], start.today)


# Accepted facts


def test_a_booking_may_lie_ahead_and_so_may_a_day_set_by_a_person() -> None:
    found = calendar(booked("SP-C02#2", "2026-12-15"), moved("SP-C02#3", "2027-01-05"), today="2026-11-23").by_key
    assert (found["SP-C02#2"].booked, found["SP-C02#3"].moved) == (d("2026-12-15"), d("2027-01-05"))


def test_a_later_booking_or_move_replaces_the_earlier() -> None:
    facts = [booked("SP-C02#2", "2026-12-15", "09:30"), booked("SP-C02#2", "2026-12-16", "10:00")]
    entry = calendar(*facts, today="2026-11-23").by_key["SP-C02#2"]
    assert (entry.assumed, entry.booked_at) == (d("2026-12-16"), "10:00")
    entry = calendar(*facts, moved("SP-C02#2", "2026-12-17"), today="2026-11-23").by_key["SP-C02#2"]
    assert (entry.assumed, entry.booked, entry.moved) == (d("2026-12-17"), d("2026-12-16"), d("2026-12-17"))
    back = calendar(*facts, moved("SP-C02#2", "2026-12-17"), booked("SP-C02#2", "2026-12-14"), today="2026-11-23")
    assert back.by_key["SP-C02#2"].assumed == d("2026-12-14"), "the later recorded counts, not the later day"


def test_a_missed_operation_may_be_missed_again_once_it_had_a_new_day() -> None:
    facts = [booked("SP-P03", "2027-03-30"), missed("SP-P03", "2027-03-30"), booked("SP-P03", "2027-04-02")]
    story = calendar(*facts, missed("SP-P03", "2027-04-02"), today=TODAY)
    assert story.by_key["SP-P03"].status is Status.AWAITING
    story = calendar(*facts, missed("SP-P03", "2027-04-02"), done("SP-P03", "2027-04-05"), today=TODAY)
    assert story.by_key["SP-P03"].status is Status.PERFORMED


def test_being_lost_and_found_may_happen_more_than_once() -> None:
    story = calendar(lost("2027-01-01"), found_again("2027-02-01"), lost("2027-03-01"), today=TODAY)
    assert story.by_key["SP-F24"].status is Status.CANCELLED


def test_withdrawal_from_the_study_may_follow_withdrawal_from_treatment() -> None:
    story = calendar(withdrawn("treatment", "2027-01-01"), withdrawn("all", "2027-02-01"), today=TODAY)
    assert story.by_key["SP-N01#6"].status is Status.CANCELLED


def test_past_visits_may_be_entered_late_even_after_death() -> None:
    story = calendar(died("2027-04-01"), done("SP-C01", "2026-11-30"), done("SP-S01", "2027-04-01"), today=TODAY)
    assert (story.by_key["SP-C01"].status, story.by_key["SP-S01"].status) == (Status.PERFORMED, Status.PERFORMED)


def test_a_decision_does_not_record_its_visit() -> None:
    entry = calendar(decided("SP-R01", "2027-02-01", "response"), today="2027-02-01").by_key["SP-R01"]
    assert (entry.status, entry.decided, entry.performed) == (Status.DUE, "response", None)


def test_visits_out_of_plan_are_numbered_one_by_one() -> None:
    story = calendar(booked("U#1", "2027-04-06"), done("U#2", TODAY), done("U#1", TODAY), today=TODAY)
    assert [story.by_key[key].status.value for key in ("U#1", "U#2")] == ["performed", "performed"]


def test_a_performed_visit_is_judged_once_only() -> None:
    start = life(today=TODAY)
    first = accept(start.protocol, start.site, start.person, [], done("SP-C01", "2026-11-30"), start.today)
    assert isinstance(first, f.Performed)
    assert first.judged == span("2026-11-23..2026-12-14")
    kept = replace(first, judged=span("2026-01-01..2026-01-02"))
    assert accept(start.protocol, start.site, start.person, [], kept, start.today) == kept


def test_a_waiting_visit_is_judged_by_no_window() -> None:
    facts = [stopped("preop_chemo", "2026-11-23"), done("SP-P03", "2027-01-11")]
    entry = calendar(*facts, today=TODAY).by_key["SP-P03"]
    assert (entry.judged, entry.window_result) == (None, None)


def test_a_refused_fact_leaves_the_earlier_ones_alone() -> None:
    start = life(done("SP-C01", "2026-11-30"), today=TODAY)
    before = start.facts
    with pytest.raises(Refused):
        start.further(done("SP-C01", "2026-11-30"))
    assert start.facts == before


def test_what_unscheduled_visits_are_recorded_of_is_planned_once_however_many_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planned: list[int] = []
    index = FactIndex.__init__

    def counting(
        self: FactIndex, protocol: ProtocolVersion, participant: f.Participant, facts: Sequence[f.Fact]
    ) -> None:
        planned.append(sum(isinstance(one, f.Booked | f.Performed) and one.visit.startswith("U#") for one in facts))
        index(self, protocol, participant, facts)

    monkeypatch.setattr(FactIndex, "__init__", counting)
    several = [booked(f"U#{number}", TODAY) for number in range(1, 31)]
    given = [done(f"U#{number}", TODAY) for number in range(1, 31)]
    story = calendar(*several, *given, today=TODAY)
    assert [story.by_key[f"U#{number}"].status.value for number in range(1, 31)] == ["performed"] * 30
    assert [number for number in planned if number] == [60]


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ([booked("U#1", TODAY), done("U#1", TODAY), done("U#1", TODAY)], "two_results"),
        ([done("U#1", TODAY), missed("U#1", TODAY)], "two_results"),
        ([missed("U#1", TODAY), missed("U#1", TODAY)], "two_results"),
        ([booked("U#1", TODAY), omitted("U#1", TODAY)], "only_infusions"),
        ([done("U#1", TODAY), omitted("U#2", TODAY)], "unknown_visit"),
        ([done("U#1", TODAY), died("2027-04-01")], "end_before_visit"),
        ([died("2027-04-01"), booked("U#1", TODAY)], "after_death"),
        ([lost("2027-04-01"), done("U#1", TODAY)], "after_lost"),
        ([booked("U#1", TODAY), booked("U#2", TODAY), done("U#4", TODAY)], "unscheduled_number"),
        (
            [lost("2027-03-01"), found_again("2027-03-08"), lost("2027-03-15"), found_again("2027-03-10")],
            "found_before_lost",
        ),
        ([lost("2027-03-01"), found_again("2027-03-08"), found_again("2027-03-15")], "not_lost"),
        ([lost("2027-03-01"), found_again("2027-03-08"), lost("2027-03-15"), lost("2027-03-16")], "lost_twice"),
    ],
)
def test_unscheduled_visits_and_losses_are_refused_as_ever(facts: list[f.Fact], kind: str) -> None:
    assert refusal(*facts).kind == kind
