"""Undo and redo of the last command."""

from dataclasses import dataclass
from datetime import date

from app.services.commands import correct
from app.services.queries.overview import StudyView, look_of
from app.services.queries.undo_state import named_command
from app.services.study.study import Study
from app.wording.language import gettext as _


@dataclass(frozen=True, slots=True)
class Mended:
    """What an undo or a redo did."""

    codes: tuple[str, ...]
    text: str
    look: StudyView


def mend_last(study: Study, which: str, today: date) -> Mended:
    """Undo the last command, or redo the last undone one.

    Raises:
        Refused: there is none, or it cannot be.
    """
    propose = correct.propose_undo if which == "undo" else correct.propose_redo
    mending = propose(study, None, today)
    correct.save_mending(study, mending)
    said = named_command(mending.of[0] if mending.of else None, len(mending.of))
    text = (_("Undone: {what}") if which == "undo" else _("Done again: {what}")).format(what=said)
    return Mended(tuple(mending.changes), text, look_of(study, today))
