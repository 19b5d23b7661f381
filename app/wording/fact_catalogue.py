"""The words for recorded facts, as tables: kinds, fields, options, and the sentence of each kind."""

from collections.abc import Mapping

from app.wording.language import marked

KIND_NAMES: Mapping[str, str] = {
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


Part = tuple[str, str]
_AT: Part = ("at", marked(", {value}"))
REASON: Part = ("reason", marked(": {value}"))
_DETAIL: Part = ("detail", marked("; {value}"))
_ENDED: Part = ("ended", marked(", ended on {value}"))
_AT_SITE: Part = ("site", marked(" at {value}"))

SENTENCES: Mapping[str, tuple[str, tuple[Part, ...]]] = {
    "screened": (
        marked("screened {code} for {protocol} on {on}"),
        (("outcome", marked(", {value}")), REASON),
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
    "booked": (marked("booked {visit} for {on}"), (_AT, REASON)),
    "booking_cancelled": (marked("booking of {visit} cancelled"), (REASON,)),
    "moved": (marked("{visit} moved to {to}"), (REASON,)),
    "performed": (marked("{visit} done on {on}"), (_AT, REASON)),
    "missed": (marked("{visit} missed on {on}"), (REASON,)),
    "omitted": (marked("{visit} omitted on {on}"), (REASON,)),
    "decided": (marked("decided {outcome} at {visit} on {on}"), (REASON,)),
    "chosen": (marked("choice {choice}: {value}, from {on}"), (REASON,)),
    "regimen_changed": (marked("regimen changed to {to} from {on}"), (REASON,)),
    "stopped": (marked("treatment phase {phase} stopped on {on}"), (REASON,)),
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
        (("drug", marked(" of {value}")), ("percent", marked(", {value}% of the planned dose")), REASON),
    ),
    "specimen": (
        marked("specimen {specimen} at {visit} {taken} on {on}"),
        (
            ("mg", marked(", {value} mg")),
            ("label", marked(", tube {value}")),
            ("kept", marked(", kept in {value}")),
            REASON,
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
        (("language", marked(", language {value}")), REASON),
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
    "unscheduled": (marked("unscheduled visit {visit}"), (REASON,)),
    "note": (marked("note"), (("visit", marked(" on {value}")), ("text", marked(": {value}")))),
    "withdrawn": (
        marked("withdrawn from {scope} on {on}"),
        (("last_medication_on", marked(", last medication on {value}")), REASON),
    ),
    "lost": (marked("lost to follow-up on {on}"), (REASON,)),
    "found_again": (marked("found again on {on}"), (REASON,)),
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
    "day_closed": (marked("{on} closed"), (_AT_SITE, REASON)),
    "day_opened": (marked("{on} opened"), (_AT_SITE, REASON)),
    "holidays_taken": (
        marked("public holidays of {country} for {year} taken in: {closed}, {official}"),
        (("source", marked(" ({value})")),),
    ),
    "value_set": (marked("{key} of {protocol} set to {value}"), (REASON,)),
    "value_confirmed": (
        marked("{key} of {protocol} confirmed"),
        (("value", marked(" as {value}")), REASON),
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

STAGES: Mapping[str, str] = {
    "screened": marked("screened"),
    "enrolled": marked("enrolled"),
    "withdrawn": marked("withdrawn"),
    "lost": marked("lost to follow-up"),
    "died": marked("died"),
}
DEVIATIONS: Mapping[str, str] = {
    "missed": marked("missed"),
    "omitted": marked("omitted"),
    "unrecorded": marked("not recorded, window has passed"),
}
