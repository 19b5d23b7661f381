"""The words for every kind of fact: its names, sentence, menu text, command, and what it calls its own fields.

The order is that of the commands in the help of the command line.
"""

from collections.abc import Mapping

from app.domain.facts.kind import Kind
from app.domain.facts.kinds import KINDS
from app.wording.clinical_catalogue import CLINICAL_WORDS
from app.wording.common_reasons import OF_A_DAY, OF_A_DOSE, OF_A_STOP, OF_ABSENCE, OF_NO_BOOKING, OF_WITHDRAWAL
from app.wording.entry_catalogue import ENTRY_WORDS
from app.wording.kind_words import AT, PUMP_AT, REASON, CommandWords, DialogWords, KindWords, Part
from app.wording.language import gettext as _
from app.wording.language import marked

_AT_SITE: Part = ("site", marked(" at {value}"))
_HEAD: Part = ("head", marked("; head of the chain {value}"))
_ONLY: Part = ("filter", marked(", only {value}"))

KIND_WORDS: Mapping[str, KindWords] = {
    **ENTRY_WORDS,
    "performed": KindWords(
        marked("visit done"),
        marked("{visit} done on {on}"),
        (AT, PUMP_AT, REASON),
        dialog=DialogWords(marked("Mark done"), marked("Mark done")),
        menu=marked("Mar&k done…"),
        keys="Ctrl+Return",
        command=CommandWords("record", "a visit happened"),
        hints={"reason": marked("Why outside its window.")},
        reasons=OF_A_DAY,
    ),
    "missed": KindWords(
        marked("visit missed"),
        marked("{visit} missed on {on}"),
        (REASON,),
        dialog=DialogWords(marked("Record as missed"), marked("Record as missed")),
        menu=marked("Mi&ssed…"),
        command=CommandWords("miss", "a visit did not happen"),
        reasons=OF_ABSENCE,
    ),
    "omitted": KindWords(
        marked("dose omitted"),
        marked("{visit} omitted on {on}"),
        (REASON,),
        dialog=DialogWords(marked("Record as omitted"), marked("Record as omitted")),
        menu=marked("&Omit the dose…"),
        command=CommandWords("omit", "a dose was left out on purpose"),
        reasons=OF_A_DOSE,
    ),
    "booked": KindWords(
        marked("booked"),
        marked("booked {visit} for {on}"),
        (AT, REASON),
        dialog=DialogWords(marked("Book"), marked("Book"), again=marked("Rebook")),
        menu=marked("&Book…"),
        keys="Ctrl+B",
        command=CommandWords("book", "a day, perhaps a time, was arranged"),
        reasons=OF_A_DAY,
    ),
    "booking_cancelled": KindWords(
        marked("booking cancelled"),
        marked("booking of {visit} cancelled"),
        (REASON,),
        dialog=DialogWords(marked("Cancel the booking"), marked("Cancel the booking")),
        menu=marked("Cancel the booking…"),
        command=CommandWords("cancel-booking", "what was arranged no longer holds"),
        reasons=OF_NO_BOOKING,
    ),
    "moved": KindWords(
        marked("moved"),
        marked("{visit} moved to {to}"),
        (REASON,),
        dialog=DialogWords(marked("Move"), marked("Move visit")),
        menu=marked("&Move…"),
        keys="Ctrl+M",
        command=CommandWords("move", "another day, without an appointment yet"),
        labels={"to": marked("new day")},
        reasons=OF_A_DAY,
    ),
    "note": KindWords(
        marked("note"),
        marked("note"),
        (("visit", marked(" on {value}")), ("text", marked(": {value}"))),
        dialog=DialogWords(marked("Note"), marked("Save note")),
        menu=marked("&Note…"),
        record_menu=marked("Not&e…"),
        command=CommandWords("note", "a note on a visit"),
    ),
    "decided": KindWords(
        marked("decision"),
        marked("decided {outcome} at {visit} on {on}"),
        (REASON,),
        dialog=DialogWords(marked("Decision"), marked("Record decision")),
        menu=marked("&Decide…"),
        record_menu=marked("&Decision…"),
        keys="Ctrl+D",
        command=CommandWords("decide", "what was decided at a visit"),
        labels={"outcome": marked("decision")},
    ),
    "chosen": KindWords(
        marked("choice"),
        marked("choice {choice}: {value}, from {on}"),
        (REASON,),
        dialog=DialogWords(marked("Choice"), marked("Record choice")),
        menu=marked("Answer to a question of the protocol…"),
        record_menu=marked("&Answer to a question of the protocol…"),
        command=CommandWords("choose", "another answer to one of the protocol's choices"),
        labels={"value": marked("answer")},
        questions={"on": marked("from this day")},
    ),
    "regimen_changed": KindWords(
        marked("change of regimen"),
        marked("regimen changed to {to} from {on}"),
        (REASON,),
        dialog=DialogWords(marked("Change of regimen"), marked("Record change of regimen")),
        menu=marked("Change of &regimen…"),
        record_menu=marked("Chan&ge of regimen…"),
        command=CommandWords("regimen", "another regimen"),
        labels={"to": marked("new regimen")},
        questions={"on": marked("from this day")},
    ),
    "stopped": KindWords(
        marked("treatment stopped"),
        marked("treatment phase {phase} stopped on {on}"),
        (REASON,),
        dialog=DialogWords(marked("Treatment stopped"), marked("Record stop")),
        menu=marked("&Stop of treatment…"),
        record_menu=marked("&Stop of treatment…"),
        command=CommandWords("stop", "a phase of treatment stopped before its end"),
        reasons=OF_A_STOP,
    ),
    "deviation_classed": KindWords(
        marked("class of a deviation"),
        marked("deviation at {visit}, {deviation}, classed as {class}"),
        (
            ("number", marked(", number {value}")),
            ("comment", marked(": {value}")),
            ("cause", marked("; cause: {value}")),
            ("action", marked("; action: {value}")),
            ("found_on", marked("; found on {value}")),
            ("reported_on", marked("; reported on {value}")),
            ("reported_to", marked("; reported to {value}")),
            ("signed_by", marked("; signed by {value}")),
            ("signed_on", marked(" on {value}")),
        ),
        labels={"cause": marked("cause"), "action": marked("corrective and preventive action")},
        dialog=DialogWords(marked("Class of a deviation"), marked("Decide")),
        menu=marked("&Class of a deviation…"),
        command=CommandWords(
            "classify", "the class of a deviation", "The log (`log deviations`) has them, each with a proposal."
        ),
        hints={"deviation": marked("Where the visit has more than one in the log.")},
    ),
    **CLINICAL_WORDS,
    "unscheduled": KindWords(
        marked("unscheduled visit"),
        marked("{visit} added"),
        (REASON,),
        dialog=DialogWords(marked("Unscheduled visit"), marked("Add visit")),
        menu=marked("&Unscheduled visit…"),
        record_menu=marked("&Unscheduled visit…"),
        command=CommandWords(
            "add", "a visit outside the protocol's schedule", "Done, or booked if the day is to come."
        ),
        hints={"reason": marked("What the visit is for.")},
    ),
    "withdrawn": KindWords(
        marked("withdrawal"),
        marked("withdrawn from {scope} on {on}"),
        (("last_medication_on", marked(", last medication: {value}")), REASON),
        dialog=DialogWords(marked("Withdrawal"), marked("Record withdrawal")),
        menu=marked("&Withdrawal…"),
        record_menu=marked("Withdrawal…"),
        menu_answers={
            "treatment": marked("Withd&rawal from treatment…"),
            "all": marked("&Withdrawal from the whole study…"),
        },
        command=CommandWords("withdraw", "withdrawal from treatment, or from all of the study"),
        questions={"last_medication_on": marked("last medication")},
        reasons=OF_WITHDRAWAL,
    ),
    "lost": KindWords(
        marked("lost to follow-up"),
        marked("lost to follow-up on {on}"),
        (REASON,),
        dialog=DialogWords(marked("Lost to follow-up"), marked("Record as lost")),
        menu=marked("&Lost to follow-up…"),
        record_menu=marked("&Lost to follow-up…"),
        command=CommandWords("lost", "lost to follow-up"),
    ),
    "found_again": KindWords(
        marked("found again"),
        marked("found again on {on}"),
        (REASON,),
        dialog=DialogWords(marked("Found again"), marked("Record as found")),
        menu=marked("Found again…"),
        record_menu=marked("&Found again…"),
        command=CommandWords("found", "found again after having been lost"),
    ),
    "died": KindWords(
        marked("death"),
        marked("died on {on}"),
        (("cause", marked(": {value}")),),
        dialog=DialogWords(marked("Death"), marked("Record death")),
        menu=marked("&Death…"),
        record_menu=marked("Deat&h…"),
        command=CommandWords("died", "death"),
        questions={"on": marked("day of death")},
    ),
    "printed": KindWords(
        marked("printout"),
        marked("printed: {what}"),
        (("log", marked(" of {value}")), ("visits", marked(" for {value}")), _ONLY, _HEAD),
        labels={"what": marked("document")},
    ),
    "study_made": KindWords(marked("start of the study"), marked("study begun"), (("name", marked(": {value}")),)),
    "protocol_taken": KindWords(
        marked("protocol added"),
        marked("protocol {protocol}, version {version}, added: {title}"),
        labels={"hash": marked("hash of the files")},
    ),
    "site_set": KindWords(
        marked("site"),
        marked("site {name} set: {country}"),
        (
            ("time_zone", marked(", {value}")),
            ("closed_weekdays", marked(", closed weekdays: {value}")),
            ("day_phone", marked(", by day: {value}")),
            ("night_phone", marked(", by night: {value}")),
            ("fever_rule", marked(", fever: {value}")),
            ("calendar_language", marked(", participants' calendars in: {value}")),
            ("paper", marked(", paper: {value}")),
        ),
    ),
    "day_closed": KindWords(marked("day closed"), marked("{on} closed"), (_AT_SITE, REASON)),
    "day_opened": KindWords(marked("day opened"), marked("{on} opened"), (_AT_SITE, REASON)),
    "holidays_taken": KindWords(
        marked("public holidays"),
        marked("public holidays of {country} for {year} added: {closed}, {official}"),
        (("source", marked(" ({value})")),),
    ),
    "value_set": KindWords(marked("site value"), marked("{key} of {protocol} set to {value}"), (REASON,)),
    "value_confirmed": KindWords(
        marked("value confirmed"),
        marked("{key} of {protocol} confirmed"),
        (("value", marked(" as {value}")), ("by", marked(" by {value}")), ("on", marked(" on {value}")), REASON),
    ),
    "agenda_printed": KindWords(
        marked("agenda printed"),
        marked("agenda printed from {first} to {last}"),
        (_ONLY, _HEAD),
    ),
    "deviations_printed": KindWords(marked("deviation log printed"), marked("deviation log printed"), (_HEAD,)),
    "log_printed": KindWords(marked("log printed"), marked("log printed: {log}"), (_ONLY, _HEAD)),
    "restored": KindWords(
        marked("restored from a backup"),
        marked("went on from fact {facts}"),
        (("backup", marked(" of the backup {value}")), _HEAD, REASON),
    ),
    "migrated": KindWords(
        marked("change of file format"),
        marked("file format changed from {before} to {after}"),
        labels={"before": marked("format before"), "after": marked("format after")},
    ),
    "planning_accepted": KindWords(
        marked("other planning rules accepted"),
        marked("planning rules {before} -> {after} accepted; visits moved: {visits}, of participants: {participants}"),
    ),
    "rescued": KindWords(
        marked("rescue from a damaged file"),
        marked("rescued from the damaged file {file}, facts that could be read: {facts}, facts that could not: {lost}"),
        (_HEAD,),
        labels={"file": marked("damaged file"), "lost": marked("facts that could not be read")},
    ),
    "fact_lost": KindWords(
        marked("fact that cannot be read"),
        marked("cannot be read: {why}"),
        (("kind", marked("; it was recorded as: {value}")), ("field", marked("; in its field “{value}”"))),
        labels={"why": marked("why it cannot be read"), "kind": marked("kind of fact"), "field": marked("field")},
    ),
    "loss_settled": KindWords(marked("lost facts settled"), marked("lost facts {numbers} settled"), (REASON,)),
    "correction": KindWords(marked("correction")),
    "redaction": KindWords(marked("redaction")),
}
"""The words for each kind."""


def commands() -> dict[str, tuple[Kind, CommandWords]]:
    """Return the kinds that have a command at the terminal, with the words for it, by its name."""
    found = ((KINDS[kind], words.command) for kind, words in KIND_WORDS.items())
    return {command.name: (kind, command) for kind, command in found if command is not None}


def menu_text(kind: str) -> str:
    """Return the text of a kind in the menu bar, with its mnemonic."""
    return _(KIND_WORDS[kind].menu)


def button_text(kind: str) -> str:
    """Return the text of a kind on a button, which has no mnemonic."""
    return menu_text(kind).replace("&", "")


def event_menu_text(kind: str) -> str:
    """Return the text of a kind in the menu of events, with its mnemonic where it has its own there."""
    words = KIND_WORDS[kind]
    return _(words.record_menu) if words.record_menu else button_text(kind)
