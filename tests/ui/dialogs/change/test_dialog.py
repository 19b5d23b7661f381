"""The change dialog when saving fails or others record: what was typed stays, and the next try saves."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.domain.refusal import Refused
from app.services.commands import record
from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.dialogs.impact.table_model import WINDOW
from app.ui.session import proposal_jobs
from tests.ui.conftest import Clock
from tests.ui.dialogs.conftest import MakeRoom
from tests.ui.dialogs.room import Room


def fails_once(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the first saving end with that error."""
    real: Callable[..., Any] = record.save
    errors = [error]

    def save(study: object, proposal: object, sure: bool) -> object:
        if errors:
            raise errors.pop()
        return real(study, proposal, sure)

    monkeypatch.setattr(record, "save", save)


def filled(room: Room) -> ChangeDialog:
    dialog = room.dialog("performed", "SP-C01", {"on": "2026-12-02"})
    room.fill(dialog, reason="fever")
    return dialog


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (Refused("disk_full", path="/disk/study"), "Not saved: the disk is full (/disk/study)."),
        (Refused("read_only", path="/disk/study"), "/disk/study cannot be written, so nothing is recorded."),
        (Refused("chain_broken", path="/disk/study", seq=4), "/disk/study was changed from outside at fact 4"),
        (ValueError("a bug"), "The program made a mistake; nothing was saved."),
    ],
    ids=["disk full", "read only", "broken chain", "bug"],
)
def test_what_was_typed_stays_and_the_second_try_saves(
    room: Room, monkeypatch: pytest.MonkeyPatch, error: BaseException, begins: str
) -> None:
    monkeypatch.setattr("app.bootstrap.report_bug", lambda _error: "report")
    last = room.last
    dialog = filled(room)
    fails_once(monkeypatch, error)
    room.save(dialog)
    assert dialog.isVisible()
    assert dialog.frame.banner.text.text().startswith(begins)
    assert dialog.form.fields() == {"visit": "SP-C01", "on": date(2026, 12, 2), "reason": "fever"}
    assert (room.messages, room.last) == ([], last)
    assert dialog.frame.primary.isEnabled()
    room.settle(dialog)
    room.save(dialog)
    found = room.facts_after(last)
    assert [(kind, fields["on"], fields["reason"]) for kind, fields in found] == [("performed", "2026-12-02", "fever")]
    assert len(room.messages) == 1


def test_a_study_that_changed_meanwhile_is_previewed_again(room: Room) -> None:
    """Cycle 2 is moved while cycle 1 is being recorded: the preview is of a file that is no longer so."""
    dialog = filled(room)
    room.record("moved", visit="SP-C02#2", to="2026-12-30", reason="holiday")
    last = room.last
    stale = dialog.preview.proposal(dialog.request())
    assert stale is not None
    room.save(dialog)
    assert dialog.frame.banner.text.text().startswith("The study has changed since this was worked out.")
    assert room.last == last
    room.settle(dialog)
    fresh = dialog.preview.proposal(dialog.request())
    assert fresh is not None
    assert fresh.head != stale.head
    room.save(dialog)
    assert [kind for kind, _fields in room.facts_after(last)] == ["performed"]


def test_a_fact_of_others_is_previewed_without_being_asked_for(room: Room) -> None:
    dialog = filled(room)
    before = dialog.preview.proposal(dialog.request())
    room.session.change(
        lambda study, _job: record.change(study, "LI-001", "note", {"text": "x"}, room.session.today),
        lambda _saved: None,
        codes=["LI-001"],
    )
    room.qtbot.waitUntil(lambda: bool(room.messages))
    room.settle(dialog)
    after = dialog.preview.proposal(dialog.request())
    assert before is not None
    assert after is not None
    assert after.head != before.head


def test_past_midnight_today_is_another_day(room: Room, clock: Clock) -> None:
    dialog = room.dialog("performed", "SP-C01")
    clock.now = datetime(2026, 12, 21, 8, tzinfo=UTC)
    room.session.check_clock()
    room.qtbot.waitUntil(lambda: bool(room.messages))
    edit = dialog.form.day_edit()
    assert edit is not None
    edit.line.setText("t")
    assert dialog.form.day() == date(2026, 12, 21)
    last = room.last
    room.save(dialog)
    assert [fields["on"] for _kind, fields in room.facts_after(last)] == ["2026-12-21"]


def test_what_is_not_worked_out_yet_is_proposed_and_saved_in_one(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved before the preview of the last key is there: the file has what stood in the form, not what was shown."""
    last = room.last
    monkeypatch.setattr(proposal_jobs, "WAIT_MS", 60_000)
    dialog = room.dialog("performed", "SP-C01", {"on": "2026-12-02"})
    dialog.form.form.set_fields({"on": "2026-12-03"})
    assert dialog.preview.under_way
    room.save(dialog)
    assert [fields["on"] for _kind, fields in room.facts_after(last)] == ["2026-12-03"]


def test_only_the_last_of_what_was_typed_is_shown(room: Room) -> None:
    """Ten days are typed in a row; what is shown then is what the last of them does."""
    dialog = room.dialog("moved", "SP-C02#2", {"reason": "x"})
    for number in range(10):
        dialog.form.set_day(date(2026, 12, 29) + timedelta(number))
        dialog.preview.want(dialog.request(), at_once=True)
    room.settle(dialog)
    shown = {one.key: one.new for one in dialog.frame.impact.table.changes.rows}["SP-C02#2"]
    assert shown is not None
    assert shown.assumed == date(2027, 1, 7)


def test_the_old_rows_stay_until_the_new_ones_are_there(room: Room) -> None:
    dialog = room.dialog("moved", "SP-C02#2", {"to": date(2027, 1, 4)})
    impact = dialog.frame.impact
    rows = impact.table.changes.rows
    dialog.form.set_day(date(2027, 1, 5))
    dialog.preview.want(dialog.request(), at_once=True)
    assert impact._slow.isActive(), "an answer that takes long is said to be still to come"
    impact._slow.timeout.emit()
    assert impact.working.text() == "working out …"
    assert impact.table.changes.rows == rows
    room.settle(dialog)
    assert impact.working.text() == ""
    assert impact.table.changes.rows != rows


def test_a_study_for_reading_only_says_so_and_saves_nothing(make_room: MakeRoom) -> None:
    room = make_room(writing=False)
    dialog = room.dialog("performed", "SP-C01", {"on": "2026-12-02"})
    assert not dialog.frame.primary.isEnabled()
    view = room.session.view
    assert view is not None
    assert view.read_only
    assert view.read_only.lower() in dialog.frame.banner.text.text().lower()
    assert dialog.frame.impact.table.changes.rows
    dialog.save()
    assert isValid(dialog)
    assert not dialog.saving.under_way


def test_a_dialog_that_was_closed_hears_nothing_more(room: Room) -> None:
    """Closed while a preview is under way: its answer goes nowhere, and nothing is recorded."""
    last = room.last
    dialog = room.dialog("performed", "SP-C01", {"on": "2026-12-02"})
    dialog.preview.want(dialog.request(), at_once=True)
    dialog.close()
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    assert room.last == last


def test_it_does_not_close_while_it_is_saving(room: Room) -> None:
    last = room.last
    dialog = filled(room)
    dialog.save()
    assert dialog.saving.under_way
    dialog.reject()
    assert dialog.isVisible()
    room.qtbot.waitUntil(lambda: not isValid(dialog))
    assert [kind for kind, _fields in room.facts_after(last)] == ["performed"]


def test_an_unlikely_day_is_asked_about_in_the_dialog_and_saved_once_it_is_ticked(room: Room) -> None:
    dialog = room.dialog("moved", "SP-C02#2", {"reason": "x"})
    last = room.last
    edit = dialog.form.day_edit()
    assert edit is not None
    edit.line.setText("-3")
    room.settle(dialog)
    question = dialog.frame.sure
    assert not question.isHidden()
    assert question.text.text() == (
        "Thu 17 Dec 2026 lies before Sun 20 Dec 2026, the day of entry. Correct the day, or say that it is right."
    )
    assert question.box.text() == "Yes, Thu 17 Dec 2026 is right"
    room.save(dialog)
    assert room.last == last
    assert question.box.hasFocus()
    question.box.setChecked(True)
    room.settle(dialog)
    assert dialog.preview.proposal(dialog.request()) is not None
    room.save(dialog)
    assert [fields["to"] for _kind, fields in room.facts_after(last)] == ["2026-12-17"]


def test_all_doubts_are_shown_above_one_tick(make_room: MakeRoom) -> None:
    """The move to Thursday, which is over, was recorded already."""
    fields: dict[str, object] = {"visit": "SP-C02#2", "to": "2026-12-17", "reason": "x"}
    room = make_room()
    room.ask(lambda study: record.change(study, "LI-001", "moved", fields, room.session.today, True))
    dialog = room.dialog("moved", "SP-C02#2", {"reason": "x", "to": date(2026, 12, 17)})
    last, question = room.last, dialog.frame.sure
    said = question.text.text()
    assert said.startswith(
        "Thu 17 Dec 2026 lies before Sun 20 Dec 2026, the day of entry. The same was recorded on Sun"
    )
    assert said.endswith("Correct the day, or say that it is right.")
    assert question.box.text() == "Yes, all of this is right"
    room.save(dialog)
    assert room.last == last
    assert question.box.hasFocus()
    room.press(question.box, Qt.Key.Key_Space)
    room.save(dialog)
    assert [fields["to"] for _kind, fields in room.facts_after(last)] == ["2026-12-17"]


def test_a_doubt_that_was_not_seen_is_not_confirmed_by_the_tick(room: Room) -> None:
    """Ticked for a day in the past; meanwhile somebody records the same move, so that it would be a repeat."""
    dialog = room.dialog("moved", "SP-C02#2", {"reason": "x", "to": date(2026, 12, 17)})
    question = dialog.frame.sure
    room.press(question.box, Qt.Key.Key_Space)
    confirmed = question.confirmed()
    assert confirmed is not None
    room.ask(lambda study: record.change(study, "LI-001", "moved", dialog.form.fields(), room.session.today, True))
    last = room.last
    dialog.preview.forget()
    dialog.save()
    room.qtbot.waitUntil(lambda: not dialog.saving.under_way)
    assert room.last == last
    assert "The same was recorded on Sun 20 Dec 2026" in question.text.text()
    assert question.confirmed() is None


def test_another_day_is_asked_about_again(room: Room) -> None:
    dialog = room.dialog("booked", "SP-C02#2", {"on": date(2026, 12, 17)})
    question = dialog.frame.sure
    question.box.setChecked(True)
    room.settle(dialog)
    assert question.confirmed() is not None
    room.fill(dialog, on=date(2026, 12, 16))
    assert question.confirmed() is None
    assert "Wed 16 Dec 2026" in question.text.text()
    assert not question.box.isChecked()
    room.fill(dialog, on=date(2026, 12, 22))
    assert question.isHidden()


def test_a_distance_in_a_move_is_offered_from_the_planned_day(room: Room) -> None:
    """Cycle 2 of AG is planned for 28 December: four weeks after the first dose, forecast for 30 November."""
    dialog = room.dialog("moved", "SP-C02#2", {"reason": "x"})
    edit = dialog.form.day_edit()
    assert edit is not None
    edit.line.setText("+7")
    assert edit.echo.text() == "Sunday 27 December 2026, 7 days from today"
    assert edit.instead.text() == "p+7: 7 days from the planned day: Mon 4 Jan 2027"
    edit.instead.click()
    room.settle(dialog)
    last = room.last
    room.save(dialog)
    assert [fields["to"] for _kind, fields in room.facts_after(last)] == ["2027-01-04"]


def test_a_day_pasted_with_its_time_is_booked_with_both(room: Room) -> None:
    dialog = room.dialog("booked", "SP-C02#2")
    edit = dialog.form.day_edit()
    assert edit is not None
    edit.line.setText("Tue 29 Dec 2026, 09:30")
    room.settle(dialog)
    last = room.last
    room.save(dialog)
    assert [(fields["on"], fields["at"]) for _kind, fields in room.facts_after(last)] == [("2026-12-29", "09:30")]


def test_an_hour_that_comes_twice_is_said_in_the_dialog(room: Room) -> None:
    dialog = room.dialog("booked", "SP-R01", {"on": date(2027, 10, 31), "at": "2:30"})
    assert dialog.frame.remark.text.text().startswith("02:30 comes twice on that day: the first is meant")
    assert not dialog.frame.remark.isHidden()
    room.fill(dialog, at="3:00")
    assert dialog.frame.remark.isHidden()


def test_an_hour_that_does_not_exist_is_refused_in_the_dialog(room: Room) -> None:
    dialog = room.dialog("booked", "SP-R01", {"on": date(2027, 3, 28), "at": "2:30"})
    last = room.last
    room.save(dialog)
    assert room.last == last
    assert not dialog.isHidden()


def test_a_visit_out_of_order_is_asked_about_and_said_in_the_preview(room: Room) -> None:
    """Day 8 on the day before day 1, which is planned for 30 November."""
    dialog = room.dialog("performed", "SP-C03#1.8", {"on": date(2026, 11, 29)})
    question = dialog.frame.sure
    assert not question.isHidden()
    assert question.text.text().startswith(
        "Preoperative cycle 1 day 8 infusion on Sun 29 Nov 2026 is not after Preoperative cycle 1 day 1 on "
    )
    changes = dialog.frame.impact.table.changes
    row = [one.key for one in changes.rows].index("SP-C03#1.8")
    said = changes.text(row, WINDOW)
    assert "closed: a Sunday" in said
    assert "out of order (not after Preoperative cycle 1 day 1)" in said


def test_enter_goes_on_to_what_is_missing_and_saves_when_nothing_is(room: Room) -> None:
    """A move has a day and a reason; Enter in the day goes to the reason, and Enter there saves."""
    last = room.last
    dialog = room.dialog("moved", "SP-C02#2")
    day, reason = dialog.form.day_edit(), dialog.form.form.editor("reason")
    assert day is not None
    day.line.setFocus()
    QTest.keyClicks(day.line, "p+7")
    room.press(day.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    focus = dialog.focusWidget()
    assert reason.isAncestorOf(focus)
    QTest.keyClicks(focus, "no chair")
    room.settle(dialog)
    room.press(focus, Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: bool(room.saved))
    assert room.facts_after(last) == [("moved", {"visit": "SP-C02#2", "to": "2027-01-04", "reason": "no chair"})]


def test_a_week_later_by_its_key_goes_on_to_the_reason(room: Room) -> None:
    dialog = room.dialog("moved", "SP-C02#2")
    dialog.activateWindow()
    QTest.keyClick(dialog, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert dialog.form.day() == date(2027, 1, 4), "a week after Mon 28 Dec"
    assert dialog.form.form.editor("reason").isAncestorOf(dialog.focusWidget())


def test_alt_h_holds_the_chosen_visit_else_the_first_that_can_be_and_lets_it_go_again(room: Room) -> None:
    dialog = room.dialog("moved", "SP-C02#2", {"to": "2027-01-04", "reason": "no chair"})
    impact = dialog.frame.impact
    changes = impact.table.changes
    first = next(one.key for row, one in enumerate(changes.rows) if changes.may_toggle(row))
    for held in ({first}, set()):
        QTest.keyClick(dialog, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
        assert impact.held == held
        room.settle(dialog)


def test_a_decision_begins_with_the_day_of_the_visit_that_was_held(make_room: MakeRoom) -> None:
    room = make_room(lambda ward: ward.do("performed", visit="SP-R01", on="2026-12-18"))
    assert room.dialog("decided", "SP-R01").form.day() == date(2026, 12, 18)
    assert room.dialog("decided", "SP-R02").form.day() == date(2026, 12, 20), "today, where it was not held"
