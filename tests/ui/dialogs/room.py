"""A room with one open study, and what a nurse does to a dialog there."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.domain.calendar.difference import Change
from app.domain.calendar.entries import Calendar
from app.domain.facts.kind import Json
from app.services.commands import record as changes
from app.services.commands import study_file
from app.services.queries.participant import ParticipantView, participant_view
from app.services.study.study import Study
from app.ui.dialogs.change.dialog import ChangeDialog, ask_change
from app.ui.session.session import Changed, StudySession

T = TypeVar("T")
FactFields = tuple[str, dict[str, Json]]
Row = tuple[str, str, date | None, date | None]


class Room:
    """One session with one study."""

    def __init__(self, qtbot: QtBot, session: StudySession, path: Path) -> None:
        self.qtbot, self.session, self.path = qtbot, session, path
        self.dialogs: list[ChangeDialog] = []
        self.messages: list[Changed] = []
        self.saved: list[Any] = []
        session.changed.connect(self.messages.append)

    def open(self, writing: bool = True) -> "Room":
        """Open the study file."""
        self.session.open(self.path, writing=writing)
        self.qtbot.waitUntil(lambda: self.session.view is not None)
        self.messages.clear()
        return self

    def ask(self, work: Callable[[Study], T]) -> T:
        """Have the worker do something, and wait for it."""
        found: list[T] = []
        self.session.ask(lambda study, _job: work(study), found.append, lambda said: found.append(said))  # type: ignore[arg-type]
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]

    def view(self, code: str = "LI-001") -> ParticipantView:
        """The participant as the desktop shows one."""
        return self.ask(lambda study: participant_view(study, code, self.session.today))

    def dialog(
        self, kind: str, visit: str = "", given: Mapping[str, object] | None = None, code: str = "LI-001"
    ) -> ChangeDialog:
        """Open a dialog, with its preview worked out."""
        found = ask_change(self.session, self.view(code), kind, visit, given)
        found.saved.connect(self.saved.append)
        self.dialogs.append(found)
        self.qtbot.waitExposed(found)
        self.settle(found)
        return found

    def settle(self, dialog: ChangeDialog) -> None:
        """Wait until what was typed is worked out and the days are there: both at once, as days may ask for more."""
        picker = dialog.picker

        def is_settled() -> bool:
            return not dialog.preview.under_way and (picker is None or bool(picker.grid.day_model.days))

        self.qtbot.waitUntil(is_settled)

    def fill(self, dialog: ChangeDialog, **fields: object) -> None:
        """Fill in the form, and wait for what it changes."""
        if dialog.form.outcomes is not None and "outcome" in fields:
            dialog.form.outcomes.set_value(fields.pop("outcome"))
        dialog.form.form.set_fields(fields)
        self.settle(dialog)

    def press(self, widget: QWidget, *keys: Qt.Key) -> None:
        """Press keys in a widget."""
        for key in keys:
            QTest.keyClick(widget, key)

    def save(self, dialog: ChangeDialog, by: str = "mouse") -> None:
        """Save by the mouse or by the keyboard, and wait for the answer."""
        if by == "mouse":
            QTest.mouseClick(dialog.frame.primary, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.saving.under_way)

    def facts_after(self, after: int = 0) -> list[FactFields]:
        """The facts after that number as kind and fields, as they stand in the file."""
        return self.ask(lambda study: [(one.kind, dict(one.fields)) for one in study.store.facts() if one.seq > after])

    @property
    def last(self) -> int:
        """The number of the last fact."""
        return self.ask(lambda study: study.head().seq)

    def record(self, kind: str, code: str = "LI-001", **fields: object) -> None:
        """Record a fact behind the dialog's back."""
        self.ask(lambda study: changes.change(study, code, kind, fields, self.session.today))

    def calendar(self, code: str = "LI-001") -> Calendar:
        """The calendar as the open study has it."""
        return self.view(code).calendar

    def on_disk(self, code: str = "LI-001") -> Calendar:
        """The calendar as it is read again from the closed file."""
        today = self.session.today
        self.session.end()
        study = study_file.open_file(self.path, self.session.environment, today, False)
        try:
            return participant_view(study, code, today).calendar
        finally:
            study.close()

    def close(self) -> None:
        """Close what is still open."""
        for one in self.dialogs:
            if isValid(one):
                one.discard()


def rows(changes_shown: tuple[Change, ...]) -> list[Row]:
    """What a table of changes shows, as plain values."""
    return [
        (
            one.key,
            one.kind.value,
            one.now.assumed if one.now is not None else None,
            one.new.assumed if one.new is not None else None,
        )
        for one in changes_shown
    ]


def shown(dialog: ChangeDialog) -> list[Row]:
    """The rows of the dialog's table."""
    return rows(dialog.frame.impact.table.changes.rows)


def cells(dialog: ChangeDialog, key: str) -> list[str]:
    """The texts of the row of a visit."""
    model = dialog.frame.impact.table.changes
    row = next(number for number, one in enumerate(model.rows) if one.key == key)
    return [model.text(row, column) for column in range(1, model.columnCount())]


def row_of(dialog: ChangeDialog, key: str) -> int:
    """The number of a visit's row."""
    return next(n for n, one in enumerate(dialog.frame.impact.table.changes.rows) if one.key == key)
