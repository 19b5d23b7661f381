"""The header of the change dialog: the participant, and the visit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.dialogs.change.titles import shown_visit
from app.ui.style import tokens
from app.ui.widgets.text import Elided, Wrapped
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView


class ChangeHeader(QFrame):
    """Shows the code in large letters, then visit, protocol and regimen."""

    def __init__(self, view: "ParticipantView", visit: str, parent: QWidget | None = None) -> None:
        """`visit` is empty where the change is about none."""
        super().__init__(parent)
        self.setProperty("surface", "true")
        self.code = Elided(view.code, "code", parent=self)
        self.visit = Elided(shown_visit(view, visit) if visit else "", "heading", parent=self)
        self.under = Wrapped(_under(view), "muted", parent=self)
        self.visit.setHidden(not visit)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * tokens.GRID, 2 * tokens.GRID, 4 * tokens.GRID, 2 * tokens.GRID)
        row.setSpacing(4 * tokens.GRID)
        row.addWidget(self.code)
        row.addLayout(self._beside(), 1)

    def minimumSizeHint(self) -> QSize:
        narrow = super().minimumSizeHint().width()
        return QSize(narrow, self.heightForWidth(max(self.width(), narrow)))

    def _beside(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.visit)
        column.addWidget(self.under)
        column.addStretch(1)
        return column


def _under(view: "ParticipantView") -> str:
    """Return protocol, version and regimen on one line."""
    protocol = view.protocol
    name = protocol.short_title or protocol.title
    parts = [_("{protocol}, version {version}").format(protocol=name, version=protocol.version)]
    if view.regimen:
        known = protocol.regimens.get(view.regimen)
        parts.append(_("regimen {name}").format(name=known.name if known is not None else view.regimen))
    return " · ".join(parts)
