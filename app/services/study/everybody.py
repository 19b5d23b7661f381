"""The participants of a study one after another: the facts of all of them at once may be more than the memory has."""

from collections.abc import Iterator, Sequence

from app.domain.facts.participant_record import ParticipantRecord
from app.progress import Progress
from app.services.study.ports import FactStore

_AT_ONCE = 200
"""Participants whose facts are in the memory together."""


def everybody(store: FactStore, progress: Progress | None = None) -> Iterator[ParticipantRecord]:
    """Yield every participant, enrolled or only screened, also those of whom no more than facts can be read."""
    return records_of(store, [person.subject for person in store.people()], progress)


def records_of(
    store: FactStore, subjects: Sequence[int], progress: Progress | None = None
) -> Iterator[ParticipantRecord]:
    """Yield the participants of these numbers, in the same order, and report each one that is done.

    Each of them has facts.
    """
    done = 0
    for start in range(0, len(subjects), _AT_ONCE):
        some = subjects[start : start + _AT_ONCE]
        found = {case.subject: case for case in ParticipantRecord.each(store.facts(subjects=some))}
        for subject in some:
            yield found[subject]
            done += 1
            if progress is not None:
                progress(done, len(subjects))
