"""A recorded fact as a line of a participant's events: what happened, its grade or amount, and the rest.

The day is the heading of the line, and its kind stands before it, so a line says neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.facts.kinds import KINDS
from app.domain.facts.past_facts import PastFact
from app.domain.facts.reassigned import takes_back
from app.domain.facts.records import Recorded, as_corrected
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.fact_sentences import fact_text, field_text, kind_name
from app.wording.fact_values import field_name, line_of
from app.wording.kind_words import Part
from app.wording.language import counted, marked, numbered, sentence_case
from app.wording.language import gettext as _
from app.wording.protocol_names import NO_NAMES, Names

GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "visits": (marked("Visits"), ("performed", "missed", "omitted", "unscheduled")),
    "plan": (marked("Bookings and moves"), ("booked", "booking_cancelled", "moved")),
    "treatment": (marked("Treatment"), ("treatment", "regimen_changed", "stopped")),
    "decisions": (marked("Decisions"), ("decided", "chosen", "deviation_classed")),
    "operation": (marked("Operation"), ("operation",)),
    "specimens": (marked("Specimens"), ("specimen",)),
    "complications": (marked("Complications"), ("complication",)),
    "adverse": (marked("Adverse events"), ("adverse_event", "safety_report")),
    "contacts": (marked("Contacts"), ("contact",)),
    "questionnaires": (marked("Questionnaires"), ("questionnaire",)),
    "progression": (marked("Progression"), ("progression",)),
    "notes": (marked("Notes"), ("note",)),
    "entry": (marked("Enrolment and consent"), ("screened", "enrolled", "included", "consent")),
    "ends": (marked("Ends"), ("withdrawn", "lost", "found_again", "died")),
    "printed": (marked("Printed"), ("printed",)),
    "corrections": (marked("Corrections"), ("correction", "redaction")),
}
"""The groups of a participant's facts in their order, with their names and kinds."""
OTHER = "other"
_SHORT = 24
"""So many signs of a corrected value fit where the grade or amount is."""
_OF_KIND = {kind: group for group, (_name, kinds) in GROUPS.items() for kind in kinds}

_TITLES: Mapping[str, str] = {
    "performed": "{visit}",
    "missed": "{visit}",
    "omitted": "{visit}",
    "unscheduled": "{visit}",
    "booked": "{visit}",
    "booking_cancelled": "{visit}",
    "moved": "{visit}",
    "treatment": "{visit}",
    "regimen_changed": "{to}",
    "stopped": "{phase}",
    "decided": "{visit}",
    "chosen": "{choice}",
    "deviation_classed": marked("{visit}: {deviation}"),
    "operation": "{visit}",
    "specimen": "{specimen}",
    "complication": "{what}",
    "adverse_event": "{term}",
    "safety_report": "{what}",
    "contact": "{how}",
    "questionnaire": "{questionnaire}",
    "progression": marked("{what}, {site}"),
    "note": "{text}",
    "screened": marked("for {protocol}"),
    "enrolled": marked("in {protocol}"),
    "consent": marked("form version {version}"),
    "withdrawn": marked("from {scope}"),
    "lost": "{reason}",
    "found_again": "{reason}",
    "died": "{cause}",
    "printed": "{what}",
}
_AMOUNTS: Mapping[str, tuple[Part, ...]] = {
    "performed": (("at", "{value}"),),
    "booked": (("on", "{value}"), ("at", marked(", {value}"))),
    "moved": (("to", "{value}"),),
    "treatment": (("given", "{value}"), ("percent", marked(", {value}%"))),
    "decided": (("outcome", "{value}"),),
    "chosen": (("value", "{value}"),),
    "deviation_classed": (("class", "{value}"),),
    "operation": (("start", "{value}"), ("end", marked(" – {value}"))),
    "specimen": (("taken", "{value}"), ("mg", marked(", {value} mg"))),
    "complication": (
        ("grade", marked("Clavien-Dindo {value}")),
        ("popf", marked(", POPF {value}")),
        ("pph", marked(", PPH {value}")),
        ("dge", marked(", DGE {value}")),
    ),
    "adverse_event": (("grade", marked("grade {value}")), ("serious", marked(", serious: {value}"))),
    "safety_report": (("at", "{value}"),),
    "contact": (("reached", "{value}"), ("at", marked(", {value}"))),
    "questionnaire": (("done", "{value}"),),
    "screened": (("outcome", "{value}"),),
    "consent": (("answer", "{value}"),),
    "enrolled": (("regimen", "{value}"),),
}


def group_of(kind: str) -> str:
    """Return the group of a kind of fact."""
    return _OF_KIND.get(kind, OTHER)


def group_name(group: str) -> str:
    """Return the name of a group."""
    return _(GROUPS[group][0]) if group in GROUPS else _("Other")


def kind_text(record: Recorded) -> str:
    """Return the kind of a line: ``Visit done``."""
    return sentence_case(kind_name(record.kind))


def title_text(record: Recorded, names: Names = NO_NAMES) -> str:
    """Return what happened in a few words: the visit, the complication, the text of a note."""
    template = _TITLES.get(record.kind)
    if template is None:
        return sentence_case(kind_name(record.kind) if _has_a_day_alone(record) else fact_text(record, names))
    values = {one: field_text(record, one, names) for one in _fields_in(template)}
    if not any(values.values()):
        return sentence_case(kind_name(record.kind))
    return sentence_case(line_of(_(template).format(**{name: text or "?" for name, text in values.items()})))


def _has_a_day_alone(record: Recorded) -> bool:
    """Whether nothing but the day and a reason is said of it, as of an inclusion."""
    return all(name in ("on", "reason") for name in record.fields) and KINDS[record.kind].field("on") is not None


def amount_text(record: Recorded, names: Names = NO_NAMES) -> str:
    """Return the grade or amount of a line: ``Clavien-Dindo IIIa``, ``104 mg``; empty where it has none."""
    return _joined(record, _AMOUNTS.get(record.kind, ()), names)


def rest_text(record: Recorded, names: Names = NO_NAMES) -> str:
    """Return what the sentence of the fact says and the line does not say yet, such as its reason."""
    said = {*_fields_in(_TITLES.get(record.kind, "")), *(name for name, _text in _AMOUNTS.get(record.kind, ()))}
    if record.kind not in _TITLES:
        return ""
    parts = [*_MORE.get(record.kind, ()), *KIND_WORDS[record.kind].parts]
    return _joined(record, [part for part in parts if part[0] not in {*said, "head"}], names)


_MORE: Mapping[str, tuple[Part, ...]] = {
    "specimen": (("visit", marked(", {value}")),),
    "questionnaire": (("visit", marked(", {value}")),),
}
"""What the sentence has in itself and the title leaves out."""


def _joined(record: Recorded, parts: Sequence[Part], names: Names) -> str:
    found = ((text, field_text(record, name, names)) for name, text in parts)
    said = "".join((text if text == "{value}" else _(text)).format(value=value) for text, value in found if value)
    return line_of(said.lstrip(" ,;:–("))


def _fields_in(template: str) -> list[str]:
    return [piece.partition("}")[0] for piece in template.split("{")[1:]]


# What became of it


def changes_between(old: Recorded, new: Recorded, names: Names = NO_NAMES) -> list[tuple[str, str, str]]:
    """Return each field that differs with its name, and its old and new value in words; ``none`` where it has none."""
    found = []
    for field in KINDS[old.kind].fields:
        was, now = field_text(old, field.name, names), field_text(new, field.name, names)
        if was != now and not field.internal:
            label = sentence_case(field_name(field.name, old.kind))
            found.append((label, was or _("none"), now or _("none")))
    return found


def change_text(label: str, was: str, now: str) -> str:
    """Return a changed field: ``Grade: II → IIIa``."""
    return _("{field}: {was} → {now}").format(field=label, was=was, now=now)


def corrected_text(past: PastFact, names: Names = NO_NAMES) -> str:
    """Return how a fact was corrected, with old and new values; empty where it was not."""
    changes = changes_between(past.record, past.now, names) if past.corrections else []
    said = ", ".join(change_text(*one) for one in changes)
    return _("corrected: {changes}").format(changes=said) if said else ""


def correction_title(past: PastFact, names: Names = NO_NAMES) -> str:
    """Return what a correction is about: the kind and the title of the fact that it changes."""
    of = past.of
    if of is None:
        return sentence_case(fact_text(past.record, names))
    kind, title = kind_text(of), title_text(of, names)
    return kind if kind == title else f"{kind}: {title}"


def correction_amount(past: PastFact, names: Names = NO_NAMES) -> str:
    """Return what a correction did: the old and the new value, or that the fact was taken back or counts again."""
    record, of = past.record, past.of
    if of is None or record.kind != "correction":
        return ""
    if past.belongs_to:
        return _("belongs to {code}").format(code=names.of_person(past.belongs_to))
    if takes_back(record):
        return _("counts again") if past.brings_back else _("taken back")
    changes = changes_between(of, as_corrected(of, [record]), names)
    if len(changes) == 1:
        ((_label, was, now),) = changes
        said = _("{was} → {now}").format(was=was, now=now)
        if len(said) <= _SHORT:
            return said
    return counted("{n} value corrected", "{n} values corrected", len(changes)) if changes else ""


def correction_rest(past: PastFact, names: Names = NO_NAMES) -> str:
    """Return the fields that a correction changed, and why."""
    record, of, parts = past.record, past.of, []
    if of is not None and record.kind == "correction" and not takes_back(record):
        parts = [change_text(*one) for one in changes_between(of, as_corrected(of, [record]), names)]
    reason = line_of(record.text("reason"))
    return " · ".join(filter(None, (", ".join(parts), reason)))


def step_text(past: PastFact, names: Names = NO_NAMES) -> str:
    """Return one step of a line's history: recorded, corrected, taken back, or what else became of it."""
    record, of = past.record, past.of
    if record.kind == "redaction":
        return sentence_case(fact_text(record, names))
    reason = _reason(record)
    if record.kind != "correction" or of is None:
        came = fate_text(replace(past, taken_back_by=None), names)
        return _("Recorded: {what}").format(what=fact_text(record, names)) + (f" ({came})" if came else "")
    if past.belongs_to:
        return _("Belongs to {code}").format(code=names.of_person(past.belongs_to)) + reason
    if takes_back(record):
        what = _("Counts again") if past.brings_back else _("Taken back")
        return (what if of.kind != "correction" else f"{_('Correction')}: {what}") + reason
    changes = changes_between(of, as_corrected(of, [record]), names)
    return _("Corrected: {changes}").format(changes="; ".join(change_text(*one) for one in changes)) + reason


def _reason(record: Recorded) -> str:
    reason = line_of(record.text("reason"))
    return _(". Reason: {reason}").format(reason=reason) if reason else ""


def fate_text(past: PastFact, names: Names = NO_NAMES) -> str:
    """Return why a fact no longer counts, or whose it was before; empty where neither is so."""
    if past.taken_back_by is not None:
        said = _("belongs to {code}") if past.belongs_to else _("taken back")
        reason = line_of(past.taken_back_by.text("reason"))
        return said.format(code=names.of_person(past.belongs_to)) + (f": {reason}" if reason else "")
    if past.came_from:
        code = names.of_person(past.came_from)
        return numbered(_("recorded for {code} before, as fact {n}"), past.record.about).format(code=code)
    return ""
