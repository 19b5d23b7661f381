"""The titles and buttons of the dialogs of a change."""

from typing import TYPE_CHECKING

from app.domain.calendar.entries import Entry
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.kind_words import DialogWords
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.names import visit_name

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView


def dialog_title(kind: str, look: "ParticipantView", visit: str) -> str:
    """Return the title of a dialog, such as ``Record – LI-001, Cycle 6 day 1``."""
    entry = look.calendar.by_key.get(visit)
    return f"{_title(kind, entry)} – {_whose(look, visit)}"


def shown_visit(look: "ParticipantView", visit: str) -> str:
    """Return the visit's name; its key where the calendar does not show it."""
    entry = look.calendar.by_key.get(visit)
    return visit_name(entry) if entry is not None else visit


def button_text(kind: str, entry: Entry | None, moving: int) -> str:
    """Return the text of the primary button; `moving`: the number of other visits that move."""
    if kind == "moved" and moving > 1:
        return counted("Move {n} visit", "Move {n} visits", moving)
    words = _words(kind)
    verb = _(words.again if _is_again(words, entry) else words.button)
    return _with_moving(verb, 0 if kind == "moved" else moving)


def mend_title(takes_back: bool, look: "ParticipantView", visit: str) -> str:
    """Return the title of the dialog that corrects a fact or takes it back."""
    return f"{_('Take back') if takes_back else _('Correct')} – {_whose(look, visit)}"


def mend_button(takes_back: bool, moving: int) -> str:
    """Return the text of its primary button; `moving`: the number of other visits that move."""
    return _with_moving(_("Take back") if takes_back else _("Correct"), moving)


def hand_over_title(look: "ParticipantView", visit: str) -> str:
    """Return the title of the dialog that gives a fact to another participant."""
    return f"{_('Belongs to another participant')} – {_whose(look, visit)}"


def redact_title(look: "ParticipantView | None", visit: str) -> str:
    """Return the title of the dialog that takes values out for good; `look` is None for a fact of the study."""
    return f"{_('Redact')} – {_whose(look, visit) if look is not None else _('Study')}"


def _whose(look: "ParticipantView", visit: str) -> str:
    return f"{look.code}, {shown_visit(look, visit)}" if visit else look.code


def _with_moving(verb: str, moving: int) -> str:
    if not moving:
        return verb
    return counted("{verb}; {n} visit moves", "{verb}; {n} visits move", moving).format(verb=verb)


def _title(kind: str, entry: Entry | None) -> str:
    words = _words(kind)
    return _(words.again if _is_again(words, entry) else words.title)


def _is_again(words: DialogWords, entry: Entry | None) -> bool:
    return bool(words.again) and entry is not None and entry.booked is not None


def _words(kind: str) -> DialogWords:
    found = KIND_WORDS[kind].dialog
    assert found is not None, kind  # noqa: S101 - every kind that a person records has a dialog
    return found
