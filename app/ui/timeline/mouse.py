"""The mouse on the timeline: it tells by signals what a person asks for, and changes nothing itself."""

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent

from app.ui.style import tokens
from app.ui.timeline.drag_ghost import DRAG_DISTANCE
from app.ui.timeline.hit_testing import HitTestingCanvas
from app.ui.timeline.scale import STEP

EDGE = 24
"""Pixels from the end of the axis within which a dragged visit scrolls it."""
EDGE_STEP = 12
"""Pixels that the axis is scrolled each time."""
EDGE_MS = 30
NOTCH = 120
"""The angle that Qt reports for one notch of a wheel."""


class Mouse(QObject):
    """The state of the mouse. After a drag was cancelled it does nothing until the button is up."""

    chosen = Signal(str)
    """The key of the visit that was pressed; empty where there is none."""
    listed = Signal(list)
    """The keys of several visits in one place, to be listed in a menu."""
    today_asked = Signal()
    """A press on the tag of today."""
    hovered = Signal(str)
    """The key of the visit under the pointer; empty over none."""
    drag_started = Signal(str)
    """The key of the visit that is dragged. When it may not move, no ghost appears, and the drag ends."""
    dragged = Signal(object)
    """The day that the dragged visit is over."""
    dropped = Signal()
    """The button was let go at the end of a drag."""
    opened = Signal()
    """A double click on the selected visit."""
    zoomed = Signal(float, float)
    """The factor by which days get wider, and the x of the viewport that stays in place."""
    scrolled = Signal(Qt.Orientation, int)
    """The scroll bar to move, and by how many pixels."""

    def __init__(self, canvas: HitTestingCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pressed: QPoint | None = None
        self._key = ""
        self._at = QPoint()
        self._edge = QTimer(self)
        self._edge.setInterval(EDGE_MS)
        self._edge.timeout.connect(self._scroll_at_edge)

    def forget(self) -> None:
        """Forget the press, so that no drag begins with it."""
        self._pressed, self._key = None, ""
        self._edge.stop()

    def press(self, event: QMouseEvent) -> None:
        """Choose the visit there, list those of a chip or of a lane's note, or go to today."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        canvas, at = self._canvas, event.position().toPoint()
        self.forget()
        chip, undated = canvas.chip_at(at), canvas.undated_at(at)
        if canvas.is_on_today_tag(at):
            self.today_asked.emit()
        elif chip is not None:
            self.listed.emit(list(chip.keys))
        elif undated:
            self.listed.emit([entry.key for entry in undated])
        else:
            key = canvas.key_at(at)
            self.chosen.emit(key)
            self._pressed, self._key = at, key

    def move(self, event: QMouseEvent) -> None:
        """Drag the visit that was pressed, or tell which one is under the pointer."""
        self._at = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover()
        elif self._pressed is not None and self._key:
            self._drag(self._pressed)

    def _hover(self) -> None:
        canvas = self._canvas
        chip, key = canvas.chip_at(self._at), canvas.key_at(self._at)
        hand = chip is not None or bool(canvas.undated_at(self._at)) or canvas.is_on_today_tag(self._at)
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        canvas.viewport().setCursor(shape)
        self.hovered.emit(key if chip is None else "")

    def _drag(self, pressed: QPoint) -> None:
        if self._canvas.ghost is None:
            if (self._at - pressed).manhattanLength() < DRAG_DISTANCE:
                return
            self.drag_started.emit(self._key)
        if self._canvas.ghost is None:
            self.forget()
            return
        self._follow()
        axis = self._canvas.axis_rect()
        if min(self._at.x() - axis.left(), axis.right() - self._at.x()) < EDGE:
            self._edge.start()
        else:
            self._edge.stop()

    def _follow(self) -> None:
        self.dragged.emit(self._canvas.day_under(self._at.toPointF()))

    def _scroll_at_edge(self) -> None:
        if self._canvas.ghost is None:
            self._edge.stop()
            return
        towards_start = self._at.x() < self._canvas.axis_rect().center().x()
        self.scrolled.emit(Qt.Orientation.Horizontal, -EDGE_STEP if towards_start else EDGE_STEP)
        self._follow()

    def release(self, event: QMouseEvent) -> None:
        """Drop the visit that was dragged."""
        if event.button() == Qt.MouseButton.LeftButton:
            dragged = self._pressed is not None and self._canvas.ghost is not None
            self.forget()
            if dragged:
                self.dropped.emit()

    def double_click(self, event: QMouseEvent) -> None:
        """Open the visit there."""
        key = self._canvas.key_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and key and key == self._canvas.selected:
            self.opened.emit()

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll through time; with Ctrl zoom around the pointer, with Shift or over the names scroll the lanes."""
        turned, modifiers, x = event.angleDelta(), event.modifiers(), event.position().x()
        notches = (turned.y() or turned.x()) / NOTCH
        column = self._canvas.frame.column
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(STEP**notches, max(x, column))
        elif modifiers & Qt.KeyboardModifier.ShiftModifier or x < column:
            self.scrolled.emit(Qt.Orientation.Vertical, -round(notches * tokens.px(60)))
        else:
            self.scrolled.emit(Qt.Orientation.Horizontal, -round(notches * tokens.px(120)))
        event.accept()
