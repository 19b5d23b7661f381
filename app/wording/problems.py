"""Problems of entries and calendars, in sentences that name the remedy where there is one."""

from collections.abc import Callable, Mapping
from datetime import date

from app.domain.calendar.difference import raised_problems
from app.domain.calendar.entries import Calendar, Problem, ProblemKind
from app.domain.dates import Period, Value
from app.wording.dates import period, window
from app.wording.field_catalogue import OPTION_WORDS
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.reasons import closed_because, named, on_day

_Values = Mapping[str, Value]


def problem_text(problem: Problem, calendar: Calendar) -> str:
    """Return one problem of a calendar in words, without the key that it belongs to."""
    return _SENTENCES[problem.kind](problem.values, calendar)


def raised_texts(before: Calendar | None, after: Calendar | None) -> list[str]:
    """Return what a change brings up against the days of performed visits, each with the key of its visit."""
    found = raised_problems(before, after)
    return [f"{one.key}: {problem_text(one, after)}" for one in found] if after is not None else []


def _why_closed(values: _Values) -> str:
    on = values["on"]
    return closed_because(on, values["why"]) if isinstance(on, date) else ""


def _closed_day(values: _Values, calendar: Calendar) -> str:
    return _("closed day: {on} is {why}, and this visit keeps its day").format(
        on=on_day(values["on"]), why=_why_closed(values)
    )


def _outside_window(values: _Values, calendar: Calendar) -> str:
    earliest, latest = values["earliest"], values["latest"]
    if not isinstance(earliest, date) or not isinstance(latest, date):
        return _("no open day: {on} is closed").format(on=on_day(values["proposed"]))
    return _("no open day in the window {window}: the proposed {on} lies outside it").format(
        window=window(earliest, latest), on=on_day(values["proposed"])
    )


def _outdated(values: _Values, calendar: Calendar) -> str:
    return _("outdated: done on {on}, but {visit} has moved and the window now opens on {earliest}").format(
        on=on_day(values["on"]), visit=named(calendar, values["visit"]), earliest=on_day(values["earliest"])
    )


def _outdated_before(values: _Values, calendar: Calendar) -> str:
    return _("not ready: {visit} of {on} is outdated; a repeat is planned as {again}").format(
        visit=named(calendar, values["visit"]), on=on_day(values["on"]), again=values["again"]
    )


def _repeated(values: _Values, calendar: Calendar) -> str:
    return _("replaced: {visit} of {on} counts instead").format(
        visit=named(calendar, values["visit"]), on=on_day(values["on"])
    )


def _operation_missed(values: _Values, calendar: Calendar) -> str:
    return _("missed on {on}: it waits for a new date").format(on=on_day(values["on"]))


def _booking_cancelled(values: _Values, calendar: Calendar) -> str:
    return _("arranged for {on}, but the visit is cancelled: cancel the appointment").format(on=on_day(values["on"]))


def _booking_closed(values: _Values, calendar: Calendar) -> str:
    return _("booked on a closed day: {on} is {why}").format(on=on_day(values["on"]), why=_why_closed(values))


def _moved_closed(values: _Values, calendar: Calendar) -> str:
    return _("moved to a closed day: {on} is {why}").format(on=on_day(values["on"]), why=_why_closed(values))


def _booking_outside(values: _Values, calendar: Calendar) -> str:
    return _("booked outside the window: {on} is {how}").format(on=on_day(values["on"]), how=_how_far_out(values))


def _moved_outside(values: _Values, calendar: Calendar) -> str:
    return _("moved outside the window: {on} is {how}").format(on=on_day(values["on"]), how=_how_far_out(values))


def _how_far_out(values: _Values) -> str:
    days = int(str(values["days"]))
    if days < 0:
        return counted("{n} day before it opens", "{n} days before it opens", -days)
    return counted("{n} day after it closes", "{n} days after it closes", days)


def _too_near(values: _Values, calendar: Calendar) -> str:
    return _("too near the last dose: {on} is before {first}").format(
        on=on_day(values["on"]), first=on_day(values["first"])
    )


def _from_missed(values: _Values, calendar: Calendar) -> str:
    return _("counted from a missed visit: {visit} ({on}) did not happen").format(
        visit=named(calendar, values["visit"]), on=on_day(values["on"])
    )


def _from_unrecorded(values: _Values, calendar: Calendar) -> str:
    return _("counted from an unrecorded day: record {visit} ({on})").format(
        visit=named(calendar, values["visit"]), on=on_day(values["on"])
    )


def _before_basis(values: _Values, calendar: Calendar) -> str:
    return _("arranged for {on}, before {visit} of {other}, from which it counts").format(
        on=on_day(values["on"]), visit=named(calendar, values["visit"]), other=on_day(values["other"])
    )


def _performed_closed(values: _Values, calendar: Calendar) -> str:
    return _("performed on a closed day: {on} is {why}").format(on=on_day(values["on"]), why=_why_closed(values))


def _against_decision(values: _Values, calendar: Calendar) -> str:
    return _(
        "performed against the decision at {visit} on {on}: what follows the operation stays cancelled. Correct that "
        "decision, or the operation"
    ).format(visit=named(calendar, values["visit"]), on=on_day(values["on"]))


def _performed_before_consent(values: _Values, calendar: Calendar) -> str:
    return _("performed before the consent: {on} is before {consent}, and this is a procedure of the study").format(
        on=on_day(values["on"]), consent=on_day(values["consent"])
    )


def _finding_old(values: _Values, calendar: Calendar) -> str:
    most = values["most"]
    return _(
        "finding too old: {visit} of {on} is {days} old on {at}, and at most {most}. Repeat it on {first} or later "
        "(unscheduled visit)"
    ).format(
        visit=named(calendar, values["visit"]),
        on=on_day(values["on"]),
        days=counted("{n} day", "{n} days", int(str(values["days"]))),
        at=on_day(values["at"]),
        most=period(most) if isinstance(most, Period) else most,
        first=on_day(values["first"]),
    )


def _consent_due(values: _Values, calendar: Calendar) -> str:
    return _(
        "consent to version {version} of the form, which applies from {on}, is not recorded: ask for it at this visit"
    ).format(version=values["version"], on=on_day(values["on"]))


def _performed_too_near(values: _Values, calendar: Calendar) -> str:
    days = int(str(values["days"]))
    return _("performed too near the last dose: {on} is {days} after {visit} of {other}, and at least {least}").format(
        on=on_day(values["on"]),
        days=counted("{n} day", "{n} days", days),
        visit=named(calendar, values["visit"]),
        other=on_day(values["other"]),
        least=counted("{n} day is kept", "{n} days are kept", int(str(values["least"]))),
    )


def _performed_before(values: _Values, calendar: Calendar) -> str:
    return _("performed out of order: {on} is not after {visit}, which comes before it and {when}").format(
        on=on_day(values["on"]), visit=named(calendar, values["visit"]), when=when_held(values["other"])
    )


def when_held(day: Value) -> str:
    """Return the day of a visit for the end of a sentence: ``is on 5 Apr 2027``, or ``has no day yet``."""
    return _("is on {day}").format(day=on_day(day)) if isinstance(day, date) else _("has no day yet")


def _performed_after(values: _Values, calendar: Calendar) -> str:
    return _("performed out of order: {on} is after {visit} of {other}, before which it belongs").format(
        on=on_day(values["on"]), visit=named(calendar, values["visit"]), other=on_day(values["other"])
    )


def _before_result(values: _Values, calendar: Calendar) -> str:
    return _(
        "before the result: {visit} is due since {due}, and neither its result nor its outcome is recorded"
    ).format(visit=named(calendar, values["visit"]), due=on_day(values["due"]))


def _delayed(values: _Values, calendar: Calendar) -> str:
    late = counted("{n} day after its target", "{n} days after its target", int(str(values["days"])))
    limit = counted("{n} day", "{n} days", int(str(values["limit"])))
    if values["off_protocol"]:
        said = _("delayed: {on} is {late}, more than {limit}: ask whether this still is the protocol's treatment")
        return said.format(on=on_day(values["on"]), late=late, limit=limit)
    return _("delayed: {on} is {late}, more than {limit}: contact the investigator").format(
        on=on_day(values["on"]), late=late, limit=limit
    )


def _death_undated(values: _Values, calendar: Calendar) -> str:
    return _("death reported on {on}, date not recorded: record the death; until then no contact is made").format(
        on=on_day(values["on"])
    )


def _before_evaluation(values: _Values, calendar: Calendar) -> str:
    return _(
        "before the evaluation: {visit} of {on} comes after it, and neither its result nor its outcome is recorded"
    ).format(visit=named(calendar, values["visit"]), on=on_day(values["on"]))


def _medication_differs(values: _Values, calendar: Calendar) -> str:
    said = _("the last medication is recorded as of {on}, and ").format(on=on_day(values["on"]))
    if not values["visit"]:
        return said + _("no infusion is recorded: record it, or correct the withdrawal")
    return said + _("the last infusion given is {visit} of {other}: correct one of them").format(
        visit=named(calendar, values["visit"]), other=on_day(values["other"])
    )


def _outcome_missing(values: _Values, calendar: Calendar) -> str:
    return _("not decided: {visit} was held on {on} and its outcome is not recorded").format(
        visit=named(calendar, values["visit"]), on=on_day(values["on"])
    )


def _unrecorded_decision(values: _Values, calendar: Calendar) -> str:
    return _("decided on {on}, and the visit itself is not recorded: record it").format(on=on_day(values["on"]))


def _against_timing(values: _Values, calendar: Calendar) -> str:
    answer = _("yes") if values["answer"] is True else _("no") if values["answer"] is False else values["answer"]
    timing = _(OPTION_WORDS.get(str(values["timing"]), str(values["timing"])))
    return _("answered {answer}, although the metastases are {timing}").format(answer=answer, timing=timing)


def _off_path(values: _Values, calendar: Calendar) -> str:
    return _("recorded ({what}, {on}), but the path no longer has this visit").format(
        what=_(str(values["what"])), on=on_day(values["on"])
    )


def _holidays_unknown(values: _Values, calendar: Calendar) -> str:
    return _("the public holidays of {year} are not known; only the closed weekdays are counted").format(
        year=values["year"]
    )


def _holidays_unofficial(values: _Values, calendar: Calendar) -> str:
    return _("the holiday list of {year} is not official yet; days may move when it is published").format(
        year=values["year"]
    )


def _planned_before(values: _Values, calendar: Calendar) -> str:
    said = _("planned by earlier planning rules, and nobody has accepted those of this program: ")
    if isinstance(values.get("on"), date):
        return said + _("by them it is on {on}").format(on=on_day(values["on"]))
    return said + _("by them it has no day")


def _facts_lost(values: _Values, calendar: Calendar) -> str:
    return _("uncertain: facts of the study could not be read and are left out ({facts})").format(facts=values["facts"])


def _sheet_outdated(values: _Values, calendar: Calendar) -> str:
    return _("the printed sheet is outdated: the visit's day or window is another since")


_SENTENCES: Mapping[ProblemKind, Callable[[_Values, Calendar], str]] = {
    "closed_day": _closed_day,
    "facts_lost": _facts_lost,
    "outside_window": _outside_window,
    "outdated": _outdated,
    "outdated_before": _outdated_before,
    "repeated": _repeated,
    "operation_missed": _operation_missed,
    "booking_cancelled": _booking_cancelled,
    "booking_closed": _booking_closed,
    "booking_outside": _booking_outside,
    "moved_closed": _moved_closed,
    "moved_outside": _moved_outside,
    "too_near": _too_near,
    "counted_from_missed": _from_missed,
    "counted_from_unrecorded": _from_unrecorded,
    "before_basis": _before_basis,
    "consent_due": _consent_due,
    "finding_old": _finding_old,
    "sheet_outdated": _sheet_outdated,
    "performed_closed": _performed_closed,
    "performed_too_near": _performed_too_near,
    "performed_before": _performed_before,
    "performed_before_consent": _performed_before_consent,
    "performed_after": _performed_after,
    "planned_before": _planned_before,
    "before_result": _before_result,
    "delayed": _delayed,
    "death_undated": _death_undated,
    "before_evaluation": _before_evaluation,
    "medication_differs": _medication_differs,
    "outcome_missing": _outcome_missing,
    "unrecorded_decision": _unrecorded_decision,
    "against_decision": _against_decision,
    "against_timing": _against_timing,
    "off_path": _off_path,
    "holidays_unknown": _holidays_unknown,
    "holidays_unofficial": _holidays_unofficial,
}
