"""The picker of a day for a visit: days around its window, their problems, and the least bad where none is usable."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.calendar.entries import Entry
from app.services.queries.booking_days import BookingDay, BookingDays, booking_days
from app.services.study.study import Study
from app.ui.dialogs.booking.day_grid import DayGrid
from app.ui.dialogs.booking.day_legend import DayLegend
from app.ui.session.error_text import error_text
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.visit.impact_text import against_day, day_text
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.text import Wrapped, no_mnemonic, tallest
from app.wording.dates import window
from app.wording.language import counted
from app.wording.language import gettext as _

WEEKS_SHOWN, WEEKS_BELOW_OTHERS = 5, 3
MORE_DAYS = 28


class DayPicker(QWidget):
    """The days of one visit. Every day may be chosen; its problems are shown, never forbidden."""

    chosen = Signal(object)
    """The day that a person chose."""
    loaded = Signal()
    """The days have arrived, or more of them."""

    def __init__(self, session: StudySession, code: str, visit: str, parent: QWidget | None = None) -> None:
        """Ask for the days at once; they arrive a moment later."""
        super().__init__(parent)
        self._session, self._code, self._visit = session, code, visit
        self._days: dict[date, BookingDay] = {}
        self._entry: Entry | None = None
        self._chosen_day: date | None = None
        self.headline = Wrapped(_("Looking for days …"), "strong", parent=self)
        self.grid = DayGrid(self)
        self.line = Wrapped("", "small", parent=self)
        self.earlier = Button(_("Ea&rlier"), lambda: self._further(-1), "link", "chevron-left", self)
        self.later = Button(_("&Later"), lambda: self._further(1), "link", "chevron-right", self)
        self.legend = DayLegend(self)
        self.none_left = Wrapped(_("No usable day is left. Least bad:"), "", "due", self)
        self.least_bad: dict[date, Button] = {}
        self._least = FlowLayout(spacing=tokens.GRID)
        self.setFocusProxy(self.grid)
        self._build()
        self.reload()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GRID)
        column.addWidget(self.headline)
        column.addWidget(self.none_left)
        self.none_left.hide()
        column.addLayout(self._least)
        column.addWidget(self.grid)
        self.line.setMinimumHeight(self.line.fontMetrics().height() * 2)
        self.line.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.line, 1)
        for button in (self.earlier, self.later):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.later.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        column.addLayout(row)
        column.addWidget(self.legend)
        self.grid.fit(WEEKS_SHOWN)
        self.grid.picked.connect(self.choose)
        self.grid.day_focused.connect(self._describe)
        self.grid.more_asked.connect(self._further)

    def tab_last(self, after: QWidget) -> None:
        """Let Tab go from the days straight to the fields below, and to the buttons after the last of these."""
        QWidget.setTabOrder(after, self.earlier)
        QWidget.setTabOrder(self.earlier, self.later)

    # The days

    def reload(self) -> None:
        """Read the days around the window again."""
        self._days.clear()
        self._ask(None, None)

    def _further(self, way: int) -> None:
        """Read four more weeks, before or after those shown."""
        if not self._days:
            return
        edge = min(self._days) if way < 0 else max(self._days)
        near, far = edge + timedelta(way), edge + timedelta(way * MORE_DAYS)
        self._ask(min(near, far), max(near, far))

    def _ask(self, first: date | None, last: date | None) -> None:
        code, visit, today = self._code, self._visit, self._session.today

        def read_days(study: Study, _job: Job) -> BookingDays:
            return booking_days(study, code, visit, today, first, last)

        self._session.ask(
            read_days,
            lambda found: self._answered(found, first),
            lambda error: self.headline.setText(error_text(error)),
            self,
        )

    def _answered(self, found: BookingDays, first: date | None) -> None:
        at_first = not self._days
        keep = self.grid.current_day()
        self._days.update({one.day: one for one in found.days})
        self._entry = found.entry
        self.grid.day_model.show_days(self._days, found.entry, self._session.today)
        if at_first:
            self._show_headline(found)
        # The least bad days take room that the fields below need.
        self.grid.fit(WEEKS_SHOWN if not self.least_bad else WEEKS_BELOW_OTHERS)
        self.grid.day_model.choose(self._chosen_day)
        self.grid.go_to(self._start_day(found, keep if first is None else first))
        self._reserve()
        self.loaded.emit()

    def _start_day(self, found: BookingDays, other: date | None) -> date:
        """Return the current day: the one before, else the chosen one, the visit's own, or the first usable one."""
        today, own = self._session.today, found.entry.assumed
        usable = next((on for on, one in sorted(self._days.items()) if one.usable and on >= today), None)
        own = own if own is not None and own >= today and found.usable_left else None
        for on in (other, self._chosen_day, own, *found.least_bad[:1], usable, today):
            if on is not None and on in self._days:
                return on
        return min(self._days)

    def _show_headline(self, found: BookingDays) -> None:
        entry = found.entry
        said = [f"{_('Window')} {window(entry.earliest, entry.latest)}"] if entry.earliest and entry.latest else []
        if found.usable_left:
            said.append(counted("{n} usable day left", "{n} usable days left", found.usable_left))
        self.headline.setText(", ".join(said))
        self.headline.setVisible(bool(said))
        self.none_left.setVisible(not found.usable_left)
        self._offer_least_bad(found.least_bad)

    def _offer_least_bad(self, days: tuple[date, ...]) -> None:
        """Show each of the least bad days as a button with the size of its deviation."""
        for button in self.least_bad.values():
            self._least.removeWidget(button)
            button.deleteLater()
        self.least_bad = {}
        for on in days:
            text = f"{day_text(on, self._session.today)}: {self.against(on)}"
            self.least_bad[on] = button = Button(no_mnemonic(text), partial(self.choose, on), "chip", parent=self)
            self._least.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reserve()

    def _reserve(self) -> None:
        """Reserve the room for the longest description, so that nothing moves while days are chosen."""
        room = self.width() - self.earlier.sizeHint().width() - self.later.sizeHint().width()
        line = self.line.fontMetrics().height()
        said = map(self.grid.day_model.description, self._days)
        self.line.setMinimumHeight(max(2 * line, tallest(said, self.line, room)))

    def known_days(self) -> list[date]:
        """Return the days that can be chosen, in their order."""
        return sorted(self._days)

    # The choice

    def against(self, on: date) -> str:
        """Return the problems of a day in words; empty where it has none or is not known yet."""
        found = self._days.get(on)
        return against_day(found.against) if found is not None else ""

    def choose(self, on: date) -> None:
        """Choose a day as a person does."""
        self.set_day(on)
        self.chosen.emit(on)

    def set_day(self, on: date | None) -> None:
        """Show a day that was typed elsewhere as chosen."""
        self._chosen_day = on
        self.grid.day_model.choose(on)
        for one, button in self.least_bad.items():
            button.setChecked(one == on)
        if on is not None and on in self._days:
            self.grid.go_to(on)
            self._describe(on)

    def day(self) -> date | None:
        """Return the chosen day."""
        return self._chosen_day

    def _describe(self, on: date) -> None:
        """Show the description of the current day."""
        self.line.setText(self.grid.day_model.description(on))
        self.line.set_tone("" if self._days[on].usable else "due")
