"""The day changes at midnight where the study is, and what is being typed then stays."""

from datetime import UTC, date, datetime

from PySide6.QtWidgets import QPlainTextEdit

from app.ui.pages.today.agenda_lines import Column
from app.ui.session.session import Changed
from tests.ui.conftest import Clock
from tests.ui.nurse import Key, Nurse, texts

ELEVEN_AT_NIGHT = datetime(2027, 2, 15, 22, 59, tzinfo=UTC)
MIDNIGHT = datetime(2027, 2, 15, 23, 0, tzinfo=UTC)
"""In Linköping, an hour east of Greenwich in winter."""


def test_it_is_the_same_day_until_midnight_at_the_site(nurse: Nurse, clock: Clock) -> None:
    heard: list[Changed] = []
    nurse.session.changed.connect(heard.append)
    clock.now = ELEVEN_AT_NIGHT
    nurse.session.check_clock()
    nurse.settle()
    assert nurse.session.today == date(2027, 2, 15)
    assert heard == []
    clock.now = MIDNIGHT
    nurse.session.check_clock()
    nurse.settle()
    assert nurse.session.today == date(2027, 2, 16)
    assert [one.codes for one in heard] == [None]


def test_everything_on_screen_is_of_the_new_day(nurse: Nurse, clock: Clock) -> None:
    assert "As of Mon 15 Feb 2027, 09:00" in texts(nurse.window)
    assert nurse.cell("LI-003", "SP-S08", Column.STATE) == "last day"
    clock.now = MIDNIGHT
    nurse.session.check_clock()
    nurse.wait(lambda: nurse.is_listed("LI-003", "SP-S08") and "Tuesday 16 February 2027" in texts(nurse.today))
    assert nurse.cell("LI-003", "SP-S08", Column.STATE) == "closed 1 day ago"
    assert nurse.cell("LI-002", "SP-C04#1.15", Column.STATE) == "closed 15 days ago"
    # Yesterday's visits have days left until the 18th, so they press now; only LI-006's bloods are for today.
    # Bloods come before infusions.
    assert nurse.rows("now") == [("LI-006", "SP-C04#2.1"), ("<b>R&D</b>", "SP-C01"), ("LI-003", "SP-C01")]
    assert "Tuesday 16 February 2027" in texts(nurse.today)
    assert "As of Tue 16 Feb 2027, 00:00" in texts(nurse.window)


def test_the_clock_is_looked_at_by_itself(nurse: Nurse, clock: Clock) -> None:
    clock.now = MIDNIGHT
    assert nurse.session._clock.isActive()
    assert nurse.session._clock.interval() <= 60_000
    nurse.session._clock.timeout.emit()
    nurse.wait(lambda: "Tuesday 16 February 2027" in texts(nurse.today))


def test_what_is_being_typed_at_midnight_stays(nurse: Nurse, clock: Clock) -> None:
    nurse.choose("LI-001", "SP-C02#3")
    nurse.press(Key.Key_N)
    dialog = nurse.dialog()
    field = dialog.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    nurse.type_in(field, "half a sen")
    clock.now = MIDNIGHT
    nurse.session.check_clock()
    nurse.wait(lambda: "Tuesday 16 February 2027" in texts(nurse.today))
    assert field.toPlainText() == "half a sen"
    assert dialog.isVisible()
    nurse.type_in(field, "tence")
    nurse.click(dialog.frame.primary)
    nurse.wait(nurse.no_dialog)
    note = nurse.facts("note")[-1]
    assert note.text("text") == "half a sentence"
    assert note.recorded_at.startswith("2027-02-15T23:00")


def test_a_day_that_was_chosen_before_midnight_stays_that_day(nurse: Nurse, clock: Clock) -> None:
    nurse.choose("LI-001", "SP-C02#3")
    nurse.press(Key.Key_Return)
    dialog = nurse.dialog()
    assert dialog.form.fields()["on"] == date(2027, 2, 15)
    clock.now = MIDNIGHT
    nurse.session.check_clock()
    nurse.wait(lambda: "Tuesday 16 February 2027" in texts(nurse.today))
    assert nurse.dialog().form.fields()["on"] == date(2027, 2, 15)
    nurse.leave(dialog)
