"""The record of an operation against the calendar and what was recorded before: what was done, at which visit, when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from app.domain.calendar.entries import Calendar, LeftOut
from app.domain.calendar.visit_scope import check_scope
from app.domain.facts.kind import Json, Kind
from app.domain.facts.kinds import KINDS
from app.domain.facts.planner_facts import Fact, Operated, Participant, Performed
from app.domain.facts.visit_keys import visit_of
from app.domain.planning.fact_index import FactIndex
from app.domain.planning.order_checks import first_operation
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Doubted, Refused, joined


def check_operation(protocol: ProtocolVersion, calendar: Calendar, earlier: Iterable[Fact], fact: Operated) -> None:
    """Check the record of an operation; `calendar` is that of the earlier facts.

    Raises:
        Refused: the visit is no operation, has a record already, or was performed on another day.
    """
    check_scope(KINDS["operation"], protocol, calendar, fact.visit)
    for one in earlier:
        if isinstance(one, Operated) and one.visit == fact.visit:
            raise Refused("two_results", visit=fact.visit, first="operation", on=one.on)
    check_same_day(calendar, fact.visit, fact.on)


def check_same_day(calendar: Calendar, visit: str, on: date) -> None:
    """Check that what was done at a visit was done on the day on which the visit was performed, where it was.

    Raises:
        Refused: it was performed on another day.
    """
    entry = calendar.by_key.get(visit)
    if entry is not None and entry.performed is not None and entry.performed != on:
        raise Refused("other_day", "on", visit=visit, on=on, held=entry.performed)


def left_refusal(left: LeftOut) -> Refused:
    """Return the refusal of a visit that the calendar does not have after what was done in an operation."""
    key, procedure = left.entry.key, left.procedure
    return Refused("left_out", visit=key, procedure=procedure, other=left.operation, operated=left.on)


def performed_with(fact: Operated) -> Performed:
    """Return the visit that the record of an operation says was performed."""
    return Performed(fact.visit, fact.on, fact.start)


def doubt_of_choices(
    protocol: ProtocolVersion, participant: Participant, earlier: Sequence[Fact], fact: Fact
) -> Doubted | None:
    """Return the doubts about an operation that gives a choice another answer than it has; None where it gives none."""
    if not isinstance(fact, Operated):
        return None
    before, after = (FactIndex(protocol, participant, facts).choices for facts in (earlier, [*earlier, fact]))
    return joined(
        Doubted("sets_choice", "pancreas", visit=fact.visit, question=protocol.choices[name].question, answer=answer)
        for name, answer in after.items()
        if before[name] != answer
    )


def doubts_of_no_operation(
    kind: Kind, fields: Mapping[str, Json], protocol: ProtocolVersion, before: Calendar, after: Calendar
) -> Iterator[Doubted]:
    """Yield the doubts about what follows an operation while none is recorded as performed.

    `before`, `after`: the calendars without and with the fact. A review 30 days after an operation that is planned for
    5 April and not recorded is judged by that day; if the operation was on 6 April, it is judged wrongly until then.
    """
    if kind.follows_operation and first_operation(after) is None:
        yield Doubted("no_operation", "on", event=kind.id)
    entry = before.by_key.get(str(fields.get("visit", ""))) if kind.is_judged else None
    if entry is None or entry.target is None or entry.counts_from_day is None:
        return
    basis = protocol.visits.get(visit_of(entry.counts_from))
    if basis is None or not basis.is_operation or entry.target <= entry.counts_from_day:
        return
    operated = after.by_key.get(entry.counts_from)
    if operated is None or operated.performed is None:
        yield Doubted("operation_open", "on", visit=entry.key, other=entry.counts_from)
