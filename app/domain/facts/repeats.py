"""Facts that are recorded twice: the same adverse event, the same booking, the same extra visit on one day."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from app.domain.facts.kind import Json
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import NewFact, Recorded

Fact = NewFact | Recorded


def repeated(new: Sequence[NewFact], known: Sequence[Recorded], changes_calendar: bool) -> tuple[Recorded, ...]:
    """Return the known facts that these new ones record once more.

    `known`: the facts that count, without cancelled bookings. A booking, a move or a choice is no repeat where it
    `changes_calendar`: something else was recorded in between.
    """
    found = []
    for fact in new:
        wanted = _identity(fact, new)
        if wanted is None or (KINDS[fact.kind].plans and changes_calendar):
            continue
        same = (one for one in reversed(known) if one.kind == fact.kind and _identity(one, known) == wanted)
        found += list(islice(same, 1))
    return tuple(found)


def repeated_in_study(new: Sequence[NewFact], known: Sequence[Recorded]) -> tuple[Recorded, ...]:
    """Return the known facts about the study that these new ones record once more, without any effect.

    `known`: the facts that count. Only the last one about the same thing can be a repeat: a day that was opened
    since it was closed is closed once more with an effect.
    """
    last: dict[tuple[str, ...], Recorded] = {}
    for one in known:
        if KINDS[one.kind].thing:
            last[_thing(one)] = one
    found = []
    for fact in new:
        before = last.get(_thing(fact)) if KINDS[fact.kind].thing else None
        if before is not None and before.kind == fact.kind and _identity(before, ()) == _identity(fact, ()):
            found.append(before)
    return tuple(found)


def _thing(fact: Fact) -> tuple[str, ...]:
    """Return what a fact about the study is about: kinds about the same fields are about the same things."""
    names = KINDS[fact.kind].thing
    return (*names, *(_plain(fact.fields.get(name)) for name in names))


def _identity(fact: Fact, others: Iterable[Fact]) -> tuple[str, ...] | None:
    """Return the values that make two facts of the kind the same; None for a kind that cannot be repeated.

    `others`: the facts among which the day of an extra visit is looked up.
    """
    kind = KINDS[fact.kind]
    if not kind.same:
        return None
    fields = fact.fields
    if kind.extra:
        fields = {**_typed_with(fact, others), **fields}
    return tuple(_plain(fields.get(name)) for name in kind.same)


def _typed_with(fact: Fact, others: Iterable[Fact]) -> Mapping[str, Json]:
    """Return the fields of the fact that the extra fields became: the last booked or performed day of its visit."""
    visit = fact.fields.get("visit")
    mine = [one.fields for one in others if KINDS[one.kind].plans and one.fields.get("visit") == visit]
    return next((fields for fields in reversed(mine) if "on" in fields), {})


def _plain(value: Json) -> str:
    """Return a value without what makes no difference: letter case, blanks and punctuation."""
    text = "" if value is None else unicodedata.normalize("NFKC", str(value)).casefold()
    return "".join(filter(str.isalnum, text)) or text.strip()
