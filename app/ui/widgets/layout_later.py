"""Layouts that wait while what they lay out is changed: Qt would lay out again for each widget that comes or goes."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QScrollArea, QWidget


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


def settle(area: QScrollArea, *inside: QWidget) -> None:
    """Lay out a scroll area now, with the widgets inside it from the inner ones to the outer ones.

    Left to itself Qt paints it first, then shows or hides its scroll bar, and lays out and paints everything again.
    """
    for widget in inside:
        if (layout := widget.layout()) is not None:
            layout.activate()
    QCoreApplication.sendEvent(area, QEvent(QEvent.Type.LayoutRequest))
    # Its bar comes or goes at the next event, or where the policy is set.
    area.setVerticalScrollBarPolicy(area.verticalScrollBarPolicy())
