"""The commands that record a fact are made from the table of kinds and its words."""

import argparse
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.cli.parser import make_parser
from app.cli.study_parsers import PlainHelpFormatter
from app.domain.facts.kind import Kind, Type
from app.domain.facts.kinds import KINDS
from app.wording.fact_catalogue import commands

VALUES = {Type.DAY: "2026-12-20", Type.WHOLE: "2", Type.NUMBER: "2.5", Type.ANSWER: "yes"}
CHANGES = [(name, kind) for name, (kind, _words) in commands().items()]


def sample(kind: Kind, name: str) -> str:
    field = next(one for one in kind.typed_fields if one.name == name)
    return field.options[0] if field.options else VALUES.get(field.type, "words")


def typed(*arguments: str) -> argparse.Namespace:
    return make_parser().parse_args(arguments)


@pytest.mark.parametrize(("name", "kind"), CHANGES, ids=lambda one: one if isinstance(one, str) else "")
def test_every_field_that_a_person_types_is_an_argument(name: str, kind: Kind) -> None:
    arguments = [sample(kind, one) for one in kind.positional]
    for field in kind.typed_fields:
        if field.name not in kind.positional:
            flag = f"--{field.name.replace('_', '-')}"
            arguments += [flag] if field.type is Type.YES_NO else [flag, sample(kind, field.name)]
    for command in ((name,), ("preview", name)):
        options = typed(*command, "LI-001", *arguments)
        found = {key.removeprefix("field_") for key in vars(options) if key.startswith("field_")}
        assert found == {field.name for field in kind.typed_fields}
        assert all(getattr(options, f"field_{one}") is not None for one in found)
        assert (options.code, options.hold) == ("LI-001", [])


def test_screening_and_enrolment_take_their_own_fields() -> None:
    screened = typed("screen", "LI-001", "--criterion", "I01=yes", "--criterion", "E02=no", "--outcome", "eligible")
    assert (screened.field_code, screened.field_criteria) == ("LI-001", ["I01=yes", "E02=no"])
    enrolled = typed("enrol", "--code", "LI-001", "--set", "staged=yes")
    assert (enrolled.field_code, enrolled.field_choices) == ("LI-001", ["staged=yes"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("book",),
        ("book", "LI-001"),
        ("decide", "LI-001", "SP-R01"),
        ("performed", "LI-001", "SP-C01"),
        ("record", "LI-001", "SP-C01", "--judged", "x"),
        ("add", "LI-001", "--visit", "U#1"),
        ("value", "change"),
        ("closed", "shut"),
    ],
)
def test_what_no_command_takes_ends_the_program(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        typed(*arguments)
    assert ended.value.code == 2
    assert "usage: studyday" in capsys.readouterr().err


def test_the_help_names_commands_in_the_order_of_the_catalogue() -> None:
    told = make_parser().format_help()
    places = [told.index(f"\n    {name} ") for name, _kind in CHANGES]
    assert places == sorted(places)
    assert (CHANGES[0][0], CHANGES[-1][0]) == ("include", "died")


# Optional is optional


def parsers(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command, and its nested ones, with the words that call it."""
    nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not nested and path:
        yield path, parser
    for action in nested:
        for name, child in action.choices.items():
            yield from parsers(child, (*path, name))


PARSER = make_parser()
COMMANDS = dict(parsers(PARSER))


def least(parser: argparse.ArgumentParser) -> list[str]:
    """Return the shortest arguments with which a command can be called, by its own account of what is required."""
    found = []
    for action in parser._actions:
        value = str(next(iter(action.choices))) if action.choices else "1"
        if action.option_strings and action.required:
            found += [action.option_strings[-1], value]
        elif not action.option_strings and action.nargs not in ("?", "*"):
            found.append(value)
    return found


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_is_read_with_its_required_arguments_alone(path: tuple[str, ...]) -> None:
    given = [*path, *least(COMMANDS[path])]
    options = make_parser().parse_args(given)
    assert options.command == path[0]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_marks_what_is_needed_and_nothing_else(path: tuple[str, ...]) -> None:
    """An option of a fact is marked where its kind requires it; argparse itself shows the others in brackets."""
    for action in COMMANDS[path]._actions:
        needed = "(needed)" in (action.help or "")
        name = action.dest.removeprefix("field_")
        if not action.dest.startswith("field_"):
            # A signature has its name and its day, which the class of a deviation may have.
            assert needed == (path[-1] == "sign" and action.dest in ("by", "signed_on"))
        else:
            kind = {"screen": KINDS["screened"], "enrol": KINDS["enrolled"]}.get(path[-1]) or commands()[path[-1]][0]
            field = next(one for one in kind.typed_fields if one.name == name)
            assert needed == (field.required and field.type is not Type.VISIT)


def test_a_note_need_not_be_about_a_visit() -> None:
    alone, with_visit = typed("note", "LI-001", "moved house"), typed("note", "LI-001", "SP-C01", "port")
    assert (alone.field_visit, alone.field_text) == (None, "moved house")
    assert (with_visit.field_visit, with_visit.field_text) == ("SP-C01", "port")


# Letter case


@pytest.mark.parametrize("case", [str.upper, str.title], ids=["upper", "title"])
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_is_known_in_any_letter_case(path: tuple[str, ...], case: Callable[[str], str]) -> None:
    given = least(COMMANDS[path])
    told = PARSER.parse_args([*path, *given])
    assert PARSER.parse_args([*map(case, path), *given]) == told


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_an_option_and_its_words_are_known_in_any_letter_case(path: tuple[str, ...]) -> None:
    for action in COMMANDS[path]._actions:
        flag = next((one for one in action.option_strings if one.startswith("--")), "")
        if not flag or flag == "--help":
            continue
        values = [str(next(iter(action.choices)))] if action.choices else ["1"]
        values = values if action.nargs != 0 else []
        before = [*path, *least(COMMANDS[path])]
        told = PARSER.parse_args([*before, flag, *values])
        assert PARSER.parse_args([*before, flag.upper(), *map(str.upper, values)]) == told, flag


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("boook", "LI-001", "SP-C01"), "“book”"),
        (("preview", "mov", "LI-001", "SP-C01"), "“move”"),
        (("closed", "ad", "t"), "“add”"),
        (("value", "confrim", "x"), "“confirm”"),
        (("print", "sheets", "LI-001", "-o", "x.pdf"), "“sheet”"),
        (("agenda", "--only", "doses"), "“dose”"),
        (("book", "LI-001", "SP-C01", "--resaon", "x"), "--reason"),
        (("record", "LI-001", "SP-C01", "--todya", "t"), "--today"),
        (("enrol", "--regime", "AG"), "--regimen"),
        (("agenda", "--participants", "LI-001"), "--participant"),
        (("new", "--nmae=Study"), "--name"),
    ],
)
def test_what_was_probably_meant_is_named(
    arguments: tuple[str, ...], near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        PARSER.parse_args(arguments)
    assert ended.value.code == 2
    assert f"Did you mean {near}?" in capsys.readouterr().err


@pytest.mark.parametrize("width", [40, 80])
def test_a_description_is_filled_to_the_width_of_the_terminal(width: int) -> None:
    text = (
        "A study is kept in one file on one computer, and everything in it is a fact that somebody\nrecorded.\n\n"
        "--list lists them.\nadd: one more.\nconfirm KEY [KEY ...]: it is so.\n  studyday new --name is-kept-as-it-is"
    )
    lines = PlainHelpFormatter("studyday")._fill_text(text, width, "").splitlines()
    assert max(len(one) for one in lines if not one.startswith(" ")) <= width
    first = lines[: lines.index("")]
    assert " ".join(first) == (
        "A study is kept in one file on one computer, and everything in it is a fact that somebody recorded."
    )
    assert len(first) == (3 if width == 40 else 2)
    assert lines[lines.index("") + 1 :] == [
        "--list lists them.",
        "add: one more.",
        "confirm KEY [KEY ...]: it is so.",
        "  studyday new --name is-kept-as-it-is",
    ]
