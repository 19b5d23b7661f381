"""The canvas of a timeline: its zoom, its scrolling and its painting."""

import math
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.ui.session.memory import REMEMBERED, Memory
from app.ui.style import tokens
from app.ui.timeline import painting
from app.ui.timeline.content import Content
from app.ui.timeline.frame import (
    Frame,
    detail_at,
    frame_for,
    note_box,
    paint_column,
    paint_focus,
    paint_header,
    paint_today_tag,
    today_tag,
)
from app.ui.timeline.lanes import Box, Layout, arrange
from app.ui.timeline.paint_tools import PaintTools
from app.ui.timeline.scale import STEP, Detail, Scale, clamped
from app.ui.timeline.scrolling import last_scroll_position, reveal, reveal_from_edge

FIRST_DAYS = 84
BEFORE_TODAY = 0.3
Arrangement = tuple[Layout, list[painting.Figure], Detail]
"""The layout of a calendar at one zoom, what is drawn of it, and the detail of its header."""
ROOM, LAST_LABEL = 24, 120
"""Free room in pixels at the left and at the right end of the axis."""
PICTURES = 4
"""So many pictures of a timeline are kept; each is as large as the widget."""


@dataclass(slots=True)
class Times:
    """How often the same ground was drawn."""

    times: int = 0


class Canvas(QAbstractScrollArea):
    """Lanes on an axis of days that scrolls and zooms. The canvas has no part in mouse and keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.content: Content | None = None
        self.scale = Scale(date(2000, 1, 1), 8.0, tokens.px(ROOM))
        self.lane_layout = Layout()
        self._last = self.scale.origin
        self._tools = PaintTools(self.devicePixelRatioF())
        self._figures: list[painting.Figure] = []
        self._arrangements: Memory[Arrangement] = Memory(REMEMBERED)
        self._frame = frame_for(1, 1, (), self._tools)
        self._detail = Detail.WEEKS
        self._untouched = True
        self._drawn: Memory[Times] = Memory(REMEMBERED)
        self._pictures: Memory[QPixmap] = Memory(PICTURES)
        self._bands: Memory[painting.ClosedBands] = Memory(REMEMBERED)
        self.verticalScrollBar().setSingleStep(tokens.px(20))

    # The calendar

    def set_content(self, content: Content) -> bool:
        """Show a calendar. Return whether it is the participant's that was shown before, whose view is then kept."""
        known = self.content is not None and self.content.calendar.participant == content.calendar.participant
        left, top = self.left_position(), self.verticalScrollBar().value()
        self.content = content
        self.scale = Scale(min(content.days), self.scale.day_width, tokens.px(ROOM))
        self._last = max(content.days)
        self._untouched = self._untouched or not known
        if self._untouched:
            self._first_view()
        else:
            self.rearrange()
            self._scroll_to(left, 0)
            self.verticalScrollBar().setValue(top)
        return known

    def _first_view(self) -> None:
        """Show twelve weeks around today, scrolled to the lane of the visit nearest to today."""
        if self.content is None:
            return
        self._update_frame()
        self._set_day_width(clamped(self.frame.axis_width / FIRST_DAYS, tokens.scale()))
        self.go_to_today()
        lane = self.lane_layout.lane_of.get(self.nearest_today())
        if lane is not None:
            self.verticalScrollBar().setValue(int(self.lane_layout.lanes[lane].top))

    def nearest_today(self) -> str:
        """Return the key of the visit nearest to today, from which a person begins; empty without visits."""
        return self.content.nearest_today if self.content is not None else ""

    def rearrange(self) -> None:
        """Calculate all positions again, after a new calendar, zoom, text size or theme."""
        self._update_frame()
        made_of = (self.content, self._tools)
        found = self._arrangements.of(made_of, (self.scale, self._frame), self._arrange)
        self.lane_layout, self._figures, self._detail = found
        self._set_ranges()
        self.viewport().update()

    def forget(self) -> None:
        """Forget the layouts of other calendars and zooms."""
        self._arrangements.forget()
        self._bands.forget()
        self._drawn.forget()
        self._pictures.forget()

    def _arrange(self) -> Arrangement:
        strands = self.content.strands if self.content is not None else ()
        measure = self._tools.measure(self._frame.column - 2 * tokens.px(8))
        layout = arrange(strands, self.scale, measure, self._end())
        return layout, painting.figures(layout, self._tools), detail_at(self.scale, self._tools)

    def _update_frame(self) -> None:
        """Calculate the width of the column of names and the visible part of the axis."""
        if not self._tools.is_current(self.devicePixelRatioF()):
            self._tools = PaintTools(self.devicePixelRatioF())
        names = [strand.name for strand in self.content.strands] if self.content is not None else []
        size = self.viewport().size()
        self._frame = frame_for(size.width(), size.height(), names, self._tools)

    def _set_ranges(self) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(math.ceil(self._end()) - self._frame.axis_width, 0))
        across.setPageStep(self._frame.axis_width)
        across.setSingleStep(tokens.px(48))
        down.setRange(0, last_scroll_position(self._edges(), self.lane_layout.height, self._frame.axis_height))
        down.setPageStep(self._frame.axis_height)

    def _edges(self) -> list[int]:
        """Return the upper edges of the lanes."""
        return [int(lane.top) for lane in self.lane_layout.lanes]

    def _end(self) -> float:
        """Return the x at which the axis ends, with room for the last label."""
        return self.scale.right(self._last) + self._last_label()

    def _last_label(self) -> int:
        return min(tokens.px(LAST_LABEL), self._frame.axis_width // 5)

    @property
    def frame(self) -> Frame:
        """The division of the widget into column, header and axis."""
        return self._frame

    @property
    def tools(self) -> PaintTools:
        """The pens, pictures and fonts that the timeline is drawn with."""
        return self._tools

    # Zoom and scrolling

    def zoom_in(self) -> None:
        """Show fewer days, each of them wider."""
        self.zoom_at(STEP, self._frame.column + self._frame.axis_width / 2)

    def zoom_out(self) -> None:
        """Show more days, each of them narrower."""
        self.zoom_at(1 / STEP, self._frame.column + self._frame.axis_width / 2)

    def zoom_at(self, factor: float, x: float) -> None:
        """Make days wider by a factor, or narrower below 1; the day at `x` of the widget stays in place."""
        offset = x - self._frame.column
        anchor = self.scale.position_at(self.horizontalScrollBar().value() + offset)
        self._untouched = False
        self._set_day_width(clamped(self.scale.day_width * factor, tokens.scale()))
        self._scroll_to(anchor, offset)

    def fit_all(self) -> None:
        """Show all visits at once, as far as the narrowest days allow."""
        days = (self._last - self.scale.origin).days + 1
        self._untouched = False
        free = self._frame.axis_width - tokens.px(ROOM) - self._last_label()
        self._set_day_width(clamped(free / days, tokens.scale()))
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)

    def go_to_today(self) -> None:
        """Scroll to today, with more of the future in sight than of the past."""
        if self.content is not None:
            middle = self.scale.middle(self.content.calendar.today)
            self.horizontalScrollBar().setValue(round(middle - BEFORE_TODAY * self._frame.axis_width))

    def left_position(self) -> float:
        """Return the day at the left edge of the axis, as `Scale.position_at` gives it."""
        return self.scale.position_at(self.horizontalScrollBar().value())

    def _set_day_width(self, day_width: float) -> None:
        self.scale = self.scale.zoomed(day_width)
        self.rearrange()

    def _scroll_to(self, position: float, offset: float) -> None:
        self.horizontalScrollBar().setValue(round(self.scale.x_of(position) - offset))

    def show_box(self, box: Box, sideways: bool = True) -> None:
        """Scroll so that a box on the axis is in sight."""
        left, top, width, height = box
        if sideways:
            reveal(self.horizontalScrollBar(), left, left + min(width, self._frame.axis_width / 2), tokens.px(ROOM))
        reveal_from_edge(self.verticalScrollBar(), self._edges(), top, top + height, tokens.px(8))

    def box_of(self, key: str) -> Box:
        """Return the box of a visit on the axis; of a visit without a date, that of the note in its lane."""
        found = self.lane_layout.boxes.get(key)
        if found is not None:
            return found
        number = self.lane_layout.lane_of.get(key)
        if number is None:
            return (0.0, 0.0, 0.0, 0.0)
        return note_box(self.lane_layout.lanes[number], self._frame, self._tools)

    def is_on_axis(self, key: str) -> bool:
        """Tell whether the visit has a day, and so a mark on the axis."""
        return key in self.lane_layout.boxes

    def rect_of(self, key: str) -> QRect:
        """Return the rectangle of a visit in the coordinates of the viewport, in or out of sight."""
        left, top, width, height = self.box_of(key)
        shift = self._frame.column - self.horizontalScrollBar().value() if self.is_on_axis(key) else 0
        top += self._frame.header - self.verticalScrollBar().value()
        return QRectF(left + shift, top, width, height).toAlignedRect()

    def axis_rect(self) -> QRect:
        """Return the part of the viewport that shows the axis."""
        return QRect(self._frame.column, self._frame.header, self._frame.axis_width, self._frame.axis_height)

    def view(self) -> painting.View:
        """Return the part of the axis that is seen."""
        bars = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return painting.View(bars[0], bars[1], self._frame.axis_width, self._frame.axis_height)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Begin with the first view again as long as nobody has scrolled or zoomed; later keep the left edge."""
        left = self.left_position()
        if self._untouched and self.content is not None:
            self._first_view()
        else:
            self.rearrange()
            self._scroll_to(left, 0)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._tools.is_current(self.devicePixelRatioF()):
            self.rearrange()
        painter = QPainter(self.viewport())
        self._show_ground(painter)
        self._paint_rest(painter)
        painter.end()

    def paint(self, painter: QPainter) -> None:
        """Draw all of the viewport."""
        self._paint_ground(painter)
        self._paint_rest(painter)

    def _show_ground(self, painter: QPainter) -> None:
        """Draw the ground; what is drawn for the second time is kept as a picture, but nothing that only scrolls by."""
        made_of, seen = (self.content, self._tools), (self.scale, self._frame, self.view())
        drawn = self._drawn.of(made_of, seen, Times)
        drawn.times += 1
        if drawn.times == 1:
            self._paint_ground(painter)
        else:
            painter.drawPixmap(0, 0, self._pictures.of(made_of, seen, self._ground))

    def _ground(self) -> QPixmap:
        picture = QPixmap(self.viewport().size() * self._tools.ratio)
        picture.setDevicePixelRatio(self._tools.ratio)
        painter = QPainter(picture)
        self._paint_ground(painter)
        painter.end()
        return picture

    def _paint_rest(self, painter: QPainter) -> None:
        self.paint_above(painter)
        if self.hasFocus():
            paint_focus(painter, self._frame, self._tools)

    def _paint_ground(self, painter: QPainter) -> None:
        """Draw everything but what the selection and the focus add."""
        frame, view, tools = self._frame, self.view(), self._tools
        painter.fillRect(QRectF(0, 0, frame.width, frame.height), tools.color("surface"))
        painter.save()
        painter.setClipRect(QRectF(self.axis_rect()))
        painter.translate(frame.column - view.left, frame.header - view.top)
        self._paint_axis(painter, view)
        painter.restore()
        paint_column(painter, frame, self.lane_layout, view, tools)
        tagged = today_tag(frame, self.today_x(), tools) if self.content is not None else None
        paint_header(painter, frame, self.scale, view, tools, self._detail, tagged)
        if self.content is not None:
            paint_today_tag(painter, frame, self.today_x(), tools)
        if not self.lane_layout.boxes:
            painting.paint_empty(painter, QRectF(self.axis_rect()), tools)

    def _paint_axis(self, painter: QPainter, view: painting.View) -> None:
        tools = self._tools
        if self.content is not None:
            painting.paint_closed(painter, self._closed_bands(self.content, view), view, tools)
        step = 1 if self.scale.day_width * 28 >= 20 else 12
        painting.paint_grid(painter, self.scale, self.lane_layout, view, tools, step)
        if self.content is not None:
            painting.paint_today(painter, self.scale.middle(self.content.calendar.today), view, tools)
        painting.paint_visits(painter, self._figures, view, tools)
        painting.paint_chips(painter, self.lane_layout, view, tools)

    def _closed_bands(self, content: Content, view: painting.View) -> painting.ClosedBands:
        seen = (self.scale, view.left, view.width)
        return self._bands.of((content,), seen, lambda: painting.closed_bands(self.scale, content.closed, view))

    def today_x(self) -> float:
        """Return the x of today in the viewport."""
        today = self.content.calendar.today if self.content is not None else self.scale.origin
        return self.scale.middle(today) - self.horizontalScrollBar().value() + self._frame.column

    def paint_above(self, painter: QPainter) -> None:
        """Draw above everything else; a subclass draws the selection and the ghost here."""

    def day_under(self, point: QPointF) -> date:
        """Return the day at a point of the viewport."""
        return self.scale.day_at(point.x() - self._frame.column + self.horizontalScrollBar().value())
