"""The keys of undo and redo in a field: they are the study's where the field has nothing to take back or repeat."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

Field = QLineEdit | QPlainTextEdit


class UndoKeys(QObject):
    """Watches the field that has the keyboard, which else takes these keys even when it is empty."""

    def __init__(self, window: QWidget) -> None:
        """Watch the fields of that window; a dialog over it keeps its keys."""
        super().__init__(window)
        self._window = window
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        is_mine = now is not None and now.window() is self._window and _field_of(now) is not None
        self._watched = now if is_mine else None
        if self._watched is not None:
            self._watched.destroyed.connect(self._forget)
            self._watched.installEventFilter(self)

    def _forget(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the key to the menu where the field has nothing to take back or to repeat."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        field = _field_of(watched)
        if field is None or not _is_idle(field, event):
            return False
        event.ignore()
        return True


def _field_of(watched: QObject) -> Field | None:
    """Return what is typed into: the field itself, or the one inside a list that can be typed into."""
    found = watched.lineEdit() if isinstance(watched, QComboBox) else watched
    return found if isinstance(found, Field) else None


def _is_idle(field: Field, event: QKeyEvent) -> bool:
    """Whether the key is one of undo or redo, and there is nothing in the field for it."""
    if isinstance(field, QLineEdit):
        undo, redo = field.isUndoAvailable(), field.isRedoAvailable()
    else:
        undo, redo = field.document().isUndoAvailable(), field.document().isRedoAvailable()
    if event.matches(QKeySequence.StandardKey.Undo):
        return not undo
    is_ctrl_y = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return (is_ctrl_y or event.matches(QKeySequence.StandardKey.Redo)) and not redo
