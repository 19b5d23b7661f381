"""Going through the older visits by keys: each answer is a fact, one key undoes it, and a summary is at the end."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.dialogs.older_visits_dialog import OlderVisitsDialog
from tests.ui.conftest import Clock, Make
from tests.ui.nurse import Key, Nurse, texts

LATER = datetime(2027, 2, 25, 8, 0, tzinfo=UTC)
"""Ten days on, nobody has recorded anything."""


def opened(nurse: Nurse) -> OlderVisitsDialog:
    """The dialog, opened by its key in the list, when its first visit can be answered."""
    nurse.come_to_the_front()
    nurse.today.list.setFocus()
    nurse.press(Key.Key_Q)
    nurse.wait(lambda: nurse.window.findChildren(OlderVisitsDialog))
    (dialog,) = nurse.window.findChildren(OlderVisitsDialog)
    nurse.wait(lambda: is_ready(dialog))
    return dialog


def is_ready(dialog: OlderVisitsDialog) -> bool:
    """Whether the effect of the answer is shown, or the summary."""
    waits = dialog.preview.under_way or dialog.saving.under_way or dialog._job is not None
    return not waits and (dialog.older is not None or bool(dialog.answered))


def press(nurse: Nurse, dialog: OlderVisitsDialog, key: Qt.Key) -> None:
    """Press a key where the keyboard is, and wait for what comes of it."""

    def state() -> object:
        name = dialog.older.name if dialog.older is not None else None
        return name, dialog.answer, len(dialog.answered), dialog.frame.form, dialog.frame.sure.isHidden()

    before = state()
    QTest.keyClick(focus_of(dialog), key)
    nurse.wait(lambda: state() != before and is_ready(dialog))


def focus_of(dialog: OlderVisitsDialog) -> QWidget:
    found: QWidget | None = dialog.focusWidget()
    return dialog if found is None else found


def at(dialog: OlderVisitsDialog) -> tuple[str, str]:
    assert dialog.older is not None
    return dialog.older.name


def test_each_answer_is_a_fact_and_one_key_undoes_it(nurse: Nurse) -> None:
    dialog = opened(nurse)
    # By day: closed two weeks ago, then those of February; what was held without its outcome is none of them.
    assert (at(dialog), dialog.frame.progress.text()) == (("LI-002", "SP-C04#1.15"), "1 of 6")
    said = texts(dialog)
    assert said[0] == "LI-002"
    assert "Bloods before preoperative cycle 1 day 15" in said
    assert "Planned for Fri 29 Jan 2027" in said
    assert "window Fri 29 Jan – Mon 1 Feb 2027, closed 14 days ago" in said
    assert "As planned: no other visit moves." in said
    before = len(nurse.facts())
    press(nurse, dialog, Key.Key_A)
    assert dialog.frame.progress.text() == "2 of 6"
    (done,) = nurse.facts("performed")[-1:]
    assert (done.fields["visit"], done.fields["on"], len(nurse.facts())) == ("SP-C04#1.15", "2027-01-29", before + 1)
    press(nurse, dialog, Key.Key_U)
    assert (at(dialog), dialog.frame.progress.text(), dialog.answered) == (("LI-002", "SP-C04#1.15"), "1 of 6", [])
    assert nurse.facts()[-1].kind == "correction"
    press(nurse, dialog, Key.Key_L)
    assert (at(dialog)[0], dialog.frame.progress.text()) == ("LI-002", "2 of 6")
    press(nurse, dialog, Key.Key_U)
    assert at(dialog) == ("LI-002", "SP-C04#1.15")
    assert len(nurse.facts()) == before + 2
    while dialog.older is not None:
        press(nurse, dialog, Key.Key_L)
    assert texts(dialog) == ["6 visits: 6 left for later."]
    press(nurse, dialog, Key.Key_U)
    assert (dialog.frame.progress.text(), dialog.frame.day.isVisible()) == ("6 of 6", True)
    press(nurse, dialog, Key.Key_L)
    QTest.keyClick(focus_of(dialog), Key.Key_Return)
    nurse.wait(nurse.no_dialog)


def test_another_day_is_typed_and_a_reason_is_asked_for(nurse: Nurse) -> None:
    dialog = opened(nurse)
    press(nurse, dialog, Key.Key_D)
    line = dialog.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.selectedText() == "2027-01-29"
    QTest.keyClicks(line, "1.2.2027")
    # Letters belong to the field, and Enter saves what was shown.
    press(nurse, dialog, Key.Key_Return)
    done = nurse.facts("performed")[-1]
    assert (done.fields["visit"], done.fields["on"]) == ("SP-C04#1.15", "2027-02-01")
    press(nurse, dialog, Key.Key_N)
    assert dialog.frame.save_button.text().startswith("Did not come")
    dialog.save()
    nurse.settle()
    assert len(nurse.facts("missed")) == 0, "a visit is not missed without a reason"
    form = dialog.frame.form
    assert form is not None
    form.form.set_fields({"reason": "illness"})
    form.form.changed.emit()
    dialog.save()
    nurse.wait(lambda: len(dialog.answered) == 2)
    nurse.wait(lambda: is_ready(dialog))
    (missed,) = nurse.facts("missed")
    assert (missed.fields["visit"], missed.fields["reason"]) == (dialog.answered[1].visit[1], "illness")
    # Escape leaves the form and not the dialog.
    press(nurse, dialog, Key.Key_O)
    assert dialog.frame.form is not None
    assert (dialog.frame.form.kind, dialog.frame.form.reason()) == ("missed", "not needed"), "it is no infusion"
    press(nurse, dialog, Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.frame.form is None


def test_rescheduled_is_a_booking(nurse: Nurse) -> None:
    dialog = opened(nurse)
    visit = at(dialog)
    QTest.keyClick(focus_of(dialog), Key.Key_R)
    nurse.wait(lambda: any(one.isVisible() for one in dialog.findChildren(ChangeDialog)))
    (booking,) = dialog.findChildren(ChangeDialog)
    assert (booking.kind, booking.visit) == ("booked", visit[1])
    nurse.wait(lambda: not booking.preview.under_way)
    booking.form.set_day(nurse.session.today.replace(day=16))
    nurse.wait(lambda: not booking.preview.under_way)
    booking.save()
    nurse.wait(lambda: booking.saving.under_way or dialog.answered or not booking.frame.sure.isHidden())
    nurse.settle()
    if not dialog.answered:
        booking.frame.sure.box.setChecked(True)
        booking.save()
    nurse.wait(lambda: dialog.answered)
    nurse.wait(lambda: is_ready(dialog))
    assert [one.answer for one in dialog.answered] == ["rebooked"]
    assert at(dialog) != visit
    assert nurse.facts("booked")[-1].fields["on"] == "2027-02-16"


def test_what_moves_other_visits_is_said_before_it_is_saved(nurse: Nurse, clock: Clock) -> None:
    dialog = opened(nurse)
    while at(dialog) != ("LI-002", "SP-C03#1.15"):
        press(nurse, dialog, Key.Key_L)
    press(nurse, dialog, Key.Key_D)
    line = dialog.focusWidget()
    assert isinstance(line, QLineEdit)
    before = len(nurse.facts())
    # Enter comes before the effect of the day can be shown: both are one turn of the event loop.
    line.setText("2027-02-12")
    QTest.keyClick(line, Key.Key_Return)
    nurse.wait(lambda: not dialog.preview.under_way)
    nurse.settle()
    assert at(dialog) == ("LI-002", "SP-C03#1.15")
    assert dialog.frame.effect.text.text().endswith(" visits move.")
    assert len(nurse.facts()) == before, "the first Enter shows what moves"
    press(nurse, dialog, Key.Key_Return)
    done = nurse.facts("performed")[-1]
    assert (done.fields["visit"], done.fields["on"]) == ("SP-C03#1.15", "2027-02-12")


def test_what_is_doubted_is_asked_about_before_it_is_recorded(nurse: Nurse) -> None:
    dialog = opened(nurse)
    while at(dialog) != ("LI-002", "SP-C03#1.15"):
        press(nurse, dialog, Key.Key_L)
    press(nurse, dialog, Key.Key_D)
    line = dialog.focusWidget()
    assert isinstance(line, QLineEdit)
    # Before the dose of day 8, which was given on 25 January: out of order.
    line.setText("2027-01-23")
    nurse.wait(lambda: is_ready(dialog))
    before = len(nurse.facts())
    press(nurse, dialog, Key.Key_Return)
    assert dialog.frame.sure.isVisible()
    assert dialog.frame.sure.box.hasFocus()
    assert len(nurse.facts()) == before, "it is not recorded before somebody has said that it is meant"
    QTest.keyClick(focus_of(dialog), Key.Key_Space)
    press(nurse, dialog, Key.Key_Return)
    done = nurse.facts("performed")[-1]
    assert (done.fields["visit"], done.fields["on"]) == ("SP-C03#1.15", "2027-01-23")


def test_who_only_reads_can_answer_nothing(make_nurse: Make, study_path: Path) -> None:
    reader = make_nurse(study_path, writing=False)
    reader.wait_for_today()
    dialog = opened(reader)
    assert dialog.frame.banner.isVisible()
    assert not any(button.isEnabled() for button in dialog.frame.buttons.values())
    before = len(reader.facts())
    QTest.keyClick(dialog, Key.Key_A)
    reader.settle()
    assert (dialog.answered, len(reader.facts())) == ([], before)


@pytest.mark.slow
def test_ten_visits_take_twelve_keys_and_less_than_a_minute(nurse: Nurse, clock: Clock) -> None:
    clock.now = LATER
    nurse.session.check_clock()
    nurse.wait(lambda: "Thursday 25 February 2027" in texts(nurse.today))
    nurse.settle()
    keys, started, before = 1, perf_counter(), len(nurse.facts("performed"))
    dialog = opened(nurse)
    while len(dialog.answered) < 10:
        press(nurse, dialog, Key.Key_A)
        keys += 1
        if dialog.answered and not dialog.frame.sure.isHidden():
            press(nurse, dialog, Key.Key_L)
            keys += 1
    took = perf_counter() - started
    recorded = len(nurse.facts("performed")) - before
    print(f"{recorded} visits recorded with {keys} keys and no click in {took:.1f} s")
    assert Counter(one.answer for one in dialog.answered)["planned"] == recorded == 10
    assert keys <= 12
    assert took < 60
