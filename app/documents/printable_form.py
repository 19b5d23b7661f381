"""Makes every text of a form printable once, so that what draws it need not ask."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from app.documents.text import printable
from app.domain.protocol.forms import AnyValue, ChoiceValue, Form, NumberValue, PairValue, RowsValue, Section

OneValue = TypeVar("OneValue", bound=AnyValue)


def printable_form(form: Form) -> Form:
    """Return the form with each text as it is printed, on one line.

    Raises:
        UnprintableText: a text has a character that no font has; the place names form and value.
    """
    place = f"form {form.id}"
    return replace(
        form,
        name=_line(form.name, place),
        version=_line(form.version, place),
        sections=tuple(_section(one, place) for one in form.sections),
        day_columns=_columns(form.day_columns, place),
    )


def _columns(columns: Mapping[str, str], place: str) -> dict[str, str]:
    return {visit: _line(label, f"{place}, column of {visit}") for visit, label in columns.items()}


def _section(section: Section, place: str) -> Section:
    return replace(
        section,
        title=_line(section.title, place),
        legend=_line(section.legend, place),
        values=tuple(_value(one, place) for one in section.values),
    )


def _value(value: OneValue, form: str) -> OneValue:
    place = f"{form}, value {value.key}"
    changed = replace(value, label=_line(value.label, place))
    match changed:
        case NumberValue(own_limit=limit):
            own = limit and replace(limit, label=_line(limit.label, place), unit=_line(limit.unit, place))
            changed = replace(changed, unit=_line(changed.unit, place), own_limit=own)
        case PairValue():
            changed = replace(changed, unit=_line(changed.unit, place), sign=_line(changed.sign, place))
        case ChoiceValue():
            changed = replace(
                changed,
                options=tuple(
                    replace(
                        one, text=_line(one.text, place), label=_line(one.label, place), unit=_line(one.unit, place)
                    )
                    for one in changed.options
                ),
            )
        case RowsValue():
            changed = replace(
                changed,
                head=_line(changed.head, place),
                labels=tuple(_line(one, place) for one in changed.labels),
                columns=tuple(_value(one, form) for one in changed.columns),
            )
    return changed


def _line(text: str, place: str) -> str:
    return printable(text, place).replace("\n", " ")
