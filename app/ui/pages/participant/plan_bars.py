"""What is at the edges of a participant's plan: the bar below the timeline, and the menu of what can be printed."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.ui.timeline.legend import Legend
from app.ui.timeline.timeline import Timeline
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.text import tip
from app.wording.language import gettext as _


def timeline_bar(timeline: Timeline) -> QWidget:
    """Return the legend of a timeline with the buttons of its zoom."""
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(8, 1, 8, 1)
    row.setSpacing(2)
    row.addWidget(Legend(), 1)
    row.addWidget(IconButton("zoom-out", _("Zoom out (-)"), timeline.zoom_out))
    row.addWidget(IconButton("zoom-in", _("Zoom in (+)"), timeline.zoom_in))
    row.addWidget(Button(_("Today"), timeline.go_to_today, "link"))
    everything = Button(_("All"), timeline.fit_all, "link")
    everything.setAccessibleName(_("All: the whole calendar"))
    everything.setToolTip(tip(_("The whole calendar")))
    row.addWidget(everything)
    return bar


def print_button(ask: Callable[[str, str], object], selected: Callable[[], str]) -> Button:
    """Return the button with what can be printed of a participant; `ask` gets which, and the visit or nothing."""
    button = Button(_("Print"), icon="printer")
    menu = QMenu(button)
    menu.addAction(_("Visit sheet…")).triggered.connect(lambda: ask("print", selected()))
    menu.addAction(_("Sheets of all open visits…")).triggered.connect(lambda: ask("print", ""))
    menu.addAction(_("The participant's calendar…")).triggered.connect(lambda: ask("print_calendar", ""))
    menu.addAction(_("Empty adverse event log…")).triggered.connect(lambda: ask("print_adverse-events", ""))
    menu.addAction(_("Empty medication log…")).triggered.connect(lambda: ask("print_medication", ""))
    button.setMenu(menu)
    return button
