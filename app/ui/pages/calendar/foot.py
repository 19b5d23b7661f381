"""The foot of the calendar: the keys, and what the marks mean."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.style import tokens
from app.ui.style.status_marks import Mark
from app.ui.widgets.mark_label import MarkPicture
from app.ui.widgets.text import Elided, Label
from app.wording.language import gettext as _
from app.wording.language import marked

_LEAST_WIDTH = 640
_LEGEND = (
    (Mark.BOOKED, marked("booked")),
    (Mark.PLANNED, marked("planned")),
    (Mark.FORECAST, marked("forecast")),
    (Mark.CLOSING, marked("to rebook")),
    (Mark.DUE, marked("due")),
    (Mark.OVERDUE, marked("overdue")),
    (Mark.DONE, marked("done")),
    (Mark.MISSED, marked("missed")),
)
_KEYS_OF_DAYS = marked("Arrows day · Tab visit · Enter list · B book · W week · L list")
_KEYS_OF_LIST = marked("Enter open the participant · Space record · R rebook · M move · N note · P print · W week")


class Foot(QWidget):
    """One line; in a narrow window the keys are cut, which F1 lists as well."""

    def __init__(self) -> None:
        super().__init__()
        self._of_list = False
        self._keys = Elided("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._keys, 1)
        self._legend = QWidget()
        marks = QHBoxLayout(self._legend)
        marks.setContentsMargins(8, 0, 0, 0)
        marks.setSpacing(4)
        for mark, text in _LEGEND:
            marks.addWidget(MarkPicture(mark))
            marks.addWidget(Label(_(text), "small"))
            marks.addSpacing(2)
        row.addWidget(self._legend)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the keys: the marks are left out before they force the window to be wider."""
        return QSize(self._keys.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the marks out where there is no room for the keys next to them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._legend.setHidden(self._of_list or self.width() < tokens.px(_LEAST_WIDTH))

    def show_keys(self, of_list: bool) -> None:
        """Name the keys of the list or of the days; the list says in words what the marks mean."""
        self._keys.setText(_(_KEYS_OF_LIST if of_list else _KEYS_OF_DAYS))
        self._of_list = of_list
        self._fit()
