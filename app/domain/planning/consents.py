"""Who is to be asked for consent to a new version of the form, and at which visit.

Version 3 of the form applies from 1 February and concerns everybody. Somebody who consented in November to version 2 is
to be asked at the first visit from 1 February on, until the consent to version 3 is recorded, or that it is not needed.
Who consents for the first time on 1 February or later gets version 3 at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.calendar.entries import OPEN, Calendar, Entry, Problem
from app.domain.dates import Value
from app.domain.facts.consent_kinds import EVERYBODY, GIVEN, NOT_NEEDED, TREATED
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded
from app.domain.facts.study_record import ConsentForm
from app.domain.folding import folded
from app.domain.protocol.regimens import DOSES
from app.domain.refusal import Doubted


@dataclass(frozen=True, slots=True)
class ConsentDue:
    """A version of the form to which somebody has not answered.

    `visit`: the key of the visit at which to ask; empty for none. `declined`: the day on which it was declined.
    """

    form: ConsentForm
    visit: str
    declined: date | None


def consents_due(
    calendar: Calendar, records: Iterable[Recorded | NewFact], forms: Sequence[ConsentForm], consented: date
) -> tuple[ConsentDue, ...]:
    """Return the versions of the form that somebody is to be asked about, the earliest first.

    `records`: the participant's facts that count; `consented`: the day of the first consent. Nobody is asked who has
    left the study.
    """
    records = tuple(records)
    if _has_left(records):
        return ()
    answers = [one for one in records if one.kind == "consent"]
    open_entries = [entry for entry in calendar.entries if entry.status in OPEN and entry.visit.contact != "site"]
    found: list[ConsentDue] = []
    for form in sorted(forms, key=lambda one: one.on):
        own = [one.fields for one in answers if folded(str(one.fields.get("version", ""))) == folded(form.version)]
        if any(one.get("answer") in (GIVEN, NOT_NEEDED) for one in own):
            continue
        first_ones = {str(one.fields.get("version", "")) for one in answers if one.fields.get("answer") == GIVEN}
        if consented >= form.on and not first_ones:
            continue
        if open_entries and _concerns(form, open_entries):
            visit = next((one.key for one in open_entries if one.assumed and one.assumed >= form.on), "")
            found.append(ConsentDue(form, visit, _declined(own)))
    return tuple(found)


def with_consents(
    calendar: Calendar, records: Iterable[Recorded | NewFact], forms: Sequence[ConsentForm], consented: date
) -> Calendar:
    """Return the calendar in which the visits at which to ask for consent say so; no day of it changes."""
    if not forms and not any(one.kind == "consent_due" for entry in calendar.entries for one in entry.problems):
        return calendar
    due = consents_due(calendar, records, forms, consented)
    asked: dict[str, list[Problem]] = {}
    for one in due:
        values: dict[str, Value] = {"version": one.form.version, "on": one.form.on}
        asked.setdefault(one.visit, []).append(Problem(one.visit, "consent_due", values))
    return replace(calendar, entries=tuple(_marked(entry, asked.get(entry.key, ())) for entry in calendar.entries))


def _marked(entry: Entry, asked: Sequence[Problem]) -> Entry:
    """Return the entry with these questions about consent instead of those that it had."""
    others = tuple(one for one in entry.problems if one.kind != "consent_due")
    problems = (*others, *asked)
    return entry if problems == entry.problems else replace(entry, problems=problems)


def doubts_of_consent(
    fields: Mapping[str, Json], records: Iterable[Recorded], forms: Sequence[ConsentForm], consented: date
) -> Iterator[Doubted]:
    """Yield what is odd about a recorded answer: the first consent on another day, or a version that nobody knows."""
    on, version = date.fromisoformat(str(fields["on"])), str(fields.get("version", ""))
    earlier = [one for one in records if one.kind == "consent" and one.fields.get("answer") == GIVEN]
    known = {folded(one.version): one.version for one in forms}
    is_new_form = folded(version) in known
    if fields.get("answer") == GIVEN and (on < consented or (not earlier and on != consented and not is_new_form)):
        yield Doubted("consent_other_day", "on", on=on, consent=consented)
    if known and earlier and not is_new_form:
        yield Doubted("consent_version", "version", value=version, known=", ".join(known.values()))


def _has_left(records: Iterable[Recorded | NewFact]) -> bool:
    """Return whether somebody has died, has withdrawn from the study, or is lost."""
    lost = False
    for one in records:
        if one.kind == "died" or (one.kind == "withdrawn" and one.fields.get("scope") == "all"):
            return True
        lost = one.kind == "lost" if one.kind in ("lost", "found_again") else lost
    return lost


def _concerns(form: ConsentForm, open_entries: Sequence[Entry]) -> bool:
    """Return whether a version concerns somebody with these visits to come."""
    if form.concerns == EVERYBODY:
        return True
    doses_to_come = any(entry.day_kind in DOSES for entry in open_entries)
    return doses_to_come is (form.concerns == TREATED)


def _declined(answers: Iterable[Mapping[str, Json]]) -> date | None:
    days = [date.fromisoformat(str(one["on"])) for one in answers if one.get("answer") == "declined"]
    return max(days, default=None)
