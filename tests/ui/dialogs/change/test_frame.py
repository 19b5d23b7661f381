"""The frame of a change dialog: the keyboard's way round, the first focus, small screens and large text."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.style import theme
from tests.ui.dialogs.room import Room

Opened = tuple[str, str, dict[str, object]]
MOVE: Opened = ("moved", "SP-C02#2", {"to": "2027-01-04"})
BOOK: Opened = ("booked", "SP-C02#2", {})
OPERATION: Opened = ("operation", "SP-P03", {"on": "2026-12-18"})
DECIDE: Opened = ("decided", "SP-R01", {})
EVENT: Opened = ("adverse_event", "", {})


# The keyboard


def round_of(dialog: ChangeDialog) -> list[QWidget]:
    """Everything that Tab reaches, until it is back where it began."""
    first = dialog.focusWidget()
    found: list[QWidget] = []
    for _number in range(80):
        focus = dialog.focusWidget()
        assert focus is not None
        if found and focus is first:
            return found
        found.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not come back to where it began")


def check_round(dialog: ChangeDialog) -> None:
    """Tab goes round everything."""
    reached = round_of(dialog)
    edit = dialog.form.day_edit()
    assert edit is not None
    expected = {dialog.frame.primary, dialog.frame.cancel, edit.line}
    if dialog.frame.impact.table.isVisible():
        expected.add(dialog.frame.impact.table)
    if dialog.picker is not None:
        expected |= {dialog.picker.grid, dialog.picker.earlier, dialog.picker.later}
    assert expected <= set(reached)


@pytest.mark.parametrize(
    ("opened", "begins"),
    [
        (BOOK, lambda dialog: dialog.picker.grid),
        (MOVE, lambda dialog: dialog.form.form.editor("reason").focusProxy()),
        (DECIDE, lambda dialog: next(iter(dialog.form.outcomes.buttons.values()))),
    ],
    ids=["days", "what is missing", "outcomes"],
)
def test_it_begins_where_a_person_goes_on(room: Room, opened: Opened, begins: object) -> None:
    dialog = room.dialog(*opened)
    assert callable(begins)
    assert dialog.focusWidget() is begins(dialog)


def test_a_decision_is_chosen_among_rows_with_their_labels(room: Room) -> None:
    last = room.last
    dialog = room.dialog("decided", "SP-R01", {"on": "2026-12-18"})
    rows = dialog.form.outcomes
    assert rows is not None
    assert {value: button.text() for value, button in rows.buttons.items()} == {
        "response": "Response or stable disease",
        "continue": "Continue chemotherapy",
        "palliative": "Palliative care",
    }
    room.save(dialog)
    assert rows.error.text() == "Choose what was decided."
    room.press(rows.buttons["palliative"], Qt.Key.Key_Space)
    assert rows.error.isHidden()
    room.settle(dialog)
    assert "are cancelled" in dialog.frame.impact.totals.text()
    room.save(dialog, "keys")
    assert [fields["outcome"] for _kind, fields in room.facts_after(last)] == ["palliative"]


# Names


# Small screens and large text


def inside(dialog: ChangeDialog, widget: QWidget) -> bool:
    """Whether all of a widget lies within the dialog."""
    return dialog.rect().contains(QRect(widget.mapTo(dialog, QPoint(0, 0)), widget.size()))


def check_small(room: Room, dialog: ChangeDialog) -> None:
    """Everything fixed is in sight, everything else can be scrolled to, nothing is cut at the side.

    A dialog that was just shown is put on its screen first, which is smaller here; and what wraps is laid out once more
    when it knows how wide it is.
    """
    found = ["not looked at"]

    def is_small() -> bool:
        if (dialog.width(), dialog.height()) != (911, 480):
            dialog.resize(911, 480)
        found[:] = faults_when_small(dialog)
        return not found

    try:
        room.qtbot.waitUntil(is_small)
    except room.qtbot.TimeoutError:
        assert found == []  # says what does not fit


def faults_when_small(dialog: ChangeDialog) -> list[str]:
    """What does not fit into the dialog on a small screen."""
    least = dialog.minimumSizeHint()
    found = [] if (dialog.width(), dialog.height()) == (911, 480) else [f"it is {dialog.width()} x {dialog.height()}"]
    if max(dialog.minimumHeight(), least.height()) > 440 or least.width() > 911:
        found.append(f"it needs {least.width()} x {max(dialog.minimumHeight(), least.height())}")
    for widget in (dialog.frame.header, dialog.frame.cancel, dialog.frame.primary):
        if not inside(dialog, widget) or widget.height() < widget.minimumSizeHint().height():
            found.append(f"{widget} is cut")
    found += [f"{one} is cut" for one in dialog.findChildren(QScrollArea) if one.horizontalScrollBar().maximum()]
    for edit in dialog.findChildren(QLineEdit):
        # The line of a combo box has the combo box's own frame around it.
        lines = 4 if isinstance(edit.parent(), QComboBox) else 0
        if edit.isVisible() and edit.height() < edit.minimumSizeHint().height() - lines:
            found.append(f"{edit} is cut")
    return found


OPENED = (MOVE, BOOK, DECIDE, OPERATION, EVENT)


@pytest.mark.parametrize("opened", OPENED, ids=lambda one: one[0])
def test_it_fits_a_small_screen_and_text_twice_as_large(room: Room, qapp: QApplication, opened: Opened) -> None:
    dialog = room.dialog(*opened)
    check_small(room, dialog)
    check_round(dialog)
    if dialog.has_preview:
        edit = dialog.form.day_edit()
        assert edit is not None
        impact_left = dialog.frame.impact.mapTo(dialog, QPoint(0, 0)).x()
        assert impact_left > edit.mapTo(dialog, QPoint(edit.width(), 0)).x(), "form and table stand side by side"
    dialog.close()
    theme.apply(qapp, dark=False, text_scale=2.0)
    dialog = room.dialog(*opened)
    check_small(room, dialog)
    check_in_sight(dialog)


def check_in_sight(dialog: ChangeDialog) -> None:
    """What Tab reaches is scrolled into sight."""
    for _number in range(60):
        widget = dialog.focusWidget()
        assert widget is not None
        top = widget.mapTo(dialog, QPoint(0, 0))
        assert dialog.rect().contains(top), f"{widget} is out of sight when Tab reaches it"
        if widget is dialog.frame.primary:
            return
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not reach the button")


def test_it_is_no_larger_than_the_screen(room: Room) -> None:
    dialog = room.dialog(*MOVE)
    room_there = dialog.screen().availableGeometry()
    assert dialog.width() <= room_there.width()
    assert dialog.height() <= room_there.height()
