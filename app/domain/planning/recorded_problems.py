"""What is said at visits because of facts that the planner does not read: classes, consents, repeated findings."""

from collections.abc import Sequence
from datetime import date

from app.domain.calendar.entries import Calendar
from app.domain.facts.records import NewFact, Recorded
from app.domain.facts.study_record import ConsentForm
from app.domain.planning.consents import with_consents
from app.domain.planning.finding_ages import without_repeated
from app.domain.planning.unclassed import with_new_unclassed


def with_recorded_problems(
    calendar: Calendar,
    records: Sequence[Recorded],
    forms: Sequence[ConsentForm],
    consented: date,
    new: Sequence[NewFact] = (),
) -> Calendar:
    """Return the calendar with what a person has to look at at each visit, as far as these facts say it.

    `records`: the participant's facts that count; `new`: those to be recorded. `forms`: the versions of the consent
    form; `consented`: the day of the first consent.
    """
    facts: list[Recorded | NewFact] = [*records, *new]
    found = with_consents(with_new_unclassed(calendar, records, new), facts, forms, consented)
    return without_repeated(found, facts)
