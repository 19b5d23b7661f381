"""The list of all keys, in the words of the menus (F1)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.style import tokens
from app.ui.widgets.text import Label
from app.wording.language import gettext as _

Section = tuple[str, Sequence[tuple[str, str]]]


class KeysDialog(QDialog):
    """Shows the keys, grouped by where they work."""

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        """`sections`: titles, each with pairs of key and command."""
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        inside.setProperty("surface", "true")
        grid = QGridLayout(inside)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        line = 0
        for title, pairs in sections:
            grid.addWidget(Label(title, "strong"), line, 0, 1, 2)
            line += 1
            for keys, text in pairs:
                grid.addWidget(Label(keys, "muted"), line, 0)
                grid.addWidget(Label(text), line, 1)
                line += 1
            grid.setRowMinimumHeight(line, 8)
            line += 1
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(_("Keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addWidget(buttons)
        column.addLayout(foot)
        self.resize(inside.sizeHint().width() + tokens.px(20), 470)
