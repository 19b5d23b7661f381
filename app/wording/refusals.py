"""The words of refusals: the place, the reason, and the remedy."""

from collections.abc import Mapping
from datetime import date

from app.domain.dates import Value
from app.domain.refusal import Doubted, RefusalKind, Refused
from app.wording.dates import day
from app.wording.doubt_texts import DOUBT_TEXTS, FOLLOWED, LIKENESSES
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.file_refusals import FILE_SENTENCES
from app.wording.language import gettext as _
from app.wording.language import marked, sentence_case
from app.wording.protocol_names import NO_NAMES, Names
from app.wording.refusals_of_operations import OF_OPERATIONS
from app.wording.refusals_on_screen import ON_SCREEN
from app.wording.visible import visible_line


def refusal_text(refused: Refused, on_screen: bool = False, names: Names = NO_NAMES) -> str:
    """Return the refusal as ``place: reason. Remedy``; `on_screen`: the remedy names no command of the terminal.

    `names`: those to say for the ids of visits and phases.

    Several doubts about one request are said one after the other, and a remedy that they share is said once, last.
    """
    if not isinstance(refused, Doubted) or not refused.further:
        return "".join(_parts(refused, on_screen, names))
    parts = [_parts(one, on_screen, names) for one in refused.each]
    places = dict.fromkeys(place for place, _reason, _remedy in parts)
    reasons = [f"{place if len(places) > 1 else ''}{reason}" for place, reason, _remedy in parts]
    remedies = dict.fromkeys(remedy.removeprefix(". ") for _place, _reason, remedy in parts if remedy)
    said = ". ".join([reasons[0], *map(sentence_case, [*reasons[1:], *remedies])])
    return f"{next(iter(places))}{said}" if len(places) == 1 else said


def _parts(refused: Refused, on_screen: bool, names: Names) -> tuple[str, str, str]:
    """Return place, reason and remedy, which together are the text."""
    values = {name: visible_line(shown_value(value)) for name, value in names.in_values(refused.values).items()}
    if follows := values.get("follows"):
        values["follows"] = _(FOLLOWED.get(follows, follows))
    if event := values.get("event"):
        values["event"] = _(KIND_WORDS[event].name) if event in KIND_WORDS else event
        values["visit"] = values.get("visit") or values["event"]
    if looks := values.get("looks"):
        values["looks"] = _(LIKENESSES.get(looks, looks))
    if on_screen and (near := values.get("near")):
        values["near"] = visible_line(names.visits.get(near, near))
    values["near"] = _(" Did you mean “{name}”?").format(name=values["near"]) if values.get("near") else ""
    texts = {**_TEXTS, **ON_SCREEN} if on_screen else _TEXTS
    reason, stop, remedy = _(texts[refused.kind]).partition(". ")
    place = f"{visible_line(_place(refused.place))}: " if refused.place else ""
    more = _(". The newest good backup is {path}").format(path=values["newest"]) if "newest" in values else ""
    return place, reason.format(**values), stop + remedy.format(**values) + more


def shown_value(value: Value) -> str:
    """Return a parameter of a refusal in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return day(value) if isinstance(value, date) else str(value)


def _place(place: str) -> str:
    number, dot, name = place.partition(".")
    if number.isdigit():
        return _("fact {n}").format(n=number) + (f", {name}" if dot else "")
    return place


_TEXTS: Mapping[RefusalKind, str] = {
    **OF_OPERATIONS,
    "not_json": marked("this is no JSON: line {line}, column {column}: {problem}. Correct it there"),
    "not_utf8": marked("the text is not UTF-8. Save it as UTF-8"),
    "not_ordinary": marked(
        "this is no ordinary file but a folder, a pipe, a socket or a device. Name a file, or - for standard input"
    ),
    "unreadable": marked("this file cannot be read: {problem}. See its name, its folder and who may read it"),
    "unwritable": marked("{path} cannot be written: {problem}. Choose another place"),
    "print_needs_output": marked("--print and -o go together. Say what to print and where the PDF goes"),
    "no_effect": marked("this has no effect with {word}. Leave it out"),
    "language_needs_calendar": marked("--language is for --print calendar, the participant's own calendar"),
    "large_needs_calendar": marked(
        "large type is for the calendar alone. Ask for --print calendar, or leave --large out"
    ),
    "calendar_of_dead": marked("{code} has died, so there is no calendar to print. Correct the death if it is wrong"),
    "page_of_study": marked("this page belongs to the study, and to no participant. Leave the code out"),
    "nothing_to_print": marked(
        "no open visit has a date, so there is no sheet to print. Print the calendar, or book a visit first"
    ),
    "nothing_on_day": marked(
        "no open visit is planned for {on} among those that are asked for, so there is no sheet to print. "
        "Choose another day, or other visits"
    ),
    "days_twice": marked("the days are given twice: by --days and by {name}. Leave one out"),
    "unprintable": marked("{what}: no font has {characters}. Correct the text"),
    "too_large": marked("the text is longer than {largest} characters. Give one patient's story"),
    "field_twice": marked("line {line}, column {column}: the field “{name}” is there twice. Keep one"),
    "field_unknown": marked("unknown field “{name}”.{near} Known here: {known}"),
    "field_missing": marked("the field “{name}” is missing. Add it"),
    "not_object": marked("this must be an object, as {{…}}"),
    "not_list": marked("this must be a list, as […]"),
    "not_text": marked("this must be a text that is not empty, in quotes"),
    "text_too_long": marked("the text is longer than {longest} characters. Shorten it"),
    "text_broken": marked("the text has half of a character in it. Type it again"),
    "code_form": marked("a study code has 1 to 60 characters on one line"),
    "code_hidden": marked("the study code has a sign in it that nobody sees ({sign}). Type the code again without it"),
    "code_look_alike": marked("“{sign}” ({number}) in the study code looks like “{plain}”. Type “{plain}” instead"),
    "date_form": marked("“{value}” is no date. Write it as 2026-11-23"),
    "date_impossible": marked("{value} is a day that no calendar has. Correct the date, as 2026-11-23"),
    "date_far": marked("{value} lies outside {first} to {last}. Correct the date, as 2026-11-23"),
    "date_hyphens": marked("“{value}” can be read in more than one way. Write it as 2026-11-23 or 23 nov"),
    "date_no_planned": marked(
        "“{value}” counts from the day that a visit has now, and there is none here. Write it as 2026-11-23"
    ),
    "date_no_today": marked("“{value}” depends on what day it is. Write it here as 2026-11-23"),
    "date_several": marked("“{value}” is more than one day. Give one of them, as 2026-11-23"),
    "date_two_ways": marked("“{value}” can be {one} or {other}. Write the one that is meant, as 23 nov"),
    "date_weekday": marked("“{value}”: that day is {on}. Correct the day, or leave the weekday out"),
    "date_with_time": marked("“{value}” has a time. Give the day alone, as 2026-11-23"),
    "before_enrolment": marked(
        "{visit} on {on} lies before the enrolment on {enrolled}, and it cannot. Correct one of the days"
    ),
    "before_consent": marked("{visit} on {on} lies before the consent on {consent}. Correct one of the days"),
    "consent_after_enrolment": marked(
        "the consent on {on} lies after the enrolment on {enrolled}. Correct one of the days"
    ),
    "included_already": marked("the enrolment on {on} is recorded already. Correct that one instead"),
    "not_included": marked(
        "{visit} on {on} is treatment, and there is no day of enrolment yet. Record the enrolment first"
    ),
    "impossible_order": marked(
        "{visit} on {on} lies before {other} on {held}, and it cannot. Correct one of the days, or give the fact "
        "“sure”: true if both are right"
    ),
    "birth_in_future": marked("the year of birth {year} lies after {on}. Correct it, as 1957"),
    "birth_too_long_ago": marked("somebody born in {year} would be {age} years old. Correct the year, as 1957"),
    "medication_after_end": marked(
        "the last medication on {on} lies after the withdrawal on {ended}. Correct one of the days"
    ),
    "medication_before_enrolment": marked(
        "the last medication on {on} lies before the enrolment on {enrolled}. Correct the day, or say none"
    ),
    "screened_after": marked(
        "the screening on {screened} lies after the enrolment on {enrolled}. Correct one of the days"
    ),
    "time_form": marked("“{value}” is no time. Write it as 09:30"),
    "time_seconds": marked("“{value}” has seconds, and a time here has none. Write it as 09:30"),
    "time_twice": marked("the time is given twice, as {one} and as {other}. Give it once, as 09:30"),
    "hour_skipped": marked(
        "{at} does not exist on {on}: the clocks ({zone}) are put forward over it. The next time that exists is {first}"
    ),
    "weekday": marked("“{value}” is no weekday. Count from Monday = 0 to Sunday = 6"),
    "never_open": marked("all seven weekdays are closed. Leave one open"),
    "fact_kind": marked("unknown kind “{value}”.{near} Known: {known}"),
    "too_many_facts": marked("more than {most} facts. Give one patient's story"),
    "scope": marked("unknown scope “{value}”.{near} Write treatment or all"),
    "choice_form": marked("the answer must be true, false or a text"),
    "protocol": marked("unknown protocol “{value}”.{near} Known: {known}"),
    "country": marked("unknown country “{value}”.{near} Write its two letters, as SE, FI or CN"),
    "time_zone": marked("unknown time zone “{value}”.{near} Write it as Europe/Stockholm"),
    "future": marked("{on} lies after today ({today}); only a booking may. Correct the date"),
    "regimen": marked("unknown regimen “{value}”.{near} Offered: {offered}"),
    "regimen_fixed": marked("this protocol does not let the regimen change. Leave this fact out"),
    "regimen_before_turn": marked("the regimen may change only after {turn} was decided. Record the decision first"),
    "regimen_too_often": marked(
        "the regimen may change no more often than it has ({at_most}). Correct the change recorded before instead"
    ),
    "choice": marked("unknown choice “{value}”.{near} Known: {offered}"),
    "choice_value": marked("the choice “{choice}” cannot be “{value}”.{near} Possible: {offered}"),
    "value_key": marked(
        "unknown site value “{key}”.{near} Write EVENT.offset, .before, .after, .not_before, .every or .first, "
        "REGIMEN.day.before, .after, .gap or .pump_hours, REGIMEN.cycle_days, cycles.PHASE, choices.NAME, ages.NAME, "
        "delays.ask, delays.off_protocol, safety.report_hours, open_pump_day, or return_to_weekday; questions.ID, "
        "visits.VISIT and forms.FORM can be confirmed alone"
    ),
    "value": marked("the site value “{key}” cannot be “{value}”. Write {wanted}"),
    "value_offset": marked(
        "“{key}” cannot be set: this visit takes its days from its cycle or its series. Change the protocol file"
    ),
    "unknown_visit": marked("unknown visit “{visit}”: no path of the protocol has it.{near} Correct the key"),
    "off_path": marked(
        "this participant's path does not have the visit “{visit}” here.{near} Correct the key, or record "
        "first what leads to it"
    ),
    "unscheduled_key": marked("“{visit}” is no unscheduled visit; those are U#1, U#2 and so on"),
    "unscheduled_number": marked("unscheduled visits are counted one by one: use {next} instead of {visit}"),
    "no_decision": marked("nothing is decided at “{visit}”. Decisions are taken at: {offered}"),
    "outcome": marked("“{value}” cannot be decided at {visit}.{near} Possible: {offered}"),
    "outcome_closed": marked(
        "{visit} cannot be decided as {outcome} any more: {other} was decided as {was} on {on}. "
        "Correct that decision first"
    ),
    "outcome_withdrawn": marked(
        "{visit} cannot be decided as {outcome} after the withdrawal of {on}. Correct the withdrawal, or take it back"
    ),
    "decided_twice": marked("{visit} was decided already. Correct the first decision instead"),
    "enrolment_is_recorded": marked(
        "{visit} is recorded by the day of enrolment. Leave this fact out, and give that day where it is not known yet"
    ),
    "consent_is_recorded": marked("{visit} is recorded by the day of consent. Leave this fact out"),
    "no_consent": marked("neither the day of consent nor that of enrolment is given. Give one of them, or both"),
    "only_infusions": marked("{visit} is no infusion, and only infusions are omitted. Record it as missed"),
    "two_results": marked("{visit} has a result already ({first}, {on}). Correct that one instead"),
    "after_death": marked(
        "{visit} on {on} lies after the death on {died}. Correct one of the dates, or take the record of the death back"
    ),
    "after_withdrawal": marked(
        "{visit} on {on} lies after the withdrawal from the study on {ended}. Correct the withdrawal, or take it back"
    ),
    "after_treatment": marked(
        "{visit} on {on} belongs to the treatment, from which the participant withdrew on {ended}. Correct the "
        "withdrawal, or take it back"
    ),
    "after_lost": marked(
        "{visit} on {on} lies after the day on which the participant was lost to follow-up ({ended}). Record that the "
        "participant was found again, or correct that day"
    ),
    "after_stop": marked(
        "{visit} on {on} belongs to {phase}, which was stopped on {ended}. Correct the stop, or take it back"
    ),
    "end_before_consent": marked("{on} lies before the consent on {consent}. Correct the day"),
    "end_before_enrolment": marked("{on} lies before the enrolment on {enrolled}. Correct the day"),
    "end_before_visit": marked(
        "{ended} lies before {visit}, which took place on {on}. Correct one of the two days, or take the visit back"
    ),
    "end_before_event": marked(
        "{ended} lies before what happened on {on} (fact {seq}: {visit}). Correct one of the two days, or take that "
        "fact back"
    ),
    "ended_after_death": marked(
        "{on} lies after the death on {died}. Correct one of the dates, or take the record of the death back"
    ),
    "found_before_lost": marked("{on} lies before the day of the loss, {lost}. Correct the day"),
    "died_twice": marked("the death on {on} is recorded already. Correct that one instead"),
    "phase": marked("unknown phase “{value}”.{near} Known: {offered}"),
    "stopped_twice": marked("{phase} was stopped already. Correct that stop instead"),
    "withdrawn_twice": marked("the withdrawal ({scope}) is recorded already. Correct that one instead"),
    "lost_twice": marked("the participant is lost already. Record found_again first"),
    "not_lost": marked("the participant was not lost. Leave this fact out"),
    **FILE_SENTENCES,
    # Participants and facts
    "no_participant": marked("there is no participant “{code}”.{near} See `participants`"),
    "not_enrolled": marked("{code} is not enrolled. Enrol the participant first"),
    "enrolled_already": marked("{code} is enrolled already. Choose another code, or correct the enrolment"),
    "screened_already": marked("{code} was screened as eligible already. Enrol, or correct the screening"),
    "screen_failure": marked("{code} failed screening. Screen again before enrolling"),
    "code_alike": marked("“{code}” is too like “{known}”, which is another participant's. Choose another code"),
    "identity_number": marked("this looks like a national identity number. Give a study code"),
    "yes_no": marked("“{value}” is neither yes nor no. Write one of the two"),
    "yes_no_unknown": marked("“{value}” is none of yes, no and unknown. Write one of them"),
    "no_deviation": marked("the deviation log has no such row of {visit}. See the log for its rows"),
    "no_serious_event": marked("there is no serious adverse event that is reported. Record it first, with --serious"),
    "which_event": marked("say which serious adverse event by the number of its fact: {known}"),
    "nothing_to_sign": marked(
        "every deviation that has a class is signed already, or none has one. Decide on an open class first"
    ),
    "which_deviation": marked("{visit} has more than one row in the deviation log. Say which: {known}"),
    "eligible_reason": marked(
        "{what}. Say in the reason why the participant is eligible all the same, or correct the answers or the outcome"
    ),
    "alive_and_died": marked(
        "a day of death belongs to a contact that tells of it. Say --alive no, or leave the day out"
    ),
    "ends_before": marked("{ended} lies before {on}. Correct one of the days"),
    "criterion": marked("the protocol has no criterion “{value}”.{near} Known: {known}"),
    "not_open": marked("{visit} is settled, so no day is to be chosen. Correct or undo what was recorded"),
    "not_held": marked("{visit} has no open day to be held on. Book it on a day of your choice"),
    "not_booked": marked("{visit} is not booked, so there is nothing to cancel. See the visits with `calendar`"),
    "protocol_there": marked("{value} {version} is in the study already"),
    "protocol_not_taken": marked("the study has no protocol “{value}”.{near} It has: {known}"),
    "no_protocol": marked("the study has no protocol yet. Add one with `protocol take`, or enrol a participant"),
    "which_protocol": marked("“{key}” can be of more than one protocol. Say which with --protocol: {known}"),
    "value_not_set": marked("the site has set no value for “{key}”. See `value list`"),
    "day_usual": marked("nothing was said of {on}. See `closed list`"),
    "closure_long": marked("at most {days} days can be closed at once. Shorten the stretch"),
    "nothing_changes": marked("that is how it is already, so there is nothing to record"),
    # Undo, correction, redaction
    "nothing_to_undo": marked("there is nothing to undo"),
    "nothing_to_redo": marked("there is nothing to bring back: nothing was undone, or something was recorded since"),
    "no_command": marked("there is no command {command}. See `history`"),
    "for_good": marked("command {command} cannot be undone ({what})"),
    "undo_of_undo": marked("command {command} is itself an undo. Bring it back with `redo`"),
    "undone_already": marked("command {command} was undone already"),
    "facts_depend": marked("later facts depend on it: {what}. Undo those first"),
    "nothing_to_correct": marked("nothing would change. Say what to set, as --set on=2026-11-23"),
    "no_fact": marked("there is no fact {seq}. See `history`"),
    "fact_is_void": marked("fact {seq} no longer counts, so it cannot be corrected"),
    "not_correctable": marked("fact {seq} cannot be corrected in this ({what})"),
    "of_study": marked("fact {seq} is about the study, and about no participant. Correct it, or take it back"),
    "other_protocol": marked(
        "{code} is on {protocol}, which has no such visit ({visit}). Take the fact back, and record it there by hand"
    ),
    "own_fact": marked(
        "the {event} (fact {seq}) can be of this participant alone. Take it back, and record it for the other one"
    ),
    "same_participant": marked("fact {seq} is about {code} already. Name the participant that it belongs to"),
    "redacted_already": marked("“{name}” was redacted already"),
    "still_needed": marked("the calendar needs “{name}”. Correct it first (`correct {seq}`), then redact the old one"),
    "one_of": marked("“{value}” is not known here.{near} Known: {known}"),
    "number": marked("“{value}” is no number. Write it in digits"),
    "number_range": marked("{value} lies outside {low} to {high}. Correct the number"),
    "pair": marked("“{value}” must be NAME=VALUE"),
    "last_medication": marked(
        "this protocol needs the day of the last medication. Give it, or none (last dose recorded: {last})"
    ),
    **DOUBT_TEXTS,
}
