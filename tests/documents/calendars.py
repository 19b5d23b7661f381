"""Small calendars made by hand, and what can be read from a printed page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from app.documents.drawings import Mark, Rule, TextLine
from app.documents.page_layout import FOOTER_HEIGHT, WIDTH, Document
from app.documents.page_layout import _footer as footer
from app.documents.paper import paper_size
from app.documents.text import text_width
from app.domain.calendar.entries import Calendar, Entry, Status
from app.domain.protocol.anchors import Enrolment
from app.domain.protocol.decisions import Choice
from app.domain.protocol.regimens import DayKind, Regimen, RegimenDay, StartCondition
from app.domain.protocol.timing import Series, Timing
from app.domain.protocol.version import Activity, Epoch, ProtocolVersion, Visit

TODAY = date(2027, 2, 8)

CONDITION = StartCondition("neutrophils ≥ 1.5 and platelets ≥ 100 × 10⁹/L", "verified", True, ("R14",))
PUMP = Regimen(
    "MFFX",
    "mFOLFIRINOX",
    14,
    (
        RegimenDay(
            1,
            DayKind.INFUSION,
            "oxaliplatin 85 + leucovorin 400 + irinotecan 150; start 5-FU 2400 mg/m² over 46 h",
            gap=12,
            after=3,
            pump_hours=46,
            condition=CONDITION,
        ),
        RegimenDay(3, DayKind.PUMP_DISCONNECT, "disconnect 46 h after pump start"),
    ),
)
TABLETS = Regimen(
    "GEMCAP",
    "gemcitabine + capecitabine",
    28,
    (
        RegimenDay(1, DayKind.INFUSION, "gemcitabine 1000 mg/m²; capecitabine 830 mg/m² once in the evening", gap=12),
        RegimenDay(2, DayKind.ORAL_START, "capecitabine 830 mg/m² twice daily, days 2 to 21"),
        RegimenDay(8, DayKind.INFUSION, "gemcitabine 1000 mg/m²", gap=6),
        RegimenDay(22, DayKind.ORAL_STOP, "last capecitabine dose, in the morning"),
    ),
)
ABOUT: dict[str, object] = {
    "registries": [{"name": "ClinicalTrials.gov", "id": "NCT00000000"}],
    "sources": {"R14": "Northern Cancer Network, protocol sheet 2019"},
    "questionnaires": [
        {"id": "eq5d", "name": "EQ-5D", "version": "5L", "visits": ["DOSE", "SURGERY"], "when": {}},
        {"id": "c30", "name": "QLQ-C30", "version": "", "visits": ["DOSE"], "when": {"eortc": True}},
    ],
    "specimens": [{"id": "tissue", "name": "Tumour tissue", "visit": "SURGERY", "amount_mg": 180}],
}


def activities(*texts: str) -> tuple[Activity, ...]:
    return tuple(Activity(text) for text in texts)


DOSE = Visit(
    "DOSE",
    "Cycle {cycle} day {day}",
    "chemo",
    Timing("dose", Enrolment()),
    plain="Treatment at the day unit",
    names={"pump_disconnect": "Pump disconnection, cycle {cycle}"},
    plains={"pump_disconnect": "Pump taken off"},
    activities=(
        Activity("Weight, ECOG"),
        Activity("Adverse events since the last visit (CTCAE)"),
        Activity("Blood count, liver and kidney function", plain="No need to fast"),
        Activity("Quality of life package", when={"eortc": True}),
        Activity("mFOLFIRINOX infusion, pump start: note the time"),
        Activity("Medication changes"),
    ),
    marks={"event": "verified", "offset": "assumed", "window": "assumed"},
    note="",
)
SURGERY = Visit(
    "SURGERY",
    "Surgery or ablation",
    "surgery",
    Timing("surgery", Enrolment()),
    plain="Operation",
    contact="hospital",
    activities=activities("Operation note", "Operation start and end time", "Tissue to the biobank"),
    note="counted from the last dose",
)
MONTHLY = Visit(
    "MONTHLY",
    "Monthly follow-up",
    "follow_up",
    Timing("monthly", Enrolment()),
    plain="Monthly contact",
    contact="phone",
    repeat=Series(number="months"),
    activities=activities("Survival status", "Further treatment"),
)


def protocol(**changes: Any) -> ProtocolVersion:
    visits = {visit.id: visit for visit in (DOSE, SURGERY, MONTHLY)}
    made = ProtocolVersion(
        "example",
        "2026-11-01",
        "An example trial of treatment before and after surgery",
        "Example trial",
        (
            Epoch("chemo", "Preoperative chemotherapy", "Treatment"),
            Epoch("surgery", "Surgery"),
            Epoch("follow_up", "Follow-up"),
        ),
        visits,
        (),
        {},
        {},
        {"eortc": Choice("eortc", "EORTC questionnaires used?", False)},
        {regimen.id: regimen for regimen in (PUMP, TABLETS)},
        "DOSE",
        about=ABOUT,
    )
    return replace(made, **changes)


def entry(key: str = "DOSE#6", visit: Visit = DOSE, on: date | None = TODAY, **changes: Any) -> Entry:
    """A planned entry that stands on its target, with a window of three days after it."""
    made = Entry(
        key=key,
        visit=visit,
        cycle=0,
        day=0,
        number=0,
        day_kind="",
        regimen="",
        target=on,
        earliest=on,
        latest=on and on + timedelta(3),
        preferred=None,
        proposed=on,
        booked=None,
        booked_at="",
        moved=None,
        performed=None,
        performed_at="",
        assumed=on,
        basis="recorded",
        status=Status.PLANNED,
        judged=None,
        window_result=None,
        outdated=False,
        due_at=None,
        decided="",
        reasons=(),
        problems=(),
    )
    return replace(made, **changes)


def dose(number: int, on: date, regimen: Regimen = PUMP, **changes: Any) -> Entry:
    """Day 1 of a cycle."""
    known = {"cycle": number, "number": number, "day": 1, "day_kind": "infusion", "regimen": regimen.id}
    known["pump_hours"] = regimen.first.pump_hours or 0
    return entry(f"DOSE#{number}", DOSE, on, **{**known, **changes})


def calendar(*entries: Entry, today: date = TODAY, participant: str = "LI-001") -> Calendar:
    ordered = tuple(sorted(entries, key=lambda one: one.order))
    return Calendar("example", "2026-11-01", participant, today, ordered, ())


def usual() -> Calendar:
    """A booked dose today, its pump, the next dose, surgery and a month of follow-up."""
    pump_day = TODAY + timedelta(2)
    return calendar(
        dose(6, TODAY, booked=TODAY, booked_at="09:30", status=Status.DUE),
        entry(
            "DOSE#6.3",
            DOSE,
            pump_day,
            latest=pump_day,
            cycle=6,
            day=3,
            day_kind="pump_disconnect",
            regimen="MFFX",
            pump_hours=46,
        ),
        dose(7, TODAY + timedelta(14), basis="forecast"),
        entry(
            "SURGERY",
            SURGERY,
            date(2027, 4, 5),
            earliest=date(2027, 3, 29),
            latest=date(2027, 5, 3),
            assumed=date(2027, 4, 6),
            proposed=date(2027, 4, 6),
            basis="forecast",
        ),
        entry("MONTHLY#1", MONTHLY, date(2027, 5, 6), number=1, basis="forecast"),
        entry("MONTHLY#2", MONTHLY, None, number=2, basis="forecast", status=Status.AWAITING),
    )


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def words_of(pdf: bytes) -> str:
    """All text, with every run of white space as one space."""
    return " ".join(" ".join(pages_of(pdf)).split())


def joined(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())


def assert_inside(document: Document) -> None:
    """No page is too full, and nothing on it leaves the column or its own block."""
    frame, width, most = document.frame, document.frame.width, paper_size()[1]
    for page in document.pages:
        blocks = (document.header, *page)
        assert sum(block.height for block in blocks) <= most - frame.top - frame.bottom - FOOTER_HEIGHT + 0.01
        for block in blocks:
            for drawn in block.drawn:
                match drawn:
                    case TextLine():
                        assert -0.01 <= drawn.x <= drawn.x + text_width(drawn.text, drawn.style) <= width + 0.01, drawn
                        assert 0 < drawn.y <= block.height + 0.01, drawn
                    case Rule():
                        assert 0 <= min(drawn.x1, drawn.x2) <= max(drawn.x1, drawn.x2) <= width + 0.01, drawn
                    case Mark():
                        assert -1 <= drawn.x - drawn.size / 2 <= drawn.x + drawn.size / 2 <= width, drawn


def assert_apart(document: Document) -> None:
    """No text stands on another one, not in the footers either, however many pages there are."""
    footers = [footer(document, of) for of in ("Page 1 of 1", "Page 10 of 20", "Page 888 of 888")]
    for block in (document.header, *(block for page in document.pages for block in page), *footers):
        words = sorted((one for one in block.drawn if isinstance(one, TextLine) and one.text), key=lambda one: one.x)
        for i, one in enumerate(words):
            end = one.x + text_width(one.text, one.style)
            assert end <= WIDTH + 0.01, one
            assert one.y <= block.height, one
            for other in words[i + 1 :]:
                level = abs(one.y - other.y) < min(one.style.size, other.style.size)
                assert not level or end + 1 <= other.x, (one, other)
