from pathlib import Path

import pytest

from app.domain.protocol.forms import (
    ChoiceValue,
    DateValue,
    DayBound,
    HoursAfter,
    Limits,
    NumberValue,
    Option,
    OwnLimit,
    RowsValue,
    TimeValue,
)
from app.domain.protocol.regimens import Drug
from app.domain.protocol.version import ProtocolVersion
from app.protocols.loader import load
from app.protocols.schema import forms
from app.protocols.schema.base import Model, parts_of
from app.protocols.version_codec import version_from_plain, version_to_plain
from tests.protocols.tiny import places, read, refused, write

VALUES = Path(__file__).parents[1] / "values.yaml"


@pytest.fixture(scope="module")
def lamps() -> ProtocolVersion:
    return load(VALUES).protocol


def test_forms_are_those_of_the_file_and_of_form_files(lamps: ProtocolVersion) -> None:
    assert [(form.id, form.version, form.visits) for form in lamps.forms] == [
        ("WEEK", "4", ()), ("FIRST", "2", ("START",)), ("DROPS", "1", ("DROP1", "DROP2")),
    ]  # fmt: skip
    assert list(lamps.forms[0].day_columns) == ["NIGHT#1", "NIGHT#2", "NIGHT#3", "NIGHT#4", "NIGHT#5"]
    assert lamps.forms[2].when == {"day_kind": ("treatment",), "regimen": ("DROPS",), "pump": (True,)}


def test_values_keep_what_is_said_of_them(lamps: ProtocolVersion) -> None:
    values = {one.key: one for section in lamps.forms[1].sections for one in section.values}
    weight = values["weight"]
    assert isinstance(weight, NumberValue)
    assert weight.limits == Limits(30, 250, "verified", ("P",))
    assert (weight.activities, weight.since, weight.mark) == (("Weight",), "FIRST 1", "verified")
    assert values["pressure"].since == "FIRST 2"
    melatonin, wish = values["melatonin"], values["wish"]
    assert isinstance(melatonin, NumberValue)
    assert melatonin.own_limit == OwnLimit("laboratory's upper limit", "ng/L")
    assert isinstance(wish, ChoiceValue)
    assert wish.options[1] == Option("warm", "number", "", "°C")
    begun, off, events = values["begun"], values["lamp_off"], values["events"]
    assert isinstance(begun, DateValue)
    assert (begun.earliest, begun.prefilled) == (DayBound("START", -3), "START")
    assert isinstance(off, TimeValue)
    assert off.after == HoursAfter("lamp_on", 12)
    assert isinstance(events, RowsValue)
    assert (events.rows, events.count, [one.line for one in events.columns]) == ("blank", 2, [1, 1, 2, 2])


def test_the_drugs_of_a_day(lamps: ProtocolVersion) -> None:
    assert lamps.regimens["DROPS"].first.doses == (Drug("Drops", "3 per night"), Drug("Scent", "1 mL", True))


def test_forms_survive_the_cache(lamps: ProtocolVersion) -> None:
    assert version_from_plain(version_to_plain(lamps)).forms == lamps.forms


FORM = "forms:\n  F:\n    name: F\n    at: [V1]\n    sections:\n      - values:\n"
"""Six lines from line 20: a value that a test adds is on line 26."""


@pytest.mark.parametrize(
    ("value", "word", "kind"),
    [
        ("{key: a, type: box, beside: b}", "b}", "unknown-value"),
        ("{key: a, type: time, after: {value: b, hours: 2}}", "b,", "unknown-value"),
        ("{key: a, type: reference, to: nowhere}", "nowhere", "unknown-value"),
        ("{key: a, type: date, prefilled: V9}", "V9", "unknown-visit"),
        ("{key: a, type: date, earliest: {visit: V9}}", "V9", "unknown-visit"),
        ("{key: a, type: text, when: {day_kind: feast}}", "feast", "unknown-kind-of-day"),
        ("{key: a, type: text, when: {regimen: R9}}", "R9", "unknown-regimen"),
        ("{key: a, type: text, when: {pump: soon}}", "soon", "unknown-answer"),
        ("{key: a, type: text, when: {arm: x}}", "arm", "unknown-choice"),
        ("{key: a, type: colour}", "colour", "wrong-value"),
        ("{key: a}", "{key", "missing-field"),
        ("{key: a, type: number, unti: kg}", "unti", "unknown-field"),
        ("{key: a, type: rows, columns: [{key: b, type: text}]}", "{key: a", "wrong-value"),
        ("{key: a, type: number, limits: {low: 5, high: 2}}", "{low", "wrong-value"),
        ("{key: a, type: choice, options: []}", "[]", "wrong-value"),
    ],
)
def test_what_does_not_fit_is_found_at_its_place(tmp_path: Path, value: str, word: str, kind: str) -> None:
    found = refused(write(tmp_path, top=f"{FORM}          - {value}\n"))
    assert places(found) == [(26, 13 + value.index(word), kind)]


def test_an_unknown_type_has_a_remedy(tmp_path: Path) -> None:
    (finding,) = refused(write(tmp_path, top=f"{FORM}          - {{key: a, type: numbr}}\n"))
    assert (finding.message, finding.remedy) == ("`numbr` is no type of value", "Did you mean `number`?")


def test_a_key_is_used_once_in_a_form(tmp_path: Path) -> None:
    values = "          - {key: a, type: text}\n          - {key: a, type: date}\n"
    assert places(refused(write(tmp_path, top=FORM + values))) == [(27, 19, "same-key")]
    table = (
        "          - {key: a, type: text}\n"
        "          - {key: t, type: rows, blank: 1, columns: [{key: a, type: text}]}\n"
    )
    assert [one.kind for one in refused(write(tmp_path, top=FORM + table))] == ["same-key"]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("{name: F, at: [V9], sections: [s]}", "unknown-visit"),
        ("{name: F, at: [V1], sections: [t]}", "unknown-section"),
        ("{name: F, day_columns: {V9#1: Day 1}, sections: [s]}", "unknown-visit"),
        ("{name: F, at: [V1], day_columns: {V1: Day 1}, sections: [s]}", "wrong-value"),
        ("{name: F, sections: [s]}", "wrong-value"),
    ],
)
def test_a_form_that_leads_nowhere(tmp_path: Path, form: str, kind: str) -> None:
    top = f"sections: {{s: {{values: [{{key: a, type: text}}]}}}}\nforms: {{F: {form}}}\n"
    assert [one.kind for one in refused(write(tmp_path, top=top))] == [kind]


def test_a_log_and_a_table_of_the_form_may_be_referred_to(tmp_path: Path) -> None:
    values = (
        "          - {key: log, type: reference, to: deviations}\n"
        "          - {key: t, type: rows, blank: 1, columns: [{key: a, type: text}]}\n"
        "          - {key: line, type: reference, to: t}\n"
    )
    assert [one.key for one in read(tmp_path, top=FORM + values).protocol.forms[0].sections[0].values] == [
        "log", "t", "line",
    ]  # fmt: skip


def test_the_third_trial_says_everything_that_a_form_can_say() -> None:
    """Each word of each part of a form is written somewhere in its files."""
    models = {one for one in vars(forms).values() if isinstance(one, type) and issubclass(one, Model)}
    models = {one for one in models if one.__module__ == forms.__name__} - {forms.FormFile, forms.ValueModel}
    said = {(type(part), name) for _path, part in parts_of(load(VALUES).file) for name in part.model_fields_set}
    everywhere = {name for _model, name in said}
    common = set(forms.ValueModel.model_fields)
    for model in models:
        missing = {name for name in model.model_fields if (model, name) not in said} - common
        assert missing <= {"source", "mark"}, model
    assert common <= everywhere
