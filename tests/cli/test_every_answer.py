"""The answer of every command that records something names participant, visit and day, and so does its undo.

The commands come from the table of kinds, so that a new one is tried as well.
"""

import json
from collections.abc import Mapping
from datetime import date

import pytest

from app.domain.facts.kind import Kind, Type
from app.domain.facts.kinds import KINDS
from app.wording.dates import day
from app.wording.fact_catalogue import commands
from tests.cli.test_commands import Desk
from tests.cli.test_commands import desk as desk
from tests.services.test_every_kind_twice import BEFORE, EXAMPLES

NAMES = {kind.id: (name, kind) for name, (kind, _words) in commands().items()}


def line(kind_id: str, fields: Mapping[str, object]) -> list[str]:
    """The command line that records these fields."""
    name, kind = NAMES[kind_id]
    words = [name, "LI-001", *(_word(fields[one]) for one in kind.positional if one in fields)]
    for field in kind.typed_fields:
        if field.name in kind.positional or field.name not in fields:
            continue
        flag = field.name.replace("_", "-")
        if field.type is Type.YES_NO:
            words.append(f"--{flag}" if fields[field.name] else f"--no-{flag}")
        else:
            words += [f"--{flag}", _word(fields[field.name])]
    return words


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def named(kind: Kind, fields: Mapping[str, object]) -> list[str]:
    """The participant, the key of the visit and the day that an answer names."""
    visit, on = fields.get("visit"), fields.get(kind.day_field)
    return ["LI-001", *([f"({visit})"] if visit else []), *([day(date.fromisoformat(str(on)))] if on else [])]


@pytest.mark.parametrize("kind_id", EXAMPLES)
def test_the_answer_and_its_undo_name_participant_visit_and_day(desk: Desk, kind_id: str) -> None:
    fields, kind = EXAMPLES[kind_id], KINDS[kind_id]
    if kind_id in BEFORE:
        desk.done(*line(*BEFORE[kind_id]), "--sure")
    if kind_id == "included":
        facts = json.loads(desk.done("history", "LI-001", "--json"))
        enrolled = next(str(one["fact"]) for one in facts if one["kind"] == "enrolled")
        settings = ("--set", "on=", "--set", "consented=2026-11-23")
        desk.done("correct", enrolled, *settings, "--reason", "not included yet", "--sure")
    preview = desk.done("preview", *line(kind_id, fields))
    title = desk.done(*line(kind_id, fields), "--sure").splitlines()[1]
    for word in named(kind, fields):
        assert word in title
    assert title in preview.splitlines()
    assert title in desk.done("undo").splitlines()
    assert json.loads(desk.done("redo", "--json"))["title"] == title


def test_there_is_an_example_for_every_command() -> None:
    assert NAMES.keys() == EXAMPLES.keys()


def test_screening_enrolment_and_correction_name_the_participant_and_the_day(desk: Desk) -> None:
    person = ("--protocol", "scanpan", "--on", "2026-12-01")
    said = desk.done("screen", "LI-9", *person, "--outcome", "pending").splitlines()
    assert said[1] == "LI-9: screening, Tue 1 Dec 2026"
    said = desk.done("enrol", "--code", "LI-8", *person, "--country", "SE", "--regimen", "AG").splitlines()
    assert said[1] == "LI-8: enrolment, Tue 1 Dec 2026"
    desk.done("record", "LI-001", "SP-C01", "--on", "2026-11-30")
    number = str(json.loads(desk.done("history", "LI-001", "--json"))[-1]["fact"])
    said = desk.done("correct", number, "--set", "on=2026-12-01", "--reason", "wrong day").splitlines()
    assert said[1] == "LI-001, Preoperative cycle 1 day 1 (SP-C01): visit done, Mon 30 Nov 2026"
    assert "Mon 30 Nov 2026 -> Tue 1 Dec 2026" in said[2]


def test_what_is_cleared_of_the_site_is_named(desk: Desk) -> None:
    desk.done("closed", "add", "2026-12-23", "--reason", "fair")
    assert "taken back: Wed 23 Dec 2026 closed: fair" in desk.done("closed", "clear", "2026-12-23")
    desk.done("closed", "add", "2026-12-21", "--to", "2026-12-22", "--reason", "fair")
    assert "Mon 21 – Tue 22 Dec 2026" in desk.done("closed")
    assert len(json.loads(desk.done("closed", "--json"))) == 2
    desk.done("closed", "clear", "2026-12-21", "--to", "2026-12-22")
    assert desk.done("closed") == "No day was closed or opened by the site.\n"
    desk.done("value", "set", "SP-R01.after", "P21D")
    key = "Reassessment 1: window, after the target (SP-R01.after)"
    assert f"taken back: {key} of ScanPan set to 21 days" in desk.done("value", "clear", "SP-R01.after")


def test_what_is_cleared_is_cleared_for_the_reason_that_is_given(desk: Desk) -> None:
    desk.done("closed", "add", "2026-12-23", "--reason", "fair")
    desk.done("closed", "clear", "2026-12-23", "--reason", "no fair this year")
    desk.done("value", "set", "SP-R01.after", "P21D")
    desk.done("value", "clear", "SP-R01.after", "--reason", "the sponsor says no")
    said = desk.done("history")
    assert "closed: fair: no fair this year" in said
    assert "set to 21 days: the sponsor says no" in said


def test_what_would_have_no_effect_is_refused(desk: Desk) -> None:
    for line, argument, word in (
        ("closed list 2026-12-23", "DAY", "list"),
        ("closed --to 2026-12-23", "--to", "list"),
        ("value list SP-R01.after", "KEY", "list"),
        ("value open SP-R01.after", "KEY", "open"),
        ("value set SP-R01.after P21D --by MH", "--by", "set"),
        ("identified --on t", "--on", "list"),
        ("consent-form list 2.1", "VERSION", "list"),
        ("protocol list scanpan", "PROTOCOL", "list"),
    ):
        said = desk.asked(*line.split())
        assert said.endswith(f"{argument}: this has no effect with {word}. Leave it out.\n"), line


def test_a_site_that_is_described_needs_its_name(desk: Desk) -> None:
    assert "the field “NAME” is missing" in desk.asked("site", "--country", "FI")


MISSING = (
    ("site Lund", "--country"),
    ("site --country FI", "NAME"),
    ("move LI-001 SP-C01 --to t", "--reason"),
    ("found LI-001", "--on"),
    ("include LI-001", "--on"),
    ("preview lost LI-001 --reason x", "--on"),
    ("regimen LI-001 AG", "--on"),
    ("add LI-001", "--reason"),
    ("screen LI-009 --on t", "--protocol"),
    ("enrol --code LI-009 --protocol scanpan", "--country"),
    ("correct {fact} --set on=2026-11-22", "--reason"),
    ("redact {fact} on --sure", "--reason"),
    ("sign", "--by"),
    ("sign --by MH", "--on"),
    ("closed add", "DAY"),
    ("value set", "KEY"),
    ("value set SP-R01.after", "VALUE"),
    ("consent-form add", "VERSION"),
    ("consent-form add 2.0", "--from"),
    ("identified add", "COUNT"),
)
"""Command lines that lack something, each with the name under which it is typed."""


def test_what_is_missing_is_named_as_it_is_typed(desk: Desk) -> None:
    facts = json.loads(desk.done("history", "LI-001", "--json"))
    fact = next(one["fact"] for one in facts if one["kind"] == "enrolled")
    for line, typed in MISSING:
        said = desk.asked(*line.format(fact=fact).split())
        assert said.endswith(f": the field “{typed}” is missing. Add it.\n"), said
        assert said.startswith("studyday: ")
        assert said.count(": ") == 2, "no id of a kind of fact is said"


def test_holidays_are_listed_with_their_source_and_nothing_is_changed(desk: Desk) -> None:
    before = desk.done("history")
    said = desk.done("holidays", "se", "--list", "--year", "2027").splitlines()
    assert said[0].startswith("Sweden 2027; source: holidays ")
    assert "  Fri 26 Mar 2027  Good Friday" in said
    document = json.loads(desk.done("holidays", "SE", "--list", "--json"))
    assert [one["year"] for one in document] == [2026, 2027]
    assert document[1]["closed"]["2027-03-26"] == "Good Friday"
    assert desk.done("history") == before


def test_a_site_prints_on_letter(desk: Desk) -> None:
    assert "paper: letter" in desk.done("site", "Lund", "--country", "SE", "--paper", "letter")
    assert json.loads(desk.done("site", "--json"))[-1]["paper"] == "letter"
    desk.done("site", "Lund", "--night-phone", "046-1", "--closed-weekdays", "none")
    said = desk.done("site").splitlines()
    assert said[-3:] == ["Lund  SE  -  closed: none", "  telephone by night: 046-1", "  paper: letter"]
    assert json.loads(desk.done("site", "--json"))[-1]["paper"] == "letter"
