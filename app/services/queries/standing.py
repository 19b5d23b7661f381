"""Where every participant is on one day: the epoch, the next visit, how many are overdue or to be looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.calendar.entries import OPEN, Calendar, Entry, Status
from app.domain.calendar.entry_codec import entry_of
from app.domain.calendar.progress import position_of
from app.domain.facts.participant_record import Stage
from app.domain.protocol.version import ProtocolVersion
from app.progress import Progress
from app.services.study.study import Study
from app.services.study.visit_cache import refresh_visits
from app.wording.fact_sentences import stage_text
from app.wording.language import gettext as _


@dataclass(frozen=True, slots=True)
class Standing:
    """One participant's place in the trial. `epoch`: its id, that of the last visit that was performed, else empty.

    `next`: the first open visit with a day. `overdue`, `notices`: the numbers of open visits that are overdue, and that
    a person should look at. `registered`: dates are only recorded.
    """

    epoch: str = ""
    next: Entry | None = None
    overdue: int = 0
    notices: int = 0
    registered: bool = False


@dataclass(frozen=True, slots=True)
class Standings:
    """The standing of each participant by code, and the names of the epochs, in the order of the protocols.

    `before`: the epochs of the way into the study, in which those are who are included and have not begun.
    """

    today: date
    by_code: Mapping[str, Standing] = field(default_factory=dict)
    epochs: Mapping[str, str] = field(default_factory=dict)
    before: frozenset[str] = frozenset()

    def of(self, code: str) -> Standing:
        """Return the standing of a participant; of one without a calendar it is empty."""
        return self.by_code.get(code, Standing())


def phase_text(stage: Stage, standing: Standing, found: Standings) -> str:
    """Return where a participant is in words: of those in the trial the epoch, else the stage."""
    if stage is not Stage.ENROLLED:
        return stage_text(stage)
    return _("registered") if standing.registered else epoch_text(standing.epoch, found) or stage_text(stage)


def epoch_text(epoch: str, found: Standings) -> str:
    """Return the name of an epoch; who is included and has not begun is in that of the screening."""
    return _("Included, not begun") if epoch in found.before else found.epochs.get(epoch, epoch)


def standings(study: Study, today: date, progress: Progress | None = None) -> Standings:
    """Return where everybody with a calendar is."""
    protocols = {one: study.protocol_with_values(one, study.facts) for one in study.facts.protocols}
    epochs = {epoch.id: epoch.name for protocol in protocols.values() for epoch in protocol.epochs}
    entries = (one.visits.get(one.enrolment_visit) for one in protocols.values())
    before = frozenset(visit.epoch for visit in entries if visit is not None)
    if not refresh_visits(study, today, today, progress):
        cases = study.each_case(progress=progress)
        planned = {one.code: _planned(study.protocol(one), study.calendar(one, today)) for one in cases}
        return Standings(today, planned, epochs, before)
    visits = study.store.visits
    people = {person.subject: person for person in study.people().values() if person.protocol in protocols}
    following = {row[0]: row for row in visits.first_open() if row[0] in people}
    performed = {row[0]: row for row in visits.last_performed() if row[0] in people}
    counts = {subject: numbers for subject, *numbers in visits.counts(today.isoformat())}
    found: dict[str, Standing] = {}
    for subject, person in people.items():
        protocol = protocols[person.protocol]
        last = entry_of(performed[subject], protocol, today) if subject in performed else None
        overdue, notices = counts.get(subject, (0, 0))
        found[person.code] = Standing(
            last.visit.epoch if last is not None else "",
            entry_of(following[subject], protocol, today) if subject in following else None,
            overdue,
            notices,
            last is not None and bool(last.registered),
        )
    return Standings(today, found, epochs, before)


def _planned(protocol: ProtocolVersion, calendar: Calendar) -> Standing:
    """Return the standing by the calendar, where the visits that are kept may be others."""
    position = position_of(protocol, calendar, calendar.today)
    open_entries = [one for one in calendar.entries if one.status in OPEN]
    return Standing(
        position.epoch,
        position.next if position.next is not None and not position.next.suspended else None,
        sum(one.status is Status.OVERDUE for one in open_entries),
        sum(bool(one.problems) for one in open_entries),
        any(one.registered for one in calendar.entries),
    )
