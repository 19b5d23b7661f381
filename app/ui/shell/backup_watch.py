"""Watches the backups while a study is open: what somebody should see to is said in a banner, with its remedy."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.ui.shell.main_window import MainWindow
from app.ui.widgets.notes import Banner
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.session.worker import Job

AFTER_OPENING_MS = 2_000
EVERY_MS = 10 * 60_000
"""So often it looks while nothing else makes it look."""


class BackupWatch(QObject):
    """Looks at the backups when a study is opened, after a backup, and from time to time."""

    def __init__(self, window: MainWindow) -> None:
        """Watch for that window."""
        super().__init__(window)
        self._window, self._said = window, ""
        self.banner: Banner = window.backup_banner
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        session = window.session
        # Not while the first page is being filled.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_OPENING_MS)
        self._soon.timeout.connect(self.look)
        session.opened.connect(self._soon.start)
        session.closed.connect(self._forget)
        session.changed.connect(lambda _changed: self.look() if self._said else None)

    def look(self) -> None:
        """Ask how the backups are, and say what somebody should see to."""
        if self._window.session.view is None or self._window.session.is_demo:
            self._forget()
            return

        def read(study: "Study", _job: "Job") -> str:
            from app.services.queries.backup_state import backup_state, trouble_text

            return trouble_text(backup_state(study))

        self._window.session.ask(read, self._say, lambda _error: None, owner=self)

    def _forget(self) -> None:
        self._said = ""
        self.banner.hide()

    def _say(self, text: str) -> None:
        if text == self._said:
            return
        self._said = text
        if not text:
            self.banner.hide()
            return
        command = self._window.commanded.emit
        remedies = [(_("Back up now"), lambda: command("back_up")), (_("Show the backups"), lambda: command("backups"))]
        self.banner.tell(text, "notice", remedies)
