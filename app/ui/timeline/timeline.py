"""The timeline of one participant: the visits on an axis of days, for mouse, keys and screen readers."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.calendar.entries import Calendar, Entry
from app.domain.dates import ClosedDays
from app.domain.protocol.version import ProtocolVersion
from app.ui.timeline import accessible, drag_ghost, keys, painting, text
from app.ui.timeline.hit_testing import Survey
from app.ui.timeline.hover_card import Card
from app.ui.timeline.mouse import Mouse
from app.ui.timeline.strands import draggable
from app.ui.widgets.text import no_mnemonic
from app.wording.names import visit_name

CARD_AFTER_MS = 350
CARD_STAYS_MS = 250


class Timeline(Survey):
    """Shows visits and lets a person walk, zoom and try another day; it changes nothing itself."""

    chosen = Signal(str)
    """The key of the visit that a person selected."""
    activated = Signal(str)
    """The key of the visit that a person wants to open."""
    dropped = Signal(str, object)
    """A key and the day on which a person dropped the visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A timeline without a calendar."""
        accessible.install()
        super().__init__(parent)
        self.card = Card(self.viewport())
        self.menu = QMenu(self)
        self.ghost: drag_ghost.Ghost | None = None
        self._read_only = False
        self._mouse = Mouse(self)
        self._hovered = ""
        self._card_timer = QTimer(self)
        self._card_timer.setSingleShot(True)
        self._card_timer.timeout.connect(self._hover_over)
        self.setAccessibleName(text.timeline_of(""))

    # The calendar

    def show_calendar(
        self, protocol: ProtocolVersion, calendar: Calendar, closed: ClosedDays, enrolled_on: date
    ) -> None:
        """Show a calendar; zoom, scroll position and selection stay when it is the same participant's."""
        self.cancel_ghost()
        self.close_card()
        self._mouse.forget()
        known = self.take(protocol, calendar, closed, enrolled_on)
        if not known or self._selected not in self.order:
            self._selected = ""
        self.setAccessibleName(text.timeline_of(text.one_line(calendar.participant)))

    def set_read_only(self, on: bool) -> None:
        """Allow no drags."""
        self._read_only = on
        if on:
            self.cancel_ghost()

    # The selection

    def select(self, key: str) -> None:
        """Select a visit and scroll to it; an unknown key takes the selection away."""
        self.cancel_ghost()
        self._selected = key if key in self.order else ""
        if self._selected:
            self.show_box(self.box_of(key), sideways=self.is_on_axis(key))
            accessible.tell_selection(self)
        self.viewport().update()

    def choose(self, key: str, card: bool = False) -> None:
        """Select a visit because the person did so; with its card when that was by keys."""
        if not key:
            return
        changed = key != self._selected
        self.select(key)
        if card:
            self.show_card(key)
        if changed:
            self.chosen.emit(key)

    def activate(self) -> None:
        """Open the selected visit; one of several in a chip is asked for first."""
        chip = self.layout_of.chip_of.get(self._selected)
        if chip is not None:
            self.open_menu(
                [entry for key in chip.keys if (entry := self.entry(key))], self.rect_of(self._selected), True
            )
        elif self._selected:
            self.activated.emit(self._selected)

    def open_menu(self, entries: list[Entry], beside: QRect, activates: bool) -> None:
        """List visits that cannot be told apart on the axis; the one picked is chosen, and opened if that was asked."""
        self.close_card()
        self.menu.clear()
        for entry in entries:
            action = self.menu.addAction(no_mnemonic(text.one_line(visit_name(entry))))
            action.triggered.connect(lambda _checked=False, key=entry.key: self._picked(key, activates))
            if entry.key == self._selected:
                self.menu.setActiveAction(action)
        self.menu.popup(self.viewport().mapToGlobal(beside.bottomLeft()))

    def _picked(self, key: str, activates: bool) -> None:
        self.choose(key)
        if activates:
            self.activated.emit(key)

    # The card

    def show_card(self, key: str) -> None:
        """Tell in a card what is known of a visit."""
        entry = self.entry(key)
        if entry is None or self.content is None or self.ghost is not None:
            return
        rows = text.card_rows(entry, self.content.enrolled_on)
        self.card.tell(key, visit_name(entry), rows, self.rect_of(key) & self.viewport().rect())

    def close_card(self) -> bool:
        """Hide the card; whether it was seen."""
        self._card_timer.stop()
        self._hovered = ""
        return self.card.close_card()

    def hover(self, key: str) -> None:
        """The pointer is over a visit, or over none."""
        if key == self._hovered:
            return
        self._hovered = key
        self._card_timer.start(CARD_AFTER_MS if key else CARD_STAYS_MS)

    def _hover_over(self) -> None:
        if self.card.isVisible() and self.card.underMouse():
            self._card_timer.start(CARD_STAYS_MS)
        elif self._hovered:
            self.show_card(self._hovered)
        else:
            self.card.close_card()

    # Trying another day

    def can_move(self, key: str) -> bool:
        """Whether another day can be tried for a visit."""
        entry = self.entry(key)
        return entry is not None and not self._read_only and draggable(entry)

    def start_ghost(self, key: str, by_keys: bool) -> None:
        """Begin to try another day."""
        entry = self.entry(key)
        if entry is not None and entry.assumed is not None and self.can_move(key):
            self.close_card()
            self.ghost = drag_ghost.Ghost(entry, entry.assumed, entry.assumed, by_keys)
            self.viewport().update()

    def move_ghost(self, day: date) -> None:
        """Try that day."""
        if self.ghost is not None:
            self.ghost.day = day
            self.setAccessibleDescription(self.ghost_text())
            self.viewport().update()

    def nudge(self, days: int) -> None:
        """Try the day before or after, by keys."""
        if self.ghost is None:
            self.start_ghost(self._selected, by_keys=True)
        if self.ghost is not None:
            self.ghost.step(days)
            self.move_ghost(self.ghost.day)
            _left, top, _width, height = self.box_of(self.ghost.entry.key)
            self.show_box((self.scale.left(self.ghost.day), top, self.scale.day_width, height))

    def drop(self) -> None:
        """Let the visit go where its ghost stands; on its own day that is nothing."""
        ghost = self.ghost
        self.cancel_ghost()
        if ghost is not None and ghost.has_moved:
            self.dropped.emit(ghost.entry.key, ghost.day)

    def cancel_ghost(self) -> bool:
        """Try no other day any more; whether one was tried."""
        tried = self.ghost is not None
        self.ghost = None
        if tried:
            self._mouse.forget()
            self.setAccessibleDescription("")
            self.viewport().update()
        return tried

    def ghost_text(self) -> str:
        """What the day under the ghost means; empty without a ghost."""
        if self.ghost is None or self.content is None:
            return ""
        return text.drop_text(self.ghost.entry, self.ghost.day, self.content.closed, self.content.enrolled_on)

    # Qt

    def paint_above(self, painter: QPainter) -> None:
        """The ring round the selection, and the ghost."""
        painter.save()
        painter.setClipRect(QRectF(self.axis_rect() if self.is_on_axis(self._selected) else self.viewport().rect()))
        if self._selected:
            painting.paint_ring(painter, QRectF(self.rect_of(self._selected)), self.inks)
        painter.setClipRect(QRectF(self.axis_rect()))
        if self.ghost is not None:
            drag_ghost.paint_ghost(
                painter, self.ghost, self.ghost_center(), QRectF(self.axis_rect()), self.ghost_text(), self.inks
            )
        painter.restore()

    def ghost_center(self) -> QPointF:
        """Where the ghost's mark stands in the viewport."""
        if self.ghost is None:
            return QPointF()
        box = self.rect_of(self.ghost.entry.key)
        shift = self.frame_of.column - self.horizontalScrollBar().value()
        return QPointF(self.scale.middle(self.ghost.day) + shift, box.center().y())

    def event(self, event: QEvent) -> bool:
        """Keys that the timeline has a use for are not the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and keys.wants(self, event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, zoom, scroll, try a day; see `keys`."""
        if not keys.act(self, event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select."""
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover or drag."""
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop."""
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open."""
        self._mouse.double(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or zoom."""
        self._mouse.wheel(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """A pointer that leaves is over no visit."""
        if event.type() == QEvent.Type.Leave:
            self.hover("")
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """A card belongs to a place that moves away."""
        super().scrollContentsBy(dx, dy)
        self.close_card()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the outline."""
        super().focusInEvent(event)
        accessible.tell_selection(self)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who goes away drops nothing."""
        super().focusOutEvent(event)
        self.cancel_ghost()
        self.close_card()
        self.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing stays half done."""
        self.cancel_ghost()
        self.close_card()
        super().hideEvent(event)
