"""The timeline of one participant: the visits on an axis of days, for mouse, keys and screen readers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.domain.calendar.entries import Calendar
from app.domain.dates import ClosedDays
from app.domain.protocol.version import ProtocolVersion
from app.ui.timeline import accessible, painting, text
from app.ui.timeline.content import Content, content_of
from app.ui.timeline.drag_ghost import DragGhost, paint_ghost
from app.ui.timeline.hit_testing import HitTestingCanvas
from app.ui.timeline.hover_card import HoverCard
from app.ui.timeline.keys import KeyAction, KeyState, action_of
from app.ui.timeline.mouse import Mouse
from app.ui.timeline.navigation import neighbour_in_lanes, neighbour_in_time
from app.ui.timeline.strands import draggable
from app.ui.timeline.visit_menu import VisitMenu
from app.wording.names import visit_name

_ACROSS = Qt.Orientation.Horizontal


class Timeline(HitTestingCanvas):
    """A timeline in which a person selects visits, zooms and tries another day. It changes no data itself."""

    chosen = Signal(str)
    """The key of the visit that a person selected."""
    activated = Signal(str)
    """The key of the visit that a person wants to open."""
    dropped = Signal(str, object)
    """The key of the visit and the day on which a person dropped it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        accessible.install()
        super().__init__(parent)
        self.card = HoverCard(self.viewport())
        self.menu = VisitMenu(self)
        self._read_only = False
        self._mouse = Mouse(self)
        self.setAccessibleName(text.timeline_name(""))
        self.card.wanted.connect(self.show_card)
        self.menu.picked.connect(self._choose_from_menu)
        self._follow_mouse()

    def _follow_mouse(self) -> None:
        mouse = self._mouse
        mouse.chosen.connect(self.choose)
        mouse.listed.connect(self._list_visits)
        mouse.today_asked.connect(self.go_to_today)
        mouse.hovered.connect(self.card.hover)
        mouse.drag_started.connect(self.start_ghost)
        mouse.dragged.connect(self.move_ghost)
        mouse.dropped.connect(self.drop)
        mouse.opened.connect(self.activate)
        mouse.zoomed.connect(self.zoom_at)
        mouse.scrolled.connect(self._scroll_by)

    def _key_actions(self) -> Mapping[KeyAction, Callable[[], object]]:
        return {
            KeyAction.EARLIER_VISIT: lambda: self._go_in_time(-1),
            KeyAction.LATER_VISIT: lambda: self._go_in_time(1),
            KeyAction.LANE_ABOVE: lambda: self._go_to_lane(-1),
            KeyAction.LANE_BELOW: lambda: self._go_to_lane(1),
            KeyAction.PAGE_BACK: lambda: self._scroll_by(_ACROSS, -self.horizontalScrollBar().pageStep()),
            KeyAction.PAGE_ON: lambda: self._scroll_by(_ACROSS, self.horizontalScrollBar().pageStep()),
            KeyAction.TODAY: self.go_to_today,
            KeyAction.ZOOM_IN: self.zoom_in,
            KeyAction.ZOOM_OUT: self.zoom_out,
            KeyAction.OPEN: self.activate,
            KeyAction.CLOSE_CARD: self.close_card,
            KeyAction.DAY_EARLIER: lambda: self.nudge(-1),
            KeyAction.DAY_LATER: lambda: self.nudge(1),
            KeyAction.DROP: self.drop,
            KeyAction.CANCEL_DRAG: self.cancel_ghost,
        }

    # The calendar

    def show_calendar(
        self, protocol: ProtocolVersion, calendar: Calendar, closed: ClosedDays, enrolled_on: date
    ) -> None:
        """Show a calendar; zoom, scroll position and selection stay when the participant is the same."""
        self.show_content(content_of(protocol, calendar, closed, enrolled_on))

    def show_content(self, content: Content) -> None:
        """Show a calendar of which the content is made already."""
        self.cancel_ghost()
        self.close_card()
        self._mouse.forget()
        known = self.set_content(content)
        if not known or self._selected not in self.order:
            self._selected = ""
        self.setAccessibleName(text.timeline_name(text.one_line(content.calendar.participant)))

    def set_read_only(self, on: bool) -> None:
        """Allow no drags, or allow them again."""
        self._read_only = on
        if on:
            self.cancel_ghost()

    # The selection

    def select(self, key: str) -> None:
        """Select a visit and scroll to it; an unknown key clears the selection."""
        self.cancel_ghost()
        self._selected = key if key in self.order else ""
        if self._selected:
            self.show_box(self.box_of(key), sideways=self.is_on_axis(key))
            accessible.announce_selection(self)
        self.viewport().update()

    def choose(self, key: str, card: bool = False) -> None:
        """Select a visit because a person did so; `card`: show its card as well, as the keys do."""
        if not key:
            return
        changed = key != self._selected
        self.select(key)
        if card:
            self.show_card(key)
        if changed:
            self.chosen.emit(key)

    def activate(self) -> None:
        """Open the selected visit; where it is one of several in a chip, list them first."""
        chip = self.lane_layout.chip_of.get(self._selected)
        if chip is not None:
            self._open_menu(chip.keys, self._selected, opens=True)
        elif self._selected:
            self.activated.emit(self._selected)

    def _open_menu(self, keys: Sequence[str], near: str, opens: bool) -> None:
        self.close_card()
        entries = [entry for key in keys if (entry := self.entry(key))]
        at = self.viewport().mapToGlobal(self.rect_of(near).bottomLeft())
        self.menu.show_visits(entries, self._selected, opens, at)

    def _list_visits(self, keys: list[str]) -> None:
        self._open_menu(keys, keys[0], opens=False)

    def _choose_from_menu(self, key: str, opens: bool) -> None:
        self.choose(key)
        if opens:
            self.activated.emit(key)

    def _go_in_time(self, step: int) -> None:
        self.choose(neighbour_in_time(self.order, self._selected, step, self.nearest_today()), card=True)

    def _go_to_lane(self, step: int) -> None:
        key = self._selected
        self.choose(neighbour_in_lanes(self.lane_layout, key, step) if key else self.nearest_today(), card=True)

    def _scroll_by(self, orientation: Qt.Orientation, pixels: int) -> None:
        bar = self.horizontalScrollBar() if orientation == _ACROSS else self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    # The card

    def show_card(self, key: str) -> None:
        """Show the card of a visit."""
        entry = self.entry(key)
        if entry is None or self.content is None or self.ghost is not None:
            return
        rows = text.card_rows(entry, self.content.enrolled_on)
        self.card.tell(key, visit_name(entry), rows, self.rect_of(key) & self.viewport().rect())

    def close_card(self) -> bool:
        """Hide the card. Return whether it was visible."""
        return self.card.close_card()

    # Trying another day

    def can_move(self, key: str) -> bool:
        """Tell whether another day can be tried for a visit."""
        entry = self.entry(key)
        return entry is not None and not self._read_only and draggable(entry)

    def start_ghost(self, key: str) -> None:
        """Begin to try another day for a visit."""
        entry = self.entry(key)
        if entry is not None and entry.assumed is not None and self.can_move(key):
            self.close_card()
            self.ghost = DragGhost(entry, entry.assumed, entry.assumed)
            self.viewport().update()

    def move_ghost(self, day: date) -> None:
        """Try that day."""
        if self.ghost is not None:
            self.ghost.day = day
            self.setAccessibleDescription(self.ghost_text())
            self.viewport().update()

    def nudge(self, days: int) -> None:
        """Try the day so many days later or earlier, by keys."""
        if self.ghost is None:
            self.start_ghost(self._selected)
        if self.ghost is not None:
            self.ghost.step(days)
            self.move_ghost(self.ghost.day)
            _left, top, _width, height = self.box_of(self.ghost.entry.key)
            self.show_box((self.scale.left(self.ghost.day), top, self.scale.day_width, height))

    def drop(self) -> None:
        """Drop the ghost on its day, and tell so where that is another day than the visit's own."""
        ghost = self.ghost
        self.cancel_ghost()
        if ghost is not None and ghost.has_moved:
            self.dropped.emit(ghost.entry.key, ghost.day)

    def cancel_ghost(self) -> bool:
        """Remove the ghost. Return whether there was one."""
        tried = self.ghost is not None
        self.ghost = None
        if tried:
            self._mouse.forget()
            self.setAccessibleDescription("")
            self.viewport().update()
        return tried

    # Qt

    def paint_above(self, painter: QPainter) -> None:
        """Draw the ring around the selection, and the ghost."""
        painter.save()
        painter.setClipRect(QRectF(self.axis_rect() if self.is_on_axis(self._selected) else self.viewport().rect()))
        if self._selected:
            painting.paint_ring(painter, QRectF(self.rect_of(self._selected)), self.tools)
        painter.setClipRect(QRectF(self.axis_rect()))
        if self.ghost is not None:
            paint_ghost(
                painter, self.ghost, self.ghost_center(), QRectF(self.axis_rect()), self.ghost_text(), self.tools
            )
        painter.restore()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something to the timeline from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._action_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._action_of(event)
        if action is None:
            event.ignore()
        else:
            self._key_actions()[action]()

    def _action_of(self, event: QKeyEvent) -> KeyAction | None:
        state = KeyState(
            has_selection=bool(self._selected),
            can_move=self.can_move(self._selected),
            drags=self.ghost is not None,
            shows_card=self.card.isVisible(),
        )
        return action_of(event, state)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._mouse.wheel(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.card.hover("")
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the selected visit in sight: where a page is first shown, it was selected before there was any room."""
        super().resizeEvent(event)
        if self._selected:
            self.show_box(self.box_of(self._selected), sideways=self.is_on_axis(self._selected))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.close_card()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        accessible.announce_selection(self)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Cancel a drag: a person who leaves the timeline drops nothing."""
        super().focusOutEvent(event)
        self.cancel_ghost()
        self.close_card()
        self.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        self.cancel_ghost()
        self.close_card()
        super().hideEvent(event)
