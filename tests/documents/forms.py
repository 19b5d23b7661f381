"""Sheets with forms: of stories of the shipped trials, of the invented one of lamps, and of forms made by a test."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from app.documents.page_layout import Document
from app.documents.sheet import documents_of
from app.documents.sheet_rows import SheetSource
from app.domain.calendar.entries import Entry
from app.domain.protocol.forms import AnyValue, Asked, Form, Layout, Section
from app.services.queries.rehearsal import Rehearsal, rehearse
from app.wording.problems import problem_text
from app.wording.reasons import reason_texts

LAMPS = Path(__file__).parents[1] / "protocols" / "values.yaml"
ENROLLED = {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "MFFX"}


@cache
def life(
    protocol: str = "scanpan", today: str = "2026-11-24", facts: str = "[]", choices: str = "{}", **given: str
) -> Rehearsal:
    """A participant included on Monday 2026-11-23; `facts` and `choices`: JSON."""
    participant = {**ENROLLED, **given, "choices": json.loads(choices)}
    story = {"protocol": protocol, "today": today, "participant": participant, "facts": json.loads(facts)}
    return rehearse(json.dumps(story), LAMPS if protocol == "lamps" else None)


def lamps() -> Rehearsal:
    """A participant of the trial of lamps."""
    return life("lamps", code="NL-7", regimen="DROPS")


def documents(one: Rehearsal, *keys: str, notes: Any = None, centre: str = "Linköping") -> list[Document]:
    """The documents of these visits, or of all."""
    source = SheetSource(
        one.protocol,
        one.calendar,
        centre,
        {entry.key: reason_texts(entry, one.calendar) for entry in one.calendar.entries},
        {entry.key: [problem_text(each, one.calendar) for each in entry.problems] for entry in one.calendar.entries},
        one.choices,
        notes or {},
    )
    entries = [entry for entry in one.calendar.entries if not keys or entry.key in keys]
    return list(documents_of(source, entries, "record 12 · 4f2a 91c0"))


def with_form(one: Rehearsal, entry: Entry, *values: AnyValue, layout: Layout = "table", **given: Any) -> Rehearsal:
    """The same life with a form of these values, and no other, at that visit."""
    from dataclasses import replace

    asks: tuple[Asked, ...] = given.pop("asks", ())
    sections = (Section("S", given.pop("title", "Values"), values, layout, asks, {}, given.pop("legend", "")),)
    form = Form("F", given.pop("name", "A form"), "7", sections, (entry.visit.id,), **given)
    return replace(one, protocol=replace(one.protocol, forms=(form,)))
