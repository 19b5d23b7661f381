"""ScanPan, written by hand as the domain holds it, as far as planning reads it; and the public holidays of Sweden.

The domain's tests need no protocol file in this way. `tests/protocols/shipped/test_scanpan.py` sees to it that the
shipped file says the same.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from app.domain.dates import HolidayYear, Period, Roll
from app.domain.protocol.anchors import (
    AfterOutcome,
    Anchor,
    Bound,
    Consent,
    CycleStart,
    DecidingVisit,
    Dose,
    Enrolment,
    FirstDated,
    LastDose,
    LastPerformedDose,
    MilestoneDay,
    VisitDay,
)
from app.domain.protocol.decisions import Choice, Decision, EarlyEnd, Effect, Selection, Withdrawal
from app.domain.protocol.delays import DelayRule
from app.domain.protocol.finding_ages import FindingAge
from app.domain.protocol.procedures import Procedure
from app.domain.protocol.regimens import DayKind, Regimen, RegimenDay, WhenHeld
from app.domain.protocol.timing import EachOutcome, Series, Timing
from app.domain.protocol.version import Course, Cycles, Epoch, ProtocolVersion, Visit


def days(number: int) -> Period:
    return Period(days=number)


def months(number: int) -> Period:
    return Period(months=number)


def due(
    name: str, anchor: Anchor, offset: Period, before: int, after: int, roll: Roll = Roll.NEAREST, **more: object
) -> Timing:
    """So long after the anchor, with a window of so many days before and after."""
    return Timing(name, anchor, offset, days(before), days(after), roll=roll, **more)  # type: ignore[arg-type]


def visit(visit_id: str, timing: Timing, **more: object) -> Visit:
    """A visit whose epoch follows from the letter in its id."""
    sort = next((sort for sort, visits in SORTS.items() if visit_id in visits), "visit")
    return Visit(visit_id, visit_id, EPOCHS[visit_id[3]], timing, sort=sort, **more)  # type: ignore[arg-type]


SORTS = {
    "questionnaire": ("SP-S08", "SP-S09", "SP-P02"),
    "bloods": ("SP-S07", "SP-C04", "SP-A05", "SP-O01", "SP-O02", "SP-O03", "SP-O04"),
    "imaging": (
        *("SP-S02", "SP-S03", "SP-S04", "SP-R01", "SP-R02", "SP-R03"),
        *("SP-F03", "SP-F06", "SP-F09", "SP-F12", "SP-F18", "SP-F24"),
    ),
    "conference": ("SP-S01", "SP-R04"),
    "infusion": ("SP-C01", "SP-C02", "SP-C03", "SP-A01", "SP-A02", "SP-A04"),
    "operation": ("SP-P03", "SP-P04"),
}
EPOCHS = {
    "S": "screening",
    "C": "preop_chemo",
    "R": "reassessment",
    "P": "surgery",
    "O": "postop",
    "A": "postop_chemo",
    "F": "follow_up",
    "L": "long_term",
}
ENROLMENT = Enrolment()
OPERATION = VisitDay("SP-P03")
CONFERENCE = VisitDay("SP-R04")
LAST_OPERATION = FirstDated(("SP-P04", "SP-P03"))
RESPONSE = DecidingVisit(("SP-R02", "SP-R03"), "response", "SP-R02")
LAST_PREOP_DOSE = LastDose(("preop_chemo",))
TWO_WEEKS_AFTER_THE_LAST_DOSE = Bound("last_preop_infusion", LastPerformedDose(("preop_chemo",)), days(14))
SECOND: Mapping[str, object] = {"repeat_after": "SP-P04"}
NO_ABLATION: Mapping[str, object] = {"left_out_after": ("ablation_alone",)}

SCREENING = (
    visit("SP-S00", due("consent", Consent(), days(0), 0, 0, Roll.NONE)),
    visit("SP-S01", due("enrolment", ENROLMENT, days(-14), 28, 14), contact="site", routine=True),
    visit("SP-S02", due("enrolment", ENROLMENT, days(-14), 14, 14)),
    visit("SP-S03", due("enrolment", ENROLMENT, days(-14), 14, 14)),
    visit("SP-S04", due("enrolment", ENROLMENT, days(-14), 14, 14)),
    visit("SP-S05", due("enrolment", ENROLMENT, days(-14), 76, 14), routine=True),
    visit("SP-S06", due("consent", Consent(), days(14), 14, 14, Roll.FORWARD)),
    visit("SP-S07", due("enrolment", ENROLMENT, days(-7), 7, 7)),
    visit("SP-S08", due("enrolment", ENROLMENT, days(0), 14, 7)),
    visit("SP-S09", due("enrolment", ENROLMENT, days(0), 14, 7), when={"eortc": (True,)}),
)
PREOP_CHEMO = (
    visit("SP-C01", due("enrolment", ENROLMENT, days(7), 7, 14, Roll.FORWARD)),
    visit("SP-C02", due("next_cycle", CycleStart("preop_chemo"), days(0), 0, 3, Roll.FORWARD)),
    visit("SP-C03", Timing("cycle_day", CycleStart("preop_chemo"))),
    visit("SP-C04", due("dose", Dose(), days(-1), 2, 1, Roll.BACKWARD), renew=True),
)
REASSESSMENT = (
    visit(
        "SP-R01",
        due("SP-C01", VisitDay("SP-C01"), months(2), 0, 14),
        early_end=(EarlyEnd("preop_chemo", "stopped", after=TWO_WEEKS_AFTER_THE_LAST_DOSE),),
    ),
    visit("SP-R02", due("last_preop_dose", LAST_PREOP_DOSE, days(14), 7, 7)),
    visit(
        "SP-R03",
        due("repeat_reassessment", AfterOutcome(("SP-R01", "SP-R03"), "continue"), months(2), 7, 14),
        repeat=EachOutcome(),
    ),
    visit("SP-R04", due("deciding_reassessment", RESPONSE, days(3), 0, 7, Roll.FORWARD), contact="site"),
)
SURGERY = (
    visit(
        "SP-P01",
        due("surgery", OPERATION, days(-7), 7, 6, opens_not_before=(Bound("SP-R04", CONFERENCE, days(0)),)),
        renew=True,
    ),
    visit("SP-P02", due("surgery", OPERATION, days(-7), 21, 7), renew=True),
    visit(
        "SP-P03",
        due(
            "last_preop_dose",
            LAST_PREOP_DOSE,
            days(28),
            7,
            28,
            Roll.FORWARD,
            not_before=(Bound("SP-R04", CONFERENCE, days(7)),),
        ),
        contact="hospital",
        on_performed=Effect(end=("preop_chemo",), cancel=Selection(epochs=("reassessment",))),
    ),
    visit(
        "SP-P04",
        due("surgery", OPERATION, days(0), 0, 180, Roll.FORWARD, waits=True),
        contact="hospital",
        when={"staged": (True,)},
    ),
)
POSTOP = (
    visit("SP-O01", due("surgery", OPERATION, days(1), 0, 0, Roll.NONE), contact="hospital", **SECOND),
    visit("SP-O02", due("surgery", OPERATION, days(3), 0, 1, Roll.NONE), contact="hospital", **SECOND),
    visit("SP-O03", due("surgery", OPERATION, days(5), 0, 1, Roll.NONE), contact="hospital", **SECOND),
    visit("SP-O04", due("surgery", OPERATION, days(7), 1, 1, Roll.NONE), contact="hospital", **SECOND, **NO_ABLATION),
    visit(
        "SP-O05",
        due("surgery", OPERATION, days(0), 0, 1, Roll.NONE),
        contact="hospital",
        repeat=Series(at=(days(14), days(21)), number="days"),
        when={"pancreatic_resection": (True,)},
        **SECOND,
        **NO_ABLATION,
    ),
    visit("SP-O06", due("surgery", OPERATION, days(21), 14, 14), contact="site", **SECOND, **NO_ABLATION),
    visit("SP-O07", due("surgery", OPERATION, days(30), 0, 7, Roll.FORWARD), complication_review=True, **SECOND),
    visit("SP-O08", due("surgery", OPERATION, days(90), 0, 14, Roll.FORWARD), complication_review=True, **SECOND),
)
POSTOP_CHEMO = (
    visit("SP-A01", due("last_surgery", LAST_OPERATION, days(56), 28, 28, Roll.FORWARD)),
    visit("SP-A02", due("next_cycle", CycleStart("postop_chemo"), days(0), 0, 3, Roll.FORWARD)),
    visit("SP-A04", Timing("cycle_day", CycleStart("postop_chemo"))),
    visit("SP-A05", due("dose", Dose(), days(-1), 2, 1, Roll.BACKWARD), renew=True),
    visit(
        "SP-A03",
        due("last_postop_dose", LastDose(("postop_chemo",)), days(28), 7, 14),
        early_end=(EarlyEnd("postop_chemo", "no_dose"),),
    ),
)
FOLLOW_UP = (
    *(visit(f"SP-F{n:02}", due("last_surgery", LAST_OPERATION, months(n), 14, 14)) for n in (3, 6, 9)),
    *(visit(f"SP-F{n:02}", due("last_surgery", LAST_OPERATION, months(n), 30, 30)) for n in (12, 18, 24)),
    visit(
        "SP-L01",
        due("last_surgery", LAST_OPERATION, days(0), 60, 60),
        contact="phone",
        repeat=Series(at=(months(36), months(48), months(60)), number="months"),
        when={"long_term": (True,)},
    ),
    Visit(
        "SP-N01",
        "SP-N01",
        "follow_up",
        due("no_operation", MilestoneDay("no_operation"), days(0), 30, 30),
        contact="phone",
        repeat=Series(at=(months(6), months(12), months(18), months(24)), number="months"),
    ),
    Visit(
        "SP-N02",
        "SP-N02",
        "follow_up",
        due(
            "last_infusion",
            LastPerformedDose(("preop_chemo", "postop_chemo")),
            days(30),
            0,
            7,
            not_before=(Bound("no_operation", MilestoneDay("no_operation"), days(0)),),
        ),
        contact="phone",
        after_milestone="no_operation",
    ),
)
VISITS = (*SCREENING, *PREOP_CHEMO, *REASSESSMENT, *SURGERY, *POSTOP, *POSTOP_CHEMO, *FOLLOW_UP)


def infusion(day: int, gap: int, before: int = 0, after: int = 3, hours: int | None = None) -> RegimenDay:
    held = WhenHeld.OMIT if before else WhenHeld.DELAY
    kind = DayKind.INFUSION
    return RegimenDay(day, kind, "", when_held=held, gap=gap, before=before, after=after, pump_hours=hours)


def other(day: int, kind: DayKind, window: int = 0, gap: int = 0, after: int | None = None) -> RegimenDay:
    return RegimenDay(day, kind, "", before=window, after=window if after is None else after, gap=gap)


WITH_PUMP = (infusion(1, 12, hours=46), other(3, DayKind.PUMP_DISCONNECT))
THREE_DAYS = (infusion(1, 12), infusion(8, 6, 1, 2), infusion(15, 6, 1, 2))
REGIMENS = (
    Regimen("AG", "AG", 28, THREE_DAYS),
    Regimen("FFX", "FFX", 14, WITH_PUMP),
    Regimen("MFFX", "MFFX", 14, WITH_PUMP),
    Regimen("NAL", "NAL", 28, (*WITH_PUMP, infusion(15, 12, hours=46), other(17, DayKind.PUMP_DISCONNECT))),
    Regimen(
        "GEMCAP",
        "GEMCAP",
        28,
        (
            THREE_DAYS[0],
            other(2, DayKind.ORAL_START_BID),
            *THREE_DAYS[1:],
            other(22, DayKind.ORAL_STOP),
        ),
    ),
    Regimen("GEM", "GEM", 28, THREE_DAYS),
    Regimen(
        "S1",
        "S1",
        42,
        (
            RegimenDay(1, DayKind.ORAL_START, "", gap=14, after=7),
            other(15, DayKind.CLINIC_CHECK, 3),
            other(28, DayKind.ORAL_STOP),
        ),
    ),
)

RESPONDED, PALLIATIVE = Effect(), Effect(milestone="no_operation")
DECISIONS = (
    Decision(
        "SP-R01",
        "response",
        {
            "response": RESPONDED,
            "continue": Effect(extend=("preop_chemo",), skip=("SP-R02",)),
            "palliative": PALLIATIVE,
        },
    ),
    Decision("SP-R02", "response", {"response": RESPONDED, "palliative": PALLIATIVE}),
    Decision(
        "SP-R03",
        "response",
        {
            "response": Effect(end=("preop_chemo",)),
            "continue": Effect(extend=("preop_chemo",)),
            "palliative": PALLIATIVE,
        },
    ),
    Decision("SP-R04", "surgery", {"surgery": Effect(), "no_surgery": PALLIATIVE}),
)
NO_OPERATION = Effect(
    discontinue=("preop_chemo", "postop_chemo"),
    cancel=Selection(
        ("reassessment", "surgery", "postop", "postop_chemo", "follow_up", "long_term"), keep=("SP-N01", "SP-N02")
    ),
)
CHOICES = (
    Choice("staged", "", False),
    Choice(
        "pancreatic_resection",
        "",
        True,
        by_timing={"metachronous": False},
        by_procedure={"pancreas": True, "no_pancreas": False},
    ),
    Choice("eortc", "", False),
    Choice("long_term", "", False),
)

ON_THE_PANCREAS = ("pancreatoduodenectomy", "distal_pancreatectomy", "total_pancreatectomy", "other")
PROCEDURES = (
    Procedure("pancreas", "", ON_THE_PANCREAS),
    Procedure("no_pancreas", "", ("none",)),
    Procedure("ablation_alone", "ablation alone", ("none",), ("ablation",)),
)

SCANPAN = ProtocolVersion(
    id="scanpan",
    version="1",
    title="ScanPan",
    short_title="ScanPan",
    epochs=tuple(Epoch(name, name) for name in EPOCHS.values()),
    visits={one.id: one for one in VISITS},
    courses=(
        Course("preop_chemo", "", "SP-C01", "SP-C02", "SP-C03", "SP-C04", "current", Cycles(fill=112)),
        Course("postop_chemo", "", "SP-A01", "SP-A02", "SP-A04", "SP-A05", "current", Cycles(fill=56)),
    ),
    decisions={one.visit: one for one in DECISIONS},
    milestones={"no_operation": NO_OPERATION},
    choices={one.id: one for one in CHOICES},
    regimens={one.id: one for one in REGIMENS},
    enrolment_visit="SP-S06",
    consent_visit="SP-S00",
    ages=(
        FindingAge("ct_at_inclusion", ("SP-S02",), "SP-S06", days(28)),
        FindingAge("mri_at_inclusion", ("SP-S03",), "SP-S06", days(28)),
        FindingAge("pet_at_inclusion", ("SP-S04",), "SP-S06", days(28)),
        FindingAge("ct_at_first_dose", ("SP-S02",), "SP-C01", days(28)),
        FindingAge("imaging_at_surgery", ("SP-R01", "SP-R02", "SP-R03"), "SP-P03", days(42)),
    ),
    offered=("MFFX", "FFX", "AG", "NAL", "GEMCAP", "GEM"),
    withdrawal=Withdrawal("SP-P03", Effect(milestone="no_operation")),
    delays=DelayRule(14, 28),
    procedures={one.id: one for one in PROCEDURES},
)


@cache
def swedish_holidays(year: int) -> HolidayYear:
    """The public holidays of Sweden and the eves on which clinics are closed."""
    sunday = easter(year)
    midsummer = next(date(year, 6, day) for day in range(20, 27) if date(year, 6, day).weekday() == 5)
    saints = next(day for n in range(7) if (day := date(year, 10, 31) + timedelta(n)).weekday() == 5)
    closed = {
        date(year, 1, 1): "New Year's Day",
        date(year, 1, 6): "Epiphany",
        sunday - timedelta(2): "Good Friday",
        sunday: "Easter Sunday",
        sunday + timedelta(1): "Easter Monday",
        date(year, 5, 1): "May Day",
        sunday + timedelta(39): "Ascension Day",
        sunday + timedelta(49): "Pentecost",
        date(year, 6, 6): "National Day",
        midsummer - timedelta(1): "Midsummer Eve",
        midsummer: "Midsummer Day",
        saints: "All Saints' Day",
        date(year, 12, 24): "Christmas Eve",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Second Day of Christmas",
        date(year, 12, 31): "New Year's Eve",
    }
    return HolidayYear("SE", year, closed)
