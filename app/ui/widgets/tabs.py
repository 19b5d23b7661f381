"""The tabs of a page: their names in a row; arrows go from one to the next, Ctrl with a page key from anywhere."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QWidget

from app.ui.widgets.text import no_mnemonic


class Tabs(QTabBar):
    """A row of names, of which one is chosen."""

    chosen = Signal(str)
    """The key of the tab that was chosen."""

    def __init__(self, names: Mapping[str, str], label: str, parent: QWidget | None = None) -> None:
        """`names`: those of the tabs by their keys; `label`: for a screen reader."""
        super().__init__(parent)
        self._keys = list(names)
        self.setAccessibleName(label)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for name in names.values():
            self.addTab(no_mnemonic(name))
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            # Of several pages only the one that is shown hears it.
            QShortcut(QKeySequence(keys), self, partial(self._go, step))
        self.currentChanged.connect(lambda index: self.chosen.emit(self._keys[index]))

    def _go(self, step: int) -> None:
        self.setCurrentIndex((self.currentIndex() + step) % self.count())

    @property
    def key(self) -> str:
        """The key of the chosen tab."""
        return self._keys[self.currentIndex()]

    def choose(self, key: str) -> None:
        """Choose a tab by its key."""
        self.setCurrentIndex(self._keys.index(key))

    def rename(self, key: str, name: str) -> None:
        """Give a tab another name, as with another number."""
        index, name = self._keys.index(key), no_mnemonic(name)
        if name != self.tabText(index):
            self.setTabText(index, name)
