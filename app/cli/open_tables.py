"""The tables of what is assumed and asked of a protocol."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.protocol.settings import ASSUMED
from app.services.queries.open_values import QUESTION, Confirmation, OpenProtocol, OpenQuestion, OpenValue
from app.wording.dates import day
from app.wording.language import counted
from app.wording.language import gettext as _


def open_document(found: Sequence[OpenProtocol]) -> list[dict[str, Any]]:
    """Return every setting and every question for JSON."""
    return [
        {
            "protocol": one.protocol.id,
            "version": one.protocol.version,
            "questions": [_question_document(each) for each in one.questions],
            "settings": [_value_document(each) for each in one.values],
        }
        for one in found
    ]


def _question_document(one: OpenQuestion) -> dict[str, Any]:
    return {
        "key": f"{QUESTION}{one.id}",
        "question": one.question,
        "options": list(one.options),
        "default": one.default,
        "settings": list(one.settings),
        **_confirmed(one.confirmed),
    }


def _value_document(one: OpenValue) -> dict[str, Any]:
    return {
        "key": one.setting.key,
        "value": one.setting.value,
        "mark": one.setting.mark,
        "source": list(one.setting.source),
        "set_by_site": one.own,
        "questions": list(one.questions),
        **_confirmed(one.confirmed),
    }


def _confirmed(found: Confirmation | None) -> dict[str, Any]:
    if found is None:
        return {"confirmed_by": None, "confirmed_on": None}
    return {"confirmed_by": found.by, "confirmed_on": found.on.isoformat() if found.on is not None else None}


def open_text(found: Sequence[OpenProtocol]) -> list[str]:
    """Return the questions and the assumed settings of each protocol; what is verified is left out."""
    lines = [line for one in found for line in _of_protocol(one)]
    return lines or [_("The study has no protocol yet.")]


def _of_protocol(one: OpenProtocol) -> Iterator[str]:
    assumed = [each for each in one.values if each.setting.mark == ASSUMED or each.own]
    asked = sum(each.confirmed is None for each in one.questions)
    unconfirmed = sum(each.confirmed is None for each in assumed)
    yield f"{one.protocol.short_title} {one.protocol.version}: " + ", ".join(
        [
            counted("{n} question open", "{n} questions open", asked),
            counted("{n} assumed value not confirmed", "{n} assumed values not confirmed", unconfirmed),
        ]
    )
    for question in one.questions:
        yield f"  {QUESTION}{question.id}: {question.question}{_said(question.confirmed)}"
        if question.default:
            yield "      " + _("until then: {answer}").format(answer=question.default)
        if question.settings:
            yield "      " + _("concerns: {keys}").format(keys=", ".join(question.settings))
    for value in assumed:
        yield _value_line(value)


def _value_line(one: OpenValue) -> str:
    whose = _("the site's own") if one.own else _("assumed")
    source = f" [{', '.join(one.setting.source)}]" if one.setting.source else ""
    value = str(one.setting.value).lower() if isinstance(one.setting.value, bool) else str(one.setting.value)
    return f"  {one.setting.key:<26} {value:<18} {whose}{source}{_said(one.confirmed)}"


def _said(found: Confirmation | None) -> str:
    if found is None:
        return ""
    said = _("confirmed by {who} on {on}").format(who=found.by, on=day(found.on) if found.on is not None else "?")
    return f"; {said}, {found.reason}" if found.reason else f"; {said}"
