"""The layout of the change dialog: a header, then the form and the impact side by side or one below the other."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.dialogs.change.header import ChangeHeader
from app.ui.dialogs.impact.panel import ImpactPanel
from app.ui.forms.sure_question import SureQuestion
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, rule
from app.ui.widgets.notes import Banner, Note
from app.ui.widgets.scroll_column import ColumnContent, ScrollColumn
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

NARROW, FORM_WIDTH = 760, 340
_MARGIN = 4 * tokens.GRID
Make = Callable[[QWidget], Sequence[QWidget]]
"""Makes the widgets of the form's side within a parent."""


class ChangeFrame(QWidget):
    """The widgets of the dialog, without its behaviour."""

    def __init__(
        self, view: "ParticipantView", visit: str, make: Make, with_calendar: bool, parent: QWidget | None = None
    ) -> None:
        """`make` makes the widgets of the form's side; `with_calendar` shows the impact next to it."""
        super().__init__(parent)
        # Each widget is made within its final parent, in the order of Tab: with a style sheet, moving one is slow.
        self.header = ChangeHeader(view, visit, self)
        self.banner = Banner(self)
        self._with_calendar = with_calendar
        self._scroll = ScrollColumn(self)
        self._body = ColumnContent(self._scroll.viewport())
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._scroll.hold(self._body)
        self.form_side = _FormSide(make, self._body)
        self.deviation, self.sure = self.form_side.deviation, self.form_side.sure
        self.remark = self.form_side.remark
        self._line = rule(self._body, vertical=True)
        self.impact = ImpactPanel(self._body)
        self.cancel, self.primary = Button(_("Cancel"), parent=self), Button("", variant="primary", parent=self)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, rule(self), self.banner):
            column.addWidget(widget)
        column.addWidget(self._scroll, 1)
        column.addWidget(rule(self))
        column.addLayout(self._feet())
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(0)
        self._sides.addWidget(self.form_side, 0 if self._with_calendar else 1)
        self._sides.addWidget(self._line)
        self._sides.addWidget(self.impact, 1)
        if not self._with_calendar:
            self._line.hide()
            self.impact.hide()

    def _feet(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, 3 * tokens.GRID, _MARGIN, 3 * tokens.GRID)
        row.setSpacing(2 * tokens.GRID)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.primary)
        return row

    def natural_height(self, width: int) -> int:
        """Return the usual height of a form without impact at that width."""
        feet = self.primary.sizeHint().height() + 6 * tokens.GRID
        return self.header.heightForWidth(width) + self.form_side.height_at(width) + feet + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() < tokens.px(NARROW))

    def _arrange(self, narrow: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(way)
        alone = not self._with_calendar
        self.form_side.set_full_height(narrow and not alone)
        self.form_side.setFixedWidth(_MOST if narrow or alone else self.form_side.preferred_width())
        self.form_side.setMinimumWidth(0 if narrow or alone else self.form_side.preferred_width())
        self._line.setMinimumSize(1, 1)
        self._line.setMaximumSize(QSize(_MOST, 1) if narrow else QSize(1, _MOST))


_MOST = 16_777_215


class _FormSide(ScrollColumn):
    """The form with its notes."""

    def __init__(self, make: Make, parent: QWidget) -> None:
        super().__init__(parent)
        self._inner = ColumnContent(self.viewport())
        self.hold(self._inner)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(_MARGIN, 3 * tokens.GRID, _MARGIN, 3 * tokens.GRID)
        column.setSpacing(3 * tokens.GRID)
        for widget in make(self._inner):
            column.addWidget(widget)
        self.deviation = Note("", "notice", parent=self._inner)
        self.deviation.hide()
        column.addWidget(self.deviation)
        self.remark = Note("", "plain", parent=self._inner)
        self.remark.hide()
        column.addWidget(self.remark)
        self.sure = SureQuestion(self._inner)
        column.addWidget(self.sure)
        column.addStretch(1)

    def preferred_width(self) -> int:
        """Return the width next to the impact."""
        own = self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return max(tokens.px(FORM_WIDTH), own)

    def height_at(self, width: int) -> int:
        """Return the height of the form at that width."""
        self._inner.resize(width, 1)
        return self._inner.minimumSizeHint().height()
