"""The questions about a range of days that the site closes or opens, and the facts that the answers make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.domain.facts.fields import aim_of
from app.domain.facts.kind import DayRule, Field, Type, day_field, reason_field
from app.domain.facts.records import NewFact
from app.domain.facts.typed_days import read_day
from app.domain.refusal import Refused
from app.services.commands.configure_site import day_facts
from app.services.study.study import Study
from app.ui.forms.questions import Question
from app.wording.dates import window
from app.wording.language import counted
from app.wording.language import gettext as _

StudyFacts = Callable[[Study], list[NewFact]]
"""Returns the facts to record in a study; it may be refused."""
_FIRST = day_field(may_be_future=True, rule=DayRule.SITE)
_LAST = replace(_FIRST, name="to", required=False)


def range_questions(sites: Sequence[str]) -> tuple[Question, ...]:
    """Return the questions; the one for a site only where some site is described."""
    closed = ((True, _("Closed")), (False, _("Open, whatever else closes them")))
    found = (
        Question(_FIRST, _("First day")),
        Question(_LAST, _("Last day"), hint=_("Every day until this one; empty for one day.")),
        Question(Field("closed", Type.YES_NO), _("The days are"), closed, True),
        Question(reason_field(False), _("Why")),
    )
    if not sites:
        return found
    options = (("", _("Every site")), *((one, one) for one in sites))
    return (*found, Question(Field("site", Type.TEXT, False), _("Site"), options, ""))


def range_facts(fields: Mapping[str, object], today: date) -> StudyFacts:
    """Return what makes the facts of these answers, one for each day."""

    def facts(study: Study) -> list[NewFact]:
        first, last = _read(fields.get("on"), _FIRST, today), _read(fields.get("to"), _LAST, today)
        if first is None:
            raise Refused("field_missing", "on", name="on")
        kind = "day_closed" if fields.get("closed") else "day_opened"
        reason, site = str(fields.get("reason", "")), str(fields.get("site", ""))
        return day_facts(study, kind, first, last, reason, site, today)

    return facts


def range_words(fields: Mapping[str, object], days: int) -> str:
    """Return what these answers do to so many days: ``2 days closed: Thu 11 – Fri 12 Feb 2027``."""
    closed = counted("{n} day closed", "{n} days closed", days)
    said = closed if fields.get("closed") else counted("{n} day opened", "{n} days opened", days)
    first, last = fields.get("on"), fields.get("to") or fields.get("on")
    return f"{said}: {window(first, last)}" if isinstance(first, date) and isinstance(last, date) else said


def _read(typed: object, field: Field, today: date) -> date | None:
    """Return a day of the form; what could not be read while it was typed is read again, to say what is wrong."""
    if typed is None or isinstance(typed, date):
        return typed
    return read_day(str(typed), field.name, today, aim_of(field)).day
