"""A column of names of visits: each in the longest form that has room, as its end tells near-twins apart."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.style import tokens
from app.ui.widgets.name_lines import one_line_name
from app.ui.widgets.row_table import AROUND_TEXT

Index = QModelIndex | QPersistentModelIndex


class NameColumn(QStyledItemDelegate):
    """Shows the names of a column, each in the longest form that has room."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        name, room = str(index.data() or ""), option.rect.width() - tokens.px(AROUND_TEXT)
        option.text = one_line_name(name, option.fontMetrics, room)


def name_column(view: QAbstractItemView, column: int) -> None:
    """Let a column of a table show names of visits."""
    view.setItemDelegateForColumn(column, NameColumn(view))
