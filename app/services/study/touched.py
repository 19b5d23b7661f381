"""Whom a change of the study touches: only their calendars are planned again to see what it does.

A plan depends on the site, on the site's values of the protocol, and on which days are closed. Of these it asks day by
day, and the days that it has asked of are kept with the cached visits: where another day is closed or opened, the plan
would go the same way and end the same.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from app.domain.facts.person import Person
from app.domain.facts.study_record import SiteRow, StudyRecord
from app.services.study.study import Study
from app.services.study.visit_cache import are_valid

# The cached visits go so much farther than the changed days, as a visit may be proposed away from its target.
_MARGIN = timedelta(400)


def touched_by(study: Study, after: StudyRecord, today: date) -> list[int]:
    """Return the enrolled participants whose calendars may be others with these study facts, in their order."""
    people = [person for person in study.people().values() if person.protocol in study.facts.protocols]
    by_group: dict[tuple[str, str, str], list[int]] = {}
    for person in people:
        by_group.setdefault(_group(person), []).append(person.subject)
    found: set[int] = set()
    asking = _Asking(study, today)
    for (centre, country, protocol), subjects in by_group.items():
        days = _changed_days(study, after, centre, country, protocol)
        if days is None:
            found.update(subjects)
        elif days:
            found.update(asking.among(subjects, days))
    return [person.subject for person in people if person.subject in found]


def _group(person: Person) -> tuple[str, str, str]:
    return person.centre, person.country, person.protocol


class _Asking:
    """Knows which plans have asked of which days; nobody's, where the cached visits do not go far enough."""

    def __init__(self, study: Study, today: date) -> None:
        self._study, self._today = study, today
        self._known: dict[frozenset[date], set[int] | None] = {}

    def among(self, subjects: list[int], days: frozenset[date]) -> list[int]:
        """Return those who have asked of one of these days, or of whom it is not known."""
        if days not in self._known:
            valid = are_valid(self._study, self._today, max(days) + _MARGIN)
            self._known[days] = self._study.store.visits.without_asking(days) if valid else None
        without = self._known[days]
        return subjects if without is None else [one for one in subjects if one not in without]


def _changed_days(
    study: Study, after: StudyRecord, centre: str, country: str, protocol_hash: str
) -> frozenset[date] | None:
    """Return the days that are closed in one case only, or for another reason; None where more than days changes."""
    now = study.facts
    protocol = study.protocol_text(protocol_hash).id
    site, new_site = now.site_of(centre, country), after.site_of(centre, country)
    if site != new_site or now.site_values(protocol) != after.site_values(protocol):
        return None
    if now.consent_forms(protocol) != after.consent_forms(protocol):
        return None
    days = {row.on for row in {*now.days} ^ {*after.days}}
    for year in _changed_years(now, after, country):
        old, new = (study.years(facts, country, year, year).get(year) for facts in (now, after))
        if old is None or new is None or old.official != new.official:
            return None
        days.update(old.closed, new.closed, old.working, new.working)
    return frozenset(
        day for day in days if _why(study, now, site, country, day) != _why(study, after, site, country, day)
    )


def _changed_years(now: StudyRecord, after: StudyRecord, country: str) -> Iterator[int]:
    for of, year in {*now.holidays, *after.holidays}:
        if of == country and now.holidays.get((of, year)) != after.holidays.get((of, year)):
            yield year


def _why(study: Study, facts: StudyRecord, site: SiteRow | None, country: str, day: date) -> str:
    return facts.closed_days(site, study.years(facts, country, day.year, day.year)).reason(day)
