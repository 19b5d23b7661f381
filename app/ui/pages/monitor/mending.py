"""What can be done to the fact of a log's chosen row: its menu, its button and its keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from app.services.queries.history import HistoryRow, history_of_fact
from app.ui.pages.monitor.log_view import LogView
from app.ui.session.session import StudySession
from app.ui.visit.mends import mend_text, mends_of
from app.ui.widgets.buttons import Button
from app.ui.widgets.text import no_mnemonic
from app.wording.language import gettext as _


class Mending(QObject):
    """Asks the file what can be done to a fact once somebody wants to know, as a log may have thousands of rows."""

    asked = Signal(str, object)
    """What is asked for about a fact, and its `HistoryRow`."""
    shown = Signal(object)
    """The fact is to be shown where it belongs: its `HistoryRow`."""

    def __init__(self, session: StudySession, view: LogView) -> None:
        """Serve the rows of that log."""
        super().__init__(view)
        self._session, self._view = session, view
        self.menu: QMenu | None = None
        self.button = Button(_("Correct, take back…"), self._press)
        self.button.setToolTip(_("Keys: C, T, or Menu for everything"))
        view.row.addWidget(self.button)
        view.list.menu_asked.connect(self._open)
        view.list.keyed.connect(self._key)
        view.turned.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        self.button.setVisible(self._view.lists_facts())
        self.button.setEnabled(self._view.chosen_fact() is not None)

    def _press(self) -> None:
        self._open(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _ask(self, then: Callable[[HistoryRow], object]) -> None:
        fact = self._view.chosen_fact()
        if fact is not None:
            number = fact.seq
            self._session.ask(
                lambda study, _job: history_of_fact(study, number),
                lambda row: then(row) if row is not None else None,
                owner=self,
            )

    def _key(self, mend: str) -> None:
        def do(row: HistoryRow) -> None:
            if mend in mends_of(row) and self._session.can_write:
                self.asked.emit(mend, row)

        self._ask(do)

    def _open(self, place: QPoint) -> None:
        self._ask(partial(self._show_menu, place))

    def _show_menu(self, place: QPoint, row: HistoryRow) -> None:
        self.menu = menu = QMenu(self._view)
        for mend in mends_of(row):
            action = menu.addAction(no_mnemonic(mend_text(mend)))
            action.setEnabled(self._session.can_write)
            action.triggered.connect(lambda _on=False, mend=mend: self.asked.emit(mend, row))
        where = _("Show among the participant's events") if row.participant else _("Show on the page Study")
        menu.addAction(where).triggered.connect(lambda: self.shown.emit(row))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
