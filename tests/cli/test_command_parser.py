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
    assert "still needed: later. See tool --help" in capsys.readouterr().err


def test_a_command_line_of_the_program_makes_its_own_command_alone() -> None:
    parser = make_parser()
    parser.parse_args(["note", "LI-001", "moved house"])
    (commands,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    assert [name for name, one in commands.choices.items() if one._waiting is None] == ["note"]


def refused(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    """What a line of the program that is no command says; its usage is left out."""
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args(line)
    assert ended.value.code == 2
    return capsys.readouterr().err.rpartition("error: ")[2].rstrip("\n")


@pytest.mark.parametrize(
    "line",
    [
        ("book", "LI-001", "SP-C01", "--on", "t", "--at", ""),
        ("move", "LI-001", "SP-C01", "--to=", "--reason", "x"),
        ("closed", "add", "t", "--site", " "),
        ("closed", "add", "t", "--to", "\u3000"),
        ("site", "Lund", "--country", "SE", "--closed-weekdays", ""),
        ("agenda", "--csv", ""),
        ("backup", "--test", ""),
        ("enrol", "--code", "LI-001", "--set", ""),
    ],
)
def test_an_empty_value_of_an_option_is_an_error(line: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert "the value is empty. Give one, or leave the option out" in refused(capsys, *line)


@pytest.mark.parametrize(
    "line",
    [
        ("sign", "", "--by", "MH", "--on", "t"),
        ("sign", "LI-001", " ", "--by", "MH", "--on", "t"),
        ("settle", ""),
        ("history", ""),
        ("log", "notes", ""),
        ("print", "sheet", "LI-001", "SP-C01", "", "-o", "x.pdf"),
        ("value", "set", "SP-R01.after", ""),
    ],
)
def test_an_empty_argument_is_not_everybody(line: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert "the value is empty. Give one, or leave it out" in refused(capsys, *line)


def test_an_empty_text_takes_a_telephone_away() -> None:
    found = make_parser().parse_args(["site", "Lund", "--day-phone", "", "--fever-rule=", "--night-phone", ""])
    assert (found.day_phone, found.night_phone, found.fever_rule) == ("", "", "")


@pytest.mark.parametrize(
    "line", ["agenda {}", "undo {} 4", "preview {} undo", "preview undo {}", "print {} day -o x.pdf"]
)
def test_the_study_and_the_day_may_follow_the_command(line: str) -> None:
    given = ["-f", "a.studyday", "--today", "2027-02-10"]
    first = make_parser().parse_args([*given, *line.format("").split()])
    assert (first.study, first.today) == ("a.studyday", "2027-02-10")
    assert make_parser().parse_args(line.format(" ".join(given)).split()) == first


def test_two_hyphens_are_a_value_where_they_are_given_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    found = make_parser().parse_args(["move", "LI-001", "SP-C01", "--to", "t", "--reason=--"])
    assert found.field_reason == "--"
    assert "--booked: it cannot be “--”. Possible: yes, no. See" in refused(capsys, "agenda", "--booked=--")


@pytest.mark.parametrize(
    "line", [("closed", "add", "t", "--reason", "x"), ("value", "set", "SP-R01.after", "P21D", "--reason", "x"),
             ("log", "notes", "LI-001", "--from", "t"), ("sign", "LI-001", "SP-C01", "--by", "MH"),
             ("identified", "add", "4", "--on", "t"), ("redact", "30", "reason", "note", "--sure"),
             ("preview", "closed", "add", "t", "--reason", "x"), ("print", "log", "notes", "LI-001", "-o", "x.pdf"),
             ("days", "LI-001", "SP-C01", "--from", "-1w")],
)  # fmt: skip
def test_arguments_and_options_come_in_any_order(line: tuple[str, ...]) -> None:
    """An argument that may be left out is found after an option as well."""
    words, options = [*line], list[str]()
    while not words[-1].startswith("-") or words[-1] == "-1w":
        options.insert(0, words.pop())
    options.insert(0, words.pop())
    path = 2 if words[0] in ("preview", "print") else 1
    told = make_parser().parse_args(line)
    for place in range(path, len(words)):
        mixed = [*words[:place], *options, *words[place:]]
        assert make_parser().parse_args(mixed) == told, mixed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            ("note", "LI-001", "SP-C01", "comes", "by", "train"),
            "not understood: by train. A text of several words goes in quotes. See studyday note --help",
        ),
        (
            ("closed", "add", "22", "dec"),
            "not understood: dec. A text of several words goes in quotes. See studyday closed --help",
        ),
        (("agenda", "--zzz"), "not understood: --zzz. See studyday agenda --help"),
        (("undo", "last"), "COMMAND: “last” is not a whole number. Write it in digits, as 12. "
                           "See studyday undo --help"),
        (("undo", "\u0663"), "COMMAND: “\u0663” is not a whole number. Write it in digits, as 12. "
                             "See studyday undo --help"),
        (("holidays", "SE", "--year=--"), "--year: “--” is not a whole number. Write it in digits, as 12. "
                                          "See studyday holidays --help"),
        (("record",), "still needed: CODE, VISIT. See studyday record --help"),
        (("record", "LI-001", "SP-C01", "--on"), "--on: it needs a value. See studyday record --help"),
        (("history", "--json=3"), "--json: it takes no value. See studyday history --help"),
        (("backup", "--second", "x", "--no-second"), "--no-second: it cannot be given together with --second. "
                                                     "See studyday backup --help"),
        (("preview",), "still needed: CHANGE. See studyday preview --help"),
        (("mvoe", "LI-001"), "there is no command “mvoe”. Did you mean “move”? See studyday --help"),
        (("12345",), "there is no command “12345”. See studyday --help"),
        (("print", "sheets"), "WHAT: it cannot be “sheets”. Did you mean “sheet”? Possible: sheet, calendar, agenda, "
                              "day, log, history, blank, confirmation. See studyday print --help"),
        (("preview", "mvoe"), "CHANGE: it cannot be “mvoe”. Did you mean “move”? See studyday preview --help"),
        (("miss", "LI-001", "SP-C01", "--reas", "ill"), "unknown option --reas. Did you mean --reason? "
                                                        "See studyday miss --help"),
        (("rehearse", "a.json", "--p", "sheets"), "unknown option --p. Did you mean --print? "
                                                  "See studyday rehearse --help"),
    ],
)  # fmt: skip
def test_an_error_says_how_to_go_on(line: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, *line) == said


@pytest.mark.parametrize("typed", ["9" * 5000, "x" * 3000, "a b " * 1000])
def test_an_error_does_not_repeat_all_of_a_long_text(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    for line in (("closed", typed), ("undo", typed), ("agenda", typed), ("agenda", "--only", typed), (typed,)):
        assert len(refused(capsys, *line)) < 1200, line[0]
