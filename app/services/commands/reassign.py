"""A fact that belongs to another participant: taken back of the one and recorded of the other, as one command."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.domain.facts.kind import Kind, Subject
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.past_facts import past_facts
from app.domain.facts.reassigned import is_own
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.safety import EVENT_KIND, REPORT_KIND
from app.domain.facts.visit_keys import visit_of
from app.domain.protocol.version import UNSCHEDULED
from app.domain.refusal import Refused, joined
from app.services.commands.correct import CorrectionProposal, propose_undo, standing_fact
from app.services.commands.dependent_facts import facts_depend
from app.services.commands.record import Asked, Proposal, propose
from app.services.study.study import Study

_GIVES_A_DAY = ("booked", "performed")
"""The kinds by which a visit outside the schedule gets its day, in the same command."""


def propose_reassignment(study: Study, seq: int, code: str, reason: str, today: date) -> CorrectionProposal:
    """Return the effect of giving a fact, with all that its command recorded, to the participant of that code.

    There it is checked as everything that is recorded now, and what is unlikely about it is asked about.

    Raises:
        Refused: no such fact or participant, it can be of this participant alone, later facts depend on it, or it
            contradicts what is recorded of the other one.
    """
    study.must_plan()
    record = standing_fact(study, seq)
    _check_may_be_another(record)
    if not reason.strip():
        raise Refused("field_missing", "reassign", name="reason")
    other = study.enrolled(code)
    if other.subject == record.subject:
        raise Refused("same_participant", seq=seq, code=other.code)
    _check_no_reports(study, record, today)
    away = propose_undo(study, record.command, today, reason, corrected=True, handed_from=record.subject)
    mine = [one for one in away.of if KINDS[one.kind].subject is Subject.PARTICIPANT]
    asked = _asked_again(study, mine)
    _check_visits_known(study, other, asked)
    there = _recorded_there(study, other.code, asked, today)
    facts = (*away.facts, *_in_their_place(there, mine))
    added = [provisional(fact, study.head().seq + i) for i, fact in enumerate(facts, start=1)]
    others = {one.seq: other.subject if one.subject == record.subject else record.subject for one in added}
    past = past_facts([*study.store.facts(subjects=(record.subject, other.subject)), *added], others)[-len(added) :]
    return replace(
        away,
        facts=facts,
        calendars={**away.calendars, other.subject: (there.before, there.after)},
        changes={**away.changes, other.code: there.changes},
        doubt=joined([away.doubt, there.doubt]),
        past=past,
    )


def _check_visits_known(study: Study, other: ParticipantRecord, asked: Sequence[Asked]) -> None:
    """Refuse a visit that is not in the protocol of the other participant."""
    protocol = study.protocol(other)
    known = {*protocol.visits, UNSCHEDULED.id}
    for one in asked:
        visit = str(one.fields.get("visit", ""))
        if visit and visit_of(visit) not in known:
            name = protocol.short_title or protocol.id
            raise Refused("other_protocol", code=other.code, protocol=name, visit=visit)


def _recorded_there(study: Study, code: str, asked: Sequence[Asked], today: date) -> Proposal:
    """Return the effect on the other participant, who is named where that is refused."""
    try:
        return propose(study, code, asked, today)
    except Refused as refused:
        raise Refused(refused.kind, code, **refused.values) from refused


def _check_may_be_another(record: Recorded) -> None:
    """Refuse what can be of this participant alone, of the study, or is for good."""
    kind = KINDS[record.kind]
    if kind.subject is not Subject.PARTICIPANT:
        raise Refused("of_study", seq=record.seq)
    if kind.permanent:
        raise Refused("for_good", command=record.command, what=kind.id)
    if is_own(kind.id):
        raise Refused("own_fact", seq=record.seq, event=kind.id)


def _check_no_reports(study: Study, record: Recorded, today: date) -> None:
    """Refuse to part a serious adverse event from the reports that were sent on it."""
    if record.kind != EVENT_KIND:
        return
    mine = study.case(record.subject).records
    sent = [one for one in mine if one.kind == REPORT_KIND and one.fields.get("event") == record.seq]
    if sent:
        raise facts_depend(study, sent, today)


def _asked_again(study: Study, facts: Sequence[Recorded]) -> list[Asked]:
    """Return the facts of a command as somebody would type them now; visits that it held on their day are left out."""
    current = {one.seq: one for one in study.case(facts[0].subject).records}
    now = [current.get(one.seq, one) for one in facts]
    added = {one.text("visit") for one in now if one.kind == "unscheduled"}
    asked = []
    for one in now:
        held = one.kind == "moved" and one.seq != facts[0].seq
        if held or (one.kind in _GIVES_A_DAY and one.text("visit") in added):
            continue
        fields = _typed(KINDS[one.kind], one)
        if one.kind == "unscheduled":
            dated = next(
                (two for two in now if two.kind in _GIVES_A_DAY and two.fields["visit"] == one.text("visit")), one
            )
            fields |= {name: dated.fields[name] for name in ("on", "at") if name in dated.fields}
        asked.append(Asked(one.kind, fields))
    return asked


def _typed(kind: Kind, record: Recorded) -> dict[str, object]:
    """Return the fields that a person typed; a report is on another event there."""
    names = {field.name for field in kind.typed_fields} - ({"event"} if kind.id == REPORT_KIND else set())
    return {name: value for name, value in record.fields.items() if name in names}


def _in_their_place(there: Proposal, of: Sequence[Recorded]) -> list[NewFact]:
    """Return the facts for the other participant, each naming the one in whose place it is."""
    left = list(of)
    found = []
    for fact in there.facts:
        before = next((one for one in left if one.kind == fact.kind), None)
        if before is not None:
            left.remove(before)
        found.append(replace(fact, about=before.seq if before is not None else 0))
    return found
