"""Facts that depend on an earlier one: they would have been refused without it (or, when it comes back, with it)."""

from collections.abc import Callable, Sequence
from datetime import date

from app.domain.calendar.nearest_visit import nearest_visit
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.facts.planner_facts import Died, Fact
from app.domain.facts.records import Recorded, effect_of_corrections
from app.domain.facts.redaction import may_be_redacted
from app.domain.facts.superseded import LatestFacts
from app.domain.folding import looks_same, with_hidden_written
from app.domain.planning.edit_checks import accept
from app.domain.planning.event_ends import check_event_after_ends, check_events_before_end, without_reports_of_death
from app.domain.refusal import Refused
from app.services.queries.fact_names import FactNames
from app.services.study.study import Study
from app.wording.fact_sentences import field_text, kind_name
from app.wording.language import gettext as _

_NAMED = 5
"""So many of the facts that depend on another one are named."""


def check_protocol_unused(study: Study, of: Sequence[Recorded], strict: bool) -> None:
    """Refuse to take back a protocol version on which somebody is enrolled."""
    for one in of:
        if one.kind == "protocol_taken" and not strict:
            users = [person.code for person in study.people().values() if person.protocol == one.text("hash")]
            if users:
                raise Refused("facts_depend", what=_first(users[:_NAMED], len(users)), count=len(users))


def check_redacted_stays_out(before: Sequence[Recorded], after: Sequence[Recorded]) -> None:
    """Refuse a change that would bring back a value which a redaction has taken out."""
    known = {one.seq: one.redacted for one in before}
    for one in after:
        for name in sorted(one.redacted - known.get(one.seq, frozenset())):
            if not may_be_redacted(one.kind, name):
                raise Refused("redacted_already", f"fact {one.seq}", name=name)


def check_code_is_free(study: Study, subject: int, code: str) -> None:
    """Refuse a code that another participant has, or one that looks like it."""
    for known, other in study.subjects().items():
        if other != subject and looks_same(known, code):
            raise Refused("code_alike", "code", code=with_hidden_written(code), known=known)


def check_dependent_facts(
    study: Study, before: ParticipantRecord, after: ParticipantRecord, of: Sequence[Recorded], strict: bool, today: date
) -> None:
    """Refuse a change on which later facts depend.

    `of`: the facts that go away or come back. `strict`: they come back, so contradicting them is refused as well.
    For example, a booking depends on the enrolment: undoing the enrolment is refused while the booking counts.
    """
    first = min(one.seq for one in of if one.subject == before.subject)
    later = [one for one in after.records if one.seq > first]
    if after.enrolled is None:
        dependent = [one for one in after.records if one.kind != "screened" and one.seq > first]
        if dependent:
            raise facts_depend(study, dependent, today)
        return
    mine = {one.seq for one in of}
    corrected = [
        one
        for one in study.store.facts(subject=before.subject, kinds=("correction",))
        if one.about in mine and one.seq not in mine and not one.fields.get("void") and one.seq > first
    ]
    void, _changes = effect_of_corrections(study.store.facts(subject=before.subject))
    corrected = [one for one in corrected if one.seq not in void and not strict]
    if corrected:
        raise facts_depend(study, corrected, today)
    new = _refused(study, after, first, today)
    if not new:
        return
    old = _refused(study, before, first, today) if before.enrolled is not None else {}
    dependent = [one for one in later if one.seq in new and one.seq not in old and one.seq not in mine]
    coming = [one for one in later if one.seq in new and one.seq in mine]
    if dependent:
        raise facts_depend(study, dependent, today)
    if strict and coming:
        raise new[coming[0].seq]


def facts_depend(study: Study, facts: Sequence[Recorded], today: date) -> Refused:
    """Return the refusal that names the facts which depend on another one."""
    names = FactNames(study, today, facts[:_NAMED])
    said = []
    for one in facts[:_NAMED]:
        visit = field_text(one, "visit", names.typed(one.subject))
        said.append(f"{one.seq} ({kind_name(one.kind)}{', ' + visit if visit else ''})")
    return Refused("facts_depend", what=_first(said, len(facts)), count=len(facts))


def _first(said: Sequence[str], count: int) -> str:
    """Return the first of so many things, and how many there are more."""
    more = count - len(said)
    listed = ", ".join(said)
    return _("{what} and {n} more").format(what=listed, n=more) if more > 0 else listed


def acceptance(
    study: Study, case: ParticipantRecord, today: date
) -> Callable[[Sequence[Fact], Recorded, Fact], Refused | None]:
    """Return what says how a recorded fact would be refused after other facts; None where it would not."""
    participant, protocol = study.participant(case), study.protocol(case)
    site = study.site_for(case, protocol, participant, today)

    def accept_again(earlier: Sequence[Fact], record: Recorded, fact: Fact) -> Refused | None:
        known = without_reports_of_death(earlier, case.records) if isinstance(fact, Died) else earlier
        try:
            check_events_before_end(fact, [one for one in case.records if one.seq < record.seq])
            accept(protocol, site, participant, known, fact, max(today, recorded_on(record)))
        except Refused as refused:
            return refused
        return None

    return accept_again


def _refused(study: Study, case: ParticipantRecord, first: int, today: date) -> dict[int, Refused]:
    """Return the refusal of each fact from number `first` on that would be refused after the facts before it."""
    accept_again = acceptance(study, case, today)
    taken = LatestFacts()
    found: dict[int, Refused | None] = {}
    for record, fact in case.planned:
        if record.seq >= first:
            found[record.seq] = accept_again(taken(), record, fact)
        taken.add(fact)
    found |= _refused_events(study, case, first, today)
    return {seq: refused for seq, refused in found.items() if refused is not None}


def _refused_events(study: Study, case: ParticipantRecord, first: int, today: date) -> dict[int, Refused | None]:
    """Return the refusal of each event from number `first` on, by all ends, in whichever order they were recorded."""
    calendar, protocol = study.plan(case, today), study.protocol(case)
    found: dict[int, Refused | None] = {}
    for record in case.records:
        kind, visit = KINDS[record.kind], record.text("visit")
        if record.seq < first or kind.plans:
            continue
        if visit and visit not in calendar.keys:
            found[record.seq] = Refused("off_path", visit=visit, near=nearest_visit(visit, calendar))
            continue
        try:
            if kind.proves_participation(record.fields):
                check_event_after_ends(protocol, kind, record.fields, case.facts, lambda: calendar)
        except Refused as refused:
            found[record.seq] = refused
    return found


def recorded_on(record: Recorded) -> date:
    """Return the day that a fact was recorded on, so that it is not refused as future by an earlier `today`."""
    return date.fromisoformat(record.today) if record.today else date.min
