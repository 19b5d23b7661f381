"""How the dialog of a change is laid out: the strip, form and consequences side by side or one under the other."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.dialogs.change.header import ChangeHeader
from app.ui.dialogs.impact.panel import ImpactPanel
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, rule
from app.ui.widgets.notes import Banner, Note
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

NARROW, FORM_WIDTH = 760, 340
_MARGIN = 4 * tokens.GRID
Make = Callable[[QWidget], Sequence[QWidget]]
"""Makes widgets within another one."""


class ChangeFrame(QWidget):
    """The parts of the dialog, without knowing what they are for."""

    def __init__(
        self, view: "ParticipantView", visit: str, make: Make, with_calendar: bool, parent: QWidget | None = None
    ) -> None:
        """`make` makes what stands in the side of the form; `with_calendar`: beside it what changes."""
        super().__init__(parent)
        # Each widget is made where it stays, in the order of Tab: a style sheet makes it slow to move one.
        self.header = ChangeHeader(view, visit, self)
        self.banner = Banner(self)
        self._with_calendar = with_calendar
        self._scroll = QScrollArea(self)
        self._body = _Column(self._scroll.viewport())
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        _dress(self._scroll, self._body)
        self.form_side = _FormSide(make, self._body)
        self.deviation = self.form_side.deviation
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
        """How high it likes to be at that width when it is a form alone."""
        feet = self.primary.sizeHint().height() + 6 * tokens.GRID
        return self.header.heightForWidth(width) + self.form_side.tall(width) + feet + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side while there is room for both."""
        super().resizeEvent(event)
        self._arrange(self.width() < tokens.px(NARROW))

    def _arrange(self, narrow: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(way)
        alone = not self._with_calendar
        self.form_side.set_whole(narrow and not alone)
        self.form_side.setFixedWidth(_MOST if narrow or alone else self.form_side.wished_width())
        self.form_side.setMinimumWidth(0 if narrow or alone else self.form_side.wished_width())
        self._line.setMinimumSize(1, 1)
        self._line.setMaximumSize(QSize(_MOST, 1) if narrow else QSize(1, _MOST))


_MOST = 16_777_215


class _Column(QWidget):
    """What is scrolled; it asks for the height that it needs at its width, not at the narrowest."""

    def minimumSizeHint(self) -> QSize:
        """As high as its layout is at this width."""
        found, layout = super().minimumSizeHint(), self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return found
        return QSize(found.width(), layout.totalMinimumHeightForWidth(max(self.width(), found.width())))


class _FormSide(QScrollArea):
    """The form with what belongs to it; scrolls by itself, or stands whole within what scrolls around it."""

    def __init__(self, make: Make, parent: QWidget) -> None:
        super().__init__(parent)
        self._inner = _Column(self.viewport())
        self._whole = False
        _dress(self, self._inner)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(_MARGIN, 3 * tokens.GRID, _MARGIN, 3 * tokens.GRID)
        column.setSpacing(3 * tokens.GRID)
        for widget in make(self._inner):
            column.addWidget(widget)
        self.deviation = Note("", "notice", parent=self._inner)
        self.deviation.hide()
        column.addWidget(self.deviation)
        column.addStretch(1)
        self._inner.installEventFilter(self)

    def wished_width(self) -> int:
        """How wide it stands beside the consequences."""
        own = self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return max(tokens.px(FORM_WIDTH), own)

    def tall(self, width: int) -> int:
        """How high the form is at that width."""
        self._inner.resize(width, 1)
        return self._inner.minimumSizeHint().height()

    def set_whole(self, whole: bool) -> None:
        """Whether it stands whole, for what is around it to scroll."""
        self._whole = whole
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """All of it where it stands whole."""
        if not self._whole:
            return QSize(tokens.px(200), tokens.px(80))
        return self._inner.minimumSizeHint()

    def sizeHint(self) -> QSize:
        """As the form wishes."""
        return self._inner.sizeHint().expandedTo(self.minimumSizeHint())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A form that grows, as by a message at a field, is given the room."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest and self._whole:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _dress(area: QScrollArea, inner: QWidget) -> None:
    """A scroll area that shows nothing of its own and is no stop for Tab."""
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
