"""Layouts that wait while what they lay out is changed: Qt would lay out again for each widget that comes or goes."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def layout_later(*widgets: QWidget) -> Iterator[None]:
    """Let the layouts of these widgets rest inside the block; once after it they lay out what has changed."""
    layouts = [found for widget in widgets if (found := widget.layout()) is not None]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)
            layout.update()
