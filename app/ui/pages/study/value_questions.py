"""The questions about a value that is changed, and about who confirmed what is ticked."""

import re

from app.domain.facts.kind import DayRule, Field, Type, day_field, reason_field
from app.services.queries.value_rows import ValueRow
from app.ui.forms.questions import TODAY, Question
from app.wording.language import gettext as _

_LENGTH = re.compile(r"-?P\d", re.ASCII)


def value_questions(row: ValueRow) -> tuple[Question, ...]:
    """Return the questions about a value that is to be another one; its own is filled in."""
    return (
        Question(Field("value", Type.TEXT), _("Value"), default=typed_form(row), hint=_hint(row)),
        Question(reason_field(False), _("Why, or where it is written")),
    )


def typed_form(row: ValueRow) -> str:
    """Return a value as it is typed."""
    return str(row.value).lower() if isinstance(row.value, bool) else str(row.value)


def _hint(row: ValueRow) -> str:
    if isinstance(row.value, bool):
        return _("yes or no")
    if isinstance(row.value, int):
        return _("a whole number")
    return _("as 21 days, 2 weeks, 1 month or P21D") if _LENGTH.match(str(row.value)) else ""


def confirm_questions() -> tuple[Question, ...]:
    """Return the questions about who confirmed, when, and where that is written."""
    return (
        Question(Field("by", Type.TEXT, False), _("Confirmed by"), hint=_("Empty: you.")),
        Question(day_field(rule=DayRule.SITE), _("On"), default=TODAY),
        Question(reason_field(False), _("Where it is written")),
    )
