"""The header of a change: whose it is, letter by letter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
)

from tests.services.ward import Ward
from tests.ui.dialogs.conftest import MakeRoom
from tests.ui.dialogs.room import Room

CODE = "<img src=x><b>&"


Opened = tuple[str, str, dict[str, object]]


MOVE: Opened = ("moved", "SP-C02#2", {"to": "2027-01-04"})


def hostile(ward: Ward) -> None:
    ward.enrol(code=CODE)
    ward.do("note", code=CODE, visit="SP-C01", text="<b>bold</b>")


def test_text_of_peoples_own_is_shown_as_it_stands(make_room: MakeRoom) -> None:
    room = make_room(hostile)
    dialog = room.dialog("moved", "SP-C02#2", {"to": "2027-01-04", "reason": "<script>&amp;"}, CODE)
    assert dialog.windowTitle() == f"Move – {CODE}, Preoperative cycle 2 day 1"
    assert dialog.frame.header.code.text() == CODE
    assert {one.textFormat() for one in dialog.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    last = room.last
    room.save(dialog)
    assert [fields["reason"] for _kind, fields in room.facts_after(last)] == ["<script>&amp;"]
    assert room.messages[0].text.startswith(f"{CODE}: ")


def test_a_code_with_a_placeholder_of_qt_is_complete_in_the_title(make_room: MakeRoom) -> None:
    room = make_room(lambda ward: ward.enrol(code="A[*]B"))
    assert room.dialog("note", code="A[*]B").windowTitle() == "Note – A[*][*]B"


def test_whose_it_is_stands_above(room: Room) -> None:
    header = room.dialog(*MOVE).frame.header
    assert header.code.text() == "LI-001"
    assert header.visit.text() == "Preoperative cycle 2 day 1"
    assert header.under.text() == "ScanPan, version 2025-07-19.2 · regimen nab-paclitaxel + gemcitabine"


def test_a_change_of_nobody_s_visit_names_none(room: Room) -> None:
    dialog = room.dialog("died")
    assert dialog.windowTitle() == "Death – LI-001"
    assert dialog.frame.header.visit.isHidden()
