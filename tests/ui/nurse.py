"""What a nurse does before the window, and what she sees in it."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

from app.domain.calendar.agenda import AgendaRow
from app.domain.facts.records import Recorded
from app.ui.dialogs.change.dialog import ChangeDialog
from app.ui.forms.unsaved import FormDialog
from app.ui.pages.monitor.page import MonitorPage
from app.ui.pages.participant.calendar_model import CalendarModel
from app.ui.pages.participant.page import ParticipantPage
from app.ui.pages.participants.page import ParticipantsPage
from app.ui.pages.study.page import StudyPage
from app.ui.pages.today.agenda_lines import Column
from app.ui.pages.today.agenda_model import AgendaModel
from app.ui.pages.today.page import TodayPage
from app.ui.session.worker import Job
from app.ui.shell.main_window import MainWindow
from app.ui.shell.study_files import StudyFiles
from app.ui.visit.inspector import Inspector

PATIENCE_SECONDS = 60
"""After that a test has failed; nothing takes a tenth of it, however busy the machine is."""
Key = Qt.Key


class Nurse:
    """One person before one window."""

    def __init__(self, window: MainWindow, files: StudyFiles) -> None:
        self.window, self.files, self.session = window, files, window.session

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until it is so."""
        end = perf_counter() + PATIENCE_SECONDS
        while not condition():
            assert perf_counter() < end, "it did not come about"
            QTest.qWait(2)

    # What she does

    def come_to_the_front(self) -> None:
        """Let keys go to this window."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def open(self, path: Path, writing: bool = True) -> None:
        """Open a study that can be opened."""
        self.files.open(path, writing)
        self.wait(lambda: self.session.view is not None)
        self.settle()

    def press(self, key: Qt.Key, widget: QWidget | None = None, alt: bool = False, ctrl: bool = False) -> None:
        """Press a key where the keyboard is, or in a widget."""
        held = Qt.KeyboardModifier.NoModifier
        held |= Qt.KeyboardModifier.AltModifier if alt else held
        held |= Qt.KeyboardModifier.ControlModifier if ctrl else held
        to = widget if widget is not None else QApplication.focusWidget()
        QTest.keyClick(to if to is not None else self.window, key, held)

    def type_in(self, widget: QWidget, text: str) -> None:
        """Type a text."""
        widget.setFocus()
        QTest.keyClicks(widget, text)

    def click(self, button: QAbstractButton) -> None:
        """Click a button that can be clicked."""
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def click_step(self, code: str, visit: str) -> None:
        """Click the button of a line of Today."""
        index = self.model.index_of(code, visit)
        self.today.list.scrollTo(index)
        at = self.today.list.visualRect(index.siblingAtColumn(Column.STEP)).center()
        QTest.mouseClick(self.today.list.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def choose(self, code: str, visit: str) -> None:
        """Choose a line of Today, and wait until it is shown beside the list."""
        assert self.today.list.choose(code, visit)
        self.today.list.setFocus()
        self.wait_for_visit(code, visit)

    def go(self, page: str) -> None:
        """Go to a page with the mouse."""
        self.click(self.window.side_bar.buttons[page])
        self.settle()

    def open_participant(self, code: str, visit: str = "") -> ParticipantPage:
        """Open a participant."""
        self.window.open_participant(code, visit)
        page = self.participant
        self.wait(lambda: page.view is not None and page.view.code == code)
        return page

    def settle(self) -> None:
        """Wait until all that was asked of the file is answered."""
        done: list[object] = []
        self.session.worker.submit(Job(lambda _study, _job: None, done.append))
        self.wait(lambda: bool(done))

    def of_file(self, ask: Any) -> Any:
        """What the open file answers."""
        answers: list[Any] = []
        self.session.ask(lambda study, _job: ask(study), answers.append)
        self.wait(lambda: bool(answers))
        return answers[0]

    def change(self, work: Any, *codes: str) -> None:
        """Have something recorded as another page would; it cannot be refused."""
        done: list[object] = []
        errors: list[BaseException] = []
        self.session.change(lambda study, _job: work(study), done.append, errors.append, codes=codes)
        self.wait(lambda: bool(done or errors))
        assert errors == [], errors
        self.settle()

    def facts(self, kind: str = "") -> list[Recorded]:
        """The facts in the file, or those of a kind."""
        found: list[Recorded] = self.of_file(lambda study: list(study.store.facts()))
        return [one for one in found if not kind or one.kind == kind]

    # What she sees

    @property
    def today(self) -> TodayPage:
        """The page of Today."""
        page = self.window.page("today")
        assert isinstance(page, TodayPage)
        return page

    @property
    def monitor(self) -> MonitorPage:
        """The page of the monitor."""
        page = self.window.page("monitor")
        assert isinstance(page, MonitorPage)
        return page

    @property
    def study(self) -> StudyPage:
        """The page of the study."""
        page = self.window.page("study")
        assert isinstance(page, StudyPage)
        return page

    @property
    def people(self) -> ParticipantsPage:
        """The page of the participants."""
        page = self.window.page("participants")
        assert isinstance(page, ParticipantsPage)
        return page

    @property
    def participant(self) -> ParticipantPage:
        """The page of one participant."""
        page = self.window.page("participant")
        assert isinstance(page, ParticipantPage)
        return page

    @property
    def model(self) -> AgendaModel:
        """The lines of Today."""
        model = self.today.list.model()
        assert isinstance(model, AgendaModel)
        return model

    @property
    def calendar(self) -> CalendarModel:
        """The lines of the participant's table."""
        model = self.participant.table.model()
        assert isinstance(model, CalendarModel)
        return model

    def headings(self) -> list[str]:
        """The headings of the groups, without those of their days."""
        numbers = [number for number, group in enumerate(self.model.groups) if not group.within]
        return [str(self.model.index(number, 0).data()) for number in numbers]

    def rows(self, group: str) -> list[tuple[str, str]]:
        """Code and visit of the visits of a group, over all its days."""
        return [(row.participant, row.entry.key) for row in self.lines(group)]

    def lines(self, group: str) -> list[AgendaRow]:
        """The visits of a group, over all its days."""
        lines = [line for one in self.model.groups if one.name == group for line in one.lines]
        return [line for line in lines if isinstance(line, AgendaRow)]

    def cell(self, code: str, visit: str, column: Column) -> str:
        """What stands in a line of Today."""
        index = self.model.index_of(code, visit)
        assert index.isValid(), (code, visit)
        return str(index.siblingAtColumn(column).data())

    def is_listed(self, code: str, visit: str) -> bool:
        """Whether Today has a line for that visit."""
        return self.model.index_of(code, visit).isValid()

    def wait_for_today(self) -> None:
        """Wait until Today has been read."""
        self.wait(lambda: self.model.rowCount() > 0)
        self.settle()
        self.wait(lambda: self.today.inspector.view is not None)

    def wait_for_visit(self, code: str, visit: str) -> None:
        """Wait until that visit is shown beside the list."""

        def is_shown() -> bool:
            view = self.today.inspector.view
            return view is not None and (view.participant.code, view.entry.key) == (code, visit)

        self.wait(is_shown)

    def dialog(self) -> ChangeDialog:
        """The dialog that opened, when it is ready to be typed in."""
        found: list[ChangeDialog] = []

        def is_open() -> bool:
            found[:] = [one for one in self.window.findChildren(ChangeDialog) if one.isVisible()]
            return bool(found) and not found[0].preview.under_way

        self.wait(is_open)
        return found[0]

    def leave(self, dialog: QDialog) -> None:
        """Close a dialog without saving."""
        gone: list[bool] = []
        dialog.destroyed.connect(lambda: gone.append(True))
        dialog.discard() if isinstance(dialog, FormDialog) else dialog.reject()
        self.wait(lambda: bool(gone))
        self.come_to_the_front()

    def no_dialog(self) -> bool:
        """Whether nothing stands over the window."""
        return not any(one.isVisible() for one in self.window.findChildren(QDialog))

    def action(self, name: str) -> QAction:
        """A command of the menu."""
        return self.window.menus.actions[name]


def texts(widget: QWidget) -> list[str]:
    """The words of all labels that are seen in a widget."""
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget) and one.text()]


def buttons(inspector: Inspector | QWidget) -> dict[str, QAbstractButton]:
    """The buttons that are seen in a widget, by their words."""
    found = [one for one in inspector.findChildren(QAbstractButton) if one.isVisibleTo(inspector)]
    return {one.text().replace("&&", "&"): one for one in found}


def centre(widget: QWidget) -> QPoint:
    """The middle of a widget."""
    return widget.rect().center()
