"""The top bar: the program, the study, one box to find anything, and the day for which everything is planned."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.search.finder import Finder
from app.ui.widgets.text import Elided, Label
from app.wording.dates import day, instant
from app.wording.language import gettext as _


class TopBar(QFrame):
    """The bar above the pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(Label("Studyday", "strong"))
        self._study = Elided("", "muted")
        row.addWidget(self._study, 1)
        self.finder = Finder()
        row.addWidget(self.finder, 1)
        self._as_of = Label("", "muted")
        row.addWidget(self._as_of)

    def show_study(self, name: str, protocols: Sequence[str]) -> None:
        """Show the name of the study, and its protocols."""
        self._study.setText(" · ".join(filter(None, (name, ", ".join(protocols)))))

    def show_moment(self, today: date, now: datetime) -> None:
        """Show the day for which everything is planned, with the time where that day is the clock's."""
        said = instant(now) if now.date() == today else day(today)
        self._as_of.setText(_("As of {moment}").format(moment=said))
