"""The history of a study: every fact with whether it still counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.facts.kind import OptionSource, Type
from app.domain.facts.kinds import KINDS
from app.domain.facts.past_facts import PastFact, past_facts
from app.domain.facts.reassigned import hands_over, may_be_reassigned, takes_back, takes_place
from app.domain.facts.records import SET, Recorded
from app.domain.facts.redaction import may_be_redacted
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

    @property
    def may_be_reassigned(self) -> bool:
        """Whether it can be given to another participant: it counts, and its kind allows it."""
        return self.stands and may_be_reassigned(self.record.kind)

    @property
    def may_be_redacted(self) -> bool:
        """Whether it has values of a person's own words that could be taken out for good."""
        return bool(self.redactable)

    @property
    def redactable(self) -> tuple[str, ...]:
        """The fields with a person's own words, as they were recorded; of a correction with the prefix that it sets."""
        if not self.participant and not KINDS[(self.past.of or self.record).kind].is_correctable:
            return ()
        fields = self.record.fields.items()
        found = [name for name, value in fields if isinstance(value, str) and self._is_in_own_words(name)]
        # What the study itself is named by is no word about anybody.
        return tuple(found if self.participant else [name for name in found if not self.still_needs(name)])

    def still_needs(self, name: str) -> bool:
        """Return whether a value counts and cannot go before it was corrected."""
        counts = self.stands and self.past.now.fields.get(name) == self.record.fields.get(name)
        return counts and not name.startswith(SET) and not may_be_redacted(self.record.kind, name)

    def _is_in_own_words(self, name: str) -> bool:
        kind = (self.past.of or self.record).kind if name.startswith(SET) else self.record.kind
        field = KINDS[kind].field(name.removeprefix(SET))
        if (
            field is None
            or field.type not in (Type.TEXT, Type.CODE)
            or field.internal
            or KINDS[self.record.kind].permanent
        ):
            return False
        return field.options_from in (None, OptionSource.REASONS)

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
    return history_rows(study, study.store.facts(subject=subject))


def history_of_fact(study: Study, seq: int) -> HistoryRow | None:
    """Return the history of one fact, of a participant or of the study; None where there is none of that number."""
    record = study.store.fact(seq)
    if record is None:
        return None
    rows = history_rows(study, study.store.facts(subject=record.subject))
    return next(row for row in rows if row.record.seq == seq)


def history_rows(study: Study, records: Sequence[Recorded]) -> list[HistoryRow]:
    """Return the history of facts that were read already: all of one participant, or all of the study."""
    codes = {number: code for code, number in study.subjects().items()}
    past = past_facts(records, _others(study, records))
    return [HistoryRow(one, codes.get(one.record.subject, "")) for one in past]


def _others(study: Study, records: Sequence[Recorded]) -> dict[int, int]:
    """Return the other participant of each fact that was given away or came instead, by its number.

    These are few, and each is looked up by itself.
    """
    found: dict[int, int] = {}
    for one in records:
        if takes_place(one):
            before = study.store.fact(one.about)
            found[one.seq] = before.subject if before is not None else 0
        elif hands_over(one):
            instead = (other for other in study.store.facts(about=one.about) if takes_place(other))
            found[one.seq] = next((other.subject for other in instead if other.command == one.command), 0)
    return found
