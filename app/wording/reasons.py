"""The reasons for the days of an entry, in sentences."""

from collections.abc import Callable, Mapping
from datetime import date

from app.domain.calendar.entries import Calendar, Entry, Reason, ReasonKind
from app.domain.dates import Period, Value
from app.wording.dates import day, period, weekday
from app.wording.language import counted, sentence_case
from app.wording.language import gettext as _
from app.wording.names import visit_name


def named(calendar: Calendar, key: Value) -> str:
    """Return a visit's name for the middle of a sentence; its key when the calendar does not have it."""
    entry = calendar.by_key.get(str(key))
    return visit_name(entry) if entry is not None else str(key)


def on_day(value: Value) -> str:
    """Return a day among the values of a reason or problem, in words."""
    return day(value) if isinstance(value, date) else "?"


def closed_because(on: date, why: Value) -> str:
    """Return why the site is closed on a day: ``a Saturday``, ``Good Friday``, ``a day that the site has closed``."""
    kind, _colon, name = str(why).partition(":")
    if kind == "holiday":
        return name
    return _("a {weekday}").format(weekday=weekday(on)) if kind == "weekday" else _("a day that the site has closed")


def reason_texts(entry: Entry, calendar: Calendar) -> list[str]:
    """Return the reasons of an entry in sentences; a closed day or a gap continues the sentence before it."""
    texts: list[str] = []
    for reason in entry.reasons:
        text = reason_text(reason, calendar)
        if reason.kind in _CONTINUED and texts:
            texts[-1] += "; " + text
        else:
            texts.append(text)
    return [sentence_case(text) for text in texts]


def reason_text(reason: Reason, calendar: Calendar) -> str:
    """Return one reason in words, without a full stop."""
    return _SENTENCES[reason.kind](reason.values, calendar)


_CONTINUED: frozenset[ReasonKind] = frozenset(
    {"after_consent", "closed", "rolled", "gap", "preferred_weekday", "open_pump_day"}
)
_Values = Mapping[str, Value]


def _distance(values: _Values, anchor: str) -> str:
    offset = values.get("offset")
    length = offset if isinstance(offset, Period) else Period()
    shown = f"{anchor} ({on_day(values.get('on'))})"
    if not length.months and not length.days:
        return _("on the day of {anchor}").format(anchor=shown)
    if length.months < 0 or length.days < 0:
        back = period(Period(-length.months, -length.days))
        return _("{length} before {anchor}").format(length=back, anchor=shown)
    return _("{length} after {anchor}").format(length=period(length), anchor=shown)


def _counted_from(values: _Values, calendar: Calendar) -> str:
    return _distance(values, named(calendar, values["visit"]))


def _enrolment(values: _Values, calendar: Calendar) -> str:
    return _distance(values, _("enrolment"))


def _consent(values: _Values, calendar: Calendar) -> str:
    return _distance(values, _("informed consent"))


def _after_consent(values: _Values, calendar: Calendar) -> str:
    return _("not before the consent of {on}, so {proposed} is proposed").format(
        on=on_day(values["on"]), proposed=on_day(values["proposed"])
    )


def _last_dose(values: _Values, calendar: Calendar) -> str:
    return _distance(values, _("the last infusion, {visit}").format(visit=named(calendar, values["visit"])))


def _last_treatment(values: _Values, calendar: Calendar) -> str:
    return _distance(values, _("the last dose, {visit}").format(visit=named(calendar, values["visit"])))


def _treatment_end(values: _Values, calendar: Calendar) -> str:
    return _distance(values, _("the end of treatment"))


def _cycle_end(values: _Values, calendar: Calendar) -> str:
    return _distance(
        values, _("the end of the cycle begun with {visit}").format(visit=named(calendar, values["visit"]))
    )


def _regimen_change(values: _Values, calendar: Calendar) -> str:
    return _distance(values, _("the change of regimen"))


def _milestone(values: _Values, calendar: Calendar) -> str:
    return _distance(values, _("the decision"))


def _next_cycle(values: _Values, calendar: Calendar) -> str:
    length = counted("{n} day", "{n} days", int(str(values["days"])))
    visit = f"{named(calendar, values['visit'])} ({on_day(values['on'])})"
    return _("{length} after {anchor}").format(length=length, anchor=visit)


def _preferred(values: _Values, calendar: Calendar) -> str:
    on = values["on"]
    name = weekday(on) if isinstance(on, date) else ""
    return _("returns to the preferred weekday, {weekday}, from {base}").format(
        weekday=name, base=on_day(values["base"])
    )


def _regimen_day(values: _Values, calendar: Calendar) -> str:
    visit = f"{named(calendar, values['visit'])} ({on_day(values['on'])})"
    return _("day {n} of the cycle begun with {visit}").format(n=values["day"], visit=visit)


def _pump(values: _Values, calendar: Calendar) -> str:
    visit = f"{named(calendar, values['visit'])} ({on_day(values['on'])})"
    return _("the pump started at {visit} is disconnected").format(visit=visit)


def _part(values: _Values, calendar: Calendar) -> str:
    visit = f"{named(calendar, values['visit'])} ({on_day(values['on'])})"
    return _("day {n} of the visit begun with {visit}").format(n=values["day"], visit=visit)


def _closed(values: _Values, calendar: Calendar) -> str:
    on = values["on"]
    why = closed_because(on, values["why"]) if isinstance(on, date) else ""
    text = _("that is {why}, so {proposed} is proposed").format(why=why, proposed=on_day(values["proposed"]))
    return text + _(", later than planned, as no earlier day is open") if values.get("notice") else text


def _rolled(values: _Values, calendar: Calendar) -> str:
    return _("{proposed} is proposed instead of {target}").format(
        proposed=on_day(values["proposed"]), target=on_day(values["on"])
    )


def _gap(values: _Values, calendar: Calendar) -> str:
    return _("not before {first}, as the last dose is {visit} ({on}), so {proposed} is proposed").format(
        first=on_day(values["first"]),
        visit=named(calendar, values["visit"]),
        on=on_day(values["on"]),
        proposed=on_day(values["proposed"]),
    )


def _waits(values: _Values, calendar: Calendar) -> str:
    anchor = str(values["anchor"])
    name = named(calendar, anchor)
    return _("waits for a date: {anchor}").format(anchor=name.replace("_", " ") if name == anchor else name)


def _any_day(values: _Values, calendar: Calendar) -> str:
    return _("any day from {earliest} to {latest}").format(
        earliest=on_day(values["earliest"]), latest=on_day(values["latest"])
    )


def _open_pump_day(values: _Values, calendar: Calendar) -> str:
    return _("its pump would come off on {off}, a closed day, so {proposed} is proposed").format(
        off=on_day(values["off"]), proposed=on_day(values["proposed"])
    )


def _opens(values: _Values, calendar: Calendar) -> str:
    return _("the window opens on {on}, the day of {visit}").format(
        on=on_day(values["on"]), visit=named(calendar, values["visit"])
    )


def _course_ended(values: _Values, calendar: Calendar) -> str:
    return _("treatment ended before its time")


_SENTENCES: Mapping[ReasonKind, Callable[[_Values, Calendar], str]] = {
    "enrolment": _enrolment,
    "consent": _consent,
    "after_consent": _after_consent,
    "counted_from": _counted_from,
    "before_dose": _counted_from,
    "last_dose": _last_dose,
    "last_treatment": _last_treatment,
    "treatment_end": _treatment_end,
    "cycle_end": _cycle_end,
    "milestone": _milestone,
    "regimen_change": _regimen_change,
    "next_cycle": _next_cycle,
    "preferred_weekday": _preferred,
    "regimen_day": _regimen_day,
    "pump": _pump,
    "part": _part,
    "closed": _closed,
    "rolled": _rolled,
    "gap": _gap,
    "waits": _waits,
    "any_day": _any_day,
    "course_ended": _course_ended,
    "opens": _opens,
    "open_pump_day": _open_pump_day,
}
