"""Undo, redo, correction and redaction: new facts about facts; nothing that was recorded is ever changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.calendar import Calendar
from app.domain.case import FACTS, Case, days_of, fact_of, participant_of
from app.domain.facts import Fact, Performed
from app.domain.fields import read_fields
from app.domain.kinds import KINDS, About, Json, Kind, Type
from app.domain.preview import Change, difference
from app.domain.records import SET, NewFact, Recorded, changed_by, provisional, standing
from app.domain.refusal import Refused
from app.domain.replay import check_participant, take
from app.services.changes import Saved
from app.services.closed_days import check_country
from app.services.derived import keep_visits
from app.services.enrolment import known_cohort, known_criteria
from app.services.rehearse import known_zone
from app.services.settings import confirm_facts, day_facts, propose_study, value_facts
from app.services.study import Study
from app.storage.chain import Head

# What can no longer be told from a correction's later facts without hurting anybody stays a problem to look at.
_CONTRADICTIONS = frozenset({"after_death", "died_twice", "two_results", "decided_twice", "lost_twice", "not_lost"})
# Taken in whole from elsewhere, so taken in anew rather than corrected.
_TAKEN_WHOLE = frozenset({"protocol_taken", "holidays_taken"})
# Optional fields that calendars stand on though the planner reads them from no fact of its own.
_SHAPING: Mapping[str, frozenset[str]] = {
    "enrolled": frozenset({"regimen", "centre", "choices"}),
    "site_set": frozenset({"time_zone", "closed_weekdays"}),
    "day_closed": frozenset({"site"}),
    "day_opened": frozenset({"site"}),
    "correction": frozenset({"void"}),
    "redaction": frozenset({"names"}),
}


@dataclass(frozen=True, slots=True)
class Mending:
    """Facts about facts, and what they do: to the calendars of the participants whom they touch."""

    today: date
    head: Head
    facts: tuple[NewFact, ...]
    of: tuple[Recorded, ...]
    calendars: Mapping[int, tuple[Calendar | None, Calendar | None]]
    changes: Mapping[str, tuple[Change, ...]]


def propose_undo(study: Study, command: int | None, today: date) -> Mending:
    """What taking a command back would do; the last one that can be, when none is named.

    Raises:
        Refused: there is nothing to undo, it cannot be undone, or later facts hang on it.
    """
    records = study.store.facts()
    void, _changes = changed_by(records)
    wanted = _last_undoable(records, void) if command is None else command
    mine = [one for one in records if one.command == wanted]
    if wanted is None or not mine:
        raise Refused("nothing_to_undo" if command is None else "no_command", command=command or 0)
    for_good = next((one for one in mine if KINDS[one.kind].for_good), None)
    if for_good is not None:
        raise Refused("for_good", command=wanted, what=for_good.kind)
    if all(map(_is_undo, mine)):
        raise Refused("undo_of_undo", command=wanted)
    mine = [one for one in mine if one.seq not in void]
    if not mine:
        raise Refused("undone_already", command=wanted)
    facts = [NewFact("correction", {"void": True}, one.subject, one.seq, one.protocol) for one in mine]
    return _mending(study, records, facts, mine, today)


def propose_redo(study: Study, command: int | None, today: date) -> Mending:
    """What bringing back an undone command would do; the one that was undone last, when none is named.

    Raises:
        Refused: nothing was undone, or it cannot be brought back as things stand now.
    """
    records = study.store.facts()
    void, _changes = changed_by(records)
    taken_back = {one.seq for one in records if _is_undo(one)}
    undos = [one for one in records if one.seq in taken_back and one.seq not in void and one.about not in taken_back]
    if command is None:
        number = max((one.command for one in undos), default=0)
        if any(one.command > number and not _keeps_redo(one) for one in records):
            raise Refused("nothing_to_redo")
    else:
        mine = {one.seq for one in records if one.command == command}
        number = max((one.command for one in undos if one.about in mine), default=0)
    found = [one for one in undos if one.command == number]
    if not found:
        raise Refused("nothing_to_redo")
    facts = [NewFact("correction", {"void": True}, one.subject, one.seq, one.protocol) for one in found]
    back = [one for one in records if one.seq in {undo.about for undo in found}]
    return _mending(study, records, facts, back, today, strict=True)


def propose_correction(study: Study, seq: int, changes: Mapping[str, object], reason: str, today: date) -> Mending:
    """What a fact with other fields would do; null takes an optional field away.

    Raises:
        Refused: no such fact, a field that cannot be so, or a contradiction with another fact.
    """
    if not changes:
        raise Refused("nothing_to_correct")
    if not reason.strip():
        raise Refused("field_missing", "correction", name="reason")
    record = _standing_fact(study, seq)
    kind = KINDS[record.kind]
    if kind.for_good or kind.about is About.FACT or record.kind in _TAKEN_WHOLE:
        raise Refused("not_correctable", seq=seq, what=record.kind)
    for name in changes:
        if kind.field(name) is None or _is_inner(kind, name):
            known = ", ".join(field.name for field in kind.fields if not field.inner)
            raise Refused("field_unknown", f"fact {seq}", name=name, known=known)
    merged: dict[str, object] = {**record.fields, **changes}
    fields = read_fields(kind, {name: value for name, value in merged.items() if value is not None}, today, inner=True)
    setting = {name: fields.get(name) for name in changes if fields.get(name) != record.fields.get(name)}
    if not setting:
        raise Refused("nothing_to_correct")
    records = study.store.facts(subject=record.subject)
    if record.subject:
        setting |= _fits(study, record, kind, fields, records, today)
    else:
        _fits_study(study, record, fields, today)
    named = {SET + name: value for name, value in setting.items()}
    fact = NewFact(
        "correction", {"void": False, **named, "reason": reason.strip()}, record.subject, seq, record.protocol
    )
    return _mending(study, records if record.subject else study.store.facts(), [fact], [record], today, check=False)


def propose_redaction(study: Study, seq: int, names: Sequence[str], reason: str, today: date) -> Mending:
    """What taking values out of a fact for good would leave.

    Raises:
        Refused: no such fact or field, or a value that the calendar needs and that still counts: correct it first.
    """
    record = study.store.fact(seq)
    if record is None:
        raise Refused("no_fact", seq=seq)
    if not names:
        raise Refused("field_missing", "redaction", name="names")
    fields = read_fields(KINDS["redaction"], {"names": list(names), "reason": reason}, today)
    mine = study.store.facts(subject=record.subject)
    void, _changes = changed_by(mine)
    stands = {one.seq: one for one in standing(mine)}
    for name in names:
        if name not in record.fields:
            kind = "redacted_already" if name in record.redacted else "field_unknown"
            raise Refused(kind, f"fact {seq}", name=name, known=", ".join(record.fields))
        # What a correction sets counts in the fact that it changes.
        sets = record.kind == "correction" and name.startswith(SET)
        current, field = stands.get(record.about if sets else seq), name[len(SET) :] if sets else name
        still = seq not in void and current is not None and current.fields.get(field) == record.fields[name]
        if (still and current is not None and not _may_go(current.kind, field)) or _holds(record, name):
            raise Refused("still_needed", f"fact {seq}", name=name, seq=record.about if sets else seq)
    fact = NewFact("redaction", fields, record.subject, seq, record.protocol)
    return Mending(today, study.head(), (fact,), (record,), {}, {})


def save_mending(study: Study, mending: Mending) -> Saved:
    """Record what was proposed, in one transaction.

    Raises:
        Refused: the file has changed since, is open for reading only, or cannot be written.
    """
    study.must_write()
    if study.head() != mending.head:
        raise Refused("changed_meanwhile")
    with study.store.transaction():
        numbers = study.append(mending.today, list(mending.facts))
        for fact in mending.facts:
            if fact.kind == "redaction":
                names = fact.fields["names"]
                study.store.redact(fact.about, map(str, names if isinstance(names, list) else ()))
        for subject, (before, after) in mending.calendars.items():
            keep_visits(study, subject, before, after)
    study.forget()
    changes = tuple(change for found in mending.changes.values() for change in found)
    return Saved(numbers[-1], mending.facts, changes, study.head())


# What hangs together


def _last_undoable(records: Sequence[Recorded], void: frozenset[int]) -> int | None:
    """The last command that stands, is no undo itself and can be taken back."""
    for record in reversed(records):
        if record.seq not in void and not _keeps_redo(record):
            return record.command
    return None


def _is_undo(record: Recorded) -> bool:
    """Whether a fact was made by an undo or a redo."""
    return (
        record.kind == "correction" and record.fields.get("void") is True and record.fields.get("cleared") is not True
    )


def _keeps_redo(record: Recorded) -> bool:
    """Whether what was undone before this fact may still be brought back after it: undos, redos, what is for good."""
    return KINDS[record.kind].for_good or _is_undo(record)


def _mending(
    study: Study,
    records: Sequence[Recorded],
    facts: Sequence[NewFact],
    of: Sequence[Recorded],
    today: date,
    strict: bool = False,
    check: bool = True,
) -> Mending:
    number = study.head().seq
    added = [provisional(fact, number + i) for i, fact in enumerate(facts, start=1)]
    calendars: dict[int, tuple[Calendar | None, Calendar | None]] = {}
    changes: dict[str, tuple[Change, ...]] = {}
    subjects = sorted({fact.subject for fact in facts})
    if 0 in subjects:
        if check:
            _study_facts_hang(study, of, strict)
        proposal = propose_study(study, [fact for fact in facts if fact.subject == 0], today)
        calendars.update(proposal.calendars)
        changes.update(proposal.changes)
    for subject in subjects:
        if subject == 0:
            continue
        own = [one for one in records if one.subject == subject]
        before, after = Case.of(subject, own), Case.of(subject, [*own, *added])
        _nothing_lost(before.records, after.records)
        if after.records and after.code != before.code:
            _code_free(study, subject, after.code)
        if check:
            _participant_facts_hang(study, before, after, of, strict, today)
        old = study.plan(before, today) if before.enrolled is not None else None
        new = study.plan(after, today) if after.enrolled is not None else None
        calendars[subject] = (old, new)
        nothing = _nothing(old or new, today)
        changes[(after if after.records else before).code] = difference(old or nothing, new or nothing)
    return Mending(today, study.head(), tuple(facts), tuple(of), calendars, changes)


def _nothing(like: Calendar | None, today: date) -> Calendar:
    named = (like.protocol, like.version, like.participant) if like is not None else ("", "", "")
    return Calendar(*named, today, (), ())


def _study_facts_hang(study: Study, of: Sequence[Recorded], strict: bool) -> None:
    """Refuse to take back a protocol version on which somebody is enrolled."""
    for one in of:
        if one.kind == "protocol_taken" and not strict:
            users = [case.code for case in study.cases().values() if _on(case) == one.text("hash")]
            if users:
                raise Refused("facts_hang", what=", ".join(users[:5]), count=len(users))


def _nothing_lost(before: Sequence[Recorded], after: Sequence[Recorded]) -> None:
    """Refuse what would bring back a fact, or a value of one, that a redaction has emptied."""
    known = {one.seq: one.redacted for one in before}
    for one in after:
        for name in sorted(one.redacted - known.get(one.seq, frozenset())):
            if not _may_go(one.kind, name):
                raise Refused("redacted_already", f"fact {one.seq}", name=name)


def _code_free(study: Study, subject: int, code: str) -> None:
    """Refuse a code that another participant has, or one too like it."""
    for known, other in study.subjects().items():
        if other != subject and known.casefold() == code.casefold():
            raise Refused("code_alike", "code", code=code, known=known)


def _on(case: Case) -> str:
    return case.enrolled.text("hash") if case.enrolled is not None else ""


def _participant_facts_hang(
    study: Study, before: Case, after: Case, of: Sequence[Recorded], strict: bool, today: date
) -> None:
    """Refuse when facts that stand would not have been taken in without those that go (or beside those that come)."""
    first = min(one.seq for one in of if one.subject == before.subject)
    later = [one for one in after.records if one.seq > first]
    if after.enrolled is None:
        hanging = [one for one in after.records if one.kind != "screened" and one.seq > first]
        if hanging:
            raise _hang(hanging)
        return
    mine = {one.seq for one in of}
    corrected = [
        one
        for one in study.store.facts(subject=before.subject, kinds=("correction",))
        if one.about in mine and one.seq not in mine and not one.fields.get("void") and one.seq > first
    ]
    void, _changes = changed_by(study.store.facts(subject=before.subject))
    corrected = [one for one in corrected if one.seq not in void and not strict]
    if corrected:
        raise _hang(corrected)
    new = _refused(study, after, first, today)
    if not new:
        return
    old = _refused(study, before, first, today) if before.enrolled is not None else {}
    hanging = [one for one in later if one.seq in new and one.seq not in old and one.seq not in mine]
    coming = [one for one in later if one.seq in new and one.seq in mine]
    if hanging:
        raise _hang(hanging)
    if strict and coming:
        raise new[coming[0].seq]


def _hang(facts: Sequence[Recorded]) -> Refused:
    named = ", ".join(
        f"{one.seq} ({one.kind}{' ' + one.text('visit') if one.text('visit') else ''})" for one in facts[:5]
    )
    return Refused("facts_hang", what=named, count=len(facts))


def _refused(study: Study, case: Case, first: int, today: date) -> dict[int, Refused]:
    """The facts from number `first` on that would be refused after the facts before them, each with why."""
    participant, protocol = study.participant(case), study.protocol(case)
    site = study.site_for(case, protocol, participant, today)
    taken: list[Fact] = []
    found: dict[int, Refused] = {}
    for record, fact in case.planned:
        if record.seq >= first:
            try:
                take(protocol, site, participant, taken, fact, max(today, _latest(record)))
            except Refused as refused:
                found[record.seq] = refused
        taken.append(fact)
    calendar = study.plan(case, today)
    for record in case.records:
        visit = record.text("visit")
        if record.seq >= first and record.kind not in FACTS and visit and visit not in calendar.keys:
            found[record.seq] = Refused("off_path", visit=visit)
    return found


def _latest(record: Recorded) -> date:
    """The day that a fact was recorded on, so that it is not refused for lying ahead of an earlier `today`."""
    return date.fromisoformat(record.today) if record.today else date.min


def _fits(
    study: Study, record: Recorded, kind: Kind, fields: dict[str, Json], records: Sequence[Recorded], today: date
) -> dict[str, Json]:
    """Check a corrected fact among the participant's others; what the program itself sets anew with it."""
    if record.kind in ("screened", "enrolled"):
        return _fits_start(study, record, fields, today)
    case = Case.of(record.subject, records)
    calendar = study.calendar(case, today)
    if not kind.plans:
        visit = fields.get("visit")
        if isinstance(visit, str) and visit != record.fields.get("visit") and visit not in calendar.keys:
            raise Refused("off_path", visit=visit)
        return {}
    participant, protocol = study.participant(case), study.protocol(case)
    site = study.site_for(case, protocol, participant, today)
    fact = fact_of(record.kind, {name: value for name, value in fields.items() if name != "judged"})
    earlier = [one for other, one in case.planned if other.seq < record.seq]
    try:
        taken = take(protocol, site, participant, earlier, fact, today)
    except Refused as refused:
        # What has left the path since stays a problem to look at, and can still be told right.
        if refused.kind != "off_path" or fields.get("visit") != record.fields.get("visit"):
            raise
        taken = fact
    also: dict[str, Json] = {}
    if isinstance(taken, Performed) and fields["visit"] != record.fields.get("visit"):
        also["judged"] = days_of(taken.judged)
    before: list[Fact] = [*earlier, taken]
    for other, one in case.planned:
        if other.seq > record.seq:
            try:
                take(protocol, site, participant, before, one, max(today, _latest(other)))
            except Refused as refused:
                if refused.kind in _CONTRADICTIONS:
                    raise
            before.append(one)
    return also


def _fits_study(study: Study, record: Recorded, fields: Mapping[str, Json], today: date) -> None:
    """Check a corrected fact about the study as it would be checked were it recorded now."""

    def text(name: str) -> str:
        return str(fields.get(name, ""))

    if record.kind == "site_set":
        check_country(text("country"), "country")
        known_zone(text("time_zone"))
    elif record.kind in ("day_closed", "day_opened"):
        day_facts(study, record.kind, date.fromisoformat(text("on")), None, "", text("site"), today)
    elif record.kind == "value_set":
        value_facts(study, text("protocol"), text("key"), fields["value"], "", today)
    elif record.kind == "value_confirmed":
        confirm_facts(study, text("protocol"), text("key"), "", today)


def _fits_start(study: Study, record: Recorded, fields: Mapping[str, Json], today: date) -> dict[str, Json]:
    """Check a corrected screening or enrolment; the choice that goes with a cohort where the cohort is one."""
    _code_free(study, record.subject, str(fields["code"]))
    if fields.get("protocol") != record.fields.get("protocol"):
        raise Refused("not_correctable", seq=record.seq, what="protocol")
    if record.kind == "enrolled":
        check_country(str(fields["country"]))
        protocol = study.protocol_text(record.text("hash"))
        known_cohort(protocol, fields.get("cohort"))
        also = _choice_of_cohort(record, fields) if "cohort" in protocol.choices else {}
        corrected = provisional(NewFact("enrolled", {**fields, **also}, record.subject), 0)
        check_participant(protocol, participant_of(corrected), today)
        return also
    taken = study.facts.latest(record.text("protocol"))
    if taken is not None:
        known_criteria(study.protocol_text(taken.hash), fields.get("criteria"))
    return {}


def _choice_of_cohort(record: Recorded, fields: Mapping[str, Json]) -> dict[str, Json]:
    """The choices with another cohort, where a correction gives another one."""
    if fields.get("cohort") == record.fields.get("cohort"):
        return {}
    choices = fields.get("choices")
    kept = {name: one for name, one in choices.items() if name != "cohort"} if isinstance(choices, dict) else {}
    cohort = fields.get("cohort")
    return {"choices": {**kept, **({"cohort": cohort} if cohort is not None else {})}}


def _standing_fact(study: Study, seq: int) -> Recorded:
    found = study.store.fact(seq)
    if found is None:
        raise Refused("no_fact", seq=seq)
    if found.kind in ("correction", "redaction"):
        raise Refused("not_correctable", seq=seq, what=found.kind)
    stands = {one.seq: one for one in standing(study.store.facts(subject=found.subject))}
    if seq not in stands:
        raise Refused("fact_is_void", seq=seq)
    return stands[seq]


def _is_inner(kind: Kind, name: str) -> bool:
    field = kind.field(name)
    return field is not None and field.inner


def _holds(record: Recorded, name: str) -> bool:
    """Whether the chain itself stands on a value: what a correction takes back, what a redaction has emptied."""
    return KINDS[record.kind].about is About.FACT and name in _SHAPING[record.kind]


def _may_go(kind: str, name: str) -> bool:
    """Whether a value may be taken out while it still counts: words and details, not what the calendar stands on."""
    field = KINDS[kind].field(name)
    if field is None or name in _SHAPING.get(kind, ()):
        return False
    if name == "reason":
        return True
    return not field.required and not field.planned and not field.inner and field.type is not Type.VISIT
