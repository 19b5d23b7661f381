"""Hit testing of the timeline: the visit, chip or note at a point, and the text that describes a visit."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QWidget

from app.domain.calendar.entries import Entry
from app.ui.timeline import painting, text
from app.ui.timeline.canvas import Canvas
from app.ui.timeline.drag_ghost import DragGhost
from app.ui.timeline.frame import note_box, today_tag
from app.ui.timeline.lanes import Box, Chip


class HitTestingCanvas(Canvas):
    """A canvas that finds its visits by their keys and by points of the viewport."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selected = ""
        self.ghost: DragGhost | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """The keys of all visits in time order, those without a date last."""
        return self.content.order if self.content is not None else ()

    def entry(self, key: str) -> Entry | None:
        """Return the visit of that key; None when it is not shown."""
        return self.content.calendar.by_key.get(key) if self.content is not None and key in self.order else None

    @property
    def selected(self) -> str:
        """The key of the selected visit; empty without one."""
        return self._selected

    # Visits, chips and notes at a point

    def key_at(self, at: QPoint) -> str:
        """Return the key of the visit at a point of the viewport: that of a chip's first visit, or empty."""
        point = self._on_axis(at)
        if point is None:
            return ""
        near = [
            (abs(one.mark_x - point.x()), key)
            for key, one in self.lane_layout.placed_of.items()
            if _contains(self.box_of(key), point)
        ]
        chip = self.chip_at(at)
        return chip.keys[0] if chip is not None else min(near)[1] if near else ""

    def chip_at(self, at: QPoint) -> Chip | None:
        """Return the chip at a point of the viewport."""
        point = self._on_axis(at)
        chips = [chip for lane in self.lane_layout.lanes for chip in lane.chips] if point is not None else []
        return next((chip for chip in chips if point and painting.chip_box(chip, self.tools).contains(point)), None)

    def undated_at(self, at: QPoint) -> tuple[Entry, ...]:
        """Return the visits without a date that the note at a point of the viewport counts."""
        if at.x() >= self.frame.column or at.y() < self.frame.header:
            return ()
        point = QPointF(at.x(), at.y() - self.frame.header + self.verticalScrollBar().value())
        for lane in self.lane_layout.lanes:
            if lane.note and _contains(note_box(lane, self.frame, self.tools), point):
                return lane.strand.undated
        return ()

    def is_on_today_tag(self, at: QPoint) -> bool:
        """Tell whether a point of the viewport is on the tag of today."""
        box = today_tag(self.frame, self.today_x(), self.tools)
        return self.content is not None and box is not None and box.contains(QPointF(at))

    def is_in_sight(self, key: str) -> bool:
        """Tell whether any part of the visit is visible."""
        within = self.axis_rect() if self.is_on_axis(key) else self.viewport().rect()
        return within.intersects(self.rect_of(key))

    def _on_axis(self, at: QPoint) -> QPointF | None:
        if not self.axis_rect().contains(at):
            return None
        view, corner = self.view(), self.axis_rect().topLeft()
        return QPointF(at.x() - corner.x() + view.left, at.y() - corner.y() + view.top)

    # The ghost

    def ghost_text(self) -> str:
        """Return what the day under the ghost means for its visit; empty without a ghost."""
        if self.ghost is None or self.content is None:
            return ""
        return text.drop_text(self.ghost.entry, self.ghost.day, self.content.closed, self.content.enrolled_on)

    def ghost_center(self) -> QPointF:
        """Return the middle of the ghost's mark in the viewport."""
        if self.ghost is None:
            return QPointF()
        box = self.rect_of(self.ghost.entry.key)
        shift = self.frame.column - self.horizontalScrollBar().value()
        return QPointF(self.scale.middle(self.ghost.day) + shift, box.center().y())

    # For screen readers

    def spoken_name(self, key: str) -> str:
        """Return the description of a visit for a screen reader."""
        entry = self.entry(key)
        return text.spoken_visit(entry) if entry is not None else ""

    def spoken_details(self, key: str) -> str:
        """Return the lines of a visit's card for a screen reader."""
        entry = self.entry(key)
        if entry is None or self.content is None:
            return ""
        return "; ".join(f"{name}: {value}" for name, value in text.card_rows(entry, self.content.enrolled_on))


def _contains(box: Box, point: QPointF) -> bool:
    left, top, width, height = box
    return left - 2 <= point.x() <= left + width + 2 and top <= point.y() <= top + height
