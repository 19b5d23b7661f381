"""Whether a day that is entered is plausible: what cannot be is refused, and what is unlikely is asked about.

A doubt is answered by the person who enters the day; a refusal is not.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from app.domain.calendar.entries import Calendar
from app.domain.facts.kind import DayRule, Json, Kind, Type
from app.domain.facts.planner_facts import Chosen, Fact, Included, Participant, Performed, RegimenChanged, VisitFact
from app.domain.facts.visit_keys import visit_of
from app.domain.planning.end_checks import day_of
from app.domain.protocol.regimens import VISIT_KINDS
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, Refused, joined

FAR_DAYS = 731
"""Nobody expects a day that is more than two years from every other day of the participant."""
FAR_RECORDED_DAYS = 3653
"""Ten years, the distance that is asked about where nothing is planned and past days are only recorded."""
FAR_FROM_WINDOW_DAYS = 366
"""A visit more than a year outside its window is asked about."""
LONG_AGO_DAYS = 366
"""A screening, consent or enrolment more than a year ago is asked about."""
YOUNGEST_YEARS, OLD_YEARS, OLDEST_YEARS = 18, 100, 120
"""Trials of surgery are for adults; somebody younger or older than these is asked about."""


def check_order(
    protocol: ProtocolVersion,
    participant: Participant,
    earlier: Sequence[Fact],
    fact: Fact,
    calendar: Callable[[], Calendar],
) -> None:
    """Check that a fact does not lie before the enrolment where it cannot; `calendar` is that of the earlier facts.

    Raises:
        Refused: it does, or it is a visit of the study performed by somebody who is not enrolled.
    """
    if not isinstance(fact, VisitFact | RegimenChanged):
        return
    if participant.enrolled_on is None and isinstance(fact, Performed) and _is_treatment(fact.visit, calendar()):
        raise Refused("not_included", visit=fact.visit, on=fact.on)
    begun = _begun(protocol, participant, fact.visit if isinstance(fact, VisitFact) else "")
    if day_of(fact) >= begun or _only_records(protocol, participant, earlier):
        return
    what = fact.visit if isinstance(fact, VisitFact) else fact.to
    if isinstance(fact, RegimenChanged) or not _may_precede_enrolment(protocol, begun, what, calendar()):
        raise _too_early(participant, begun, day_of(fact), what)


def _begun(protocol: ProtocolVersion, participant: Participant, visit: str) -> date:
    """Return the day that anything at a visit of the schedule follows, that of enrolment; of anything else, of consent.

    What could be recorded of somebody in screening can be recorded of that time after the enrolment too: a visit
    outside the schedule, such as a scan that is repeated, with what belongs to it, an event without a visit, or a
    change of the planned regimen. Nobody in screening has an enrolment yet.
    """
    scheduled = visit_of(visit) in protocol.visits
    return participant.enrolled_on or participant.first_day if scheduled else participant.first_day


def _only_records(protocol: ProtocolVersion, participant: Participant, earlier: Sequence[Fact]) -> bool:
    """Return whether, by the choices made so far, dates are only recorded and nothing is planned."""
    chosen = {one.choice: one.value for one in earlier if isinstance(one, Chosen)}
    return protocol.only_records({**participant.choices, **chosen})


def _too_early(participant: Participant, begun: date, on: date, visit: str, event: str = "") -> Refused:
    """Return the refusal of what lies before the day on which it could begin: of the enrolment or of the consent."""
    if begun == participant.enrolled_on:
        return Refused("before_enrolment", visit=visit, event=event, on=on, enrolled=begun)
    return Refused("before_consent", visit=visit, event=event, on=on, consent=begun)


def check_inclusion(participant: Participant, fact: Included) -> None:
    """Check the day of enrolment of somebody in screening.

    Raises:
        Refused: somebody is enrolled already, or that day lies before the consent.
    """
    if participant.enrolled_on is not None:
        raise Refused("included_already", on=participant.enrolled_on)
    if fact.on < participant.first_day:
        raise Refused("consent_after_enrolment", "on", on=participant.first_day, enrolled=fact.on)


def check_event_order(
    kind: Kind,
    fields: Mapping[str, Json],
    protocol: ProtocolVersion,
    participant: Participant,
    earlier: Sequence[Fact],
    calendar: Calendar,
) -> None:
    """Check the same of a fact that the planner does not read, such as an adverse event or a specimen.

    Without a visit its kind says whether it `requires_consent`.

    Raises:
        Refused: it lies before the enrolment or the consent, and cannot.
    """
    on, visit = fields.get(kind.day_field), str(fields.get("visit") or "")
    person = participant.after(earlier)
    begun = _begun(protocol, person, visit)
    if not isinstance(on, str) or date.fromisoformat(on) >= begun or _only_records(protocol, participant, earlier):
        return
    possible = _may_precede_enrolment(protocol, begun, visit, calendar) if visit else not kind.requires_consent
    if not possible:
        raise _too_early(person, begun, date.fromisoformat(on), visit, kind.id)


def _may_precede_enrolment(protocol: ProtocolVersion, begun: date, key: str, calendar: Calendar) -> bool:
    """Return whether a visit is one of the screening, or its window begins before the enrolment.

    No dose, end of an infusion or operation of the study comes before the enrolment, however wide its window is.
    `begun`: the day of enrolment, in screening that of consent.
    """
    visit, first = protocol.visits.get(visit_of(key)), protocol.visits.get(protocol.enrolment_visit)
    if visit is None:
        return False
    if first is not None and visit.epoch == first.epoch:
        return True
    entry = calendar.by_key.get(key)
    if entry is None or _is_treatment(key, calendar):
        return False
    return entry.earliest is not None and entry.earliest < begun


def _is_treatment(key: str, calendar: Calendar) -> bool:
    """Return whether a visit is a dose, the end of an infusion or an operation."""
    entry = calendar.by_key.get(key)
    return entry is not None and (entry.visit.is_operation or entry.day_kind in VISIT_KINDS)


def unlikely_day(
    kind: Kind,
    fields: Mapping[str, Json],
    protocol: ProtocolVersion,
    participant: Participant,
    calendar: Calendar,
    entered: date,
    names: Collection[str] | None = None,
) -> Doubted | None:
    """Return the doubts about all unlikely days of a fact as one; None where all are likely.

    `calendar`: that before the fact. `entered`: the day on which the fact was recorded first, today for a new one.
    `names`: the fields to look at, None for all.
    """
    limit = timedelta(FAR_RECORDED_DAYS if protocol.only_records(participant.choices) else FAR_DAYS)
    entry = calendar.by_key.get(str(fields.get("visit", "")))
    found: list[Doubted] = []
    for field in kind.fields:
        value = fields.get(field.name)
        if field.rule not in (DayRule.EVENT, DayRule.PLANNED) or not isinstance(value, str) or value in field.options:
            continue
        if names is not None and field.name not in names:
            continue
        on, place = date.fromisoformat(value), field.name
        if field.rule is DayRule.PLANNED and on < entered:
            found.append(Doubted("plan_in_past", place, on=on, today=entered))
        near = _nearest(on, _known_days(participant, calendar))
        window = entry.window if entry is not None and place == kind.day_field else None
        if abs(on - near) > limit:
            found.append(Doubted("day_far_off", place, on=on, nearest=near))
        elif window is not None and abs(window.days_out(on)) > FAR_FROM_WINDOW_DAYS:
            found.append(Doubted("day_far_from_visit", place, on=on, earliest=window.earliest, latest=window.latest))
    return joined(found)


def _known_days(participant: Participant, calendar: Calendar) -> Iterable[date]:
    """Yield today and every planned or recorded day of the participant."""
    yield calendar.today
    yield participant.first_day
    for entry in calendar.entries:
        for day in (entry.target, entry.assumed):
            if day is not None:
                yield day


def _nearest(on: date, days: Iterable[date]) -> date:
    return min(days, key=lambda day: abs(day - on))


def check_birth(fields: Mapping[str, Json]) -> None:
    """Check the year of birth of a screening or an enrolment.

    Raises:
        Refused: it lies in the future, or more than 120 years before.
    """
    on, born = date.fromisoformat(str(fields.get("on") or fields["consented"])), fields.get("year_of_birth")
    if isinstance(born, int) and born > on.year:
        raise Refused("birth_in_future", "year_of_birth", year=born, on=on)
    if isinstance(born, int) and on.year - born > OLDEST_YEARS:
        raise Refused("birth_too_long_ago", "year_of_birth", year=born, age=on.year - born)


def check_entry_order(screened: date | None, enrolled: date | None) -> None:
    """Check that nobody is enrolled before the screening.

    Raises:
        Refused: somebody is.
    """
    if screened is not None and enrolled is not None and enrolled < screened:
        raise Refused("screened_after", "on", screened=screened, enrolled=enrolled)


def unlikely_entry(
    fields: Mapping[str, Json], today: date, recorded_only: bool = False, names: Collection[str] | None = None
) -> Doubted | None:
    """Return the doubts about a screening or an enrolment that is long ago and about the age; None for likely ones.

    `recorded_only`: nothing is planned for the participant, whose enrolment may be years ago. `names`: the fields to
    look at, None for all.
    """
    born, limit = fields.get("year_of_birth"), timedelta(FAR_RECORDED_DAYS if recorded_only else LONG_AGO_DAYS)
    days = {name: date.fromisoformat(str(fields[name])) for name in ("on", "consented") if name in fields}
    found = [
        Doubted("enrolled_long_ago", name, on=on, today=today)
        for name, on in days.items()
        if today - on > limit and (names is None or name in names)
    ]
    on = days.get("on", days.get("consented", today))
    if isinstance(born, int) and (names is None or "year_of_birth" in names):
        age = on.year - born
        if not YOUNGEST_YEARS <= age <= OLD_YEARS:
            found.append(Doubted("age_unlikely", "year_of_birth", year=born, age=age, on=on))
    return joined(found)


def unlikely_site_day(kind: Kind, fields: Mapping[str, Json], first: date, last: date) -> Doubted | None:
    """Return the doubts about days and years of the site that are years from the study; None for likely ones.

    `first`, `last`: the first and the last day of the study that are known.
    """
    limit, found = timedelta(FAR_DAYS), list[Doubted]()
    for field in kind.fields:
        value = fields.get(field.name)
        if field.rule is not DayRule.SITE or value is None:
            continue
        if field.type is Type.DAY:
            on = date.fromisoformat(str(value))
            if on < first - limit or on > last + limit:
                found.append(Doubted("site_day_far", field.name, on=on, nearest=min(max(on, first), last)))
        elif isinstance(value, int) and not (first - limit).year <= value <= (last + limit).year:
            found.append(Doubted("site_year_far", field.name, year=value, first=first.year, last=last.year))
    return joined(found)
