"""The table of a participant's visits."""

from PySide6.QtCore import Qt

from app.domain.calendar.entries import Status
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


def test_another_participant_has_its_own_rows_and_no_heading_is_lost(reader: Nurse) -> None:
    first = reader.open_participant("LI-001")
    reader.settle()
    headings = [str(reader.calendar.headerData(column, Qt.Orientation.Horizontal)) for column in range(len(Column))]
    assert headings == ["Visit", "Target", "Window", "Booked", "Performed", "Status"]
    rows: dict[str, list[str]] = {}
    for code in ("LI-001", "LI-005", "LI-001"):
        page = reader.open_participant(code)
        reader.settle()
        assert page is first
        assert page.view is not None
        shown = [one.key for one in page.view.calendar.entries if one.status is not Status.CANCELLED]
        assert [one.key for one in reader.calendar.entries] == shown
        assert reader.calendar.rowCount() == len(shown)
        assert rows.setdefault(code, shown) == shown


def test_the_chosen_row_is_in_sight_however_long_the_list_before_was(reader: Nurse) -> None:
    page = reader.open_participant("LI-001")
    reader.settle()
    last = reader.calendar.entries[-1].key
    page.table.choose(last)
    assert page.table.currentIndex().row() == reader.calendar.rowCount() - 1
    page = reader.open_participant("LI-005")
    reader.settle()
    index = page.table.currentIndex()
    assert page.selected == reader.calendar.entries[index.row()].key
    assert page.table.viewport().rect().contains(page.table.visualRect(index))


def test_a_row_is_chosen_and_not_edited(reader: Nurse) -> None:
    reader.open_participant("LI-001")
    flags = reader.calendar.flags(reader.calendar.index(0, 0))
    assert flags & Qt.ItemFlag.ItemIsSelectable
    assert not flags & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsDragEnabled)
