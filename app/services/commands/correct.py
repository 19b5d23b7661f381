"""Undo, redo, correction and redaction: new facts about facts; nothing that was recorded is ever changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.calendar.difference import Change, difference
from app.domain.calendar.entries import Calendar
from app.domain.facts.chain_head import Head
from app.domain.facts.fields import read_fields, read_reason
from app.domain.facts.kind import Subject
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.past_facts import PastFact, past_facts
from app.domain.facts.personal_data import doubt_of_personal_data
from app.domain.facts.records import SET, NewFact, Recorded, current_facts, effect_of_corrections, provisional
from app.domain.facts.redaction import chain_depends_on, may_be_redacted
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.planning.order_checks import doubt_of_order
from app.domain.refusal import Doubted, RefusalKind, Refused, joined
from app.progress import Progress, counted
from app.services.commands.backup import back_up_changes, back_up_quietly
from app.services.commands.configure_site import propose_study
from app.services.commands.correction_checks import (
    check_corrected_fact,
    check_corrected_study_fact,
    name_as_known,
    unlikely_correction,
    unlikely_study_correction,
)
from app.services.commands.dependent_facts import (
    check_code_is_free,
    check_dependent_facts,
    check_protocol_unused,
    check_redacted_stays_out,
)
from app.services.commands.may_save import check_may_save
from app.services.commands.record import Saved
from app.services.queries.command_name import command_name
from app.services.queries.undo_state import is_undo, last_undoable, last_undos, recent_facts, standing_undos
from app.services.study.study import Study
from app.services.study.visit_cache import update_visits


@dataclass(frozen=True, slots=True)
class CorrectionProposal:
    """Facts about facts, the facts that they change (`of`), and their effect on the participants' calendars.

    `doubt`: why a person is asked before it is saved, where there is a reason. `past`: the new facts as the history
    will show them.
    """

    today: date
    head: Head
    facts: tuple[NewFact, ...]
    of: tuple[Recorded, ...]
    calendars: Mapping[int, tuple[Calendar | None, Calendar | None]]
    changes: Mapping[str, tuple[Change, ...]]
    doubt: Doubted | None = None
    past: tuple[PastFact, ...] = ()


def propose_undo(
    study: Study,
    command: int | None,
    today: date,
    reason: str = "",
    corrected: bool = False,
    handed_from: int = 0,
    progress: Progress | None = None,
) -> CorrectionProposal:
    """Return the effect of taking a command back; without a number, of the last command that can be taken back.

    `reason`: why, where somebody says it. `corrected`: together with the corrections of its facts, on which it is
    refused otherwise. `handed_from`: only what it recorded of the participant of that number, by a command of its own,
    which is no undo.

    Raises:
        Refused: there is nothing to undo, it cannot be undone, or later facts depend on it.
    """
    study.must_plan()
    why = read_reason(reason)
    wanted = command
    if wanted is None:
        recent = recent_facts(study)
        wanted = last_undoable(recent, effect_of_corrections(recent)[0])
    mine = study.store.of_command(wanted) if wanted is not None else []
    records = _facts_of_subjects(study, mine)
    void, _changes = effect_of_corrections(records)
    if wanted is None or not mine:
        raise Refused("nothing_to_undo" if command is None else "no_command", command=command or 0)
    permanent = next((one for one in mine if KINDS[one.kind].permanent), None)
    if permanent is not None:
        raise Refused("for_good", command=wanted, what=permanent.kind)
    if all(map(is_undo, mine)):
        raise Refused("undo_of_undo", command=wanted)
    mine = [one for one in mine if one.seq not in void and handed_from in (0, one.subject)]
    if not mine:
        raise Refused("undone_already", command=wanted)
    doubt = _doubt_of_another(study, mine, mine, today)
    if corrected:
        about = {one.seq for one in mine}
        mine += [one for one in records if one.about in about and one.kind == "correction" and one.seq not in void]
    told_why = doubt_of_personal_data(KINDS["correction"], {"reason": reason})
    why = {**({"cleared": True} if handed_from else {}), **why}
    facts = [NewFact("correction", {"void": True, **why}, one.subject, one.seq, one.protocol) for one in mine]
    return _doubted(_correction(study, records, facts, mine, today, progress=progress), joined([doubt, told_why]))


def propose_redo(
    study: Study, command: int | None, today: date, progress: Progress | None = None
) -> CorrectionProposal:
    """Return the effect of bringing an undone command back; without a number, of the one that was undone last.

    Raises:
        Refused: nothing was undone, or it cannot be brought back as the study is now.
    """
    study.must_plan()
    if command is None:
        recent = recent_facts(study)
        found = last_undos(recent, effect_of_corrections(recent)[0])
        records = _facts_of_subjects(study, found)
    else:
        undone = study.store.of_command(command)
        mine = {one.seq for one in undone}
        records = _facts_of_subjects(study, undone)
        found_undos = standing_undos(records, effect_of_corrections(records)[0])
        number = max((one.command for one in found_undos if one.about in mine), default=0)
        found = [one for one in found_undos if one.command == number]
    if not found:
        raise Refused("nothing_to_redo")
    facts = [NewFact("correction", {"void": True}, one.subject, one.seq, one.protocol) for one in found]
    back = [one for one in records if one.seq in {undo.about for undo in found}]
    doubt = _doubt_of_another(study, found, back, today)
    return _doubted(_correction(study, records, facts, back, today, strict=True, progress=progress), doubt)


def _doubt_of_another(
    study: Study, command: Sequence[Recorded], about: Sequence[Recorded], today: date
) -> Doubted | None:
    """Return the doubt about taking a command back that somebody else gave, or that was given on another day.

    `about`: the facts that are shown as what it does.
    """
    first = command[0]
    if first.who == study.environment.who and first.today == today.isoformat():
        return None
    what, on = command_name(study, about, today, with_key=False), first.planned_as_of
    return Doubted("not_own", what=what, command=first.command, who=first.who, on=on)


def propose_correction(
    study: Study,
    seq: int,
    changes: Mapping[str, object],
    reason: str,
    today: date,
    progress: Progress | None = None,
) -> CorrectionProposal:
    """Return the effect of other fields in a fact; None takes an optional field away.

    Raises:
        Refused: there is no such fact, a field is wrong, or the fact would contradict another one.
    """
    study.must_plan()
    if not changes:
        raise Refused("nothing_to_correct")
    why = read_reason(reason)
    if not why:
        raise Refused("field_missing", "correction", name="reason")
    record = standing_fact(study, seq)
    kind = KINDS[record.kind]
    if not kind.is_correctable:
        raise Refused("not_correctable", seq=seq, what=record.kind)
    known = [field.name for field in kind.fields if not field.internal]
    for name in changes:
        if not known_identifier(name, known):
            near = nearest_identifier(name, known)
            raise Refused("field_unknown", f"fact {seq}", name=name[:60], known=", ".join(known), near=near)
    changes = {known_identifier(name, known): value for name, value in changes.items()}
    merged: dict[str, object] = {**record.fields, **changes}
    given = {name: value for name, value in merged.items() if value is not None}
    kept = {name: value for name, value in record.fields.items() if name not in changes}
    fields = read_fields(kind, given, today, internal=True, kept=kept)
    name_as_known(study, record, fields)
    setting = {name: fields.get(name) for name in changes if fields.get(name) != record.fields.get(name)}
    if not setting:
        raise Refused("nothing_to_correct")
    records = study.store.facts(subject=record.subject)
    doubt: Doubted | None = None
    if record.subject:
        setting |= check_corrected_fact(study, record, kind, fields, records, today)
        doubt = unlikely_correction(study, record, kind, fields, setting, today)
    else:
        check_corrected_study_fact(study, record, fields, today)
        doubt = unlikely_study_correction(study, kind, fields, setting, today)
    told_why = doubt_of_personal_data(KINDS["correction"], {"reason": reason})
    named = {SET + name: value for name, value in setting.items()}
    fact = NewFact("correction", {"void": False, **named, **why}, record.subject, seq, record.protocol)
    found = _correction(study, records, [fact], [record], today, check=False, progress=progress)
    return _doubted(found, joined([doubt, told_why]))


def _doubted(correction: CorrectionProposal, doubt: Doubted | None) -> CorrectionProposal:
    """Return the correction with a doubt about it as a request, before those about its effect."""
    return replace(correction, doubt=joined([doubt, correction.doubt]))


def propose_redaction(study: Study, seq: int, names: Sequence[str], reason: str, today: date) -> CorrectionProposal:
    """Return the redaction that takes these values out of a fact for good.

    Raises:
        Refused: no such fact or field, or a value that the calendar needs and that still counts: correct it first.
    """
    record = study.store.fact(seq)
    if record is None:
        raise Refused("no_fact", seq=seq)
    if not names:
        raise Refused("field_missing", "redaction", name="names")
    mine = study.store.facts(subject=record.subject)
    void, _changes = effect_of_corrections(mine)
    current = {one.seq: one for one in current_facts(mine)}
    names = [known_identifier(name, (*record.fields, *record.redacted)) or name for name in names]
    fields = read_fields(KINDS["redaction"], {"names": list(names), "reason": reason}, today)
    for name in names:
        if name not in record.fields:
            kind: RefusalKind = "redacted_already" if name in record.redacted else "field_unknown"
            near = nearest_identifier(name, record.fields)
            raise Refused(kind, f"fact {seq}", name=name[:60], known=", ".join(record.fields), near=near)
        # A value that a correction sets counts in the fact that the correction changes.
        sets = record.kind == "correction" and name.startswith(SET)
        now, field = current.get(record.about if sets else seq), name[len(SET) :] if sets else name
        still = seq not in void and now is not None and now.fields.get(field) == record.fields[name]
        if (still and now is not None and not may_be_redacted(now.kind, field)) or chain_depends_on(record.kind, name):
            raise Refused("still_needed", f"fact {seq}", name=name, seq=record.about if sets else seq)
    fact = NewFact("redaction", fields, record.subject, seq, record.protocol)
    return CorrectionProposal(today, study.head(), (fact,), (record,), {}, {})


def save_correction(study: Study, correction: CorrectionProposal, sure: bool = False) -> Saved:
    """Record what was proposed, in one transaction. `sure`: a person has confirmed it.

    A redaction cannot be taken back, so the study is backed up before it.

    Raises:
        Doubted: there is a doubt about it, and nobody has confirmed it.
        Refused: the file has changed since, is open for reading only, or cannot be written.
    """
    check_may_save(study, correction.head, correction.doubt, sure)
    if any(fact.kind == "redaction" for fact in correction.facts):
        back_up_quietly(study, back_up_changes)
    with study.store.transaction():
        numbers = study.append(correction.today, list(correction.facts))
        for fact in correction.facts:
            if fact.kind == "redaction":
                names = fact.fields["names"]
                study.store.redact(fact.about, map(str, names if isinstance(names, list) else ()))
        for subject, (before, after) in correction.calendars.items():
            update_visits(study, subject, before, after)
    study.forget()
    changes = tuple(change for found in correction.changes.values() for change in found)
    return Saved(numbers[-1], correction.facts, changes, study.head())


# Effect on calendars


def _correction(
    study: Study,
    records: Sequence[Recorded],
    facts: Sequence[NewFact],
    of: Sequence[Recorded],
    today: date,
    strict: bool = False,
    check: bool = True,
    progress: Progress | None = None,
) -> CorrectionProposal:
    """Return facts about facts with their effect on the calendars of everybody concerned.

    `records`: every fact of those whom the new facts are about; `of`: the facts that are changed. `strict`: they come
    back, so they may contradict nothing. `check`: see whether later facts depend on them.
    """
    number = study.head().seq
    added = [provisional(fact, number + i) for i, fact in enumerate(facts, start=1)]
    calendars: dict[int, tuple[Calendar | None, Calendar | None]] = {}
    changes: dict[str, tuple[Change, ...]] = {}
    doubts: list[Doubted | None] = []
    subjects = sorted({fact.subject for fact in facts})
    if 0 in subjects:
        if check:
            check_protocol_unused(study, of, strict)
        proposal = propose_study(study, [fact for fact in facts if fact.subject == 0], today, progress)
        calendars.update(proposal.calendars)
        changes.update(proposal.changes)
    for subject in counted([one for one in subjects if one], progress):
        own = [one for one in records if one.subject == subject]
        before, after = ParticipantRecord.of(subject, own), ParticipantRecord.of(subject, [*own, *added])
        check_redacted_stays_out(before.records, after.records)
        if after.records and after.code != before.code:
            check_code_is_free(study, subject, after.code)
        if check:
            check_dependent_facts(study, before, after, of, strict, today)
        old = study.plan(before, today) if before.enrolled is not None else None
        new = study.plan(after, today) if after.enrolled is not None else None
        calendars[subject] = (old, new)
        doubts.append(doubt_of_order(old, new, after.records))
        nothing = _nothing(old or new, today)
        changes[(after if after.records else before).code] = difference(old or nothing, new or nothing)
    mine = [one for one in records if one.subject in subjects]
    past = past_facts([*mine, *added])[-len(added) :]
    return CorrectionProposal(today, study.head(), tuple(facts), tuple(of), calendars, changes, joined(doubts), past)


def _facts_of_subjects(study: Study, facts: Sequence[Recorded]) -> list[Recorded]:
    """Return every fact of the participants, or of the study, whom these facts are about, in their order."""
    return study.store.facts(subjects={one.subject for one in facts})


def _nothing(like: Calendar | None, today: date) -> Calendar:
    named = (like.protocol, like.version, like.participant) if like is not None else ("", "", "")
    return Calendar(*named, today, (), ())


def standing_fact(study: Study, seq: int) -> Recorded:
    """Return the fact of that number as it counts now, with its corrections.

    Raises:
        Refused: there is none, it is itself about a fact, or it was taken back.
    """
    found = study.store.fact(seq)
    if found is None:
        raise Refused("no_fact", seq=seq)
    if KINDS[found.kind].subject is Subject.FACT:
        raise Refused("not_correctable", seq=seq, what=found.kind)
    current = {one.seq: one for one in current_facts(study.store.facts(subject=found.subject))}
    if seq not in current:
        raise Refused("fact_is_void", seq=seq)
    return current[seq]
