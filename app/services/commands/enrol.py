"""Screening and enrolment; the protocol version and the holidays that they need are added to the study first."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from app.domain.calendar.difference import difference
from app.domain.calendar.entries import Calendar, doubted
from app.domain.facts.fields import read_fields
from app.domain.facts.kind import Json
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import ParticipantRecord, participant_of
from app.domain.facts.personal_data import doubt_of_personal_data
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.study_record import holiday_fields
from app.domain.folding import folded, looks_same, nearest_identifier, nearly_same, with_hidden_written
from app.domain.planning.edit_checks import accept, check_participant
from app.domain.planning.known_names import known_answers, known_name
from app.domain.planning.offered_names import doubt_of_offered
from app.domain.planning.planner import plan
from app.domain.planning.plausibility import check_birth, unlikely_entry
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, Refused, joined
from app.progress import Progress
from app.services.commands.fact_names import offered_at
from app.services.commands.protocols import protocol_to_enrol
from app.services.commands.record import Proposal, Saved, save, with_earlier
from app.services.commands.repeat_doubts import doubt_of_repeat
from app.services.queries.eligibility_checks import (
    check_enrolled_after,
    check_screening,
    criteria_as_known,
    doubt_of_enrolment,
    doubt_of_screening,
    not_screened,
)
from app.services.study.holidays import holiday_years, known_country
from app.services.study.site_calendar import planned_years
from app.services.study.study import Study
from app.services.study.visit_cache import add_visits


def screen(study: Study, fields: Mapping[str, object], today: date, sure: bool = False) -> Saved:
    """Record a screening. `sure`: a person has confirmed it.

    Raises:
        Refused: the data are wrong, contradict the study or are doubted; nothing was recorded.
    """
    return save(study, propose_screening(study, fields, today), sure)


def propose_screening(study: Study, fields: Mapping[str, object], today: date) -> Proposal:
    """Return the facts that a screening would record.

    Raises:
        Refused: the data are wrong or contradict the study.
    """
    study.must_plan()
    refuse_alike_code(study, str(fields.get("code", "")))
    found = read_fields(KINDS["screened"], fields, today)
    protocol, addition = protocol_to_enrol(study, str(found["protocol"]))
    found["protocol"] = protocol.id
    as_known(study, protocol, found)
    check_screening(protocol, found)
    subject = _subject(study, str(found["code"]))
    case = study.case(subject)
    if case.enrolled_on is not None:
        raise Refused("enrolled_already", code=case.code)
    if case.screened is not None and case.screened.text("outcome") == "eligible" and found["outcome"] == "eligible":
        raise Refused("screened_already", code=case.code)
    fact = NewFact("screened", found, subject, protocol=f"{protocol.id} {_hash(study, addition, protocol.id)[:12]}")
    doubt = joined(
        [
            doubt_of_screening(protocol, found, today),
            doubt_of_person(study, protocol, fact),
            doubt_of_repeat(case, [fact], False),
        ]
    )
    before, after = _with_screening(study, case, fact, today) if case.enrolled is not None else (None, None)
    changes = difference(before, after) if before is not None and after is not None else ()
    proposal = Proposal(
        subject, str(found["code"]), today, study.head(), (fact,), before, after, changes, protocol, doubt=doubt
    )
    return with_earlier(proposal, addition)


def _with_screening(
    study: Study, case: ParticipantRecord, fact: NewFact, today: date
) -> tuple[Calendar | None, Calendar | None]:
    """Return the calendars of somebody in screening before and with another screening; a failed one ends it.

    Raises:
        Refused: it failed before a visit that took place.
    """
    added = provisional(fact, study.head().seq + 1)
    later = ParticipantRecord.of(case.subject, [*case.records, added])
    ends = [one for record, one in later.planned if record.seq == added.seq]
    if ends:
        protocol, participant = study.protocol(case), study.participant(case)
        site = study.site_for(case, protocol, participant, today)
        accept(protocol, site, participant, case.facts, ends[0], today)
    return study.calendar(case, today), study.plan(later, today)


def enrol(study: Study, fields: Mapping[str, object], today: date, sure: bool = False) -> Saved:
    """Enrol a participant, whose complete calendar is planned at once.

    Raises:
        Refused: the data are wrong or contradict the study; nothing was recorded.
    """
    return save(study, propose_enrolment(study, fields, today), sure)


def propose_enrolment(
    study: Study, fields: Mapping[str, object], today: date, screening: NewFact | None = None
) -> Proposal:
    """Return the facts that an enrolment would record, and the calendar that it would give.

    `screening`: that of the same command.

    Raises:
        Refused: the data are wrong or contradict the study.
    """
    study.must_plan()
    protocol, addition = protocol_to_enrol(study, str(fields.get("protocol", "")))
    fact = _enrolment(study, protocol, addition, fields, today, screening=screening)
    years = _missing_years(study, str(fact.fields["country"]), _first_day(fact), today)
    after = _planned(study, protocol, fact, today)
    nothing = Calendar(after.protocol, after.version, after.participant, today, (), ())
    changes = difference(nothing, after)
    code = str(fact.fields["code"])
    doubt, remark = _said_of(study, protocol, fact, today, screening=screening)
    proposal = Proposal(
        fact.subject, code, today, study.head(), (fact,), nothing, after, changes, protocol, doubt=doubt, remark=remark
    )
    return with_earlier(proposal, addition + years)


def enrol_many(
    study: Study,
    rows: Sequence[Mapping[str, object]],
    today: date,
    progress: Progress | None = None,
    sure: bool = False,
) -> Saved:
    """Enrol several participants as one command: all of them or none. `sure`: a person has confirmed what is doubted.

    Raises:
        Doubted: one of them is doubted, and nobody has confirmed it; `place` begins with its number.
        Refused: one of them is refused; `place` begins with its number.
    """
    study.must_write()
    study.must_plan()
    doubts: list[Doubted] = []
    remarks: list[Doubted] = []
    facts: list[NewFact] = []
    calendars: list[Calendar] = []
    earlier: tuple[NewFact, ...] = ()
    codes: set[str] = set()
    protocols: dict[str, tuple[ProtocolVersion, tuple[NewFact, ...]]] = {}
    years: dict[tuple[str, int], tuple[NewFact, ...]] = {}
    for number, row in enumerate(rows, start=1):
        try:
            name = str(row.get("protocol", ""))
            if name not in protocols:
                protocols[name] = protocol_to_enrol(study, name)
                earlier += protocols[name][1]
            protocol, addition = protocols[name]
            fact = _enrolment(study, protocol, addition, row, today, len(facts), codes)
            country, on = str(fact.fields["country"]), _first_day(fact)
            if (country, on.year) not in years:
                known = {(one.fields.get("country"), one.fields.get("year")) for one in earlier}
                years[country, on.year] = _missing_years(study, country, on, today)
                missing = years[country, on.year]
                earlier += tuple(one for one in missing if (one.fields["country"], one.fields["year"]) not in known)
            calendars.append(_planned(study, protocol, fact, today))
            facts.append(fact)
        except Refused as refused:
            raise Refused(refused.kind, _place(number, refused), **refused.values) from None
        doubt, remark = _said_of(study, protocol, fact, today, facts[:-1])
        doubts += _placed(number, doubt)
        remarks += _placed(number, remark)
        if progress is not None:
            progress(number, len(rows))
    if (doubted := joined(doubts)) is not None and not sure:
        raise doubted
    with study.store.transaction():
        numbers = study.append(today, list(earlier), facts)
        add_visits(study, {fact.subject: one for fact, one in zip(facts, calendars, strict=True)})
    study.forget()
    return Saved(numbers[-1] if numbers else 0, tuple(facts), (), study.head(), tuple(remarks))


def _placed(number: int, doubt: Doubted | None) -> list[Doubted]:
    """Return each doubt about one of several rows with the number of the row in its place."""
    each = doubt.each if doubt is not None else ()
    return [Doubted(one.doubt_kind, _place(number, one), **one.values) for one in each]


def _first_day(fact: NewFact) -> date:
    """Return the day of consent of an enrolment, which is that of enrolment where no other is given."""
    return participant_of(provisional(fact, 0)).first_day


def _place(number: int, refused: Refused) -> str:
    """Return the place of a refusal in one of several rows."""
    return ".".join(filter(None, (f"row {number}", refused.place)))


def _said_of(
    study: Study,
    protocol: ProtocolVersion,
    fact: NewFact,
    today: date,
    among: Sequence[NewFact] = (),
    screening: NewFact | None = None,
) -> tuple[Doubted | None, Doubted | None]:
    """Return the doubt about an enrolment, and what is only remarked. `among`: those enrolled by the same command."""
    screened = _screened(study, fact.subject, screening)
    # Whether somebody in screening is eligible is asked at the inclusion.
    enrolled = "on" in fact.fields
    of_day = (
        doubt_of_enrolment(protocol, screened, fact.fields, today) if enrolled else unlikely_entry(fact.fields, today)
    )
    of_person = doubt_of_person(study, protocol, fact, among=[str(one.fields["code"]) for one in among])
    return joined([of_day, of_person]), not_screened(protocol, screened) if enrolled else None


def doubt_of_person(
    study: Study,
    protocol: ProtocolVersion,
    fact: NewFact,
    names: Collection[str] | None = None,
    among: Sequence[str] = (),
) -> Doubted | None:
    """Return the doubts about who is screened or enrolled; None where there are none.

    A code is asked about that is nearly another participant's or looks like a person, and a name that is on no list.
    What was asked about at the screening is not asked about once more. `names`: the fields to look at, None for all.
    `among`: further codes to compare with.
    """
    kind, code = KINDS[fact.kind], str(fact.fields["code"])
    near: Doubted | None = None
    if names is None:
        names = {field.name for field in kind.fields} - ({"code"} if code in study.subjects() else set())
    if "code" in names:
        others = [*(one for one, number in study.subjects().items() if number != fact.subject), *among]
        known = next((one for one in others if nearly_same(one, code)), "")
        near = Doubted("code_near", "code", code=code, known=known) if known else None
    return joined(
        [
            near,
            doubt_of_personal_data(kind, fact.fields, names),
            doubt_of_offered(kind, fact.fields, offered_at(study, protocol), names),
        ]
    )


def _hash(study: Study, addition: Sequence[NewFact], protocol: str) -> str:
    if addition:
        return str(addition[0].fields["hash"])
    taken = study.facts.latest(protocol)
    return taken.hash if taken is not None else ""


def _subject(study: Study, code: str, further: int = 0) -> int:
    """Return the number of the participant of that code: the known one, or the next free one."""
    known = study.subjects()
    if code in known:
        return known[code]
    refuse_alike_code(study, code)
    return study.store.last()[2] + 1 + further


def refuse_alike_code(study: Study, code: str) -> None:
    """Refuse a code that is not known, but that nobody could tell from a known one.

    Raises:
        Refused: another participant's code is read as the same.
    """
    known = study.subjects()
    alike = next((one for one in known if looks_same(one, code.strip())), "")
    if alike and code.strip() not in known:
        raise Refused("code_alike", "code", code=with_hidden_written(code[:60]), known=alike)


def _enrolment(
    study: Study,
    protocol: ProtocolVersion,
    addition: Sequence[NewFact],
    given: Mapping[str, object],
    today: date,
    further: int = 0,
    codes: set[str] | None = None,
    screening: NewFact | None = None,
) -> NewFact:
    """Return the checked fact that enrols a participant."""
    fields = dict(given)
    cohort = fields.get("cohort")
    if cohort and "cohort" in protocol.choices:
        # Where the cohort shapes the path it is a choice of the protocol.
        chosen = fields.get("choices")
        fields["choices"] = {**(chosen if isinstance(chosen, Mapping) else {}), "cohort": cohort}
    refuse_alike_code(study, str(fields.get("code", "")))
    found = read_fields(KINDS["enrolled"], {**fields, "protocol": protocol.id}, today)
    as_known(study, protocol, found)
    code = str(found["code"])
    known_cohort(protocol, found.get("cohort"))
    subject = _subject(study, code, further)
    case = study.case(subject)
    if case.enrolled is not None or (codes is not None and folded(code) in codes):
        raise Refused("enrolled_already", "code", code=code)
    if codes is not None:
        codes.add(folded(code))
    screened = _screened(study, subject, screening)
    check_enrolled_after(screened, found)
    known = screened.fields if screened is not None else {}
    found |= {name: known[name] for name in ("year_of_birth", "sex") if name not in found and name in known}
    ordered = {field.name: found[field.name] for field in KINDS["enrolled"].fields if field.name in found}
    ordered["hash"] = _hash(study, addition, protocol.id)
    fact = NewFact("enrolled", ordered, subject, protocol=f"{protocol.id} {str(ordered['hash'])[:12]}")
    participant = participant_of(provisional(fact, 0))
    check_participant(protocol, participant, today)
    check_birth(found)
    return fact


def _screened(study: Study, subject: int, screening: NewFact | None) -> Recorded | None:
    """Return the screening that counts for an enrolment: that of the same command, else the last one on record."""
    return provisional(screening, 0) if screening is not None else study.case(subject).screened


def known_cohort(protocol: ProtocolVersion, cohort: Json) -> None:
    """Refuse a cohort that the protocol does not have.

    Raises:
        Refused: it has none of that id.
    """
    known, choice = _listed_cohorts(protocol), protocol.choices.get("cohort")
    if cohort is None or (choice is not None and choice.allows(cohort)):
        return
    if cohort not in known:
        near = nearest_identifier(str(cohort), known)
        raise Refused("one_of", "cohort", value=str(cohort)[:40], known=", ".join(known), near=near)


def as_known(study: Study, protocol: ProtocolVersion, fields: dict[str, Json]) -> None:
    """Give the fields of a screening or an enrolment the names by which the protocol and the study know them."""
    offered = protocol.offered or ("none",)
    known: dict[str, Collection[str]] = {
        "regimen": offered,
        "cohort": cohorts_of(protocol),
        "centre": [*study.facts.sites, *(centre.name for centre in protocol.centres)],
    }
    for name, names in known.items():
        if isinstance(typed := fields.get(name), str):
            fields[name] = known_name(typed, names)
    if isinstance(country := fields.get("country"), str):
        fields["country"] = known_country(country, "country")
    if isinstance(choices := fields.get("choices"), dict):
        answers = {name: one for name, one in choices.items() if isinstance(one, str | bool)}
        fields["choices"] = dict(known_answers(protocol, answers).items())
    criteria_as_known(protocol, fields)


def cohorts_of(protocol: ProtocolVersion) -> tuple[str, ...]:
    """Return the protocol's cohorts by their ids."""
    choice = protocol.choices.get("cohort")
    return (*_listed_cohorts(protocol), *(choice.values if choice is not None else ()))


def _listed_cohorts(protocol: ProtocolVersion) -> list[str]:
    """Return the ids of the cohorts that the protocol describes; a choice of its may have others."""
    return [str(row["id"]) for row in protocol.about_rows("cohorts")]


def _missing_years(study: Study, country: str, on: date, today: date) -> tuple[NewFact, ...]:
    """Return the holidays that the plan needs and the study does not have yet."""
    first, last = planned_years(on, today)
    known = study.facts.holidays
    missing = [year for year in range(first, last + 1) if (country, year) not in known]
    if not missing:
        return ()
    found = holiday_years(country, first, last)
    return tuple(NewFact("holidays_taken", holiday_fields(found[year])) for year in missing if year in found)


def _planned(study: Study, protocol: ProtocolVersion, fact: NewFact, today: date) -> Calendar:
    participant = participant_of(provisional(fact, 0))
    site = study.site(protocol, str(fact.fields.get("centre", "")), participant.country, participant.first_day, today)
    return doubted(plan(protocol, site, participant, (), today), study.uncertain_by(fact.subject))
