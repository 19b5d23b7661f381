"""Whether a fact can be read at all; one that cannot is represented by a fact that says so, under the same number.

What is checked is what the planner, the lists and the sentences rely on: the kind is known, and each value has the form
of its field. Whether a fact is right is nobody's to judge here.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from app.domain.facts.kind import Field, Json, Type
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import REDACTED_BEFORE
from app.domain.facts.records import Recorded
from app.domain.facts.study_kinds import LOST

UnreadableKind = Literal[
    "page_damaged", "fact_missing", "changed_since", "no_values", "unknown_kind", "impossible_value"
]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def unreadable(seq: int, why: UnreadableKind, subject: int = 0, kind: str = "", field: str = "") -> Recorded:
    """Return the fact that says that the one of this number cannot be read, and what is known of it."""
    known: dict[str, Json] = {"why": why}
    if kind in KINDS:
        known["kind"] = kind
    if field:
        known["field"] = field
    return Recorded(seq, 0, LOST, subject, 0, "", "", "", "", "", "", "", "", known)


def fault_of(record: Recorded) -> tuple[UnreadableKind, str] | None:
    """Return why a fact cannot be read, and the field; None where it can."""
    if record.kind not in KINDS:
        return "unknown_kind", ""
    known, needed = form_of(record.kind)
    if not is_day(record.today):
        return "impossible_value", "today"
    for name, value in record.fields.items():
        if value is None:
            continue
        field = known.get(name)
        if field is not None and not _has_form(field, value):
            return "impossible_value", name
    if record.kind == "correction" and not (record.about or record.redacted):
        return "impossible_value", "about"
    missing = [name for name in needed if record.fields.get(name) is None]
    if missing and not record.redacted:
        return "impossible_value", min(missing)
    return _odd_files(record)


def _odd_files(record: Recorded) -> tuple[UnreadableKind, str] | None:
    """Return the field of a fact about the study that is read part by part."""
    if record.kind == "holidays_taken":
        closed, working = record.fields.get("closed"), record.fields.get("working")
        days = [*(closed if isinstance(closed, dict) else ()), *(working if isinstance(working, list) else ())]
        return None if all(map(is_day, days)) else ("impossible_value", "closed")
    if record.kind == "protocol_taken":
        files = record.fields.get("files")
        if not isinstance(files, list) or not all(isinstance(one, list) and len(one) == 2 for one in files):
            return "impossible_value", "files"
    return None


@cache
def rules() -> str:
    """Return what a fact is judged by as a text, which is another one when the kinds or their fields are."""
    forms = ((kind, *form_of(kind)) for kind in KINDS)
    return repr([(kind, known, sorted(needed)) for kind, known, needed in forms])


@cache
def form_of(kind: str) -> tuple[Mapping[str, Field], frozenset[str]]:
    """Return the fields of a kind by name, and those without which the planner cannot read a fact."""
    form = KINDS[kind]
    made = form.planner_fact
    needed = {one.name for one in fields(made) if one.default is MISSING} if made is not None else set()
    return {one.name: one for one in form.fields}, frozenset(needed.difference(REDACTED_BEFORE))


def _has_form(field: Field, value: Json) -> bool:
    """Return whether a value has the form in which its field is stored."""
    match field.type:
        case Type.DAY:
            return is_day(value) or (isinstance(value, str) and value in field.options)
        case Type.TIME:
            return isinstance(value, str) and _TIME.fullmatch(value) is not None
        case Type.YES_NO:
            return isinstance(value, bool)
        case Type.WHOLE:
            return isinstance(value, int) and not isinstance(value, bool)
        case Type.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Type.WINDOW:
            return isinstance(value, list) and len(value) == 2 and all(map(is_day, value))
        case Type.ANSWERS | Type.TICKS:
            return isinstance(value, Mapping)
        case Type.WEEKDAYS:
            return isinstance(value, list) and all(isinstance(day, int) and day in range(7) for day in value)
        case Type.ANSWER:
            return isinstance(value, str | bool)
        case Type.PLAIN:
            return True
    return isinstance(value, str)


def is_day(value: object) -> bool:
    """Return whether a value is a civil date as facts keep it, ``2026-11-23``."""
    return isinstance(value, str) and _is_day_text(value)


@lru_cache(maxsize=10_000)
def _is_day_text(text: str) -> bool:
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
