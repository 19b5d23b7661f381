"""Which visit was meant by a key that a calendar does not have: the next open occurrence of the nearest one."""

import re
from collections.abc import Collection, Sequence

from app.domain.calendar.entries import OPEN, Calendar, natural
from app.domain.facts.visit_keys import visit_of
from app.domain.folding import folded, known_identifier, nearest_identifier
from app.domain.refusal import Refused

_ID = re.compile(r"[#@/]")
_LEAST = 3
"""So many characters begin an id: ``SP-F`` begins that of every follow-up."""


def nearest_visit(typed: str, calendar: Calendar, known: Collection[str] = ()) -> str:
    """Return the key that was probably meant; empty where none is near.

    ``SP-C02`` means the next cycle whose day 1 is still open, ``SP-C03#1`` the next open day within cycle 1, and
    ``SP-C2#3`` means ``SP-C02#3``. `known`: the ids of the protocol's visits; one of them that is off the path means no
    other visit.
    """
    keys = sorted(calendar.keys | set(calendar.by_key), key=natural)
    if found := known_identifier(typed, keys):
        return found
    ids = tuple(dict.fromkeys(map(visit_of, keys)))
    typed_id = _ID.split(typed, maxsplit=1)[0].strip()
    if known_identifier(typed_id, known) and not known_identifier(typed_id, ids):
        return ""
    begun = [key for key in keys if len(typed_id) >= _LEAST and folded(visit_of(key)).startswith(folded(typed_id))]
    if begun and not known_identifier(typed_id, ids):
        return _next_open(begun, calendar)
    meant = known_identifier(typed_id, ids) or nearest_identifier(typed_id, ids)
    if not meant:
        return nearest_identifier(typed, keys)
    with_number = known_identifier(meant + typed.strip()[len(typed_id) :], keys)
    own = [key for key in keys if visit_of(key) == meant]
    within = [key for key in own if key.startswith(f"{meant}{typed.strip()[len(typed_id) :]}.")]
    return with_number or _next_open(within or own, calendar)


def is_known(typed: str, calendar: Calendar) -> bool:
    """Return whether the calendar knows a visit of that id, although not of that number."""
    known = {visit_of(key) for key in (*calendar.keys, *calendar.by_key)}
    return bool(known_identifier(_ID.split(typed, maxsplit=1)[0], known))


def not_on_calendar(typed: str, calendar: Calendar, known: Collection[str], place: str = "") -> Refused:
    """Return the refusal of a visit that the calendar does not have: unknown, or known although not here.

    `known`: the ids of the protocol's visits, of which this participant's path may lack some.
    """
    near = nearest_visit(typed, calendar, known)
    is_visit = is_known(typed, calendar) or known_identifier(_ID.split(typed, maxsplit=1)[0].strip(), known)
    return Refused("off_path" if is_visit else "unknown_visit", place, visit=typed[:60], near=near)


def _next_open(keys: Sequence[str], calendar: Calendar) -> str:
    """Return the open one of these visits that comes next, else the last one of the calendar, else the first key."""
    entries = [calendar.by_key[key] for key in keys if key in calendar.by_key]
    dated = [(entry.assumed, natural(entry.key), entry.key) for entry in entries if entry.status in OPEN]
    with_day = [(day, order, key) for day, order, key in dated if day is not None]
    if with_day:
        return min(with_day)[2]
    waiting = [key for _day, _order, key in dated]
    return next(iter(waiting), entries[-1].key if entries else keys[0])
