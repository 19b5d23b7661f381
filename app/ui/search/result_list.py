"""The list of what was found, below the box: headings, and rows with a note at their right."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.search.rows import FoundRow
from app.ui.style import tokens
from app.ui.widgets.text import tip
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
_PAD = 10
_MOST_ROWS = 14


class _Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1


class _Painter(QStyledItemDelegate):
    """Paints a heading, or a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = not isinstance(index.data(_Role.ROW), FoundRow)
        return QSize(40, tokens.row_height() - tokens.px(6 if heading else 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        row = index.data(_Role.ROW)
        rect = option.rect.adjusted(tokens.px(_PAD), 0, -tokens.px(_PAD), 0)
        if isinstance(row, FoundRow):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected) and row.choose is not None
            painter.fillRect(option.rect, tokens.color("selection" if chosen else "surface"))
            if chosen:
                painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), tokens.color("accent"))
            self._row(painter, rect, row)
        else:
            painter.fillRect(option.rect, tokens.color("ground"))
            _draw(painter, rect, str(index.data()), "muted", small=True, strong=True)
        painter.restore()

    def _row(self, painter: QPainter, rect: QRect, row: FoundRow) -> None:
        note = visible_line(row.why_not or row.note)
        taken = min(_width(note, small=True) + tokens.px(14) if note else 0, rect.width() * 3 // 5)
        plain = row.choose is None or bool(row.why_not)
        if row.strong:
            code = visible_line(row.strong)
            wide = min(_width(code, strong=True), (rect.width() - taken) // 2)
            _draw(painter, QRect(rect.topLeft(), QSize(wide, rect.height())), code, "text", strong=True)
            rect = rect.adjusted(wide + tokens.px(8), 0, 0, 0)
        _draw(painter, rect.adjusted(0, 0, -taken, 0), visible_line(row.text), "muted" if plain else "text")
        if note:
            at = rect.adjusted(max(0, rect.width() - taken) + tokens.px(14), 0, 0, 0)
            _draw(painter, at, note, "muted", small=True, right=True)


def _font_of(small: bool, strong: bool) -> tuple[int, bool]:
    return (tokens.SMALL if small else tokens.BODY, strong)


def _width(text: str, small: bool = False, strong: bool = False) -> int:
    return QFontMetrics(tokens.font(*_font_of(small, strong))).horizontalAdvance(text) + 2


def _draw(
    painter: QPainter, rect: QRect, text: str, ink: str, small: bool = False, strong: bool = False, right: bool = False
) -> None:
    font = tokens.font(*_font_of(small, strong))
    painter.setFont(font)
    painter.setPen(tokens.color(ink))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | side), shown)


class ResultList(QListWidget):
    """The rows by their groups. It never has the keyboard: the box keeps it."""

    taken = Signal(object)
    """The `FoundRow` that was clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("popup", "true")
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.itemClicked.connect(self._clicked)

    def show_rows(self, rows: Sequence[FoundRow]) -> None:
        """Show these rows under their headings; the one that was chosen stays chosen, unless it was the first."""
        before, first = self.chosen(), self._choosable()[:1]
        kept = before.same if before is not None and first and before is not first[0] else None
        self.clear()
        group = ""
        for row in rows:
            if row.group and row.group != group:
                self._add_heading(row.group)
            group = row.group
            self._add(row)
        number = next((n for n in range(self.count()) if (found := self.row_at(n)) and found.same == kept), None)
        if number is not None:
            self.setCurrentRow(number)
        else:
            self.step(1, from_start=True)

    def _add_heading(self, title: str) -> None:
        item = QListWidgetItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _add(self, row: FoundRow) -> None:
        item = QListWidgetItem(visible_line(row.line))
        item.setData(_Role.ROW, row)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, visible_line(row.line))
        item.setToolTip(tip(row.line))
        if row.choose is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.addItem(item)

    def row_at(self, number: int) -> FoundRow | None:
        """Return what is in that line; None for a heading."""
        found = self.item(number).data(_Role.ROW) if 0 <= number < self.count() else None
        return found if isinstance(found, FoundRow) else None

    def rows(self) -> list[FoundRow]:
        """Return every row, without the headings."""
        return [found for number in range(self.count()) if (found := self.row_at(number)) is not None]

    def _choosable(self) -> list[FoundRow]:
        return [row for row in self.rows() if row.choose is not None]

    def chosen(self) -> FoundRow | None:
        """Return the chosen row."""
        found = self.row_at(self.currentRow())
        return found if found is not None and found.choose is not None else None

    def step(self, by: int, from_start: bool = False) -> None:
        """Choose the next row that can be chosen, in that direction; stay where there is none."""
        number = -1 if from_start else self.currentRow()
        while 0 <= (number := number + by) < self.count():
            if (row := self.row_at(number)) is not None and row.choose is not None:
                self.setCurrentRow(number)
                # The heading of the first row comes into sight with it.
                self.scrollToItem(self.item(max(0, number - 1)))
                self.scrollToItem(self.item(number))
                return

    def needed_height(self) -> int:
        """Return the height in pixels of the rows, or of as many as are shown at once."""
        most = tokens.row_height() * _MOST_ROWS
        return min(sum(self.sizeHintForRow(number) for number in range(self.count())), most) + 4

    def _clicked(self, item: QListWidgetItem) -> None:
        row = item.data(_Role.ROW)
        if isinstance(row, FoundRow) and row.choose is not None:
            self.taken.emit(row)
