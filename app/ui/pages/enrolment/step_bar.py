"""The steps of entering the study in a row: which one is shown, which have answers, which need one."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.ui.pages.enrolment.steps import STEPS, Step, step_title
from app.ui.style import icons, tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.text import Label
from app.wording.language import gettext as _


class StepButton(Button):
    """A step; as wide as with its name in bold."""

    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        strong = QFontMetrics(tokens.font(tokens.SMALL, strong=True))
        bold = strong.horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(usual.width() + max(bold, 0) + tokens.px(4), usual.height())


class StepBar(QWidget):
    """A button for each step, with its number; every step can be gone to at any time."""

    wanted = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """`title`: that of the page, which is in the same row."""
        super().__init__(parent)
        self.title = Label(title, "title", parent=self)
        self.buttons: dict[Step, StepButton] = {}
        row = self._row = FlowLayout(self)
        row.addWidget(self.title)
        self.named = False
        for number, step in enumerate(STEPS, start=1):
            button = StepButton(f"{number}  {step_title(step)}", partial(self.wanted.emit, step), "chip", parent=self)
            self.buttons[step] = button
            row.addWidget(button)

    def call(self, title: str, named: bool) -> None:
        """Show a title; one that names somebody stays where there is little room."""
        self.title.setText(title)
        self.named = named
        self._fit()

    def show_steps(self, shown: Step, done: Collection[Step], recorded: Collection[Step]) -> None:
        """Show where one is. `done`: the steps with answers; `recorded`: those of which nothing is left to ask."""
        for number, (step, button) in enumerate(self.buttons.items(), start=1):
            button.setChecked(step == shown)
            is_done = step in done or step in recorded
            button.setIcon(icons.icon("check") if is_done else icons.icon("circle"))
            said = _("recorded") if step in recorded else _("answered") if step in done else _("open")
            name = _("Step {n} of {all}: {step}, {state}").format(
                n=number, all=len(STEPS), step=step_title(step), state=said
            )
            button.setAccessibleName(name)
        # A button that has not been shown yet does not know its font.
        QTimer.singleShot(0, self, self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out a title that only repeats the name of the page where the steps need its room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = (self.title, *self.buttons.values())
        needed = sum(one.sizeHint().width() for one in wanted) + self._row.spacing() * len(self.buttons)
        self.title.setHidden(not self.named and needed > self.width())
