"""The menu of visits that cannot be told apart on the axis."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.calendar.entries import Entry
from app.ui.timeline.text import one_line
from app.ui.widgets.text import no_mnemonic
from app.wording.names import visit_name


class VisitMenu(QMenu):
    """A menu with one line for each visit."""

    picked = Signal(str, bool)
    """The key of the visit that a person picked, and whether it is to be opened."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def show_visits(self, entries: Iterable[Entry], selected: str, opens: bool, at: QPoint) -> None:
        """Show the visits at a point of the screen, the selected one marked; `opens`: the one picked is opened."""
        self.clear()
        for entry in entries:
            action = self.addAction(no_mnemonic(one_line(visit_name(entry))))
            action.triggered.connect(lambda _checked=False, key=entry.key: self.picked.emit(key, opens))
            if entry.key == selected:
                self.setActiveAction(action)
        self.popup(at)
