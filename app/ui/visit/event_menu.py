"""The menu of events: everything that is recorded besides a visit that was done, in groups, one letter for each."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from app.domain.calendar.visit_scope import depends_on_visit
from app.domain.facts.kind import Menu
from app.domain.facts.kinds import KINDS, kinds_in
from app.ui.style import tokens
from app.ui.visit.mends import ANSWERED
from app.ui.widgets.buttons import Button
from app.ui.widgets.text import no_mnemonic
from app.wording.fact_catalogue import KIND_WORDS, event_menu_text
from app.wording.language import gettext as _
from app.wording.language import marked

EVENTS = "events"
"""What a list asks for in the place of a kind of fact, so that the menu opens."""
GROUPS = (
    (Menu.PLAN, marked("Decisions and plan")),
    (Menu.EVENTS, marked("What happened")),
    (Menu.ENDS, marked("End of participation")),
)


def event_rows() -> list[tuple[str, str]]:
    """Return the kinds of facts of the menu with their texts; a row without a kind is the heading of a group.

    An ``&`` in a text marks its access key. ``withdrawn=all`` is a kind with the answer to its first question.
    """
    found: list[tuple[str, str]] = []
    for group, heading in GROUPS:
        found.append(("", _(heading)))
        for kind in kinds_in(group):
            answers = KIND_WORDS[kind].menu_answers
            found += [(f"{kind}{ANSWERED}{one}", _(text)) for one, text in answers.items()] or [
                (kind, event_menu_text(kind))
            ]
    return found


class EventMenu(QMenu):
    """Everything that can be recorded besides a visit that was done."""

    asked = Signal(str, str, str)
    """The kind of fact that was chosen, the participant's code, and the visit for a kind that depends on it."""

    def __init__(self, parent: QWidget) -> None:
        """Make the menu for nobody yet."""
        super().__init__(parent)
        self.about = ("", "")
        """The participant's code and the chosen visit."""
        rows = event_rows()
        lettered = iter(_lettered([text for kind, text in rows if kind]))
        for kind, text in rows:
            if kind:
                self.addAction(next(lettered)).triggered.connect(partial(self._ask, kind))
            else:
                heading = self.addAction(no_mnemonic(text))
                heading.setEnabled(False)
                heading.setFont(tokens.font(tokens.SMALL, strong=True))

    def _ask(self, kind: str, *_checked: bool) -> None:
        code, visit = self.about
        of_visit = depends_on_visit(KINDS[kind.partition(ANSWERED)[0]])
        self.asked.emit(kind, code, visit if of_visit else "")

    def open_for(self, code: str, visit: str, place: QPoint) -> None:
        """Open the menu by a key for that participant and visit, at a place of the screen, at its first line."""
        self.about = (code, visit)
        self.popup(place)
        self.setActiveAction(next(one for one in self.actions() if one.isEnabled()))


def below(view: QAbstractItemView) -> QPoint:
    """Return the place of the screen below the chosen line of a list."""
    return view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft())


def event_button(menu: EventMenu, parent: QWidget | None = None) -> Button:
    """Return the button that opens the menu."""
    button = Button(_("Event"), icon="plus", parent=parent)
    button.setToolTip(_("Record an event (E)"))
    button.setMenu(menu)
    return button


def _lettered(texts: Sequence[str]) -> list[str]:
    """Return each text with an access key: its own, else a letter that no other has, those that begin a word first."""
    taken = {text[text.index("&") + 1].casefold() for text in texts if "&" in text}
    found = []
    for text in texts:
        letters = [place for place, sign in enumerate(text) if sign.isalpha()]
        starts = [place for place in letters if not text[place - 1 : place].isalpha()]
        place = next((one for one in (*starts, *letters) if text[one].casefold() not in taken), None)
        if "&" not in text and place is not None:
            taken.add(text[place].casefold())
            text = f"{text[:place]}&{text[place:]}"
        found.append(text)
    return found
