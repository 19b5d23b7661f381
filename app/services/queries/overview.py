"""The study for the window: its name, protocols, participants, and what undo would take back."""

from dataclasses import dataclass
from datetime import date

from app.domain.calendar.entries import natural
from app.domain.planning.planning_rules import PLANNING_RULES
from app.domain.refusal import Refused
from app.services.queries.command_name import command_name
from app.services.queries.damage import damage_of, losses_of, said_of
from app.services.queries.undo_state import undo_and_redo
from app.services.study.demo_mark import is_demo
from app.services.study.study import Study
from app.wording.branches import branch_text
from app.wording.damage import NEXT_IN_WINDOW, losses_text
from app.wording.file_warnings import file_warning_text
from app.wording.language import gettext as _
from app.wording.planning import before_text
from app.wording.refusals import refusal_text


@dataclass(frozen=True, slots=True)
class StudyView:
    """The study for the window. `titles`: each protocol's id with its short title; `regimens`: their names.

    `undo` and `redo`: the command that they would take back or bring back, empty where there is none. `read_only`: the
    reason in words why nothing can be recorded; empty where it can. `warnings`: background work that failed, and what
    is odd about the file. `demo`: nobody in the study is real. `damaged`: some of it cannot
    be read.
    `lacking`: what backups have and the file has not; `lacking_backups`: their paths. `before`: that the visits
    are those of earlier planning rules, empty where they are not. `losses`: what could not be read
    when the study was rescued; `losses_of`: the participants of whom that is known to be. `only_screened`: those who
    have no calendar yet. `left_out`: those who cannot be planned, as what they are planned by cannot be read.
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
    demo: bool = False
    damaged: bool = False
    lacking: tuple[str, ...] = ()
    lacking_backups: tuple[str, ...] = ()
    before: str = ""
    losses: str = ""
    losses_of: tuple[str, ...] = ()
    only_screened: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()


def study_view(study: Study, today: date) -> StudyView:
    """Return the study as the window shows it."""
    facts = study.facts
    undo, redo = undo_and_redo(study) if study.store.broken is None else ((), ())
    protocols = [study.protocol_text(protocol_hash) for protocol_hash in facts.protocols]
    titles = {one.id: one.short_title for one in protocols}
    regimens = {regimen.id: regimen.name for one in protocols for regimen in one.regimens.values()}
    warnings = tuple(_("No backup was made: ") + refusal_text(one) for one in study.notices)
    warnings += tuple(file_warning_text(one) + "." for one in study.warnings)
    study.notices.clear()
    study.warnings.clear()
    return StudyView(
        facts.name,
        today,
        study.zone,
        tuple(titles),
        tuple(titles.items()),
        tuple(regimens.items()),
        tuple(sorted(study.people(), key=natural)),
        str(study.head()),
        command_name(study, undo, today, with_key=False),
        command_name(study, redo, today, with_key=False),
        _why_not(study),
        warnings,
        is_demo(study),
        study.store.broken is not None,
        tuple(branch_text(one, str(study.path), study.store.backup, on_screen=True) + "." for one in study.branches),
        tuple(one.backup for one in study.branches),
        _before(study),
        *_losses(study),
        _only_screened(study),
        study.left_out(),
    )


def _only_screened(study: Study) -> frozenset[str]:
    """Return who has no calendar yet; nobody where an enrolment may be among what cannot be read."""
    if study.lost:
        return frozenset()
    return frozenset(code for code, person in study.people().items() if not person.protocol)


def _before(study: Study) -> str:
    if study.before is None:
        return ""
    return before_text(study.before, PLANNING_RULES, not study.store.read_only, on_screen=True) + "."


def _losses(study: Study) -> tuple[str, tuple[str, ...]]:
    found = losses_of(study)
    if found is None:
        return "", ()
    text = losses_text(found.lost, found.participants, found.left_out, on_screen=True) + "."
    return text, tuple(sorted({one.participant for one in found.lost if one.participant}, key=natural))


def _why_not(study: Study) -> str:
    damage = damage_of(study)
    if damage is not None:
        return said_of(damage, NEXT_IN_WINDOW)
    try:
        study.must_write()
    except Refused as refused:
        return refusal_text(refused, on_screen=True)
    return ""
