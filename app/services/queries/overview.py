"""What the desktop asks of a study as a whole: opening and leaving it, what its window shows, the last undo."""

import contextlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.domain.calendar.agenda import Agenda
from app.domain.calendar.entries import natural
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.refusal import Refused
from app.services.commands import correct, study_file
from app.services.queries import logs
from app.services.study.environment import Circumstances
from app.services.study.study import Study
from app.wording.fact_sentences import fact_text, kind_name
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.refusals import broken_text, refusal_text


@dataclass(frozen=True, slots=True)
class StudyLook:
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


@dataclass(frozen=True, slots=True)
class Morning:
    """What is due, and at which visits of which protocols something is decided."""

    agenda: Agenda
    deciding: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Mended:
    """What an undo or a redo did."""

    codes: tuple[str, ...]
    text: str
    look: StudyLook


def open_study(
    path: Path, circumstances: Circumstances, make: bool = False, name: str = "", writing: bool = True,
    anywhere: bool = False,
) -> Study:  # fmt: skip
    """Open a study file, or make one, and back it up where the day asks for it.

    Raises:
        Refused: it cannot be opened or made.
    """
    today = circumstances.today()
    if make:
        path.parent.mkdir(parents=True, exist_ok=True)
        return study_file.new(path, circumstances, today, name, anywhere)
    study = study_file.open_file(path, circumstances, today, writing)
    study_file.back_up_quietly(study, study_file.back_up_daily)
    return study


def leave(study: Study) -> None:
    """Back up what changed, and close the file."""
    study_file.back_up_quietly(study, study_file.back_up_changes)
    study.close()


def demo_file(folder: Path, circumstances: Circumstances, progress: Callable[[int, int], None]) -> Path:
    """The demo study in its own folder, made there when it is not there yet: whole, or not at all.

    Raises:
        Refused: the folder holds something else, or cannot be written.
    """
    from app.services.commands.demo import FILE, make_demo

    path = folder / FILE
    if path.is_file():
        return path
    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    try:
        make_demo(making, circumstances, circumstances.today(), progress)
        with contextlib.suppress(OSError):
            folder.rmdir()
        making.rename(folder)
    except OSError as error:
        raise Refused("unwritable", path=str(folder), problem=(error.strerror or "an error").lower()) from None
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return path


def look_of(study: Study, today: date) -> StudyLook:
    """What the window shows of the study."""
    facts = study.facts
    undo, redo = correct.next_of(study)
    protocols = [study.protocol_text(taken) for taken in facts.protocols]
    titles = {one.id: one.short_title for one in protocols}
    regimens = {regimen.id: regimen.name for one in protocols for regimen in one.regimens.values()}
    warnings = tuple(_("No backup was made: ") + refusal_text(one) for one in study.notices)
    study.notices.clear()
    return StudyLook(
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
        return broken_text(broken.seq, broken.what, broken.field)
    try:
        study.must_write()
    except Refused as refused:
        return refusal_text(refused)
    return ""


def named_command(first: Recorded | None, count: int) -> str:
    """A command in a few words, as the menu names it: ``visit done, SP-C02#3``."""
    if first is None:
        return ""
    visit = first.text("visit")
    said = f"{kind_name(first.kind)}, {visit}" if visit else kind_name(first.kind)
    return f"{said} {counted('and {n} more', 'and {n} more', count - 1)}" if count > 1 else said


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


def morning(study: Study, today: date, days: int, progress: Callable[[int, int], None] | None = None) -> Morning:
    """What is due today and in the days to come."""
    found = logs.agenda(study, today, last=today + timedelta(days), progress=progress)
    protocols = [study.protocol_text(taken) for taken in study.facts.protocols]
    return Morning(found, frozenset((one.id, visit) for one in protocols for visit in one.decisions))


def saved_text(facts: Sequence[NewFact], code: str) -> str:
    """What was saved, for the bar below: the fact and whose it is."""
    said = fact_text(provisional(facts[0], 0)) if facts else ""
    return f"{code}: {said}" if code else said
