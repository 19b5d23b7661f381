"""Undo and redo of the last command."""

from dataclasses import dataclass
from datetime import date

from app.services.commands import correct
from app.services.queries.command_name import command_name
from app.services.queries.overview import StudyView, study_view
from app.services.study.study import Study
from app.wording.differences import moved_text
from app.wording.language import gettext as _


@dataclass(frozen=True, slots=True)
class UndoResult:
    """The participants whom an undo or a redo changed, its text for the window, and the study afterwards.

    The text says how many visits move by it, as no preview was shown.
    """

    codes: tuple[str, ...]
    text: str
    view: StudyView


def undo_last(study: Study, which: str, today: date, sure: bool = False) -> UndoResult:
    """Undo the last command, or redo the last undone one. `sure`: a person has confirmed it.

    Raises:
        Doubted: somebody else gave the command, or it was given on another day, and nobody has confirmed it.
        Refused: there is none, or it cannot be taken back.
    """
    propose = correct.propose_undo if which == "undo" else correct.propose_redo
    correction = propose(study, None, today)
    after = [one for _before, one in correction.calendars.values() if one is not None]
    said = command_name(study, correction.of, today, after)
    correct.save_correction(study, correction, sure)
    moved = moved_text(correction.changes)
    if moved:
        text = _("Undone, {moved} ({what})") if which == "undo" else _("Done again, {moved} ({what})")
    else:
        text = _("Undone: {what}") if which == "undo" else _("Done again: {what}")
    return UndoResult(tuple(correction.changes), text.format(what=said, moved=moved), study_view(study, today))
