"""The preview of an enrolment: the calendar, or the fields that are still needed for one."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.ui.pages.enrolment.outlook import Outlook, Row
from app.ui.style import tokens
from app.ui.widgets.row_table import set_up_rows
from app.ui.widgets.text import Elided, Label, Wrapped, tip
from app.wording.language import gettext as _

_NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """The visits with day, name and window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these visits."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        text = (row.day, row.visit, row.window)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{row.visit} ({row.key})" if index.column() == 1 else text)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Day"), _("Visit"), _("Window"))[section]
        return None


class _Table(QTableView):
    """A table that asks for little height and takes what is left."""

    def sizeHint(self) -> QSize:
        return QSize(tokens.px(320), self.minimumHeight())

    def fit_columns(self) -> None:
        """Show days uncut; the window gives way where the names of the visits have no room."""
        model, metrics = self.model(), self.fontMetrics()
        texts = [[str(model.index(row, column).data()) for row in range(model.rowCount())] for column in range(3)]
        days, names, windows = (max(map(metrics.horizontalAdvance, own), default=0) + tokens.px(24) for own in texts)
        self.setColumnHidden(2, days + names + windows > self.viewport().width())
        self.setColumnWidth(0, days)
        self.setColumnWidth(2, windows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()


class EnrolmentPreview(QWidget):
    """A summary, the first visits from today on, and all visits in a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = Wrapped("", "strong", parent=self)
        self.note = Wrapped("", "muted", parent=self)
        self.first_title = Label(_("First to come"), "muted", parent=self)
        self.first = QGridLayout()
        self.model = RowsModel(self)
        self.table = _table(self.model, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.summary)
        column.addWidget(self.note)
        column.addSpacing(8)
        column.addWidget(self.first_title)
        self.first.setHorizontalSpacing(12)
        self.first.setVerticalSpacing(4)
        self.first.setColumnStretch(1, 1)
        column.addLayout(self.first)
        column.addSpacing(8)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.show_needed(())

    def show_needed(self, labels: Sequence[str]) -> None:
        """Name the fields that a calendar still needs."""
        needed = _("Still needed: {fields}.").format(fields=", ".join(labels)) if labels else ""
        self.show_text("", "\n".join(filter(None, (_("The calendar appears here while you type."), needed))))

    def show_text(self, text: str, note: str = "") -> None:
        """Say why there is no calendar."""
        self._show(Outlook(text, note, (), ()))
        self.table.hide()

    def show_outlook(self, found: Outlook) -> None:
        """Show the preview of a calendar."""
        self._show(found)
        self.table.setVisible(bool(found.rows))

    def _show(self, found: Outlook) -> None:
        self.summary.setText(found.summary)
        self.summary.setVisible(bool(found.summary))
        self.note.setText(found.epochs)
        self.note.setVisible(bool(found.epochs))
        self._show_first(found.first)
        self.model.show_rows(found.rows)
        self.table.fit_columns()
        self.table.setAccessibleDescription(found.summary)

    def _show_first(self, rows: tuple[Row, ...]) -> None:
        while (item := self.first.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, row in enumerate(rows):
            self.first.addWidget(Label(row.day, parent=self), number, 0)
            self.first.addWidget(Elided(row.visit, parent=self), number, 1)
        self.first_title.setVisible(bool(rows))


def _table(model: RowsModel, parent: QWidget) -> _Table:
    table = _Table(parent)
    table.setModel(model)
    table.setAccessibleName(_("Visits of this enrolment"))
    table.setFrameShape(QFrame.Shape.NoFrame)
    set_up_rows(table)
    table.verticalHeader().setDefaultSectionSize(tokens.row_height())
    table.setMinimumHeight(tokens.px(96))
    header = table.horizontalHeader()
    header.setMinimumSectionSize(tokens.px(112))
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return table
