"""Lines to be read, scrolled and copied."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.style import tokens


class TextArea(QPlainTextEdit):
    """Shows lines that nobody changes."""

    def __init__(self, name: str, parent: QWidget, columns: bool = False) -> None:
        """`name`: the accessible one. `columns`: the lines have columns made of blanks, and are not broken."""
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(tokens.px(48))
        self.setAccessibleName(name)
        if columns:
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            self.document().setDefaultFont(QFont(fixed.family(), tokens.px(9)))
