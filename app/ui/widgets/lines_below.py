"""Lines below a table, which scroll where there is little room."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.style import tokens

BELOW = 112
"""The height of what is below a table, at a text size of 100 %."""
LEAST_BELOW = 40
"""Its height in pixels where there is little room."""


def lines_below(*lines: QWidget) -> QScrollArea:
    """Return an area with these lines, one below the other."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for line in lines:
        column.addWidget(line)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumHeight(LEAST_BELOW)
    area.setMaximumHeight(tokens.px(BELOW))
    return area
