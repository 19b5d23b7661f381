"""Facts as they were recorded: each with its place in the chain, and who, when, where and by which rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.domain.facts.kind import Json, Subject
from app.domain.facts.kinds import KINDS

SET = "set."
"""The prefix of a field that a correction sets; null removes the field."""


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be recorded.

    `subject`: the participant's number, 0 for the study. `about`: the number of the fact that it changes, or
    of another participant's fact in whose place it is; 0 for none.
    """

    kind: str
    fields: Mapping[str, Json]
    subject: int = 0
    about: int = 0
    protocol: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The circumstances that every fact of one command carries. `today`: the civil date of its plan."""

    recorded_at: datetime
    zone: str
    today: date
    who: str
    workstation: str
    program: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact of the chain.

    `seq`: its number in the chain. `redacted`: the fields whose values were redacted. `clock`: ``back 60 s`` where the
    computer's clock had gone back since the fact before. The other fields are those of `NewFact` and `Stamp`.
    """

    seq: int
    command: int
    kind: str
    subject: int
    about: int
    protocol: str
    recorded_at: str
    zone: str
    clock: str
    today: str
    who: str
    workstation: str
    program: str
    fields: Mapping[str, Json]
    redacted: frozenset[str] = field(default_factory=frozenset)

    @property
    def planned_as_of(self) -> date | str:
        """The civil date of its plan; the text of the file where that is no date."""
        try:
            return date.fromisoformat(self.today)
        except ValueError:
            return self.today

    def text(self, name: str) -> str:
        """Return the field as text; empty where there is none."""
        found = self.fields.get(name)
        return "" if found is None else str(found)

    def day(self, name: str) -> date | None:
        """Return the field as a civil date; None where there is none."""
        found = self.fields.get(name)
        return date.fromisoformat(found) if isinstance(found, str) and found else None


def provisional(fact: NewFact, seq: int) -> Recorded:
    """Return a new fact as it would be read again under that number, without the circumstances of a command."""
    return Recorded(seq, 0, fact.kind, fact.subject, fact.about, fact.protocol, "", "", "", "", "", "", "", fact.fields)


def effect_of_corrections(records: Iterable[Recorded]) -> tuple[frozenset[int], dict[int, list[Recorded]]]:
    """Return the numbers of the facts that no longer count, and the valid corrections by the fact that they correct.

    A later correction may void an earlier one, so that an undo can be undone. Corrections are therefore applied from
    the last to the first: a void one has no effect.
    """
    void: set[int] = set()
    changes: dict[int, list[Recorded]] = {}
    for record in sorted(records, key=lambda one: one.seq, reverse=True):
        if record.kind != "correction" or record.seq in void:
            continue
        if record.fields.get("void") is True:
            void.add(record.about)
        else:
            changes.setdefault(record.about, []).insert(0, record)
    return frozenset(void), changes


def current_facts(records: Sequence[Recorded]) -> tuple[Recorded, ...]:
    """Return the facts that count, with their corrections applied, in the order in which they were recorded."""
    void, changes = effect_of_corrections(records)
    return tuple(
        as_corrected(record, changes.get(record.seq, ()))
        for record in records
        if record.seq not in void and KINDS[record.kind].subject is not Subject.FACT
    )


def as_corrected(record: Recorded, corrections: Sequence[Recorded]) -> Recorded:
    """Return the fact as it is after these corrections, in their order."""
    if not corrections:
        return record
    fields = dict(record.fields)
    redacted = set(record.redacted)
    for correction in corrections:
        for name, value in correction.fields.items():
            if name.startswith(SET):
                fields[name[len(SET) :]] = value
                redacted.discard(name[len(SET) :])
        for name in correction.redacted:
            if name.startswith(SET):
                fields.pop(name[len(SET) :], None)
                redacted.add(name[len(SET) :])
    fields = {name: value for name, value in fields.items() if value is not None}
    return replace(record, fields=fields, redacted=frozenset(redacted))
