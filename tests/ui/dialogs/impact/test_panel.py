"""Moving a visit and holding others on their day.

LI-001 is only enrolled: cycle 2 is planned for Mon 28 Dec, its days 8 and 15 for 4 and 11 Jan, cycle 3 for Mon 25 Jan.
"""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.domain.calendar.difference import Change
from app.domain.calendar.entries import Calendar
from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.dialogs.impact.table_model import ALONG, VISIT, ImpactTableModel
from app.ui.visit import impact_text as text
from tests.ui.dialogs.room import Room, cells, row_of, shown

WEEK_LATER = {"to": date(2027, 1, 4)}


def moved(room: Room) -> ChangeDialog:
    return room.dialog("moved", "SP-C02#2", WEEK_LATER)


def untick(room: Room, dialog: ChangeDialog, visit: str) -> None:
    table = dialog.frame.impact.table
    table.setFocus()
    table.setCurrentIndex(table.changes.index(row_of(dialog, visit), VISIT))
    room.press(table, Qt.Key.Key_Space)
    room.settle(dialog)


def test_a_drag_opens_with_its_preview_and_saves_nothing(room: Room) -> None:
    last = room.last
    dialog = moved(room)
    assert cells(dialog, "SP-C02#2")[1:5] == ["Mon 28 Dec", "Mon 4 Jan", "moves +7", "4 days after"]
    assert cells(dialog, "SP-C03#2.8")[1:5] == ["Mon 4 Jan", "Mon 11 Jan", "moves +7", "inside"]
    assert cells(dialog, "SP-C02#3")[1:5] == ["Mon 25 Jan", "Mon 1 Feb", "moves +7", "inside"]
    moving = sum(kind == "moves" for _key, kind, _now, _new in shown(dialog))
    assert dialog.frame.primary.text() == f"Move {moving} visits"
    assert dialog.frame.impact.totals.text() == f"{moving} visits move, 1 leaves its window."
    assert (room.last, room.messages) == (last, [])


def test_rows_stand_in_the_order_of_the_calendar(room: Room) -> None:
    days = [new for _key, _kind, _now, new in shown(moved(room))]
    assert days == sorted(days, key=lambda on: on or date.max)
    assert len(days) > 40


def test_without_a_reason_it_is_asked_for_at_its_field(room: Room) -> None:
    dialog = moved(room)
    room.save(dialog)
    assert dialog.form.form._rows["reason"].error.text() != ""
    assert dialog.isVisible()


def test_a_row_that_is_unticked_stays_on_its_day(room: Room) -> None:
    last = room.last
    dialog = moved(room)
    room.fill(dialog, reason="no chair free")
    untick(room, dialog, "SP-C02#3")
    assert cells(dialog, "SP-C02#3")[1:4] == ["Mon 25 Jan", "Mon 25 Jan", "stays: set by hand"]
    assert dialog.frame.impact.why_held.isHidden(), "the form has a reason"
    assert "1 stays (set by hand)" in dialog.frame.impact.totals.text()
    preview = shown(dialog)
    room.save(dialog)
    reason = "no chair free"
    assert room.facts_after(last) == [
        ("moved", {"visit": "SP-C02#2", "to": "2027-01-04", "reason": reason}),
        ("moved", {"visit": "SP-C02#3", "to": "2027-01-25", "reason": reason}),
    ]
    after = room.on_disk().by_key
    assert after["SP-C02#3"].assumed == date(2027, 1, 25)
    assert after["SP-C03#2.8"].assumed == date(2027, 1, 11)
    assert {key: new for key, _kind, _now, new in preview} == {key: after[key].assumed for key, *_rest in preview}


def test_ticking_it_again_lets_it_go_along(room: Room) -> None:
    dialog = moved(room)
    before = shown(dialog)
    untick(room, dialog, "SP-C02#3")
    assert shown(dialog) != before
    untick(room, dialog, "SP-C02#3")
    assert shown(dialog) == before


def test_the_reader_stays_in_the_row_that_was_unticked(room: Room) -> None:
    dialog = moved(room)
    untick(room, dialog, "SP-C02#3")
    table = dialog.frame.impact.table
    assert table.changes.rows[table.currentIndex().row()].key == "SP-C02#3"
    assert table.hasFocus()


def test_a_click_on_the_tick_unticks_too(room: Room) -> None:
    dialog = moved(room)
    table = dialog.frame.impact.table
    box = table.visualRect(table.changes.index(row_of(dialog, "SP-C03#2.8"), ALONG))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert table.changes.held == {"SP-C03#2.8"}


def test_the_visit_that_is_moved_itself_has_no_tick(room: Room) -> None:
    dialog = moved(room)
    model: ImpactTableModel = dialog.frame.impact.table.changes
    row = row_of(dialog, "SP-C02#2")
    assert model.data(model.index(row, ALONG), Qt.ItemDataRole.CheckStateRole) is None
    model.toggle(row)
    assert model.held == frozenset()


def test_holding_asks_why_where_the_form_has_no_reason(room: Room) -> None:
    """Death moves nothing, a visit recorded late does; its form has a reason that may stay empty."""
    last = room.last
    dialog = room.dialog("performed", "SP-C01", {"on": "2026-12-02"})
    untick(room, dialog, "SP-C02#2")
    why = dialog.frame.impact.why_held
    assert not why.isHidden()
    room.save(dialog)
    assert room.last == last
    assert dialog.frame.banner.text.text() == "Say why these visits are held."
    assert why.edit.hasFocus()
    QTest.keyClicks(why.edit, "chair is booked")
    room.press(why.edit, Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    found = room.facts_after(last)
    assert [kind for kind, _fields in found] == ["performed", "moved"]
    assert found[1][1] == {"visit": "SP-C02#2", "to": "2026-12-28", "reason": "chair is booked"}
    assert "reason" not in found[0][1]


@pytest.mark.parametrize(("visit", "day"), [("SP-C02#3", "Mon 25 Jan"), ("SP-C03#2.8", "Mon 4 Jan")])
def test_what_is_held_stays_held_when_another_day_is_typed(room: Room, visit: str, day: str) -> None:
    dialog = moved(room)
    room.fill(dialog, reason="fever")
    untick(room, dialog, visit)
    room.fill(dialog, to="2026-12-29")
    assert visit in dialog.frame.impact.held
    assert cells(dialog, visit)[1:3] == [day, day]


def test_words_are_made_only_for_the_rows_that_are_seen(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of some fifty rows about a dozen are in sight, and only their reasons are put into words."""
    asked: set[str] = set()
    real = text.why_text

    def why_text(change: Change, before: Calendar | None, after: Calendar | None) -> str:
        asked.add(change.key)
        return real(change, before, after)

    monkeypatch.setattr(text, "why_text", why_text)
    dialog = moved(room)
    dialog.frame.impact.table.grab()
    assert 0 < len(asked) < len(shown(dialog)) / 2
