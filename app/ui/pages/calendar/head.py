"""The head of the calendar: what is shown, how to turn the leaf, and which view."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.ui.forms.day_edit import DayEdit
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.text import Elided, Label, tip
from app.wording.dates import month_long, month_short, window, window_short
from app.wording.language import gettext as _

View = Literal["month", "week", "list"]


class Head(QWidget):
    """The title with the count of the visits, and the buttons."""

    def __init__(
        self, turn: Callable[[int], object], show: Callable[[View], object], prints: Callable[[], object]
    ) -> None:
        """`turn` gets how many leaves on, 0 for today; `show` gets the view."""
        super().__init__()
        self.title, self.count = Elided("", "title"), Elided("", "muted")
        self.before = IconButton("chevron-left", _("Before"), lambda: turn(-1))
        self.after = IconButton("chevron-right", _("After"), lambda: turn(1))
        self.now = Button(_("Today"), lambda: turn(0))
        names: Mapping[View, str] = {"month": _("Month"), "week": _("Week"), "list": _("List")}
        self.views = {view: Button(name, self._showing(show, view), "chip") for view, name in names.items()}
        self.print_button = Button(_("Print…"), prints, icon="printer")
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self.title)
        title.addWidget(self.count, 1, Qt.AlignmentFlag.AlignBottom)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, spacing=6)
        self._shown = (self.before, self.now, self.after, *self.views.values(), self.print_button)
        for widget in self._shown:
            flow.addWidget(widget)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addLayout(title, 1)
        self._row.addWidget(self._buttons)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the month or of the widest button: all go below each other before they force a width."""
        shown = [one.sizeHint().width() for one in self._shown if not one.isHidden()]
        return QSize(max(self.title.minimumWidth(), *shown), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the title where both have no room on one line."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        shown = [one for one in self._shown if not one.isHidden()]
        wide = sum(one.sizeHint().width() for one in shown) + 6 * len(shown)
        fits = wide + self.title.minimumWidth() + tokens.px(60) <= self.width()
        self._buttons.setMinimumWidth(wide if fits else 0)
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)

    def _showing(self, show: Callable[[View], object], view: View) -> Callable[[], object]:
        return lambda: show(view)

    def show_period(self, view: View, first: date, last: date, on: date) -> None:
        """Say what is shown: the month of `on`, or the days first..last."""
        if view == "month":
            self.title.set_forms(month_long(on), month_short(on))
        else:
            self.title.set_forms(window(first, last), window_short(first, last, on))
        # Where there is no room for everything, the count gives way, never the month.
        self.title.setMinimumWidth(self.title.width_of(month_short(on)) + 2)
        self.title.updateGeometry()
        for name, button in self.views.items():
            button.setChecked(name == view)
        for leaf in (self.before, self.after, self.now):
            leaf.setVisible(view != "list")
        what = {"month": _("Print month…"), "week": _("Print week…")}.get(view, _("Print list…"))
        self.print_button.setAccessibleName(what)
        self.print_button.setToolTip(tip(what))
        self._arrange()


class PeriodBar(QWidget):
    """The days of a list, typed from and to."""

    def __init__(self, today: date, changed: Callable[[], object], saves: Callable[[], object]) -> None:
        super().__init__()
        self.first, self.last = DayEdit(today, _("From"), self), DayEdit(today, _("To"), self)
        self.save_button = Button(_("Save for a spreadsheet…"), saves)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        for text, edit in ((_("&From"), self.first), (_("&To"), self.last)):
            label = Label(text)
            label.setBuddy(edit.line)
            # On the line of what is typed; what it means is below that.
            label.setContentsMargins(0, tokens.px(5), 0, 0)
            row.addWidget(label, 0, top)
            row.addWidget(edit, 1, top)
            edit.changed.connect(changed)
        row.addWidget(self.save_button, 0, top)

    def days(self) -> tuple[date, date] | None:
        """Return the typed days; None where one of them cannot be read."""
        first, last = self.first.value(), self.last.value()
        return (first, last) if isinstance(first, date) and isinstance(last, date) else None

    def show_days(self, first: date, last: date) -> None:
        """Show a period."""
        self.first.set_day(first)
        self.last.set_day(last)
