"""A change of the study that is ready to be saved: new facts about it, or a correction of recorded ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.calendar.difference import Change
from app.domain.calendar.entries import Calendar
from app.domain.facts.records import NewFact, Recorded
from app.domain.refusal import Doubted
from app.services.commands.configure_site import StudyProposal, save_study
from app.services.commands.correct import CorrectionProposal, save_correction
from app.services.commands.record import Saved
from app.services.study.study import Study


@dataclass(frozen=True)
class ReadyChange:
    """What the preview shows and saves. `by_code`: both calendars of each participant with changes, by code."""

    today: date
    facts: Sequence[NewFact]
    changes: Mapping[str, Sequence[Change]]
    by_code: Mapping[str, tuple[Calendar, Calendar]]
    doubt: Doubted | None
    repeats: Sequence[Recorded]
    save: Callable[[Study, bool], Saved]


def ready_change(study: Study, found: StudyProposal | CorrectionProposal) -> ReadyChange:
    """Return a proposal of the services as the preview takes it."""
    if isinstance(found, StudyProposal):
        return ReadyChange(
            found.today,
            found.facts,
            found.changes,
            found.by_code,
            found.doubt,
            found.repeats,
            lambda study, sure: save_study(study, found, sure),
        )
    codes = {number: code for code, number in study.subjects().items()}
    pairs = {codes[number]: pair for number, pair in found.calendars.items() if number in codes}
    by_code = {code: (one, other) for code, (one, other) in pairs.items() if one is not None and other is not None}
    changes = {code: rows for code, rows in found.changes.items() if code in by_code}
    return ReadyChange(
        found.today,
        found.facts,
        changes,
        by_code,
        found.doubt,
        (),
        lambda study, sure: save_correction(study, found, sure),
    )
