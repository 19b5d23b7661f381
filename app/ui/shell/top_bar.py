"""The top bar: the program, the study, one box to find anything, and the day for which everything is planned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.domain.search import Search
from app.ui.style import tokens
from app.ui.widgets.text import Elided, Label
from app.wording.dates import day, instant
from app.wording.language import gettext as _
from app.wording.visible import visible_line

MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class FinderItem:
    """Something that can be found: its words, a note next to them, and the action when it is chosen."""

    text: str
    note: str
    choose: Callable[[], object]


class Finder(QLineEdit):
    """The box that finds codes and commands while somebody types; Enter takes the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: Callable[[], Sequence[FinderItem]] = lambda: ()
        self.setPlaceholderText(_("Find a code or a command  (Ctrl+K)"))
        self.setAccessibleName(_("Find a participant's code or a command"))
        self.setMinimumWidth(tokens.px(160))
        self.setMaximumWidth(tokens.px(300))
        self._found: QListWidget | None = None
        self.textEdited.connect(self._search)
        self.installEventFilter(self)

    @property
    def found(self) -> QListWidget:
        """The list below the box, made at the first search as it takes longer than the rest of the bar."""
        if self._found is None:
            self._found = QListWidget(self)
            self._found.setWindowFlags(Qt.WindowType.ToolTip)
            self._found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._found.setAccessibleName(_("Found"))
            self._found.setProperty("popup", "true")
            self._found.itemClicked.connect(self._take)
        return self._found

    def set_source(self, all_of: Callable[[], Sequence[FinderItem]]) -> None:
        """Search in what this function returns at each search."""
        self._all = all_of

    def _search(self, text: str) -> None:
        self.found.clear()
        search = Search(text)
        wanted = not search.is_empty
        hits = [one for one in self._all() if search.finds(one.text)] if wanted else []
        hits.sort(key=lambda one: not search.is_exactly(one.text))
        for one in hits[:MOST_FOUND]:
            row = QListWidgetItem(visible_line(f"{one.text}    {one.note}").rstrip())
            row.setData(Qt.ItemDataRole.UserRole, one)
            self.found.addItem(row)
        if wanted and not hits:
            self.found.addItem(_("Nothing has “{text}” in its code or name").format(text=visible_line(text[:40])))
        self._show_found(wanted)

    def _show_found(self, shown: bool) -> None:
        if not shown:
            self.found.hide()
            return
        self.found.setCurrentRow(0)
        height = min(self.found.count(), MOST_FOUND) * (self.found.sizeHintForRow(0) or tokens.row_height()) + 8
        self.found.setFixedSize(max(self.width(), tokens.px(280)), height)
        self.found.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self.found.show()

    def _take(self, row: QListWidgetItem | None) -> None:
        one = row.data(Qt.ItemDataRole.UserRole) if row is not None else None
        self.found.hide()
        if isinstance(one, FinderItem):
            self.clear()
            self.clearFocus()
            one.choose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Use the keys of the list while the box has the focus, and close the list when the box loses it."""
        if self._found is None:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.found.hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not self.found.isVisible():
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.found.setCurrentRow(max(0, min(self.found.count() - 1, self.found.currentRow() + step)))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.found.currentItem())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.found.hide()
            return True
        return False


class TopBar(QFrame):
    """The bar above the pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(Label("Studyday", "strong"))
        self._study = Elided("", "muted")
        row.addWidget(self._study, 1)
        self.finder = Finder()
        row.addWidget(self.finder, 1)
        self._as_of = Label("", "muted")
        row.addWidget(self._as_of)

    def show_study(self, name: str, protocols: Sequence[str]) -> None:
        """Show the name of the study, and its protocols."""
        self._study.setText(" · ".join(filter(None, (name, ", ".join(protocols)))))

    def show_moment(self, today: date, now: datetime) -> None:
        """Show the day for which everything is planned, with the time where that day is the clock's."""
        said = instant(now) if now.date() == today else day(today)
        self._as_of.setText(_("As of {moment}").format(moment=said))
