"""The box that narrows a list to what is typed."""

from PySide6.QtWidgets import QLineEdit


def search_box(hint: str, name: str) -> QLineEdit:
    """Return a box with a button that clears it. `hint`: shown while it is empty; `name`: for a screen reader."""
    box = QLineEdit()
    box.setPlaceholderText(hint)
    box.setAccessibleName(name)
    box.setClearButtonEnabled(True)
    return box
