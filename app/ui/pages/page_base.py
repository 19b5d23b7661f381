"""The base of a page: it reads again when it is shown after a change, and says where it could not read everything."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.session.session import Changed, OnError, StudySession
from app.ui.session.worker import Job
from app.ui.widgets.notes import Banner
from app.wording.damage import left_out_text
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.study.study import Study

T = TypeVar("T")


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


class LongPage(Page):
    """A page about everybody, which says where it is not complete: its reading was stopped, or some participants cannot
    be planned.

    An empty list would else look as if nothing was due. `banner`: where that is said; the page gives it its place.
    """

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        """Say nothing as long as nothing was stopped."""
        super().__init__(session, parent)
        self.banner = Banner()
        self._job: Job | None = None
        self._given_up = False

    def ask_for(
        self,
        work: "Callable[[Study, Job], T]",
        then: Callable[[T], object],
        label: str,
        on_error: OnError | None = None,
    ) -> None:
        """Ask the file for what the page shows, in the place of what was asked before."""
        if self._job is not None:
            self._job.stop()

        def answered(found: T) -> None:
            was_incomplete, self._given_up = self._given_up, False
            then(found)
            if was_incomplete or self._lacks():
                self.clear_banner()

        self._job = self._session.ask(work, answered, on_error, self, label, self._tell_given_up)

    def _tell_given_up(self) -> None:
        self._stale = self._given_up = True
        text = _("This was stopped before everything was read: what is shown here is not complete.")
        self.banner.tell(text, "notice", [(_("Read everything"), self.refresh)], closable=False)

    def clear_banner(self) -> None:
        """Take away what was said before; that the page is not complete is said as long as that is so."""
        if self._given_up:
            return
        if lacks := self._lacks():
            self.banner.tell(lacks, "notice", closable=False)
        else:
            self.banner.hide()

    def _lacks(self) -> str:
        """Return what is missing here although everything was read; empty where nothing is."""
        view = self._session.view
        return left_out_text(view.left_out) if view is not None and view.left_out else ""
