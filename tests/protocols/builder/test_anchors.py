from pathlib import Path

from app.domain.dates import Period
from app.domain.protocol import version as p
from app.domain.protocol.anchors import (
    AfterOutcome,
    Bound,
    CycleEnd,
    CycleStart,
    DecidingVisit,
    Dose,
    EachDay,
    ElseWhen,
    Enrolment,
    FirstDated,
    LastDose,
    LastPerformedDose,
    MilestoneDay,
    RegimenChange,
    TreatmentEnd,
    VisitDay,
)
from tests.protocols.tiny import places, refused, timing, visit, write

WINDOW = "window: {before: P1D, after: P1D}"


def test_anchors(invented: p.ProtocolVersion) -> None:
    assert timing(invented, "BASE").anchor == Enrolment()
    assert timing(invented, "SCAN").anchor == VisitDay("T1")
    assert timing(invented, "CURVE").anchor == FirstDated(("OP2", "OP1"))
    assert timing(invented, "OP1").anchor == LastDose(("before",))
    assert timing(invented, "MONTHLY").anchor == LastDose(
        ("before", "more"),
        ("before",),
        (ElseWhen("no_operation", ("before", "more")), ElseWhen("second_line", ("before",), "more")),
    )
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


def test_outcomes_and_deciding_visits(tmp_path: Path) -> None:
    top = (
        "decisions: {V1: {forecast: y, outcomes: {y: {label: Y}}}}\n"
        "anchors: {a: {after_outcome: {at: [V1], outcome: z}}, b: {after_outcome: {at: [IN, V1], outcome: y}}}\n"
    )
    assert places(refused(write(tmp_path, top=top))) == [(21, 50, "unknown-outcome"), (21, 80, "no-decision")]


def test_counting_from_a_visit_that_repeats(tmp_path: Path) -> None:
    more = "    repeat: {at: [P7D, P14D]}\n" + visit("V2", f"from: V1, {WINDOW}")
    assert places(refused(write(tmp_path, visits=more))) == [(24, 20, "repeated-anchor")]
