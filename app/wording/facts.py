"""Recorded facts in words: what happened, its fields, and who recorded it when. A fact is always one line."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.domain.kinds import KINDS, Field, Json, Type
from app.domain.records import SET, Recorded
from app.wording import dates
from app.wording.language import counted, marked, numbered
from app.wording.language import gettext as _

_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_BACK = re.compile(r"back (\d{1,15}) s", re.ASCII)
_MOST_ITEMS = 12
_MOST_LETTERS = 80
_A_MONDAY = date(2024, 1, 1)

_KINDS: Mapping[str, str] = {
    "screened": marked("screening"),
    "enrolled": marked("enrolment"),
    "booked": marked("booked"),
    "booking_cancelled": marked("booking cancelled"),
    "moved": marked("moved"),
    "performed": marked("visit done"),
    "missed": marked("visit missed"),
    "omitted": marked("dose omitted"),
    "decided": marked("decision"),
    "chosen": marked("choice"),
    "regimen_changed": marked("change of regimen"),
    "stopped": marked("treatment stopped"),
    "operation": marked("operation"),
    "treatment": marked("treatment given"),
    "specimen": marked("specimen"),
    "complication": marked("complication"),
    "adverse_event": marked("adverse event"),
    "progression": marked("progression or recurrence"),
    "questionnaire": marked("questionnaire"),
    "contact": marked("contact"),
    "unscheduled": marked("unscheduled visit"),
    "note": marked("note"),
    "withdrawn": marked("withdrawal"),
    "lost": marked("lost to follow-up"),
    "found_again": marked("found again"),
    "died": marked("death"),
    "printed": marked("printout"),
    "study_made": marked("start of the study"),
    "protocol_taken": marked("protocol taken in"),
    "site_set": marked("site"),
    "day_closed": marked("day closed"),
    "day_opened": marked("day opened"),
    "holidays_taken": marked("public holidays"),
    "value_set": marked("site value"),
    "value_confirmed": marked("value confirmed"),
    "agenda_printed": marked("agenda printed"),
    "restored": marked("restored from a backup"),
    "migrated": marked("change of file format"),
    "correction": marked("correction"),
    "redaction": marked("redaction"),
}

_FIELDS: Mapping[str, str] = {
    "action": marked("action taken with the treatment"),
    "after": marked("after"),
    "alive": marked("alive"),
    "at": marked("time"),
    "backup": marked("backup"),
    "basis": marked("basis of the finding"),
    "before": marked("before"),
    "bile_leak": marked("bile leak (ISGLS)"),
    "cause": marked("cause of death"),
    "cci": marked("CCI"),
    "centre": marked("centre"),
    "choice": marked("choice"),
    "choices": marked("choices"),
    "closed": marked("public holidays"),
    "closed_weekdays": marked("closed weekdays"),
    "code": marked("study code"),
    "cohort": marked("cohort"),
    "country": marked("country"),
    "criteria": marked("criteria"),
    "detail": marked("further detail"),
    "dge": marked("delayed gastric emptying (DGE)"),
    "done": marked("done"),
    "drug": marked("drug"),
    "end": marked("end time"),
    "ended": marked("end day"),
    "facts": marked("number of facts"),
    "files": marked("files"),
    "first": marked("first day"),
    "given": marked("dose given"),
    "grade": marked("grade"),
    "hash": marked("hash of the protocol"),
    "head": marked("head of the chain"),
    "how": marked("means of contact"),
    "judged": marked("window in force"),
    "kept": marked("place of storage"),
    "key": marked("value concerned"),
    "label": marked("number on the tube"),
    "language": marked("language"),
    "last": marked("last day"),
    "last_medication_on": marked("day of the last medication"),
    "liver": marked("procedure on the liver"),
    "liver_failure": marked("liver failure (ISGLS)"),
    "main": marked("main file"),
    "mg": marked("weight, mg"),
    "name": marked("name"),
    "names": marked("redacted fields"),
    "official": marked("official list"),
    "on": marked("day"),
    "outcome": marked("outcome"),
    "pancreas": marked("procedure on the pancreas"),
    "percent": marked("percent of the planned dose"),
    "phase": marked("phase of treatment"),
    "popf": marked("pancreatic fistula (POPF)"),
    "pph": marked("haemorrhage (PPH)"),
    "protocol": marked("protocol"),
    "questionnaire": marked("questionnaire"),
    "reached": marked("reached"),
    "reason": marked("reason"),
    "regimen": marked("regimen"),
    "related": marked("relation to the treatment"),
    "scope": marked("withdrawn from"),
    "serious": marked("serious"),
    "sex": marked("sex"),
    "site": marked("site"),
    "source": marked("source"),
    "specimen": marked("specimen"),
    "start": marked("start time"),
    "taken": marked("taken"),
    "term": marked("CTCAE term"),
    "text": marked("note"),
    "time_zone": marked("time zone"),
    "timing": marked("timing of the metastases"),
    "title": marked("title"),
    "to": marked("changed to"),
    "value": marked("value"),
    "version": marked("version"),
    "visit": marked("visit"),
    "visits": marked("visits"),
    "void": marked("no longer counts"),
    "what": marked("what"),
    "working": marked("working weekend days"),
    "year": marked("year"),
    "year_of_birth": marked("year of birth"),
}
_FIELDS_OF: Mapping[tuple[str, str], str] = {
    ("screened", "outcome"): marked("outcome of screening"),
    ("moved", "to"): marked("new day"),
    ("decided", "outcome"): marked("decision"),
    ("regimen_changed", "to"): marked("new regimen"),
    ("complication", "what"): marked("complication"),
    ("complication", "grade"): marked("Clavien-Dindo grade"),
    ("adverse_event", "grade"): marked("CTCAE grade"),
    ("progression", "what"): marked("finding"),
    ("progression", "site"): marked("site of disease"),
    ("printed", "what"): marked("document"),
    ("chosen", "value"): marked("answer"),
    ("protocol_taken", "hash"): marked("hash of the files"),
    ("migrated", "before"): marked("format before"),
    ("migrated", "after"): marked("format after"),
}
"""Labels where the same name means different things in different kinds."""
_PLURAL = frozenset({"choices", "closed", "closed_weekdays", "criteria", "files", "names", "visits", "working"})

_OPTIONS: Mapping[str, str] = {
    "ablation": marked("ablation"),
    "all": marked("the whole study"),
    "biochemical_leak": marked("biochemical leak"),
    "calendar": marked("calendar"),
    "clinic": marked("in the clinic"),
    "definite": marked("definite"),
    "distal_pancreatectomy": marked("distal pancreatectomy"),
    "dose_delayed": marked("dose delayed"),
    "dose_omitted": marked("dose omitted"),
    "dose_reduced": marked("dose reduced"),
    "eligible": marked("eligible"),
    "failure": marked("screen failure"),
    "female": marked("female"),
    "full": marked("full dose"),
    "letter": marked("letter"),
    "male": marked("male"),
    "message": marked("message"),
    "metachronous": marked("metachronous"),
    "no": marked("no"),
    "none": marked("none"),
    "other": marked("other"),
    "pancreatoduodenectomy": marked("pancreatoduodenectomy"),
    "pending": marked("pending"),
    "possible": marked("possible"),
    "probable": marked("probable"),
    "progression": marked("progression"),
    "recurrence": marked("recurrence"),
    "reduced": marked("reduced dose"),
    "registry": marked("registry"),
    "relative": marked("relative"),
    "resection": marked("resection"),
    "resection_and_ablation": marked("resection and ablation"),
    "sheet": marked("visit sheet"),
    "synchronous": marked("synchronous"),
    "telephone": marked("telephone"),
    "total_pancreatectomy": marked("total pancreatectomy"),
    "treatment": marked("treatment"),
    "treatment_stopped": marked("treatment stopped"),
    "unknown": marked("unknown"),
    "unlikely": marked("unlikely"),
    "unrelated": marked("unrelated"),
    "yes": marked("yes"),
}
"""The words for options; a grade is its own word."""

_YES_NO: Mapping[str, tuple[str, str]] = {
    "done": (marked("done"), marked("not done")),
    "official": (marked("official"), marked("not official")),
    "reached": (marked("reached"), marked("not reached")),
    "taken": (marked("taken"), marked("not taken")),
}
"""What yes and no are called within a sentence."""

_Part = tuple[str, str]
_AT: _Part = ("at", marked(", {value}"))
_REASON: _Part = ("reason", marked(": {value}"))
_DETAIL: _Part = ("detail", marked("; {value}"))
_ENDED: _Part = ("ended", marked(", ended on {value}"))
_AT_SITE: _Part = ("site", marked(" at {value}"))

_SAY: Mapping[str, tuple[str, tuple[_Part, ...]]] = {
    "screened": (
        marked("screened {code} for {protocol} on {on}"),
        (("outcome", marked(", {value}")), _REASON),
    ),
    "enrolled": (
        marked("enrolled {code} in {protocol} on {on}"),
        (
            ("regimen", marked(", regimen {value}")),
            ("country", marked(", {value}")),
            ("centre", marked(", centre {value}")),
            ("cohort", marked(", cohort {value}")),
        ),
    ),
    "booked": (marked("booked {visit} for {on}"), (_AT, _REASON)),
    "booking_cancelled": (marked("booking of {visit} cancelled"), (_REASON,)),
    "moved": (marked("{visit} moved to {to}"), (_REASON,)),
    "performed": (marked("{visit} done on {on}"), (_AT, _REASON)),
    "missed": (marked("{visit} missed on {on}"), (_REASON,)),
    "omitted": (marked("{visit} omitted on {on}"), (_REASON,)),
    "decided": (marked("decided {outcome} at {visit} on {on}"), (_REASON,)),
    "chosen": (marked("choice {choice}: {value}, from {on}"), (_REASON,)),
    "regimen_changed": (marked("regimen changed to {to} from {on}"), (_REASON,)),
    "stopped": (marked("treatment phase {phase} stopped on {on}"), (_REASON,)),
    "operation": (
        marked("operation {visit} on {on}"),
        (
            ("start", marked(", began {value}")),
            ("end", marked(", ended {value}")),
            ("pancreas", marked(", pancreas: {value}")),
            ("liver", marked(", liver: {value}")),
            _DETAIL,
        ),
    ),
    "treatment": (
        marked("{visit} given on {on}, {given}"),
        (("drug", marked(" of {value}")), ("percent", marked(", {value}% of the planned dose")), _REASON),
    ),
    "specimen": (
        marked("specimen {specimen} at {visit} {taken} on {on}"),
        (
            ("mg", marked(", {value} mg")),
            ("label", marked(", tube {value}")),
            ("kept", marked(", kept in {value}")),
            _REASON,
        ),
    ),
    "complication": (
        marked("complication: {what}, Clavien-Dindo {grade}, from {on}"),
        (
            _ENDED,
            ("popf", marked(", POPF: {value}")),
            ("pph", marked(", PPH: {value}")),
            ("dge", marked(", DGE: {value}")),
            ("liver_failure", marked(", liver failure: {value}")),
            ("bile_leak", marked(", bile leak: {value}")),
            ("cci", marked(", CCI {value}")),
        ),
    ),
    "adverse_event": (
        marked("adverse event: {term}, grade {grade}, from {on}"),
        (
            _ENDED,
            ("serious", marked(", serious: {value}")),
            ("related", marked(", relation to the treatment: {value}")),
            ("action", marked(", action: {value}")),
            _DETAIL,
        ),
    ),
    "progression": (marked("{what} found on {on}: {site}"), (("basis", marked(", by {value}")), _DETAIL)),
    "questionnaire": (
        marked("questionnaire {questionnaire} at {visit} {done} on {on}"),
        (("language", marked(", language {value}")), _REASON),
    ),
    "contact": (
        marked("contact on {on}"),
        (
            _AT,
            ("visit", marked(" for {value}")),
            ("how", marked(" ({value})")),
            ("reached", marked(": {value}")),
            ("alive", marked(", alive: {value}")),
            _DETAIL,
        ),
    ),
    "unscheduled": (marked("unscheduled visit {visit}"), (_REASON,)),
    "note": (marked("note"), (("visit", marked(" on {value}")), ("text", marked(": {value}")))),
    "withdrawn": (
        marked("withdrawn from {scope} on {on}"),
        (("last_medication_on", marked(", last medication on {value}")), _REASON),
    ),
    "lost": (marked("lost to follow-up on {on}"), (_REASON,)),
    "found_again": (marked("found again on {on}"), (_REASON,)),
    "died": (marked("died on {on}"), (("cause", marked(": {value}")),)),
    "printed": (
        marked("printed: {what}"),
        (("visits", marked(" for {value}")), ("head", marked("; head of the chain {value}"))),
    ),
    "study_made": (marked("study begun"), (("name", marked(": {value}")),)),
    "protocol_taken": (marked("protocol {protocol}, version {version}, taken in: {title}"), ()),
    "site_set": (
        marked("site {name} set: {country}"),
        (("time_zone", marked(", {value}")), ("closed_weekdays", marked(", closed weekdays: {value}"))),
    ),
    "day_closed": (marked("{on} closed"), (_AT_SITE, _REASON)),
    "day_opened": (marked("{on} opened"), (_AT_SITE, _REASON)),
    "holidays_taken": (
        marked("public holidays of {country} for {year} taken in: {closed}, {official}"),
        (("source", marked(" ({value})")),),
    ),
    "value_set": (marked("{key} of {protocol} set to {value}"), (_REASON,)),
    "value_confirmed": (
        marked("{key} of {protocol} confirmed"),
        (("value", marked(" as {value}")), _REASON),
    ),
    "agenda_printed": (
        marked("agenda printed from {first} to {last}"),
        (("head", marked("; head of the chain {value}")),),
    ),
    "restored": (
        marked("restored from the backup {backup}, number of facts: {facts}"),
        (("head", marked("; head of the chain {value}")),),
    ),
    "migrated": (marked("file format changed from {before} to {after}"), ()),
}
"""For each kind its sentence, then what follows it where that is recorded. The fact's fields fill the braces."""

_STAGES: Mapping[str, str] = {
    "screened": marked("screened"),
    "enrolled": marked("enrolled"),
    "withdrawn": marked("withdrawn"),
    "lost": marked("lost to follow-up"),
    "died": marked("died"),
}
_DEVIATIONS: Mapping[str, str] = {
    "missed": marked("missed"),
    "omitted": marked("omitted"),
    "unrecorded": marked("not recorded, window has passed"),
}


def kind_name(kind: str) -> str:
    """A short name for facts of that kind, such as ``visit done``."""
    return _(_KINDS[kind])


def field_name(name: str, kind: str = "") -> str:
    """The label of a field, also of ``set.NAME``; `kind` tells apart what several kinds call the same."""
    bare = name.removeprefix(SET)
    known = _FIELDS_OF.get((kind, bare)) or _FIELDS.get(bare)
    return _(known) if known is not None else _spaced(bare)


def value_text(field: Field | None, value: Json) -> str:
    """The value in words, on one line; what its field cannot hold is shown as it stands."""
    if value is None:
        return _("none")
    if field is None:
        return _plain(value)
    text = _items(field, value) if isinstance(value, list | dict) else _single(field, value)
    return _plain(value) if text is None else text


def fact_text(record: Recorded) -> str:
    """The fact in one line, such as ``SP-C01 done on Mon 30 Nov 2026, 10:15``."""
    if record.kind == "correction":
        return _correction(record)
    if record.kind == "redaction":
        return _redaction(record)
    sentence, parts = _SAY[record.kind]
    names = [field.name for field in KINDS[record.kind].fields]
    text = _(sentence).format(**{name: _said(record, name) or "?" for name in names})
    return text + _following(record, parts)


def details(record: Recorded) -> list[tuple[str, str]]:
    """Every recorded field as its label and its value in words; what only the program needs is left out."""
    form = KINDS[record.kind]
    found: list[tuple[str, str]] = []
    for field in form.fields:
        if not field.inner and (field.name in record.redacted or record.fields.get(field.name) is not None):
            found.append((field_name(field.name, form.id), _shown(record, field.name, field)))
    known = {field.name for field in form.fields}
    return found + [(label, text) for label, text, _quotable in _further(record, known)]


def who_text(record: Recorded) -> str:
    """Who recorded it, where and when: ``anna on WARD-3, Fri 20 Nov 2026, 07:45``."""
    who, workstation = _line(record.who) or "?", _line(record.workstation)
    text = _("{who} on {workstation}").format(who=who, workstation=workstation) if workstation else who
    at = _recorded_at(record.recorded_at, record.zone)
    text = f"{text}, {at}" if at else text
    if not record.clock:
        return text
    back = _BACK.fullmatch(record.clock)
    if back is None:
        return text + _("; the clock: {change}").format(change=_line(record.clock))
    return text + numbered(_("; the clock had gone back {n} s"), int(back[1]))


def deviation_text(what: str, days: int) -> str:
    """A departure from the protocol: ``2 days early``, ``missed``, ``not recorded, window has passed``."""
    if what == "early":
        return counted("{n} day early", "{n} days early", abs(days))
    if what == "late":
        return counted("{n} day late", "{n} days late", abs(days))
    known = _DEVIATIONS.get(what)
    return _(known) if known is not None else _spaced(what)


def stage_text(stage: str) -> str:
    """How far a participant has come: ``enrolled``, ``lost to follow-up``."""
    known = _STAGES.get(stage)
    return _(known) if known is not None else _spaced(stage)


# The parts of a sentence


def _said(record: Recorded, name: str) -> str:
    """A field within a sentence; empty where there is none."""
    if name in record.redacted:
        return _("(redacted)")
    value = record.fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) and name in _YES_NO:
        yes, no = _YES_NO[name]
        return _(yes) if value else _(no)
    return value_text(KINDS[record.kind].field(name), value)


def _following(record: Recorded, parts: Iterable[_Part]) -> str:
    said = ((text, _said(record, name)) for name, text in parts)
    return "".join(_(text).format(value=value) for text, value in said if value)


def _shown(record: Recorded, name: str, field: Field | None) -> str:
    return _("(redacted)") if name in record.redacted else value_text(field, record.fields.get(name))


def _correction(record: Recorded) -> str:
    if record.fields.get("void") is True:
        return numbered(_("fact {n} no longer counts"), record.about) + _following(record, (_REASON,))
    known = {field.name for field in KINDS[record.kind].fields}
    changes = [
        f"{label} {_('“{text}”').format(text=text) if quotable else text}"
        for label, text, quotable in _further(record, known)
    ]
    text = numbered(_("fact {n} corrected"), record.about)
    if changes:
        text += ": " + "; ".join(changes)
    return text + _following(record, (("reason", _("; reason: {value}")),))


def _redaction(record: Recorded) -> str:
    names = record.fields.get("names")
    if "names" in record.redacted or not isinstance(names, list) or not names:
        text = _("fact {n} was redacted")
    elif len(names) == 1 and _one_line(names[0]).removeprefix(SET) not in _PLURAL:
        text = _("fact {n}: the {fields} was redacted")
    else:
        text = _("fact {n}: the {fields} were redacted")
    return text.format(n=record.about, fields=_said(record, "names")) + _following(record, (_REASON,))


def _further(record: Recorded, known: Iterable[str]) -> list[tuple[str, str, bool]]:
    """The fields that the kind does not name, as a correction's: label, words, and whether these are a person's own."""
    names = [*record.fields, *sorted(record.redacted - record.fields.keys())]
    found: list[tuple[str, str, bool]] = []
    for name in names:
        if name in known:
            continue
        value = record.fields.get(name)
        kind, field = _meant(name.removeprefix(SET), value)
        if field is not None and field.inner:
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


def _meant(name: str, value: Json) -> tuple[str, Field | None]:
    """The field that a correction means, as far as name and value tell, and its kind where only one is possible."""
    all_of = [(kind.id, field) for kind in KINDS.values() for field in kind.fields if field.name == name]
    fitting = [pair for pair in all_of if _fits(pair[1], value)] or all_of
    if not fitting:
        return "", None
    if value is not None:
        best = min(_RANKS.get(field.type, 1) for _kind, field in fitting)
        fitting = [pair for pair in fitting if _RANKS.get(pair[1].type, 1) == best]
    labels = {field_name(name, kind) for kind, _field in fitting}
    kind, field = next((pair for pair in fitting if not pair[1].inner), fitting[0])
    return kind if len(labels) == 1 else "", field


def _fits(field: Field, value: Json) -> bool:
    match field.type:
        case Type.DAY:
            return isinstance(value, str) and _day(value) is not None
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


def _recorded_at(text: str, zone: str) -> str:
    """The moment on the clock of the zone that it was recorded in; in UTC, and said so, where that is not known."""
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return _line(text)
    try:
        return dates.instant(at.astimezone(ZoneInfo(zone)))
    except (KeyError, ValueError, OSError, OverflowError):
        return _("{instant} UTC").format(instant=dates.instant(at))


# Values


def _single(field: Field, value: Json) -> str | None:
    """One value in the words of its field; None where it is no such value."""
    if not isinstance(value, str):
        return None
    match field.type:
        case Type.DAY:
            on = _day(value)
            return dates.day(on) if on is not None else None
        case Type.ONE_OF:
            known = _OPTIONS.get(value) if value in field.options else None
            return _(known) if known is not None else _spaced(value)
        case Type.ANSWER:
            return _spaced(value)
        case Type.PLAIN:
            return _period(value)
        case _:
            # A text is a person's own and is shown whole, except where it is one of the protocol's ids.
            return _spaced(value) if field.name in ("outcome", "phase") else _line(value)


def _items(field: Field, value: list[Json] | dict[str, Json]) -> str | None:
    """Several values in the words of their field; None where it has no words of its own for them."""
    if field.name in ("closed", "working"):
        return counted("{n} day", "{n} days", len(value))
    if field.name == "files":
        names = value if isinstance(value, dict) else [one[0] for one in value if isinstance(one, list) and one]
        return _listed([_cut(_one_line(name)) for name in names])
    if isinstance(value, dict):
        if field.type is Type.TICKS:
            return ", ".join(f"{_line(str(name))} {_one_line(one)}" for name, one in value.items()) or _("none")
        if field.type is Type.ANSWERS:
            return "; ".join(f"{_spaced(str(name))}: {_answer(one)}" for name, one in value.items()) or _("none")
        return None
    if field.name == "names":
        return _listed([field_name(one) if isinstance(one, str) else _one_line(one) for one in value])
    if field.type is Type.WEEKDAYS:
        return ", ".join(map(_weekday, value)) or _("none")
    return _window(value) if field.type is Type.WINDOW else None


def _plain(value: Json) -> str:
    """Any value, shortened where it is long; what lies deeper than one level is left out."""
    if isinstance(value, dict):
        return _listed([f"{_cut(_line(str(name)))}: {_cut(_one_line(one))}" for name, one in value.items()], "; ")
    if isinstance(value, list):
        return _listed([_cut(_one_line(one)) for one in value])
    return _one_line(value)


def _one_line(value: Json) -> str:
    if value is None:
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return _number(value)
    return "…" if isinstance(value, list | dict) else _line(value)


def _answer(value: Json) -> str:
    return _spaced(value) if isinstance(value, str) else _one_line(value)


def _number(value: int | float) -> str:
    """The number as it was written; ``:g`` alone would round a weight of 1234.567 mg."""
    if isinstance(value, float):
        return f"{value:.12g}"
    try:
        return str(value)
    except ValueError:
        return _("a number too long to show")


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _window(value: list[Json]) -> str | None:
    days = [_day(one) for one in value if isinstance(one, str)]
    if len(value) != 2 or len(days) != 2:
        return None
    earliest, latest = days
    return dates.window(earliest, latest) if earliest is not None and latest is not None else None


def _weekday(value: Json) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 6:
        return dates.weekday(_A_MONDAY.replace(day=1 + value))
    return _one_line(value)


def _period(value: str) -> str | None:
    try:
        return dates.period(value)
    except ValueError:
        return None


def _listed(texts: list[str], between: str = ", ") -> str:
    """The texts in a row; of many only the first, and how many more there are."""
    if not texts:
        return _("none")
    more = len(texts) - _MOST_ITEMS
    shown = between.join(texts[:_MOST_ITEMS])
    return shown if more <= 0 else counted("{items} and {n} more", "{items} and {n} more", more).format(items=shown)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"


def _spaced(text: str) -> str:
    """An id of the protocol's or the program's as words."""
    return _line(text.replace("_", " "))


def _line(text: str) -> str:
    """The text on one line: a line break or tab is a space, what is invisible is dropped."""
    spaced = " ".join(str(text).split())
    visible = "".join(one for one in spaced if unicodedata.category(one) not in _INVISIBLE)
    return " ".join(visible.split())
