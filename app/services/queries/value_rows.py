"""The settings and questions of the study's protocols as rows in words: for the window, from the query of the sheet.

A question comes before the values of its protocol, as on paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.facts.confirmed_values import QUESTION
from app.domain.protocol.settings import ASSUMED, SettingValue
from app.services.queries.open_values import (
    OpenProtocol,
    OpenQuestion,
    OpenValue,
    confirmation_text,
    open_values,
)
from app.services.study.study import Study
from app.wording.language import gettext as _
from app.wording.setting_words import setting_text, setting_value


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value or question. `what`: in words; `now`: its value, or the answer until somebody has given one.

    `value`: as it is typed, None for a question and for what cannot be set; `source`: where it is from; `mark`: who
    confirmed it, or that it is assumed; `more`: what else there is to know. `is_asked`: somebody is to confirm it;
    `is_confirmed`: whether that still holds; `is_overtaken`: it was changed after somebody had confirmed it; `own`: set
    by the site.
    """

    protocol: str
    title: str
    key: str
    what: str
    now: str
    value: SettingValue | None
    source: str
    mark: str
    more: str
    is_asked: bool
    is_confirmed: bool
    is_overtaken: bool
    own: bool


def value_rows(study: Study) -> list[ValueRow]:
    """Return every question and every setting, protocol by protocol."""
    return [row for one in open_values(study) for row in _rows(one)]


def _rows(one: OpenProtocol) -> Iterator[ValueRow]:
    for question in one.questions:
        yield _of_question(one, question)
    for value in one.values:
        yield _of_value(one, value)


def _of_question(one: OpenProtocol, asked: OpenQuestion) -> ValueRow:
    more = [
        _("the answers: {answers}").format(answers="; ".join(asked.options)) if asked.options else "",
        _("concerns {keys}").format(keys=", ".join(asked.settings)) if asked.settings else "",
    ]
    said = confirmation_text(asked.confirmed, asked.overtaken)
    return ValueRow(
        one.protocol.id,
        one.protocol.short_title,
        f"{QUESTION}{asked.id}",
        asked.question,
        asked.default,
        None,
        _("open question"),
        said or _("to be answered"),
        "; ".join(filter(None, more)),
        True,
        asked.confirmed is not None,
        asked.overtaken is not None,
        False,
    )


def _of_value(one: OpenProtocol, found: OpenValue) -> ValueRow:
    said = confirmation_text(found.confirmed, found.overtaken)
    asked = _("asked in {keys}").format(keys=", ".join(f"{QUESTION}{name}" for name in found.questions))
    return ValueRow(
        one.protocol.id,
        one.protocol.short_title,
        found.setting.key,
        setting_text(one.protocol, found.setting.key),
        setting_value(found.setting),
        found.setting.value if found.setting.is_settable else None,
        _("the site's own") if found.own else ", ".join(found.setting.source),
        said or _mark_of(found),
        asked if found.questions else "",
        found.is_asked,
        found.confirmed is not None,
        found.overtaken is not None,
        found.own,
    )


def _mark_of(found: OpenValue) -> str:
    """Return what is to be known of a value that nobody has confirmed."""
    if found.own:
        return _("set by the site")
    if found.setting.is_own_words:
        return _("the site's to say")
    return _("assumed") if found.setting.mark == ASSUMED else _("public")
