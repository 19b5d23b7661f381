"""What was refused, in words: the place, what is wrong there, and the remedy."""

from collections.abc import Mapping
from datetime import date

from app.domain.calendar import Value
from app.domain.refusal import Refused
from app.wording.dates import day
from app.wording.language import gettext as _
from app.wording.language import marked


def refusal_text(refused: Refused) -> str:
    """The refusal as ``place: what is wrong. Remedy.``"""
    values = {name: _shown(value) for name, value in refused.values.items()}
    text = _(_TEXTS[refused.kind]).format(**values)
    return f"{_place(refused.place)}: {text}" if refused.place else text


def _shown(value: Value) -> str:
    return day(value) if isinstance(value, date) else str(value)


def _place(place: str) -> str:
    number, dot, name = place.partition(".")
    if number.isdigit():
        return _("fact {n}").format(n=number) + (f", {name}" if dot else "")
    return place


_TEXTS: Mapping[str, str] = {
    "not_json": marked("this is no JSON: line {line}, column {column}: {problem}. Correct it there"),
    "not_utf8": marked("the text is not UTF-8. Save it as UTF-8"),
    "unreadable": marked("this file cannot be read: {problem}"),
    "unwritable": marked("{path} cannot be written: {problem}. Choose another place"),
    "print_needs_output": marked("--print and -o go together. Say what to print and where the PDF goes"),
    "nothing_to_print": marked("no open visit has a date, so there is no sheet to print"),
    "unprintable": marked("{what}: no font has {characters}. Correct the text"),
    "too_large": marked("the text is longer than {largest} characters. Give one patient's story"),
    "field_twice": marked("the field “{name}” stands twice. Keep one"),
    "field_unknown": marked("unknown field “{name}”. Known here: {known}"),
    "field_missing": marked("the field “{name}” is missing. Add it"),
    "not_object": marked("this must be an object, as {{…}}"),
    "not_list": marked("this must be a list, as […]"),
    "not_text": marked("this must be a text that is not empty, in quotes"),
    "text_too_long": marked("the text is longer than {longest} characters. Shorten it"),
    "code_form": marked("a study code has 1 to 60 characters on one line"),
    "date_form": marked("“{value}” is no date. Write it as 2026-11-23"),
    "date_impossible": marked("{value} is a day that no calendar has. Correct the date"),
    "date_far": marked("{value} lies outside {first} to {last}. Correct the date"),
    "time_form": marked("“{value}” is no time. Write it as 09:30"),
    "weekday": marked("“{value}” is no weekday. Count from Monday = 0 to Sunday = 6"),
    "never_open": marked("all seven weekdays are closed. Leave one open"),
    "fact_kind": marked("unknown kind “{value}”. Known: {known}"),
    "too_many_facts": marked("more than {most} facts. Give one patient's story"),
    "scope": marked("unknown scope “{value}”. Write treatment or all"),
    "choice_form": marked("the answer must be true, false or a text"),
    "protocol": marked("unknown protocol “{value}”. Known: {known}"),
    "country": marked("unknown country “{value}”. Write its two letters, as SE, FI or CN"),
    "time_zone": marked("unknown time zone “{value}”. Write it as Europe/Stockholm"),
    "future": marked("{on} lies after today ({today}); only a booking may. Correct the date"),
    "regimen": marked("unknown regimen “{value}”. Offered: {offered}"),
    "regimen_fixed": marked("this protocol does not let the regimen change"),
    "regimen_before_turn": marked("the regimen may change only after {turn} was decided. Record the decision first"),
    "regimen_too_often": marked("the regimen may change at most {at_most} time(s), and it has"),
    "choice": marked("unknown choice “{value}”. Known: {offered}"),
    "choice_value": marked("the choice “{choice}” cannot be “{value}”. Possible: {offered}"),
    "value_key": marked(
        "unknown site value “{key}”. Write EVENT.offset, .before or .after, REGIMEN.day.before, .after "
        "or .gap, cycles.PHASE, or return_to_weekday"
    ),
    "value": marked("the site value “{key}” cannot be “{value}”. Write {wanted}"),
    "value_offset": marked(
        "“{key}” cannot be set: this visit takes its days from its cycle or its series. Change the protocol file"
    ),
    "unknown_visit": marked("unknown visit “{visit}”: no path of the protocol has it. Correct the key"),
    "off_path": marked(
        "this participant's path does not have the visit “{visit}” here. Correct the key, or record "
        "first what leads to it"
    ),
    "unscheduled_number": marked("unscheduled visits are counted one by one: use {next} instead of {visit}"),
    "no_decision": marked("nothing is decided at “{visit}”. Decisions are taken at: {offered}"),
    "outcome": marked("“{value}” cannot be decided at {visit}. Possible: {offered}"),
    "decided_twice": marked("{visit} was decided already. Correct the first decision instead"),
    "enrolment_is_recorded": marked("{visit} is recorded by the day of enrolment. Leave this fact out"),
    "only_infusions": marked("{visit} is no infusion, and only infusions are omitted. Record it as missed"),
    "two_results": marked("{visit} has a result already ({first}, {on}). Correct that one instead"),
    "after_death": marked("{visit} on {on} lies after the death on {died}. Correct one of the dates"),
    "died_twice": marked("the death on {on} is recorded already"),
    "phase": marked("unknown phase “{value}”. Known: {offered}"),
    "stopped_twice": marked("{phase} was stopped already"),
    "withdrawn_twice": marked("the withdrawal ({scope}) is recorded already"),
    "lost_twice": marked("the participant is lost already. Record found_again first"),
    "not_lost": marked("the participant was not lost. Leave this fact out"),
}
