"""What each word of a form means, for the page of the language."""

from collections.abc import Mapping

from pydantic import BaseModel

from app.protocols.schema import forms

_UNIT = "The unit, printed at the end of the cell."
_WHEN = (
    "Only with these answers to the choices; besides them `day_kind`, `regimen` and `pump` (true where the day starts "
    "one)."
)
_VALUE = {
    "key": "The name under which the value is known; it never changes.",
    "label": "The words on paper.",
    "activity": (
        "The visit's activities that it answers, in their own words: it is printed where the visit has one of them, "
        "and the list to tick leaves them out."
    ),
    "when": _WHEN,
    "reason": "Whether a value that is not done needs a reason.",
    "share": "Its share of the width of a line or a table, of 24; 0: by its type.",
    "line": "In a table with two lines to a row: which of them.",
    "since": "The form and version that first had it; none: this one.",
}
_TYPE = {"type": "The type of the value."}

FORM_MEANINGS: Mapping[type[BaseModel], Mapping[str, str]] = {
    forms.LimitsModel: {"low": "The least plausible value.", "high": "The highest plausible value."},
    forms.OwnLimitModel: {"label": "What limit it is.", "unit": "Its unit."},
    forms.DayBoundModel: {"visit": "The visit from whose day it counts.", "days": "So many days after it."},
    forms.HoursAfterModel: {"value": "The key of the other value.", "hours": "So many hours after it."},
    forms.OptionModel: {
        "answer": "The answer.",
        "asks": "What is written next to it.",
        "label": "The words before that.",
        "unit": "The unit of a number.",
    },
    forms.NumberValueModel: _VALUE
    | _TYPE
    | {
        "unit": _UNIT,
        "decimals": "How many decimals are written.",
        "limits": "Its limits of plausibility.",
        "asks": "What is written next to it: reference range, day of the draw, number of the report, time, initials.",
        "own_limit": "A limit that is written down next to it.",
    },
    forms.PairValueModel: _VALUE | _TYPE | {"sign": "The sign between the numbers.", "unit": _UNIT},
    forms.ChoiceValueModel: _VALUE
    | _TYPE
    | {"options": "The answers, in order.", "several": "Whether several may be ticked."},
    forms.BoxValueModel: _VALUE | _TYPE | {"beside": "The key of the value in whose cell it is."},
    forms.DateValueModel: _VALUE
    | _TYPE
    | {
        "earliest": "Not before this day, which is printed once it is known.",
        "latest": "Not after this day.",
        "prefilled": "The visit whose performed day is printed.",
    },
    forms.TimeValueModel: _VALUE
    | _TYPE
    | {"dated": "Whether the day is written as well.", "after": "It is due so many hours after another value."},
    forms.TextValueModel: _VALUE
    | _TYPE
    | {"width": "How much of a line it takes.", "lines": "How many lines there are to write on."},
    forms.PersonValueModel: _VALUE | _TYPE | {"initials": "Whether initials are enough; else the name in print."},
    forms.ReferenceValueModel: _VALUE
    | _TYPE
    | {
        "to": (
            "A log (`adverse_events`, `medication`, `deviations`, `complications`, `delegation`), or the key of a "
            "table of the form."
        )
    },
    forms.RowsValueModel: _VALUE
    | _TYPE
    | {
        "labels": "A row for each of these words.",
        "blank": "So many empty rows.",
        "each": "A row for each line of a list of the protocol; drugs are those of the day by the regimen.",
        "columns": "The values of a row.",
        "abreast": "So many rows next to one another.",
        "head": "The heading above the words of the rows.",
    },
    forms.SectionModel: {
        "title": "The title; without one the part goes on from the part before.",
        "layout": "`table`: values below one another; `line`: next to one another, on lines.",
        "asks": "What is written next to each of its values.",
        "values": "The values, in order.",
        "legend": "Words printed below.",
        "when": _WHEN,
    },
    forms.FormModel: {
        "version": "The version of the form, printed at the foot; it changes with any change of its values.",
        "at": "The visits whose sheet it is.",
        "day_columns": (
            "The visits, or occurrences as `WARD#3`, that share one page, with the words above the column of each."
        ),
        "sections": "Its parts: written here, or the ids of shared ones.",
        "when": _WHEN,
    },
    forms.FormFile: {
        "studyday": "The edition of this language: 1.",
        "sections": "Parts of forms, by id.",
        "forms": "Forms, by id.",
        "sources": "The sources that they name.",
    },
}
"""The meanings of the words of each part of a form, by the part's model."""
