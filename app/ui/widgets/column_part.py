"""A part of a column, as high as its texts need at the width of the column."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


class ColumnPart(QWidget):
    """Asks for no size of its own: the layout of the column gives it its height for the width that it has.

    Qt would break all of its texts once more, at a width that it never gets, to find a size that nobody uses.
    """

    def sizeHint(self) -> QSize:
        return QSize(0, 0)
