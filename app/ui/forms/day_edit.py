"""The editor for a day: typed as people write it, with its meaning shown below, or chosen from a month."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.domain.facts.typed_days import Aim, TypedDay, read_day
from app.domain.refusal import Refused
from app.ui.forms.editor import SHORT, Editor
from app.ui.forms.month_popup import ClosedOf, MonthPopup
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.text import Wrapped, tallest, tip
from app.wording.dates import day as day_words
from app.wording.language import gettext as _
from app.wording.typed_days import planned_instead, understood

EchoOf = Callable[[date], tuple[str, str]]
"""Returns more about a day for the line below it: the words and their tone."""
_BOTH, _MOST = 460, 16_777_215
"""The width at which weekday and study day fit on one line, at a text size of 100 %."""
_BESIDE = 12
_WEEK = 7


class DayEdit(Editor):
    """One field for a day. Text that is no day does not change and is not commented on until it is saved."""

    def __init__(self, today: date, label: str = "", parent: QWidget | None = None) -> None:
        """Make an empty field; `label`: its name for a screen reader."""
        super().__init__(parent)
        self._today, self._start = today, today
        self._aim = Aim.BOTH
        self._planned: date | None = None
        self._echo_of: EchoOf | None = None
        self._reserved_days: tuple[date, ...] = ()
        self._closed_of: ClosedOf | None = None
        self._popup: MonthPopup | None = None
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("3 apr, +7 or t"))
        self.line.setFixedWidth(tokens.px(SHORT))
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        self.button = IconButton("calendar", _("Choose a day"), self.open_month, self)
        self.week = Button(_("A week later (Alt+W)"), self._postpone, "link", parent=self)
        self._week_key = QShortcut(QKeySequence("Alt+W"), self, self._postpone)
        self._offer_week()
        for button in (self.button, self.week):
            # The keyboard has F4 and Alt with a letter for them, so that Tab goes from field to field.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.said = QWidget(self)
        self._side_by_side = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.said)
        self.instead = Button("", self._count_from_planned, "link", parent=self)
        self.echo, self.extra = Wrapped(role="small", parent=self.said), Wrapped(role="small", parent=self.said)
        self._lay_out()
        self.setFocusProxy(self.line)
        self.name(label)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line)
        row.addWidget(self.button)
        row.addWidget(self.week)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.instead, 0, Qt.AlignmentFlag.AlignLeft)
        self.instead.hide()
        self._side_by_side.setContentsMargins(0, 0, 0, 0)
        self._side_by_side.setSpacing(0)
        self._side_by_side.addWidget(self.echo)
        self._side_by_side.addWidget(self.extra, 1)
        self.said.hide()
        self.extra.hide()

    def _reserve(self) -> None:
        """Reserve the lines below the field when somebody begins to type, so that nothing jumps during typing."""
        line = self.echo.fontMetrics().height()
        lines = 2 if self._echo_of is not None and not self._has_room() else 1
        self.said.setMinimumHeight(max(line * lines, self._needed()))
        self.said.setHidden(self.line.property("wrong") == "true")

    def _needed(self) -> int:
        """Return the height of the longest text below the field, for the days that were named in advance."""
        if not self._reserved_days or self._echo_of is None:
            return 0
        texts = [self._echo_of(on)[0] for on in self._reserved_days]
        said = [understood(TypedDay(on), self._today, self._planned) for on in self._reserved_days]
        if not self._has_room():
            return tallest(said, self.echo, self.width()) + tallest(texts, self.extra, self.width())
        longest = max(map(self.echo.fontMetrics().horizontalAdvance, said)) + tokens.px(_BESIDE)
        return max(self.echo.fontMetrics().height(), tallest(texts, self.extra, self.width() - longest))

    def reserve_for(self, days: Sequence[date]) -> None:
        """Reserve the room for what is said of these days, so that nothing moves while they are chosen."""
        self._reserved_days = tuple(days)
        self._reserve()

    def _has_room(self) -> bool:
        """Return whether weekday and study day fit on one line."""
        return self.width() >= tokens.px(_BOTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        way = QBoxLayout.Direction.LeftToRight if self._has_room() else QBoxLayout.Direction.TopToBottom
        self._side_by_side.setDirection(way)
        self._side_by_side.setSpacing(tokens.px(12) if self._has_room() else 0)
        one_line = self._has_room() and not self.extra.isHidden()
        words = self.echo.fontMetrics().horizontalAdvance(self.echo.text()) + 2
        self.echo.setMinimumWidth(words if one_line else 0)
        self.echo.setMaximumWidth(words if one_line else _MOST)
        policy = self.echo.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Fixed if one_line else QSizePolicy.Policy.Ignored)
        self.echo.setSizePolicy(policy)
        if not self.said.isHidden() or self._reserved_days:
            self._reserve()

    def name(self, label: str) -> None:
        """Set the accessible name of the field."""
        self.setAccessibleName(label)
        self.line.setAccessibleName(label)
        self.button.setAccessibleName(_("Choose a day: {label}").format(label=label) if label else _("Choose a day"))

    def day(self) -> date | None:
        """Return the day that was typed; None where it cannot be read."""
        found = self._read(self.line.text())
        return found.day if found is not None else None

    def _read(self, text: str) -> TypedDay | None:
        """Return the meaning of a text; None where it means no day."""
        if not text.strip():
            return None
        try:
            return read_day(text, "", self._today, self._aim, self._planned)
        except Refused:
            return None

    def text(self) -> str:
        """Return the text that was typed."""
        return self.line.text().strip()

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the line; the button next to it holds no value."""
        return (self.line,)

    def set_wrong(self, wrong: bool, why: str = "") -> None:
        """Show an error in the place of the day's meaning."""
        super().set_wrong(wrong, why)
        if wrong or self.line.text():
            self._reserve()

    def value(self) -> object:
        """Return the day; the text where no day can be read or a time follows it; None where nothing was typed."""
        found = self._read(self.line.text())
        return found.day if found is not None and not found.time else self.text() or None

    def set_value(self, value: object) -> None:
        """Show a day, or a text as it was typed."""
        if not isinstance(value, date):
            found = self._read(str(value or ""))
            value = found.day if found is not None and not found.time else value
        self.line.setText(_typed_form(value) if isinstance(value, date) else str(value or ""))

    def set_day(self, on: date | None) -> None:
        """Show that day, or nothing."""
        self.set_value(on)

    def set_today(self, today: date) -> None:
        """Count ``t`` and ``+2`` from another day."""
        self._today = today
        self._say()

    def set_aim(self, aim: Aim) -> None:
        """Set whether the field is for days to come or for days that have been."""
        self._aim = aim
        self._offer_week()

    def _offer_week(self) -> None:
        """Offer the day a week after the planned one, where a plan is changed."""
        offered = self._planned is not None and self._aim is Aim.COMING
        self.week.setVisible(offered)
        self._week_key.setEnabled(offered)
        if self._planned is not None:
            later = day_words(self._planned + timedelta(_WEEK))
            self.week.setToolTip(tip(_("7 days after the planned day: {day}").format(day=later)))

    def _postpone(self) -> None:
        self.line.setText(f"p+{_WEEK}")
        self.line.setFocus()
        self.answered.emit()

    def set_planned(self, planned: date | None) -> None:
        """Set the day that the visit has now, from which ``p+7`` counts."""
        self._planned = planned
        self._offer_week()
        self.line.setPlaceholderText(_("3 apr, +7 or t") if planned is None else _("3 apr, p+7 or t"))
        self._say()

    def set_start(self, start: date | None) -> None:
        """Set the day at which the month opens while nothing is typed."""
        self._start = start or self._today

    def set_echo_of(self, echo_of: EchoOf | None) -> None:
        """Set what the line below the day says as well: the study day, the window."""
        self._echo_of = echo_of
        self._say()
        if echo_of is not None:
            # What is below stays where it is when a day is chosen.
            self._reserve()

    def set_closed_of(self, closed_of: ClosedOf | None) -> None:
        """Set the function that says why a day is closed; such days are shaded in the month."""
        self._closed_of = closed_of

    def open_month(self) -> None:
        """Show the month to choose from."""
        popup = self._popup = MonthPopup(self._today, self, self._closed_of)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.chosen.connect(self._take)
        popup.destroyed.connect(self._gone)
        popup.open_at(self.line, self.day(), self._start)

    @property
    def popup(self) -> MonthPopup | None:
        """The month while it is open."""
        return self._popup

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self._reserve()
            if event.reason() == Qt.FocusReason.MouseFocusReason:
                # As after Tab, what is typed replaces the day that is there.
                QTimer.singleShot(0, self.line, self.line.selectAll)
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
                self.open_month()
                return True
        return super().eventFilter(watched, event)

    def _take(self, on: date) -> None:
        self.set_day(on)
        self.line.setFocus()
        self.answered.emit()

    def _count_from_planned(self) -> None:
        """Count the typed distance from the planned day instead of today."""
        found = self._read(self.line.text())
        if found is not None:
            self.line.setText(planned_instead(found, self._planned)[0] or self.line.text())
        self.line.setFocus()

    def _gone(self) -> None:
        self._popup = None

    def _typed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        """Show the meaning of the day below it; nothing for a text that is no day."""
        found = self._read(self.line.text())
        on = found.day if found is not None else None
        self.echo.setText(understood(found, self._today, self._planned) if found is not None else "")
        more, tone = self._echo_of(on) if on is not None and self._echo_of is not None else ("", "")
        self.extra.setText(more)
        self.extra.set_tone(tone)
        self.extra.setHidden(not more)
        typed, instead = planned_instead(found, self._planned) if found is not None else ("", "")
        self.instead.setText(_("{typed}: {words}").format(typed=typed, words=instead) if typed else "")
        self.instead.setAccessibleName(instead)
        self.instead.setHidden(not typed)
        if self.line.text():
            self._reserve()
        self._arrange()
        self.line.setAccessibleDescription(", ".join(filter(None, (self.echo.text(), more, instead))))


def _typed_form(on: date) -> str:
    """Return a day as its field shows it."""
    return on.isoformat()
