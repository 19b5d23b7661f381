"""The header of days, and the tag of today in it."""

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from app.ui.timeline.timeline import Timeline
from tests.ui.timeline.gestures import LEFT, NONE


def test_an_arrow_in_the_header_leads_back_to_today(timeline: Timeline) -> None:
    timeline.select("SP-F24")
    assert timeline.today_x() < 0
    at = QPoint(timeline.frame.column + 14, round(timeline.frame.line * 1.5))
    assert timeline.is_on_today_tag(at)
    QTest.mouseClick(timeline.viewport(), LEFT, NONE, at)
    assert timeline.axis_rect().left() < timeline.today_x() < timeline.axis_rect().right()
