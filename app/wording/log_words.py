"""The words of the logs: their titles, and the titles of columns that are no field of a fact."""

from collections.abc import Mapping

from app.wording.fact_values import field_name, spaced
from app.wording.language import counted, marked, sentence_case
from app.wording.language import gettext as _

LOG_TITLES: Mapping[str, str] = {
    "deviations": marked("Deviation log"),
    "open": marked("Log of what is open"),
    "history": marked("History"),
    "confirmations": marked("What is assumed and asked"),
    "survival": marked("Survival log"),
    "surgery": marked("Surgery log: outcome to day 90"),
    "flow": marked("Flow of participants"),
    "screening": marked("Screening and enrolment log"),
    "consents": marked("Log of consents"),
    "identified": marked("Log of those identified and not screened"),
    "operations": marked("Operation log"),
    "treatments": marked("Treatment log"),
    "specimens": marked("Specimen log"),
    "complications": marked("Complication log"),
    "adverse-events": marked("Adverse-event log"),
    "safety-reports": marked("Log of safety reports"),
    "progressions": marked("Log of progressions and recurrences"),
    "questionnaires": marked("Questionnaire log"),
    "contacts": marked("Contact log"),
    "notes": marked("Log of notes"),
    "unscheduled": marked("Log of unscheduled visits"),
    "withdrawals": marked("Log of withdrawals, losses and deaths"),
    "printed": marked("Log of printouts"),
}
COLUMN_TITLES: Mapping[str, str] = {
    "became": marked("what became of it"),
    "asked": marked("asked by the protocol, mg"),
    "aware": marked("aware"),
    "by": marked("recorded by"),
    "cci_90": marked("CCI to day 90"),
    "centre": marked("centre"),
    "clock": marked("report"),
    "clock_change": marked("clock"),
    "class_by": marked("class decided by"),
    "command": marked("command"),
    "confirmed_by": marked("confirmed by"),
    "confirmed_in": marked("written in"),
    "confirmed_on": marked("confirmed on"),
    "consented": marked("consented"),
    "criterion": marked("criterion not met"),
    "days": marked("days"),
    "days_outside": marked("days outside the window"),
    "deviation": marked("deviation"),
    "died": marked("died"),
    "died_on": marked("died on"),
    "difference": marked("difference, mg"),
    "due": marked("due"),
    "earliest": marked("window from"),
    "end": marked("counted to"),
    "ended_by": marked("ended by"),
    "endpoint": marked("endpoint"),
    "enrolled": marked("enrolled"),
    "entered": marked("entered"),
    "evaluated": marked("evaluated"),
    "events": marked("complications"),
    "fact": marked("fact"),
    "followed": marked("followed"),
    "further": marked("further fields"),
    "follow_ups": marked("follow-up"),
    "form": marked("consent form"),
    "identified": marked("identified"),
    "included": marked("included"),
    "key": marked("key"),
    "kind": marked("kind of fact"),
    "last_alive": marked("last known alive"),
    "latest": marked("window to"),
    "left": marked("time left"),
    "local_time": marked("local time"),
    "mark": marked("mark"),
    "months": marked("months"),
    "number": marked("number"),
    "operated": marked("operated"),
    "operated_of_started": marked("operated of those started, %"),
    "participant": marked("participant"),
    "protocol": marked("protocol"),
    "progress": marked("progress, %"),
    "recorded": marked("recorded on"),
    "recorded_at": marked("recorded at, UTC"),
    "remark": marked("remark"),
    "remedy": marked("what to do"),
    "screened": marked("screened"),
    "sent": marked("sent"),
    "source": marked("source"),
    "start": marked("counted from"),
    "started_by": marked("started by"),
    "stage": marked("stage"),
    "started": marked("started"),
    "state": marked("outcome"),
    "target": marked("target"),
    "until": marked("day 90"),
    "value": marked("value"),
    "visit": marked("visit"),
    "visit_name": marked("name of the visit"),
    "what": marked("what"),
    "window": marked("window"),
    "workstation": marked("workstation"),
    "zone": marked("time zone"),
    "worst_grade": marked("worst grade"),
}


def log_title(name: str) -> str:
    """Return the title of a log."""
    known = LOG_TITLES.get(name)
    return _(known) if known is not None else sentence_case(spaced(name.replace("-", " ")))


def column_title(name: str) -> str:
    """Return the title of a column: its own, else that of the field of its name."""
    known = COLUMN_TITLES.get(name)
    return _(known) if known is not None else field_name(name)


def count_text(name: str, number: int) -> str:
    """Return how many rows a log has, in words."""
    if name == "deviations":
        return counted("{n} deviation", "{n} deviations", number)
    if name == "history":
        return counted("{n} fact", "{n} facts", number)
    return counted("{n} line", "{n} lines", number)


_NOTHING = marked("Nothing was recorded.")
_EMPTY: Mapping[str, str] = {
    "deviations": marked("No deviation."),
    "open": marked("Nothing is open: every visit is recorded, and every deviation has a reason."),
    "survival": marked("Nobody is enrolled, or the protocol does not say what its endpoints count."),
    "surgery": marked("No operation was performed."),
}


def empty_text(name: str, narrowed: bool = False) -> str:
    """Return what a log without a row says; `narrowed`: only a part was chosen, and nothing is said of the rest."""
    return _("Nothing is in the part that was chosen.") if narrowed else _(_EMPTY.get(name, _NOTHING))
