from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from app.domain.dates import Period, Roll
from app.domain.protocol import version as p
from app.domain.protocol.anchors import (
    AfterOutcome,
    Bound,
    CycleEnd,
    CycleStart,
    DecidingVisit,
    Dose,
    EachDay,
    Enrolment,
    FirstDated,
    LastDose,
    LastPerformedDose,
    MilestoneDay,
    RegimenChange,
    TreatmentEnd,
    VisitDay,
)
from app.domain.protocol.decisions import CourseChange, EarlyEnd, Effect, RegimenChangeRule, Selection, Withdrawal
from app.domain.protocol.regimens import CycleRange, DayKind, WhenHeld
from app.domain.protocol.timing import EachOf, EachOutcome, EveryCycle, OnDemand, Series, Stretch, Timing
from app.protocols.build.version import build
from app.protocols.findings import Faulty
from app.protocols.loader import load
from tests.protocols.tiny import CHEMO_VISITS, Edit, chemo, places, read, refused, visit, write

HERE = Path(__file__).parent
WINDOW = "window: {before: P1D, after: P1D}"


@pytest.fixture(scope="module")
def invented() -> p.ProtocolVersion:
    return load(HERE / "invented.yaml").protocol


def timing(version: p.ProtocolVersion, name: str) -> Timing:
    found = version.visits[name].timing
    assert found is not None
    return found


def test_anchors(invented: p.ProtocolVersion) -> None:
    assert timing(invented, "BASE").anchor == Enrolment()
    assert timing(invented, "SCAN").anchor == VisitDay("T1")
    assert timing(invented, "CURVE").anchor == FirstDated(("OP2", "OP1"))
    assert timing(invented, "OP1").anchor == LastDose(("before",))
    assert timing(invented, "MONTHLY").anchor == LastDose(("before", "more"), ("before",))
    assert timing(invented, "HEART").anchor == CycleStart("before")
    assert timing(invented, "MIDWAY").anchor == CycleEnd("before")
    assert timing(invented, "MIDWAY").cycle == 3
    assert timing(invented, "BOARD").anchor == DecidingVisit(("SCAN", "RESCAN"), "operate", "SCAN", ("wait", "change"))
    assert timing(invented, "RESCAN").anchor == AfterOutcome(("SCAN", "RESCAN"), "wait")
    assert timing(invented, "LIFE").anchor == MilestoneDay("no_operation")
    assert timing(invented, "M1").anchor == RegimenChange()
    assert timing(invented, "T4").anchor == Dose()
    assert timing(invented, "END").anchor == TreatmentEnd(("before", "more", "later"))
    assert timing(invented, "WELL").anchor == EachDay("ILL")
    assert invented.visits["MIDWAY"].early_end[0].after == Bound(
        "last_given", LastPerformedDose(("before", "more")), Period(days=14)
    )


def test_timings(invented: p.ProtocolVersion) -> None:
    first = timing(invented, "T1")
    assert (first.name, first.offset, first.before, first.after) == (
        "enrolment",
        Period(0, 7),
        Period(0, 3),
        Period(0, 10),
    )
    assert (first.preferred_before, first.preferred_after, first.roll) == (Period(), Period(0, 4), Roll.FORWARD)
    within = timing(invented, "T3")
    assert (within.offset, within.before, within.after, within.roll) == (None, None, None, Roll.NEAREST)
    following = timing(invented, "T2")
    assert (following.offset, following.before, following.after) == (Period(), Period(), Period(0, 3))
    board = timing(invented, "BOARD")
    assert (board.offset, board.before, board.after) == (Period(0, 7), None, None)
    assert timing(invented, "OP2").waits
    assert timing(invented, "OP1").not_before[0].offset == Period(0, 10)


def test_any_day(invented: p.ProtocolVersion) -> None:
    base = timing(invented, "BASE")
    assert base.offset is None
    assert base.first == Bound("enrolment", Enrolment(), Period(0, -28))
    call = timing(invented, "CALL")
    assert call.last == Bound("T1", VisitDay("T1"), Period(0, -1))
    assert timing(invented, "LOOK").not_before == (Bound("enrolment", Enrolment(), Period(0, 1)),)


def test_repeats(invented: p.ProtocolVersion) -> None:
    visits = invented.visits
    assert visits["HEART"].repeat == EveryCycle("before", 2, 2)
    assert visits["RESCAN"].repeat == EachOutcome()
    assert visits["WARD"].repeat == Series(at=(Period(0, 1), Period(0, 3), Period(0, 5)), number="days")
    assert visits["FOLLOW"].repeat == Series(
        stretches=(Stretch(Period(0, 56), lasting=Period(12)), Stretch(Period(0, 84), count=5))
    )
    assert visits["MONTHLY"].repeat == Series(
        stretches=(Stretch(Period(1)),), number="months", beyond=Period(3), until="died"
    )
    assert visits["CALLS"].repeat == Series(
        stretches=(Stretch(Period(1), 12),), number="months", until="no_operation", start=Period(2)
    )
    assert (visits["ILL"].timing, visits["ILL"].repeat) == (None, OnDemand())
    assert [visits[name].repeat for name in ("WELL", "POST")] == [EachOf("ILL"), EachOf("FOLLOW")]


def test_visits(invented: p.ProtocolVersion) -> None:
    visits = invented.visits
    assert visits["T3"].name == "Cycle {cycle} day {day}"
    assert visits["T3"].names["pump_disconnect"] == "Pump off, cycle {cycle}"
    assert visits["T3"].plain == "Infusion"
    assert visits["BASE"].activities[1] == p.Activity(
        "Questionnaire", "", "A few questions", {"quality": True}, "verified", ("P",)
    )
    assert visits["CURVE"].parts == (p.Part(1, "First day"), p.Part(2), p.Part(4, "Last day"))
    assert visits["OP2"].when == {"cohort": ("early", "late")}
    assert visits["WARD"].repeat_after == "OP2"
    assert visits["CALL"].contact == "phone"
    assert visits["OP1"].on_performed == Effect(end=("before",))
    assert visits["A1"].early_end == (EarlyEnd("later", "no_dose"),)
    assert visits["T3"].waivers == {"pump-weekend": "A nurse takes the pump off at home"}


def test_rows_of_the_schedule_become_activities(invented: p.ProtocolVersion) -> None:
    diary = [(a.text, a.id, dict(a.when), a.mark) for a in invented.visits["T1"].activities[2:]]
    intensive = {"arm": "intensive"}
    assert diary == [
        ("Diary", "DIARY", intensive, "verified"),
        ("Look through it", "", intensive, "verified"),
        ("Score", "", {**intensive, "quality": True}, "assumed"),
    ]


def test_courses_regimens_and_decisions(invented: p.ProtocolVersion) -> None:
    before, later = invented.course("before"), invented.course("later")
    assert (before.cycles.fill, before.extend_by, before.regimen, before.bloods) == (84, 3, "initial", "T4")
    assert later.cycles == p.Cycles(count={14: 8, 21: 6, 28: 5}, less="before", at_least={14: 2, 21: 2, 28: 2})
    assert later.bloods == ""
    rays, upkeep = invented.course("rays"), invented.course("upkeep")
    assert (rays.within, rays.regimen) == ("", "RAYS")
    assert upkeep.cycles == p.Cycles(fill=364, until=Bound("first_dose", VisitDay("T1"), Period(18)))
    assert [(day.kind, day.cycles) for day in invented.regimens["DEPOT"].days] == [
        (DayKind.TREATMENT, None), (DayKind.VISIT, CycleRange(1, 2)), (DayKind.TREATMENT, CycleRange(2, 6, 2)),
    ]  # fmt: skip
    pump = invented.regimens["PUMP"]
    assert [(day.day, day.kind) for day in pump.days] == [
        (1, DayKind.INFUSION), (2, DayKind.ORAL_START), (3, DayKind.PUMP_DISCONNECT),
    ]  # fmt: skip
    assert (pump.first.gap, pump.first.after, pump.first.pump_hours) == (12, 3, 46)
    assert invented.regimens["WEEKLY"].days[1].when_held is WhenHeld.OMIT
    condition = invented.regimens["TABLETS"].first.condition
    assert condition is not None
    assert condition.complete
    decision = invented.decisions["RESCAN"]
    assert decision.outcomes["operate"].course_changes == (CourseChange("later", {14: 6, 21: 4, 28: 3}, "changed"),)
    assert invented.decisions["HEART"].from_number == 4
    assert decision.labels == {"operate": "Operation", "wait": "Wait"}
    assert invented.milestones["no_operation"].cancel == Selection(("surgery", "after"), ("SCAN",), ("LIFE",))
    assert invented.withdrawal == Withdrawal("OP1", Effect(milestone="no_operation"), ("later",))
    assert invented.regimen_change == RegimenChangeRule(True, "second_line", 1)
    assert (invented.return_to_weekday, invented.return_at_most_days) == (True, 2)
    assert invented.recorded_only == {"cohort": "past"}


def test_about_keeps_the_rest(invented: p.ProtocolVersion) -> None:
    about = invented.about
    for name in ("criteria", "endpoints", "sources", "registries", "specimens", "questionnaires", "cohorts",
                 "open_questions", "sponsor", "target_enrolment", "description", "day_one", "activities", "events",
                 "marks"):  # fmt: skip
        assert about[name], name
    assert "visits" not in about
    assert invented.events == {"FALL": "A fall"}


def test_the_invented_protocol_uses_every_field_of_the_domain(invented: p.ProtocolVersion) -> None:
    """Each field of each part differs from its default somewhere."""
    effects = [*invented.milestones.values(), *(e for d in invented.decisions.values() for e in d.outcomes.values())]
    timings = [visit.timing for visit in invented.visits.values() if visit.timing is not None]
    series = [visit.repeat for visit in invented.visits.values() if isinstance(visit.repeat, Series)]
    days = [day for regimen in invented.regimens.values() for day in regimen.days]
    cycles = [course.cycles for course in invented.courses]
    everything: list[Sequence[Any]] = [list(invented.visits.values()), effects, timings, series, cycles, days]
    not_in_files = {"fixed", "window_set"}
    for parts in everything:
        for field in fields(parts[0]):
            said = {repr(getattr(part, field.name)) for part in parts}
            assert len(said) > 1 or field.name in not_in_files, field.name


def test_the_same_document_builds_the_same_version() -> None:
    loaded = load(HERE / "invented.yaml")
    assert build(loaded.document, loaded.regimens) == loaded.protocol


@pytest.mark.parametrize(
    ("edit", "line", "column", "kind"),
    [
        (("from: enrolment, offset", "from: enrolmnt, offset"), 18, 20, "unknown-anchor"),
        (("from: enrolment, offset", "from: next_cycle, offset"), 18, 20, "not-a-course-row"),
        (("enrolment_visit: IN", "enrolment_visit: OUT"), 8, 18, "unknown-visit"),
        (("Check\n    epoch: only", "Check\n    epoch: olny"), 17, 12, "unknown-epoch"),
        (("  - {id: only, name: Only}", "  - {id: only, name: O}\n  - {id: only, name: P}"), 8, 10, "repeated-id"),
    ],
)
def test_references_that_lead_nowhere(tmp_path: Path, edit: Edit, line: int, column: int, kind: str) -> None:
    assert places(refused(write(tmp_path, edit))) == [(line, column, kind)]


@pytest.mark.parametrize(
    ("more", "line", "column", "kind"),
    [
        ("    when: {arm: a}\n", 20, 12, "unknown-choice"),
        ("    again_for: V2\n", 20, 16, "unknown-visit"),
        ("    repeat: {cycles: C}\n", 20, 22, "unknown-course"),
        ("    repeat: {series: [{every: P7D, count: 3}], until: V9}\n", 20, 55, "unknown-visit"),
        ("    repeat: {series: [{every: P7D, count: 3}], until: lft}\n", 20, 55, "unknown-visit"),
        ("    repeat: {at: [P7D], start: P1M}\n", 20, 13, "wrong-value"),
        ("    repeat: {each: true, on_demand: true}\n", 20, 13, "wrong-value"),
        ("    repeat: {on_demand: true}\n", 16, 5, "wrong-value"),
        ("    repeat: {each: true}\n", 20, 20, "unknown-visit"),
        ("anchors: {a: {treatment_end: [C]}}\n", 20, 31, "unknown-course"),
        ("    repeat: {series: [{every: P0D, count: 3}]}\n", 20, 31, "no-step"),
        ("    repeat: {series: [{every: P7D, count: 3, for: P1M}]}\n", 20, 46, "count-and-for"),
        ("    on_performed: {end: [C]}\n", 20, 26, "unknown-course"),
        ("    on_performed: {skip: [V1, V2]}\n", 20, 31, "unknown-visit"),
        ("    on_performed: {turn: left}\n", 20, 26, "unknown-turn"),
        ("    on_performed: {cancel: {epochs: [x]}}\n", 20, 38, "unknown-epoch"),
        ("    early_end: [{course: C, when: stopped, then: cancel}]\n", 20, 26, "unknown-course"),
        ("    days: [{day: 1}, {day: 1}]\n", 20, 28, "order"),
        ("    activities: [{text: T, when: {arm: a}}]\n", 20, 35, "unknown-choice"),
        ("anchors: {a: {visit: V2}}\n", 20, 22, "unknown-visit"),
        ("anchors: {V1: {visit: IN}}\n", 20, 11, "taken-name"),
        ("anchors: {dose: {visit: IN}}\n", 20, 11, "taken-name"),
        ("anchors: {a: {cycle_end: C}}\n", 20, 26, "unknown-course"),
        ("anchors: {a: {last_dose: [C]}}\n", 20, 27, "unknown-course"),
        ("anchors: {a: {turn: left}}\n", 20, 21, "unknown-turn"),
        ("offered: [R]\n", 20, 11, "unknown-regimen"),
        ("decisions: {V1: {forecast: x, outcomes: {y: {label: Y}}}}\n", 20, 28, "unknown-outcome"),
        ("decisions: {V2: {forecast: y, outcomes: {y: {label: Y}}}}\n", 20, 13, "unknown-visit"),
        ("regimen_change: {after_turn: left}\n", 20, 30, "unknown-turn"),
        ("withdrawal: {operation: V9, before: {}, stop: []}\n", 20, 25, "unknown-visit"),
        ("choices: {c: {question: Q, default: x, values: [y]}}\n", 20, 37, "unknown-answer"),
        ("choices: {c: {question: Q, default: x}}\n", 20, 37, "unknown-answer"),
        ("choices: {c: {question: Q, default: true, values: [y]}}\n", 20, 37, "unknown-answer"),
        ("recorded_only: {c: true}\n", 20, 17, "unknown-choice"),
        ("specimens: [{id: S, name: S, visit: V9}]\n", 20, 37, "unknown-visit"),
        ("questionnaires: [{id: S, name: S, visits: [V9]}]\n", 20, 44, "unknown-visit"),
    ],
)
def test_further_references(tmp_path: Path, more: str, line: int, column: int, kind: str) -> None:
    assert places(refused(write(tmp_path, visits=more))) == [(line, column, kind)]


def test_outcomes_and_deciding_visits(tmp_path: Path) -> None:
    top = (
        "decisions: {V1: {forecast: y, outcomes: {y: {label: Y}}}}\n"
        "anchors: {a: {after_outcome: {at: [V1], outcome: z}}, b: {after_outcome: {at: [IN, V1], outcome: y}}}\n"
    )
    assert places(refused(write(tmp_path, top=top))) == [(21, 50, "unknown-outcome"), (21, 80, "no-decision")]


def test_answers_that_a_choice_has_not(tmp_path: Path) -> None:
    more = "    when: {arm: [a, c]}\nchoices: {arm: {question: Q, default: a, values: [a, b]}}\n"
    (finding,) = refused(write(tmp_path, visits=more))
    assert (finding.line, finding.column, finding.kind) == (20, 17, "unknown-answer")
    assert "`c` is no answer to `arm`" in finding.message


def test_counting_from_a_visit_that_repeats(tmp_path: Path) -> None:
    more = "    repeat: {at: [P7D, P14D]}\n" + visit("V2", f"from: V1, {WINDOW}")
    assert places(refused(write(tmp_path, visits=more))) == [(24, 20, "repeated-anchor")]


def test_once_for_each_of_a_visit_that_happens_once(tmp_path: Path) -> None:
    more = visit("V2", f"from: V1, {WINDOW}", "repeat: {each: true}")
    assert places(refused(write(tmp_path, visits=more))) == [(25, 20, "not-repeated")]


def test_chemo_loads(tmp_path: Path) -> None:
    assert load(chemo(tmp_path)).protocol.course("C").cycles.count == {14: 4}


@pytest.mark.parametrize(
    ("edit", "line", "column", "kind"),
    [
        (("{count: {P14D: 4}}", "{count: {P28D: 4}}"), 49, 14, "no-count"),
        (("{count: {P14D: 4}}", "{count: {P14D: 4, P1M: 2}}"), 49, 31, "months"),
        (("{count: {P14D: 4}}", "{fill: P2M}"), 49, 20, "months"),
        (("next: D2", "next: D1"), 0, 0, "shared-row"),
        (("first: D1", "first: D9"), 46, 12, "unknown-visit"),
        (("from: next_cycle", "from: enrolment"), 28, 20, "course-row"),
        (("from: next_cycle", "from: dose"), 28, 20, "not-a-course-row"),
        (("{day: 1, kind", "{day: 2, kind"), 40, 15, "day-one"),
        (("{day: 8, kind: infusion", "{day: 1, kind: infusion"), 41, 15, "repeated-day"),
        (("{day: 8, kind: infusion", "{day: 15, kind: infusion"), 41, 15, "beyond-cycle"),
        (("{day: 1, kind: infusion", "{day: 1, kind: pump_disconnect"), 40, 0, "no-infusion-before"),
        (("offered: [R]\n", ""), 0, 0, "none-offered"),
        (("name: Course", "name: Course\n    regimen: S"), 46, 14, "unknown-regimen"),
        (("name: Within", "name: {infuson: W}"), 31, 12, "unknown-day-kind"),
        (("    within: D3\n", ""), 44, 3, "no-within"),
        (("{count: {P14D: 4}}", "{fill: P56D, until: {from: V9}}"), 49, 40, "unknown-anchor"),
        (("kind: infusion, what: X, window: {before: 0, after: 3}}", "kind: visit, what: X}"), 40, 15, "day-one"),
        (("{day: 1, kind", "{day: 1, cycles: {first: 2}, kind"), 40, 18, "day-one"),
    ],
)
def test_courses_that_do_not_fit(tmp_path: Path, edit: Edit, line: int, column: int, kind: str) -> None:
    found = places(refused(chemo(tmp_path, edit)))
    assert kind in [each[2] for each in found]
    if line and column:
        assert (line, column, kind) in found


def test_a_course_with_a_regimen_of_its_own_needs_none_offered(tmp_path: Path) -> None:
    path = chemo(tmp_path, ("offered: [R]", "offered: []"), ("name: Course", "name: Course\n    regimen: R"))
    assert load(path).protocol.offered == ()


def test_days_out_of_order(tmp_path: Path) -> None:
    edit = ("offered: [R]", "      - {day: 7, kind: oral_stop, what: X}\noffered: [R]")
    assert places(refused(chemo(tmp_path, edit))) == [(42, 15, "order")]


def test_a_visit_in_two_courses(tmp_path: Path) -> None:
    more = "  E:\n    name: Other\n    first: V1\n    next: D2\n    within: D3\n    cycles: {fill: P28D}\n"
    assert places(refused(chemo(tmp_path, top=more))) == [(53, 11, "shared-row"), (54, 13, "shared-row")]


def test_a_plan_needs_a_number_for_each_cycle_length(tmp_path: Path) -> None:
    more = "decisions: {V1: {forecast: y, outcomes: {y: {label: Y, plan: [{course: C, count: {P21D: 2}}]}}}}\n"
    assert places(refused(chemo(tmp_path, top=more))) == [(50, 75, "no-count")]


def test_faults_can_be_read_without_a_file(tmp_path: Path) -> None:
    document = dict(read(tmp_path).document)
    document["enrolment_visit"] = "OUT"
    with pytest.raises(Faulty) as caught:
        build(document, {})
    assert caught.value.faults[0].path == ("enrolment_visit",)
    assert CHEMO_VISITS.count("\n") == 15
