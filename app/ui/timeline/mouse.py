"""The mouse on the timeline: select, open, drag, scroll and zoom."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent

from app.ui.style import tokens
from app.ui.timeline.drag_ghost import START
from app.ui.timeline.scale import STEP

if TYPE_CHECKING:
    from app.ui.timeline.timeline import Timeline

EDGE = 24
EDGE_STEP = 12
EDGE_MS = 30
NOTCH = 120


class Mouse(QObject):
    """What the mouse is doing. After a drag was cancelled it does nothing until the button is up."""

    def __init__(self, timeline: "Timeline") -> None:
        """The mouse of a timeline."""
        super().__init__(timeline)
        self._timeline = timeline
        self._pressed: QPoint | None = None
        self._key = ""
        self._at = QPoint()
        self._edge = QTimer(self)
        self._edge.setInterval(EDGE_MS)
        self._edge.timeout.connect(self._scroll_at_edge)

    def forget(self) -> None:
        """A press that was before is no beginning of a drag any more."""
        self._pressed, self._key = None, ""
        self._edge.stop()

    def press(self, event: QMouseEvent) -> None:
        """Select what is there, open what is a menu, or go to today."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        timeline, at = self._timeline, event.position().toPoint()
        self.forget()
        chip, undated = timeline.chip_at(at), timeline.undated_at(at)
        if timeline.is_on_today_tag(at):
            timeline.go_to_today()
        elif chip is not None:
            self._list(list(chip.keys))
        elif undated:
            self._list([entry.key for entry in undated])
        else:
            key = timeline.key_at(at)
            timeline.choose(key)
            self._pressed, self._key = at, key

    def _list(self, keys: list[str]) -> None:
        timeline = self._timeline
        timeline.open_menu(
            [e for key in keys if (e := timeline.entry(key))], timeline.rect_of(keys[0]), activates=False
        )

    def move(self, event: QMouseEvent) -> None:
        """Drag what was pressed, or tell of what is under the pointer."""
        self._at = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover()
        elif self._pressed is not None and self._key:
            self._drag(self._pressed)

    def _hover(self) -> None:
        timeline = self._timeline
        chip, key = timeline.chip_at(self._at), timeline.key_at(self._at)
        hand = chip is not None or bool(timeline.undated_at(self._at)) or timeline.is_on_today_tag(self._at)
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        timeline.viewport().setCursor(shape)
        timeline.hover(key if chip is None else "")

    def _drag(self, pressed: QPoint) -> None:
        timeline = self._timeline
        if timeline.ghost is None:
            if (self._at - pressed).manhattanLength() < START:
                return
            timeline.start_ghost(self._key, by_keys=False)
        if timeline.ghost is None:
            self.forget()
            return
        self._follow()
        axis = timeline.axis_rect()
        if min(self._at.x() - axis.left(), axis.right() - self._at.x()) < EDGE:
            self._edge.start()
        else:
            self._edge.stop()

    def _follow(self) -> None:
        if self._timeline.ghost is not None:
            self._timeline.move_ghost(self._timeline.day_under(self._at.toPointF()))

    def _scroll_at_edge(self) -> None:
        timeline, axis = self._timeline, self._timeline.axis_rect()
        if timeline.ghost is None:
            self._edge.stop()
            return
        bar = timeline.horizontalScrollBar()
        bar.setValue(bar.value() + (-EDGE_STEP if self._at.x() < axis.center().x() else EDGE_STEP))
        self._follow()

    def release(self, event: QMouseEvent) -> None:
        """Drop what was dragged."""
        if event.button() == Qt.MouseButton.LeftButton:
            dragged = self._pressed is not None and self._timeline.ghost is not None
            self.forget()
            if dragged:
                self._timeline.drop()

    def double(self, event: QMouseEvent) -> None:
        """Open the visit there."""
        key = self._timeline.key_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and key and key == self._timeline.selected:
            self._timeline.activate()

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll through time; with Ctrl zoom about the pointer, with Shift or over the names scroll the lanes."""
        timeline, turned = self._timeline, event.angleDelta()
        held = event.modifiers()
        notches = (turned.y() or turned.x()) / NOTCH
        if held & Qt.KeyboardModifier.ControlModifier:
            timeline.zoom_about(STEP**notches, max(event.position().x(), timeline.frame_of.column))
        elif held & Qt.KeyboardModifier.ShiftModifier or event.position().x() < timeline.frame_of.column:
            bar = timeline.verticalScrollBar()
            bar.setValue(bar.value() - round(notches * tokens.px(60)))
        else:
            bar = timeline.horizontalScrollBar()
            bar.setValue(bar.value() - round(notches * tokens.px(120)))
        event.accept()
