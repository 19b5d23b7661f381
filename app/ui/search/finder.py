"""The box in the top bar that finds everything while somebody types; Enter takes the chosen row."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.search import LONGEST
from app.ui.search.result_list import ResultList
from app.ui.search.rows import FoundRow
from app.ui.style import tokens
from app.wording.language import gettext as _

LEAST_WIDTH = 560
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGE = 6


class Finder(QLineEdit):
    """The box. With nothing typed its list has what was chosen last."""

    took = Signal(object)
    """A `FoundRow` that was chosen, before it is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows_for: Callable[[str], Sequence[FoundRow]] = lambda _typed: ()
        self._begin: Callable[[], object] = lambda: None
        self.setPlaceholderText(_("Find code, visit, date or command  (Ctrl+K)"))
        self.setAccessibleName(_("Find a code, a visit, a date, an event or a command"))
        self.setMaxLength(LONGEST)
        self.setMinimumWidth(tokens.px(160))
        self.setMaximumWidth(tokens.px(320))
        self._found: ResultList | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(0)
        self._late.timeout.connect(self._search)
        self.textEdited.connect(lambda _text: self._search())
        self.installEventFilter(self)

    @property
    def found(self) -> ResultList:
        """The list below the box, made at the first search as it takes longer than the rest of the bar."""
        if self._found is None:
            self._found = ResultList(self)
            self._found.setAccessibleName(_("Found"))
            self._found.taken.connect(self.take)
            self._found.currentRowChanged.connect(lambda _row: self._say_chosen())
        return self._found

    def set_source(self, rows_for: Callable[[str], Sequence[FoundRow]], begin: Callable[[], object]) -> None:
        """Find what `rows_for` returns for a text; `begin` is called as somebody comes to the box."""
        self._rows_for, self._begin = rows_for, begin

    def show_again(self) -> None:
        """Search again for the same text, as what can be found has changed."""
        if self._found is not None and self._found.isVisible():
            self._search()

    def _search(self) -> None:
        self.found.show_rows(self._rows_for(self.text()))
        self._place()
        self._say_chosen()

    def _place(self) -> None:
        """Put the list below the box, within the window, however large the text is."""
        window = self.window()
        corner = self.mapTo(window, QPoint(0, self.height() + 2))
        width = min(max(self.width(), tokens.px(LEAST_WIDTH)), window.width() - 16)
        left = max(8, min(corner.x() + self.width() - width, window.width() - width - 8))
        height = min(self.found.needed_height(), max(window.height() - corner.y() - 8, tokens.row_height() * 3))
        self.found.setFixedSize(width, height)
        self.found.move(window.mapToGlobal(QPoint(left, corner.y())))
        self.found.setVisible(self.found.count() > 0)

    def _say_chosen(self) -> None:
        """Let a screen reader say the chosen row: the keyboard stays in the box."""
        row = self.found.chosen()
        self.setAccessibleDescription(f"{row.group}: {row.line}" if row is not None else "")

    def take(self, row: FoundRow | None) -> None:
        """Do what a row is for; one that cannot be done now says why, and the list stays."""
        if row is None or row.choose is None:
            return
        self.took.emit(row)
        if row.why_not:
            return
        self.leave()
        self.clear()
        self.clearFocus()
        row.choose()

    def leave(self) -> None:
        """Close the list."""
        if self._found is not None:
            self._found.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Use the keys of the list while the box has the focus, and close the list when the box loses it."""
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
                return False
            self._begin()
            self._late.start()
        elif kind == QEvent.Type.FocusOut:
            self._late.stop()
            self.leave()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return False

    def _key(self, key: Qt.Key) -> bool:
        shown = self._found is not None and self._found.isVisible()
        if key in _STEPS:
            self.found.step(_STEPS[key]) if shown else self._search()
            return True
        if not shown:
            return False
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            for _time in range(_PAGE):
                self.found.step(1 if key == Qt.Key.Key_PageDown else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(self.found.chosen())
            return True
        if key == Qt.Key.Key_Escape:
            self.leave()
            return True
        return False
