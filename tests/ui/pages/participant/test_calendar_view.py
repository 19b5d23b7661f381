"""The table of a participant's visits."""

from app.ui.pages.participant.calendar_model import Column
from tests.ui.nurse import Nurse


def test_the_days_fit_into_their_columns(reader: Nurse) -> None:
    for code in ("LI-001", "LI-005", "LI-008"):
        page = reader.open_participant(code)
        reader.settle()
        table = page.table
        metrics = table.fontMetrics()
        assert table.columnWidth(Column.VISIT) >= 180
        for column in (Column.TARGET, Column.WINDOW, Column.BOOKED, Column.PERFORMED):
            said = [str(reader.calendar.index(row, column).data()) for row in range(reader.calendar.rowCount())]
            assert max(map(metrics.horizontalAdvance, said)) <= table.columnWidth(column) - 12
