"""Whether the days of one event are in the order in which they can have been, such as known on a day before it began.

What is not so is asked about, not refused: a day that was typed before may be the wrong one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from app.domain.facts.kind import Json, Kind
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import NewFact, Recorded
from app.domain.facts.safety import REPORT_KIND
from app.domain.facts.visit_kinds import CLASS_KIND
from app.domain.refusal import Doubted

_PAIRS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "adverse_event": (("on", "aware_on", "began"),),
    CLASS_KIND: (("found_on", "reported_on", "found"), ("found_on", "signed_on", "found")),
}
"""Of a kind the fields of two days, of which the second is not before the first, and what the first one is."""
_OF_DEVIATION = ("found_on", "reported_on", "signed_on")


def doubts_of_order_within(
    kind: Kind, fields: Mapping[str, Json], records: Sequence[Recorded], names: Collection[str] | None = None
) -> Iterator[Doubted]:
    """Yield a doubt for each day of a fact that lies before another one which it follows.

    `records`: the participant's facts, for the event that a report is about. `names`: the fields to look at, None for
    all.
    """
    for first, later, what in _PAIRS.get(kind.id, ()):
        if names is None or {first, later} & {*names}:
            yield from _before(later, fields.get(later), fields.get(first), what)
    if kind.id == CLASS_KIND:
        happened = _day_of_deviation(fields.get("frozen"))
        for later in _OF_DEVIATION:
            if names is None or later in names:
                yield from _before(later, fields.get(later), happened, "happened")
    if kind.id == REPORT_KIND and (names is None or {"on", "at"} & {*names}):
        event = next((one for one in records if one.seq == fields.get("event")), None)
        if event is not None:
            yield from _report_before_awareness(fields, event)


def doubts_of_death_after_news(facts: Sequence[NewFact]) -> Iterator[Doubted]:
    """Yield a doubt where one command records a death and, on a day before it, an event that told of it."""
    news = [one.fields.get("on") for one in facts if KINDS[one.kind].tells_of_death is not None]
    for death in (one.fields.get("on") for one in facts if one.kind == "died"):
        for on in news:
            yield from _before("on", on, death, "died")


def _before(name: str, later: Json, first: Json, what: str) -> Iterator[Doubted]:
    if isinstance(later, str) and isinstance(first, str) and later < first:
        yield Doubted(
            "day_before_other", name, on=date.fromisoformat(later), held=date.fromisoformat(first), follows=what
        )


def _day_of_deviation(row: Json) -> str | None:
    """Return the day of a deviation as its row was numbered: that of the visit, else the one after its window."""
    if not isinstance(row, Mapping):
        return None
    on, latest = row.get("on"), row.get("latest")
    if isinstance(on, str):
        return on
    return (date.fromisoformat(latest) + timedelta(1)).isoformat() if isinstance(latest, str) else None


def _report_before_awareness(fields: Mapping[str, Json], event: Recorded) -> Iterator[Doubted]:
    """Yield a doubt where a report was sent before the site knew of the event; without that day, before it began."""
    aware = event.fields.get("aware_on")
    yield from _before("on", fields.get("on"), aware or event.fields.get("on"), "aware" if aware else "began")
    sent_at, aware_at = fields.get("at"), event.fields.get("aware_at")
    if fields.get("on") == aware and isinstance(sent_at, str) and isinstance(aware_at, str) and sent_at < aware_at:
        yield Doubted("day_before_other", "at", on=sent_at, held=aware_at, follows="aware")
