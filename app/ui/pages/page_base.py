"""The base of a page: it reads again when it is shown after a change."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.session.session import Changed, StudySession


class Page(QWidget):
    """A page that listens to the one message of a change."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        """Read when the page is shown for the first time."""
        super().__init__(parent)
        self._session, self._stale = session, True
        session.changed.connect(self._changed)

    def refresh(self) -> None:
        """Read everything that the page shows again, if a study is open."""
        if self._session.view is not None:
            self._stale = False
            self.read()

    def read(self) -> None:
        """Ask the file for what the page shows."""
        raise NotImplementedError

    def concerns(self, changed: Changed) -> bool:
        """Whether the page may show something that changed."""
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not inside Qt's own call: an error there could end the program instead of being reported.
        QTimer.singleShot(0, self, self._refresh_if_stale)

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self.refresh()

    def _changed(self, changed: Changed) -> None:
        if not self.concerns(changed):
            return
        self._stale = True
        if self.isVisible():
            self.refresh()
