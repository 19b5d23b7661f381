"""The header of a participant's page, at the upper left: code, protocol and version, regimen, progress, next visit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.visit.header_parts import HeaderPart, header_parts, notices_of
from app.ui.visit.part_columns import GAP, PartColumns
from app.ui.widgets.buttons import Button
from app.ui.widgets.name_lines import NameLabel
from app.ui.widgets.text import Elided, Label
from app.wording.language import counted
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView


class ParticipantHeader(QFrame):
    """The header of one participant: each part under its label, or all on two lines where that is too narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty header. The page puts its own buttons into `buttons`, at the right."""
        super().__init__(parent)
        self.setProperty("surface", "true")
        self._shown: list[HeaderPart] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(GAP)
        self.code = Label("", "code", parent=self)
        self._columns = PartColumns(self)
        self._two = PartLines(self)
        self.notices = Button("", None, "link", "alert-triangle", self)
        self.notices.hide()
        self._row.addWidget(self.code)
        self._row.addWidget(self._columns, 1)
        self._row.addWidget(self._two, 1)
        self._row.addWidget(self.notices)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self._row.addLayout(self.buttons)

    def show_participant(self, view: "ParticipantView") -> None:
        """Show another participant, or the same one after a change."""
        self.code.setText(view.code)
        shown = header_parts(view)
        self.setAccessibleName(", ".join([view.code, *(f"{part.name} {part.texts[0]}" for part in shown)]))
        count = len(notices_of(view))
        self.notices.setText(counted("{n} notice", "{n} notices", count))
        self.notices.setAccessibleName(self.notices.text())
        self.notices.setVisible(count > 0)
        self._show_parts(shown)

    def show_nobody(self, code: str) -> None:
        """Show the code alone, of somebody who cannot be read."""
        self.code.setText(code)
        self.setAccessibleName(code)
        self.notices.hide()
        self._show_parts([])

    def _show_parts(self, shown: list[HeaderPart]) -> None:
        for button in self.findChildren(QPushButton):
            button.setEnabled(bool(shown))
        self._shown = shown
        self._columns.show_parts(shown)
        self._choose_form()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_form()

    def _choose_form(self) -> None:
        """Use columns where they have room for the day of the next visit, else two lines."""
        fits = self._columns.fit(self._room())
        if not fits and self._shown:
            self._two.show_parts(self._shown)
        self._columns.setVisible(fits)
        self._two.setVisible(not fits and bool(self._shown))

    def _room(self) -> int:
        """Return the width that the code, the notices and the buttons leave."""
        margins = self._row.contentsMargins()
        neighbours = [self.code.sizeHint().width(), self.buttons.sizeHint().width()]
        neighbours += [self.notices.sizeHint().width()] if not self.notices.isHidden() else []
        return self.width() - margins.left() - margins.right() - sum(neighbours) - GAP * len(neighbours)

    def minimumSizeHint(self) -> QSize:
        """Return the width of two lines: the columns give way to them."""
        needed = self.width() - self._room() + self._two.minimumSizeHint().width()
        return QSize(needed, super().minimumSizeHint().height())


class PartLines(QWidget):
    """Protocol, regimen and progress on one small line, the next visit with its day below, on two where needed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._protocol, self._next = Elided("", "small", parent=self), NameLabel(self)
        column.addWidget(self._protocol)
        column.addWidget(self._next)

    def show_parts(self, shown: list[HeaderPart]) -> None:
        """Show these parts instead of the previous ones."""
        *on, now, after = shown
        forms = [" · ".join((now.at(number), *(part.at(number) for part in on))) for number in range(2)]
        self._protocol.set_forms(*forms, now.at(1))
        self._next.set_forms(*(_("Next: {visit}").format(visit=text) for text in after.texts))
