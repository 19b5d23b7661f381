"""The parser of the command line: every command with its options."""

import argparse
import re
import sys
from typing import Any, NoReturn

from app import __version__
from app.cli.study_parsers import PlainHelpFormatter, add_output, add_study_commands
from app.domain.folding import known_identifier, nearest_identifier
from app.wording.visible import visible_line

_INVALID = re.compile(r"invalid choice: '(.*?)' \(choose from (.*)\)", re.DOTALL)

_NEVER_EMPTY = ("study", "today", "protocol")

_ABOUT = """Plans the visits of participants in a clinical study by its protocol.

It plans and reminds; it never advises a dose or a treatment. Without a command it opens its window."""

_REHEARSE = """Read one patient's story (JSON) and show the whole calendar, each date explained.

No study file is read or written. FILE may be - for standard input."""

_CHECK = """Check a protocol file: every mistake with its line, column and remedy.

With --calendar an invented participant in Sweden follows: the first dose on its day, the next one 7 days after its
window, and the course stopped 7 days after that; without a course, one late visit. Every day is counted from the day of
enrolment, 2026-01-12 unless --enrolled says otherwise, so that the same file always gives the same calendar.

Exit code 0: nothing found. 1: something was found. 2: the file could not be read."""

_PROTOCOLS = "List the protocols that come with the program."


class _Parser(argparse.ArgumentParser):
    """A parser that knows its words in any letter case; its errors show hidden signs and name what was probably meant.

    The words are commands, options, and the values that an option is limited to.
    """

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        """Parse what is known; an unknown option is an error here, where the options of the command are at hand."""
        given = [self._own_option(one) for one in (sys.argv[1:] if args is None else args)]
        found, rest = super().parse_known_args(given, namespace)
        unknown = next((one for one in rest if one.startswith("--") and one != "--"), "")
        near = nearest_identifier(unknown.partition("=")[0], self._option_string_actions) if unknown else ""
        if near:
            self.error(f"unknown option {unknown.partition('=')[0]}. Did you mean {near}?")
        return found, rest

    def _own_option(self, typed: str) -> str:
        """Return an option as it is called here; anything else as it was typed."""
        name, equals, value = typed.partition("=")
        if not name.startswith("--") or name in self._option_string_actions:
            return typed
        options = {one.lower(): one for one in self._option_string_actions}
        return f"{options.get(name.lower(), name)}{equals}{value}"

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """Return the values of an argument; a command or another word of a list is found in any letter case.

        Where an option that is left out means something else, as the own study, an empty value is an error.
        """
        if action.dest in _NEVER_EMPTY and arg_strings and not arg_strings[0].strip():
            raise argparse.ArgumentError(action, "the value is empty. Give one, or leave the option out")
        if action.choices is not None:
            words = [str(one) for one in action.choices]
            first = [known_identifier(one, words) or one for one in arg_strings[:1]]
            is_command = isinstance(action, argparse._SubParsersAction)
            rest = arg_strings[1:] if is_command else [known_identifier(one, words) or one for one in arg_strings[1:]]
            arg_strings = [*first, *rest]
        return super()._get_values(action, arg_strings)

    def error(self, message: str) -> NoReturn:
        """End the program with a message on standard error."""
        found = _INVALID.search(message)
        near = nearest_identifier(found[1], re.findall(r"'(.*?)'", found[2])) if found else ""
        super().error(visible_line(f"{message}. Did you mean {near!r}?" if near else message))


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the complete command line."""
    parser: argparse.ArgumentParser = _Parser(
        "studyday", description=_ABOUT, formatter_class=PlainHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"studyday {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    parser.add_argument("-f", "--file", dest="study", metavar="FILE", default="", help="the study file (else: yours)")
    parser.add_argument("--today", metavar="YYYY-MM-DD", default="", help="plan as of this day (else: the clock)")
    parser.add_argument("--demo", action="store_true", help="without a command: open the window with the demo study")
    rehearse = _command(commands, "rehearse", "plan one patient's story", _REHEARSE)
    rehearse.add_argument("file", metavar="FILE", help="the story as JSON, or - for standard input")
    rehearse.add_argument("--json", action="store_true", help="print the calendar as JSON")
    rehearse.add_argument("--print", dest="kind", choices=("sheets", "calendar"), help="make a PDF instead")
    rehearse.add_argument("--large", action="store_true", help="with --print calendar: in large type")
    add_output(rehearse)
    rehearse.add_argument("--protocol", metavar="FILE", default="", help="plan by this protocol file")
    check = _command(commands, "check", "check a protocol file", _CHECK)
    check.add_argument("file", metavar="FILE", help="a protocol file (YAML)")
    check.add_argument("--calendar", action="store_true", help="show an invented participant's calendar as well")
    check.add_argument(
        "--enrolled", metavar="DAY", default="", help="with --calendar: the day of enrolment (else 2026-01-12)"
    )
    protocols = _command(commands, "protocols", "list the shipped protocols", _PROTOCOLS)
    protocols.add_argument("--json", action="store_true", help="print the list as JSON")
    add_study_commands(commands)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, short: str, text: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name, help=short, description=text, formatter_class=PlainHelpFormatter, allow_abbrev=False
    )
