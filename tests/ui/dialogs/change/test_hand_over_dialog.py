"""A fact given to the participant it belongs to: to whom and why, what moves for both, and saved as it was shown."""

from datetime import date

from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.ui.dialogs.change.hand_over_dialog import HandOverDialog, ask_hand_over
from app.ui.dialogs.change.mend_dialog import ask_mend
from tests.services.ward import Ward
from tests.ui.dialogs.conftest import MakeRoom
from tests.ui.dialogs.room import Room


def with_dose(ward: Ward) -> None:
    """LI-002 is enrolled on the same day; the first dose of LI-001 on Wed 2 Dec moves cycle 2 to Wed 30 Dec 2026."""
    ward.enrol(code="LI-002")
    ward.do("performed", visit="SP-C01", on="2026-12-02")


def opened(room: Room) -> HandOverDialog:
    view = room.view()
    row = next(one for one in reversed(view.history) if one.may_be_reassigned)
    dialog = ask_hand_over(room.session, view, row)
    room.dialogs.append(dialog)
    dialog.saved.connect(room.saved.append)
    room.qtbot.waitExposed(dialog)
    room.settle(dialog)
    return dialog


def give_to(room: Room, dialog: HandOverDialog, code: str) -> None:
    QTest.keyClicks(dialog.who.editor.line, code)
    room.settle(dialog)


def test_what_moves_for_both_is_shown_and_saved_so_with_its_reason(make_room: MakeRoom) -> None:
    room = make_room(with_dose)
    last = room.last
    dialog = opened(room)
    assert dialog.windowTitle() == "Belongs to another participant – LI-001, Preoperative cycle 1 day 1"
    assert dialog.frame.impact.totals.text().startswith("Choose whom it belongs to.")
    room.save(dialog)
    assert dialog.frame.banner.text.text() == "Choose the participant that it belongs to."
    give_to(room, dialog, "li-002")
    room.qtbot.waitUntil(lambda: dialog.frame.primary.text() == "Give to LI-002")
    codes = {code for code, _change in dialog.both.model.rows}
    assert codes == {"LI-001", "LI-002"}
    cycle_2 = [(code, one.new.assumed) for code, one in dialog.both.model.rows if one.key == "SP-C02#2" and one.new]
    assert cycle_2 == [("LI-001", date(2026, 12, 28)), ("LI-002", date(2026, 12, 30))]
    room.save(dialog)
    assert dialog.frame.banner.text.text() == "Say why it belongs to the other participant."
    assert room.last == last
    QTest.keyClicks(dialog.why.editor.line, "wrong folder")
    room.settle(dialog)
    room.save(dialog, by="keyboard")
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    assert room.facts_after(last) == [
        ("correction", {"void": True, "cleared": True, "reason": "wrong folder"}),
        ("performed", {"visit": "SP-C01", "on": "2026-12-02", "judged": ["2026-11-23", "2026-12-14"]}),
    ]
    assert room.messages[-1].codes == frozenset({"LI-001", "LI-002"})
    assert room.messages[-1].text == "LI-001: Preoperative cycle 1 day 1 done on Wed 2 Dec 2026 belongs to LI-002"


def test_a_participant_of_another_trial_is_refused_in_place_of_the_preview(make_room: MakeRoom) -> None:
    room = make_room(with_dose)
    dialog = opened(room)
    give_to(room, dialog, "CJ-001")
    said = dialog.frame.impact.totals.text()
    assert said == (
        "CJ-001 is on NCT06873178, which has no such visit (Preoperative cycle 1 day 1). Take the fact back, and "
        "record it there by hand."
    )
    assert not dialog.both.table.isVisible()


def test_what_came_from_another_participant_is_taken_back_to_that_one(make_room: MakeRoom) -> None:
    room = make_room(with_dose)
    dialog = opened(room)
    give_to(room, dialog, "LI-002")
    QTest.keyClicks(dialog.why.editor.line, "wrong folder")
    room.settle(dialog)
    room.save(dialog)
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    view = room.view("LI-002")
    row = next(one for one in view.history if one.past.came_from)
    back = ask_mend(room.session, view, row, takes_back=True)
    room.dialogs.append(back)
    room.settle(back)
    assert back.lines.text().endswith("It counts again for LI-001.")
    assert {code for code, _change in back.both.model.rows} == {"LI-001", "LI-002"}


def test_what_is_refused_there_names_the_other_participant(make_room: MakeRoom) -> None:
    def both_given(ward: Ward) -> None:
        ward.enrol(code="LI-002")
        ward.do("performed", code="LI-002", visit="SP-C01", on="2026-12-01")
        ward.do("performed", visit="SP-C01", on="2026-12-02")

    room = make_room(both_given)
    dialog = opened(room)
    give_to(room, dialog, "LI-002")
    assert dialog.frame.impact.totals.text().startswith("LI-002: Preoperative cycle 1 day 1 has a result already")
