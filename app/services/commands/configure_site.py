"""Changes that concern the entire study: sites, closed and opened days, holidays, the site's own values.

Each is proposed first, with its effect on every participant's calendar, and saved as it was proposed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from app.domain.calendar.difference import Change, difference
from app.domain.calendar.entries import Calendar
from app.domain.facts.chain_head import Head
from app.domain.facts.confirmed_values import QUESTION
from app.domain.facts.fields import read_fields, read_reason
from app.domain.facts.kinds import kind_of
from app.domain.facts.past_facts import PastFact, past_facts
from app.domain.facts.personal_data import doubt_of_personal_data
from app.domain.facts.records import NewFact, Recorded, current_facts, provisional
from app.domain.facts.repeats import repeated_in_study
from app.domain.facts.study_record import StudyRecord, holiday_fields
from app.domain.folding import folded, known_identifier, nearest_identifier, same_identifier
from app.domain.planning.plausibility import unlikely_site_day
from app.domain.protocol.settings import FORM, VISIT
from app.domain.protocol.site_values import known_value_key, with_values
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, Refused, joined
from app.progress import Progress
from app.services.commands.may_save import check_may_save
from app.services.commands.record import Saved
from app.services.queries.open_values import confirmations, open_values
from app.services.queries.site_holidays import same_days
from app.services.study.holidays import FIRST_YEAR, LAST_YEAR, holiday_years, known_country
from app.services.study.site_calendar import known_zone
from app.services.study.study import Study
from app.services.study.touched import touched_by
from app.services.study.visit_cache import are_valid, update_visits

LONGEST_CLOSURE = 366
"""Days that are closed or opened by one command."""


@dataclass(frozen=True, slots=True)
class StudyProposal:
    """The facts that a change of the study would record, and its effect on each participant's calendar.

    `doubt`: why a person is asked before it is saved, where there is a reason. `repeats`: the facts that it records
    once more, without any effect. `past`: the new facts as the history will show them, where they take others back.
    `by_code`: both calendars of each participant with changes, by code.
    """

    today: date
    head: Head
    facts: tuple[NewFact, ...]
    calendars: Mapping[int, tuple[Calendar, Calendar]]
    changes: Mapping[str, tuple[Change, ...]]
    doubt: Doubted | None = None
    repeats: tuple[Recorded, ...] = ()
    past: tuple[PastFact, ...] = ()
    by_code: Mapping[str, tuple[Calendar, Calendar]] = field(default_factory=dict)


def propose_study(
    study: Study, facts: Sequence[NewFact], today: date, progress: Progress | None = None
) -> StudyProposal:
    """Return the effect that these study facts would have on every calendar.

    Raises:
        Refused: a calendar cannot be planned with them.
    """
    study.must_plan()
    after = StudyRecord.of(_with(study, facts))
    calendars: dict[int, tuple[Calendar, Calendar]] = {}
    changes: dict[str, tuple[Change, ...]] = {}
    by_code: dict[str, tuple[Calendar, Calendar]] = {}
    known_days = _known_days(study, today)
    touched = touched_by(study, after, today)
    for case in study.each_case(touched, progress):
        before, new = study.plan(case, today), study.plan(case, today, after)
        known_days += [entry.assumed for entry in before.entries if entry.assumed is not None]
        if before != new or before.asked != new.asked:
            calendars[case.subject] = (before, new)
        if before != new:
            changes[case.code], by_code[case.code] = difference(before, new), (before, new)
    return StudyProposal(
        today,
        study.head(),
        tuple(facts),
        calendars,
        changes,
        _doubt(facts, known_days),
        _repeats(study, facts),
        _past(study, facts),
        by_code,
    )


def _repeats(study: Study, facts: Sequence[NewFact]) -> tuple[Recorded, ...]:
    """Return the facts that are recorded once more; what is confirmed again after a change of it is no repeat."""
    found = repeated_in_study(facts, study.study_records())
    if not any(one.kind == "value_confirmed" for one in found):
        return found
    holds = {key for key, (confirmed, _overtaken) in confirmations(study).items() if confirmed is not None}
    return tuple(
        one for one in found if one.kind != "value_confirmed" or (one.text("protocol"), one.text("key")) in holds
    )


def _past(study: Study, facts: Sequence[NewFact]) -> tuple[PastFact, ...]:
    """Return new facts that take others back as the history will show them; nothing for other facts."""
    if not facts or not all(fact.about for fact in facts):
        return ()
    number = study.head().seq
    added = [provisional(fact, number + i) for i, fact in enumerate(facts, start=1)]
    return past_facts([*study.store.facts(subject=0), *added])[-len(added) :]


def _known_days(study: Study, today: date) -> list[date]:
    """Return today, the days of enrolment, and the first and the last day of the cached visits."""
    enrolled = [person.enrolled_on for person in study.people().values() if person.enrolled_on is not None]
    cached = study.store.visits.first_and_last() if are_valid(study, today, today) else ()
    return [today, *enrolled, *map(date.fromisoformat, cached)]


def _doubt(facts: Sequence[NewFact], known_days: Sequence[date]) -> Doubted | None:
    """Return the doubts about the unlikely days of these facts; None where all are likely."""
    first, last = min(known_days), max(known_days)
    unlikely = [unlikely_site_day(kind_of(fact.kind), fact.fields, first, last) for fact in facts]
    return joined([*unlikely, *(doubt_of_personal_data(kind_of(fact.kind), fact.fields) for fact in facts)])


def save_study(study: Study, proposal: StudyProposal, sure: bool = False) -> Saved:
    """Record what was proposed, with every calendar that it changes, in one transaction.

    `sure`: a person has confirmed it.

    Raises:
        Doubted: there is a doubt about it, and nobody has confirmed it.
        Refused: the file has changed since, is open for reading only, or cannot be written.
    """
    check_may_save(study, proposal.head, proposal.doubt, sure)
    if not proposal.facts:
        return Saved(0, (), (), study.head())
    with study.store.transaction():
        numbers = study.append(proposal.today, list(proposal.facts))
        for subject, (before, after) in proposal.calendars.items():
            update_visits(study, subject, before, after)
    study.forget()
    changes = tuple(change for found in proposal.changes.values() for change in found)
    return Saved(numbers[-1], proposal.facts, changes, study.head())


def site_facts(study: Study, fields: Mapping[str, object], today: date) -> list[NewFact]:
    """Return the fact that describes a site, or changes its description.

    Raises:
        Refused: a field is wrong, or the country or time zone is unknown.
    """
    name = str(fields.get("name", ""))
    known = study.facts.sites.get(known_identifier(name, study.facts.sites))
    if known is not None:
        before = {"name": known.name, "country": known.country, "time_zone": known.time_zone}
        weekdays = None if known.closed_weekdays is None else sorted(known.closed_weekdays)
        given = {key: value for key, value in fields.items() if value is not None and key != "name"}
        fields = {**before, "closed_weekdays": weekdays, **asdict(known.contact), "paper": known.paper, **given}
    found = read_fields(kind_of("site_set"), fields, today)
    found["country"] = known_country(str(found["country"]), "country")
    if "time_zone" in found:
        found["time_zone"] = str(known_zone(str(found["time_zone"])))
    return [NewFact("site_set", found)]


def day_facts(
    study: Study, kind: str, first: date, last: date | None, reason: str, site: str, today: date
) -> list[NewFact]:
    """Return the facts that close (or open) a day, or every day from `first` to `last`, one fact a day.

    Raises:
        Refused: the last day is before the first, there are too many days, or the site is unknown.
    """
    last = last or first
    if last < first:
        raise Refused("ends_before", "to", on=first, ended=last)
    if (last - first).days >= LONGEST_CLOSURE:
        raise Refused("closure_long", "to", days=LONGEST_CLOSURE)
    if site:
        site = _known_site(study, site)
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    return [
        NewFact(kind, read_fields(kind_of(kind), {"on": day, "reason": reason, "site": site}, today)) for day in days
    ]


def _known_site(study: Study, typed: str) -> str:
    sites = study.facts.sites
    found = known_identifier(typed, sites)
    if not found:
        near = nearest_identifier(typed, sites)
        raise Refused("one_of", "site", value=typed[:60], known=", ".join(sites), near=near)
    return found


def usual_day_facts(
    study: Study, day: date, last: date | None = None, site: str | None = None, reason: str = ""
) -> list[NewFact]:
    """Return the facts that take back every closing and opening of a day, so that the usual rules hold for it again.

    `last`: of every day until that one. `site`: only what was said of that site, or with an empty text of all sites
    together.

    Raises:
        Refused: nothing was said of these days, the last day is before the first, or the site is unknown.
    """
    last = last or day
    if last < day:
        raise Refused("ends_before", "to", on=day, ended=last)
    if site:
        site = _known_site(study, site)
    found = [
        _cleared(one, reason)
        for one in study.study_records()
        if one.kind in ("day_closed", "day_opened") and _is_meant(one, day, last, site)
    ]
    if not found:
        raise Refused("day_usual", on=day)
    return found


def _is_meant(record: Recorded, first: date, last: date, site: str | None) -> bool:
    on = record.day("on")
    return on is not None and first <= on <= last and site in (None, record.text("site"))


def value_facts(study: Study, protocol_id: str, key: str, value: object, reason: str, today: date) -> list[NewFact]:
    """Return the fact that sets a site value of a protocol; without a protocol, of the only one that has the key.

    Raises:
        Refused: an unknown protocol or key, or a value that the key cannot take.
    """
    taken, key = _protocol_of_key(study, protocol_id, key, value)
    fields = {"protocol": taken, "key": key, "value": value, "reason": reason}
    return [NewFact("value_set", read_fields(kind_of("value_set"), fields, today))]


def confirm_facts(
    study: Study, protocol_id: str, keys: Sequence[str], reason: str, today: date, by: str = "", on: str = ""
) -> list[NewFact]:
    """Return the facts that confirm values, as they are now, as the site's own; a question with what it concerns.

    `by`, `on`: who said so, and on which day, where that is somebody else or another day.

    Raises:
        Refused: an unknown protocol, key or question; nothing is confirmed.
    """
    kind, wanted = kind_of("value_confirmed"), dict[tuple[str, str], object]()
    for typed in keys:
        for taken, key, answer in _confirmed_by(study, protocol_id, typed):
            own = study.facts.values.get(taken, {}).get(key)
            wanted[taken, key] = own.fields.get("value") if own is not None else answer
    said = {"reason": reason, "by": by, "on": on}
    facts = [{"protocol": taken, "key": key, "value": value, **said} for (taken, key), value in wanted.items()]
    return [NewFact(kind.id, read_fields(kind, {**one}, today)) for one in facts]


def _confirmed_by(study: Study, protocol_id: str, typed: str) -> list[tuple[str, str, str | None]]:
    """Return protocol and key of each thing that a typed key confirms, with the answer that a question has."""
    if folded(typed).startswith((folded(VISIT), folded(FORM))):
        return _held_or_written(study, protocol_id, typed)
    if not folded(typed).startswith(folded(QUESTION)):
        return [(*_protocol_of_key(study, protocol_id, typed, None), None)]
    known = [(one.protocol.id, each) for one in open_values(study, protocol_id) for each in one.questions]
    names = [f"{QUESTION}{each.id}" for _protocol, each in known]
    name = known_identifier(typed, names)
    found = [(taken, each) for taken, each in known if f"{QUESTION}{each.id}" == name]
    if len(found) > 1:
        raise Refused("which_protocol", key=name, known=", ".join(taken for taken, _each in found))
    if not found:
        raise Refused("value_key", "value", key=typed[:60], near=nearest_identifier(typed, names))
    taken, question = found[0]
    return [(taken, name, question.default or None), *((taken, key, None) for key in question.settings)]


def _held_or_written(study: Study, protocol_id: str, typed: str) -> list[tuple[str, str, str | None]]:
    """Return protocol and key of a visit or a form that is confirmed as it is."""
    known = [(one.protocol.id, each.setting.key) for one in open_values(study, protocol_id) for each in one.values]
    keys = [key for _protocol, key in known]
    name = known_identifier(typed, keys)
    found = [taken for taken, key in known if key == name]
    if len(found) > 1:
        raise Refused("which_protocol", key=name, known=", ".join(found))
    if not found:
        raise Refused("value_key", "value", key=typed[:60], near=nearest_identifier(typed, keys))
    return [(found[0], name, None)]


def _protocol_of_key(study: Study, protocol_id: str, key: str, value: object) -> tuple[str, str]:
    """Return the protocol and the key as the protocol writes it."""
    taken = list(dict.fromkeys(one.id for one in study.facts.protocols.values()))
    if protocol_id:
        protocol_id = _known_protocol(protocol_id, taken)
    fitting, refusal = [], None
    for one in [protocol_id] if protocol_id else taken:
        version = study.facts.latest(one)
        if version is None:
            continue
        try:
            _try_value(study.protocol_text(version.hash), key, value)
            fitting.append(one)
        except Refused as refused:
            refusal = refused if refusal is None or refused.kind != "value_key" else refusal
    if len(fitting) > 1:
        raise Refused("which_protocol", key=key, known=", ".join(fitting))
    if not fitting:
        raise refusal or Refused("no_protocol")
    version = study.facts.latest(fitting[0])
    return fitting[0], known_value_key(study.protocol_text(version.hash), key) if version is not None else key


def _known_protocol(typed: str, taken: Sequence[str]) -> str:
    if not taken:
        raise Refused("no_protocol")
    found = known_identifier(typed, taken)
    if not found:
        near = nearest_identifier(typed, taken)
        raise Refused("protocol_not_taken", value=typed[:60], known=", ".join(taken), near=near)
    return found


def _try_value(protocol: ProtocolVersion, key: str, value: object) -> None:
    """Refuse a key, or a value, that the protocol does not accept; None: the value stays as it is."""
    if value is not None:
        with_values(protocol, {key: value})
        return
    try:
        with_values(protocol, {key: object()})
    except Refused as refused:
        if refused.kind == "value_key":
            raise


def _cleared(record: Recorded, reason: str) -> NewFact:
    """Return the fact that what was said no longer holds, which is no undo of the command that said it."""
    why = read_reason(reason)
    return NewFact("correction", {"void": True, "cleared": True, **why}, about=record.seq)


def clear_value_facts(study: Study, protocol_id: str, key: str, reason: str = "") -> list[NewFact]:
    """Return the facts that take a site value back, perhaps for a reason, so that the protocol's own holds again.

    Raises:
        Refused: it was not set.
    """
    facts = [
        _cleared(one, reason)
        for one in study.study_records()
        if one.kind == "value_set"
        and same_identifier(one.text("key"), key)
        and (not protocol_id or same_identifier(protocol_id, one.text("protocol")))
    ]
    if not facts:
        raise Refused("value_not_set", key=key)
    return facts


def holiday_facts(study: Study, country: str, year: int | None) -> list[NewFact]:
    """Return a fact for each year whose holidays differ between the study and the program's own list.

    Raises:
        Refused: an unknown country.
    """
    country = known_country(country, "country")
    known = {found: row for (of, found), row in study.facts.holidays.items() if of == country}
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("number_range", "--year", value=str(year)[:40], low=str(FIRST_YEAR), high=str(LAST_YEAR))
    wanted = [year] if year is not None else sorted(known)
    if not wanted:
        return []
    offered = holiday_years(country, wanted[0], wanted[-1])
    return [
        NewFact("holidays_taken", holiday_fields(offered[one]))
        for one in wanted
        if one in offered and (one not in known or not same_days(known[one], offered[one]))
    ]


def _with(study: Study, facts: Sequence[NewFact]) -> tuple[Recorded, ...]:
    """Return the study facts that would count with these added."""
    records = study.store.facts(subject=0)
    number = study.head().seq
    added = [provisional(fact, number + i) for i, fact in enumerate(facts, start=1)]
    return current_facts([*records, *added])
