"""The editor for weekdays: a tick for each."""

from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.forms.editor import Editor
from app.ui.widgets.flow import FlowLayout
from app.wording.dates import weekday_of


class WeekdaysEditor(Editor):
    """Seven ticks, from Monday to Sunday."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """Tick none."""
        super().__init__(parent)
        self.setAccessibleName(label)
        row = FlowLayout(self, spacing=8)
        self.boxes: list[QCheckBox] = []
        for number in range(7):
            box = QCheckBox(weekday_of(number, short=True), self)
            box.setAccessibleName(f"{label}: {weekday_of(number)}")
            box.toggled.connect(lambda _on: self.changed.emit())
            row.addWidget(box)
            self.boxes.append(box)
        self.setFocusProxy(self.boxes[0])

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the ticks."""
        return tuple(self.boxes)

    def value(self) -> object:
        """Return the numbers of the ticked days, Monday is 0."""
        return [number for number, box in enumerate(self.boxes) if box.isChecked()]

    def set_value(self, value: object) -> None:
        """Tick these days."""
        wanted = value if isinstance(value, list | tuple | frozenset | set) else ()
        for number, box in enumerate(self.boxes):
            box.setChecked(number in wanted)
