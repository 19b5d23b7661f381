"""The window: menu, line at the top, pages, line at the bottom. It passes on what pages ask for; it decides nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.ui.pages.start.page import StartPage
from app.ui.session.session import Changed, StudySession
from app.ui.shell import study_files
from app.ui.shell.dialog_opener import Actions
from app.ui.shell.menus import Menus
from app.ui.shell.preferences import Preferences
from app.ui.shell.side_bar import SideBar
from app.ui.shell.status_bar import BottomBar
from app.ui.shell.top_bar import Find, TopBar
from app.ui.shell.window_geometry import place_on
from app.ui.style import theme, tokens
from app.ui.widgets.buttons import rule
from app.ui.widgets.notes import Banner
from app.ui.widgets.text import Label
from app.wording.language import gettext as _

NARROW = 1000
_MINUTE_MS = 15_000


class MainWindow(QMainWindow):
    """The one window."""

    def __init__(self, desk: StudySession, preferences: Preferences) -> None:
        """Painted before the study is read."""
        super().__init__()
        self.desk: StudySession = desk
        self.preferences: Preferences = preferences
        self.wanted: tuple[Path | None, bool] = (None, False)
        self.actions_asked: Actions = Actions(desk, self)
        self.menus = Menus(self, self.run)
        self.top, self.side, self.bottom = TopBar(), SideBar(self.go), BottomBar(desk)
        self.banner = Banner()
        self.start = StartPage()
        self.pages: dict[str, QWidget] = {"start": self.start}
        self.stack = QStackedWidget()
        self._build()
        self._connect()
        self.menus.check_look(preferences.look)
        self._study_changed()

    def _build(self) -> None:
        self.band = Label(_("DEMO – nobody in this study is real"), "strong")
        self.band.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.band.setProperty("band", "true")
        self.band.hide()
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.side)
        body.addWidget(rule(vertical=True))
        body.addWidget(self.stack, 1)
        inside = QFrame()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.band, self.top, rule(), self.banner):
            column.addWidget(widget)
        column.addLayout(body, 1)
        column.addWidget(rule())
        column.addWidget(self.bottom)
        self.setCentralWidget(inside)
        self.stack.addWidget(self.start)
        self._begin(self.start)
        self.setMinimumSize(640, 400)

    def _connect(self) -> None:
        desk = self.desk
        desk.opened.connect(self._opened)
        desk.closed.connect(self._closed)
        desk.changed.connect(self._changed)
        desk.troubled.connect(self._troubled)
        self.start.demo.connect(lambda: self.run("demo"))
        self.start.made.connect(lambda name: study_files.make_study(self, name))
        self.start.other.connect(lambda: self.run("open"))
        self.start.retried.connect(lambda: study_files.open_again(self))
        self.bottom.undone.connect(lambda: desk.undo())
        self.top.finder.find_in(self._all_to_find)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._show_moment)
        self._minute.start()

    # Pages

    def page(self, name: str) -> QWidget:
        """A page, made when it is first wanted."""
        if name not in self.pages:
            self.pages[name] = self._make_page(name)
            self.stack.addWidget(self.pages[name])
        return self.pages[name]

    def _make_page(self, name: str) -> QWidget:
        from app.ui.shell import page_factory

        return page_factory.MAKERS[name](self)

    def go(self, name: str) -> None:
        """Show a page."""
        shown = self.page(name if self.desk.look is not None else "start")
        self.stack.setCurrentWidget(shown)
        self.side.show_page("participants" if name == "participant" else name)
        self._begin(shown)
        self._allow()

    def _begin(self, page: QWidget) -> None:
        """Put the keyboard where work on the page begins."""
        first: QWidget | None = getattr(page, "first", None)
        focused = QApplication.focusWidget()
        if first is not None:
            first.setFocus()
        elif focused is None or not page.isAncestorOf(focused):
            page.setFocus()
            page.focusNextChild()

    def open_participant(self, code: str, visit: str = "") -> None:
        """Show a participant."""
        from app.ui.pages.participant.page import ParticipantPage

        shown = self.page("participant")
        if isinstance(shown, ParticipantPage):
            shown.open(code, visit)
            self.go("participant")

    def selection(self) -> tuple[str, str] | None:
        """The participant and visit that are chosen on the page that is shown."""
        asked: Callable[[], tuple[str, str] | None] | None = getattr(self.stack.currentWidget(), "selection", None)
        return asked() if asked is not None else None

    # What happens

    def _opened(self) -> None:
        self.preferences.study = self.desk.path or Path()
        self.band.setVisible(self.desk.is_demo)
        self.start.banner.hide()
        self.banner.hide()
        look = self.desk.look
        self.go("today" if look is not None and look.participants else "enrol" if look is not None else "start")

    def _closed(self) -> None:
        """Nothing stands there any more of a study that is not open."""
        self.band.hide()
        self.banner.hide()
        self.top.show_study("", ())
        self.bottom.clear()
        self._study_changed()

    def _changed(self, changed: Changed) -> None:
        self._study_changed()
        if changed.text:
            self.bottom.tell(changed.text, changed.undoable)

    def _study_changed(self) -> None:
        look = self.desk.look
        self.side.setEnabled(look is not None)
        self._show_moment()
        self._allow()
        if look is None:
            self.setWindowTitle("Studyday")
            return
        self.setWindowTitle(f"{look.name or (self.desk.path.stem if self.desk.path else '')} – Studyday")
        self.top.show_study(look.name, [title for _id, title in look.titles])
        self.side.buttons["participants"].set_count(len(look.participants))
        self.menus.name_undo(look.undo, look.redo, self.desk.can_write)
        self.bottom.show_study(look)
        if look.read_only:
            self.banner.tell(_("To read only: {why}.").format(why=look.read_only), "notice", closable=False)
        for warning in look.warnings:
            self.banner.tell(warning, "notice")

    def _troubled(self, text: str, report: str) -> None:
        remedies = []
        if report:
            text = f"{text} {_('The report for the developers, without any values, is in {path}.').format(path=report)}"
            remedies.append((_("Copy details"), lambda: QGuiApplication.clipboard().setText(report)))
        self.banner.tell(text, "alarm", remedies)

    def _allow(self) -> None:
        look = self.desk.look
        self.menus.allow(look is not None, self.desk.can_write, hasattr(self.stack.currentWidget(), "selection"))
        if look is not None:
            self.menus.name_undo(look.undo, look.redo, self.desk.can_write)

    def _show_moment(self) -> None:
        zone = self.desk.look.zone if self.desk.look is not None else ""
        self.top.show_moment(self.desk.today, self.desk.circumstances.moment(zone))

    def _all_to_find(self) -> Sequence[Find]:
        look = self.desk.look
        codes = [Find(code, _("participant"), self._opening(code)) for code in (look.participants if look else ())]
        commands = [
            Find(action.text().replace("&", "").rstrip("…"), action.shortcut().toString(), action.trigger)
            for action in self.menus.actions.values()
            if action.isEnabled()
        ]
        return [*codes, *commands]

    def _opening(self, code: str) -> Callable[[], None]:
        return lambda: self.open_participant(code)

    # Commands

    def run(self, command: str) -> None:
        """Do a command of the menu."""
        from app.ui.shell.commands import run_command

        run_command(self, command)

    def set_look(self, look: str, scale: float) -> None:
        """Other colours, or another size of the text."""
        self.preferences.look, self.preferences.text_scale = look, scale
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.preferences.dark, scale)
        self.menus.check_look(look)
        self._fit()
        self.desk.changed.emit(Changed(None))

    # The window itself

    def place(self) -> None:
        """Go where the window was, if that can be seen."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        self.setGeometry(place_on(self.preferences.place, screens))
        if self.preferences.maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _fit(self) -> None:
        self.side.set_narrow(self.width() < tokens.px(NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the pages' names give way to their icons."""
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place; what was asked of the file is finished before the program ends."""
        self.preferences.maximized = self.isMaximized()
        if not self.isMaximized():
            self.preferences.place = self.geometry()
        super().closeEvent(event)
