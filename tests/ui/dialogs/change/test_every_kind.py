"""Every kind of change: opened, filled in and saved, it records what was filled in and tells everybody once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from app.domain.calendar.difference import Change, difference
from app.domain.calendar.entries import Calendar, Entry, Status
from app.domain.facts.kind import Json
from app.domain.facts.kinds import KINDS
from app.ui.dialogs.change.dialog import ChangeDialog
from tests.services.ward import Ward
from tests.ui.dialogs.conftest import MakeRoom
from tests.ui.dialogs.room import FactFields, Row, rows, shown

CONTROLS = (QLineEdit, QComboBox, QAbstractButton, QAbstractItemView, QPlainTextEdit)
NEVER_MOVES = {"deviation_classed", "note", "specimen", "complication", "adverse_event", "progression",
    "safety_report", "consent",
}  # fmt: skip
C01 = ["2026-11-23", "2026-12-14"]
DAY_8 = ["2026-12-06", "2026-12-09"]
S08 = ["2026-11-09", "2026-11-30"]
S02 = ["2026-10-26", "2026-11-23"]
"""Windows worked out by hand: cycle 1 day 1 within 21 days of enrolment, day 8 a day before to two days after, the CT
at screening within the four weeks before enrolment.
"""


@dataclass(frozen=True)
class Case:
    """`fields` are filled in; `records`: the facts that must stand in the file, the kind itself if empty."""

    kind: str
    visit: str
    fields: dict[str, Json]
    records: tuple[FactFields, ...] = ()
    before: Callable[[Ward], object] | None = None

    @property
    def expected(self) -> list[FactFields]:
        own = {**({"visit": self.visit} if self.visit else {}), **self.fields}
        return list(self.records) or [(self.kind, own)]


def case(kind: str, visit: str = "", **fields: Json) -> Case:
    return Case(kind, visit, fields)


def performed(visit: str, on: str, window: list[str]) -> FactFields:
    return "performed", {"visit": visit, "on": on, "judged": list(window)}


def first_dose(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")


CASES = (
    Case("performed", "SP-C01", {"on": "2026-11-30"}, (performed("SP-C01", "2026-11-30", C01),)),
    case("booked", "SP-C02#2", on="2026-12-29", at="09:30", reason="holiday before"),
    case("moved", "SP-C02#2", to="2026-12-29", reason="holiday"),
    Case(
        "missed", "SP-S02", {"on": "2026-11-20", "reason": "scanner down"},
        (("missed", {"visit": "SP-S02", "on": "2026-11-20", "reason": "scanner down", "window": [*S02]}),),
    ),
    Case(
        "omitted", "SP-C03#1.8", {"on": "2026-12-07", "reason": "low counts"},
        (("omitted", {"visit": "SP-C03#1.8", "on": "2026-12-07", "reason": "low counts", "window": [*DAY_8]}),),
    ),
    Case(
        "booking_cancelled", "SP-C02#2", {"reason": "nurse ill"}, (),
        lambda ward: ward.do("booked", visit="SP-C02#2", on="2026-12-29"),
    ),
    case("decided", "SP-R01", outcome="response", on="2026-12-18", reason="seen early"),
    case("chosen", choice="staged", value=True, on="2026-12-18", reason="two operations"),
    case("regimen_changed", to="GEM", on="2026-12-18", reason="neuropathy"),
    case("stopped", phase="preop_chemo", on="2026-12-18", reason="toxicity"),
    Case(
        "operation", "SP-P03",
        {"on": "2026-12-18", "pancreas": "other", "liver": "ablation", "start": "08:30", "end": "11:00"},
    ),
    Case(
        "treatment", "SP-C03#1.8",
        {"on": "2026-12-07", "given": "reduced", "percent": 75, "reason": "neuropathy"},
        (
            performed("SP-C03#1.8", "2026-12-07", DAY_8),
            (
                "treatment",
                {"visit": "SP-C03#1.8", "on": "2026-12-07", "given": "reduced", "percent": 75, "reason": "neuropathy"},
            ),
        ),
        first_dose,
    ),
    Case(
        "deviation_classed", "SP-C03#1.8", {"class": "important", "comment": "nobody called"},
        (
            (
                "deviation_classed",
                {
                    "visit": "SP-C03#1.8", "class": "important", "deviation": "unrecorded", "comment": "nobody called",
                    "row": "unrecorded 0 None 2026-12-06..2026-12-09 #0", "number": 1,
                    "frozen": {"days": 0, "on": None, "earliest": "2026-12-06", "latest": "2026-12-09"},
                },
            ),
        ),
        first_dose,
    ),
    case("specimen", "SP-P03", on="2026-12-18", specimen="metastasis_tissue", taken=True, mg=120.5, label="T-1"),
    replace(
        case("complication", on="2026-12-18", what="bile leak", grade="IIIa", bile_leak="B", ended="2026-12-19"),
        before=lambda ward: ward.do("performed", visit="SP-P03", on="2026-12-17"),
    ),
    case("adverse_event", term="Nausea", grade=2, on="2026-12-01", serious=False, related="probable", action="none"),
    Case(
        "safety_report", "", {"what": "initial", "on": "2026-12-02", "recipient": "sponsor"},
        (("safety_report", {"what": "initial", "event": 28, "on": "2026-12-02", "recipient": "sponsor"}),),
        lambda ward: ward.do("adverse_event", term="Sepsis", grade=4, on="2026-12-01", serious=True),
    ),
    case("progression", on="2026-12-18", what="progression", site="lung", basis="RECIST"),
    case("questionnaire", "SP-S08", questionnaire="eq5d", on="2026-11-23", done=False, reason="forgotten"),
    Case(
        "contact", "SP-S08", {"on": "2026-11-24", "reached": True},
        (
            performed("SP-S08", "2026-11-24", S08),
            ("contact", {"visit": "SP-S08", "on": "2026-11-24", "reached": True}),
        ),
    ),
    Case(
        "unscheduled", "", {"reason": "fever", "on": "2026-12-18", "at": "14:00"},
        (
            ("unscheduled", {"visit": "U#1", "reason": "fever"}),
            ("performed", {"visit": "U#1", "on": "2026-12-18", "at": "14:00"}),
        ),
    ),
    case("note", "SP-C01", text="asks for the morning"),
    case("withdrawn", scope="treatment", on="2026-12-18", reason="own wish"),
    case("lost", on="2026-12-18", reason="moved abroad"),
    Case(
        "found_again", "", {"on": "2026-12-19"}, (),
        lambda ward: ward.do("lost", on="2026-12-18", reason="no answer"),
    ),
    case("died", on="2026-12-19", cause="unknown"),
    Case("included", "", {"on": "2026-11-30"}, (), lambda ward: ward.not_included()),
    case(
        "consent", answer="given", on="2026-11-23", at="10:30", version="1.0", language="Swedish", copy=True,
        biobank=False,
    ),
)  # fmt: skip


def controls(dialog: ChangeDialog) -> Iterator[QWidget]:
    for one in dialog.findChildren(QWidget):
        if isinstance(one, CONTROLS) and one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield one


def check_names(dialog: ChangeDialog) -> None:
    """Everything that can be reached has a name."""
    found = list(controls(dialog))
    assert dialog.frame.primary in found
    assert [one for one in found if not named(one)] == []


def named(control: QWidget) -> str:
    """The name that a control has for a screen reader; Qt takes a button's text where no other is given."""
    own = control.accessibleName()
    return own or (control.text() if isinstance(control, QAbstractButton) else "")


def test_every_kind_has_its_case() -> None:
    assert {one.kind for one in CASES} == {kind.id for kind in KINDS.values() if kind.is_change}


@pytest.mark.parametrize("tried", CASES, ids=lambda one: one.kind)
def test_what_was_filled_in_is_recorded(make_room: MakeRoom, tried: Case) -> None:
    room = make_room(tried.before)
    last = room.last
    dialog = room.dialog(tried.kind, tried.visit)
    room.fill(dialog, **tried.fields)
    check_names(dialog)
    assert dialog.frame.impact.isHidden() == (tried.kind in NEVER_MOVES)
    before, preview = room.calendar(), shown(dialog)
    room.save(dialog, "mouse" if CASES.index(tried) % 2 else "keys")
    found = [one for one in room.facts_after(last) if tried.kind != "operation" or one[0] == "operation"]
    assert found == tried.expected
    assert len(room.saved) == 1
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    assert [(one.codes, one.by is dialog) for one in room.messages] == [(frozenset({"LI-001"}), True)]
    assert room.messages[0].text.startswith("LI-001: ")
    check_preview(preview, before, room.on_disk(), tried.visit)


def check_preview(preview: list[Row], before: Calendar, after: Calendar, own: str) -> None:
    """What was shown before saving is the difference between the file then and the file now."""
    found = [one for one in difference(before, after) if one.key == own or matters(one)]
    assert sorted(preview, key=str) == sorted(rows(tuple(found)), key=str)


def matters(change: Change) -> bool:
    """Whether anything differs that a person plans by, and the visit is not cancelled both before and after."""
    cancelled = [one is not None and one.status is Status.CANCELLED for one in (change.now, change.new)]
    return cancelled != [True, True] and planned_by(change.now) != planned_by(change.new)


def planned_by(entry: Entry | None) -> object:
    """All of a visit that a person plans by."""
    if entry is None:
        return None
    problems = [one.kind for one in entry.problems]
    given = entry.performed, entry.booked, entry.booked_at, entry.moved, entry.decided, entry.regimen, entry.day_kind
    return entry.assumed, entry.target, entry.window, entry.status, problems, given


def test_what_was_cancelled_and_stays_so_is_left_out(make_room: MakeRoom) -> None:
    """After a withdrawal from treatment a change of regimen only moves where cancelled cycles would have been."""
    room = make_room(lambda ward: ward.do("withdrawn", scope="treatment", on="2026-12-18", reason="own wish"))
    dialog = room.dialog("regimen_changed")
    room.fill(dialog, to="GEM", on="2026-12-18")
    assert dialog.preview.proposal(dialog.request().completed()) is not None
    assert shown(dialog) == []
    assert dialog.frame.impact.totals.text() == "No other visit moves."
    assert dialog.frame.primary.text() == "Record change of regimen"


def test_the_table_of_an_operation_has_its_visit_done(make_room: MakeRoom) -> None:
    """An operation says that its visit happened, so both are recorded, and days hang on it."""
    room = make_room()
    last = room.last
    dialog = room.dialog("operation", "SP-P03")
    room.fill(dialog, on="2026-12-18", pancreas="distal_pancreatectomy", liver="resection")
    assert ("SP-P03", "moves") in [one[:2] for one in shown(dialog)]
    room.save(dialog)
    assert [kind for kind, _fields in room.facts_after(last)] == ["performed", "operation"]
