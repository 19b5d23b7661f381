"""Scenarios as JSON: what is read, and what is refused with the place and the reason."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.facts import planner_facts as f
from app.domain.facts.parsing import LONGEST_TEXT
from app.domain.facts.records import NewFact
from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document
from app.exchange.scenario import MAX_CHARACTERS, MAX_FACTS, read_scenario
from app.services.queries.rehearsal import rehearse
from app.wording.refusals import refusal_text
from tests.domain.facts.typed_forms import COMING, PAST, REFUSED, TIMES, TODAY

Document = dict[str, Any]

WHOLE: Document = {
    "protocol": "scanpan",
    "today": "2026-12-20",
    "participant": {
        "code": "LI-001",
        "enrolled_on": "2026-11-23",
        "country": "SE",
        "regimen": "AG",
        "choices": {"staged": False},
    },
    "site": {
        "time_zone": "Europe/Stockholm",
        "closed_weekdays": [5, 6],
        "closed": ["2026-12-23"],
        "open": ["2026-12-27"],
        "values": {"SP-R01.after": "P21D"},
    },
    "facts": [
        {"kind": "performed", "visit": "SP-C01", "on": "2026-11-30", "at": "10:15"},
        {"kind": "omitted", "visit": "SP-C03#1.8", "on": "2026-12-07", "reason": "low counts"},
        {"kind": "missed", "visit": "SP-S03", "on": "2026-12-01", "reason": "scanner down"},
        {"kind": "booked", "visit": "SP-C02#2", "on": "2026-12-29", "at": "09:30"},
        {"kind": "moved", "visit": "SP-C02#3", "to": "2027-02-01", "reason": "holiday abroad"},
    ],
}
KINDS: list[Document] = [
    *WHOLE["facts"],
    {"kind": "decided", "visit": "SP-R01", "on": "2026-12-20", "outcome": "response"},
    {"kind": "chosen", "choice": "eortc", "value": True, "on": "2026-12-20"},
    {"kind": "regimen_changed", "on": "2026-12-20", "to": "GEM"},
    {"kind": "stopped", "phase": "postop_chemo", "on": "2026-12-20", "reason": "wish"},
    {
        "kind": "withdrawn",
        "scope": "treatment",
        "on": "2026-12-20",
        "reason": "wish",
        "last_medication_on": "2026-11-30",
    },
    {"kind": "withdrawn", "scope": "all", "on": "2026-12-20", "reason": "wish", "last_medication_on": "none"},
    {"kind": "lost", "on": "2026-12-20", "reason": "moved away"},
    {"kind": "found_again", "on": "2026-12-20"},
    {"kind": "contact", "on": "2026-12-20", "alive": "no"},
    {"kind": "died", "on": "2026-12-20"},
]
OPTIONAL = {"at", "last_medication_on", "alive"}


def with_facts(*facts: Any) -> Document:
    """The scenario with these facts."""
    return {**WHOLE, "facts": list(facts)}


def text_of(document: Any) -> str:
    """As JSON text."""
    return document if isinstance(document, str) else json.dumps(document)


def refusal(document: Any) -> Refused:
    """How a scenario is refused."""
    with pytest.raises(Refused) as caught:
        rehearse(text_of(document))
    return caught.value


def told(document: Any) -> str:
    """The message that a user reads."""
    return refusal_text(refusal(document))


def changed(place: str, value: Any) -> Document:
    """The scenario with another value at a place such as ``participant.code``."""
    document = deepcopy(WHOLE)
    *way, last = place.split(".")
    inner: Any = document
    for name in way:
        inner = inner[int(name)] if name.isdigit() else inner[name]
    inner[last] = value
    return document


# What is read


def test_the_whole_scenario_is_read() -> None:
    scenario = read_scenario(json.dumps(WHOLE))
    assert (scenario.protocol, scenario.today) == ("scanpan", date(2026, 12, 20))
    assert scenario.participant == f.Participant("LI-001", date(2026, 11, 23), "SE", "AG", {"staged": False})
    assert (scenario.site.closed_weekdays, scenario.site.closed) == (frozenset({5, 6}), (date(2026, 12, 23),))
    assert (scenario.site.opened, scenario.site.values) == ((date(2026, 12, 27),), {"SP-R01.after": "P21D"})
    assert scenario.facts[0] == f.Performed("SP-C01", date(2026, 11, 30), "10:15")
    assert scenario.facts[4] == f.Moved("SP-C02#3", date(2027, 2, 1), "holiday abroad")


def test_every_kind_of_fact_is_read_and_planned() -> None:
    kinds = [type(fact).__name__ for fact in read_scenario(json.dumps(with_facts(*KINDS))).facts]
    assert kinds == [
        "Performed", "Omitted", "Missed", "Booked", "Moved", "Decided", "Chosen", "RegimenChanged", "Stopped",
        "Withdrawn", "Withdrawn", "Lost", "FoundAgain", "Contacted", "Died",
    ]  # fmt: skip
    assert rehearse(json.dumps(with_facts(*KINDS))).calendar.entries


LEAK = {"kind": "complication", "on": "2026-12-19", "what": "Leak", "grade": "II"}
OPERATION = {"kind": "operation", "visit": "SP-P03", "on": "2026-12-18", "pancreas": "none", "liver": "ablation"}


def test_what_happened_is_read_as_a_study_reads_it() -> None:
    scenario = read_scenario(json.dumps(with_facts({**OPERATION, "start": "8.30", "lesions": 2}, LEAK)))
    assert scenario.facts[0] == f.Operated("SP-P03", date(2026, 12, 18), "none", "ablation", "08:30")
    assert scenario.facts[1] == NewFact("complication", {"on": "2026-12-19", "what": "Leak", "grade": "II"}, 1)
    assert scenario.planned == scenario.facts[:1]


def test_the_timing_of_the_metastases_is_read() -> None:
    for typed, known in (("metachronous", "metachronous"), ("Synchronous", "synchronous"), (None, "")):
        assert read_scenario(json.dumps(changed("participant.timing", typed))).participant.timing == known
    with pytest.raises(Refused) as refused:
        read_scenario(json.dumps(changed("participant.timing", "late")))
    assert (refused.value.kind, refused.value.place) == ("one_of", "participant.timing")


@pytest.mark.parametrize(
    ("wrong", "kind", "place"),
    [
        ({"pancreas": "whipple"}, "one_of", "1.pancreas"),
        ({"liver": "none"}, "no_procedure", "1"),
        ({"side": "left", "liver": "none", "pancreas": "other"}, "not_treated", "1.side"),
        ({"margin_mm": 1}, "nothing_resected", "1.margin_mm"),
        ({"lesions": 2.5}, "number", "1.lesions"),
        ({"surgeon": "X"}, "field_unknown", "1"),
        ({"sure": "yes"}, "yes_no", "1.sure"),
        ({"on": "2026-12-21"}, "future", "1.on"),
        ({"visit": None}, "field_missing", "1"),
    ],
)
def test_a_wrong_field_of_what_happened_is_refused_at_its_place(wrong: dict[str, Any], kind: str, place: str) -> None:
    with pytest.raises(Refused) as refused:
        read_scenario(json.dumps(with_facts({**OPERATION, **wrong})))
    assert (refused.value.kind, refused.value.place) == (kind, place)


def test_a_calendar_says_which_visits_it_leaves_out_and_why() -> None:
    document = calendar_document(rehearse(json.dumps(with_facts(OPERATION))).calendar)
    assert [one["visit"] for one in document["left_out"]] == ["SP-O04", "SP-O05#14", "SP-O05#21", "SP-O06"]
    assert document["left_out"][3] == {
        "visit": "SP-O06",
        "name": "Pathology result",
        "operation": "SP-P03",
        "on": "2026-12-18",
        "why": "Not after ablation alone (SP-P03, Fri 18 Dec 2026).",
    }
    assert not {one["visit"] for one in document["left_out"]} & {one["visit"] for one in document["entries"]}


def test_site_choices_and_times_may_be_left_out() -> None:
    short = deepcopy(WHOLE)
    del short["site"], short["participant"]["choices"], short["facts"][0]["at"], short["facts"][3]["at"]
    scenario = read_scenario(json.dumps(short))
    assert (scenario.site.closed_weekdays, scenario.site.time_zone, scenario.participant.choices) == (None, "", {})
    assert scenario.facts[0] == f.Performed("SP-C01", date(2026, 11, 30))


def test_all_weekdays_may_be_open() -> None:
    assert read_scenario(json.dumps(changed("site.closed_weekdays", []))).site.closed_weekdays == frozenset()


def test_the_hour_of_the_pump_follows_the_sites_zone_or_the_countrys() -> None:
    facts = [{"kind": "performed", "visit": "SP-C01", "on": "2026-11-30", "at": "08:00", "pump_at": "10:15"}]
    base = {**with_facts(*facts), "participant": {**WHOLE["participant"], "regimen": "MFFX"}}
    for zone, due in (("Europe/Helsinki", "+02:00"), ("Europe/Stockholm", "+01:00"), (None, "+01:00")):
        document = {**base, "site": {"time_zone": zone} if zone else {}}
        entries = calendar_document(rehearse(json.dumps(document)).calendar)["entries"]
        found = next(entry for entry in entries if entry["visit"] == "SP-C03#1.3")
        assert found["due_at"] == f"2026-12-02T08:15:00{due}"


# What is no scenario


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{",
        "not json",
        "{'protocol': 'scanpan'}",
        '{"today": 2026-11-23}',
        json.dumps(WHOLE)[:-1],
        json.dumps(WHOLE) + "x",
        json.dumps(WHOLE).replace('"2026-12-20"', "NaN"),
        json.dumps(WHOLE).replace('"2026-12-20"', "Infinity"),
        json.dumps(WHOLE).replace('"2026-12-20"', "-Infinity"),
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 100_000,
        "\ufeff" + json.dumps(WHOLE),
        "1" * 5000,
    ],
    ids=range(16),
)
def test_what_is_no_json_is_refused(text: str) -> None:
    refused = refusal(text)
    assert refused.kind in ("not_json", "not_object")
    assert refusal_text(refused)


def test_the_place_of_a_slip_in_the_json_is_named() -> None:
    assert told('{"protocol": "scanpan",\n "today": }').startswith("this is no JSON: line 2, column 11")


@pytest.mark.parametrize("value", [[], "text", 1, 1.5, True, None])
def test_a_scenario_is_an_object(value: Any) -> None:
    assert refusal(json.dumps(value)).kind == "not_object"


def test_a_huge_text_is_refused_before_it_is_read() -> None:
    assert refusal(" " * (MAX_CHARACTERS + 1)).kind == "too_large"


def test_too_many_facts_are_refused() -> None:
    assert refusal(with_facts(*[{"kind": "died", "on": "2026-12-20"}] * (MAX_FACTS + 1))).kind == "too_many_facts"


def test_a_number_too_long_to_read_is_refused() -> None:
    assert refusal(json.dumps(WHOLE).replace("[5, 6]", "[" + "5" * 5000 + "]")).kind in ("not_json", "weekday")


# Fields


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("", "protocol"),
        ("", "today"),
        ("", "participant"),
        ("", "facts"),
        ("participant", "code"),
        ("participant", "country"),
    ],
)
def test_a_missing_field_is_named(place: str, name: str) -> None:
    document = deepcopy(WHOLE)
    del (document[place] if place else document)[name]
    refused = refusal(document)
    assert (refused.kind, refused.place, refused.values["name"]) == ("field_missing", place, name)
    assert f"“{name}”" in refusal_text(refused)


def test_a_trial_with_treatment_needs_a_regimen() -> None:
    document = deepcopy(WHOLE)
    del document["participant"]["regimen"]
    assert "regimen" in told(document)


@pytest.mark.parametrize("place", ["", "participant", "site", "facts.2"])
def test_an_unknown_field_is_named(place: str) -> None:
    refused = refusal(changed(f"{place}.colour" if place else "colour", "green"))
    assert (refused.kind, refused.values["name"]) == ("field_unknown", "colour")
    assert refusal_text(refused).startswith({"": "unknown", "facts.2": "fact 3: "}.get(place, f"{place}: "))


@pytest.mark.parametrize("name", ["Protocol", "facts ", "protocol\u200b", "_comment", ""])
def test_a_field_is_known_by_its_exact_name(name: str) -> None:
    assert refusal({**WHOLE, name: 1}).kind == "field_unknown"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(WHOLE).replace('"today":', '"today": "2026-12-19", "today":'),
        json.dumps(WHOLE).replace('"code":', '"code": "LI-002", "code":'),
        json.dumps(WHOLE).replace('"kind": "missed",', '"kind": "missed", "kind": "missed",'),
        json.dumps(WHOLE).replace('"staged": false', '"staged": false, "staged": true'),
        json.dumps(WHOLE).replace('"SP-R01.after":', '"SP-R01.after": 1, "SP-R01.after":'),
    ],
)
def test_a_field_that_stands_twice_is_refused(text: str) -> None:
    assert refusal(text).kind == "field_twice"


@pytest.mark.parametrize("fact", KINDS, ids=lambda fact: str(fact["kind"]))
def test_every_field_of_every_fact_is_needed_unless_it_is_optional(fact: Document) -> None:
    for name in fact:
        less = {key: value for key, value in fact.items() if key != name}
        document = with_facts({"kind": "booked", "visit": "SP-S01", "on": "2026-12-24"}, less)
        if name in OPTIONAL:
            read_scenario(json.dumps(document))
        else:
            assert told(document).startswith("fact 2: ")
            assert f"“{name}”" in told(document)


@pytest.mark.parametrize("fact", KINDS, ids=lambda fact: str(fact["kind"]))
@pytest.mark.parametrize("wrong", [None, 1, 2.5, [], {}, ""], ids=repr)
def test_every_field_of_every_fact_holds_what_it_should(fact: Document, wrong: Any) -> None:
    first = {"kind": "booked", "visit": "SP-S01", "on": "2026-12-24"}
    for name in fact:
        refused = refusal(with_facts(first, {**fact, name: wrong}))
        assert refused.place in ({"2"} if name == "kind" else {f"2.{name}"})
        assert refusal_text(refused).startswith("fact 2:" if name == "kind" else f"fact 2, {name}: ")


@pytest.mark.parametrize("kind", ["cancelled", "", "perform", "\u202e"])
def test_an_unknown_kind_of_fact_is_refused_and_the_known_ones_are_told(kind: str) -> None:
    message = told(with_facts({"kind": kind, "on": "2026-12-20"}))
    assert message.startswith("fact 1: unknown kind")
    assert "found_again" in message


@pytest.mark.parametrize("fact", ["died", 1, None, [], [{"kind": "died", "on": "2026-12-20"}]])
def test_a_fact_is_an_object(fact: Any) -> None:
    assert told(with_facts(fact)).startswith("fact 1: ")


@pytest.mark.parametrize(
    ("place", "value", "kind"),
    [
        ("protocol", 1, "not_text"),
        ("protocol", "", "not_text"),
        ("protocol", "  ", "not_text"),
        ("protocol", None, "not_text"),
        ("participant", [], "not_object"),
        ("participant", None, "not_object"),
        ("participant.code", 1, "not_text"),
        ("participant.code", "", "not_text"),
        ("participant.code", "LI\n001", "code_form"),
        ("participant.code", "LI\x00001", "code_form"),
        ("participant.code", "L" * 61, "code_form"),
        ("participant.country", 46, "not_text"),
        ("participant.regimen", 1, "not_text"),
        ("participant.regimen", ["AG"], "not_text"),
        ("participant.choices", [], "not_object"),
        ("participant.choices", None, "not_object"),
        ("participant.choices.staged", 1, "choice_form"),
        ("participant.choices.staged", None, "choice_form"),
        ("participant.choices.staged", [True], "choice_form"),
        ("site", [], "not_object"),
        ("site", None, "not_object"),
        ("site.time_zone", "", "not_text"),
        ("site.time_zone", 1, "not_text"),
        ("site.closed_weekdays", "5, 6", "not_list"),
        ("site.closed_weekdays", {"5": True}, "not_list"),
        ("site.closed_weekdays", [7], "weekday"),
        ("site.closed_weekdays", [-1], "weekday"),
        ("site.closed_weekdays", ["Saturday"], "weekday"),
        ("site.closed_weekdays", [True], "weekday"),
        ("site.closed_weekdays", [5.0], "weekday"),
        ("site.closed_weekdays", [[]], "weekday"),
        ("site.closed_weekdays", [0, 1, 2, 3, 4, 5, 6], "never_open"),
        ("site.closed", "2026-12-23", "not_list"),
        ("site.closed", [20261223], "date_form"),
        ("site.open", [None], "date_form"),
        ("site.values", [], "not_object"),
        ("facts", {}, "not_list"),
        ("facts", None, "not_list"),
        ("facts", "died", "not_list"),
    ],
)
def test_every_field_holds_its_own_kind_of_value(place: str, value: Any, kind: str) -> None:
    refused = refusal(changed(place, value))
    assert refused.kind == kind
    assert refused.place.startswith(place.partition(" ")[0])
    assert refusal_text(refused)


@pytest.mark.parametrize("value", [1, 0.5, None, ["yes"], {"staged": True}])
def test_the_answer_to_a_choice_says_what_it_may_be(value: Any) -> None:
    said = told(with_facts({"kind": "chosen", "choice": "staged", "value": value, "on": "2026-12-20"}))
    assert said == "fact 1, value: the answer must be true, false or a text"


@pytest.mark.parametrize(
    ("value", "shown"), [(["died"], '["died"]'), ({"died": None}, '{"died": null}'), ([True, "Ö"], '[true, "Ö"]')]
)
def test_a_list_is_said_back_as_it_was_written(value: Any, shown: str) -> None:
    assert f"unknown kind “{shown}”" in told(with_facts({"kind": value, "on": "2026-12-20"}))


@pytest.mark.parametrize("place", ["protocol", "participant.code", "participant.country"])
def test_a_huge_text_in_a_field_is_refused(place: str) -> None:
    refused = refusal(changed(place, "x" * (LONGEST_TEXT + 1)))
    assert (refused.kind, refused.place) == ("text_too_long", place)


def test_a_reason_may_be_long_but_not_without_end() -> None:
    fact = {"kind": "missed", "visit": "SP-S03", "on": "2026-12-01", "reason": "x" * LONGEST_TEXT}
    assert rehearse(json.dumps(with_facts(fact))).calendar.entries
    assert refusal(with_facts({**fact, "reason": "x" * (LONGEST_TEXT + 1)})).place == "1.reason"


# Days and times

NO_DATES = [
    ("2026-W48-1", "date_form"),
    ("+2026-11-23", "date_form"),
    ("\u0662\u0660\u0662\u0666-\u0661\u0661-\u0662\u0663", "date_form"),
    ("", "date_form"),
    ("whenever", "date_form"),
    (20261123, "date_form"),
    (None, "date_form"),
    (["2026-11-23"], "date_form"),
    ("2026-11-23T00:00", "date_with_time"),
    ("Tue 23 Nov 2026", "date_weekday"),
    ("3-4-26", "date_two_ways"),
    ("2026-02-30", "date_impossible"),
    ("2027-02-29", "date_impossible"),
    ("2026-13-01", "date_impossible"),
    ("2026-00-10", "date_impossible"),
    ("2026-11-00", "date_impossible"),
    ("0000-01-01", "date_impossible"),
    ("0001-01-01", "date_far"),
    ("1989-12-31", "date_far"),
    ("2121-01-01", "date_far"),
    ("9999-12-31", "date_far"),
]


@pytest.mark.parametrize(("value", "kind"), NO_DATES, ids=repr)
def test_a_day_that_cannot_be_read_is_refused_with_its_place(value: Any, kind: str) -> None:
    first = {"kind": "booked", "visit": "SP-S01", "on": "2026-12-24"}
    refused = refusal(with_facts(first, {"kind": "missed", "visit": "SP-S03", "on": value, "reason": "x"}))
    assert (refused.kind, refused.place) == (kind, "2.on")
    assert refusal_text(refused).startswith("fact 2, on: ")
    for place in ("today", "participant.enrolled_on"):
        refused = refusal(changed(place, value))
        assert (refused.kind, refused.place) == (kind, place)
    refused = refusal(changed("site.closed", ["2026-12-23", value]))
    assert (refused.kind, refused.place) == (kind, "site.closed[2]")


@pytest.mark.parametrize("value", ["today", "+1", "thu", "15", "23 nov"])
def test_the_day_of_a_story_is_no_day_that_depends_on_it(value: str) -> None:
    assert (refusal(changed("today", value)).kind, refusal(changed("today", value)).place) == ("date_no_today", "today")


@pytest.mark.parametrize(
    "value",
    ["24:00", "09:60", "", "-1:00", "09:3", "\u0660\u0669:\u0663\u0660", "09:30Z", "09:30+01:00", 930, None,
     ["09:30"], True],
    ids=repr,
)  # fmt: skip
def test_a_time_that_cannot_be_read_is_refused_with_its_place(value: Any) -> None:
    refused = refusal(with_facts({"kind": "booked", "visit": "SP-C01", "on": "2026-12-24", "at": value}))
    assert (refused.kind, refused.place) == ("time_form", "1.at")
    assert refusal_text(refused).startswith("fact 1, at: ")


@pytest.mark.parametrize(("text", "meant"), COMING)
def test_a_booking_of_a_story_reads_what_every_surface_reads(text: str, meant: str) -> None:
    document = changed("facts", [{"kind": "booked", "visit": "SP-C02#2", "on": text}]) | {"today": TODAY.isoformat()}
    assert read_scenario(json.dumps(document)).facts == (f.Booked("SP-C02#2", date.fromisoformat(meant)),)


@pytest.mark.parametrize(("text", "meant"), PAST)
def test_what_happened_in_a_story_reads_what_every_surface_reads(text: str, meant: str) -> None:
    fact = {"kind": "missed", "visit": "SP-S03", "on": text, "reason": "x"}
    document = changed("facts", [fact]) | {"today": TODAY.isoformat()}
    assert read_scenario(json.dumps(document)).facts == (f.Missed("SP-S03", date.fromisoformat(meant), "x"),)


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_what_no_surface_reads_is_refused_in_a_story(text: str, kind: str) -> None:
    document = changed("facts", [{"kind": "booked", "visit": "SP-C02#2", "on": text}]) | {"today": TODAY.isoformat()}
    assert (refusal(document).kind, refusal(document).place) == (kind, "1.on")


@pytest.mark.parametrize(("text", "meant"), TIMES)
def test_a_time_of_a_story_reads_what_every_surface_reads(text: str, meant: str) -> None:
    fact = {"kind": "booked", "visit": "SP-C01", "on": "2026-12-24", "at": text}
    assert read_scenario(json.dumps(with_facts(fact))).facts[0] == f.Booked("SP-C01", date(2026, 12, 24), meant)


def test_an_hour_of_a_story_that_does_not_exist_is_refused() -> None:
    fact = {"kind": "booked", "visit": "SP-C02#2", "on": "2027-03-28", "at": "02:30"}
    with pytest.raises(Refused) as caught:
        rehearse(json.dumps(with_facts(fact)))
    assert (caught.value.kind, caught.value.place) == ("hour_skipped", "1")


def test_a_day_with_its_time_fills_both() -> None:
    """As the program prints it; the same time may be given once more, another one not."""
    fact = {"kind": "booked", "visit": "SP-C01", "on": "Thu 24 Dec 2026, 09:30"}
    assert read_scenario(json.dumps(with_facts(fact))).facts[0] == f.Booked("SP-C01", date(2026, 12, 24), "09:30")
    same = read_scenario(json.dumps(with_facts({**fact, "at": "9.30"}))).facts[0]
    assert same == f.Booked("SP-C01", date(2026, 12, 24), "09:30")
    refused = refusal(with_facts({**fact, "at": "10:00"}))
    assert (refused.kind, refused.place) == ("time_twice", "1.at")
    for nothing in (None, "", 9):
        assert refusal(with_facts({**fact, "at": nothing})).kind == "time_form"
        assert refusal(with_facts({**fact, "on": "2026-12-24", "at": nothing})).kind == "time_form"


@pytest.mark.parametrize("value", ["00:00", "09:30", "23:59"])
def test_the_day_has_all_its_minutes(value: str) -> None:
    fact = read_scenario(
        json.dumps(with_facts({"kind": "booked", "visit": "SP-C01", "on": "2026-12-24", "at": value}))
    ).facts[0]
    assert fact == f.Booked("SP-C01", date(2026, 12, 24), value)


# What JSON allows and the study does not


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (changed("protocol", "scanpam"), "scanpam"),
        (changed("protocol", "../scanpan"), "../scanpan"),
        (changed("participant.country", "XX"), "participant.country: unknown country “XX”"),
        (changed("participant.regimen", "S1"), "unknown regimen “S1”"),
        (changed("participant.choices", {"pet_ct": True}), "unknown choice “pet_ct”"),
        (changed("participant.choices", {"staged": "no"}), "the choice “staged” cannot be “no”"),
        (changed("participant.enrolled_on", "2026-12-21"), "lies after today"),
        (changed("site.time_zone", "Europe/Linköping"), "site.time_zone: unknown time zone"),
        (changed("site.time_zone", "../etc/passwd"), "site.time_zone: unknown time zone"),
        (changed("site.time_zone", "/etc/localtime"), "site.time_zone: unknown time zone"),
        (changed("site.values", {"SP-X01.after": "P1D"}), "site.values: unknown site value “SP-X01.after”"),
        (changed("site.values", {"SP-C01.after": "1 day"}), "site.values: the site value “SP-C01.after” cannot be"),
        (changed("site.values", {"SP-C01.after": "9" * 3000}), f"“SP-C01.after” cannot be “{'9' * 40}”."),
        (changed("site.values", {"cycles.preop_chemo": None}), "“cycles.preop_chemo” cannot be “null”."),
        (with_facts({"kind": "died", "on": "2026-12-21"}), "fact 1: Mon 21 Dec 2026 lies after today"),
        (
            with_facts({"kind": "withdrawn", "scope": "some", "on": "2026-12-20", "reason": "x"}),
            "fact 1, scope: unknown scope “some”",
        ),
        (
            with_facts({"kind": "contact", "on": "2026-12-20", "alive": "perhaps"}),
            "fact 1, alive: “perhaps” is not known here. Known: yes, no, unknown",
        ),
    ],
)
def test_what_the_study_does_not_have_is_refused_by_name(document: Document, message: str) -> None:
    assert message in told(document)


@pytest.mark.parametrize("name", ["Europe", "Europe/", "a" * 300, "Europe/Stockolm", "."])
def test_a_time_zone_that_is_none_is_refused(name: str) -> None:
    assert refusal(changed("site.time_zone", name)).kind == "time_zone"


# Anything at all

NAMES = st.sampled_from(sorted({name for fact in KINDS for name in fact} | set(WHOLE) | set(WHOLE["participant"])))
LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates().map(date.isoformat),
    st.sampled_from(["SP-C01", "SP-C02#2", "SP-R01", "U#1", "performed", "decided", "response", "2026-12-01", "09:30"]),
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=4), inner, max_size=5)
)
FACT_KEYS = (
    "SP-C01",
    "SP-C02#2",
    "SP-C03#1.8",
    "SP-C04#1.1",
    "SP-R01",
    "SP-R03#1",
    "SP-P03",
    "SP-P04",
    "SP-S03",
    "U#1",
)
DATES = st.dates(date(2026, 11, 1), date(2026, 12, 31)).map(date.isoformat)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "visit": st.sampled_from(FACT_KEYS),
    "on": DATES,
    "to": DATES | st.sampled_from(["AG", "GEM"]),
    "last_medication_on": DATES,
    "at": st.sampled_from(["00:00", "10:15", "23:59"]),
    "reason": st.just("wish"),
    "outcome": st.sampled_from(["response", "continue", "palliative"]),
    "choice": st.sampled_from(["staged", "eortc", "long_term"]),
    "value": st.booleans(),
    "phase": st.sampled_from(["preop_chemo", "postop_chemo"]),
    "scope": st.sampled_from(["treatment", "all"]),
    "alive": st.sampled_from(["yes", "no", "unknown"]),
}


@st.composite
def plausible_facts(draw: st.DrawFn) -> Document:
    """A fact with the right fields, sometimes with a wrong one."""
    form = draw(st.sampled_from(KINDS))
    fact = {name: form["kind"] if name == "kind" else draw(FIELDS[name]) for name in form}
    if draw(st.integers(0, 9)) == 0:
        fact[draw(NAMES)] = draw(ANYTHING)
    return fact


def plans_or_refuses(text: str) -> None:
    """It is planned, or refused with a message; nothing else happens."""
    try:
        calendar = rehearse(text).calendar
    except Refused as refused:
        message = refusal_text(refused)
    else:
        message = json.dumps(calendar_document(calendar), allow_nan=False)
    assert message


@pytest.mark.parametrize("name", ["judged", "window"])
def test_a_window_that_ends_before_it_begins_is_refused(name: str) -> None:
    kind = "performed" if name == "judged" else "missed"
    story = with_facts({"kind": kind, "visit": "SP-C01", "on": "2026-11-30", "reason": "x"})
    if kind == "performed":
        del story["facts"][0]["reason"]
    story["facts"][0] |= {name: {"earliest": "2026-12-09", "latest": "2026-12-01"}, "unchecked": True}
    with pytest.raises(Refused) as refused:
        rehearse(json.dumps(story))
    assert (refused.value.kind, refused.value.place) == ("ends_before", f"1.{name}.latest")


@pytest.mark.parametrize("visit", ["SP-C02#x", "SP-C03#", "SP-C02#2/3", "U#x", "zzz"])
def test_a_kept_fact_of_a_visit_that_no_calendar_has_is_refused(visit: str) -> None:
    with pytest.raises(Refused) as refused:
        rehearse(json.dumps(with_facts({"kind": "performed", "visit": visit, "on": "2026-11-30", "unchecked": True})))
    assert (refused.value.kind, refused.value.place) == ("unknown_visit", "1")


fuzzed = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@fuzzed
@given(ANYTHING)
def test_any_json_plans_or_is_refused(document: Any) -> None:
    plans_or_refuses(json.dumps(document))


@fuzzed
@given(st.text(max_size=60))
def test_any_text_plans_or_is_refused(text: str) -> None:
    plans_or_refuses(text)


@fuzzed
@given(st.sampled_from([*WHOLE, *(f"participant.{name}" for name in WHOLE["participant"]), "facts.1.on"]), ANYTHING)
def test_a_scenario_with_anything_in_one_place_plans_or_is_refused(place: str, value: Any) -> None:
    plans_or_refuses(json.dumps(changed(place, value)))


@fuzzed
@given(
    st.dictionaries(st.sampled_from(["time_zone", "closed_weekdays", "closed", "open", "values"]), ANYTHING),
    st.dictionaries(st.sampled_from(["SP-C01.after", "AG.1.gap", "cycles.preop_chemo", "return_to_weekday"]), LEAVES),
)
def test_a_site_with_anything_in_it_plans_or_is_refused(site: Document, values: Document) -> None:
    plans_or_refuses(json.dumps({**WHOLE, "site": {"values": values, **site}}))


@fuzzed
@given(st.lists(plausible_facts(), max_size=5))
def test_any_facts_plan_or_are_refused(facts: list[Document]) -> None:
    plans_or_refuses(json.dumps({**with_facts(*facts), "today": "2026-12-31"}))


@pytest.mark.parametrize(
    "make",
    [
        lambda: changed("today", "2120-12-31"),
        lambda: {**changed("participant.enrolled_on", "1990-01-01"), "facts": []},
        lambda: {**changed("participant.enrolled_on", "1990-01-01"), "facts": [], "today": "2120-12-31"},
        lambda: {**changed("site.values", {"SP-C01.offset": "P99Y", "SP-P03.offset": "P99Y"}), "facts": []},
        lambda: {**changed("site.values", {"SP-S01.offset": "-P99Y", "SP-S01.before": "P99Y"}), "facts": []},
        lambda: {**changed("site.values", {"cycles.preop_chemo": 99, "AG.1.gap": "P99W"}), "facts": []},
        lambda: with_facts({"kind": "moved", "visit": "SP-C01", "to": "2120-12-31", "reason": "x"}),
    ],
)
def test_far_away_days_are_planned_without_a_slip(make: Callable[[], Document]) -> None:
    plans_or_refuses(json.dumps(make()))


def test_a_telephone_that_is_no_text_is_refused_by_its_place() -> None:
    with pytest.raises(Refused) as refused:
        read_scenario(json.dumps({**WHOLE, "site": {"night_phone": 112}}))
    assert refused.value.place == "site.night_phone"
