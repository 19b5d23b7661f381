"""Makes the backups of a study that stays open, and says in a banner, with its remedy, what somebody should see to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.ui.session.error_text import error_text
from app.ui.shell.main_window import MainWindow
from app.ui.widgets.notes import Banner
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.session.worker import Job

SETTLES_MS = 2_000
"""So long after the opening of a study, and after the last change, it looks."""
EVERY_MS = 10 * 60_000
"""So often it looks while nothing else makes it look."""


class BackupWatch(QObject):
    """Looks at the backups when a study is opened, after changes, and from time to time while it stays open."""

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
        # Not while the first page is being filled, nor between two changes.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLES_MS)
        self._soon.timeout.connect(self.look)
        session.opened.connect(self._soon.start)
        session.closed.connect(self._forget)
        session.changed.connect(self._changed)

    def _changed(self) -> None:
        """Look at once where a trouble may be over by now, else once the changes have settled."""
        self.look() if self._said else self._soon.start()

    def look(self) -> None:
        """Back up what is due, ask how the backups are, and say what somebody should see to."""
        if self._window.session.view is None or self._window.session.is_demo:
            self._forget()
            return

        def read(study: "Study", _job: "Job") -> str:
            from app.services.commands.backup import back_up_while_open
            from app.services.commands.second_backup import back_up_second_while_open
            from app.services.queries.backup_state import backup_state, trouble_text

            state = backup_state(study)
            if state.overdue == "folder":
                # All earlier backups are gone: somebody should know before there is one that looks well.
                return trouble_text(state)
            refused = back_up_while_open(study) or back_up_second_while_open(study)
            if refused is not None:
                return _("No backup could be made: {why}").format(why=error_text(refused))
            return trouble_text(backup_state(study))

        self._window.session.ask(read, self._say, lambda _error: None, owner=self)

    def _forget(self) -> None:
        self._soon.stop()
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
