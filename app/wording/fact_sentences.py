"""Recorded facts in words: what happened, its fields, and who recorded it when. A fact is always one line."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.domain.facts.kind import Field, Json, Type
from app.domain.facts.kinds import KINDS
from app.domain.facts.participant_record import Stage
from app.domain.facts.records import SET, NewFact, Recorded, provisional
from app.wording import dates
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.fact_values import day_of, field_name, line_of, one_line, value_text
from app.wording.field_catalogue import FIELD_WORDS
from app.wording.kind_words import REASON, Part
from app.wording.language import gettext as _
from app.wording.language import marked, numbered
from app.wording.protocol_names import NO_NAMES, Names
from app.wording.visible import visible_line

STAGES: Mapping[Stage, str] = {
    Stage.SCREENED: marked("screened"),
    Stage.SCREEN_FAILURE: marked("screen failure"),
    Stage.IN_SCREENING: marked("in screening"),
    Stage.ENROLLED: marked("enrolled"),
    Stage.OFF_TREATMENT: marked("off treatment, in follow-up"),
    Stage.WITHDRAWN: marked("withdrawn"),
    Stage.LOST: marked("lost to follow-up"),
    Stage.DIED: marked("died"),
}
_BACK = re.compile(r"back (\d{1,15}) s", re.ASCII)


def kind_name(kind: str) -> str:
    """Return a short name for facts of that kind, such as ``visit done``."""
    return _(KIND_WORDS[kind].name)


def fact_text(record: Recorded, names: Names = NO_NAMES) -> str:
    """Return the fact in one line, such as ``SP-C01 done on Mon 30 Nov 2026, 10:15``; `names`: those to say for ids."""
    if record.kind == "correction":
        return _correction(record)
    if record.kind == "redaction":
        return _redaction(record)
    words = KIND_WORDS[record.kind]
    fields = [field.name for field in KINDS[record.kind].fields]
    text = _(_sentence_of(record, names)).format(**{name: _field_text(record, name, names) or "?" for name in fields})
    return text + _parts_text(record, words.parts, names)


def changed_text(old: Recorded, new: Recorded, names: Names = NO_NAMES) -> str:
    """Return a fact in one line with the old and the new value of each field that differs.

    Such as ``SP-C01 done on Mon 30 Nov 2026 -> Tue 1 Dec 2026``. A changed field that the sentence does not have
    follows with its name. `names`: those to say for ids.
    """
    form, words = KINDS[old.kind], KIND_WORDS[old.kind]
    fields = [field.name for field in form.fields]
    values = {name: _change_of(old, new, name, names) for name in fields}
    sentence = _sentence_of(old, names)
    text = _(sentence).format(**{name: value or "?" for name, value in values.items()})
    text += "".join(_(part).format(value=values[name]) for name, part in words.parts if values.get(name))
    said = _said_in_words(old, names)
    for field in form.fields:
        name = field.name
        if name not in said and not field.internal and _field_text(old, name) != _field_text(new, name):
            text += f"; {field_name(name, form.id)}: {values[name]}"
    return text


def unsaid_text(record: Recorded, names: Names = NO_NAMES) -> str:
    """Return the fields of a fact that its sentence does not have, each with its label: ``sex: female``.

    `names`: those to say for ids.
    """
    said = _said_in_words(record, names)
    fields = (one for one in KINDS[record.kind].fields if not one.internal and one.name not in said)
    found = ((field_name(one.name, record.kind), _field_text(record, one.name, names)) for one in fields)
    return "; ".join(f"{label}: {text}" for label, text in found if text)


def _said_in_words(record: Recorded, names: Names) -> set[str]:
    """Return the names of the fields that the sentence of a fact has."""
    sentence = _sentence_of(record, names)
    in_it = {field.name for field in KINDS[record.kind].fields if f"{{{field.name}}}" in sentence}
    return in_it | {name for name, _part in KIND_WORDS[record.kind].parts}


def _change_of(old: Recorded, new: Recorded, name: str, names: Names) -> str:
    was, now = _field_text(old, name, names), _field_text(new, name, names)
    return was if was == now else f"{was or _('none')} -> {now or _('none')}"


def field_text(record: Recorded, name: str, names: Names = NO_NAMES) -> str:
    """Return a field of a fact as its sentence says it; empty where there is none. `names`: those to say for ids."""
    return _field_text(record, name, names) if KINDS[record.kind].field(name) is not None else ""


def details(record: Recorded, names: Names = NO_NAMES) -> list[tuple[str, str]]:
    """Return every recorded field as its label and its value in words; internal fields are left out.

    `names`: those to say for ids.
    """
    form = KINDS[record.kind]
    found: list[tuple[str, str]] = []
    for field in form.fields:
        if not field.internal and (field.name in record.redacted or record.fields.get(field.name) is not None):
            found.append((field_name(field.name, form.id), _shown(record, field.name, field, names)))
    known = {field.name for field in form.fields}
    return found + [(label, text) for label, text, _quotable in _unnamed_fields(record, known)]


def repeat_text(record: Recorded) -> str:
    """Return the remark that a fact was recorded before: ``The same was recorded on Fri 20 Nov 2026 … (fact 12)``."""
    on = record.planned_as_of
    day, who = on if isinstance(on, str) else dates.day(on), line_of(record.who) or "?"
    text = _("The same was recorded on {day} by {who} (fact {n}): {what}.")
    return text.format(day=day, who=who, n=record.seq, what=fact_text(record))


def note_text(record: Recorded) -> str:
    """Return a note on one line, with who wrote it on which day: ``port painful (anna, Fri 20 Nov 2026)``."""
    on = record.planned_as_of
    day = on if isinstance(on, str) else dates.day(on)
    return f"{line_of(record.text('text'))} ({', '.join(filter(None, (line_of(record.who), day)))})"


def who_text(record: Recorded) -> str:
    """Return who recorded it, where and when: ``anna on WARD-3, Fri 20 Nov 2026, 07:45``."""
    who, workstation = line_of(record.who) or "?", line_of(record.workstation)
    text = _("{who} on {workstation}").format(who=who, workstation=workstation) if workstation else who
    at = local_moment(record)
    text = f"{text}, {at}" if at else text
    return f"{text}; {clock_text(record)}" if record.clock else text


def clock_text(record: Recorded) -> str:
    """Return what is odd about the clock by which a fact was recorded: ``the clock had gone back 60 s``; else empty."""
    if not record.clock:
        return ""
    back = _BACK.fullmatch(record.clock)
    if back is None:
        return _("the clock: {change}").format(change=line_of(record.clock))
    return numbered(_("the clock had gone back {n} s"), int(back[1]))


def recorded_text(record: Recorded, today: date) -> str:
    """Return who recorded a fact and when, in short: ``anna, Fri 20 Nov 07:45``; the year where it is not this one."""
    at = _moment(record.recorded_at, record.zone)
    when = dates.day_narrow(at.date(), today, f"{at:%H:%M}") if at is not None else line_of(record.recorded_at)
    return ", ".join(filter(None, (line_of(record.who) or "?", when)))


def stage_text(stage: Stage) -> str:
    """Return the stage of a participant in words: ``enrolled``, ``lost to follow-up``."""
    return _(STAGES[stage])


# The parts of a sentence


def _sentence_of(record: Recorded, names: Names) -> str:
    """Return the sentence for a fact, which may be another one where a field is empty, or dates are only recorded."""
    words = KIND_WORDS[record.kind]
    if words.registered and names.only_records(record.fields):
        return words.registered
    return next((text for name, text in words.lacking.items() if record.fields.get(name) is None), words.sentence)


def _field_text(record: Recorded, name: str, names: Names = NO_NAMES) -> str:
    """Return a field within a sentence; empty where there is none."""
    if name in record.redacted:
        return _("(redacted)")
    value = record.fields.get(name)
    if value is None:
        return ""
    words = FIELD_WORDS.get(name)
    if isinstance(value, bool) and words is not None and words.yes:
        return _(words.yes if value else words.no)
    form = KINDS[record.kind].field(name)
    known = names.of_field(form, value)
    return visible_line(known) if known else value_text(form, value)


def _parts_text(record: Recorded, parts: Iterable[Part], names: Names = NO_NAMES) -> str:
    found = ((text, _field_text(record, name, names)) for name, text in parts)
    return "".join(_(text).format(value=value) for text, value in found if value)


def _shown(record: Recorded, name: str, field: Field | None, names: Names = NO_NAMES) -> str:
    known = names.of_field(field, record.fields.get(name))
    if known and name not in record.redacted:
        return visible_line(known)
    return _("(redacted)") if name in record.redacted else value_text(field, record.fields.get(name))


def _correction(record: Recorded) -> str:
    if record.fields.get("void") is True:
        return numbered(_("fact {n} no longer counts"), record.about) + _parts_text(record, (REASON,))
    known = {field.name for field in KINDS[record.kind].fields}
    changes = [
        f"{label} {_('“{text}”').format(text=text) if quotable else text}"
        for label, text, quotable in _unnamed_fields(record, known)
    ]
    text = numbered(_("fact {n} corrected"), record.about)
    if changes:
        text += ": " + "; ".join(changes)
    return text + _parts_text(record, (("reason", _("; reason: {value}")),))


def _redaction(record: Recorded) -> str:
    names = record.fields.get("names")
    if "names" in record.redacted or not isinstance(names, list) or not names:
        text = _("fact {n} was redacted")
    elif len(names) == 1 and not _is_plural(one_line(names[0]).removeprefix(SET)):
        text = _("fact {n}: the {fields} was redacted")
    else:
        text = _("fact {n}: the {fields} were redacted")
    return text.format(n=record.about, fields=_field_text(record, "names")) + _parts_text(record, (REASON,))


def _is_plural(name: str) -> bool:
    words = FIELD_WORDS.get(name)
    return words is not None and words.plural


def _unnamed_fields(record: Recorded, known: Iterable[str]) -> list[tuple[str, str, bool]]:
    """Return the fields that the kind does not have, such as those that a correction sets.

    Each with its label, its value in words, and whether these are a person's own words, which are quoted.
    """
    names = [*record.fields, *sorted(record.redacted - record.fields.keys())]
    found: list[tuple[str, str, bool]] = []
    for name in names:
        if name in known:
            continue
        value = record.fields.get(name)
        kind, field = _corrected_field(name.removeprefix(SET), value)
        if field is not None and field.internal:
            continue
        label = field_name(name, kind)
        if name in record.redacted:
            found.append((label, _("(redacted)"), False))
        elif value is None:
            found.append((label, _("removed"), False))
        else:
            own = field is None or field.type in _OWN_WORDS
            found.append((label, value_text(field, value), own and isinstance(value, str)))
    return found


_OWN_WORDS = frozenset({Type.TEXT, Type.CODE})
_RANKS = {Type.DAY: 0, Type.ONE_OF: 0, Type.TEXT: 2, Type.CODE: 2, Type.ANSWER: 2}


def _corrected_field(name: str, value: Json) -> tuple[str, Field | None]:
    """Return the field that a correction sets, and its kind where only one is possible.

    A correction does not name the kind of the fact that it corrects. Several kinds have a field of the same name, so
    the value decides: ``2026-11-30`` fits a day, ``male`` an option. Fields of one label need no decision.
    """
    all_of = [(kind.id, field) for kind in KINDS.values() for field in kind.fields if field.name == name]
    fitting = [pair for pair in all_of if _fits(pair[1], value)] or all_of
    if not fitting:
        return "", None
    if value is not None:
        best = min(_RANKS.get(field.type, 1) for _kind, field in fitting)
        fitting = [pair for pair in fitting if _RANKS.get(pair[1].type, 1) == best]
    labels = {field_name(name, kind) for kind, _field in fitting}
    kind, field = next((pair for pair in fitting if not pair[1].internal), fitting[0])
    return kind if len(labels) == 1 else "", field


def _fits(field: Field, value: Json) -> bool:
    match field.type:
        case Type.DAY:
            return isinstance(value, str) and (value in field.options or day_of(value) is not None)
        case Type.ONE_OF:
            return isinstance(value, str) and value in field.options
        case Type.YES_NO:
            return isinstance(value, bool)
        case Type.WHOLE | Type.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Type.ANSWER:
            return isinstance(value, str | bool)
        case Type.TICKS | Type.ANSWERS:
            return isinstance(value, dict)
        case Type.WEEKDAYS | Type.WINDOW:
            return isinstance(value, list)
        case Type.PLAIN:
            return value is not None
        case _:
            return isinstance(value, str)


def local_moment(record: Recorded) -> str:
    """Return when a fact was recorded by the clock of its time zone; by UTC, with a mark, where that is not known."""
    try:
        at = datetime.fromisoformat(record.recorded_at)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return line_of(record.recorded_at)
    try:
        return dates.instant(at.astimezone(ZoneInfo(record.zone)))
    except (KeyError, ValueError, OSError, OverflowError):
        return _("{instant} UTC").format(instant=dates.instant(at))


def _moment(text: str, zone: str) -> datetime | None:
    """Return a moment by the clock of its time zone; None where one of the two cannot be read."""
    try:
        return datetime.fromisoformat(text).astimezone(ZoneInfo(zone))
    except (KeyError, ValueError, OSError, OverflowError):
        return None


def saved_text(facts: Sequence[NewFact], code: str, names: Names = NO_NAMES) -> str:
    """What was saved, for the bar below: the fact and whose it is."""
    said = fact_text(provisional(facts[0], 0), names) if facts else ""
    return f"{code}: {said}" if code else said
