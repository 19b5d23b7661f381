"""The study as a whole, as the window shows it."""

from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import natural
from app.domain.refusal import Refused
from app.services.queries.undo_state import named_command, undo_and_redo
from app.services.study.study import Study
from app.wording.language import gettext as _
from app.wording.refusals import broken_text, refusal_text


@dataclass(frozen=True, slots=True)
class StudyView:
    """What the window shows of the study. `titles`: each protocol's id with its short title; `regimens`: their names.

    `undo` and `redo`: what they would take back or bring back, empty where there is nothing. `read_only`: why nothing
    can be recorded, in words; empty where it can. `warnings`: what did not work beside the work itself.
    """

    name: str
    today: date
    zone: str
    protocols: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]
    regimens: tuple[tuple[str, str], ...]
    participants: tuple[str, ...]
    head: str
    undo: str
    redo: str
    read_only: str
    warnings: tuple[str, ...]


def study_view(study: Study, today: date) -> StudyView:
    """What the window shows of the study."""
    facts = study.facts
    undo, redo = undo_and_redo(study)
    protocols = [study.protocol_text(taken) for taken in facts.protocols]
    titles = {one.id: one.short_title for one in protocols}
    regimens = {regimen.id: regimen.name for one in protocols for regimen in one.regimens.values()}
    warnings = tuple(_("No backup was made: ") + refusal_text(one) for one in study.notices)
    study.notices.clear()
    return StudyView(
        facts.name,
        today,
        study.zone,
        tuple(titles),
        tuple(titles.items()),
        tuple(regimens.items()),
        tuple(sorted(study.people(), key=natural)),
        str(study.head()),
        named_command(*(undo or (None, 0))),
        named_command(*(redo or (None, 0))),
        _why_not(study),
        warnings,
    )


def _why_not(study: Study) -> str:
    broken = study.store.broken
    if broken is not None:
        return broken_text(broken)
    try:
        study.must_write()
    except Refused as refused:
        return refusal_text(refused)
    return ""
