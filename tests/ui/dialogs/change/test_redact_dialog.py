"""Values taken out for good: nothing is ticked at first, the reason is asked for, and a backup comes first."""

from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.ui.dialogs.change.redact_dialog import RedactDialog, ask_redact
from tests.services.ward import Ward
from tests.ui.dialogs.conftest import MakeRoom
from tests.ui.dialogs.room import Room
from tests.ui.nurse import texts


def with_name(ward: Ward) -> None:
    ward.do("note", text="ask Anna Andersson")
    ward.correct(ward.last, "a name stood there", text="ask her sister")


def opened(room: Room, kind: str) -> RedactDialog:
    view = room.view()
    row = next(one for one in view.history if one.record.kind == kind and one.may_be_redacted)
    dialog = ask_redact(room.session, view, row)
    dialog.saved.connect(room.saved.append)
    room.qtbot.waitExposed(dialog)
    return dialog


def test_it_says_what_it_does_and_asks_what_and_why(make_room: MakeRoom) -> None:
    room = make_room(with_name)
    last = room.last
    dialog = opened(room, "note")
    assert any("it cannot be undone" in text and "still proves" in text for text in texts(dialog))
    assert dialog.ticked() == []
    assert dialog.focusWidget() is dialog.cancel
    dialog.save()
    assert dialog.banner.text.text() == "Tick what is taken out."
    (box,) = dialog.boxes.values()
    assert box.accessibleName() == "Note: ask Anna Andersson"
    box.setChecked(True)
    dialog.save()
    assert dialog.banner.text.text() == "Say why it is redacted."
    assert dialog.has_typed()
    assert room.last == last
    QTest.keyClicks(dialog.why.editor.line, "a name stood there")
    dialog.primary.click()
    room.qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    assert room.facts_after(last) == [("redaction", {"names": ["text"], "reason": "a name stood there"})]
    (row,) = [one for one in room.view().history if one.record.kind == "note"]
    assert (dict(row.record.fields), row.record.redacted) == ({}, frozenset({"text"}))
    assert not row.may_be_redacted
    assert not room.messages[-1].undoable


def test_a_value_that_counts_and_is_needed_is_to_be_corrected_first(make_room: MakeRoom) -> None:
    room = make_room(lambda ward: ward.do("note", text="ask Anna Andersson"))
    dialog = opened(room, "note")
    (box,) = dialog.boxes.values()
    assert (box.isEnabled(), dialog.primary.isEnabled()) == (False, False)
    assert any("Correct it first" in text for text in texts(dialog))
    dialog.discard()


def test_what_is_refused_is_said_and_what_was_typed_stays(make_room: MakeRoom) -> None:
    room = make_room(lambda ward: ward.do("contact", on="2026-12-18", reached=True, detail="Anna Andersson"))
    dialog, last = opened(room, "contact"), room.last
    dialog.boxes["detail"].setChecked(True)
    dialog.why.editor.set_value("x" * 3000)
    dialog.save()
    room.qtbot.waitUntil(lambda: not dialog.banner.isHidden())
    assert "longer than" in dialog.banner.text.text()
    assert (room.last, dialog.primary.isEnabled(), dialog.ticked()) == (last, True, ["detail"])
    dialog.discard()
