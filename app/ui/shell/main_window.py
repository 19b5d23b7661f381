"""The main window: menu, top bar, pages and status bar. It reports commands by a signal and decides nothing itself."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.ui.forms.unsaved import Draft, ask_before_losing, drafts_in
from app.ui.pages.start.page import StartPage
from app.ui.session.error_text import known_text
from app.ui.session.session import Changed, StudySession
from app.ui.shell.dialog_opener import DialogOpener
from app.ui.shell.file_banner import tell_of_file
from app.ui.shell.menus import Menus
from app.ui.shell.no_calendar import show_without_calendar
from app.ui.shell.page_stack import PageStack
from app.ui.shell.preferences import Preferences
from app.ui.shell.side_bar import SideBar
from app.ui.shell.status_bar import StatusBar
from app.ui.shell.top_bar import TopBar
from app.ui.shell.window_geometry import geometry_on
from app.ui.style import theme, tokens
from app.ui.widgets.buttons import rule
from app.ui.widgets.notes import Banner, Remedy
from app.ui.widgets.on_screen import keep_on_screen
from app.ui.widgets.text import Label
from app.wording.language import gettext as _
from app.wording.visible import visible_line

NARROW = 1000
_MINUTE_MS = 15_000
PageFactory = Callable[["MainWindow", str], QWidget]
"""Makes the page of that name and connects it to the window."""


class MainWindow(QMainWindow):
    """The one window of a session."""

    commanded = Signal(str)
    """The id of a command, or a kind of fact to record of the chosen visit or participant."""

    def __init__(self, session: StudySession, preferences: Preferences, make_page: PageFactory) -> None:
        """Build a window that can be painted before a study is open; each page is made when it is first shown."""
        super().__init__()
        self.session: StudySession = session
        self.preferences: Preferences = preferences
        self._make_page = make_page
        self.dialogs: DialogOpener = DialogOpener(session, self)
        self.menus = Menus(self, self.commanded.emit)
        self.top_bar, self.side_bar, self.status_bar = TopBar(), SideBar(self.go), StatusBar(session)
        self.banner, self.backup_banner = Banner(), Banner()
        self.start = StartPage()
        self.pages: dict[str, QWidget] = {"start": self.start}
        self.stack = PageStack()
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
        body.addWidget(self.side_bar)
        body.addWidget(rule(vertical=True))
        body.addWidget(self.stack, 1)
        inside = QFrame()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.band, self.top_bar, rule(), self.banner, self.backup_banner):
            column.addWidget(widget)
        column.addLayout(body, 1)
        column.addWidget(rule())
        column.addWidget(self.status_bar)
        self.setCentralWidget(inside)
        self.stack.addWidget(self.start)
        self._focus_first(self.start)
        self.setMinimumSize(640, 400)

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._opened)
        session.closed.connect(self._closed)
        session.changed.connect(self._changed)
        session.failed.connect(self._show_error)
        session.doubted.connect(self.dialogs.ask_doubted)
        self.start.demo.connect(lambda: self.commanded.emit("demo"))
        self.start.other.connect(lambda: self.commanded.emit("open"))
        self.status_bar.undone.connect(lambda: session.undo())
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._show_moment)
        self._minute.start()

    # Pages

    def page(self, name: str) -> QWidget:
        """Return the page of that name, made when it is first needed."""
        if name not in self.pages:
            self.pages[name] = self._make_page(self, name)
            self.stack.addWidget(self.pages[name])
        return self.pages[name]

    def go(self, name: str) -> None:
        """Show a page."""
        shown = self.page(name if self.session.view is not None else "start")
        self.stack.setCurrentWidget(shown)
        self.side_bar.show_page("participants" if name == "participant" else name)
        self._focus_first(shown)
        self._enable_commands()

    def _focus_first(self, page: QWidget) -> None:
        """Give the keyboard focus to the widget in which work on the page begins."""
        first: QWidget | None = getattr(page, "first", None)
        focused = QApplication.focusWidget()
        if first is not None and first.isVisibleTo(page):
            first.setFocus()
        elif focused is None or not page.isAncestorOf(focused):
            page.setFocus()
            page.focusNextChild()

    def open_participant(self, code: str, visit: str = "") -> None:
        """Show the page of a participant, with a visit chosen there (else the next one)."""
        from app.ui.pages.participant.page import ParticipantPage

        shown = self.page("participant")
        elsewhere = show_without_calendar(self.session.view, code, self.page, self.go)
        if not elsewhere and isinstance(shown, ParticipantPage):
            shown.open(code, visit)
            self.go("participant")

    def selection(self) -> tuple[str, str] | None:
        """Return the participant and visit that are chosen on the shown page, if it has such a choice."""
        asked: Callable[[], tuple[str, str] | None] | None = getattr(self.stack.currentWidget(), "selection", None)
        return asked() if asked is not None else None

    # The study

    def _opened(self) -> None:
        self.preferences.study = self.session.path or Path()
        self.band.setVisible(self.session.is_demo)
        self.start.banner.hide()
        self.start.show_offers()
        self.start.discard()
        self.banner.hide()
        view = self.session.view
        self.go("today" if view is not None and view.participants else "enrol" if view is not None else "start")

    def _closed(self) -> None:
        """Clear everything that was shown of the closed study."""
        self.band.hide()
        self.banner.hide()
        self.top_bar.show_study("", ())
        self.status_bar.clear()
        self._study_changed()

    def _changed(self, changed: Changed) -> None:
        self._study_changed()
        if changed.text:
            self.status_bar.tell(changed.text, changed.undoable, changed.redoable, changed.saved)

    def _study_changed(self) -> None:
        view = self.session.view
        self.side_bar.setEnabled(view is not None)
        self._show_moment()
        self._enable_commands()
        if view is None:
            self.setWindowTitle("Studyday")
            return
        name = view.name or (self.session.path.stem if self.session.path else "")
        self.setWindowTitle(visible_line(f"{name} – Studyday"))
        self.top_bar.show_study(view.name, [title for _id, title in view.titles])
        self.side_bar.buttons["participants"].set_count(len(view.participants))
        self.status_bar.show_study(view)
        tell_of_file(self.banner, view, self.commanded.emit)

    def _show_error(self, error: BaseException, report: str) -> None:
        text = known_text(error) or _("The program made a mistake; what is in the file is as it was.")
        remedies: list[Remedy] = []
        if report:
            text = f"{text} {_('A report that you can send, without any values, is in {path}.').format(path=report)}"
            remedies.append((_("Show the report"), lambda: self.dialogs.show_report(Path(report))))
        self.banner.tell(text, "alarm", remedies)

    def _enable_commands(self) -> None:
        view = self.session.view
        chosen = hasattr(self.stack.currentWidget(), "selection")
        self.menus.allow(view is not None, self.session.can_write, chosen, self.session.can_print)
        undo, redo = (view.undo, view.redo) if view is not None else ("", "")
        self.menus.name_undo(undo, redo, self.session.can_write)

    def _show_moment(self) -> None:
        zone = self.session.view.zone if self.session.view is not None else ""
        self.top_bar.show_moment(self.session.today, self.session.environment.moment(zone))

    # The window itself

    def set_look(self, look: str, scale: float) -> None:
        """Show other colours, or another size of the text."""
        self.preferences.look, self.preferences.text_scale = look, scale
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.preferences.dark, scale)
        self.menus.check_look(look)
        self._fit()
        self.session.changed.emit(Changed(None))

    def restore_geometry(self) -> None:
        """Go to the geometry that was kept last, if it can be seen on today's screens."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        self.setGeometry(geometry_on(self.preferences.geometry, screens))
        if self.preferences.maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        # The frame is known once the window has been shown.
        QTimer.singleShot(0, self, lambda: keep_on_screen(self))

    def _fit(self) -> None:
        self.side_bar.set_narrow(self.width() < tokens.px(NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons alone in the side bar of a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def typed_drafts(self) -> list[Draft]:
        """Return the dialogs and pages in which something is typed and not saved."""
        return [one for one in drafts_in(self, self.pages.values()) if one.has_typed()]

    def lose_drafts(self, then: Callable[[], object], kept: Draft | None = None) -> None:
        """Call `then`, which loses what was typed in the window except in `kept`; ask first where there is any."""
        ask_before_losing(self, [one for one in drafts_in(self, self.pages.values()) if one is not kept], then)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the geometry; the session finishes its jobs before the program ends. Ask first where text is lost."""
        if self.typed_drafts():
            event.ignore()
            self.lose_drafts(self.close)
            return
        self.preferences.maximized = self.isMaximized()
        if not self.isMaximized():
            self.preferences.geometry = self.geometry()
        super().closeEvent(event)
