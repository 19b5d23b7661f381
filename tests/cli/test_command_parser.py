"""Parsers of commands are made when they are used: of all the commands a command line makes one."""

import argparse
from functools import partial

import pytest

from app.cli.command_parser import CommandParser, RootParser
from app.cli.parser import make_parser


def two_commands(made: list[str]) -> RootParser:
    root = RootParser("tool")
    commands = root.add_subparsers(dest="command", parser_class=CommandParser)
    for name in ("take", "give"):
        one = commands.add_parser(name)
        one.add_argument("first")
        one.when_used(partial(made.append, name))
        one.when_used(partial(one.add_argument, "second"))
        one.add_argument("third")
    return root


def test_only_the_command_that_is_given_is_made_and_its_arguments_keep_their_order() -> None:
    made: list[str] = []
    found = two_commands(made).parse_args(["TAKE", "1", "2", "3"])
    assert (found.command, found.first, found.second, found.third) == ("take", "1", "2", "3")
    assert made == ["take"]


def test_the_help_of_all_commands_makes_none() -> None:
    made: list[str] = []
    assert "{take,give}" in two_commands(made).format_help()
    assert made == []


def test_what_is_added_to_a_made_parser_is_there_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    parser = CommandParser(prog="tool")
    assert parser.format_usage() == "usage: tool [-h]\n"
    parser.add_argument("late")
    parser.when_used(lambda: parser.add_argument("later"))
    assert parser.format_usage() == "usage: tool [-h] late later\n"
    with pytest.raises(AttributeError):
        _ = parser.no_such_attribute
    with pytest.raises(SystemExit):
        parser.parse_args(["1"])
    assert "the following arguments are required: later" in capsys.readouterr().err


def test_a_command_line_of_the_program_makes_its_own_command_alone() -> None:
    parser = make_parser()
    parser.parse_args(["note", "LI-001", "moved house"])
    (commands,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    assert [name for name, one in commands.choices.items() if one._waiting is None] == ["note"]
