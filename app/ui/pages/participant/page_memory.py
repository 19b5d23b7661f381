"""What was made of the participants that the page has shown last: their words, their visits, and their timelines."""

from app.services.queries.participant import ParticipantView, VisitView, visit_in
from app.ui.pages.participant.text import PageWords, page_words
from app.ui.session.memory import REMEMBERED, Memory
from app.ui.timeline.content import Content, content_of


class PageMemory:
    """Makes each thing once, as long as the participant stays as it was read."""

    def __init__(self) -> None:
        self._words: Memory[PageWords] = Memory(REMEMBERED)
        self._visits: Memory[VisitView] = Memory(REMEMBERED)
        self._contents: Memory[Content] = Memory(REMEMBERED)

    def words(self, view: ParticipantView) -> PageWords:
        """Return what the page says of a participant."""
        return self._words.of((view,), (), lambda: page_words(view))

    def visit(self, view: ParticipantView, key: str) -> VisitView:
        """Return a visit of a participant.

        Raises:
            Refused: the calendar does not have it.
        """
        return self._visits.of((view,), (key,), lambda: visit_in(view, key))

    def content(self, view: ParticipantView, with_cancelled: bool) -> Content:
        """Return a participant's timeline, with the cancelled visits or without them."""
        whose = (view.protocol, view.calendar, view.closed, view.enrolled_on)
        return self._contents.of((view,), (with_cancelled,), lambda: content_of(*whose, with_cancelled))

    def forget(self) -> None:
        """Forget everything."""
        for memory in (self._words, self._visits, self._contents):
            memory.forget()
