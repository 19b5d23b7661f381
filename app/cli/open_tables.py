"""The tables of what is assumed and asked of a protocol."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.facts.confirmed_values import QUESTION
from app.services.queries.open_values import OpenProtocol, OpenQuestion, OpenValue, confirmation_text
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.open_values import mark_text, question_default, sources_text


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
        **_confirmed(one),
    }


def _value_document(one: OpenValue) -> dict[str, Any]:
    return {
        "key": one.setting.key,
        "value": one.setting.value,
        "mark": one.setting.mark,
        "source": list(one.setting.source),
        "set_by_site": one.own,
        "questions": list(one.questions),
        **_confirmed(one),
    }


def _confirmed(one: OpenQuestion | OpenValue) -> dict[str, Any]:
    """Return who confirmed it and when, and whose confirmation holds no longer."""
    found: dict[str, Any] = {}
    for name, said in (("confirmed", one.confirmed), ("overtaken", one.overtaken)):
        found[f"{name}_by"] = said.by if said is not None else None
        found[f"{name}_on"] = said.on.isoformat() if said is not None and said.on is not None else None
    return found


def open_text(found: Sequence[OpenProtocol]) -> list[str]:
    """Return the questions and the assumed settings of each protocol; what is verified is left out."""
    lines = [line for one in found for line in _of_protocol(one)]
    return lines or [_("The study has no protocol yet.")]


def _of_protocol(one: OpenProtocol) -> Iterator[str]:
    assumed = [each for each in one.values if each.is_asked]
    asked = sum(each.confirmed is None for each in one.questions)
    unconfirmed = sum(each.confirmed is None for each in assumed)
    yield f"{one.protocol.short_title} {one.protocol.version}: " + ", ".join(
        [
            counted("{n} question open", "{n} questions open", asked),
            counted("{n} assumed value not confirmed", "{n} assumed values not confirmed", unconfirmed),
        ]
    )
    for question in one.questions:
        yield f"  {QUESTION}{question.id}: {question.question}{_said(question)}"
        if question.default:
            yield f"      {question_default(question.default)}"
        if question.settings:
            yield "      " + _("concerns: {keys}").format(keys=", ".join(question.settings))
    for value in assumed:
        yield _value_line(value)


def _value_line(one: OpenValue) -> str:
    whose = mark_text("own" if one.own else "assumed")
    source = f" [{sources_text(one.setting.source)}]" if one.setting.source else ""
    value = str(one.setting.value).lower() if isinstance(one.setting.value, bool) else str(one.setting.value)
    return f"  {one.setting.key:<26} {value:<18} {whose}{source}{_said(one)}"


def _said(one: OpenQuestion | OpenValue) -> str:
    said = confirmation_text(one.confirmed, one.overtaken)
    return f"; {said}" if said else ""
