"""The painting of the axis: which days are shaded, and which visits are drawn."""

from datetime import date

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from app.domain.dates import ClosedDays
from app.ui.style import tokens
from app.ui.timeline.paint_tools import PaintTools
from app.ui.timeline.painting import View, closed_bands, paint_hatched, visible
from app.ui.timeline.scale import CLOSED_FROM, Scale
from app.ui.timeline.timeline import Timeline
from tests.ui.timeline.stories import BOOKED

MONDAY = date(2026, 11, 30)
CLOSED = ClosedDays(closed={date(2026, 12, 3): "ward moves"})


def test_closed_weekdays_are_plain_and_joined_and_other_closed_days_are_hatched() -> None:
    bands = closed_bands(Scale(MONDAY, 10.0), CLOSED, View(0, 0, 69, 100))
    assert bands.plain == ((50, 70),)
    assert bands.hatched == ((30, 40),)


@pytest.mark.parametrize("ratio", [1, 2])
def test_the_hatching_has_no_seams(timeline: Timeline, ratio: int) -> None:
    """The pieces meet at 512 and 576, and at 1024: the pattern of eight pixels goes on there."""
    picture = QPixmap(QSize(120, 130) * ratio)
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    painter.translate(-500, -950)
    paint_hatched(painter, QRectF(500, 950, 120, 130), PaintTools(ratio))
    painter.end()
    image, step = picture.toImage(), 8 * ratio
    across = image.copy(step, 0, image.width() - step, image.height())
    down = image.copy(0, step, image.width(), image.height() - step)
    assert image.copy(0, 0, across.width(), across.height()) == across
    assert image.copy(0, 0, down.width(), down.height()) == down
    seen = {image.pixel(x, y) for x in range(step) for y in range(step)}
    assert {tokens.color("closed").rgb(), tokens.color("line").rgb()} <= seen


@pytest.mark.parametrize(("width", "shaded"), [(CLOSED_FROM, True), (CLOSED_FROM - 0.1, False)])
def test_days_that_are_too_narrow_are_not_shaded(width: float, shaded: bool) -> None:
    bands = closed_bands(Scale(MONDAY, width), CLOSED, View(0, 0, 100, 100))
    assert bool(bands.plain) is shaded


def test_only_the_visits_in_view_are_drawn(timeline: Timeline) -> None:
    timeline.select(BOOKED)
    drawn = {figure.placed.shown.key for figure in visible(timeline._figures, timeline.view())}
    assert BOOKED in drawn
    assert "SP-F24" not in drawn
