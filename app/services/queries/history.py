"""The history of a study: every fact with whether it still counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.facts.kinds import KINDS
from app.domain.facts.past_facts import PastFact, past_facts, takes_back
from app.domain.facts.records import Recorded
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One fact of the chain, its participant, and what became of it."""

    past: PastFact
    participant: str

    @property
    def record(self) -> Recorded:
        """The fact as it was recorded."""
        return self.past.record

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.past.taken_back_by is None

    @property
    def corrected_by(self) -> tuple[int, ...]:
        """The numbers of its corrections that count."""
        return tuple(one.seq for one in self.past.corrections)

    @property
    def may_be_corrected(self) -> bool:
        """Whether its fields can be corrected: it counts, and its kind allows it."""
        return self.stands and KINDS[self.record.kind].is_correctable

    @property
    def may_be_taken_back(self) -> bool:
        """Whether the command that recorded it can be taken back: it counts, is not for good and is no undo itself."""
        return self.stands and not KINDS[self.record.kind].permanent and not takes_back(self.record)

    def concerns(self, visit: str) -> bool:
        """Return whether it is about that visit, or corrects what is."""
        of = self.past.of
        own = (self.record, self.past.now) if of is None else (of,)
        return any(one.text("visit") == visit for one in own)


def visit_history(study: Study, code: str, visit: str) -> list[HistoryRow]:
    """Return the history of one visit."""
    return [row for row in history(study, code) if row.concerns(visit)]


def history(study: Study, code: str = "") -> list[HistoryRow]:
    """Return every fact in its order, of one participant or of all, also those that no longer count."""
    subject = study.subject(code) if code else None
    records = study.store.facts(subject=subject)
    return history_rows(records, {number: name for name, number in study.subjects().items()})


def history_rows(records: Sequence[Recorded], codes: Mapping[int, str]) -> list[HistoryRow]:
    """Return the history of facts that were read already; `codes`: the participants' codes by their numbers."""
    return [HistoryRow(past, codes.get(past.record.subject, "")) for past in past_facts(records)]
