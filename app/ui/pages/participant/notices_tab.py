"""The tab of a participant's notices: everything that a person should look at, each with its remedy as a button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.queries.participant import ParticipantView
from app.services.queries.participant_notices import notice_text
from app.ui.visit.detail_widgets import RemarkList
from app.ui.visit.remarks import all_remarks
from app.ui.widgets.scroll_column import ColumnContent, ScrollColumn
from app.ui.widgets.text import Label
from app.wording.language import gettext as _


class NoticesTab(ScrollColumn):
    """The notices of all visits, those of no visit first."""

    asked = Signal(str, str)
    """The kind of fact that remedies a notice, and the visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Notices of the participant"))
        content = ColumnContent(self.viewport(), narrowest=216)
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        self.remarks = RemarkList(self.asked.emit, content)
        self.none = Label(_("Nothing about this participant needs a look."), "muted", parent=content)
        column.addWidget(self.none)
        column.addWidget(self.remarks)
        column.addStretch(1)
        self.hold(content)

    def show_participant(self, view: ParticipantView, can_write: bool) -> None:
        """Show the notices of another participant, or of the same one after a change."""
        own = [(notice_text(one), None) for one in view.notices]
        found = [*own, *((text, remedy if can_write else None) for text, remedy in all_remarks(view))]
        self.remarks.show_remarks(found)
        self.none.setHidden(bool(found))
