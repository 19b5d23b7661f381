"""The rows of the deviation log as a table, narrowed by what is typed and by whether somebody has decided."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.search import Search
from app.services.queries.deviation_row import Deviation
from app.ui.style import tokens
from app.ui.widgets.text import tip
from app.wording.dates import day, window
from app.wording.deviations import deviation_text
from app.wording.language import gettext as _
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
WHO, VISIT, DAY, WINDOW, WHAT, REASON, CLASS = range(7)


def cells_of(row: Deviation) -> tuple[str, ...]:
    """Return one deviation in words, column by column."""
    texts = (
        row.participant,
        row.name,
        day(row.on) if row.on is not None else "",
        window(row.earliest, row.latest) if row.earliest and row.latest else "",
        deviation_text(row.what, row.days, row.detail),
        row.reason,
        row.class_text,
    )
    return tuple(map(visible_line, texts))


class LogModel(QAbstractTableModel):
    """The deviations that the filter leaves."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Deviation] = ()
        self._text, self._undecided = "", False
        self.rows: list[Deviation] = []

    def show_log(self, rows: Sequence[Deviation]) -> None:
        """Show another log, narrowed as before."""
        self._all = rows
        self.narrow(self._text, self._undecided)

    def narrow(self, text: str, undecided: bool) -> None:
        """Show what the text finds in any column or in the key; `undecided`: only rows on which nobody has decided."""
        self.beginResetModel()
        self._text, self._undecided = text, undecided
        search = Search(text)
        self.rows = [
            row
            for row in self._all
            if search.finds(*cells_of(row), row.visit) and not (undecided and row.decided is not None)
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else CLASS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        names = (_("Code"), _("Visit"), _("Day"), _("Window"), _("Deviation"), _("Reason"), _("Class"))
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells_of(row)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(cells_of(row)[index.column()])
        strong = index.column() == WHO or (index.column() == CLASS and row.class_ == "important")
        if role == Qt.ItemDataRole.FontRole and strong:
            return tokens.font(strong=True)
        if role == Qt.ItemDataRole.ForegroundRole and row.decided is None and index.column() == CLASS:
            return tokens.color("muted")
        return None
