"""Undo and redo of the last command."""

from dataclasses import dataclass
from datetime import date

from app.domain.calendar.difference import ChangeKind, stays_cancelled
from app.domain.facts.records import effect_of_corrections
from app.progress import Progress
from app.services.commands import correct
from app.services.queries.command_name import command_name
from app.services.queries.overview import StudyView, study_view
from app.services.queries.undo_state import last_undoable, recent_facts
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


def may_undo_at_once(study: Study, command: int, today: date) -> bool:
    """Return whether a command is the last one, nothing is doubted about its undo, and that moves no other visit.

    Raises:
        Refused: it cannot be taken back.
    """
    recent = recent_facts(study)
    if last_undoable(recent, effect_of_corrections(recent)[0]) != command:
        return False
    correction = correct.propose_undo(study, command, today)
    own = {one.text("visit") for one in correction.of}
    changes = (one for every in correction.changes.values() for one in every if one.key not in own)
    moves = any(one.kind is not ChangeKind.CHANGES and not stays_cancelled(one) for one in changes)
    return correction.doubt is None and not moves


def undo_last(
    study: Study,
    which: str,
    today: date,
    sure: bool = False,
    command: int | None = None,
    progress: Progress | None = None,
) -> UndoResult:
    """Undo the last command, or redo the last undone one. `sure`: a person has confirmed it. `command`: that one alone.

    `progress`: of working out what moves.

    Raises:
        Doubted: somebody else gave the command, or it was given on another day, and nobody has confirmed it.
        Refused: there is none, or it cannot be taken back.
    """
    propose = correct.propose_undo if which == "undo" else correct.propose_redo
    correction = propose(study, command, today, progress=progress)
    after = [one for _before, one in correction.calendars.values() if one is not None]
    said = command_name(study, correction.of, today, after, with_key=False)
    correct.save_correction(study, correction, sure)
    moved = moved_text(correction.changes)
    if moved:
        text = _("Undone, {moved} ({what})") if which == "undo" else _("Done again, {moved} ({what})")
    else:
        text = _("Undone: {what}") if which == "undo" else _("Done again: {what}")
    return UndoResult(tuple(correction.changes), text.format(what=said, moved=moved), study_view(study, today))
