"""A recorded fact corrected and taken back in the dialog: the form as it was recorded, the reason, the preview."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.ui.dialogs.change.mend_dialog import MendDialog, ask_mend
from tests.services.ward import Ward
from tests.ui.dialogs.conftest import MakeRoom
from tests.ui.dialogs.room import Room, cells, shown

# The first dose on Mon 30 Nov 2026, cycles of 28 days: cycle 2 begins on Mon 28 Dec.
DOSE = {"visit": "SP-C01", "on": "2026-11-30", "reason": "ward full"}


def with_dose(ward: Ward) -> None:
    ward.do("performed", **DOSE)


def mend(room: Room, kind: str, takes_back: bool) -> MendDialog:
    """The dialog for the last fact of that kind."""
    view = room.view()
    row = next(one for one in reversed(view.history) if one.record.kind == kind)
    dialog = ask_mend(room.session, view, row, takes_back)
    room.dialogs.append(dialog)
    dialog.saved.connect(room.saved.append)
    room.qtbot.waitExposed(dialog)
    room.settle(dialog)
    return dialog


def say_why(room: Room, dialog: MendDialog, text: str) -> None:
    QTest.keyClicks(dialog.why.editor.line, text)
    room.settle(dialog)


def test_a_correction_begins_with_what_was_recorded_and_shows_what_moves(make_room: MakeRoom) -> None:
    room = make_room(with_dose)
    last = room.last
    dialog = mend(room, "performed", takes_back=False)
    assert dialog.windowTitle() == "Correct – LI-001, Preoperative cycle 1 day 1"
    assert dialog.form.fields() == {"visit": "SP-C01", "on": date(2026, 11, 30), "reason": "ward full"}
    assert dialog.frame.impact.totals.text() == "Change a field. Then what changes is shown here."
    assert not dialog.has_typed()
    room.fill(dialog, on="2026-12-01")
    assert ("SP-C02#2", "moves", date(2026, 12, 28), date(2026, 12, 29)) in shown(dialog)
    assert dialog.frame.primary.text().startswith("Correct; ")
    changes = dialog.frame.impact.table.changes
    assert not any(map(changes.may_toggle, range(len(changes.rows))))
    room.save(dialog)
    assert dialog.frame.banner.text.text() == "Say why it is corrected."
    assert (room.last, dialog.why.editor.line.hasFocus()) == (last, True)
    say_why(room, dialog, "wrong day")
    room.save(dialog, by="keyboard")
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    assert room.facts_after(last) == [
        ("correction", {"void": False, "set.on": "2026-12-01", "reason": "wrong day"}),
    ]
    said = room.messages[-1].text
    assert said.startswith("Corrected: LI-001: ")
    assert "Mon 30 Nov 2026 -> Tue 1 Dec 2026" in said
    assert room.on_disk().by_key["SP-C02#2"].assumed == date(2026, 12, 29)


def test_an_optional_field_is_emptied(make_room: MakeRoom) -> None:
    room = make_room(with_dose)
    last = room.last
    dialog = mend(room, "performed", takes_back=False)
    room.fill(dialog, reason=None)
    say_why(room, dialog, "it was another patient")
    room.save(dialog)
    assert room.facts_after(last) == [
        ("correction", {"void": False, "set.reason": None, "reason": "it was another patient"}),
    ]


def test_an_unscheduled_visit_asks_for_its_own_fields_alone(make_room: MakeRoom) -> None:
    """Its day, which a new one asks for, is a fact of its own, with a correction of its own."""
    room = make_room(lambda ward: ward.do("unscheduled", reason="fever", on="2026-12-18"))
    last = room.last
    dialog = mend(room, "unscheduled", takes_back=False)
    assert set(dialog.form.fields()) == {"visit", "reason"}
    room.fill(dialog, reason="fever and rash")
    say_why(room, dialog, "not complete")
    room.save(dialog)
    found = room.facts_after(last)
    assert found == [("correction", {"void": False, "set.reason": "fever and rash", "reason": "not complete"})]


def test_a_refused_day_is_said_at_its_field(make_room: MakeRoom) -> None:
    room = make_room(with_dose)
    last = room.last
    dialog = mend(room, "performed", takes_back=False)
    room.fill(dialog, on="2030-01-01")
    say_why(room, dialog, "typing error")
    room.save(dialog)
    assert isValid(dialog)
    assert room.last == last
    edit = dialog.form.day_edit()
    assert edit is not None
    assert edit.inputs()[0].property("wrong") == "true"


def test_taking_back_shows_all_of_the_command_and_keeps_the_reason(make_room: MakeRoom) -> None:
    room = make_room(with_dose)
    last = room.last
    dialog = mend(room, "performed", takes_back=True)
    assert dialog.windowTitle() == "Take back – LI-001, Preoperative cycle 1 day 1"
    assert "Mon 30 Nov 2026" in dialog.lines.text()
    assert dialog.form.isHidden()
    assert dialog.why.editor.line.hasFocus()
    assert cells(dialog, "SP-C01")
    room.save(dialog)
    assert dialog.frame.banner.text.text() == "Say why it is taken back."
    say_why(room, dialog, "another participant")
    room.save(dialog)
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    assert room.facts_after(last) == [("correction", {"void": True, "reason": "another participant"})]
    assert room.messages[-1].text.startswith("Taken back: LI-001: ")
    assert room.calendar().by_key["SP-C01"].performed is None


def test_what_was_recorded_on_another_day_is_asked_about_first(make_room: MakeRoom) -> None:
    room = make_room(with_dose)
    room.session.today = date(2026, 12, 21)
    last = room.last
    dialog = mend(room, "performed", takes_back=True)
    say_why(room, dialog, "another participant")
    room.save(dialog)
    assert isValid(dialog)
    assert dialog.frame.sure.isVisible()
    assert room.last == last
    QTest.keyClick(dialog.frame.sure.box, Qt.Key.Key_Space)
    room.save(dialog)
    assert [kind for kind, _fields in room.facts_after(last)] == ["correction"]


def test_a_correction_is_taken_back_like_any_fact(make_room: MakeRoom) -> None:
    def corrected(ward: Ward) -> None:
        with_dose(ward)
        ward.correct(ward.last, on="2026-12-01")

    room = make_room(corrected)
    dialog = mend(room, "correction", takes_back=True)
    assert ("SP-C02#2", "moves", date(2026, 12, 29), date(2026, 12, 28)) in shown(dialog)
    say_why(room, dialog, "the first day was right")
    room.save(dialog)
    assert room.calendar().by_key["SP-C01"].performed == date(2026, 11, 30)


@pytest.mark.parametrize("takes_back", [False, True])
def test_a_file_open_for_reading_lets_nothing_be_mended(make_room: MakeRoom, takes_back: bool) -> None:
    room = make_room(with_dose, writing=False)
    dialog = mend(room, "performed", takes_back)
    assert not dialog.frame.primary.isEnabled()
