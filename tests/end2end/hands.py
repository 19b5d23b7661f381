"""The two hands of a nurse before the window: every click and every key is counted, what is typed into a field is not.

A click goes to whatever the window shows at that place, a key to whatever has the keyboard, so that only what a person
can reach is used.
"""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

Index = QModelIndex | QPersistentModelIndex
LONGEST_S = 60


class Hands:
    """The mouse and the keyboard, each with its count."""

    def __init__(self) -> None:
        self.clicks = self.keys = 0

    @property
    def count(self) -> int:
        """The clicks and keys so far."""
        return self.clicks + self.keys

    # The keyboard

    def press(self, *keys: str) -> None:
        """Press these keys one after the other; each has a name as in a shortcut, ``Ctrl+Return``."""
        for name in keys:
            self.keys += 1
            combination = QKeySequence(name)[0]  # type: ignore[index]
            QTest.keyClick(_keyboard(), combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type a text into the field that has the keyboard, or that takes it with the first sign: it is not counted."""
        QTest.keyClicks(_keyboard(), text[:1])
        field = _keyboard()
        assert isinstance(field, QLineEdit | QPlainTextEdit) or (isinstance(field, QComboBox) and field.isEditable()), (
            field
        )
        QTest.keyClicks(field, text[1:])

    def type_ahead(self, text: str) -> None:
        """Type the beginning of an answer in a list that has the keyboard: it is not counted."""
        field = _keyboard()
        assert isinstance(field, QComboBox) or isinstance(field.parentWidget(), QComboBox), field
        QTest.keyClicks(field, text)

    # The mouse

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget in its middle, or at a point of it."""
        self.clicks += 1
        _click(widget, at if at is not None else widget.rect().center())

    def click_row(self, view: QAbstractItemView, index: Index) -> None:
        """Click a cell of a list, which shows it."""
        assert index.isValid()
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index).center())

    def pick(self, button: QAbstractButton, text: str) -> None:
        """Open the menu of a button and choose from it: two clicks."""
        found: list[str] = []

        def choose() -> None:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            found.extend(self._choose(menu, text))

        QTimer.singleShot(0, choose)
        self.click(button)
        wait(lambda: bool(found))

    def click_action(self, menu: QObject | None, text: str) -> None:
        """Click a line of a menu that is open."""
        assert isinstance(menu, QMenu)
        wait(menu.isVisible)
        self._choose(menu, text)

    def save_file(self, ask: Callable[[], None], by_mouse: bool) -> None:
        """Ask for a file to be saved, and take the name that is proposed for it."""
        taken: list[bool] = []

        def take() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog):
                QTimer.singleShot(5, take)
                return
            try:
                self._take_name(dialog, by_mouse)
                taken.append(True)
            finally:
                # Else the dialog would wait for ever.
                dialog.close()

        QTimer.singleShot(5, take)
        ask()
        wait(lambda: bool(taken))

    def _take_name(self, dialog: QFileDialog, by_mouse: bool) -> None:
        """Take the proposed name by the button, or by Enter, which goes to the field with the name."""
        if by_mouse:
            buttons = dialog.findChildren(QPushButton)
            self.click(next(one for one in buttons if one.text().replace("&", "") == "Save"))
        else:
            self.keys += 1
            QTest.keyClick(dialog.findChildren(QLineEdit)[0], Qt.Key.Key_Return)

    def _choose(self, menu: QMenu, text: str) -> list[str]:
        """Click a line of an open menu, through a menu below it where the text has two parts, ``More > Note…``."""
        first, _sign, rest = text.partition(" > ")
        action = next((one for one in menu.actions() if one.text().replace("&", "") == first), None)
        assert action is not None, [one.text() for one in menu.actions()]
        self.click(menu, menu.actionGeometry(action).center())
        below = action.menu()
        return self._choose(below, rest) if rest and isinstance(below, QMenu) else [first]

    def choose(self, combo: QComboBox, text: str) -> None:
        """Open a list of answers and choose the one that begins so: two clicks."""
        usual = QApplication.doubleClickInterval()
        # A list takes no click for as long as a double click lasts.
        QApplication.setDoubleClickInterval(0)
        self.click(combo)
        view = combo.view()
        wait(view.isVisible)
        QTest.qWait(5)
        row = combo.findText(text, Qt.MatchFlag.MatchStartsWith)
        assert row >= 0, [combo.itemText(number) for number in range(combo.count())]
        self.click_row(view, combo.model().index(row, 0))
        wait(lambda: not view.isVisible())
        QApplication.setDoubleClickInterval(usual)


def wait(condition: Callable[[], object]) -> None:
    """Wait until it is so."""
    end = perf_counter() + LONGEST_S
    while not condition():
        assert perf_counter() < end, "it did not come about"
        QTest.qWait(2)


def _keyboard() -> QWidget:
    """What takes a key now."""
    popup = QApplication.activePopupWidget()
    found = popup if popup is not None else QApplication.focusWidget()
    assert found is not None, "nothing has the keyboard"
    return found


def _click(widget: QWidget, at: QPoint) -> None:
    """Press and release the left button where a widget is; what covers it there would be clicked instead."""
    window = widget.window()
    modal = QApplication.activeModalWidget()
    popup = QApplication.activePopupWidget()
    assert window is popup if popup is not None else modal in (None, window), "another window is in front"
    found: list[QWidget] = []

    def is_seen() -> bool:
        """What was just filled is laid out in the next turns of the event loop."""
        place = widget.mapTo(window, at)
        found[:] = [window.childAt(place) or window] if window.rect().contains(place) else []
        return bool(found) and (found[0] is widget or widget.isAncestorOf(found[0]))

    try:
        wait(is_seen)
    except AssertionError:
        raise AssertionError(f"{found or 'the edge of the window'} is over {widget}") from None
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton, pos=found[0].mapFrom(window, widget.mapTo(window, at)))
