"""The inspector of the chosen visit: its day, its window and why it is so, actions, remarks, notes and history."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.calendar.entries import OPEN
from app.ui.session.memory import REMEMBERED, Memory
from app.ui.style import tokens
from app.ui.style.status_marks import Mark, tone_of
from app.ui.visit.action_buttons import ActionButtons
from app.ui.visit.card_words import CardWords, card_words
from app.ui.visit.detail_widgets import DateList, RemarkList
from app.ui.visit.event_menu import EventMenu, event_button
from app.ui.visit.history_list import HistoryList
from app.ui.widgets.buttons import Button
from app.ui.widgets.layout_later import layout_later, settle
from app.ui.widgets.mark_label import MarkLabel
from app.ui.widgets.side_card import SideCard, column_in
from app.ui.widgets.text import Elided, Label, Wrapped
from app.ui.widgets.text_list import TextList
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView, VisitView


_SPACE, _LEAST_PROTOCOL = 8, 40
"""The room between the parts of a participant's line; the least for the protocol, at a text size of 100 %."""


class Inspector(SideCard):
    """The chosen visit in detail."""

    asked = Signal(str, str, str)
    """The kind of fact (or ``print``), the code, and the visit; to mend a fact, what is done and the fact's number."""
    opened = Signal(str)
    """The code of the participant to open."""

    def __init__(self, parent: QWidget | None = None, with_participant: bool = True) -> None:
        """`with_participant`: name the participant, and offer to open it."""
        super().__init__(_("The chosen visit"), parent)
        self.view: VisitView | None = None
        self.can_write = self.can_print = True
        self._words: Memory[CardWords] = Memory(REMEMBERED)
        self._build(self._shown, with_participant)
        self.say(_("Choose a visit to see its dates, why they are so, and what to do at it."))

    # Parts

    def _build(self, visit: QWidget, with_participant: bool) -> None:
        column = column_in(visit)
        self.events = EventMenu(self)
        self.events.asked.connect(self.asked)
        self._participant = ParticipantLine(self._open_participant, self.events, visit)
        self._with_participant = with_participant
        self._participant.setVisible(with_participant)
        self._name = Wrapped(parent=visit)
        self._lead = Wrapped("", "title", parent=visit)
        self._status = MarkLabel(Mark.PLANNED, "", "", visit)
        self._dates = DateList(visit)
        self._reasons = Wrapped("", "small", parent=visit)
        self._remarks = RemarkList(self._ask, visit)
        self._actions = ActionButtons(self._ask_of_visit, visit)
        self._activities = TextList(_("Activities"), parent=visit)
        self._notes = TextList(_("Notes"), ("", "small"), visit)
        self._history = HistoryList(self._ask, visit)
        for part in (
            self._participant, self._name, self._lead, self._status, self._dates, self._reasons, self._actions,
            self._remarks, self._activities, self._notes, self._history,
        ):  # fmt: skip
            column.addWidget(part)

    def _open_participant(self) -> None:
        if self.view is not None:
            self.opened.emit(self.view.participant.code)

    def _ask(self, kind: str, visit: str) -> None:
        if self.view is not None:
            self.asked.emit(kind, self.view.participant.code, visit)

    def _ask_of_visit(self, kind: str) -> None:
        if self.view is not None:
            self._ask(kind, self.view.entry.key)

    # The visit shown

    def say(self, text: str) -> None:
        """Show a sentence instead of a visit."""
        self.view = None
        super().say(text)

    def show_visit(self, view: "VisitView") -> None:
        """Show a visit; it stays scrolled when it is the same one."""
        known, self.view = self.view, view
        with layout_later(self._inside, self._shown, self._activities, self._notes, self._history):
            self._show_parts(view)
        if self.isVisible():
            settle(self, self._history, self._notes, self._activities, self._shown, self._inside)
        if known is None or (known.participant.code, known.entry.key) != (view.participant.code, view.entry.key):
            self.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Forget the words of other visits."""
        self._words.forget()

    def _show_parts(self, view: "VisitView") -> None:
        person, entry = view.participant, view.entry
        self.events.about = (person.code, entry.key)
        if self._with_participant:
            self._participant.show_participant(person, self.can_write)
        said = self._words.of((view,), (), lambda: card_words(view))
        self._name.setText(said.name)
        self._lead.setText(said.lead)
        self._status.show_status(said.mark, said.state, tone_of(said.mark))
        self._dates.show_dates(said.dates)
        self._reasons.setText(said.reasons)
        self._reasons.setHidden(not said.reasons)
        self._remarks.show_remarks(said.remarks)
        self._actions.show_actions(
            said.actions, said.more, steps=entry.status in OPEN, enabled=self.can_write, prints=self.can_print
        )
        self._activities.show_texts(said.activities)
        self._notes.show_texts(said.notes)
        self._history.show_rows(view.history[::-1], said.history, self.can_write)
        self.show_chosen()


class ParticipantLine(QWidget):
    """The participant of the visit, with a button that opens it."""

    def __init__(self, opens: Callable[[], None], events: EventMenu, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACE)
        self._code = Label("", "heading", parent=self)
        self._protocol = Elided("", "small", parent=self)
        self._open_button = Button(_("Open"), opens, "link", parent=self)
        row.addWidget(self._code)
        row.addWidget(self._protocol, 1)
        row.addWidget(self._open_button)
        self._event_button = event_button(events, self)
        self._event_width = self._event_button.sizeHint().width()
        row.addWidget(self._event_button)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the code and a sign: all else gives way, so that the card fits its place."""
        least = self._code.sizeHint().width() + _SPACE + self._event_button.iconSize().width() + tokens.px(16)
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Leave out the protocol, the link (a double click opens as well), then the word of the button."""
        used = self._code.sizeHint().width() + _SPACE + self._event_width
        self._event_button.setText(_("Event") if used <= self.width() else "")
        used += self._open_button.sizeHint().width() + _SPACE
        self._open_button.setVisible(used <= self.width())
        self._protocol.setVisible(used + _SPACE + tokens.px(_LEAST_PROTOCOL) <= self.width())

    def show_participant(self, view: "ParticipantView", can_write: bool) -> None:
        """Show the code, and the protocol and regimen of the participant."""
        self._event_button.setEnabled(can_write)
        regimen = view.protocol.regimens.get(view.regimen)
        parts = (view.protocol.short_title, view.protocol.version, regimen.name if regimen else "")
        self._code.setText(view.code)
        known = list(filter(None, parts))
        # What has no room is left out from the end: half a version says nothing.
        self._protocol.set_forms(*(" · ".join(known[:number]) for number in range(len(known), 0, -1)))
        self._open_button.setAccessibleName(_("Open participant {code}").format(code=view.code))
        self._arrange()
