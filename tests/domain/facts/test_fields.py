"""Fields read by their kind: what each type holds, what it refuses, and what fields ask of one another."""

import math
from datetime import date

import pytest

from app.domain.facts.fields import read_field, read_fields
from app.domain.facts.kind import Field, Json, Type
from app.domain.facts.kinds import KINDS
from app.domain.refusal import Refused

TODAY = date(2026, 12, 20)
TAKEN: list[tuple[Field, object, Json]] = [
    (Field("text", Type.TEXT), "  a note ", "a note"),
    (Field("text", Type.TEXT), "两行\nzwei", "两行\nzwei"),
    (Field("text", Type.TEXT), "a" * 2000, "a" * 2000),
    (Field("code", Type.CODE), " LI-001 ", "LI-001"),
    (Field("code", Type.CODE), "x" * 60, "x" * 60),
    (Field("visit", Type.VISIT), "SP-C02#3", "SP-C02#3"),
    (Field("on", Type.DAY), "2026-12-20", "2026-12-20"),
    (Field("on", Type.DAY), date(2026, 12, 19), "2026-12-19"),
    (Field("on", Type.DAY, may_be_future=True), "2027-02-28", "2027-02-28"),
    (Field("on", Type.DAY), "2024-02-29", "2024-02-29"),
    (Field("at", Type.TIME), "00:00", "00:00"),
    (Field("at", Type.TIME), "23:59", "23:59"),
    (Field("done", Type.YES_NO), False, False),
    (Field("sex", Type.ONE_OF, options=("female", "male")), "male", "male"),
    (Field("grade", Type.WHOLE, low=1, high=5), 1, 1),
    (Field("grade", Type.WHOLE, low=1, high=5), 5, 5),
    (Field("mg", Type.NUMBER, low=0.001, high=10), 0.001, 0.001),
    (Field("mg", Type.NUMBER, low=0.001, high=10), 10, 10),
    (Field("value", Type.ANSWER), True, True),
    (Field("value", Type.ANSWER), "prospective", "prospective"),
    (Field("choices", Type.ANSWERS), {"staged": True, "cohort": "x"}, {"staged": True, "cohort": "x"}),
    (Field("criteria", Type.TICKS), {"I01": True, "E01": False}, {"I01": True, "E01": False}),
    (Field("criteria", Type.TICKS), {"I01": " Unknown"}, {"I01": "unknown"}),
    (Field("closed", Type.WEEKDAYS), [6, 5, 5], [5, 6]),
    (Field("closed", Type.WEEKDAYS), [], []),
    (Field("files", Type.PLAIN), (("a", 1), {"b": None}), [["a", 1], {"b": None}]),
    (Field("judged", Type.WINDOW), ["2026-11-23", "2026-12-14"], ["2026-11-23", "2026-12-14"]),
]
REFUSED: list[tuple[Field, object, str]] = [
    (Field("text", Type.TEXT), "   ", "not_text"),
    (Field("text", Type.TEXT), 7, "not_text"),
    (Field("text", Type.TEXT), ["a"], "not_text"),
    (Field("text", Type.TEXT), "a" * 2001, "text_too_long"),
    (Field("code", Type.CODE), "x" * 61, "code_form"),
    (Field("code", Type.CODE), "a\tb", "code_form"),
    (Field("code", Type.CODE), "19121212-1212", "identity_number"),
    (Field("visit", Type.VISIT), "", "not_text"),
    (Field("on", Type.DAY), "2026-12-21", "future"),
    (Field("on", Type.DAY), date(2026, 12, 21), "future"),
    (Field("on", Type.DAY), "2026-2", "date_form"),
    (Field("on", Type.DAY), 20261220, "date_form"),
    (Field("on", Type.DAY), "2026-12-20T08:00", "date_with_time"),
    (Field("on", Type.DAY), "٢٠٢٦-١٢-٢٠", "date_form"),
    (Field("on", Type.DAY), "2025-02-29", "date_impossible"),
    (Field("on", Type.DAY), "1989-12-31", "date_far"),
    (Field("on", Type.DAY, may_be_future=True), "2121-01-01", "date_far"),
    (Field("at", Type.TIME), "24:00", "time_form"),
    (Field("at", Type.TIME), "9:3", "time_form"),
    (Field("at", Type.TIME), 930, "time_form"),
    (Field("at", Type.TIME), "09:30:15", "time_seconds"),
    (Field("done", Type.YES_NO), 1, "yes_no"),
    (Field("done", Type.YES_NO), "yes", "yes_no"),
    (Field("sex", Type.ONE_OF, options=("female", "male")), "man", "one_of"),
    (Field("sex", Type.ONE_OF, options=("female", "male")), ["male"], "one_of"),
    (Field("grade", Type.WHOLE, low=1, high=5), 0, "number_range"),
    (Field("grade", Type.WHOLE, low=1, high=5), 6, "number_range"),
    (Field("grade", Type.WHOLE, low=1, high=5), 2.0, "number"),
    (Field("grade", Type.WHOLE, low=1, high=5), True, "number"),
    (Field("grade", Type.WHOLE, low=1, high=5), "2", "number"),
    (Field("mg", Type.NUMBER, low=0.001, high=10), math.nan, "number_range"),
    (Field("mg", Type.NUMBER, low=0.001, high=10), math.inf, "number_range"),
    (Field("mg", Type.NUMBER, low=0.001, high=10), -math.inf, "number_range"),
    (Field("mg", Type.NUMBER, low=0.001, high=10), 0.0009, "number_range"),
    (Field("mg", Type.NUMBER, low=0.001, high=10), False, "number"),
    (Field("value", Type.ANSWER), 3, "choice_form"),
    (Field("choices", Type.ANSWERS), {"staged": 1}, "choice_form"),
    (Field("choices", Type.ANSWERS), [("staged", True)], "not_object"),
    (Field("criteria", Type.TICKS), {"I01": "yes"}, "yes_no_unknown"),
    (Field("criteria", Type.TICKS), "I01", "not_object"),
    (Field("closed", Type.WEEKDAYS), [7], "weekday"),
    (Field("closed", Type.WEEKDAYS), [-1], "weekday"),
    (Field("closed", Type.WEEKDAYS), [True], "weekday"),
    (Field("closed", Type.WEEKDAYS), (5, 6), "not_list"),
    (Field("closed", Type.WEEKDAYS), [0, 1, 2, 3, 4, 5, 6], "never_open"),
    (Field("files", Type.PLAIN), {"a": object()}, "not_text"),
    (Field("files", Type.PLAIN), {1, 2}, "not_text"),
]


@pytest.mark.parametrize(("field", "value", "kept"), TAKEN)
def test_a_value_is_kept_in_its_form(field: Field, value: object, kept: Json) -> None:
    found = read_field(field, value, TODAY)
    assert found == kept
    assert type(found) is type(kept)


@pytest.mark.parametrize(("field", "value", "kind"), REFUSED)
def test_a_value_that_its_field_cannot_hold_is_refused(field: Field, value: object, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        read_field(field, value, TODAY)
    assert caught.value.kind == kind
    assert caught.value.place.startswith("" if field.type is Type.PLAIN else field.name)


def test_every_type_is_tried_both_ways() -> None:
    assert {field.type for field, _value, _kept in TAKEN} == set(Type)
    # Any two days make a window; only the program gives one.
    assert {field.type for field, _value, _kind in REFUSED} == set(Type) - {Type.WINDOW}


def test_fields_come_in_the_order_of_their_kind_and_empty_ones_are_left_out() -> None:
    given = {"reason": "", "at": None, "on": "2026-11-30", "visit": "SP-C01"}
    assert list(read_fields(KINDS["performed"], given, TODAY).items()) == [("visit", "SP-C01"), ("on", "2026-11-30")]


def test_false_and_nothing_are_not_the_same() -> None:
    given = {"on": "2026-12-18", "reached": False}
    assert read_fields(KINDS["contact"], given, TODAY)["reached"] is False
    with pytest.raises(Refused) as caught:
        read_fields(KINDS["contact"], {"on": "2026-12-18", "reached": None}, TODAY)
    assert (caught.value.kind, caught.value.place, caught.value.values["name"]) == (
        "field_missing",
        "contact",
        "reached",
    )


def test_what_the_program_fills_is_typed_by_nobody() -> None:
    given = {"visit": "SP-C01", "on": "2026-11-30", "judged": ["2026-11-23", "2026-12-14"]}
    with pytest.raises(Refused) as caught:
        read_fields(KINDS["performed"], given, TODAY)
    assert caught.value.kind == "field_unknown"
    assert "judged" not in str(caught.value.values["known"])
    assert read_fields(KINDS["performed"], given, TODAY, internal=True)["judged"] == given["judged"]


TISSUE = {"visit": "SP-P03", "on": "2026-12-18", "specimen": "blood", "taken": False, "reason": "x"}
DOSE = {"visit": "SP-C01", "on": "2026-11-30", "given": "reduced", "reason": "x"}
OPERATION = {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "other", "liver": "none"}
EVENT = {"term": "Nausea", "grade": 1, "on": "2026-12-01", "serious": False}
SCREENED = {"code": "A", "protocol": "p", "on": "2026-12-01", "outcome": "failure", "reason": "x"}
FORM = {"visit": "SP-S08", "questionnaire": "eq5d", "on": "2026-11-23", "done": False, "reason": "x"}


@pytest.mark.parametrize(
    ("kind", "whole", "change", "refused"),
    [
        ("specimen", TISSUE, {"reason": ""}, "field_missing"),
        ("specimen", TISSUE, {"mg": 5}, "not_taken"),
        ("specimen", TISSUE, {"label": "T-1"}, "not_taken"),
        ("specimen", TISSUE, {"kept": "freezer"}, "not_taken"),
        ("treatment", DOSE, {"reason": None}, "field_missing"),
        ("treatment", DOSE, {"given": "full", "percent": 99.5}, "full_dose"),
        ("operation", OPERATION, {"pancreas": "none"}, "no_procedure"),
        ("operation", OPERATION, {"start": "08:00", "end": "08:00"}, "no_length"),
        ("adverse_event", EVENT, {"ended": "2026-11-30"}, "ends_before"),
        ("screened", SCREENED, {"reason": ""}, "field_missing"),
        ("questionnaire", FORM, {"reason": ""}, "field_missing"),
    ],
)
def test_fields_ask_of_one_another(
    kind: str, whole: dict[str, object], change: dict[str, object], refused: str
) -> None:
    read_fields(KINDS[kind], whole, TODAY)
    with pytest.raises(Refused) as caught:
        read_fields(KINDS[kind], {**whole, **change}, TODAY)
    assert caught.value.kind == refused


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("treatment", {**DOSE, "given": "full", "percent": 100, "reason": None}),
        ("operation", {**OPERATION, "start": "22:00", "end": "02:00"}),
        ("adverse_event", {**EVENT, "ended": "2026-12-01"}),
        ("specimen", {**TISSUE, "taken": True, "mg": 5, "reason": None}),
        ("screened", {**SCREENED, "outcome": "eligible", "reason": None}),
    ],
)
def test_what_looks_odd_but_can_be_is_taken(kind: str, fields: dict[str, object]) -> None:
    kept = read_fields(KINDS[kind], fields, TODAY)
    assert kept == {name: value for name, value in fields.items() if value is not None}
