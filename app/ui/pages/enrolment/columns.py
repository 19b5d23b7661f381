"""Two columns; on a narrow page they are one below the other."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.ui.forms.criteria_editor import CriteriaEditor
from app.ui.forms.fact_form import FactForm
from app.ui.pages.enrolment.preview import EnrolmentPreview
from app.ui.style import tokens
from app.ui.widgets.buttons import rule
from app.ui.widgets.scroll_column import NARROWEST, ColumnContent, ScrollColumn

_SIDE_BY_SIDE = 760
_LEFT = 504
_SHARE = 40
"""The greatest width of the left column, and its share of a narrower page in percent."""
_LEFT_OF_OTHER, _SHARE_OF_OTHER = 384, 42
"""Width and share of the left column where something else than the preview is at the right."""


class Columns(ScrollColumn):
    """The form at the left and its preview at the right, or one below the other where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = ColumnContent(self.viewport(), NARROWEST)
        self.hold(inside)
        self.left = ScrollColumn(inside)
        for area in (self, self.left):
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._line = rule(inside, vertical=True)
        self.right = EnrolmentPreview(inside)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        self.other = ScrollColumn(inside)
        self.other.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.other.hide()
        self._box.addWidget(self.left)
        self._box.addWidget(self._line)
        self._box.addWidget(self.right, 1)
        self._box.addWidget(self.other, 1)

    def show_preview(self, shown: bool) -> None:
        """Show the preview at the right, or the criteria where there are some."""
        shown = shown or self.other.widget() is None
        self.right.setVisible(shown)
        self.other.setVisible(not shown)
        for area in (self, self.left):
            area.verticalScrollBar().setValue(0)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def hold_criteria(self, form: FactForm, is_clear: Callable[[], bool]) -> None:
        """Take the criteria of a form, which are then shown at the right; those of the form before are deleted.

        Somebody whose criteria are all met at once is called eligible, if `is_clear` says that nothing else speaks
        against it.
        """
        old = self.other.takeWidget()
        if old is not None:
            old.deleteLater()
        editor = form.editor("criteria") if form.asks("criteria") else None
        if not isinstance(editor, CriteriaEditor):
            return
        inside = ColumnContent(self.other.viewport())
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form.lift("criteria"))
        column.addStretch(1)
        self.other.hold(inside)

        def call_eligible() -> None:
            if form.fields().get("outcome") is None and is_clear():
                form.set_fields({"outcome": "eligible"})

        editor.all_answered.connect(call_eligible)

    def _share(self) -> None:
        side_by_side = self.width() >= tokens.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        self.left.set_full_height(not side_by_side)
        self.other.set_full_height(not side_by_side)
        if side_by_side:
            usual = not self.right.isHidden()
            most, share = (_LEFT, _SHARE) if usual else (_LEFT_OF_OTHER, _SHARE_OF_OTHER)
            self.left.setFixedWidth(min(tokens.px(most), self.width() * share // 100))
        else:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16_777_215)
        self._line.setVisible(side_by_side)
        self._box.setDirection(way)
